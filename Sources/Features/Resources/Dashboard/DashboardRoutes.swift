import Database
import Hummingbird
import Interop
import Kernel
import People
import Web

extension CommunityDashboard {
  /// What everybody sees.
  func addResidentPages(_ routes: inout Routes) {
    routes.get("/community-figures", .everyone, objects: .community) { visit in
      let all = try await publicSeries(visit)
      return .page(pages(visit).list(all), visit)
    }
    routes.get("/community-figures/:indicator", .everyone, objects: .community) { visit in
      let code = try visit.parameter("indicator")
      guard let series = try await publicSeries(visit).first(where: { $0.code == code }) else {
        throw Problem.notFound
      }
      return .page(pages(visit).one(series), visit)
    }
  }

  /// Where the station reads them and takes them along.
  func addDesk(_ routes: inout Routes) {
    let staff = ResourceStaff.access
    routes.get("/figures-desk", for: staff, objects: .community) { signedIn in
      let all = try await stationSeries(signedIn)
      let isBegun = try await ground.database.read {
        try IndicatorStore.isBegun(in: signedIn.community.id, $0)
      }
      return .page(
        pages(signedIn.visit).desk(all, key: isBegun ? nil : Form.newKey, notices: signedIn.savedNotice),
        signedIn)
    }
    routes.post("/figures-desk/begin", for: staff, objects: .community, limits: ResourceStaff.writes) {
      try await begin($0)
    }
    routes.get("/figures-desk/sheet", for: staff, objects: .community) { signedIn in
      let all = try await publicSeries(signedIn.visit)
      return .page(
        pages(signedIn.visit).sheet(all, isLarge: signedIn.query("size") == "a3"), signedIn)
    }
    routes.get("/figures-desk.csv", for: staff, objects: .community) { signedIn in
      let table = IndicatorSheet(say: signedIn.say).table(try await stationSeries(signedIn))
      let writer = CSVWriter()
      return .file(try writer.write(table), name: "figures.csv", type: writer.mediaType)
    }
    routes.get("/figures-desk.xlsx", for: staff, objects: .community) { signedIn in
      let table = IndicatorSheet(say: signedIn.say).table(try await stationSeries(signedIn))
      // Writing a workbook waits for a disk, so it runs on a database thread.
      let bytes = try await ground.database.read { _ in try XLSXWriter.write([table]) }
      return .file(bytes, name: "figures.xlsx", type: XLSXWriter.mediaType)
    }
  }

  private func begin(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let actor = try signedIn.actor(of: ResourceStaff.roles)
    let offset = signedIn.community.offsetSeconds
    try await ground.change(signedIn, form, "POST /figures-desk/begin") { transaction in
      try FreezeIndicators.begin(offsetSeconds: offset, in: transaction)
      try transaction.note("resources.begin_figures", by: actor, of: transaction.community.rawValue)
    }
    return .redirect(to: "/figures-desk?saved=1")
  }

  func publicSeries(_ visit: Visit) async throws -> [IndicatorSeries] {
    try await series(least: ShownIndicator.publicLeast, at: visit.now, in: visit.community)
  }

  private func stationSeries(_ signedIn: SignedIn) async throws -> [IndicatorSeries] {
    try await series(least: ShownIndicator.stationLeast, at: signedIn.now, in: signedIn.community)
  }

  private func pages(_ visit: Visit) -> DashboardPages {
    DashboardPages(say: visit.say, token: visit.formToken)
  }
}
