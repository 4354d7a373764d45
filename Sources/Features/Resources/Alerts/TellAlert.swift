import Database
import Kernel
import People
import Web

/// Tells the residents of a warning, some at a time, so that a large community holds nobody up.
enum TellAlert {
  static let kind: StaticString = "resources.tell_alert"
  private static let batch = 200

  static func handler(_ directory: Directory, _ notices: AlertNotices) -> JobHandler {
    JobHandler(kind) { transaction, job in
      let body = try JSON(Array(job.body.utf8))
      guard case .string(let text)? = body["card"], let id = AlertCardID(text),
        let card = try AlertCardStore.find(id, in: transaction.community, transaction),
        card.isShown(at: transaction.now)
      else { return }
      var last: PersonID?
      if case .string(let after)? = body["after"] { last = PersonID(after) }
      let households = try households(of: card, directory, in: transaction)
      let persons = try directory.persons(
        of: households, after: last, limit: batch, in: transaction.community, transaction)
      try notices.warn(try told(of: persons, directory, in: transaction), of: card, in: transaction)
      guard persons.count == batch, let end = persons.last else { return }
      try schedule(id, after: end, at: transaction.now + .seconds(1), in: transaction)
    }
  }

  static func schedule(
    _ id: AlertCardID, after last: PersonID? = nil, at due: Timestamp, in transaction: Transaction
  ) throws {
    let after = last.map { #","after":"\#($0)""# } ?? ""
    try transaction.schedule(kind, key: id.description, at: due, body: #"{"card":"\#(id)"\#(after)}"#)
  }

  /// Whoever has a telephone is told. For a home without one a single slip of paper is enough: whoever was entered first
  /// gets it.
  private static func told(
    of persons: [PersonID], _ directory: Directory, in transaction: Transaction
  ) throws -> [PersonID] {
    let community = transaction.community
    let reach = try directory.reach(of: persons, in: community, transaction)
    return try persons.filter { person in
      guard let own = reach[person], !own.isDisabled else { return false }
      guard !own.hasPhone, let household = own.household else { return true }
      let members = try directory.persons(of: household, in: community, transaction)
      let reached = try directory.reach(of: members, in: community, transaction)
      let present = members.filter { reached[$0].map { !$0.isDisabled } ?? false }
      return present.first == person && !present.contains { reached[$0]?.hasPhone ?? false }
    }
  }

  private static func households(
    of card: AlertCard, _ directory: Directory, in transaction: Transaction
  ) throws -> [HouseholdID] {
    let all = try directory.buildings(of: transaction.community, transaction).map(\.building)
    return try all.filter { AlertRules.concerns(card.terms.buildings, $0) }.flatMap {
      try directory.households(inBuilding: $0, of: transaction.community, transaction)
    }
  }
}

/// Forgets what reports said when their time is over.
enum ForgetReports {
  static let kind: StaticString = "resources.forget_reports"
  private static let batch = 100
  private static let key = "daily"

  static let rules = [
    RetentionRule(
      Phrase("反映诈骗和虚假宣传的话和录音", "Words and recordings of reports of scams"),
      term: Phrase(
        "查过没有这回事的，结案后 30 天；其他的，结案后 180 天；一直没结案的，从反映那天起一年",
        "Unfounded ones 30 days after closing, others 180 days; where nobody closed them, a year after they were told"
      ),
      reason: Phrase(
        "办完就够了，以后只留数目（《个人信息保护法》第十九条）",
        "They serve to look into it; afterwards counts alone stay (PIPL art. 19)"))
  ]

  static let handler = JobHandler(kind) { transaction, _ in
    let forgotten = try ScamReportStore.forget(limit: batch, in: transaction)
    try transaction.schedule(
      kind, key: key, at: transaction.now + (forgotten < batch ? .days(1) : .seconds(1)))
  }

  /// Begins the daily round, with a community's reports.
  static func begin(in transaction: Transaction) throws {
    try transaction.schedule(kind, key: key, at: transaction.now + .days(1))
  }
}
