import Database
import Hummingbird
import Kernel
import Web

/// The door of the lists of cases.
struct CaseListDoors: Sendable {
  private static let listLimit = 500

  let visits: CaseVisits

  func register(on routes: inout Routes) {
    routes.get("/cases", for: CaseForms.readers, objects: CaseForms.own) { try await list($0) }
  }

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let reader = try await visits.reader(signedIn)
    let community = signedIn.community.id
    let showsClosed = signedIn.query("closed") != nil
    let entries = try await visits.database.read { [desk = visits.desk] snapshot in
      let scope = CaseScope(reader, at: snapshot.now)
      let files = try CaseStore.list(
        scope, isOpen: !showsClosed, limit: Self.listLimit, in: community, snapshot)
      let open = try desk.doorkeeper.open(files, for: reader, in: community, snapshot)
      return try CaseListReading(desk: desk).entries(open, in: community, snapshot)
    }
    let pages = CaseListPages(say: signedIn.say, now: signedIn.now)
    return .page(
      pages.list(entries, showsClosed: showsClosed, maySupervise: reader.roles.contains(.supervisor)),
      signedIn)
  }
}
