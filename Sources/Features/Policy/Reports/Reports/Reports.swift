import Database
import Hummingbird
import Kernel
import Messages
import People
import Web

/// Reports, from the question to what residents are told: what every part of them works with, and all their doors.
struct Reports: Sendable {
  let database: Database
  let directory: Directory
  let library: PolicyLibrary
  let ports: ReportPorts
  let desk: ReportDesk

  /// What one person may send of reports.
  static let writes = [RateLimit("policy.report_write", 30, per: .hours(1))]
  /// What one member of staff may send; a report is written in many small pieces.
  static let deskWrites = [RateLimit("policy.report_desk", 600, per: .hours(1))]

  init(
    database: Database, directory: Directory, messenger: Messenger, library: PolicyLibrary, ports: ReportPorts
  ) {
    self.database = database
    self.directory = directory
    self.library = library
    self.ports = ports
    desk = ReportDesk(directory: directory, messenger: messenger, library: library, ports: ports)
  }

  // MARK: - For the front door

  func register(on routes: inout Routes) {
    ReportDoors(reports: self).register(on: &routes)
    ReportAPI(database: database).register(on: &routes)
    ReportDeskDoors(reports: self).register(on: &routes)
    ReportWritingDoors(reports: self).register(on: &routes)
    ReportReplyDoors(reports: self).register(on: &routes)
    GovernmentDoors(reports: self).register(on: &routes)
  }

  var jobs: [JobHandler] { ReportJobs.handlers(desk) }

  static let navigation: [NavigationItem] = [
    NavigationItem("/reports", Phrase("居民报告", "Reports")),
    NavigationItem("/report-desk", Phrase("写报告", "Reports’ desk"), roles: ReportRoles.station),
    NavigationItem("/government", Phrase("政府查阅", "Government desk"), roles: ReportRoles.government),
  ]

  static let messageKinds = ReportNotices.kinds
  static let invariants = ReportInvariants.invariants

  static let retentionRules: [RetentionRule] = [
    RetentionRule(
      Phrase("报告、送出和答复的经过", "Reports, and how they were sent and answered"),
      term: Phrase("一直留着，不写居民是谁", "They stay; no resident is named in them"),
      reason: Phrase("大家反映的事要查得到", "So that what was raised can be looked up")),
    RetentionRule(
      Phrase("您关注的报告", "Reports that you follow"),
      term: Phrase("到您不再关注为止；注销当天删掉", "Until you stop following them; deleted the day you are"),
      reason: Phrase("有了结果告诉您", "To tell you what comes of them")),
  ]

  // MARK: - For the doors

  func reading(_ visiting: some Visiting) async throws -> ReportReading {
    let community = visiting.visit.community.id
    return ReportReading(
      quotes: try await ports.quotes.opened(community), library: library, community: community)
  }

  /// Today on the calendar of the community.
  static func today(_ visiting: some Visiting) -> PolicyDay {
    PolicyDay(visiting.visit.now, offsetSeconds: visiting.visit.community.offsetSeconds)
  }
}
