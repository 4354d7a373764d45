import Database
import Hummingbird
import Kernel
import Web

extension HSDS {
  private static let version = "3.0"
  private static let specification = "https://docs.openreferral.org/en/v3.0/hsds/api_reference.html"

  func addDoors(_ routes: inout Routes) {
    routes.get("/hsds", .everyone, objects: .none) { visit in .hsds(Self.root(visit)) }
    addList(&routes, "/hsds/services") { documents, filter in
      documents.catalogue.services(filter).map { documents.service($0, isFull: filter.isFull) }
    }
    addOne(&routes, "/hsds/services/:service", "service") { documents, name in
      documents.catalogue.service(named: name).map { documents.service($0, isFull: true) }
    }
    addList(&routes, "/hsds/organizations") { documents, filter in
      documents.catalogue.organisations(filter).map { documents.organization($0, isFull: filter.isFull) }
    }
    addOne(&routes, "/hsds/organizations/:organization", "organization") { documents, name in
      documents.catalogue.organisation(named: name).map { documents.organization($0, isFull: true) }
    }
    addList(&routes, "/hsds/service_at_locations") { documents, filter in
      documents.catalogue.joined(filter).map { documents.joined($0, withService: filter.isFull) }
    }
    addOne(&routes, "/hsds/service_at_locations/:joined", "joined") { documents, name in
      documents.catalogue.joined(named: name).map { documents.joined($0, withService: true) }
    }
    addList(&routes, "/hsds/taxonomies") { documents, _ in [documents.taxonomy] }
    addList(&routes, "/hsds/taxonomy_terms") { documents, filter in
      Organisation.Kind.allCases.filter { HSDSCatalogue.says([$0.name], filter.search) }
        .map { documents.term($0) }
    }
  }

  private static func root(_ visit: Visit) -> HSDSValue {
    .object([
      .init("version", .text(version)), .init("profile", .text(specification)),
      .init("openapi_url", .text(specification)),
    ])
  }

  private func documents(_ visit: Visit) async throws -> HSDSDocuments {
    let community = visit.community.id
    let catalogue = try await ground.database.read { try HSDSCatalogue(community, $0) }
    return HSDSDocuments(catalogue: catalogue, language: visit.language)
  }

  private func addList(
    _ routes: inout Routes, _ path: String,
    _ contents: @escaping @Sendable (HSDSDocuments, HSDSFilter) -> [HSDSValue]
  ) {
    routes.get(path, .everyone, objects: .community) { visit in
      try await answer(visit) {
        let filter = try HSDSFilter { visit.query($0) }
        return filter.paging.document(contents(try await documents(visit), filter))
      }
    }
  }

  private func addOne(
    _ routes: inout Routes, _ path: String, _ parameter: String,
    _ find: @escaping @Sendable (HSDSDocuments, String) -> HSDSValue?
  ) {
    routes.get(path, .everyone, objects: .community) { visit in
      try await answer(visit) {
        let name = try visit.parameter(parameter).lowercased()
        guard let found = find(try await documents(visit), name) else { throw Problem.notFound }
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
