package import Kernel

/// What may be asked of a mandate, by whom, and from when on it counts.
package enum MandateRules {
  /// What widens waits this long, so that nobody is talked into it on the spot. Source: field/socialwork.md §4, no. 1.
  package static let pause: Duration = .hours(24)
  /// Twelve months at most: a mandate has to be wanted anew.
  package static let longest: Duration = .days(366)
  /// Who may record a mandate for somebody else.
  package static let recorders: Set<Role> = RoleRules.roles(for: .keepWishes)

  // MARK: - Who

  /// Why this person may not give a mandate with this evidence, or nil.
  static func refusalToGive(_ asking: MandateAsking, principal: PersonID, helper: PersonID) -> Problem? {
    if principal == helper { return .mandateToOneself }
    if let refusal = refusalOfHelper(asking, principal: principal, helper: helper) { return refusal }
    if isOwn(asking, principal) { return nil }
    guard recorders.contains(asking.actor.role), asking.actor.person != principal else {
      return .mandateNotByPrincipal
    }
    switch asking.evidence.kind {
    case .signedPaper: return nil
    case .spokenWithWitness:
      guard let witness = asking.evidence.witness, witness != asking.actor.person else {
        return .mandateWitnessNeeded
      }
      return nil
    case .electronic: return .mandateNotByPrincipal
    }
  }

  /// Why this person may not widen it, or nil: the principal alone may, on screen or by a paper that staff records.
  static func refusalToWiden(_ asking: MandateAsking, principal: PersonID, helper: PersonID) -> Problem? {
    if let refusal = refusalOfHelper(asking, principal: principal, helper: helper) { return refusal }
    if isOwn(asking, principal) { return nil }
    guard recorders.contains(asking.actor.role), asking.actor.person != principal,
      asking.evidence.kind == .signedPaper
    else { return .mandateNotByPrincipal }
    return nil
  }

  /// Why this person may not narrow it, or nil: the principal, and staff on the principal's word. A helper does not:
  /// less may be fewer eyes on what they do.
  static func refusalToNarrow(_ actor: Actor, principal: PersonID, helper: PersonID) -> Problem? {
    actor.person == helper
      ? .mandateByHelper : refusalToEnd(actor, principal: principal, helper: helper)
  }

  /// Why this person may not end it, or nil: the principal, the helper, and staff on the principal's word.
  static func refusalToEnd(_ actor: Actor, principal: PersonID, helper: PersonID) -> Problem? {
    if actor.person == principal || actor.person == helper || recorders.contains(actor.role) { return nil }
    return .actionForbidden
  }

  private static func isOwn(_ asking: MandateAsking, _ principal: PersonID) -> Bool {
    asking.actor.person == principal && asking.evidence.kind == .electronic
  }

  private static func refusalOfHelper(
    _ asking: MandateAsking, principal: PersonID, helper: PersonID
  ) -> Problem? {
    if asking.actor.person == helper || asking.evidence.witness == helper { return .mandateByHelper }
    return asking.evidence.witness == principal ? .mandateWitnessNeeded : nil
  }

  /// Why these people cannot be what they are to be, or nil.
  static func refusal(principal: Person, helper: Person, trusted: [Person]) -> Problem? {
    if principal.id == helper.id { return .mandateToOneself }
    if principal.household == nil { return .mandateHouseholdNeeded }
    if principal.isDisabled || helper.isDisabled || trusted.contains(where: \.isDisabled) { return .notFound }
    if let household = principal.household, household == helper.household { return .mandateNotNeeded }
    if trusted.contains(where: { $0.id == helper.id || $0.id == principal.id }) {
      return .mandateTrustedHelper
    }
    return trusted.allSatisfy(\.hasAccount) ? nil : .mandateTrustedWithoutAccount
  }

  // MARK: - What

  /// What keeps these terms from being asked for, by field.
  /// - Parameter current: the terms until now; what stays as it was is not looked at again.
  static func faults(in terms: MandateTerms, current: MandateTerms? = nil, at now: Timestamp)
    -> [FieldProblem]
  {
    var problems: [FieldProblem] = []
    func add(_ field: String, _ message: Phrase) { problems.append(FieldProblem(field, message)) }
    let choose = Phrase("请至少选一样。", "Please choose at least one.")
    if terms.matters.isEmpty { add("matters", choose) }
    if terms.merchants == .only([]) { add("merchants", choose) }
    if terms.payWays.isEmpty { add("pay_ways", choose) }
    if terms.confirmations.isEmpty { add("confirmations", choose) }
    if terms.perOrder <= .zero { add("per_order", Phrase("金额要大于 0。", "The amount must be above zero.")) }
    if terms.perDay < terms.perOrder {
      add("per_day", Phrase("一天的上限不能比一单的小。", "A day's cap cannot be less than an order's."))
    }
    if terms.perMonth < terms.perDay {
      add("per_month", Phrase("一个月的上限不能比一天的小。", "A month's cap cannot be less than a day's."))
    }
    if terms.confirmations.contains(.familyKey), terms.familyKey == nil {
      add("family_key", Phrase("请选由哪位家人同意。", "Please choose which relative says yes."))
    }
    if terms.expires != current?.expires, terms.expires <= now || terms.expires > now + longest {
      add("expires", Phrase("请选今天以后、12 个月以内的日子。", "Please choose a day within the next 12 months."))
    }
    return problems
  }

  // MARK: - From when on

  /// The revisions that a wish makes: what narrows counts at once, what widens after the pause.
  ///
  /// A narrowing takes back what waits for the same term. What waits already as it is wished now is not asked again.
  /// - Parameters:
  ///   - current: the terms now.
  ///   - promised: the terms once everything that waits has taken effect.
  static func split(
    _ target: MandateTerms, current: MandateTerms, promised: MandateTerms
  ) -> (now: MandateChanges, later: MandateChanges) {
    var split = MandateSplit()
    split.add(\.matters, current.matters, target.matters, promised.matters) { $0.intersection($1) }
    split.add(\.merchants, current.merchants, target.merchants, promised.merchants) { $0.meet($1) }
    split.add(\.perOrder, current.perOrder, target.perOrder, promised.perOrder, meet: min)
    split.add(\.perDay, current.perDay, target.perDay, promised.perDay, meet: min)
    split.add(\.perMonth, current.perMonth, target.perMonth, promised.perMonth, meet: min)
    split.add(\.payWays, current.payWays, target.payWays, promised.payWays) { $0.intersection($1) }
    split.add(\.expires, current.expires, target.expires, promised.expires, meet: min)
    split.add(\.confirmations, current.confirmations, target.confirmations, promised.confirmations) {
      $0.intersection($1)
    }
    // Another family key is somebody more who can say yes, another copy somebody more who reads; nobody is less.
    split.add(\.familyKey, current.familyKey, target.familyKey, promised.familyKey) { $0 == $1 ? $0 : nil }
    split.add(\.statementCopy, current.statementCopy, target.statementCopy, promised.statementCopy) {
      $0 == $1 ? $0 : nil
    }
    // Whoever watches goes on watching until another does, and where nobody does, begins at once.
    split.add(\.alertPerson, current.alertPerson, target.alertPerson, promised.alertPerson) { $0 ?? $1 }
    return (split.now, split.later)
  }

  /// What is stored of a wish: one revision for what counts at once, one for what waits.
  static func revisions(
    _ wish: (now: MandateChanges, later: MandateChanges), after last: Int64, _ asking: MandateAsking,
    at now: Timestamp
  ) -> [MandateRevision] {
    var revisions: [MandateRevision] = []
    for (changes, effectiveAt) in [(wish.now, now), (wish.later, now + pause)]
    where !changes.isEmpty {
      revisions.append(
        MandateRevision(
          sequence: last + Int64(revisions.count) + 1, askedAt: now, effectiveAt: effectiveAt,
          changes: changes, asking: asking))
    }
    return revisions
  }

  /// What makes everything that waits be as it is now.
  static func takingBack(_ promised: MandateTerms, current: MandateTerms) -> MandateChanges {
    var back = MandateChanges()
    if promised.matters != current.matters { back.matters = current.matters }
    if promised.merchants != current.merchants { back.merchants = current.merchants }
    if promised.perOrder != current.perOrder { back.perOrder = current.perOrder }
    if promised.perDay != current.perDay { back.perDay = current.perDay }
    if promised.perMonth != current.perMonth { back.perMonth = current.perMonth }
    if promised.payWays != current.payWays { back.payWays = current.payWays }
    if promised.expires != current.expires { back.expires = current.expires }
    if promised.confirmations != current.confirmations { back.confirmations = current.confirmations }
    if promised.familyKey != current.familyKey { back.familyKey = .some(current.familyKey) }
    if promised.alertPerson != current.alertPerson { back.alertPerson = .some(current.alertPerson) }
    if promised.statementCopy != current.statementCopy { back.statementCopy = .some(current.statementCopy) }
    return back
  }

  /// The terms at the beginning. Where the same helper had a mandate within the last day, what is wider than that one
  /// waits, so that ending and giving anew is no way round the pause; its last day does not count as wider.
  static func opening(
    _ terms: MandateTerms, after former: MandateTerms?
  ) -> (now: MandateChanges, later: MandateChanges) {
    guard var former else { return (MandateChanges(terms), MandateChanges()) }
    former.expires = terms.expires
    let split = split(terms, current: former, promised: former)
    var now = MandateChanges(former)
    now.overwrite(with: split.now)
    return (now, split.later)
  }
}

/// Term by term, what counts at once and what later.
private struct MandateSplit {
  var now = MandateChanges()
  var later = MandateChanges()

  mutating func add<Value: Equatable>(
    _ term: WritableKeyPath<MandateChanges, Value?>, _ current: Value, _ target: Value, _ promised: Value,
    meet: (Value, Value) -> Value
  ) {
    let narrow = meet(current, target)
    if narrow != current { now[keyPath: term] = .some(narrow) }
    if narrow != target, target != promised || narrow != current { later[keyPath: term] = .some(target) }
  }
}

extension MandateChanges {
  fileprivate mutating func overwrite(with other: MandateChanges) {
    matters = other.matters ?? matters
    merchants = other.merchants ?? merchants
    perOrder = other.perOrder ?? perOrder
    perDay = other.perDay ?? perDay
    perMonth = other.perMonth ?? perMonth
    payWays = other.payWays ?? payWays
    expires = other.expires ?? expires
    confirmations = other.confirmations ?? confirmations
    if let familyKey = other.familyKey { self.familyKey = .some(familyKey) }
    if let alertPerson = other.alertPerson { self.alertPerson = .some(alertPerson) }
    if let statementCopy = other.statementCopy { self.statementCopy = .some(statementCopy) }
  }
}
