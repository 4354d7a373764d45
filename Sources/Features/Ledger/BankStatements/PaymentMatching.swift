package import Kernel
package import Security

/// Finds the awaited payments on a statement: a pure function of what the file says and what is awaited. It books nothing;
/// only an exact match may be booked without a person.
package enum PaymentMatching {
  /// A payment that is waited for.
  package struct Awaited: Sendable, Hashable {
    package let payment: PaymentID
    package let reference: PaymentReference
    /// Positive.
    package let amount: Money
    /// The name under which the household said it would pay; nil when it gave none.
    package let payerName: String?

    package init(payment: PaymentID, reference: PaymentReference, amount: Money, payerName: String? = nil) {
      self.payment = payment
      self.reference = reference
      self.amount = amount
      self.payerName = payerName
    }
  }

  /// What a line of the statement is.
  package enum Outcome: Sendable, Hashable {
    /// Reference and amount of this payment. No other line of the file has it.
    case matched(PaymentID)
    /// The reference of this payment with another amount: for a person to decide. The difference is what came in beyond
    /// what is awaited, negative for too little.
    case differs(PaymentID, difference: Money)
    /// The reference of a payment that another line of this file pays in full: for a person to give back.
    case paidAgain(PaymentID)
    /// The references of several awaited payments, in the order of the text: for a person to divide.
    case several([PaymentID])
    /// No reference, but the amount of exactly one awaited payment, and the name that its household gave: for a person
    /// to confirm.
    case suggested(PaymentID)
    /// Nothing awaited fits.
    case suspense
    /// Money that went out.
    case outgoing
    /// An earlier file had this line.
    case alreadyImported
  }

  /// A line with what it is.
  package struct Match: Sendable, Hashable {
    package let line: StatementLine
    package let outcome: Outcome
  }

  /// - Parameters:
  ///   - lines: of one statement.
  ///   - awaited: in any order, each payment once; the order makes no difference.
  ///   - imported: digests of the lines that earlier files of the same account had.
  /// - Returns: one match for each line, in the order of the lines. Where several lines fit one payment, the earliest has
  ///   it.
  package static func match(
    _ lines: [StatementLine], awaiting awaited: [Awaited], imported: Set<Digest> = []
  ) -> [Match] {
    var round = Round(awaited)
    let order = lines.indices.sorted {
      (lines[$0].moment, lines[$0].line) < (lines[$1].moment, lines[$1].line)
    }
    let open = order.filter { lines[$0].amount > .zero && !imported.contains(lines[$0].digest) }
    var outcomes: [Int: Outcome] = [:]
    // Every exact match first: a payment that is late by its reference is not given to a line that only looks like it.
    for index in open { outcomes[index] = round.exact(lines[index]) }
    for index in open where outcomes[index] == nil { outcomes[index] = round.byReference(lines[index]) }
    for index in open where outcomes[index] == nil { outcomes[index] = round.byName(lines[index]) }
    return lines.indices.map { index in
      let line = lines[index]
      let settled: Outcome = imported.contains(line.digest) ? .alreadyImported : .outgoing
      return Match(line: line, outcome: outcomes[index] ?? settled)
    }
  }
}

/// What is still to be had in one run of the matching.
private struct Round {
  typealias Awaited = PaymentMatching.Awaited
  typealias Outcome = PaymentMatching.Outcome

  private let byReference: [PaymentReference: [Awaited]]
  private let byAmount: [Money: [Awaited]]
  /// Payments that a line has, by an exact match or a suggestion.
  private var taken: Set<PaymentID> = []

  init(_ awaited: [Awaited]) {
    let ordered = awaited.sorted { $0.payment < $1.payment }
    byReference = Dictionary(grouping: ordered, by: \.reference)
    byAmount = Dictionary(grouping: ordered, by: \.amount)
  }

  private func named(_ line: StatementLine) -> [Awaited] {
    PaymentReference.found(in: line.remittance).flatMap { byReference[$0] ?? [] }
  }

  mutating func exact(_ line: StatementLine) -> Outcome? {
    let named = named(line)
    guard named.count == 1, let awaited = named.first, awaited.amount == line.amount,
      taken.insert(awaited.payment).inserted
    else { return nil }
    return .matched(awaited.payment)
  }

  func byReference(_ line: StatementLine) -> Outcome? {
    let named = named(line)
    guard let awaited = named.first else { return nil }
    if named.count > 1 { return .several(named.map(\.payment)) }
    if taken.contains(awaited.payment) { return .paidAgain(awaited.payment) }
    // Both are amounts above zero, so their difference fits; another currency does not match.
    guard let difference = try? line.amount.subtracting(awaited.amount) else { return nil }
    return .differs(awaited.payment, difference: difference)
  }

  /// Always an outcome: suspense when nothing fits.
  mutating func byName(_ line: StatementLine) -> Outcome {
    let fitting = (byAmount[line.amount] ?? []).filter { !taken.contains($0.payment) }
    guard fitting.count == 1, let awaited = fitting.first, let given = awaited.payerName,
      let name = line.counterparty.name, !StatementText.comparable(given).isEmpty,
      StatementText.comparable(given) == StatementText.comparable(name)
    else { return .suspense }
    taken.insert(awaited.payment)
    return .suggested(awaited.payment)
  }
}

extension PaymentMatching {
  /// Kinds of outcomes, for sums.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case matched, differs, paidAgain, several, suggested, suspense, outgoing, alreadyImported
  }

  /// The sum of the lines of each kind; together they are the sum of the file.
  /// - Throws: `money.overflow`, `money.currency`.
  package static func totals(of matches: [Match]) throws -> [Kind: Money] {
    var totals = Dictionary(uniqueKeysWithValues: Kind.allCases.map { ($0, Money.zero) })
    for match in matches {
      totals[match.outcome.kind] = try (totals[match.outcome.kind] ?? .zero).adding(match.line.amount)
    }
    return totals
  }
}

extension PaymentMatching.Outcome {
  package var kind: PaymentMatching.Kind {
    switch self {
    case .matched: .matched
    case .differs: .differs
    case .paidAgain: .paidAgain
    case .several: .several
    case .suggested: .suggested
    case .suspense: .suspense
    case .outgoing: .outgoing
    case .alreadyImported: .alreadyImported
    }
  }
}
