import Database
import Kernel
import Web

extension Topic {
  /// Touched when a community or one of its hosts changes.
  static let communities = Topic("people.community")
}

extension Snapshot {
  /// The identifiers of all communities in the order of their creation.
  func communityIdentifiers() throws -> [CommunityID] {
    try values("SELECT id FROM people_community ORDER BY id")
  }

  /// All communities in the order of their creation.
  func communities() throws -> [CommunityCard] {
    var hosts: [CommunityID: [String]] = [:]
    try forEach("SELECT community_id, host FROM people_community_host ORDER BY host") { row in
      hosts[try row[0], default: []].append(try row[1])
    }
    return try communities(where: "0 = 0", hosts)
  }

  /// The community with its hosts; nil where there is none.
  func community(_ id: CommunityID) throws -> CommunityCard? {
    let hosts: [String] = try values(
      "SELECT host FROM people_community_host WHERE community_id = \(id) ORDER BY host")
    return try communities(where: "id = \(id)", [id: hosts]).first
  }

  private func communities(where condition: Query, _ hosts: [CommunityID: [String]]) throws
    -> [CommunityCard]
  {
    try all(
      """
      SELECT id, name_zh, name_en, phone, offset_seconds, is_practice FROM people_community
      WHERE \(condition) ORDER BY id
      """
    ) { row in
      let id: CommunityID = try row[0]
      return CommunityCard(
        id: id, name: Phrase(try row[1], try row[2]), phoneNumber: try row[3], hosts: hosts[id] ?? [],
        offsetSeconds: try row[4], isPractice: try row[5])
    }
  }
}

extension Transaction {
  func insert(_ draft: CommunityDraft, id: CommunityID) throws {
    try execute(
      """
      INSERT INTO people_community (id, name_zh, name_en, phone, offset_seconds, is_practice, created_at)
      VALUES (\(id), \(draft.name.chinese), \(draft.name.english), \(draft.phoneNumber),
        \(draft.offsetSeconds), \(draft.isPractice), \(now))
      """)
    var rows = Rows(into: "people_community_host", "host", "community_id")
    for host in draft.hosts { rows.append(host, id) }
    do {
      try insert(rows)
    } catch DatabaseError.unique {
      throw Problem(
        "community.host_taken", status: 409,
        Phrase("这个网址已经属于另一个小区。", "That host name already belongs to another community."),
        advice: Phrase("请换一个网址。", "Please choose another one."))
    }
    touch(.communities)
  }
}
