import Database
import Hummingbird
import Kernel
import People
import Security
import Web

/// The doors of a group's reports.
struct GroupReportDoors: Sendable {
  let visits: GroupVisits

  func register(on routes: inout Routes) {
    let (readers, own) = (Groups.readers, Groups.own)
    routes.get("/groups/:group/reports/:report", for: readers, objects: own) { signedIn in
      .page(try await page(signedIn, .empty, []), signedIn)
    }
    routes.get("/groups/:group/reports/:report/print", for: readers, objects: own) { signedIn in
      let (pages, report) = try await report(signedIn, .print)
      guard report.decision?.isApproved == true else { throw Problem.notFound }
      return .page(pages.outside(report), signedIn)
    }
    routes.post("/groups/:group/reports/:report/decision", for: readers, objects: own, limits: Groups.limits)
    { try await decide($0) }
  }

  private func report(
    _ signedIn: SignedIn, _ look: GroupReadings.Look
  ) async throws -> (GroupReportPages, GroupReport) {
    let id: GroupReportID = try signedIn.id("report")
    let community = signedIn.community.id
    let check: @Sendable (OpenGroup, Snapshot) throws -> Void = { open, snapshot in
      let reports = try GroupReportStore.reports(of: open.id, in: community, snapshot)
      if !reports.contains(where: { $0.id == id }) { throw Problem.notFound }
    }
    let (view, report) = try await visits.look(signedIn, look, if: check) { view, _ in
      guard let report = view.reports.first(where: { $0.id == id }) else { throw Problem.notFound }
      return (view, report)
    }
    let pages = GroupReportPages(
      say: signedIn.say, token: signedIn.formToken, view: view, key: Form.newKey)
    return (pages, report)
  }

  private func page(_ signedIn: SignedIn, _ typed: FormState, _ alerts: [HTML]) async throws -> Page {
    let (pages, report) = try await report(signedIn, .report)
    return pages.page(report, typed: typed, saved: signedIn.query("saved") != nil, alerts: alerts)
  }

  private func decide(_ signedIn: SignedIn) async throws -> Response {
    let id: GroupReportID = try signedIn.id("report")
    return try await visits.answer(
      signedIn, page: { try await page(signedIn, $0, $1) }, saved: "/reports/\(id)?saved=1",
      read: { try GroupReportForm.decision($0, id, visits.desk) })
  }
}
