import Database
import Hummingbird
import Kernel
import People
import Web

/// The doors of reports for everybody: to read, to print, and to follow.
struct ReportDoors: Sendable {
  private static let listLimit = 20

  let reports: Reports

  func register(on routes: inout Routes) {
    routes.get("/reports", .everyone, objects: .community) { try await list($0) }
    routes.get("/reports/:report", .everyone, objects: .community) { try await report($0) }
    routes.get("/reports/:report/print", .everyone, objects: .community) { try await paper($0) }
    for isFollowed in [true, false] {
      routes.post(
        "/reports/:report/\(isFollowed ? "follow" : "unfollow")", for: .signedIn, objects: .community,
        limits: Reports.writes
      ) { try await follow($0, isFollowed) }
    }
  }

  private func pages(_ visit: Visit) -> ReportPages { ReportPages(say: visit.say, now: visit.now) }

  private func list(_ visit: Visit) async throws -> Response {
    let community = visit.community.id
    let last = visit.query("before").flatMap { ReportID($0) }
    let found = try await reports.database.read {
      try ReportStore.page(before: last, limit: Self.listLimit + 1, in: community, $0)
    }
    let part = Portion(found, of: Self.listLimit)
    return .page(pages(visit).list(part.shown, next: part.last?.id), visit)
  }

  /// A report with how much of it this visitor may see.
  /// - Throws: `not_found`.
  private func shown(_ visit: Visit) async throws -> (ShownReport, ReportSight, follows: Bool) {
    let id: ReportID = try visit.id("report")
    let (community, session) = (visit.community.id, visit.session)
    let reading = try await reports.reading(visit)
    return try await reports.database.read { snapshot in
      let document = try reading.document(id, snapshot)
      let sight = ReportSight.of(
        document.report, for: session?.personID, holding: session?.roles ?? [])
      let follows = try session.map {
        try ReportTellingStore.follows(id, $0.personID, in: community, snapshot)
      }
      return (try reading.shown(document, snapshot), sight, follows ?? false)
    }
  }

  private func report(_ visit: Visit) async throws -> Response {
    let (shown, sight, follows) = try await shown(visit)
    let visitor = visit.session.map { _ in
      ReportPages.Visitor(token: visit.formToken, key: Form.newKey, follows: follows)
    }
    let notices = visit.query("saved").map { _ in
      [PageParts.notice(visit.say("记下了。", "Noted."), .good)]
    }
    return .page(
      pages(visit).report(shown, for: sight, visitor: visitor, alerts: notices ?? []), visit)
  }

  /// - Throws: `not_found` for whoever may not see the document.
  private func paper(_ visit: Visit) async throws -> Response {
    let (shown, sight, _) = try await shown(visit)
    guard sight >= .document else { throw Problem.notFound }
    let pages = ReportPrintPages(
      say: visit.say, community: visit.community.name, phoneNumber: visit.community.phoneNumber)
    return .page(pages.report(shown, for: sight), visit)
  }

  private func follow(_ signedIn: SignedIn, _ isFollowed: Bool) async throws -> Response {
    let form = try await signedIn.form()
    let id: ReportID = try signedIn.id("report")
    let person = signedIn.personID
    try await reports.database.once("POST /reports/follow", form, signedIn) { transaction in
      guard try ReportStore.find(id, in: transaction.community, transaction) != nil else {
        throw Problem.notFound
      }
      if isFollowed {
        try ReportTellingStore.follow(id, by: person, in: transaction)
      } else {
        try ReportTellingStore.stop(id, by: person, in: transaction)
      }
      return ""
    }
    return .redirect(to: "\(ReportParts.path(id))?saved=1")
  }
}
