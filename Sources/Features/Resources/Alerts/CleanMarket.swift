import Database
import Kernel
import Messages
import People
import Security
import Web

/// Who is told by whom a report is, and hears their voice: social workers, as the page of reports promises. The committee
/// looks into reports with them, but lives next door to those whom they may be about.
enum AlertStaff {
  static let confidants: Set<Role> = [.socialWorker, .supervisor]
}

/// The clean market: reports of scams and of false advertising, warnings made of them, and the merchants' right of reply.
///
/// Source: paper 5.3, field/socialwork.md §4 item 6.
struct CleanMarket: Sendable {
  let ground: ResourceGround
  let ports: AlertPorts
  let reports: ReportDesk
  let cards: AlertDesk
  let hearings: HearingDesk

  /// - Parameter digests: finds reports about the same number; of table `resources_scam_report`, column `trace`.
  init(ground: ResourceGround, digests: BlindIndex, ports: AlertPorts = .none) {
    self.ground = ground
    self.ports = ports
    let notices = AlertNotices(messenger: ground.messenger, merchants: ground.ports.merchants)
    hearings = HearingDesk(
      listings: ports.listings, merchants: ground.ports.merchants, notices: notices)
    reports = ReportDesk(digests: digests, notices: notices, hearings: hearings)
    cards = AlertDesk(directory: ground.directory)
  }

  /// Where it is entered from the pages of the site.
  static let navigation: [NavigationItem] = [
    NavigationItem("/alerts", Phrase("防骗提醒", "Warnings")),
    NavigationItem("/report-scam", Phrase("遇到骗子了", "Report a scam"), isUrgent: true),
    NavigationItem("/my-replies", Phrase("请我说明的事", "What I am asked about"), roles: [.merchant]),
    NavigationItem("/alert-desk", Phrase("清朗市场", "A clean market"), roles: ResourceStaff.roles),
  ]

  /// All its doors.
  func register(on routes: inout Routes) {
    addReports(&routes)
    addAlerts(&routes)
    addReplies(&routes)
    addReportDesk(&routes)
    addAlertDesk(&routes)
  }

  /// What it does later.
  var jobs: [JobHandler] {
    [TellAlert.handler(ground.directory, reports.notices), ForgetReports.handler]
  }

  /// Everything that it tells people of.
  static let messageKinds: [MessageKind] = AlertNotices.kinds

  static let invariants: [Invariant] = AlertInvariants.invariants

  /// How long it keeps what.
  static let retentionRules: [RetentionRule] = ForgetReports.rules
}
