package import Kernel

/// What one person lets a named other person do for them: by whom it was asked, what it allows and since when.
///
/// The helper is a person and not a role, so nobody inherits it. Terms are never rewritten: each change is a revision that
/// says when it takes effect.
///
/// Its caps are its own: whoever lets two persons help signed two papers, each with its sums, and one helper's orders leave
/// the other's caps as they are. What that comes to is told to the principal wherever mandates are read or given
/// (`MandateSum`). Sources: field/socialwork.md §4, no. 1; Civil Code of China, art. 165.
package struct Mandate: Sendable, Equatable {
  package let id: MandateID
  package let principal: PersonID
  package let helper: PersonID
  package let validFrom: Timestamp
  /// In the order in which they were asked for; the first sets every term.
  package let revisions: [MandateRevision]
  /// Nothing is allowed from this moment on, for ever.
  package let revokedAt: Timestamp?
}

/// What all living mandates of one principal let their helpers spend together.
package struct MandateSum: Sendable, Equatable {
  /// Persons who may help now.
  package let helpers: Int
  /// The sum of their caps of a month, as they stand now.
  package let perMonth: Money

  /// - Parameter mandates: of one principal; those that have ended are left out.
  /// - Throws: `money.overflow`.
  package init(of mandates: [Mandate], at now: Timestamp) throws {
    let living = mandates.filter { $0.isAlive(at: now) }
    helpers = Set(living.map(\.helper)).count
    perMonth = try living.reduce(.zero) { try $0.adding($1.terms(at: now).perMonth) }
  }
}

/// One change of a mandate's terms.
package struct MandateRevision: Sendable, Equatable {
  /// 1 for the terms at the beginning.
  package let sequence: Int64
  package let askedAt: Timestamp
  package let effectiveAt: Timestamp
  package let changes: MandateChanges
  package let asking: MandateAsking
}

/// Who asked for something, and what shows that the principal wants it.
package struct MandateAsking: Sendable, Equatable {
  /// Who entered it: the principal, or a member of the staff.
  package let actor: Actor
  package let evidence: MandateEvidence

  package init(by actor: Actor, _ evidence: MandateEvidence) {
    self.actor = actor
    self.evidence = evidence
  }
}

package struct MandateEvidence: Sendable, Equatable {
  package let kind: Kind
  /// Who was there; needed for the spoken word.
  package let witness: PersonID?
  package let place: Place?

  package init(_ kind: Kind, witness: PersonID? = nil, place: Place? = nil) {
    self.kind = kind
    self.witness = witness
    self.place = place
  }

  package static let electronic = MandateEvidence(.electronic)

  package enum Kind: String, Sendable, CaseIterable {
    case signedPaper = "signed_paper"
    case spokenWithWitness = "spoken_with_witness"
    /// In the principal's own session.
    case electronic

    package var name: Phrase {
      switch self {
      case .signedPaper: Phrase("本人签了字的纸", "Paper signed by the person")
      case .spokenWithWitness: Phrase("本人口头说，有人见证", "Said aloud, with a witness")
      case .electronic: Phrase("本人在屏幕上确认", "Confirmed on screen by the person")
      }
    }
  }

  package enum Place: String, Sendable, CaseIterable {
    case home
    case station
    case elsewhere

    package var name: Phrase {
      switch self {
      case .home: Phrase("本人家里", "At home")
      case .station: Phrase("服务站", "At the station")
      case .elsewhere: Phrase("别的地方", "Elsewhere")
      }
    }
  }
}

/// What a helper is about to do, with what the Shop knows of it.
package struct MandateUse: Sendable {
  package let helper: PersonID
  package let principal: PersonID
  package let at: Timestamp
  package let matters: Set<MandateMatter>
  package let merchants: Set<MerchantID>
  package let total: Money
  /// Under this mandate before, on the same day and in the same month of the community's calendar.
  package let spentToday: Money
  package let spentThisMonth: Money
  package let payWay: MandatePayWay
  /// How the principal said yes; nil while they have not.
  package let confirmation: ConfirmationWay?

  package init(
    helper: PersonID, principal: PersonID, at moment: Timestamp, matters: Set<MandateMatter>,
    merchants: Set<MerchantID>, total: Money, spentToday: Money, spentThisMonth: Money,
    payWay: MandatePayWay, confirmation: ConfirmationWay?
  ) {
    self.helper = helper
    self.principal = principal
    at = moment
    self.matters = matters
    self.merchants = merchants
    self.total = total
    self.spentToday = spentToday
    self.spentThisMonth = spentThisMonth
    self.payWay = payWay
    self.confirmation = confirmation
  }
}

extension Mandate {
  /// What is allowed at this moment, as far as is known now; before `validFrom` the terms at the beginning.
  package func terms(at moment: Timestamp) -> MandateTerms {
    // The first revision sets every term, so what stands after ?? is never allowed to be more than nothing.
    MandateTerms(
      matters: value(\.matters, at: moment) ?? [], merchants: value(\.merchants, at: moment) ?? .only([]),
      perOrder: value(\.perOrder, at: moment) ?? .zero, perDay: value(\.perDay, at: moment) ?? .zero,
      perMonth: value(\.perMonth, at: moment) ?? .zero, payWays: value(\.payWays, at: moment) ?? [],
      expires: value(\.expires, at: moment) ?? validFrom,
      confirmations: value(\.confirmations, at: moment) ?? [],
      familyKey: value(\.familyKey, at: moment) ?? nil, alertPerson: value(\.alertPerson, at: moment) ?? nil,
      statementCopy: value(\.statementCopy, at: moment) ?? nil)
  }

  /// The last word that is in effect. What was asked for later replaces what had not taken effect yet.
  private func value<Value>(
    _ term: KeyPath<MandateChanges, Value?>, at moment: Timestamp
  ) -> Value? {
    let moment = max(moment, validFrom)
    var current: Value?
    for (index, revision) in revisions.enumerated() where revision.effectiveAt <= moment {
      guard let value = revision.changes[keyPath: term] else { continue }
      let isReplaced = revisions[(index + 1)...].contains {
        $0.changes[keyPath: term] != nil && $0.askedAt < revision.effectiveAt
      }
      if !isReplaced { current = value }
    }
    return current
  }

  /// The terms once everything that was asked for has taken effect.
  package var promisedTerms: MandateTerms { terms(at: Timestamp(microseconds: .max)) }

  /// What still waits at this moment: from when on, and the terms from then on.
  package func pending(at moment: Timestamp) -> [(from: Timestamp, terms: MandateTerms)] {
    var before = terms(at: moment)
    var found: [(from: Timestamp, terms: MandateTerms)] = []
    for start in Set(revisions.map(\.effectiveAt)).sorted() where start > moment {
      let terms = terms(at: start)
      if terms != before { found.append((start, terms)) }
      before = terms
    }
    return found
  }

  /// Whether anything at all is allowed at this moment.
  package func isAlive(at moment: Timestamp) -> Bool {
    if let revokedAt, revokedAt <= moment { return false }
    return moment < terms(at: moment).expires
  }

  /// From when on it counts again though its last day is over, because an extension waits; nil while it counts, and where
  /// it never will again.
  package func countsAgain(from moment: Timestamp) -> Timestamp? {
    if isAlive(at: moment) || revokedAt.map({ $0 <= moment }) == true { return nil }
    return pending(at: moment).first { $0.from < $0.terms.expires }?.from
  }

  /// Whether anything is allowed at this moment, or will be without another wish.
  package func mayCountYet(at moment: Timestamp) -> Bool {
    isAlive(at: moment) || countsAgain(from: moment) != nil
  }

  /// Why the helper may not do this; nil where they may.
  ///
  /// It is to be asked in the transaction that does it, so that a mandate revoked a moment ago counts no more.
  /// - Parameter isConfirming: false while the basket is made up, before the principal is asked.
  package func refusal(of use: MandateUse, isConfirming: Bool = true) -> Problem? {
    if let revokedAt, revokedAt <= use.at { return .mandateRevoked }
    if use.helper != helper || use.principal != principal { return .mandateOfOtherHelper }
    if use.at < validFrom { return .mandateNotYetValid }
    let terms = terms(at: use.at)
    if use.at >= terms.expires { return .mandateExpired }
    return terms.refusal(of: use) ?? (isConfirming ? terms.refusalOfConfirmation(of: use) : nil)
  }
}

extension MandateTerms {
  fileprivate func refusal(of use: MandateUse) -> Problem? {
    if use.matters.isEmpty || !use.matters.isSubset(of: matters) { return .mandateMatterNotCovered }
    if !use.merchants.allSatisfy(merchants.admits) { return .mandateMerchantBarred }
    if use.total < .zero || use.total > perOrder { return .mandateOver(.order, perOrder) }
    if !Self.fits(use.total, after: use.spentToday, under: perDay) { return .mandateOver(.day, perDay) }
    if !Self.fits(use.total, after: use.spentThisMonth, under: perMonth) {
      return .mandateOver(.month, perMonth)
    }
    if use.total > .zero, !payWays.contains(use.payWay) { return .mandatePayWay }
    return nil
  }

  /// Fetching buys nothing: the code of the bag is the proof there.
  fileprivate func refusalOfConfirmation(of use: MandateUse) -> Problem? {
    if use.matters == [.collecting], use.total == .zero { return nil }
    guard let way = use.confirmation, confirmations.contains(way), way != .familyKey || familyKey != nil
    else { return .mandateConfirmation }
    return nil
  }

  private static func fits(_ total: Money, after spent: Money, under cap: Money) -> Bool {
    guard let sum = try? max(spent, .zero).adding(total) else { return false }
    return sum <= cap
  }
}
