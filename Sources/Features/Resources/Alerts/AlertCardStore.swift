import Database
import Kernel
import People

extension AlertCard.State: Storable {}

/// The queries of warnings.
enum AlertCardStore {
  private static let columns: Query = """
    id, report_id, title_zh, title_en, looks_zh, looks_en, advice_zh, advice_en, number, until_at, state,
    revision, created_at, created_by_id, created_by_role, published_at
    """

  private static func read(_ row: borrowing Row, _ buildings: [AlertCardID: Set<String>]) throws -> AlertCard
  {
    let id: AlertCardID = try row[0]
    let terms = AlertTerms(
      title: Phrase(try row[2], try row[3]), looks: Phrase(try row[4], try row[5]),
      advice: Phrase(try row[6], try row[7]), number: try row[8], buildings: buildings[id] ?? [],
      until: try row[9])
    return AlertCard(
      id: id, report: try row[1], terms: terms, state: try row[10], revision: try row[11],
      createdAt: try row[12], createdBy: Actor(person: try row[13], role: try row[14]),
      publishedAt: try row[15])
  }

  private static func cards(
    _ condition: Query, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [AlertCard] {
    var buildings: [AlertCardID: Set<String>] = [:]
    let ids: [AlertCardID] = try snapshot.values(
      "SELECT id FROM resources_alert_card WHERE community_id = \(community) AND \(condition)")
    if ids.isEmpty { return [] }
    try snapshot.forEach(
      """
      SELECT card_id, building FROM resources_alert_building
      WHERE card_id IN \(list: ids) AND community_id = \(community)
      """
    ) { row in
      let building: String = try row[1]
      buildings[try row[0], default: []].insert(building)
    }
    return try snapshot.all(
      """
      SELECT \(columns) FROM resources_alert_card
      WHERE id IN \(list: ids) AND community_id = \(community) ORDER BY created_at DESC, id DESC
      """
    ) { try read($0, buildings) }
  }

  static func find(
    _ id: AlertCardID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> AlertCard? {
    try cards("id = \(id)", in: community, snapshot).first
  }

  /// Warnings for the residents of a building, or of those without one; what is over is not among them.
  static func shown(
    to building: String?, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [AlertCard] {
    try cards(
      """
      state = 'published' AND until_at > \(snapshot.now) AND (
        NOT EXISTS (SELECT 1 FROM resources_alert_building AS place WHERE place.card_id = resources_alert_card.id)
        OR EXISTS (SELECT 1 FROM resources_alert_building AS place
          WHERE place.card_id = resources_alert_card.id AND place.building = \(building ?? "")))
      ORDER BY until_at DESC, id DESC LIMIT \(limit)
      """, in: community, snapshot)
  }

  static func of(
    _ report: ScamReportID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [AlertCard] {
    try cards("report_id = \(report)", in: community, snapshot)
  }

  /// What is published and not over, and all drafts, which somebody may want to finish.
  static func open(limit: Int, in community: CommunityID, _ snapshot: Snapshot) throws -> [AlertCard] {
    try cards(
      """
      (state = 'draft' OR (state = 'published' AND until_at > \(snapshot.now)))
      ORDER BY until_at DESC, id DESC LIMIT \(limit)
      """, in: community, snapshot)
  }

  static func insert(_ card: AlertCard, in transaction: Transaction) throws {
    let terms = card.terms
    try transaction.execute(
      """
      INSERT INTO resources_alert_card (id, community_id, report_id, title_zh, title_en, looks_zh, looks_en,
        advice_zh, advice_en, number, until_at, state, revision, created_at, created_by_id, created_by_role)
      VALUES (\(card.id), \(transaction.community), \(card.report), \(terms.title.chinese),
        \(terms.title.english), \(terms.looks.chinese), \(terms.looks.english), \(terms.advice.chinese),
        \(terms.advice.english), \(terms.number), \(terms.until), \(card.state), \(card.revision),
        \(card.createdAt), \(card.createdBy.person), \(card.createdBy.role))
      """)
    try insert(terms.buildings, of: card.id, in: transaction)
  }

  private static func insert(
    _ buildings: Set<String>, of id: AlertCardID, in transaction: Transaction
  ) throws {
    for building in buildings.sorted() {
      try transaction.execute(
        """
        INSERT INTO resources_alert_building (card_id, community_id, building)
        VALUES (\(id), \(transaction.community), \(building))
        """)
    }
  }

  /// Writes a draft anew.
  static func write(_ terms: AlertTerms, of id: AlertCardID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE resources_alert_card SET title_zh = \(terms.title.chinese), title_en = \(terms.title.english),
        looks_zh = \(terms.looks.chinese), looks_en = \(terms.looks.english),
        advice_zh = \(terms.advice.chinese), advice_en = \(terms.advice.english), number = \(terms.number),
        until_at = \(terms.until), revision = revision + 1
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
    try transaction.execute(
      "DELETE FROM resources_alert_building WHERE card_id = \(id) AND community_id = \(transaction.community)"
    )
    try insert(terms.buildings, of: id, in: transaction)
  }

  static func publish(_ id: AlertCardID, by actor: Actor, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE resources_alert_card SET state = 'published', published_at = \(transaction.now),
        published_by_id = \(actor.person), revision = revision + 1
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  static func withdraw(_ id: AlertCardID, by actor: Actor, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE resources_alert_card SET state = 'withdrawn', withdrawn_at = \(transaction.now),
        withdrawn_by_id = \(actor.person), revision = revision + 1
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }
}
