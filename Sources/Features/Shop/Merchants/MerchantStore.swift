package import Database
package import Kernel

extension Topic {
  /// Touched when this merchant's details change.
  package static func merchant(_ id: MerchantID) -> Topic { Topic("shop.merchant", id.rawValue) }
}

extension Snapshot {
  /// The merchant, closed or not; nil in every other community.
  package func merchant(_ id: MerchantID, in community: CommunityID) throws -> Merchant? {
    try first(
      """
      SELECT \(Merchant.columns) FROM shop_merchant WHERE id = \(id) AND community_id = \(community)
      """, Merchant.init)
  }

  /// The merchants of a community, newest first.
  /// - Parameter includesClosed: whether those who stopped supplying are there too.
  package func merchants(in community: CommunityID, includesClosed: Bool = false) throws -> [Merchant] {
    let wanted: Query = includesClosed ? "1 = 1" : "closed_at IS NULL"
    return try all(
      """
      SELECT \(Merchant.columns) FROM shop_merchant WHERE community_id = \(community) AND \(wanted)
      ORDER BY id DESC
      """, Merchant.init)
  }

  /// The merchants that a person belongs to, oldest first.
  package func merchants(of person: PersonID, in community: CommunityID) throws -> [Merchant] {
    try all(
      """
      SELECT \(Merchant.columns) FROM shop_merchant WHERE community_id = \(community) AND id IN (
        SELECT merchant_id FROM shop_merchant_member
        WHERE community_id = \(community) AND person_id = \(person))
      ORDER BY id
      """, Merchant.init)
  }

  /// The identifiers of the merchants that a person belongs to.
  func merchantIdentifiers(of person: PersonID, in community: CommunityID) throws -> Set<MerchantID> {
    Set(
      try values(
        """
        SELECT merchant_id FROM shop_merchant_member
        WHERE community_id = \(community) AND person_id = \(person)
        """))
  }

  /// The people who belong to a merchant, oldest membership first.
  package func members(of merchant: MerchantID, in community: CommunityID) throws -> [PersonID] {
    try values(
      """
      SELECT person_id FROM shop_merchant_member
      WHERE community_id = \(community) AND merchant_id = \(merchant) ORDER BY since, person_id
      """)
  }

  /// Whether, and in which role, a person may act for a merchant.
  /// - Throws: `not_found` when the merchant is not of this community, or the person may not act for it.
  package func merchantActor(
    _ person: PersonID, roles: Set<Role>, for merchant: MerchantID, in community: CommunityID
  ) throws -> MerchantActor {
    let isMember = try exists(
      """
      SELECT 1 FROM shop_merchant_member WHERE community_id = \(community) AND person_id = \(person)
        AND merchant_id = \(merchant)
      """)
    guard let role = MerchantActor.role(of: roles, isMember: isMember),
      try exists("SELECT 1 FROM shop_merchant WHERE id = \(merchant) AND community_id = \(community)")
    else { throw Problem.notFound }
    return MerchantActor(merchant: merchant, person: person, role: role)
  }
}

extension Transaction {
  /// Stores new merchants.
  package func insertMerchants(_ merchants: [Merchant]) throws {
    var rows = Rows(
      into: "shop_merchant", "id", "community_id", "name_zh", "name_en", "story_zh", "story_en", "licence",
      "phone", "created_at", "closed_at", "label_pattern")
    for merchant in merchants {
      let details = merchant.details
      rows.append(
        merchant.id, community, details.name.chinese, details.name.english, details.story.chinese,
        details.story.english, details.licence, details.phone, merchant.createdAt, merchant.closedAt,
        details.labels?.text ?? "")
      touch(.merchant(merchant.id))
    }
    try insert(rows)
    touch(.catalogue(community))
  }

  /// Stores a new merchant, audited and published as `shop.merchant_changed`.
  package func createMerchant(
    _ id: MerchantID, _ details: Merchant.Details, by person: PersonID, role: Role
  ) throws -> Merchant {
    let merchant = Merchant(id: id, community: community, details: details, createdAt: now)
    try insertMerchants([merchant])
    try audit(AuditEntry(actor: person, role: role, action: "shop.merchant_create", object: id.rawValue))
    try publish("shop.merchant_changed", subject: id.rawValue, body: #"{"change":"created"}"#)
    return merchant
  }

  /// Changes what a merchant tells of itself; its products are found under the new name at once.
  package func changeMerchant(_ details: Merchant.Details, by actor: MerchantActor) throws {
    guard let before = try merchant(actor.merchant, in: community) else { throw Problem.notFound }
    if before.details == details { return }
    try execute(
      """
      UPDATE shop_merchant SET name_zh = \(details.name.chinese), name_en = \(details.name.english),
        story_zh = \(details.story.chinese), story_en = \(details.story.english),
        licence = \(details.licence), phone = \(details.phone),
        label_pattern = \(details.labels?.text ?? "")
      WHERE id = \(actor.merchant) AND community_id = \(community)
      """)
    if before.name != details.name { try indexProducts(of: actor.merchant) }
    try tell(actor, "shop.merchant_change", body: #"{"change":"changed"}"#)
  }

  /// Takes a merchant and its products off the catalogue, or puts back the merchant and what went with it.
  package func setClosed(_ isClosed: Bool, by actor: MerchantActor) throws {
    guard let before = try merchant(actor.merchant, in: community) else { throw Problem.notFound }
    if (before.closedAt != nil) == isClosed { return }
    let closedAt: Timestamp? = isClosed ? now : nil
    if let closedEarlier = before.closedAt {
      try restoreProducts(of: actor.merchant, archivedAt: closedEarlier)
    } else {
      try archiveProducts(of: actor.merchant)
    }
    try execute(
      """
      UPDATE shop_merchant SET closed_at = \(closedAt)
      WHERE id = \(actor.merchant) AND community_id = \(community)
      """)
    if isClosed {
      try tell(actor, "shop.merchant_close", body: #"{"change":"closed"}"#)
    } else {
      try tell(actor, "shop.merchant_reopen", body: #"{"change":"reopened"}"#)
    }
  }

  private func tell(_ actor: MerchantActor, _ action: StaticString, body: String) throws {
    try audit(
      AuditEntry(
        actor: actor.person, role: actor.role, action: action, object: actor.merchant.rawValue))
    try publish("shop.merchant_changed", subject: actor.merchant.rawValue, body: body)
    touch(.merchant(actor.merchant))
    touch(.catalogue(community))
  }

  /// Lets people act for merchants; who belongs already stays as they are.
  package func insertMembers(_ members: [(person: PersonID, merchant: MerchantID)]) throws {
    for member in members {
      try execute(
        """
        INSERT INTO shop_merchant_member (community_id, person_id, merchant_id, since)
        VALUES (\(community), \(member.person), \(member.merchant), \(now))
        ON CONFLICT (community_id, person_id, merchant_id) DO NOTHING
        """)
    }
  }

  /// Lets a person act for the merchant, audited.
  package func addMember(_ person: PersonID, by actor: MerchantActor) throws {
    try insertMembers([(person, actor.merchant)])
    try audit(
      AuditEntry(
        actor: actor.person, role: actor.role, onBehalfOf: person, action: "shop.merchant_member_add",
        object: actor.merchant.rawValue))
  }

  /// Ends a person's right to act for the merchant, audited. Nothing happens where there was none.
  package func removeMember(_ person: PersonID, by actor: MerchantActor) throws {
    let removed = try execute(
      """
      DELETE FROM shop_merchant_member WHERE community_id = \(community) AND person_id = \(person)
        AND merchant_id = \(actor.merchant)
      """)
    if removed == 0 { return }
    try audit(
      AuditEntry(
        actor: actor.person, role: actor.role, onBehalfOf: person, action: "shop.merchant_member_remove",
        object: actor.merchant.rawValue))
  }
}

extension Merchant {
  static let columns: Query =
    """
    id, community_id, name_zh, name_en, story_zh, story_en, licence, phone, created_at, closed_at, label_pattern
    """

  init(_ row: borrowing Row) throws {
    self.init(
      id: try row[0], community: try row[1],
      details: Details(
        name: Phrase(try row[2], try row[3]), story: Phrase(try row[4], try row[5]), licence: try row[6],
        phone: try row[7], labels: LabelPattern(try row[10])),
      createdAt: try row[8], closedAt: try row[9])
  }
}
