import Database
import Kernel
import People
import Security

extension ActivityPhoto.People: Storable {}

/// The queries of photos. Their pictures lie encrypted: what nobody agreed to is in no copy of the database to be seen.
enum PhotoStore {
  private static let columns: Query =
    "id, activity_id, people, caption, width, height, uploaded_at, published_at"

  private static func address(
    _ id: ActivityPhotoID, _ size: ActivityPhoto.Size, in community: CommunityID
  ) -> FieldAddress {
    FieldAddress(
      "activities_photo", size == .small ? "small" : "large", row: id, community: community)
  }

  // MARK: - Reading

  /// All photos of an activity in the order in which they came, published or not.
  static func photos(
    of activity: ActivityID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ActivityPhoto] {
    try photos(
      "activity_id = \(activity) AND community_id = \(community) ORDER BY id", in: community, snapshot)
  }

  static func find(
    _ id: ActivityPhotoID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ActivityPhoto? {
    try photos("id = \(id) AND community_id = \(community)", in: community, snapshot).first
  }

  private static func photos(
    _ condition: Query, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ActivityPhoto] {
    typealias Found = (
      id: ActivityPhotoID, activity: ActivityID, people: ActivityPhoto.People, caption: String, width: Int,
      height: Int, uploadedAt: Timestamp, publishedAt: Timestamp?
    )
    let found = try snapshot.all("SELECT \(columns) FROM activities_photo WHERE \(condition)") {
      row -> Found in
      (
        try row[0], try row[1], try row[2], try row[3], try row[4], try row[5], try row[6], try row[7]
      )
    }
    let persons = try self.persons(in: found.map(\.id), of: community, snapshot)
    return found.map {
      ActivityPhoto(
        id: $0.id, activity: $0.activity, people: $0.people, persons: persons[$0.id] ?? [],
        caption: $0.caption, width: $0.width, height: $0.height, uploadedAt: $0.uploadedAt,
        publishedAt: $0.publishedAt)
    }
  }

  private static func persons(
    in photos: [ActivityPhotoID], of community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ActivityPhotoID: [PersonID]] {
    var found: [ActivityPhotoID: [PersonID]] = [:]
    for chunk in snapshot.chunks(of: photos) {
      try snapshot.forEach(
        """
        SELECT photo_id, person_id FROM activities_photo_person
        WHERE photo_id IN \(list: chunk) AND community_id = \(community) ORDER BY photo_id, person_id
        """
      ) { row in found[try row[0], default: []].append(try row[1]) }
    }
    return found
  }

  /// One size of a photo, opened.
  static func bytes(
    of id: ActivityPhotoID, _ size: ActivityPhoto.Size, opening cipher: FieldCipher,
    in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [UInt8]? {
    let column: Query = size == .small ? "small" : "large"
    let sealed: [UInt8]? = try snapshot.value(
      "SELECT \(column) FROM activities_photo WHERE id = \(id) AND community_id = \(community)")
    return try sealed.map { try cipher.openBytes($0, at: address(id, size, in: community)) }
  }

  static func count(
    of activity: ActivityID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Int {
    try snapshot.value(
      """
      SELECT count(*) FROM activities_photo WHERE activity_id = \(activity) AND community_id = \(community)
      """) ?? 0
  }

  /// Whether a community has no photos at all.
  static func isEmpty(in community: CommunityID, _ snapshot: Snapshot) throws -> Bool {
    try !snapshot.exists("SELECT 1 FROM activities_photo WHERE community_id = \(community) LIMIT 1")
  }

  /// Everybody who can be recognised in any photo of a community.
  static func everybody(in community: CommunityID, _ snapshot: Snapshot) throws -> [PersonID] {
    try snapshot.values(
      """
      SELECT DISTINCT person_id FROM activities_photo_person WHERE community_id = \(community)
      ORDER BY person_id
      """)
  }

  // MARK: - Writing

  /// Keeps pictures that the program made of what was sent.
  static func insert(
    _ photo: ActivityPhoto, small: [UInt8], large: [UInt8], sealing cipher: FieldCipher, by actor: Actor,
    in transaction: Transaction
  ) throws {
    let community = transaction.community
    let sealed = (
      small: try cipher.seal(bytes: small, at: address(photo.id, .small, in: community)),
      large: try cipher.seal(bytes: large, at: address(photo.id, .large, in: community))
    )
    try transaction.execute(
      """
      INSERT INTO activities_photo (id, community_id, activity_id, people, caption, width, height, uploaded_at,
        uploaded_by_id, uploaded_by_role, small, large)
      VALUES (\(photo.id), \(community), \(photo.activity), \(photo.people), \(photo.caption), \(photo.width),
        \(photo.height), \(photo.uploadedAt), \(actor.person), \(actor.role), \(sealed.small), \(sealed.large))
      """)
    var rows = Rows(into: "activities_photo_person", "photo_id", "person_id", "community_id")
    for person in photo.persons { rows.append(photo.id, person, community) }
    try transaction.insert(rows)
  }

  /// - Parameter actor: who publishes it; nil to take it back.
  static func setPublished(
    _ id: ActivityPhotoID, by actor: Actor?, in transaction: Transaction
  ) throws {
    let at: Timestamp? = actor == nil ? nil : transaction.now
    try transaction.execute(
      """
      UPDATE activities_photo SET published_at = \(at), published_by_id = \(actor?.person)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  static func delete(_ ids: [ActivityPhotoID], in transaction: Transaction) throws {
    for chunk in transaction.chunks(of: ids) {
      try transaction.execute(
        """
        DELETE FROM activities_photo_person
        WHERE photo_id IN \(list: chunk) AND community_id = \(transaction.community)
        """)
      try transaction.execute(
        "DELETE FROM activities_photo WHERE id IN \(list: chunk) AND community_id = \(transaction.community)")
    }
  }

  /// Deletes every photo in which one of these can be recognised.
  static func deleteAll(with persons: [PersonID], in transaction: Transaction) throws {
    try delete(try photos(with: persons, "1 = 1", in: transaction), in: transaction)
  }

  /// Photos in which somebody can be recognised who does not agree: those that were published, and those that waited too long.
  ///
  /// - Parameter refusing: those who do not agree.
  static func overdue(
    _ refusing: [PersonID], waitingSince moment: Timestamp, limit: Int, in transaction: Transaction
  ) throws -> [ActivityPhotoID] {
    let named = try photos(
      with: refusing, "(photo.published_at IS NOT NULL OR photo.uploaded_at < \(moment))", in: transaction)
    let unknown: [ActivityPhotoID] = try transaction.values(
      """
      SELECT id FROM activities_photo
      WHERE community_id = \(transaction.community) AND uploaded_at < \(moment) AND people = 'others'
      ORDER BY uploaded_at LIMIT \(limit)
      """)
    return Array(Set(named + unknown).sorted().prefix(limit))
  }

  private static func photos(
    with persons: [PersonID], _ condition: Query, in transaction: Transaction
  ) throws -> [ActivityPhotoID] {
    try transaction.chunks(of: persons).flatMap { chunk -> [ActivityPhotoID] in
      try transaction.values(
        """
        SELECT DISTINCT photo.id FROM activities_photo_person AS person
        JOIN activities_photo AS photo ON photo.id = person.photo_id
        WHERE person.community_id = \(transaction.community) AND person.person_id IN \(list: chunk)
          AND \(condition)
        ORDER BY photo.id
        """)
    }
  }
}
