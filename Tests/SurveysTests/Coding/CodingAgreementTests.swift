import Kernel
import Statistics
import TestKit
import Testing

@testable import Surveys

@Suite("Coding: agreement")
struct CodingAgreementTests {
  private static let codes = (1...4).map { ThemeCodeID(rawValue: Int64($0)) }

  private func pairs(
    _ random: inout SeededGenerator, _ scheme: Coding.Scheme, count: Int
  ) -> [CodedPair] {
    func given() -> Set<ThemeCodeID> {
      switch scheme {
      case .multiple: Set(Self.codes.filter { _ in Bool.random(using: &random) })
      case .single:
        Set([Self.codes.randomElement(using: &random)].compactMap(\.self).filter { $0.rawValue < 4 })
      }
    }
    return (0..<count).map { index in
      let first = given()
      let second = Bool.random(using: &random) ? first : given()
      return CodedPair(unit: Int64(index + 1), first: first, second: second)
    }
  }

  @Test func `the textbook's table gives the textbook's kappa`() throws {
    // 45 both, 15 first only, 25 second only, 15 neither: observed 0.60, expected 0.54.
    let code = Self.codes[0]
    let counts: [(Int, Set<ThemeCodeID>, Set<ThemeCodeID>)] = [
      (45, [code], [code]), (15, [code], []), (25, [], [code]), (15, [], []),
    ]
    let pairs = counts.flatMap { count, first, second in
      (0..<count).map { CodedPair(unit: Int64($0 + 1), first: first, second: second) }
    }
    let agreement = CodingAgreement(pairs, codes: [code], scheme: .multiple)
    let line = try #require(agreement.codes.first)
    #expect([line.both, line.firstOnly, line.secondOnly, line.neither] == [45, 15, 25, 15])
    let measure = try #require(line.measure)
    let kappa = try #require(measure.kappa)
    #expect(abs(measure.observed - 0.6) < 1e-12 && abs(kappa.kappa - 0.06 / 0.46) < 1e-12)
    let interval = try #require(measure.interval)
    #expect(abs(interval.upperBound - kappa.kappa - 1.959964 * kappa.standardError) < 1e-5)
    #expect(agreement.overall == nil && agreement.passages == 100)
  }

  @Test(arguments: 0..<50) func `each code has the kappa of its own table`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let pairs = pairs(&random, .multiple, count: 60)
    let agreement = CodingAgreement(pairs, codes: Self.codes, scheme: .multiple)
    for (code, line) in zip(Self.codes, agreement.codes) {
      let table = [
        [
          pairs.count { $0.first.contains(code) && $0.second.contains(code) },
          pairs.count { $0.first.contains(code) && !$0.second.contains(code) },
        ],
        [
          pairs.count { !$0.first.contains(code) && $0.second.contains(code) },
          pairs.count { !$0.first.contains(code) && !$0.second.contains(code) },
        ],
      ]
      let expected = CohensKappa(try #require(ContingencyTable(table)))
      #expect(line.measure?.kappa == expected)
      #expect(line.both + line.firstOnly + line.secondOnly + line.neither == pairs.count)
    }
  }

  @Test(arguments: 0..<50) func `over all codes, having none is one of them`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let pairs = pairs(&random, .single, count: 60)
    let overall = try #require(CodingAgreement(pairs, codes: Self.codes, scheme: .single).overall)
    let rows = Self.codes.map { Set([$0]) } + [[]]
    let table = rows.map { row in
      rows.map { column in pairs.count { $0.first == row && $0.second == column } }
    }
    #expect(overall.kappa == CohensKappa(try #require(ContingencyTable(table))))
    #expect(abs(overall.observed - Double(pairs.count(where: \.agrees)) / 60) < 1e-12)
  }

  @Test func `where chance explains everything there is no kappa`() throws {
    let pairs = (1...5).map { CodedPair(unit: $0, first: [], second: []) }
    let agreement = CodingAgreement(pairs, codes: [Self.codes[0]], scheme: .single)
    let measure = try #require(agreement.codes.first?.measure)
    #expect(measure.observed == 1 && measure.kappa == nil && measure.interval == nil)
    #expect(CodingAgreement([], codes: Self.codes, scheme: .single).overall == nil)
  }

  @Test func `an interval stays within what kappa can be`() throws {
    let code = Self.codes[0]
    let pairs = [
      CodedPair(unit: 1, first: [code], second: [code]), CodedPair(unit: 2, first: [], second: []),
      CodedPair(unit: 3, first: [code], second: []),
    ]
    let interval = try #require(
      CodingAgreement(pairs, codes: [code], scheme: .multiple).codes.first?.measure?.interval)
    #expect(interval.upperBound <= 1 && interval.lowerBound >= -1)
  }

  @Test func `numbers are rounded to the nearest and keep their noughts`() {
    #expect(Decimals.text(0.6, 2) == "0.60")
    #expect(Decimals.text(0.066, 2) == "0.07")
    #expect(Decimals.text(-0.256, 2) == "−0.26")
    #expect(Decimals.text(-0.001, 2) == "0.00")
    #expect(Decimals.text(99.96, 1) == "100.0")
    #expect(Decimals.text(0.0456, 3) == "0.046")
  }
}
