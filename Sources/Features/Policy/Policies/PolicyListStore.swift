import Database
import Kernel

/// Which policies a list shows.
struct PolicyFilter: Sendable, Equatable {
  var field: PolicyField?
  var level: PolicyLevel?
  /// Words that all have to be found; empty for every policy.
  var text = ""
  /// Only what is in force on this day.
  var inForceOn: PolicyDay?
}

/// One page of a list.
struct PolicyListPage: Sendable, Equatable {
  let policies: [ShownPolicy]
  /// The policy after which the next page begins; nil on the last one.
  let next: PolicyID?
}

/// The queries of lists of policies. Each is shown by the version that counts on the day: the newest of those that have begun;
/// where none has, the one that will count first.
enum PolicyListStore {
  /// One page of the policies in use, the newest first.
  ///
  /// - Parameter limit: policies to a page, 1–200.
  static func page(
    _ filter: PolicyFilter, on day: PolicyDay, after key: PolicyID? = nil, limit: Int,
    in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PolicyListPage {
    let found =
      SearchWords.holdsWords(filter.text)
      ? try searched(filter, on: day, after: key, limit: limit + 1, in: community, snapshot)
      : try shown(
        listed(filter, after: key, in: community), on: day, limit: limit + 1, in: community, snapshot)
    let policies = Array(found.prefix(limit))
    return PolicyListPage(
      policies: policies, next: found.count > limit ? policies.last?.head.id : nil)
  }

  /// Those that changed last.
  static func changed(
    on day: PolicyDay, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ShownPolicy] {
    try shown(
      "head.community_id = \(community) AND head.state = 'published'", on: day,
      order: "head.changed_at DESC,",
      limit: limit, in: community, snapshot)
  }

  /// One policy that was published, in use or not; nil for every other.
  static func find(
    _ id: PolicyID, on day: PolicyDay, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ShownPolicy? {
    try find([id], on: day, in: community, snapshot).first
  }

  /// Those of these that were published, in use or not.
  static func find(
    _ ids: some Collection<PolicyID>, on day: PolicyDay, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ShownPolicy] {
    try snapshot.chunks(of: ids).flatMap { part in
      try shown(
        "head.community_id = \(community) AND head.id IN \(list: part)", on: day, limit: part.count,
        in: community, snapshot)
    }
  }

  /// The policies that take the place of this one by their newest versions, in use.
  static func successors(
    of id: PolicyID, on day: PolicyDay, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ShownPolicy] {
    try shown(
      "head.community_id = \(community) AND head.replaces_id = \(id) AND head.state = 'published'", on: day,
      limit: 10, in: community, snapshot)
  }

  // MARK: - Search

  /// Makes a policy findable by what its newest version says, its field and its level.
  static func index(_ version: PolicyVersion, in transaction: Transaction) throws {
    let (document, words, english) = (
      version.content.document, version.content.words, version.content.english
    )
    let facts = [document.field.name.chinese, document.field.name.english, document.level.name.chinese]
    try transaction.index(
      .policies, id: version.policy.rawValue,
      texts: [
        document.title, english.title, document.issuer, document.number, document.area, words.summary,
        english.summary, words.audience, SearchWords.mark(document.field), SearchWords.mark(document.level),
      ] + facts + words.steps + words.documents + words.benefits.map(\.what))
  }

  static func removeFromIndex(_ id: PolicyID, in transaction: Transaction) throws {
    try transaction.removeFromIndex(.policies, id: id.rawValue)
  }

  /// Goes on through what was found until a page is full, since a day leaves some of it out.
  private static func searched(
    _ filter: PolicyFilter, on day: PolicyDay, after key: PolicyID?, limit: Int, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [ShownPolicy] {
    let marks = [filter.field.map { SearchWords.mark($0) }, filter.level.map { SearchWords.mark($0) }]
    let words = ([filter.text] + marks.compactMap(\.self)).joined(separator: " ")
    var found: [ShownPolicy] = []
    var last = key?.rawValue
    while found.count < limit {
      let ids = try snapshot.search(.policies, for: words, in: community, before: last, limit: limit)
      let part = try shown(
        """
        \(listed(filter, after: nil, in: community))
          AND head.id IN \(list: ids.map(PolicyID.init(rawValue:)))
        """, on: day, limit: limit, in: community, snapshot)
      found += part
      guard ids.count == limit, let lowest = ids.last else { break }
      last = lowest
    }
    return Array(found.prefix(limit))
  }

  // MARK: - Parts

  /// The condition on `policy_policy AS head` and the version that counts.
  private static func listed(_ filter: PolicyFilter, after key: PolicyID?, in community: CommunityID) -> Query
  {
    var conditions: [Query] = ["head.community_id = \(community)", "head.state = 'published'"]
    if let key { conditions.append("head.id < \(key)") }
    if let field = filter.field { conditions.append("head.field = \(field)") }
    if let level = filter.level { conditions.append("head.level = \(level)") }
    if let day = filter.inForceOn {
      conditions.append(
        """
        version.effective_day <= \(day) AND (version.expires_day IS NULL OR version.expires_day >= \(day))
          AND NOT EXISTS (SELECT 1 FROM policy_policy AS next JOIN policy_version AS coming
            ON coming.policy_id = next.id AND coming.number = next.newest
            WHERE next.community_id = head.community_id AND next.replaces_id = head.id
              AND next.state = 'published' AND coming.effective_day <= \(day))
        """)
    }
    return .joined(conditions, by: " AND ")
  }

  private static func shown(
    _ condition: Query, on day: PolicyDay, order: Query = "", limit: Int, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [ShownPolicy] {
    let start = PolicyStore.headColumnCount
    let rows = try snapshot.all(
      """
      SELECT \(PolicyStore.headColumns), (SELECT min(coming.effective_day) FROM policy_policy AS next
          JOIN policy_version AS coming ON coming.policy_id = next.id AND coming.number = next.newest
          WHERE next.community_id = head.community_id AND next.replaces_id = head.id
            AND next.state = 'published'),
        \(PolicyVersionStore.columns)
      FROM policy_policy AS head JOIN policy_version AS version ON version.policy_id = head.id
        AND version.number = coalesce(
          (SELECT max(begun.number) FROM policy_version AS begun
            WHERE begun.policy_id = head.id AND begun.effective_day <= \(day)),
          (SELECT earliest.number FROM policy_version AS earliest WHERE earliest.policy_id = head.id
            ORDER BY earliest.effective_day, earliest.number DESC LIMIT 1))
      \(PolicyVersionStore.joins)
      WHERE \(condition) ORDER BY \(order) head.id DESC LIMIT \(limit)
      """
    ) { row in
      (
        head: try PolicyStore.head(row), replacedFrom: try row[start] as PolicyDay?,
        read: try PolicyVersionStore.read(row, from: start + 1)
      )
    }
    let benefits = try PolicyContentStore.benefits(of: rows.map(\.read.key), in: community, snapshot)
    return rows.map { row in
      ShownPolicy(
        head: row.head, version: row.read.with(benefits[row.read.key] ?? []),
        replacedFrom: row.replacedFrom)
    }
  }
}

/// Words that a search adds to those that were typed.
private enum SearchWords {
  /// Whether there is anything to look for; marks alone are none.
  static func holdsWords(_ text: String) -> Bool {
    text.unicodeScalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
  }

  /// A word that nobody types and that stands in no other: a search looks for words inside of words.
  static func mark(_ field: PolicyField) -> String { "policyfield\(field.rawValue)ofpolicy" }
  static func mark(_ level: PolicyLevel) -> String { "policylevel\(level.rawValue)ofpolicy" }
}
