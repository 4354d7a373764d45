package import Database
package import Kernel
package import People

/// Where neighbours are asked, answer and are released again. Whether one may fetch is asked anew in every handover.
package enum PickupProxyStore {
  // MARK: - Reading

  package static func find(
    _ id: PickupProxyID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PickupProxy? {
    try snapshot.first(
      "SELECT \(PickupProxy.columns) FROM shop_pickup_proxy WHERE id = \(id) AND community_id = \(community)",
      PickupProxy.init)
  }

  /// What a household asked of others and is not over, the newest first.
  package static func named(
    by household: HouseholdID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PickupProxy] {
    try snapshot.all(
      """
      SELECT \(PickupProxy.columns) FROM shop_pickup_proxy
      WHERE community_id = \(community) AND household_id = \(household) AND until > \(snapshot.now)
        AND state IN ('asked', 'accepted') ORDER BY id DESC
      """, PickupProxy.init)
  }

  /// What one person was asked, or agreed to, and is not over.
  package static func asked(
    of person: PersonID, household: HouseholdID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PickupProxy] {
    try snapshot.all(
      """
      SELECT \(PickupProxy.columns) FROM shop_pickup_proxy
      WHERE community_id = \(community) AND addressed_household_id = \(household) AND until > \(snapshot.now)
        AND state IN ('asked', 'accepted') ORDER BY id DESC
      """, PickupProxy.init
    ).filter { $0.state == .accepted ? $0.neighbour == person : $0.asks(person, of: household) }
  }

  /// Everything that was ever agreed for this order, in force or not.
  static func agreed(for order: Order, in community: CommunityID, _ snapshot: Snapshot) throws
    -> [PickupProxy]
  {
    try snapshot.all(
      """
      SELECT \(PickupProxy.columns) FROM shop_pickup_proxy
      WHERE community_id = \(community) AND household_id = \(order.household) AND answered_at IS NOT NULL
        AND neighbour_id IS NOT NULL AND until > \(order.placedAt) AND (order_id IS NULL OR order_id = \(order.id))
      ORDER BY id
      """, PickupProxy.init)
  }

  /// The newest leaves of the whole community that are in force or wait, for staff.
  static func standing(
    in community: CommunityID, limit: Int, _ snapshot: Snapshot
  ) throws -> [PickupProxy] {
    try snapshot.all(
      """
      SELECT \(PickupProxy.columns) FROM shop_pickup_proxy
      WHERE community_id = \(community) AND until > \(snapshot.now) AND state IN ('asked', 'accepted')
      ORDER BY id DESC LIMIT \(limit)
      """, PickupProxy.init)
  }

  // MARK: - Asking

  /// Asks a neighbour for a household; asking the same again is the same question, and with another end it takes the place
  /// of the one before, which ends.
  /// - Throws: `not_found` for orders of other households and for visits, `form.invalid` naming `until` or `room`,
  ///   `pickup_proxy.too_many`.
  @discardableResult
  package static func ask(
    _ asked: AskedNeighbour, _ draft: PickupProxyDraft, for household: HouseholdID, by person: PersonID,
    in transaction: Transaction
  ) throws -> PickupProxy {
    let actor = Actor(person: person, role: .resident)
    let (proxy, isNew, before) = try drafted(
      asked, draft, for: household, by: person, entering: nil, in: transaction)
    guard isNew else { return proxy }
    if let before { _ = try end(before, by: actor, in: transaction) }
    try insert(proxy, in: transaction)
    try tell("shop.pickup_proxy_ask", proxy, by: actor, in: transaction)
    return proxy
  }

  /// Writes down what both sides told a member of staff.
  /// - Throws: as `ask`; `pickup_proxy.own_word` where the member of staff belongs to either household; `not_found` where
  ///   neither is of this community.
  @discardableResult
  package static func enter(
    _ neighbour: PersonID, of neighbours: HouseholdID, _ draft: PickupProxyDraft, for household: HouseholdID,
    person: PersonID, by actor: Actor, living home: HouseholdID?, in transaction: Transaction
  ) throws -> PickupProxy {
    if actor.person == neighbour || actor.person == person || home == household || home == neighbours {
      throw Problem.pickupProxyOwnWord
    }
    var (proxy, isNew, before) = try drafted(
      .person(neighbour, of: neighbours), draft, for: household, by: person, entering: actor.person,
      in: transaction)
    if !isNew, proxy.state == .accepted { return proxy }
    if let before { _ = try end(before, by: actor, in: transaction) }
    proxy.neighbour = neighbour
    proxy.state = .accepted
    proxy.answeredAt = transaction.now
    if isNew { try insert(proxy, in: transaction) } else { try update(proxy, in: transaction) }
    try tell("shop.pickup_proxy_enter", proxy, by: actor, in: transaction)
    return proxy
  }

  /// - Returns: what stands already, or a new one with the one whose place it takes.
  private static func drafted(
    _ asked: AskedNeighbour, _ draft: PickupProxyDraft, for household: HouseholdID, by person: PersonID,
    entering staff: PersonID?, in transaction: Transaction
  ) throws -> (PickupProxy, isNew: Bool, before: PickupProxy?) {
    guard asked.household != household else { throw Problem.pickupProxySameHome }
    let campaign = try draft.order.map { id in
      guard let order = try OrderStore.find(id, in: transaction.community, transaction),
        order.household == household, order.booking == nil, order.fulfilment.isOpen,
        let campaign = try CampaignStore.find(order.campaign, in: transaction.community, transaction)
      else { throw Problem.notFound }
      return campaign
    }
    let end = try draft.end(pickupUntil: campaign?.pickupUntil, now: transaction.now)
    let standing = try named(by: household, in: transaction.community, transaction)
    let before = standing.first {
      $0.order == draft.order && $0.addressedHousehold == asked.household
        && $0.addressedPerson == asked.person
    }
    // A leave for one order ends with its pickup, whenever it was asked for.
    if let before, draft.order != nil || before.until == end { return (before, false, nil) }
    guard before != nil || standing.count < PickupProxy.limit else { throw Problem.pickupProxyTooMany }
    return (
      PickupProxy(
        id: transaction.newIdentifier(), order: draft.order, household: household, namedBy: person,
        addressedHousehold: asked.household, addressedPerson: asked.person, neighbour: nil, enteredBy: staff,
        askedAt: transaction.now, until: end, state: .asked, answeredAt: nil, endedAt: nil), true, before
    )
  }

  // MARK: - Answering and ending

  /// The neighbour answers.
  /// - Throws: `not_found` for whoever was not asked, `pickup_proxy.answered`.
  @discardableResult
  package static func answer(
    _ id: PickupProxyID, agrees: Bool, by person: PersonID, of household: HouseholdID?,
    in transaction: Transaction
  ) throws -> PickupProxy {
    guard var proxy = try find(id, in: transaction.community, transaction), proxy.asks(person, of: household)
    else { throw Problem.notFound }
    if proxy.neighbour == person, agrees, proxy.isInForce(at: transaction.now) { return proxy }
    guard proxy.isWaiting(at: transaction.now) else { throw Problem.pickupProxyAnswered }
    proxy.state = agrees ? .accepted : .declined
    proxy.neighbour = agrees ? person : nil
    proxy.answeredAt = transaction.now
    try update(proxy, in: transaction)
    try tell(
      agrees ? "shop.pickup_proxy_accept" : "shop.pickup_proxy_decline", proxy,
      by: Actor(person: person, role: .resident), in: transaction)
    return proxy
  }

  /// Either side ends it, at once; ending it again changes nothing.
  /// - Throws: `not_found` for everybody else.
  @discardableResult
  package static func end(
    _ id: PickupProxyID, by person: PersonID, of household: HouseholdID?, in transaction: Transaction
  ) throws -> PickupProxy {
    guard let proxy = try find(id, in: transaction.community, transaction),
      proxy.household == household || proxy.neighbour == person
    else { throw Problem.notFound }
    return try end(proxy, by: Actor(person: person, role: .resident), in: transaction)
  }

  /// Staff end it on the word of either side.
  /// - Throws: `not_found`.
  @discardableResult
  package static func end(
    _ id: PickupProxyID, onWordBy actor: Actor, in transaction: Transaction
  ) throws -> PickupProxy {
    guard let proxy = try find(id, in: transaction.community, transaction) else { throw Problem.notFound }
    return try end(proxy, by: actor, in: transaction)
  }

  private static func end(
    _ proxy: PickupProxy, by actor: Actor, in transaction: Transaction
  ) throws -> PickupProxy {
    var proxy = proxy
    guard proxy.state == .asked || proxy.state == .accepted else { return proxy }
    proxy.state = .ended
    proxy.endedAt = transaction.now
    try update(proxy, in: transaction)
    try tell("shop.pickup_proxy_end", proxy, by: actor, in: transaction)
    return proxy
  }

  private static func tell(
    _ action: StaticString, _ proxy: PickupProxy, by actor: Actor, in transaction: Transaction
  ) throws {
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role,
        onBehalfOf: proxy.namedBy == actor.person ? nil : proxy.namedBy, action: action,
        object: proxy.id.rawValue, purpose: proxy.enteredBy == nil ? "" : "word"))
    try transaction.publish(
      "shop.pickup_proxy_changed", subject: proxy.id.rawValue,
      body: #"{"state":"\#(proxy.state.rawValue)","household":"\#(proxy.household)"}"#)
  }
}
