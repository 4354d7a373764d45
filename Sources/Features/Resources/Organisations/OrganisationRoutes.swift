import Database
import Hummingbird
import Kernel
import People
import Web

extension Organisations {
  private static let pageLength = 20

  /// What residents see, with an account or without.
  func addResidentPages(_ routes: inout Routes) {
    routes.get("/organisations", .everyone, objects: .community) { try await list($0) }
    routes.get("/organisations/:organisation", .everyone, objects: .community) { try await show($0) }
  }

  private func audience(_ visit: Visit) -> OrganisationAudience {
    visit.session == nil ? .everybody : .residents
  }

  private func list(_ visit: Visit) async throws -> Response {
    let kind = visit.query("kind").flatMap { Organisation.Kind(rawValue: $0) }
    let after = visit.query("after").flatMap { OrganisationID($0) }
    let (community, audience) = (visit.community.id, audience(visit))
    let found = try await ground.database.read { snapshot in
      try OrganisationStore.shown(
        to: audience, kind: kind, after: after, limit: Self.pageLength + 1, in: community, snapshot)
    }
    let part = Portion(found, of: Self.pageLength)
    let filter = kind.map { "kind=\($0.rawValue)&" } ?? ""
    let next = part.last.map { "/organisations?\(filter)after=\($0.id)" }
    return .page(OrganisationPages(say: visit.say).list(part.shown, kind: kind, next: next), visit)
  }

  private func show(_ visit: Visit) async throws -> Response {
    let id: OrganisationID = try visit.id("organisation")
    let (community, audience) = (visit.community.id, audience(visit))
    let view = try await ground.database.read { snapshot in
      guard
        let organisation = try OrganisationStore.shown(id, to: audience, in: community, snapshot)
      else { throw Problem.notFound }
      let services = try DirectoryServiceStore.all(of: id, in: community, snapshot)
      let open = try PlaceDirectory().publicCards(in: community, snapshot)
      return OrganisationPages.View(
        organisation: organisation, promises: try PromiseStore.all(of: id, in: community, snapshot),
        standings: try PromiseStore.standings(of: id, in: community, snapshot), services: services,
        places: Dictionary(open.map { ($0.id, $0) }) { first, _ in first })
    }
    return .page(OrganisationPages(say: visit.say).organisation(view, at: visit.now), visit)
  }
}
