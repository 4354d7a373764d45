import Kernel
import People

/// How much of a report somebody sees. Source: field/socialwork.md §2.5 and §2.8: each stage is visible to whom it concerns.
enum ReportSight: Sendable, Comparable, CaseIterable {
  /// The title, the question, the stage and its dates.
  case tracker
  /// The document as it went out, and the replies that were published.
  case document
  /// The document, all replies, and the form to reply.
  case addressee
  /// Everything, and the forms to write it.
  case author

  /// - Parameters:
  ///   - person: nil for somebody who is not signed in.
  ///   - roles: what they hold here.
  static func of(_ report: Report, for person: PersonID?, holding roles: Set<Role>) -> ReportSight {
    let state = report.standing.state
    if let person, !roles.isDisjoint(with: ReportRoles.station),
      report.authors.contains(person) || report.supervisor == person
    {
      return .author
    }
    if roles.contains(.governmentReader), state.isOut { return .addressee }
    if state.isOut { return .document }
    let isAsked =
      report.standing.asksCommittee && (state == .complete || state == .checked || state == .approved)
    return roles.contains(.committee) && isAsked ? .document : .tracker
  }

  /// Whether replies are shown that were not published.
  var seesAllReplies: Bool { self >= .addressee }
}

/// Who may do what with reports.
enum ReportRoles {
  /// Who writes and looks after reports.
  static let station: Set<Role> = [.socialWorker, .supervisor]
  /// Who reads and answers for a department. The role has no door but those that name it, and those that are open to all.
  static let government: Set<Role> = [.governmentReader]
}
