import Database
import Kernel
import People

extension Activity.Kind: Storable {}
extension Activity.State: Storable {}

/// Which activities a list is about.
enum ActivityScope: Sendable {
  /// What residents see and is not over, the next first.
  case coming
  /// What residents saw and is over, the latest first.
  case past
  /// Everything that is not over, drafts among it, the next first.
  case deskComing
  /// Everything that is over, the latest first.
  case deskPast

  var isDescending: Bool { self == .past || self == .deskPast }
}

/// Where a page of a list begins: behind this activity.
struct ActivityCursor: Sendable, Equatable {
  let startsAt: Timestamp
  let id: ActivityID

  init(_ activity: Activity) {
    startsAt = activity.terms.startsAt
    id = activity.id
  }

  /// Reads what `text` writes; nil for anything else.
  init?(_ text: String) {
    let parts = text.split(separator: "-")
    guard parts.count == 2, let microseconds = Int64(parts[0]), let id = ActivityID(String(parts[1])) else {
      return nil
    }
    startsAt = Timestamp(microseconds: microseconds)
    self.id = id
  }

  var text: String { "\(startsAt.microseconds)-\(id)" }
}

/// The queries of activities and of what became of them.
enum ActivityStore {
  private static let columns: Query = """
    id, kind, title, description, agenda, organiser_id, partner, place, starts_at, ends_at, sign_up_closes_at,
    capacity, expense, subject_kind, subject_id, state, revision, confirmed, cancel_reason, created_at,
    created_by_id, created_by_role, published_at, changed_at
    """

  private static func read(_ row: borrowing Row) throws -> Activity {
    Activity(
      id: try row[0], terms: try terms(row), state: try row[15], revision: try row[16],
      confirmed: try row[17], cancelReason: try row[18], createdAt: try row[19],
      createdBy: Actor(person: try row[20], role: try row[21]), publishedAt: try row[22],
      changedAt: try row[23])
  }

  private static func terms(_ row: borrowing Row) throws -> ActivityTerms {
    let kind: String? = try row[13]
    let subject: Int64? = try row[14]
    let agenda: String = try row[4]
    return ActivityTerms(
      kind: try row[1], title: try row[2], description: try row[3],
      agenda: agenda.split(separator: "\n").map(String.init), organiser: try row[5], partner: try row[6],
      place: try row[7], startsAt: try row[8], endsAt: try row[9], signUpClosesAt: try row[10],
      capacity: try row[11], expense: try row[12],
      subject: kind.flatMap { kind in subject.map { ActivitySubject(kind: kind, id: $0) } })
  }

  // MARK: - Reading

  static func find(_ id: ActivityID, in community: CommunityID, _ snapshot: Snapshot) throws -> Activity? {
    try snapshot.first(
      "SELECT \(columns) FROM activities_activity WHERE id = \(id) AND community_id = \(community)", read)
  }

  /// An activity that residents know of.
  /// - Throws: `not_found` for drafts and for what there is not.
  static func shown(_ id: ActivityID, in community: CommunityID, _ snapshot: Snapshot) throws -> Activity {
    guard let activity = try find(id, in: community, snapshot), activity.isShown else {
      throw Problem.notFound
    }
    return activity
  }

  static func find(
    _ ids: Set<ActivityID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Activity] {
    try snapshot.chunks(of: ids.sorted()).flatMap { chunk in
      try snapshot.all(
        """
        SELECT \(columns) FROM activities_activity
        WHERE id IN \(list: chunk) AND community_id = \(community)
        """, read)
    }
  }

  /// A page of a list.
  static func list(
    _ scope: ActivityScope, after cursor: ActivityCursor?, limit: Int, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [Activity] {
    try snapshot.all(
      page(scope, after: cursor, limit: limit, in: community, at: snapshot.now), read)
  }

  static func page(
    _ scope: ActivityScope, after cursor: ActivityCursor?, limit: Int, in community: CommunityID,
    at now: Timestamp
  ) -> Query {
    // What began before that is over: the list of what comes does not read all that ever was.
    let oldest = now - ActivityRules.longest
    let time: Query =
      scope.isDescending
      ? "starts_at < \(now) AND ends_at <= \(now)" : "starts_at >= \(oldest) AND ends_at > \(now)"
    let seen: Query =
      switch scope {
      case .coming, .past: "published_at IS NOT NULL"
      case .deskComing, .deskPast: "1 = 1"
      }
    let behind: Query =
      cursor.map { cursor -> Query in
        scope.isDescending
          ? "(starts_at, id) < (\(cursor.startsAt), \(cursor.id))"
          : "(starts_at, id) > (\(cursor.startsAt), \(cursor.id))"
      } ?? "1 = 1"
    let order: Query = scope.isDescending ? "starts_at DESC, id DESC" : "starts_at, id"
    return """
      SELECT \(columns) FROM activities_activity
      WHERE community_id = \(community) AND \(time) AND \(seen) AND \(behind) ORDER BY \(order) LIMIT \(limit)
      """
  }

  /// Activities that residents know of and that begin within a time, in its order.
  static func shown(
    from start: Timestamp, until end: Timestamp, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Activity] {
    try snapshot.all(
      """
      SELECT \(columns) FROM activities_activity
      WHERE community_id = \(community) AND starts_at >= \(start) AND starts_at < \(end)
        AND published_at IS NOT NULL
      ORDER BY starts_at, id LIMIT \(limit)
      """, read)
  }

  /// The latest activities of a kind that residents know of and that were not cancelled.
  static func latest(
    of kind: Activity.Kind, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Activity] {
    try snapshot.all(
      """
      SELECT \(columns) FROM activities_activity
      WHERE community_id = \(community) AND kind = \(kind) AND state IN ('published', 'held')
      ORDER BY starts_at DESC, id DESC LIMIT \(limit)
      """, read)
  }

  // MARK: - Writing

  static func insert(_ activity: Activity, in transaction: Transaction) throws {
    let terms = activity.terms
    var rows = Rows(
      into: "activities_activity", "id", "community_id", "kind", "title", "description", "agenda",
      "organiser_id", "partner", "place", "starts_at", "ends_at", "sign_up_closes_at", "capacity", "expense",
      "subject_kind", "subject_id", "state", "revision", "confirmed", "turns", "created_at", "created_by_id",
      "created_by_role", "changed_at")
    rows.append(values: [
      activity.id.storedValue, transaction.community.storedValue, terms.kind.storedValue,
      terms.title.storedValue, terms.description.storedValue, agenda(terms).storedValue,
      terms.organiser.storedValue, terms.partner.storedValue, terms.place.storedValue,
      terms.startsAt.storedValue, terms.endsAt.storedValue, terms.signUpClosesAt.storedValue,
      terms.capacity.storedValue, terms.expense.storedValue, terms.subject?.kind.storedValue ?? .null,
      terms.subject?.id.storedValue ?? .null, activity.state.storedValue, activity.revision.storedValue,
      .integer(0), .integer(0), activity.createdAt.storedValue, activity.createdBy.person.storedValue,
      activity.createdBy.role.storedValue, activity.changedAt.storedValue,
    ])
    try transaction.insert(rows)
  }

  /// Writes the terms anew and raises the revision.
  static func update(_ terms: ActivityTerms, of id: ActivityID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE activities_activity SET kind = \(terms.kind), title = \(terms.title),
        description = \(terms.description), agenda = \(agenda(terms)), organiser_id = \(terms.organiser),
        partner = \(terms.partner), place = \(terms.place), starts_at = \(terms.startsAt),
        ends_at = \(terms.endsAt), sign_up_closes_at = \(terms.signUpClosesAt), capacity = \(terms.capacity),
        expense = \(terms.expense), subject_kind = \(terms.subject?.kind), subject_id = \(terms.subject?.id),
        revision = revision + 1, changed_at = \(transaction.now)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  /// Moves an activity on and raises its revision.
  ///
  /// - Parameter reason: why it does not take place, for those that were cancelled.
  static func move(
    _ id: ActivityID, to state: Activity.State, reason: String? = nil, in transaction: Transaction
  ) throws {
    let published: Query =
      state == .published ? "\(transaction.now)" : "published_at"
    try transaction.execute(
      """
      UPDATE activities_activity SET state = \(state), cancel_reason = \(reason), published_at = \(published),
        revision = revision + 1, changed_at = \(transaction.now)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  /// Sets what it cost in the end.
  static func setExpense(_ expense: Money, of id: ActivityID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE activities_activity SET expense = \(expense)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  private static func agenda(_ terms: ActivityTerms) -> String { terms.agenda.joined(separator: "\n") }
}
