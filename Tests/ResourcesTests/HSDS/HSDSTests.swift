import Kernel
import People
import TestKit
import Testing

@testable import Resources

@Suite("Resources: HSDS")
struct HSDSTests {
  @Test("Pages together are the list, each thing once")
  func paging() {
    var random = SeededGenerator(seed: 72)
    for _ in 0..<200 {
      let all = Array(0..<Int.random(in: 0...250, using: &random))
      let size = Int.random(in: HSDSPaging.sizes, using: &random)
      let pages = HSDSPaging(page: 1, size: size).pages(of: all.count)
      let parts = (1...pages).map { HSDSPaging(page: $0, size: size).part(of: all) }
      #expect(parts.flatMap(\.self) == all)
      #expect(HSDSPaging(page: pages + 1, size: size).part(of: all).isEmpty)
    }
  }

  @Test("Every object has what HSDS requires")
  func required() throws {
    let community = CommunityID(rawValue: 5)
    let actor = Actor(person: PersonID(rawValue: 1), role: .socialWorker)
    let organisation = Organisation(
      id: OrganisationID(rawValue: 7), terms: OrganisationsFixture.terms(), confirmation: nil, closedAt: nil,
      revision: 0, createdAt: TestStation.start, createdBy: actor, changedAt: TestStation.start)
    let service = DirectoryService(
      id: DirectoryServiceID(rawValue: 8), organisation: organisation.id,
      terms: DirectoryServiceTerms(name: Phrase("陪诊", "Company"), description: Phrase("陪", "Comes")),
      revision: 0, createdAt: TestStation.start, changedAt: TestStation.start)
    let catalogue = HSDSCatalogue(
      community: community, organisations: [organisation], services: [service], places: [:])
    let documents = HSDSDocuments(catalogue: catalogue, language: .chinese)
    func lacks(_ value: HSDSValue, _ names: [String]) -> [String] { names.filter { value[$0] == nil } }
    let organization = documents.organization(organisation, isFull: true)
    #expect(lacks(organization, ["id", "name", "description"]).isEmpty)
    #expect(lacks(documents.service(service, isFull: true), ["id", "name", "status"]).isEmpty)
    #expect(lacks(documents.term(.association), ["id", "name", "description"]).isEmpty)
    #expect(catalogue.service(named: catalogue.name(service.id)) == service)
    #expect(catalogue.name(service.id).split(separator: "-").map(\.count) == [8, 4, 4, 4, 12])
  }

  @Test("A wrong parameter is named")
  func parameters() {
    for (name, value) in [("page", "0"), ("per_page", "x"), ("modified_after", "ever"), ("full", "2")] {
      var fields: [String] = []
      do {
        _ = try HSDSFilter { $0 == name ? value : nil }
      } catch {
        fields = (error as? Problem)?.fields.map(\.field) ?? []
      }
      #expect(fields == [name])
    }
  }
}
