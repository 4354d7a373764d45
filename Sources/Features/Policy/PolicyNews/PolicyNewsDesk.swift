import Database
import Kernel
import Messages
import People
import Web

/// Where people are told of versions: whoever asked for it by themselves, others when the station decides so.
struct PolicyNewsDesk: Sendable {
  static let kind: StaticString = "policy.news"

  let directory: Directory
  let messenger: Messenger

  /// With every version: whoever follows it and whoever read an earlier one.
  static func tellFollowers(
    of version: PolicyVersion, by actor: Actor, in transaction: Transaction
  ) throws {
    try begin(.followers, reason: "", of: version.number, version.policy, by: actor, in: transaction)
  }

  /// Tells one person of each household of some buildings, or of all, about the newest version.
  ///
  /// - Throws: `not_found`, `policy.not_published`, `policy.retired`, `policy_news.told`, `form.invalid` naming `buildings`.
  func tell(
    _ audience: PolicyNews.Audience, reason: String, of id: PolicyID, by actor: Actor,
    in transaction: Transaction
  ) throws {
    let community = transaction.community
    guard let head = try PolicyStore.find(id, in: community, transaction) else { throw Problem.notFound }
    guard let newest = head.newest else { throw Problem.policyNotPublished }
    if head.state == .retired { throw Problem.policyRetired }
    if try PolicyNewsStore.tellsEveryone(of: newest, id, in: community, transaction) {
      throw Problem.policyNewsTold
    }
    if case .buildings(let named) = audience {
      let known = Set(try directory.buildings(of: community, transaction).map(\.building))
      guard !named.isEmpty, known.isSuperset(of: named) else { throw Self.unknownBuilding }
    }
    try Self.begin(audience, reason: reason, of: newest, id, by: actor, in: transaction)
    try transaction.audit(
      "policy.tell", by: actor, of: id.rawValue, purpose: "\(audience.code.rawValue) version \(newest)")
  }

  static let unknownBuilding = Problem.invalid([
    FieldProblem("buildings", Phrase("请选一栋或几栋楼。", "Please choose one building or more."))
  ])

  private static func begin(
    _ audience: PolicyNews.Audience, reason: String, of version: Int64, _ policy: PolicyID, by actor: Actor,
    in transaction: Transaction
  ) throws {
    let news = PolicyNews(
      id: transaction.newIdentifier(), policy: policy, version: version, audience: audience, reason: reason,
      askedAt: transaction.now, askedBy: actor, reached: 0, told: 0, finishedAt: nil)
    try PolicyNewsStore.insert(news, in: transaction)
    try schedule(news.id, at: transaction.now, in: transaction)
  }

  // MARK: - Part after part

  var handler: JobHandler {
    JobHandler(Self.kind) { transaction, job in
      guard case .string(let text)? = (try? JSON(Array(job.body.utf8)))?["news"],
        let id = PolicyNewsID(text)
      else { return }
      try tellPart(of: id, in: transaction)
    }
  }

  /// Tells the next part. What of it went out before is not sent again: a version is one message for each person.
  func tellPart(of id: PolicyNewsID, in transaction: Transaction) throws {
    let community = transaction.community
    guard let news = try PolicyNewsStore.find(id, in: community, transaction), news.finishedAt == nil,
      let head = try PolicyStore.find(news.policy, in: community, transaction)
    else { return }
    // Of what counts no more nobody is told; a newer version is told to the same people by itself.
    guard head.state == .published, head.newest == news.version,
      let version = try PolicyVersionStore.find(news.version, of: news.policy, in: community, transaction)
    else {
      return try PolicyNewsStore.advance(id, to: news.reached, told: 0, isOver: true, in: transaction)
    }
    let (persons, reached, isOver) = try next(news, version, in: transaction)
    let told = try PolicyNewsNotices(messenger: messenger).tell(
      persons, of: version, reason: news.reason, in: transaction)
    try PolicyNewsStore.advance(id, to: reached, told: told, isOver: isOver, in: transaction)
    // A moment later, since a job that is due at once would be marked as done.
    if !isOver { try Self.schedule(id, at: transaction.now + .seconds(1), in: transaction) }
  }

  /// Who is told next, up to whom that is, and whether nobody is left then.
  private func next(
    _ news: PolicyNews, _ version: PolicyVersion, in transaction: Transaction
  ) throws -> (persons: [PersonID], reached: Int64, isOver: Bool) {
    let community = transaction.community
    let buildings: [String]
    switch news.audience {
    case .followers:
      let persons = try PolicyFollowStore.readers(
        of: version, after: news.reached, limit: PolicyNews.part, in: community, transaction)
      return (persons, persons.last?.rawValue ?? news.reached, persons.count < PolicyNews.part)
    case .buildings(let named): buildings = named
    case .everyone: buildings = try directory.buildings(of: community, transaction).map(\.building)
    }
    let households = try buildings.flatMap {
      try directory.households(inBuilding: $0, of: community, transaction)
    }.filter { $0.rawValue > news.reached }.sorted().prefix(PolicyNews.part)
    let first = try directory.firstPersons(of: households, in: community, transaction)
    return (
      households.compactMap { first[$0] }, households.last?.rawValue ?? news.reached,
      households.count < PolicyNews.part
    )
  }

  private static func schedule(
    _ id: PolicyNewsID, at moment: Timestamp, in transaction: Transaction
  ) throws {
    try transaction.schedule(
      kind, key: id.description, at: moment, body: #"{"news":"\#(id)"}"#)
  }
}
