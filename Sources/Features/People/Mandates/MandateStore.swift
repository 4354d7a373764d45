import Database
import Kernel
import Security

extension FieldAddress {
  static func mandatePicture(_ picture: MandatePictureID, in community: CommunityID) -> FieldAddress {
    FieldAddress("people_mandate_picture", "picture", row: picture, community: community)
  }
}

enum MandatePictureKind {}
typealias MandatePictureID = Identifier<MandatePictureKind>

/// The queries of mandates.
enum MandateStore {
  static func find(_ id: MandateID, in community: CommunityID, _ snapshot: Snapshot) throws -> Mandate? {
    try mandates(where: "mandate.id = \(id) AND mandate.community_id = \(community)", snapshot).first
  }

  /// All that a person gave, the newest first.
  static func given(
    by principal: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Mandate] {
    try mandates(
      where: "mandate.community_id = \(community) AND mandate.principal_id = \(principal)", snapshot)
  }

  /// All that a person was given, the newest first.
  static func held(by helper: PersonID, in community: CommunityID, _ snapshot: Snapshot) throws -> [Mandate] {
    try mandates(where: "mandate.community_id = \(community) AND mandate.helper_id = \(helper)", snapshot)
  }

  /// All under which a person may say yes in the principal's place, or once could, the newest first.
  static func keyed(
    to relative: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Mandate] {
    let ids: [MandateID] = try snapshot.values(
      """
      SELECT DISTINCT mandate_id FROM people_mandate_revision
      WHERE community_id = \(community) AND family_key_id = \(relative)
      """)
    if ids.isEmpty { return [] }
    return try mandates(where: "mandate.id IN \(list: ids)", snapshot)
  }

  /// A page of all communities' mandates, oldest first, for `nuanlin check`.
  static func all(after last: MandateID, limit: Int, _ snapshot: Snapshot) throws -> [Mandate] {
    let ids: [MandateID] = try snapshot.values(
      "SELECT id FROM people_mandate WHERE id > \(last) ORDER BY id LIMIT \(limit)")
    if ids.isEmpty { return [] }
    return try mandates(where: "mandate.id IN \(list: ids)", snapshot).sorted { $0.id < $1.id }
  }

  private static func mandates(where condition: Query, _ snapshot: Snapshot) throws -> [Mandate] {
    let heads = try snapshot.all(head(where: condition)) { row in
      (
        id: try row[0] as MandateID, principal: try row[1] as PersonID, helper: try row[2] as PersonID,
        validFrom: try row[3] as Timestamp, endedAt: try row[4] as Timestamp?
      )
    }
    if heads.isEmpty { return [] }
    var revisions: [MandateID: [MandateRevision]] = [:]
    for part in snapshot.chunks(of: heads.map(\.id)) {
      try snapshot.forEach(self.revisions(of: part)) { row in
        revisions[try row[0], default: []].append(try MandateRevision(row))
      }
    }
    return heads.map { head in
      Mandate(
        id: head.id, principal: head.principal, helper: head.helper, validFrom: head.validFrom,
        revisions: revisions[head.id] ?? [], revokedAt: head.endedAt)
    }
  }

  static func head(where condition: Query) -> Query {
    """
    SELECT mandate.id, mandate.principal_id, mandate.helper_id, mandate.valid_from, ended.ended_at
    FROM people_mandate AS mandate
    LEFT JOIN people_mandate_end AS ended ON ended.mandate_id = mandate.id
    WHERE \(condition) ORDER BY mandate.id DESC
    """
  }

  static func revisions(of mandates: [MandateID]) -> Query {
    """
    SELECT \(MandateRevision.columns) FROM people_mandate_revision
    WHERE mandate_id IN \(list: mandates) ORDER BY mandate_id, sequence
    """
  }

  // MARK: - Writing

  static func insert(_ mandate: Mandate, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO people_mandate (id, community_id, principal_id, helper_id, valid_from)
      VALUES (\(mandate.id), \(transaction.community), \(mandate.principal), \(mandate.helper),
        \(mandate.validFrom))
      """)
    for revision in mandate.revisions { try insert(revision, of: mandate.id, in: transaction) }
  }

  static func insert(_ revision: MandateRevision, of mandate: MandateID, in transaction: Transaction) throws {
    let (changes, asking) = (revision.changes, revision.asking)
    try transaction.execute(
      """
      INSERT INTO people_mandate_revision (\(MandateRevision.columns), community_id)
      VALUES (\(mandate), \(revision.sequence), \(revision.askedAt), \(revision.effectiveAt),
        \(asking.actor.person), \(asking.actor.role), \(asking.evidence.kind), \(asking.evidence.witness),
        \(asking.evidence.place), \(changes.matters.map(ChoiceList.text)), \(changes.merchants?.stored),
        \(changes.perOrder), \(changes.perDay), \(changes.perMonth),
        \(changes.payWays.map(ChoiceList.text)), \(changes.expires),
        \(changes.confirmations.map(ChoiceList.text)), \(MandateRevision.stored(changes.familyKey)),
        \(MandateRevision.stored(changes.alertPerson)), \(MandateRevision.stored(changes.statementCopy)),
        \(transaction.community))
      """)
  }

  static func insertEnd(of mandate: MandateID, by actor: Actor, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO people_mandate_end (mandate_id, community_id, ended_at, ended_by_id, ended_by_role)
      VALUES (\(mandate), \(transaction.community), \(transaction.now), \(actor.person), \(actor.role))
      """)
  }

  /// The scan of a signed paper, sealed by the caller.
  static func insertPicture(
    _ sealed: [UInt8], id: MandatePictureID, of sequence: Int64, _ mandate: MandateID,
    in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO people_mandate_picture (mandate_id, sequence, id, community_id, picture)
      VALUES (\(mandate), \(sequence), \(id), \(transaction.community), \(sealed))
      """)
  }

  static func picture(
    of sequence: Int64, _ mandate: MandateID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> (id: MandatePictureID, sealed: [UInt8])? {
    try snapshot.first(
      """
      SELECT id, picture FROM people_mandate_picture
      WHERE mandate_id = \(mandate) AND sequence = \(sequence) AND community_id = \(community)
      """
    ) { row in (id: try row[0], sealed: try row[1]) }
  }

  /// Which revisions of a mandate have a scan.
  static func pictured(
    _ mandate: MandateID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Set<Int64> {
    Set(
      try snapshot.values(
        """
        SELECT sequence FROM people_mandate_picture
        WHERE mandate_id = \(mandate) AND community_id = \(community)
        """))
  }
}
