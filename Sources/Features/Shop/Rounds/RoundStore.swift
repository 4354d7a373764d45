package import Database
package import Kernel

/// The queries of rounds, their stops and the orders in their bags.
package enum RoundStore {
  private static let columns: Query = "id, campaign_id, number, courier_id, state, started_at, ended_at"

  /// Nil when the community has none such.
  package static func find(
    _ id: RoundID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Round? {
    try rounds("id = \(id) AND community_id = \(community)", snapshot).first
  }

  /// The rounds of one campaign in the order of their making.
  package static func list(
    ofCampaign campaign: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Round] {
    try rounds("campaign_id = \(campaign) AND community_id = \(community) ORDER BY number", snapshot)
  }

  /// The rounds with whose bags this person is under way.
  package static func underWay(
    with courier: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Round] {
    try rounds(
      "community_id = \(community) AND courier_id = \(courier) AND state = 'under_way' ORDER BY id", snapshot)
  }

  /// Whom a stop was for; nil where there is no such stop.
  package static func person(
    atStop stop: RoundStopID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PersonID? {
    try snapshot.value(
      "SELECT person_id FROM shop_round_stop WHERE id = \(stop) AND community_id = \(community)")
  }

  private static func rounds(_ condition: Query, _ snapshot: Snapshot) throws -> [Round] {
    var rounds = try snapshot.all("SELECT \(columns) FROM shop_round WHERE \(condition)", Round.init)
    if rounds.isEmpty { return [] }
    let ids = rounds.map(\.id)
    var orders: [RoundStopID: [RoundStop.StopOrder]] = [:]
    try snapshot.forEach(
      """
      SELECT stop_id, order_id, is_open, pieces FROM shop_round_order
      WHERE round_id IN \(list: ids) ORDER BY round_id, order_id
      """
    ) { row in
      orders[try row[0], default: []].append(.init(order: try row[1], isOpen: try row[2], pieces: try row[3]))
    }
    var stops: [RoundID: [RoundStop]] = [:]
    try snapshot.forEach(
      """
      SELECT round_id, id, household_id, person_id, bags, time_window, may_leave_at_door, neighbour_id,
        neighbour_household_id
      FROM shop_round_stop WHERE round_id IN \(list: ids) ORDER BY round_id, position, id
      """
    ) { row in
      var stop = try RoundStop(row)
      stop.orders = orders[stop.id] ?? []
      stops[try row[0], default: []].append(stop)
    }
    for index in rounds.indices { rounds[index].stops = stops[rounds[index].id] ?? [] }
    return rounds
  }

  /// Whether the bags of an order are with a courier.
  static func isUnderWay(_ order: OrderID, in community: CommunityID, _ snapshot: Snapshot) throws -> Bool {
    try snapshot.exists(
      """
      SELECT 1 FROM shop_round_order AS carried JOIN shop_round AS round ON round.id = carried.round_id
      WHERE carried.order_id = \(order) AND carried.is_open = 1 AND carried.community_id = \(community)
        AND round.state = 'under_way'
      """)
  }

  /// The orders of a campaign that a round has already: prepared, or with a courier.
  static func taken(
    ofCampaign campaign: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Set<OrderID> {
    Set(
      try snapshot.values(
        """
        SELECT carried.order_id FROM shop_round AS round JOIN shop_round_order AS carried ON carried.round_id = round.id
        WHERE round.campaign_id = \(campaign) AND round.community_id = \(community) AND carried.is_open = 1
        """))
  }

  static func nextNumber(
    ofCampaign campaign: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Int64 {
    let last: Int64 =
      try snapshot.value(
        """
        SELECT coalesce(max(number), 0) FROM shop_round
        WHERE campaign_id = \(campaign) AND community_id = \(community)
        """) ?? 0
    return last + 1
  }

  // MARK: - Writing

  static func insert(_ round: Round, by actor: PersonID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO shop_round (id, community_id, campaign_id, number, courier_id, state, made_by_id, made_at)
      VALUES (\(round.id), \(transaction.community), \(round.campaign), \(round.number), \(round.courier),
        \(round.state), \(actor), \(transaction.now))
      """)
    var stops = Rows(
      into: "shop_round_stop", "id", "community_id", "round_id", "household_id", "person_id", "position",
      "bags", "time_window", "may_leave_at_door", "neighbour_id", "neighbour_household_id")
    var orders = Rows(
      into: "shop_round_order", "round_id", "order_id", "community_id", "stop_id", "is_open", "pieces")
    for (position, stop) in round.stops.enumerated() {
      stops.append(values: [
        stop.id.storedValue, transaction.community.storedValue, round.id.storedValue,
        stop.household.storedValue, stop.person.storedValue, .integer(Int64(position)), .integer(stop.bags),
        stop.terms.window.storedValue, stop.terms.mayLeaveAtDoor.storedValue,
        (stop.terms.neighbour?.person).storedValue, (stop.terms.neighbour?.household).storedValue,
      ])
      for order in stop.orders {
        orders.append(
          round.id, order.order, transaction.community, stop.id, order.isOpen, order.pieces)
      }
    }
    try transaction.insert(stops)
    try transaction.insert(orders)
  }

  /// Writes in which order the stops are visited.
  static func setOrder(_ stops: [RoundStopID], of round: RoundID, in transaction: Transaction) throws {
    for (position, stop) in stops.enumerated() {
      try transaction.execute(
        """
        UPDATE shop_round_stop SET position = \(position)
        WHERE id = \(stop) AND round_id = \(round) AND community_id = \(transaction.community)
        """)
    }
  }

  static func setBags(_ bags: Int64, of stop: RoundStopID, in round: RoundID, _ transaction: Transaction)
    throws
  {
    try transaction.execute(
      """
      UPDATE shop_round_stop SET bags = \(bags)
      WHERE id = \(stop) AND round_id = \(round) AND community_id = \(transaction.community)
      """)
  }

  static func setTerms(_ stop: RoundStop, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE shop_round_stop SET time_window = \(stop.terms.window),
        may_leave_at_door = \(stop.terms.mayLeaveAtDoor), neighbour_id = \(stop.terms.neighbour?.person),
        neighbour_household_id = \(stop.terms.neighbour?.household)
      WHERE id = \(stop.id) AND community_id = \(transaction.community)
      """)
  }

  static func move(_ stops: [RoundStop], from round: RoundID, to other: RoundID, in transaction: Transaction)
    throws
  {
    for (position, stop) in stops.enumerated() {
      try transaction.execute(
        """
        UPDATE shop_round_stop SET round_id = \(other), position = \(position)
        WHERE id = \(stop.id) AND round_id = \(round) AND community_id = \(transaction.community)
        """)
      try transaction.execute(
        """
        UPDATE shop_round_order SET round_id = \(other)
        WHERE round_id = \(round) AND stop_id = \(stop.id) AND community_id = \(transaction.community)
        """)
    }
  }

  /// Takes orders out of a round that has not set out, and the stop with its last one.
  static func remove(
    _ orders: [OrderID], of stop: RoundStop, from round: RoundID, in transaction: Transaction
  )
    throws
  {
    if orders.isEmpty { return }
    try transaction.execute(
      """
      DELETE FROM shop_round_order WHERE round_id = \(round) AND stop_id = \(stop.id)
        AND community_id = \(transaction.community) AND order_id IN \(list: orders)
      """)
    guard stop.orders.allSatisfy({ orders.contains($0.order) }) else { return }
    try transaction.execute(
      """
      DELETE FROM shop_round_stop
      WHERE id = \(stop.id) AND round_id = \(round) AND community_id = \(transaction.community)
      """)
  }

  static func setCourier(_ courier: PersonID?, of round: RoundID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE shop_round SET courier_id = \(courier)
      WHERE id = \(round) AND community_id = \(transaction.community)
      """)
  }

  static func markStarted(_ round: RoundID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE shop_round SET state = 'under_way', started_at = \(transaction.now)
      WHERE id = \(round) AND community_id = \(transaction.community)
      """)
  }

  static func markEnded(_ round: RoundID, by actor: PersonID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE shop_round SET state = 'ended', ended_at = \(transaction.now), ended_by_id = \(actor)
      WHERE id = \(round) AND community_id = \(transaction.community)
      """)
    try transaction.execute(
      """
      UPDATE shop_round_order SET is_open = 0
      WHERE round_id = \(round) AND community_id = \(transaction.community)
      """)
  }

  /// Writes what the courier took along of an order.
  static func setPieces(_ pieces: Int64, of order: OrderID, in round: RoundID, _ transaction: Transaction)
    throws
  {
    try transaction.execute(
      """
      UPDATE shop_round_order SET pieces = \(pieces)
      WHERE round_id = \(round) AND order_id = \(order) AND community_id = \(transaction.community)
      """)
  }

  /// The order has left the courier's hands.
  static func close(_ order: OrderID, in round: RoundID, _ transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE shop_round_order SET is_open = 0
      WHERE round_id = \(round) AND order_id = \(order) AND community_id = \(transaction.community)
      """)
  }
}

extension Round {
  init(_ row: borrowing Row) throws {
    id = try row[0]
    campaign = try row[1]
    number = try row[2]
    courier = try row[3]
    state = try row[4]
    startedAt = try row[5]
    endedAt = try row[6]
    stops = []
  }
}

extension RoundStop {
  /// Of a row whose first column is the round.
  init(_ row: borrowing Row) throws {
    id = try row[1]
    household = try row[2]
    person = try row[3]
    bags = try row[4]
    let neighbour: PersonID? = try row[7]
    let home: HouseholdID? = try row[8]
    var named: Terms.Neighbour?
    if let neighbour, let home { named = Terms.Neighbour(person: neighbour, household: home) }
    terms = Terms(window: try row[5], mayLeaveAtDoor: try row[6], neighbour: named)
    orders = []
  }
}
