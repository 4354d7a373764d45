package import Database
package import Kernel

/// The queries of services.
package enum ServiceStore {
  static let columns: Query = """
    id, community_id, merchant_id, kind, title_zh, title_en, description_zh, description_en, preparation_zh,
    preparation_en, place, price_basis, price, cap, minutes, buffer_minutes, lead_hours, horizon_days, answer_hours,
    free_hours, late_rate, product_id, variant_id, host_id, created_at, closed_at
    """

  /// Nil when the community has none such.
  package static func find(_ id: ServiceID, in community: CommunityID, _ snapshot: Snapshot) throws
    -> Service?
  {
    try snapshot.first(
      "SELECT \(columns) FROM shop_service WHERE id = \(id) AND community_id = \(community)", Service.init)
  }

  /// What services are called, closed ones too.
  static func titles(
    of services: Set<ServiceID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ServiceID: Phrase] {
    if services.isEmpty { return [:] }
    let found = try snapshot.all(
      "SELECT id, title_zh, title_en FROM shop_service WHERE id IN \(list: services) AND community_id = \(community)"
    ) { row in (id: try row[0] as ServiceID, title: Phrase(try row[1], try row[2])) }
    return Dictionary(found.map { ($0.id, $0.title) }) { first, _ in first }
  }

  /// What the community's merchants offer now, the newest last.
  package static func open(in community: CommunityID, _ snapshot: Snapshot) throws -> [Service] {
    try snapshot.all(
      """
      SELECT \(columns) FROM shop_service WHERE community_id = \(community) AND closed_at IS NULL
        AND merchant_id IN (SELECT id FROM shop_merchant WHERE community_id = \(community) AND closed_at IS NULL)
      ORDER BY id LIMIT 200
      """, Service.init)
  }

  /// The service whose visits are ordered under a product; nil for goods, and once it takes no more bookings.
  static func open(
    under product: ProductID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ServiceID? {
    try snapshot.value(
      """
      SELECT id FROM shop_service WHERE product_id = \(product) AND community_id = \(community) AND closed_at IS NULL
      """)
  }

  /// What one merchant offers or has offered, the oldest first.
  package static func list(
    of merchant: MerchantID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Service] {
    try snapshot.all(
      """
      SELECT \(columns) FROM shop_service WHERE community_id = \(community) AND merchant_id = \(merchant)
      ORDER BY id
      """, Service.init)
  }

  static func insert(_ service: Service, in transaction: Transaction) throws {
    let details = service.details
    var rows = Rows(
      into: "shop_service", "id", "community_id", "merchant_id", "kind", "title_zh", "title_en",
      "description_zh",
      "description_en", "preparation_zh", "preparation_en", "place", "price_basis", "price", "cap", "minutes",
      "buffer_minutes", "lead_hours", "horizon_days", "answer_hours", "free_hours", "late_rate", "product_id",
      "variant_id", "host_id", "created_at", "changed_at")
    rows.append(values: [
      service.id.storedValue, service.community.storedValue, service.merchant.storedValue,
      details.kind.storedValue, .text(details.title.chinese), .text(details.title.english),
      .text(details.description.chinese), .text(details.description.english),
      .text(details.preparation.chinese),
      .text(details.preparation.english), details.place.storedValue, details.price.basis.storedValue,
      details.price.amount.storedValue, details.price.cap.storedValue, .integer(details.times.minutes),
      .integer(details.times.bufferMinutes), .integer(details.times.leadHours),
      .integer(details.times.horizonDays), .integer(details.rules.answerHours),
      .integer(details.rules.freeHours),
      details.rules.lateRate.storedValue, service.product.storedValue, service.variant.storedValue,
      service.host.storedValue, service.createdAt.storedValue, transaction.now.storedValue,
    ])
    try transaction.insert(rows)
  }

  static func update(_ service: Service, in transaction: Transaction) throws {
    let details = service.details
    let (times, rules) = (details.times, details.rules)
    try transaction.execute(
      """
      UPDATE shop_service SET kind = \(details.kind), title_zh = \(details.title.chinese),
        title_en = \(details.title.english), description_zh = \(details.description.chinese),
        description_en = \(details.description.english), preparation_zh = \(details.preparation.chinese),
        preparation_en = \(details.preparation.english), place = \(details.place),
        price_basis = \(details.price.basis), price = \(details.price.amount), cap = \(details.price.cap),
        minutes = \(times.minutes), buffer_minutes = \(times.bufferMinutes), lead_hours = \(times.leadHours),
        horizon_days = \(times.horizonDays), answer_hours = \(rules.answerHours), free_hours = \(rules.freeHours),
        late_rate = \(rules.lateRate), changed_at = \(transaction.now), closed_at = \(service.closedAt)
      WHERE id = \(service.id) AND community_id = \(transaction.community)
      """)
  }

  /// How reliable a service was in the last 90 days: visits that were done, and those to which nobody came.
  package static func record(
    of service: ServiceID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> (done: Int64, missed: Int64) {
    try snapshot.first(
      """
      SELECT CAST(coalesce(sum(CASE WHEN state = 'done' THEN 1 ELSE 0 END), 0) AS BIGINT),
        CAST(coalesce(sum(CASE WHEN state = 'missed' AND ended_by = 'merchant' THEN 1 ELSE 0 END), 0) AS BIGINT)
      FROM shop_booking WHERE community_id = \(community) AND service_id = \(service)
        AND starts_at >= \(snapshot.now - .days(90))
      """
    ) { row in (done: try row[0], missed: try row[1]) } ?? (0, 0)
  }
}

extension Service {
  init(_ row: borrowing Row) throws {
    id = try row[0]
    community = try row[1]
    merchant = try row[2]
    details = Details(
      kind: try row[3], title: Phrase(try row[4], try row[5]), description: Phrase(try row[6], try row[7]),
      preparation: Phrase(try row[8], try row[9]), place: try row[10],
      price: ServicePrice(basis: try row[11], amount: try row[12], cap: try row[13]),
      times: ServiceTimes(
        minutes: try row[14], bufferMinutes: try row[15], leadHours: try row[16], horizonDays: try row[17]),
      rules: VisitRules(answerHours: try row[18], freeHours: try row[19], lateRate: try row[20]))
    product = try row[21]
    variant = try row[22]
    host = try row[23]
    createdAt = try row[24]
    closedAt = try row[25]
  }
}
