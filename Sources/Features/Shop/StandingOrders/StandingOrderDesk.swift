package import Database
package import Kernel
package import People
import Security

/// Where standing orders are written, paused and ended: each is one transaction.
package struct StandingOrderDesk: Sendable {
  /// For how long goods can wait at most before somebody looks at the list again.
  static let longestPause = Duration.days(366)
  /// What is read back today is confirmed by tomorrow, or not at all.
  static let waitingTime = AssistedOrderDesk.waitingTime

  let books: Bookkeeping
  let people: Representation
  let proofs: PrincipalProofs

  // MARK: - The household

  /// Makes the household's list these needs; none at all ends it. The same form sent twice changes nothing more.
  ///
  /// - Parameters:
  ///   - seen: the revision that the person saw; nil where they saw no list.
  /// - Throws: `form.invalid` naming a need, `standing_order.stale`.
  @discardableResult
  package func set(
    _ needs: [StandingNeed], of household: HouseholdID, by person: PersonID, seen: Int64?,
    in transaction: Transaction
  ) throws -> StandingOrder? {
    let present = try StandingOrderStore.find(of: household, in: transaction.community, transaction)
    if present?.needs ?? [] == needs, present?.word ?? .own == .own,
      try present.map({ try isAtHome($0, in: transaction) }) ?? true
    {
      return present
    }
    guard present?.revision == seen else { throw Problem.standingOrderStale }
    try check(needs, in: transaction)
    return try write(
      needs, .own, of: household, for: person, over: present, by: Actor(person: person, role: .resident),
      in: transaction)
  }

  /// Stops ordering for pickups before a day, or goes on at once.
  ///
  /// Whoever may spend may also stop, and so may the helper who wrote the list down, while the mandate counts; what was
  /// ordered stands.
  /// - Parameter until: at most a year from now; nil to go on.
  /// - Throws: `not_found` without a list that is theirs to pause, `form.invalid` naming `until`.
  package func pause(
    _ household: HouseholdID, until: Timestamp?, by actor: Actor, in transaction: Transaction
  ) throws {
    if let until, until <= transaction.now || until > transaction.now + Self.longestPause {
      throw Problem.invalid([
        FieldProblem(
          "until", Phrase("请填今天以后、一年以内的日期。", "Please enter a day after today and within a year."))
      ])
    }
    var standing = try found(of: household, in: transaction)
    guard try mayPause(standing, actor.person, in: transaction) else { throw Problem.notFound }
    if standing.pausedUntil == until { return }
    standing.pausedUntil = until
    standing.revision += 1
    try StandingOrderStore.update(standing, in: transaction)
    try tell(
      until == nil ? "shop.standing_order_resume" : "shop.standing_order_pause", standing, by: actor,
      in: transaction)
    try lookAgain(standing, in: transaction)
  }

  private func mayPause(
    _ standing: StandingOrder, _ person: PersonID, in transaction: Transaction
  ) throws -> Bool {
    if try people.household(person, transaction.community, transaction) == standing.household { return true }
    guard let mandate = standing.mandate(of: person) else { return false }
    return try people.mandate(mandate, transaction.community, transaction)?.isAlive(at: transaction.now)
      ?? false
  }

  /// Ends the list for good. What was ordered stands.
  package func end(_ household: HouseholdID, by actor: Actor, in transaction: Transaction) throws {
    guard
      let standing = try StandingOrderStore.find(of: household, in: transaction.community, transaction)
    else { return }
    try end(standing, by: actor, in: transaction)
  }

  /// What somebody says when goods have become dearer.
  package enum Answer: String, Sendable, CaseIterable {
    /// At this price, now and later.
    case yes
    /// Not this time; it is asked again when it is due again.
    case notThisTime = "not_this_time"
    /// No more of it at all.
    case noMore = "no_more"
  }

  /// Answers a question; a yes orders it at once while the campaign takes orders.
  /// - Throws: `not_found`, `standing_order.question_over`.
  package func answer(
    _ id: StandingTurnID, _ variant: VariantID, _ answer: Answer, of household: HouseholdID,
    by person: PersonID, in transaction: Transaction
  ) throws {
    var standing = try found(of: household, in: transaction)
    guard var turn = try StandingTurnStore.find(id, in: transaction.community, transaction),
      turn.standingOrder == standing.id
    else { throw Problem.notFound }
    let campaign = try CampaignStore.find(turn.campaign, in: transaction.community, transaction)
    guard let index = turn.lines.firstIndex(where: { $0.variant == variant && $0.state == .asked }),
      let phase = campaign?.phase(at: transaction.now), phase == .open || phase == .upcoming
    else { throw Problem.standingQuestionOver }
    switch answer {
    case .yes:
      for need in standing.needs.indices where standing.needs[need].variant == variant {
        standing.needs[need].price = turn.lines[index].price
      }
    case .notThisTime: turn.lines[index].state = .declined
    case .noMore:
      turn.lines[index].state = .declined
      standing.needs.removeAll { $0.variant == variant }
    }
    if answer != .yes { try StandingTurnStore.store(turn, in: transaction) }
    let actor = Actor(person: person, role: .resident)
    if standing.needs.isEmpty { return try end(standing, by: actor, in: transaction) }
    standing.revision += 1
    try StandingOrderStore.update(standing, in: transaction)
    try tell("shop.standing_order_answer", standing, by: actor, in: transaction)
    try lookAgain(standing, in: transaction)
  }

  // MARK: - Parts

  func found(of household: HouseholdID, in transaction: Transaction) throws -> StandingOrder {
    guard
      let standing = try StandingOrderStore.find(of: household, in: transaction.community, transaction)
    else { throw Problem.notFound }
    return standing
  }

  /// Every need names goods of this community, once, and there are not too many of them.
  func check(_ needs: [StandingNeed], in transaction: Transaction) throws {
    var problems = Problems()
    if needs.count > StandingOrder.needLimit {
      problems.add(
        "needs",
        Phrase(
          "固定单最多 \(StandingOrder.needLimit) 样。",
          "A standing order has at most \(StandingOrder.needLimit) items."))
    }
    let offers = try transaction.variantOffers(needs.map(\.variant), in: transaction.community)
    let known = Set(offers.map(\.variant))
    var seen: Set<VariantID> = []
    for need in needs
    where !known.contains(need.variant) || !seen.insert(need.variant).inserted
      || !StandingNeed.quantityRange.contains(need.quantity) || need.price.amount < .zero
    {
      problems.add(
        "quantity-\(need.variant)",
        Phrase("请从列表里选，数量填 1 到 99。", "Please choose from the list, 1 to 99 of it."))
    }
    try problems.throwIfAny()
  }

  /// Whether the person whose orders follow from a list still lives where it was written.
  func isAtHome(_ standing: StandingOrder, in transaction: Transaction) throws -> Bool {
    try people.household(standing.person, transaction.community, transaction) == standing.household
  }

  /// Writes the list on somebody's word, and looks again at what is still open.
  ///
  /// A household's list stays that of whoever wrote it first while they live there; under a mandate it is the principal's.
  func write(
    _ needs: [StandingNeed], _ word: StandingOrder.Word, of household: HouseholdID, for person: PersonID,
    over present: StandingOrder?, by actor: Actor, in transaction: Transaction
  ) throws -> StandingOrder? {
    if needs.isEmpty {
      if let present { try end(present, by: actor, in: transaction) }
      return nil
    }
    var standing =
      present
      ?? StandingOrder(
        id: transaction.newIdentifier(), household: household, person: person, word: word, needs: needs,
        pausedUntil: nil, revision: 0, since: transaction.now, endedAt: nil)
    if try word != .own || !isAtHome(standing, in: transaction) { standing.person = person }
    standing.needs = needs
    standing.word = word
    standing.revision += 1
    if present == nil {
      try StandingOrderStore.insert(standing, in: transaction)
    } else {
      try StandingOrderStore.update(standing, in: transaction)
    }
    try tell("shop.standing_order_set", standing, by: actor, in: transaction)
    try lookAgain(standing, in: transaction)
    return standing
  }

  private func end(_ standing: StandingOrder, by actor: Actor, in transaction: Transaction) throws {
    var standing = standing
    standing.endedAt = transaction.now
    standing.revision += 1
    try StandingOrderStore.update(standing, in: transaction)
    try tell("shop.standing_order_end", standing, by: actor, in: transaction)
    try lookAgain(standing, in: transaction)
  }

  /// What is planned, asked or to be had may have changed with the list.
  private func lookAgain(_ standing: StandingOrder, in transaction: Transaction) throws {
    for id in try StandingTurnStore.openCampaigns(
      of: standing.id, in: transaction.community, transaction)
    {
      guard let campaign = try CampaignStore.find(id, in: transaction.community, transaction) else {
        continue
      }
      try serve(campaign, [standing], in: transaction)
    }
  }

  private func tell(
    _ action: StaticString, _ standing: StandingOrder, by actor: Actor, in transaction: Transaction
  ) throws {
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role,
        onBehalfOf: actor.person == standing.person ? nil : standing.person, action: action,
        object: standing.id.rawValue, detailDigest: standing.needs.digest))
  }
}

extension [StandingNeed] {
  /// SHA-256 of what is needed, how often, and at what price.
  var digest: [UInt8] {
    Digest(
      of: map {
        "\($0.variant)|\($0.quantity)|\($0.rhythm.rawValue)|\($0.price.amount.minorUnits)|\($0.price.basis?.rawValue ?? "")"
      }.joined(separator: "\n")
    ).bytes
  }
}
