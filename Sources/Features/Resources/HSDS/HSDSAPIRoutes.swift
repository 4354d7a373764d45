import Database
import Hummingbird
import Kernel
import Web

extension HSDS {
  static let base = "/hsds"
  private static let version = "3.0"
  private static let profile = "https://docs.openreferral.org/en/3.0/hsds/overview.html"

  func addDoors(_ routes: inout Routes) {
    routes.get(Self.base, .everyone, objects: .none) { visit in .hsds(Self.root(visit)) }
    routes.get("\(Self.base)/openapi.json", .everyone, objects: .none) { visit in
      .hsds(HSDSOpenAPI.document(server: "\(visit.origin)\(Self.base)"))
    }
    addServices(&routes)
    addOrganizations(&routes)
    addTaxonomies(&routes)
  }

  private func addServices(_ routes: inout Routes) {
    addList(&routes, "services") { documents, filter in
      documents.catalogue.services(filter).map { Entry(documents.service($0, filter.depth)) }
    }
    addOne(&routes, "services") { documents, name, _ in
      documents.catalogue.service(named: name).map { documents.service($0, .full) }
    }
    addList(&routes, "service_at_locations") { documents, filter in
      documents.catalogue.joined(filter).map { Entry(documents.joined($0, filter.depth)) }
    }
    addOne(&routes, "service_at_locations") { documents, name, _ in
      documents.catalogue.joined(named: name).map { documents.joined($0, .full) }
    }
  }

  private func addOrganizations(_ routes: inout Routes) {
    addList(&routes, "organizations") { documents, filter in
      let (depth, services) = Self.depths(filter)
      return documents.catalogue.organisations(filter).map {
        Entry(documents.organization($0, depth, services: services))
      }
    }
    addOne(&routes, "organizations") { documents, name, filter in
      documents.catalogue.organisation(named: name).map {
        documents.organization($0, .full, services: filter.hasFullServices ? .full : .basic)
      }
    }
  }

  /// Who asks for full services asks for a full organization.
  private static func depths(
    _ filter: HSDSFilter
  ) -> (organization: HSDSDocuments.Depth, services: HSDSDocuments.Depth) {
    filter.hasFullServices ? (.full, .full) : (filter.depth, .basic)
  }

  private func addTaxonomies(_ routes: inout Routes) {
    addList(&routes, "taxonomies") { documents, filter in
      let isMeant = documents.catalogue.hasTaxonomy(filter) && documents.taxonomySays(filter.search)
      return isMeant ? [Entry(documents.taxonomy)] : []
    }
    addOne(&routes, "taxonomies") { documents, name, _ in
      name == documents.catalogue.taxonomy ? documents.taxonomy : nil
    }
    addList(&routes, "taxonomy_terms") { documents, filter in
      documents.catalogue.terms(filter).map { Entry(documents.term($0)) }
    }
    addOne(&routes, "taxonomy_terms") { documents, name, _ in
      documents.catalogue.term(named: name).map { documents.term($0) }
    }
  }

  private static func root(_ visit: Visit) -> HSDSValue {
    .object([
      .init("version", .text(version)), .init("profile", .text(profile)),
      .init("openapi_url", .text("\(visit.origin)\(base)/openapi.json")),
    ])
  }

  // MARK: - Doors

  /// An entry of a list, which is made only where its page is shown.
  struct Entry: Sendable {
    let document: @Sendable () -> HSDSValue

    init(_ document: @escaping @Sendable @autoclosure () -> HSDSValue) {
      self.document = document
    }
  }

  private func documents(_ visit: Visit) async throws -> HSDSDocuments {
    let community = visit.community.id
    let catalogue = try await ground.database.read { try HSDSCatalogue(community, $0) }
    return HSDSDocuments(
      catalogue: catalogue, language: visit.language, offsetSeconds: visit.community.offsetSeconds)
  }

  private func addList(
    _ routes: inout Routes, _ name: String,
    _ contents: @escaping @Sendable (HSDSDocuments, HSDSFilter) -> [Entry]
  ) {
    routes.get("\(Self.base)/\(name)", .everyone, objects: .community) { visit in
      try await answer(visit) {
        let filter = try HSDSFilter { visit.query($0) }
        return filter.paging.document(contents(try await documents(visit), filter)) { $0.document() }
      }
    }
  }

  private func addOne(
    _ routes: inout Routes, _ name: String,
    _ find: @escaping @Sendable (HSDSDocuments, String, HSDSFilter) -> HSDSValue?
  ) {
    routes.get("\(Self.base)/\(name)/:id", .everyone, objects: .community) { visit in
      try await answer(visit) {
        let (id, filter) = (try visit.parameter("id").lowercased(), try HSDSFilter { visit.query($0) })
        guard let found = find(try await documents(visit), id, filter) else { throw Problem.notFound }
        return found
      }
    }
  }

  /// Programs that read directories do not always say that they want JSON; what is wrong is told in it all the same.
  private func answer(_ visit: Visit, _ work: () async throws -> HSDSValue) async throws -> Response {
    do {
      return .hsds(try await work())
    } catch let problem as Problem {
      return .problem(problem, visit)
    }
  }
}

extension Response {
  fileprivate static func hsds(_ document: HSDSValue) -> Response {
    .json(stored: document.bytes, status: .ok)
  }
}
