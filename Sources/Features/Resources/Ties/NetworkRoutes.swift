import Database
import Hummingbird
import Interop
import Kernel
import People
import Web

extension NeighbourhoodNetwork {
  /// What everybody sees of the quarter that ended last.
  func addResidentPage(_ routes: inout Routes) {
    routes.get("/network", .everyone, objects: .community) { visit in
      let quarter = Quarter(visit.now, offsetSeconds: visit.community.offsetSeconds).previous
      let view = try await self.view(quarter, least: ShownNetwork.publicLeast, in: visit.community.id)
      let pages = NetworkPages(say: visit.say, token: visit.formToken, names: view.names)
      return .page(pages.everybody(quarter, view.shown), visit)
    }
  }

  /// Where the station reads quarters and has them computed.
  func addDesk(_ routes: inout Routes) {
    let staff = ResourceStaff.access
    routes.get("/network-desk", for: staff, objects: .community) { signedIn in
      let quarter = try quarter(signedIn.query("quarter"), signedIn)
      let view = try await deskView(quarter, signedIn)
      return .page(
        pages(view, signedIn).desk(
          quarter, isCurrent: quarter == current(signedIn), view.report, view.shown, key: Form.newKey,
          notices: signedIn.savedNotice), signedIn)
    }
    routes.post(
      "/network-desk/compute", for: staff, objects: .community, limits: ResourceStaff.writes
    ) { try await compute($0) }
    routes.get("/network-desk/table.csv", for: staff, objects: .community) { signedIn in
      let quarter = try quarter(signedIn.query("quarter"), signedIn)
      let view = try await deskView(quarter, signedIn)
      guard let shown = view.shown else { throw Problem.notFound }
      let parts = NetworkParts(say: signedIn.say, names: view.names)
      let writer = CSVWriter()
      return .file(
        try writer.write(NetworkSheet(parts: parts).table(quarter, shown)),
        name: "network-\(quarter).csv", type: writer.mediaType)
    }
    routes.get("/network-desk/sheet", for: staff, objects: .community) { signedIn in
      let quarter = try quarter(signedIn.query("quarter"), signedIn)
      let view = try await deskView(quarter, signedIn)
      guard let shown = view.shown else { throw Problem.notFound }
      return .page(pages(view, signedIn).sheet(quarter, shown), signedIn)
    }
  }

  private func pages(_ view: View, _ signedIn: SignedIn) -> NetworkPages {
    NetworkPages(say: signedIn.say, token: signedIn.formToken, names: view.names)
  }

  private func compute(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let quarter = try quarter(form["quarter"], signedIn)
    let actor = try signedIn.actor(of: ResourceStaff.roles)
    let offset = signedIn.community.offsetSeconds
    try await ground.change(signedIn, form, "POST /network-desk/compute") { transaction in
      try NetworkRequests.ask(quarter, by: actor, in: transaction)
      try GatherTies.begin(offsetSeconds: offset, in: transaction)
      try transaction.note(
        "resources.compute_network", by: actor, of: Int64(quarter.year * 10 + quarter.number))
    }
    return .redirect(to: "/network-desk?quarter=\(quarter)")
  }

  private func current(_ signedIn: SignedIn) -> Quarter {
    Quarter(signedIn.now, offsetSeconds: signedIn.community.offsetSeconds)
  }

  /// The quarter that is asked for; the one that ended last where none is.
  /// - Throws: `not_found` for what is no quarter or has not begun.
  private func quarter(_ text: String?, _ signedIn: SignedIn) throws -> Quarter {
    let current = current(signedIn)
    guard let text else { return current.previous }
    guard let quarter = Quarter(text), quarter <= current else { throw Problem.notFound }
    return quarter
  }

  // MARK: - Reading

  struct View: Sendable {
    let report: NetworkReport?
    let shown: ShownNetwork?
    /// Of merchants and organisations.
    let names: [Party: Phrase]
  }

  private func deskView(_ quarter: Quarter, _ signedIn: SignedIn) async throws -> View {
    try await view(quarter, least: ShownNetwork.stationLeast, in: signedIn.community.id)
  }

  private func view(_ quarter: Quarter, least: Int, in community: CommunityID) async throws -> View {
    try await ground.database.read { snapshot in
      let report = try NetworkReportStore.find(quarter, in: community, snapshot)
      let shown = report?.figures.flatMap { ShownNetwork($0, least: least) }
      let names = try ResourceParties(ground: ground).publicNames(
        of: Set(shown?.named ?? []), in: community, snapshot)
      return View(report: report, shown: shown, names: names)
    }
  }
}
