import Kernel
import Security
import TestKit
import Testing

@testable import Ledger

@Suite struct PaymentMatchingTests {
  private typealias Awaited = PaymentMatching.Awaited
  private typealias Outcome = PaymentMatching.Outcome

  private static func reference(_ number: Int64) throws -> PaymentReference {
    try #require(PaymentReference(number: 100_000 + number))
  }

  private static func id(_ number: Int64) -> PaymentID { PaymentID(rawValue: number) }

  private static func awaited(_ number: Int64, _ fen: Int64, _ name: String? = nil) throws -> Awaited {
    Awaited(payment: id(number), reference: try reference(number), amount: .fen(fen), payerName: name)
  }

  private static func lines(_ rows: [(fen: Int64, name: String?, text: String)], from second: Int64 = 0)
    -> [StatementLine]
  {
    StatementLine.lines(
      rows.enumerated().map { position, row in
        StatementLine.Draft(
          line: position + 2, moment: Timestamp(seconds: second + Int64(position)), hasTime: true,
          amount: .fen(row.fen), counterparty: StatementLine.Counterparty(name: row.name),
          remittance: row.text, serial: nil, balance: nil)
      })
  }

  private static func outcomes(
    _ rows: [(fen: Int64, name: String?, text: String)], _ awaited: [Awaited]
  ) -> [Outcome] {
    PaymentMatching.match(lines(rows), awaiting: awaited).map(\.outcome)
  }

  @Test func `each outcome`() throws {
    let awaited = [
      try Self.awaited(1, 5_600), try Self.awaited(2, 3_000), try Self.awaited(3, 777, "赵 一"),
      try Self.awaited(4, 888, "钱二"), try Self.awaited(5, 888, "孙三"), try Self.awaited(6, 100),
    ]
    func code(_ number: Int64) throws -> String { try Self.reference(number).description }
    #expect(
      Self.outcomes(
        [
          (5_600, "某人", "团购\(try code(1))谢谢"), (2_900, nil, try code(2)), (3_500, nil, try code(2)),
          (777, "赵一", "买菜"), (777, "赵一", "买菜"), (888, "钱二", ""), (5_600, nil, try code(1)),
          (3_100, nil, "\(try code(2))和\(try code(6))"), (-100, nil, try code(6)),
          (4_200, nil, try code(99)), (100, "李四", ""),
        ], awaited)
        == [
          .matched(Self.id(1)), .differs(Self.id(2), difference: .fen(-100)),
          .differs(Self.id(2), difference: .fen(500)), .suggested(Self.id(3)), .suspense, .suspense,
          .paidAgain(Self.id(1)), .several([Self.id(2), Self.id(6)]), .outgoing, .suspense, .suspense,
        ])
  }

  @Test func `an exact match counts before an earlier line that differs or only looks alike`() throws {
    let awaited = [try Self.awaited(1, 500, "甲")]
    let code = try Self.reference(1).description
    #expect(
      Self.outcomes([(499, nil, code), (500, "甲", "买菜"), (500, nil, code)], awaited)
        == [.paidAgain(Self.id(1)), .suspense, .matched(Self.id(1))])
  }

  @Test func `the earliest line has the payment, whatever the order of the file`() throws {
    let awaited = [try Self.awaited(1, 500)]
    let code = try Self.reference(1).description
    let lines = Self.lines([(500, "甲", code), (500, "乙", code)])
    let matches = PaymentMatching.match(lines.reversed(), awaiting: awaited)
    #expect(matches.map(\.line.counterparty.name) == ["乙", "甲"])
    #expect(matches.map(\.outcome) == [.paidAgain(Self.id(1)), .matched(Self.id(1))])
  }

  @Test func `a line that an earlier file had is not matched again`() throws {
    let awaited = [try Self.awaited(1, 500), try Self.awaited(2, 600)]
    let lines = Self.lines([
      (500, nil, try Self.reference(1).description), (600, nil, try Self.reference(2).description),
      (-5, nil, ""),
    ])
    let matches = PaymentMatching.match(
      lines, awaiting: awaited, imported: [lines[0].digest, lines[2].digest])
    #expect(matches.map(\.outcome) == [.alreadyImported, .matched(Self.id(2)), .alreadyImported])
  }

  @Test func `a suggestion needs the same name, and an amount that only one awaited payment has`() throws {
    let awaited = [try Self.awaited(1, 500, "Li Si"), try Self.awaited(2, 600, ""), try Self.awaited(3, 700)]
    #expect(Self.outcomes([(500, "ｌｉ　ｓｉ", "")], awaited) == [.suggested(Self.id(1))])
    for row in [
      (Int64(500), String?.some("Li"), ""), (500, nil, ""), (600, "", ""), (700, "甲", ""), (501, "Li Si", ""),
    ] {
      #expect(Self.outcomes([row], awaited) == [.suspense])
    }
  }

  @Test func `a file read twice, or one that overlaps it, brings nothing twice`() throws {
    let awaited = try [Self.awaited(1, 10_000), Self.awaited(2, 20_000), Self.awaited(3, 30_000)]
    func file(_ days: ClosedRange<Int>) throws -> [StatementLine] {
      let rows = try days.map { day in
        "2026-01-0\(day),\(day)00.00,,团购\(try Self.reference(Int64(day)).spoken)谢谢"
      }
      return try BankFormatTests.read("交易日期,收入,支出,附言\n" + rows.joined(separator: "\n")).lines
    }
    let first = try file(1...2)
    #expect(
      PaymentMatching.match(first, awaiting: awaited).map(\.outcome)
        == [.matched(Self.id(1)), .matched(Self.id(2))])
    let imported = Set(first.map(\.digest))
    #expect(
      PaymentMatching.match(first, awaiting: awaited, imported: imported).map(\.outcome)
        == [.alreadyImported, .alreadyImported])
    #expect(
      PaymentMatching.match(try file(2...3), awaiting: awaited, imported: imported).map(\.outcome)
        == [.alreadyImported, .matched(Self.id(3))])
  }

  // MARK: properties

  private static func world(_ random: inout SeededGenerator) throws -> (
    lines: [StatementLine], awaited: [Awaited]
  ) {
    let names = ["甲", "乙", "丙"]
    let awaited = try (1...Int64.random(in: 1...8, using: &random)).map { number in
      try Self.awaited(
        number, .random(in: 1...4, using: &random),
        Bool.random(using: &random) ? names.randomElement(using: &random) : nil)
    }
    let rows = try (0..<Int.random(in: 0...14, using: &random)).map { _ in
      let code = try Self.reference(.random(in: 1...10, using: &random))
      let other = try Self.reference(.random(in: 1...10, using: &random))
      let text = ["", "买菜", code.spoken, "付\(code)", "\(code)，\(other)"].randomElement(using: &random) ?? ""
      var fen = Int64.random(in: -1...4, using: &random)
      if fen == 0 { fen = 5 }
      return (
        fen: fen, name: Bool.random(using: &random) ? names.randomElement(using: &random) : nil, text: text
      )
    }
    return (Self.lines(rows), awaited)
  }

  @Test func `nothing is lost or invented, and a payment is had by at most one line`() throws {
    var random = SeededGenerator(seed: 71)
    var seen: Set<PaymentMatching.Kind> = []
    for _ in 0..<3_000 {
      let (lines, awaited) = try Self.world(&random)
      let imported = Set(lines.filter { _ in Int.random(in: 0..<8, using: &random) == 0 }.map(\.digest))
      let matches = PaymentMatching.match(lines, awaiting: awaited, imported: imported)
      #expect(matches.map(\.line) == lines)
      let totals = try PaymentMatching.totals(of: matches)
      #expect(
        totals.values.reduce(Int64(0)) { $0 + $1.minorUnits } == lines.reduce(0) { $0 + $1.amount.minorUnits }
      )
      let had = matches.compactMap { match -> PaymentID? in
        switch match.outcome {
        case .matched(let payment), .suggested(let payment): payment
        default: nil
        }
      }
      #expect(Set(had).count == had.count)
      for match in matches {
        seen.insert(match.outcome.kind)
        try Self.check(match, awaited, imported)
      }
    }
    #expect(seen == Set(PaymentMatching.Kind.allCases))
  }

  /// What an outcome says is true of its line.
  private static func check(
    _ match: PaymentMatching.Match, _ awaited: [Awaited], _ imported: Set<Digest>
  ) throws {
    let line = match.line
    let named = PaymentReference.found(in: line.remittance).compactMap { reference in
      awaited.first { $0.reference == reference }
    }
    func payment(_ id: PaymentID) throws -> Awaited { try #require(awaited.first { $0.payment == id }) }
    #expect((match.outcome == .alreadyImported) == imported.contains(line.digest))
    switch match.outcome {
    case .matched(let id): #expect(try named == [payment(id)] && payment(id).amount == line.amount)
    case .differs(let id, let difference):
      #expect(try named == [payment(id)] && payment(id).amount.adding(difference) == line.amount)
      #expect(difference != .zero)
    case .paidAgain(let id): #expect(try named == [payment(id)])
    case .several(let ids): #expect(named.map(\.payment) == ids && ids.count > 1)
    case .suggested(let id):
      #expect(named.isEmpty)
      #expect(try payment(id).amount == line.amount && payment(id).payerName == line.counterparty.name)
    case .suspense: #expect(named.isEmpty && line.amount > .zero)
    case .outgoing: #expect(line.amount < .zero)
    case .alreadyImported: break
    }
  }

  @Test func `the order of what is awaited and of the file makes no difference`() throws {
    var random = SeededGenerator(seed: 72)
    for _ in 0..<1_000 {
      let (lines, awaited) = try Self.world(&random)
      let matches = Set(PaymentMatching.match(lines, awaiting: awaited))
      #expect(
        Set(
          PaymentMatching.match(
            lines.shuffled(using: &random), awaiting: awaited.shuffled(using: &random))) == matches)
    }
  }
}
