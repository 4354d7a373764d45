import Database
import Kernel
import People

/// The queries of campaigns of visits, of their papers and of their events.
enum VisitStore {
  private static let columns: Query = """
    campaign.id, campaign.created_at, campaign.created_by_id, campaign.created_by_role, standing.state,
    standing.version, standing.events, terms.purpose, terms.title, terms.task, terms.phrase, terms.questions,
    terms.starts_at, terms.ends_at, terms.runner_id, terms.supervisor_id
    """

  private static let tables: Query = """
    care_visit_standing AS standing
    JOIN care_visit_campaign AS campaign ON campaign.id = standing.campaign_id
    JOIN care_visit_terms AS terms
      ON terms.campaign_id = standing.campaign_id AND terms.version = standing.version
    """

  private static func read(_ row: borrowing Row) throws -> VisitCampaign {
    VisitCampaign(
      id: try row[0], createdAt: try row[1], createdBy: Actor(person: try row[2], role: try row[3]),
      state: try row[4],
      terms: VisitTerms(
        purpose: try row[7], title: try row[8], task: try row[9], phrase: try row[10],
        questions: try questions(try row[11]), startsAt: try row[12], endsAt: try row[13],
        runner: try row[14], supervisor: try row[15]), version: try row[5], events: try row[6])
  }

  private static func questions(_ stored: String) throws -> [VisitQuestion] {
    guard let questions = VisitQuestion.read(stored) else {
      throw DatabaseError.unexpectedValue("no questions of a campaign of visits")
    }
    return questions
  }

  /// One campaign that is in scope.
  static func find(
    _ id: VisitCampaignID, _ scope: VisitScope, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> VisitCampaign? {
    try snapshot.first(
      """
      SELECT \(columns) FROM \(tables) WHERE standing.campaign_id = \(id)
        AND standing.community_id = \(community) AND \(scope.condition)
      """, read)
  }

  /// One campaign, for those to whom one of its doors was given: what they report counts when all is over as well.
  static func find(
    _ id: VisitCampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> VisitCampaign? {
    try snapshot.first(
      """
      SELECT \(columns) FROM \(tables) WHERE standing.campaign_id = \(id)
        AND standing.community_id = \(community)
      """, read)
  }

  /// The campaigns in scope, the newest first.
  static func list(
    _ scope: VisitScope, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [VisitCampaign] {
    try snapshot.all(
      """
      SELECT \(columns) FROM \(tables) WHERE standing.community_id = \(community) AND \(scope.condition)
      ORDER BY standing.campaign_id DESC LIMIT \(limit)
      """, read)
  }

  /// What was asked under each version of the terms.
  static func questions(
    of campaign: VisitCampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Int64: [VisitQuestion]] {
    var found: [Int64: [VisitQuestion]] = [:]
    try snapshot.forEach(
      """
      SELECT version, questions FROM care_visit_terms
      WHERE campaign_id = \(campaign) AND community_id = \(community)
      """
    ) { row in found[try row[0]] = try questions(try row[1]) }
    return found
  }

  /// Keeps a new campaign with the event that made it.
  static func insert(_ campaign: VisitCampaign, _ event: VisitEvent, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO care_visit_campaign (id, community_id, created_at, created_by_id, created_by_role)
      VALUES (\(campaign.id), \(transaction.community), \(campaign.createdAt), \(campaign.createdBy.person),
        \(campaign.createdBy.role))
      """)
    let terms = campaign.terms
    try transaction.execute(
      """
      INSERT INTO care_visit_standing (campaign_id, community_id, state, version, runner_id, supervisor_id,
        starts_at, ends_at, events)
      VALUES (\(campaign.id), \(transaction.community), \(campaign.state), \(campaign.version), \(terms.runner),
        \(terms.supervisor), \(terms.startsAt), \(terms.endsAt), \(campaign.events))
      """)
    try insert(event, sequence: campaign.events, of: campaign.id, in: transaction)
  }

  /// Adds an event and moves the standing with it.
  static func append(
    _ event: VisitEvent, to campaign: inout VisitCampaign, in transaction: Transaction
  ) throws {
    campaign = campaign.after(event)
    let terms = campaign.terms
    try insert(event, sequence: campaign.events, of: campaign.id, in: transaction)
    try transaction.execute(
      """
      UPDATE care_visit_standing SET state = \(campaign.state), version = \(campaign.version),
        runner_id = \(terms.runner), supervisor_id = \(terms.supervisor), starts_at = \(terms.startsAt),
        ends_at = \(terms.endsAt), events = \(campaign.events)
      WHERE campaign_id = \(campaign.id) AND community_id = \(transaction.community)
      """)
  }

  private static func insert(
    _ event: VisitEvent, sequence: Int64, of campaign: VisitCampaignID, in transaction: Transaction
  ) throws {
    var version: Int64?
    if case .written(let number, let terms) = event.what {
      version = number
      try insert(terms, version: number, of: campaign, in: transaction)
    }
    try transaction.execute(
      """
      INSERT INTO care_visit_event (campaign_id, sequence, community_id, kind, version, happened_at, actor_id,
        actor_role)
      VALUES (\(campaign), \(sequence), \(transaction.community), \(event.what.kind), \(version), \(event.at),
        \(event.actor.person), \(event.actor.role))
      """)
  }

  private static func insert(
    _ terms: VisitTerms, version: Int64, of campaign: VisitCampaignID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO care_visit_terms (campaign_id, version, community_id, purpose, title, task, phrase, questions,
        starts_at, ends_at, runner_id, supervisor_id, written_at)
      VALUES (\(campaign), \(version), \(transaction.community), \(terms.purpose), \(terms.title),
        \(terms.task), \(terms.phrase), \(VisitQuestion.stored(terms.questions)), \(terms.startsAt),
        \(terms.endsAt), \(terms.runner), \(terms.supervisor), \(transaction.now))
      """)
  }
}

extension VisitHappening {
  fileprivate var kind: String {
    switch self {
    case .written: "written"
    case .started: "started"
    case .finished: "finished"
    }
  }
}
