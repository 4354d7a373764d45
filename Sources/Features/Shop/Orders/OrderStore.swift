package import Database
package import Kernel

/// The queries of orders.
package enum OrderStore {
  static let columns: Query = """
    id, campaign_id, number, household_id, person_id, placed_by_id, client_key, request_digest, placed_at,
    placed_total, total, note, fulfilment, payment_method, payment, revision, pickup_generation, pickup_failures,
    authority, authority_id,
    (SELECT mandated.helper_id FROM shop_mandate_order AS mandated WHERE mandated.order_id = shop_order.id)
    """

  /// The order with its lines; nil when this community has none such.
  package static func find(
    _ id: OrderID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Order? {
    try orders("id = \(id) AND community_id = \(community)", snapshot).first
  }

  /// These orders with their lines, in no particular order; those of other communities are left out.
  static func find(
    _ ids: [OrderID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Order] {
    ids.isEmpty ? [] : try orders("id IN \(list: ids) AND community_id = \(community)", snapshot)
  }

  /// The newest orders of a household's members first.
  package static func list(
    of persons: [PersonID], before last: OrderID?, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Order] {
    let cursor = last ?? OrderID(rawValue: .max)
    return try orders(
      """
      person_id IN \(list: persons) AND community_id = \(community) AND id < \(cursor)
      ORDER BY id DESC LIMIT \(limit)
      """, snapshot)
  }

  /// Number, campaign and person of each of these orders, for others to name them by.
  package static func labels(
    of ids: [OrderID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(id: OrderID, number: Int64, campaign: CampaignID, person: PersonID)] {
    try stride(from: 0, to: ids.count, by: 512).flatMap { start in
      try snapshot.all(
        """
        SELECT id, number, campaign_id, person_id FROM shop_order
        WHERE id IN \(list: ids[start..<min(start + 512, ids.count)]) AND community_id = \(community)
        """
      ) { row in (id: try row[0], number: try row[1], campaign: try row[2], person: try row[3]) }
    }
  }

  /// The orders of one campaign by number.
  package static func list(
    ofCampaign campaign: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Order] {
    try orders("campaign_id = \(campaign) AND community_id = \(community) ORDER BY number", snapshot)
  }

  /// The order with this number in the campaign.
  package static func find(
    number: Int64, ofCampaign campaign: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Order? {
    try orders(
      "campaign_id = \(campaign) AND number = \(number) AND community_id = \(community)", snapshot
    ).first
  }

  static func orders(_ condition: Query, _ snapshot: Snapshot) throws -> [Order] {
    var orders = try snapshot.all("SELECT \(columns) FROM shop_order WHERE \(condition)", Order.init)
    if orders.isEmpty { return [] }
    var lines: [OrderID: [OrderLine]] = [:]
    for start in stride(from: 0, to: orders.count, by: 256) {
      let ids = orders[start..<min(start + 256, orders.count)].map(\.id)
      try snapshot.forEach(
        """
        SELECT order_id, position, item_id, name_zh, name_en, pack_zh, pack_en, unit_code, price,
          placed_quantity, quantity, allocated, collected, weighed_basis, typical_grams, tolerance_percent, grams,
          charged, agreed, tolerance, wanted, discount, discount_base, returned, compensated, forfeited, placed_price
        FROM shop_order_line WHERE order_id IN \(list: ids) ORDER BY order_id, position
        """
      ) { row in lines[try row[0], default: []].append(try OrderLine(row)) }
    }
    for index in orders.indices { orders[index].lines = lines[orders[index].id] ?? [] }
    return orders
  }

  static func insert(_ orders: [Order], in transaction: Transaction) throws {
    var rows = Rows(
      into: "shop_order", "id", "community_id", "campaign_id", "number", "household_id", "person_id",
      "placed_by_id", "client_key", "request_digest", "placed_at", "placed_total", "total", "note",
      "fulfilment", "payment_method", "payment", "revision", "pickup_generation", "pickup_failures",
      "changed_at")
    // Nearly all orders are the household's own and do not carry the columns of the others along.
    var assistedRows = Rows(
      into: "shop_order", "id", "community_id", "campaign_id", "number", "household_id", "person_id",
      "placed_by_id", "client_key", "request_digest", "placed_at", "placed_total", "total", "note",
      "fulfilment", "payment_method", "payment", "revision", "pickup_generation", "pickup_failures",
      "changed_at", "authority", "authority_id")
    rows.reserve(orders.count)
    for order in orders {
      let values: [Value] = [
        order.id.storedValue, transaction.community.storedValue, order.campaign.storedValue,
        .integer(order.number), order.household.storedValue, order.person.storedValue,
        order.placedBy.storedValue, .text(order.clientKey), .bytes(order.requestDigest),
        order.placedAt.storedValue, order.placedTotal.storedValue, order.total.storedValue,
        .text(order.note), order.fulfilment.storedValue, order.paymentMethod.storedValue,
        order.payment.storedValue, .integer(order.revision), .integer(order.pickupGeneration),
        .integer(order.pickupFailures), transaction.now.storedValue,
      ]
      if order.authority == .household {
        rows.append(values: values)
      } else {
        assistedRows.append(
          values: values + [.text(order.authority.kind), order.authority.ground.storedValue])
      }
    }
    try transaction.insert(rows)
    try transaction.insert(assistedRows)
    try insertLines(orders.flatMap { order in order.lines.map { (order.id, $0) } }, in: transaction)
  }

  private static func insertLines(
    _ lines: [(OrderID, OrderLine)], in transaction: Transaction
  ) throws {
    var rows = Rows(
      into: "shop_order_line", "order_id", "position", "community_id", "item_id", "name_zh", "name_en",
      "pack_zh", "pack_en", "unit_code", "price", "placed_quantity", "quantity", "allocated", "collected")
    // Ordinary lines are the most by far and do not carry the columns of the others along.
    var otherRows = Rows(
      into: "shop_order_line", "order_id", "position", "community_id", "item_id", "name_zh", "name_en",
      "pack_zh", "pack_en", "unit_code", "price", "placed_quantity", "quantity", "allocated", "collected",
      "weighed_basis", "typical_grams", "tolerance_percent", "tolerance", "discount", "discount_base")
    rows.reserve(lines.count)
    for (order, line) in lines {
      let values = values(line, of: order, in: transaction.community)
      if line.isOrdinary {
        rows.append(values: values)
      } else {
        let terms = line.weighed?.terms
        otherRows.append(
          values: values + [
            (terms?.basis).storedValue, (terms?.typicalGrams).storedValue,
            (terms?.tolerancePercent).storedValue, .integer(line.tolerance),
            (line.discount?.amount ?? .zero).storedValue, (line.discount?.base ?? .zero).storedValue,
          ])
      }
    }
    try transaction.insert(rows)
    try transaction.insert(otherRows)
  }

  private static func values(
    _ line: OrderLine, of order: OrderID, in community: CommunityID
  ) -> [Value] {
    [
      order.storedValue, .integer(Int64(line.position)), community.storedValue,
      line.item.storedValue, .text(line.name.chinese), .text(line.name.english),
      .text(line.pack.chinese), .text(line.pack.english), .text(line.unit.code), line.price.storedValue,
      .integer(line.placedQuantity), .integer(line.quantity), line.allocated.storedValue,
      .integer(line.collected),
    ]
  }

  /// Writes what may change of an order and its lines; adds lines that are new.
  package static func update(_ order: Order, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE shop_order SET total = \(order.total), note = \(order.note), fulfilment = \(order.fulfilment),
        payment = \(order.payment), revision = \(order.revision),
        pickup_generation = \(order.pickupGeneration), pickup_failures = \(order.pickupFailures),
        changed_at = \(transaction.now)
      WHERE id = \(order.id) AND community_id = \(transaction.community)
      """)
    var added: [(OrderID, OrderLine)] = []
    for line in order.lines {
      let changed = try transaction.execute(
        """
        UPDATE shop_order_line SET price = \(line.price), quantity = \(line.quantity),
          allocated = \(line.allocated), collected = \(line.collected), tolerance = \(line.tolerance),
          wanted = \(line.wanted), discount = \(line.discount?.amount ?? .zero),
          discount_base = \(line.discount?.base ?? .zero), returned = \(line.givenBack.returned),
          compensated = \(line.givenBack.compensated), forfeited = \(line.forfeited),
          placed_price = \(line.placedPrice)
        WHERE order_id = \(order.id) AND position = \(line.position)
        """)
      if changed == 0 { added.append((order.id, line)) }
    }
    try insertLines(added, in: transaction)
  }
}

extension Order {
  init(_ row: borrowing Row) throws {
    id = try row[0]
    campaign = try row[1]
    number = try row[2]
    household = try row[3]
    person = try row[4]
    placedBy = try row[5]
    clientKey = try row[6]
    requestDigest = try row[7]
    placedAt = try row[8]
    placedTotal = try row[9]
    total = try row[10]
    note = try row[11]
    fulfilment = try row[12]
    paymentMethod = try row[13]
    payment = try row[14]
    revision = try row[15]
    pickupGeneration = try row[16]
    pickupFailures = try row[17]
    guard let authority = OrderAuthority(kind: try row[18], ground: try row[19]) else {
      throw DatabaseError.unexpectedValue("an order on no known ground")
    }
    self.authority = authority
    lines = []
    mandateHelper = try row[20]
  }
}

extension OrderLine {
  init(_ row: borrowing Row) throws {
    position = try row[1]
    item = try row[2]
    name = Phrase(try row[3], try row[4])
    pack = Phrase(try row[5], try row[6])
    unit = Unit.withCode(try row[7]) ?? .piece
    price = try row[8]
    placedQuantity = try row[9]
    quantity = try row[10]
    allocated = try row[11]
    collected = try row[12]
    weighed = try WeighedLine(from: row, at: 13)
    tolerance = try row[19]
    wanted = try row[20]
    discount = LineDiscount(try row[21], offOf: try row[22])
    givenBack = GivenBack(returned: try row[23], compensated: try row[24])
    forfeited = try row[25]
    placedPrice = try row[26]
  }

  /// Whether it is stored without the columns of goods that are weighed, sold by the case or given at a discount.
  fileprivate var isOrdinary: Bool { weighed == nil && tolerance == 0 && discount == nil }
}

extension WeighedLine {
  /// Reads terms and weight from six columns; nil where they hold no terms.
  init?(from row: borrowing Row, at column: Int) throws {
    guard let terms = try WeighedTerms(from: row, at: column) else { return nil }
    let weight: Weight? =
      row.isNull(column + 3)
      ? nil
      : Weight(grams: try row[column + 3], charged: try row[column + 4], agreed: try row[column + 5])
    self.init(terms, weight: weight)
  }
}
