import Database
import Kernel
import People

extension ResourceCategory: Storable {}
extension PromiseKeeping.Outcome: Storable {}

/// The queries of promises and of how they were kept.
enum PromiseStore {
  private static let columns: Query = """
    id, organisation_id, category, text, quantity, until_at, made_at, made_by_id, made_by_role
    """

  private static func read(_ row: borrowing Row) throws -> SupportPromise {
    SupportPromise(
      id: try row[0], organisation: try row[1],
      terms: PromiseTerms(
        category: try row[2], text: try row[3], quantity: try row[4], until: try row[5]),
      madeAt: try row[6], madeBy: Actor(person: try row[7], role: try row[8]))
  }

  /// All of an organisation, the newest first.
  static func all(
    of organisation: OrganisationID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [SupportPromise] {
    try snapshot.all(
      """
      SELECT \(columns) FROM resources_promise
      WHERE organisation_id = \(organisation) AND community_id = \(community) ORDER BY id DESC
      """, read)
  }

  static func find(
    _ id: PromiseID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> SupportPromise? {
    try snapshot.first(
      "SELECT \(columns) FROM resources_promise WHERE id = \(id) AND community_id = \(community)", read)
  }

  /// How the promises of an organisation stand; those of which nothing was seen are left out.
  static func standings(
    of organisation: OrganisationID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PromiseID: PromiseStanding] {
    var standings: [PromiseID: PromiseStanding] = [:]
    try snapshot.forEach(
      """
      SELECT keeping.promise_id, keeping.outcome, count(*) FROM resources_promise_keeping AS keeping
      JOIN resources_promise AS promise ON promise.id = keeping.promise_id
      WHERE promise.organisation_id = \(organisation) AND keeping.community_id = \(community)
      GROUP BY keeping.promise_id, keeping.outcome
      """
    ) { row in
      let (id, outcome, times): (PromiseID, PromiseKeeping.Outcome, Int64) = (
        try row[0], try row[1], try row[2]
      )
      standings[id, default: PromiseStanding()].add(outcome, times)
    }
    return standings
  }

  /// What these organisations promised and how all of that was kept; those that promised nothing are left out.
  static func records(
    of organisations: [OrganisationID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [OrganisationID: PromiseRecord] {
    var records: [OrganisationID: PromiseRecord] = [:]
    for chunk in snapshot.chunks(of: organisations) {
      try snapshot.forEach(
        """
        SELECT promise.organisation_id, keeping.outcome, count(*)
        FROM resources_promise AS promise
        JOIN resources_promise_keeping AS keeping ON keeping.promise_id = promise.id
        WHERE promise.community_id = \(community) AND promise.organisation_id IN \(list: chunk)
        GROUP BY promise.organisation_id, keeping.outcome
        """
      ) { row in
        let (id, outcome, times): (OrganisationID, PromiseKeeping.Outcome, Int64) = (
          try row[0], try row[1], try row[2]
        )
        records[id, default: PromiseRecord()].standing.add(outcome, times)
      }
      try snapshot.forEach(
        """
        SELECT organisation_id, count(*) FROM resources_promise
        WHERE community_id = \(community) AND organisation_id IN \(list: chunk) GROUP BY organisation_id
        """
      ) { row in
        let (id, promises): (OrganisationID, Int64) = (try row[0], try row[1])
        records[id, default: PromiseRecord()].promises = promises
      }
    }
    return records
  }

  /// The latest of what was seen of an organisation's promises.
  static func keepings(
    of organisation: OrganisationID, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PromiseKeeping] {
    try snapshot.all(
      """
      SELECT keeping.promise_id, keeping.outcome, keeping.happened_at, keeping.note
      FROM resources_promise_keeping AS keeping
      JOIN resources_promise AS promise ON promise.id = keeping.promise_id
      WHERE promise.organisation_id = \(organisation) AND keeping.community_id = \(community)
      ORDER BY keeping.happened_at DESC, keeping.id DESC LIMIT \(limit)
      """
    ) { row in
      PromiseKeeping(
        promise: try row[0], outcome: try row[1], happenedAt: try row[2], note: try row[3])
    }
  }

  // MARK: - Writing

  static func insert(_ promise: SupportPromise, in transaction: Transaction) throws {
    var rows = Rows(
      into: "resources_promise", "id", "community_id", "organisation_id", "category", "text", "quantity",
      "until_at", "made_at", "made_by_id", "made_by_role")
    let terms = promise.terms
    rows.append(values: [
      promise.id.storedValue, transaction.community.storedValue, promise.organisation.storedValue,
      terms.category.storedValue, terms.text.storedValue, terms.quantity.storedValue,
      terms.until.storedValue, promise.madeAt.storedValue, promise.madeBy.person.storedValue,
      promise.madeBy.role.storedValue,
    ])
    try transaction.insert(rows)
  }

  static func insert(_ keeping: PromiseKeeping, by actor: Actor, in transaction: Transaction) throws {
    let id: Identifier<PromiseKeepingKind> = transaction.newIdentifier()
    var rows = Rows(
      into: "resources_promise_keeping", "id", "community_id", "promise_id", "outcome", "happened_at", "note",
      "recorded_at", "recorded_by_id", "recorded_by_role")
    rows.append(
      id, transaction.community, keeping.promise, keeping.outcome, keeping.happenedAt, keeping.note,
      transaction.now, actor.person, actor.role)
    try transaction.insert(rows)
  }

  private enum PromiseKeepingKind {}
}
