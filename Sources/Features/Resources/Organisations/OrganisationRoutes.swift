import Database
import Hummingbird
import Kernel
import People
import Web

extension Organisations {
  private static let pageLength = 20
  private static let groupLength = 8

  /// What residents see, with an account or without.
  func addResidentPages(_ routes: inout Routes) {
    routes.get("/organisations", .everyone, objects: .community) { try await list($0) }
    routes.get("/organisations/:organisation", .everyone, objects: .community) { try await show($0) }
  }

  private func audience(_ visit: Visit) -> OrganisationAudience {
    visit.session == nil ? .everybody : .residents
  }

  private func list(_ visit: Visit) async throws -> Response {
    guard let kind = visit.query("kind").flatMap({ Organisation.Kind(rawValue: $0) }) else {
      return .page(try await network(visit), visit)
    }
    let after = visit.query("after").flatMap { OrganisationID($0) }
    let (community, audience) = (visit.community.id, audience(visit))
    let (part, records) = try await ground.database.read { snapshot in
      let part = Portion(
        try OrganisationStore.shown(
          to: audience, kind: kind, after: after, limit: Self.pageLength + 1, in: community, snapshot),
        of: Self.pageLength)
      return (part, try PromiseStore.records(of: part.shown.map(\.id), in: community, snapshot))
    }
    let next = part.last.map { "/organisations?kind=\(kind.rawValue)&after=\($0.id)" }
    return .page(
      OrganisationPages(say: visit.say).list(part.shown, records, kind: kind, next: next), visit)
  }

  /// The first of each role.
  private func network(_ visit: Visit) async throws -> Page {
    let (community, audience) = (visit.community.id, audience(visit))
    let (groups, records) = try await ground.database.read { snapshot in
      let groups = try Organisation.Kind.allCases.map { kind in
        let found = try OrganisationStore.shown(
          to: audience, kind: kind, after: nil, limit: Self.groupLength + 1, in: community, snapshot)
        return OrganisationPages.Group(
          kind: kind, shown: Array(found.prefix(Self.groupLength)), hasMore: found.count > Self.groupLength)
      }
      let ids = groups.flatMap { $0.shown.map(\.id) }
      return (groups, try PromiseStore.records(of: ids, in: community, snapshot))
    }
    return OrganisationPages(say: visit.say).network(groups, records)
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
