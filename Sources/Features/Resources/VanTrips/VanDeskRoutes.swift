import Database
import Hummingbird
import Kernel
import People
import Web

/// Where the station sees all trips, and does for somebody what they cannot do themselves.
extension VanTrips {
  private static let pageLength = 50

  func addDesk(_ routes: inout Routes) {
    let staff = ResourceStaff.access
    routes.get("/van-desk", for: staff, objects: .community) { try await deskList($0) }
    routes.get("/van-desk/new", for: staff, objects: .community) { signedIn in
      .page(try await formPage(signedIn, isStaff: true, VanTripForm.suggestion, []), signedIn)
    }
    routes.post("/van-desk", for: staff, objects: .community, limits: ResourceStaff.writes) {
      try await plan($0, isStaff: true)
    }
    routes.get("/van-desk/:trip", for: staff, objects: .community) { signedIn in
      .page(try await tripPage(signedIn, isStaff: true), signedIn)
    }
    addSteps(&routes, "/van-desk", staff, .community, isStaff: true)
  }

  private func deskList(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    let kind = signedIn.query("list").flatMap(VanTripList.init(rawValue:)) ?? .coming
    let behind = signedIn.query("after").flatMap { VanTripID($0) }
    let (list, last) = try await ground.database.read { snapshot in
      let found = try page(kind, after: behind, length: Self.pageLength, in: community, snapshot)
      let shown = Set(found.shown.map(\.id))
      let list = VanTripPages.List(
        trips: found.shown, taken: try VanPartStore.taken(on: shown, in: community, snapshot),
        names: try parties.names(of: Set(found.shown.compactMap(\.party)), in: community, snapshot))
      return (list, found.last?.id)
    }
    let next = last.map { "/van-desk?list=\(kind.rawValue)&after=\($0)" }
    return .page(
      pages(signedIn, true).desk(list, kind, next: next, notices: signedIn.savedNotice), signedIn)
  }
}
