import Database
import Kernel
import People

/// The queries of what helpers ask for others.
enum AssistedOrderStore {
  private static let columns: Query = """
    id, campaign_id, person_id, household_id, helper_id, role, mandate_id, purpose, order_id, revision, note, digest,
    total, state, drafted_at, expires_at, confirmation
    """

  /// What the order desk may do on this ground; nil when there is no such thing in the community. What is asked about a
  /// visit is of no campaign, so it is good for no order of goods.
  static func ground(_ id: AssistedOrderID, in transaction: Transaction) throws -> OrderGround? {
    try transaction.first(
      """
      SELECT person_id, household_id, coalesce(campaign_id, 0), helper_id, digest, state, expires_at, mandate_id,
        confirmation
      FROM shop_assisted_order
      WHERE id = \(id) AND community_id = \(transaction.community)
      """
    ) { row in
      let state: AssistedOrder.State = try row[5]
      let expiresAt: Timestamp = try row[6]
      return OrderGround(
        person: try row[0], household: try row[1], campaign: try row[2], helper: try row[3],
        digest: try row[4], isOpen: state == .waiting && transaction.now < expiresAt,
        mandate: try row[7], confirmation: try row[8])
    }
  }

  /// Nil when the community has none such.
  static func find(
    _ id: AssistedOrderID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> AssistedOrder? {
    try list("id = \(id) AND community_id = \(community)", snapshot).first
  }

  /// What a helper asked for, newest first.
  static func list(
    ofHelper helper: PersonID, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [AssistedOrder] {
    try list(
      """
      community_id = \(community) AND helper_id = \(helper) ORDER BY id DESC LIMIT \(limit)
      """, snapshot)
  }

  /// What waits for the word of these persons, or was asked for them, newest first.
  static func list(
    ofPersons persons: [PersonID], limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [AssistedOrder] {
    if persons.isEmpty { return [] }
    return try list(
      """
      community_id = \(community) AND person_id IN \(list: persons) ORDER BY id DESC LIMIT \(limit)
      """, snapshot)
  }

  private static func list(_ condition: Query, _ snapshot: Snapshot) throws -> [AssistedOrder] {
    let found = try snapshot.all(
      "SELECT \(columns) FROM shop_assisted_order WHERE \(condition)", AssistedOrderRow.init)
    if found.isEmpty { return [] }
    var wishes: [AssistedOrderID: [OrderRequest.Wish]] = [:]
    try snapshot.forEach(
      """
      SELECT assisted_order_id, item_id, quantity, tolerance FROM shop_assisted_order_line
      WHERE assisted_order_id IN \(list: found.map(\.id)) ORDER BY assisted_order_id, position
      """
    ) { row in
      wishes[try row[0], default: []].append(
        OrderRequest.Wish(item: try row[1], quantity: try row[2], tolerance: try row[3]))
    }
    let visits = try AssistedVisitStore.visits(of: found.map(\.id), snapshot)
    return try found.map { try $0.assistedOrder(wishes[$0.id] ?? [], visits[$0.id]) }
  }

  static func insert(_ asked: AssistedOrder, in transaction: Transaction) throws {
    let purpose = asked.command?.purpose.rawValue ?? asked.visit?.what.rawValue
    try transaction.execute(
      """
      INSERT INTO shop_assisted_order (id, community_id, campaign_id, person_id, household_id, helper_id, role,
        mandate_id, purpose, order_id, revision, note, digest, total, state, drafted_at, expires_at)
      VALUES (\(asked.id), \(transaction.community), \(asked.campaign), \(asked.person), \(asked.household),
        \(asked.helper), \(asked.role.rawValue), \(asked.mandate), \(purpose), \(asked.order),
        \(asked.command?.revision ?? asked.visit?.revision), \(asked.command?.note ?? asked.visit?.note),
        \(asked.digest), \(asked.total), \(asked.state), \(asked.draftedAt),
        \(asked.expiresAt))
      """)
    var rows = Rows(
      into: "shop_assisted_order_line", "assisted_order_id", "position", "community_id", "item_id",
      "quantity",
      "tolerance")
    for (position, wish) in (asked.command?.wishes ?? []).enumerated() {
      rows.append(values: [
        asked.id.storedValue, .integer(Int64(position)), transaction.community.storedValue,
        wish.item.storedValue, .integer(wish.quantity), .integer(wish.tolerance),
      ])
    }
    try transaction.insert(rows)
    if let visit = asked.visit { try AssistedVisitStore.insert(visit, of: asked.id, in: transaction) }
  }

  /// Notes how and by whom it was confirmed, before the order desk looks at it.
  static func confirm(
    _ id: AssistedOrderID, by person: PersonID, _ way: ConfirmationWay, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE shop_assisted_order SET confirmation = \(way.rawValue), confirmed_by_id = \(person)
      WHERE id = \(id) AND community_id = \(transaction.community) AND state = 'waiting'
      """)
  }

  /// Ends what waits.
  /// - Parameter order: what it became; nil where it became nothing.
  static func end(
    _ id: AssistedOrderID, as state: AssistedOrder.State, order: OrderID?, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE shop_assisted_order SET state = \(state), order_id = coalesce(\(order), order_id),
        ended_at = \(transaction.now)
      WHERE id = \(id) AND community_id = \(transaction.community) AND state = 'waiting'
      """)
  }
}

/// One row, before its lines are read.
private struct AssistedOrderRow {
  let id: AssistedOrderID
  private let campaign: CampaignID?
  private let person: PersonID
  private let household: HouseholdID
  private let helper: PersonID
  private let role: Role
  private let mandate: MandateID
  private let purpose: String
  private let order: OrderID?
  private let revision: Int64?
  private let note: String
  private let digest: [UInt8]
  private let total: Money
  private let state: AssistedOrder.State
  private let draftedAt: Timestamp
  private let expiresAt: Timestamp
  private let confirmation: ConfirmationWay?

  init(_ row: borrowing Row) throws {
    id = try row[0]
    campaign = try row[1]
    person = try row[2]
    household = try row[3]
    helper = try row[4]
    role = try row[5]
    mandate = try row[6]
    purpose = try row[7]
    order = try row[8]
    revision = try row[9]
    note = try row[10]
    digest = try row[11]
    total = try row[12]
    state = try row[13]
    draftedAt = try row[14]
    expiresAt = try row[15]
    confirmation = try row[16]
  }

  func assistedOrder(_ wishes: [OrderRequest.Wish], _ visit: AssistedVisitRow?) throws -> AssistedOrder {
    AssistedOrder(
      id: id, person: person, household: household, helper: helper, role: role,
      mandate: mandate, matter: try matter(wishes, visit), digest: digest, total: total, state: state,
      confirmation: confirmation, order: order, draftedAt: draftedAt, expiresAt: expiresAt)
  }

  private func matter(
    _ wishes: [OrderRequest.Wish], _ visit: AssistedVisitRow?
  ) throws -> AssistedOrder.Matter {
    if let visit, let what = AssistedVisit.What(rawValue: purpose) {
      return .visit(visit.visit(what, revision: revision, note: note))
    }
    guard let campaign, let purpose = OrderRequest.Command.Purpose(rawValue: purpose),
      let command = OrderRequest.Command(purpose, order, revision: revision, wishes, note: note)
    else { throw DatabaseError.unexpectedValue("what was asked is neither goods nor a visit") }
    return .goods(campaign, command)
  }
}
