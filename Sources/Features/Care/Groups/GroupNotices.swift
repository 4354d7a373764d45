import Database
import Kernel
import Messages
import People

/// What the station's people are told of groups: never who or what, only that there is something to see.
struct GroupNotices: Sendable {
  let messenger: Messenger

  static let given = MessageKind(
    "care.group_given", name: ("小组分派", "Group given"), headline: ("有一个小组交给您了", "a group is yours"))
  static let waiting = MessageKind(
    "care.group_report_waiting", name: ("小组报告等您审核", "Group report for approval"),
    headline: ("有一份小组报告等您审核", "a report waits"))
  static let decided = MessageKind(
    "care.group_report_decided", name: ("小组报告的答复", "Answer to a group report"),
    headline: ("督导答复了小组报告", "your report is answered"))

  static let kinds = [given, waiting, decided]

  /// Those who were not there before.
  func staffed(
    _ group: CareGroup, before: Set<PersonID>, by actor: PersonID, in transaction: Transaction
  ) throws {
    let added = group.standing.staff.all.subtracting(before).subtracting([actor])
    try messenger.send(
      added.sorted().map { person in
        Message(
          to: person, Self.given, about: group.id.rawValue, occasion: "staffed-\(group.standing.events)",
          Phrase("小组 \(group.label) 交给您了。", "Group \(group.label) is yours now."),
          path: "/groups/\(group.id)")
      }, in: transaction)
  }

  /// The supervisor has a report to look at.
  func waiting(_ group: CareGroup, _ report: GroupReportID, in transaction: Transaction) throws {
    try messenger.send(
      [
        Message(
          to: group.standing.staff.supervisor, Self.waiting, about: group.id.rawValue,
          occasion: "report-\(report)",
          Phrase("小组 \(group.label) 的报告等您审核。", "The report of group \(group.label) waits for your approval."),
          path: "/groups/\(group.id)/reports/\(report)")
      ], in: transaction)
  }

  /// The leaders hear what the supervisor said.
  func decided(_ group: CareGroup, _ report: GroupReportID, in transaction: Transaction) throws {
    try messenger.send(
      group.standing.staff.leaders.map { leader in
        Message(
          to: leader, Self.decided, about: group.id.rawValue, occasion: "decided-\(report)",
          Phrase(
            "小组 \(group.label) 的报告有了督导的答复。", "The supervisor has answered the report of group \(group.label)."
          ),
          path: "/groups/\(group.id)/reports/\(report)")
      }, in: transaction)
  }
}
