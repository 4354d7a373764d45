import Database
import Kernel
import Messages
import People
import Web

/// What happens to proposals by itself when a time has come.
enum ProposalJobs {
  private static let news: StaticString = "policy.proposal_news"
  private static let closing: StaticString = "policy.proposal_closing"
  private static let reminder: StaticString = "policy.proposal_overdue"

  /// Households told in one transaction, so that nobody waits for the rest.
  static let part = 200

  static func handlers(_ notices: ProposalNotices) -> [JobHandler] {
    [
      JobHandler(news) { try tell($1, notices, in: $0) },
      JobHandler(closing) { transaction, job in
        guard let proposal = try proposal(job, in: transaction),
          proposal.standing.waitsForCount(at: transaction.now)
        else { return }
        try notices.waitsForCount(proposal, in: transaction)
      },
      JobHandler(reminder) { try remind($1, notices, in: $0) },
    ]
  }

  // MARK: - Votes

  /// All households are told when the vote opens, and the desk when it is over.
  static func voteWasSet(_ proposal: Proposal, in transaction: Transaction) throws {
    guard let opensAt = proposal.standing.opensAt, let closesAt = proposal.standing.closesAt else { return }
    try schedule(.vote, of: proposal.id, at: max(opensAt, transaction.now), after: nil, in: transaction)
    try transaction.schedule(
      closing, key: proposal.id.description, at: closesAt, body: body(proposal.id))
  }

  static func voteWasCalledOff(_ id: ProposalID, in transaction: Transaction) throws {
    try transaction.cancelJob(news, key: key(.vote, id))
    try transaction.cancelJob(closing, key: id.description)
  }

  static func voteWasCounted(_ id: ProposalID, in transaction: Transaction) throws {
    try transaction.cancelJob(closing, key: id.description)
  }

  // MARK: - Answers

  static func wasSent(_ proposal: Proposal, in transaction: Transaction) throws {
    guard let dueAt = proposal.standing.dueAt else { return }
    try transaction.schedule(reminder, key: proposal.id.description, at: dueAt, body: body(proposal.id))
  }

  static func wasAnswered(_ id: ProposalID, in transaction: Transaction) throws {
    try transaction.cancelJob(reminder, key: id.description)
    try schedule(.answer, of: id, at: transaction.now, after: nil, in: transaction)
  }

  static func isDone(_ id: ProposalID, in transaction: Transaction) throws {
    try schedule(.done, of: id, at: transaction.now, after: nil, in: transaction)
  }

  /// On the day, and every week from then on until there is an answer.
  private static func remind(
    _ job: Job, _ notices: ProposalNotices, in transaction: Transaction
  ) throws {
    guard let proposal = try proposal(job, in: transaction), let dueAt = proposal.standing.dueAt,
      proposal.standing.isOverdue(at: transaction.now)
    else { return }
    let week = (transaction.now - dueAt).wholeMicroseconds / Duration.days(7).wholeMicroseconds
    try notices.overdue(proposal, week: week, in: transaction)
    try transaction.schedule(
      reminder, key: proposal.id.description, at: dueAt + .days(7 * (week + 1)), body: job.body)
  }

  // MARK: - Telling many

  private static func schedule(
    _ what: ProposalNews, of id: ProposalID, at moment: Timestamp, after place: String?,
    in transaction: Transaction
  ) throws {
    try transaction.schedule(
      news, key: key(what, id), at: moment,
      body: #"{"proposal":"\#(id)","news":"\#(what.rawValue)","after":"\#(place ?? "")"}"#)
  }

  private static func tell(_ job: Job, _ notices: ProposalNotices, in transaction: Transaction) throws {
    guard let proposal = try proposal(job, in: transaction),
      let what = text("news", of: job).flatMap(ProposalNews.init)
    else { return }
    let place = text("after", of: job) ?? ""
    if what == .vote, !proposal.standing.takesVotes(at: transaction.now) { return }
    let households = try next(what, of: proposal, after: HouseholdID(place), notices, in: transaction)
    try notices.tell(households, what, of: proposal, in: transaction)
    guard households.count == part, let last = households.last else { return }
    // A moment later, since a job that is due at once would be marked as done.
    try schedule(
      what, of: proposal.id, at: transaction.now + .seconds(1), after: last.description, in: transaction)
  }

  /// The next part of those who are to be told, in the order of their numbers.
  private static func next(
    _ what: ProposalNews, of proposal: Proposal, after last: HouseholdID?, _ notices: ProposalNotices,
    in transaction: Transaction
  ) throws -> [HouseholdID] {
    let community = transaction.community
    guard what == .vote else {
      return try BallotStore.voters(
        on: proposal.id, after: last, limit: part, in: community, transaction)
    }
    let directory = notices.directory
    let all = try directory.buildings(of: community, transaction).flatMap {
      try directory.households(inBuilding: $0.building, of: community, transaction)
    }
    return Array(all.filter { $0 > last ?? HouseholdID(rawValue: 0) }.sorted().prefix(part))
  }

  // MARK: - What a job is about

  private static func key(_ what: ProposalNews, _ id: ProposalID) -> String { "\(id)-\(what.rawValue)" }

  private static func body(_ id: ProposalID) -> String { #"{"proposal":"\#(id)"}"# }

  private static func proposal(_ job: Job, in transaction: Transaction) throws -> Proposal? {
    guard let id = text("proposal", of: job).flatMap({ ProposalID($0) }) else { return nil }
    return try ProposalStore.find(id, in: transaction.community, transaction)
  }

  private static func text(_ name: String, of job: Job) -> String? {
    guard case .string(let text)? = (try? JSON(Array(job.body.utf8)))?[name] else { return nil }
    return text
  }
}
