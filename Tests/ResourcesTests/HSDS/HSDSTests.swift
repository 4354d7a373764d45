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
      let beyond = HSDSPaging(page: pages + 1, size: size).document(all) { .integer($0) }
      #expect(beyond["empty"] == .flag(true))
      #expect(beyond["size"] == .integer(0))
    }
  }

  @Test("A wrong parameter is named")
  func parameters() {
    let wrong = [
      ("page", "0"), ("per_page", "x"), ("modified_after", "ever"), ("full", "2"), ("taxonomy_id", "1"),
      ("proximity", "500"), ("minimal", "perhaps"),
    ]
    for (name, value) in wrong {
      var fields: [String] = []
      do {
        _ = try HSDSFilter { $0 == name ? value : nil }
      } catch {
        fields = (error as? Problem)?.fields.map(\.field) ?? []
      }
      #expect(fields == [name])
    }
    #expect(throws: Problem.unknownHSDSFormat) { try HSDSFilter { $0 == "format" ? "ndjson" : nil } }
    #expect(throws: Never.self) { try HSDSFilter { $0 == "format" ? "json" : nil } }
  }

  @Test("What filters leave together is what each of them leaves")
  func cumulative() {
    var fixture = HSDSFixture(seed: 73)
    for _ in 0..<200 {
      let catalogue = fixture.catalogue()
      let parts = filters(catalogue, &fixture)
      var all = HSDSFilter()
      all.search = parts[0].search
      all.term = parts[1].term
      all.organization = parts[2].organization
      all.modifiedAfter = parts[3].modifiedAfter
      all.taxonomy = parts[4].taxonomy
      let services = parts.map { Set(catalogue.services($0).map(\.id)) }
      let expected = services.dropFirst().reduce(services[0]) { $0.intersection($1) }
      #expect(Set(catalogue.services(all).map(\.id)) == expected)
      let organisations = parts.map { Set(catalogue.organisations($0).map(\.id)) }
      let shown = organisations.dropFirst().reduce(organisations[0]) { $0.intersection($1) }
      #expect(Set(catalogue.organisations(all).map(\.id)) == shown)
    }
  }

  /// One filter for each thing that can be asked for.
  private func filters(_ catalogue: HSDSCatalogue, _ fixture: inout HSDSFixture) -> [HSDSFilter] {
    var filters = [HSDSFilter](repeating: HSDSFilter(), count: 5)
    filters[0].search = ["", "陪诊", "QUOTED"].randomElement(using: &fixture.random) ?? ""
    let owner = catalogue.organisations.randomElement(using: &fixture.random)
    if Bool.random(using: &fixture.random) { filters[1].term = owner.map { catalogue.term($0.terms.kind) } }
    if Bool.random(using: &fixture.random) { filters[2].organization = owner.map { catalogue.name($0.id) } }
    filters[3].modifiedAfter = catalogue.services.randomElement(using: &fixture.random).map {
      catalogue.changed($0)
    }
    filters[4].taxonomy = catalogue.taxonomy
    return filters
  }

  @Test("What was changed at the moment itself is among what was modified after it")
  func modified() {
    var fixture = HSDSFixture(seed: 74)
    for _ in 0..<100 {
      let catalogue = fixture.catalogue()
      for service in catalogue.services {
        var filter = HSDSFilter()
        filter.modifiedAfter = catalogue.changed(service)
        let at = catalogue.services(filter).contains { $0.id == service.id }
        filter.modifiedAfter = catalogue.changed(service) + .microseconds(1)
        let later = catalogue.services(filter).contains { $0.id == service.id }
        #expect(at && !later)
        let parts = catalogue.places(of: service).map(\.changedAt) + [service.changedAt]
        #expect(parts.allSatisfy { $0 <= catalogue.changed(service) })
      }
    }
  }

  @Test("Weekly rules say when somewhere is open, each time once")
  func schedules() {
    var fixture = HSDSFixture(seed: 75)
    for _ in 0..<200 {
      let hours = fixture.hours()
      let rules = HSDSSchedule.rules(of: hours)
      var days: [Int: [OpeningHours.Interval]] = [:]
      for rule in rules {
        for day in rule.days { days[day, default: []].append(rule.times) }
      }
      #expect(OpeningHours(days) == hours)
      #expect(Set(rules.map(\.times)).count == rules.count)
    }
    #expect(HSDSSchedule.clock(540, 8 * 3600) == "09:00+08:00")
    #expect(HSDSSchedule.clock(1440, -(3 * 3600 + 1800)) == "23:59-03:30")
    let week = OpeningHours("周一至周五 9:00–17:00；周六 9:00–12:00")
    let rules = week.map { HSDSSchedule.rules(of: $0) } ?? []
    #expect(rules.map(\.byDay) == ["MO,TU,WE,TH,FR", "SA"])
  }

  @Test("A name stays the same, and no two things share one")
  func names() {
    let (here, there) = (CommunityID(rawValue: 5), CommunityID(rawValue: 6))
    var names: [String] = []
    for thing in HSDSIdentifiers.Thing.allCases {
      for community in [here, there] {
        names += (1...20).map { HSDSIdentifiers.uuid(thing, community, $0) }
      }
    }
    #expect(Set(names).count == names.count)
    #expect(HSDSIdentifiers.uuid(.service, here, 7) == HSDSIdentifiers.uuid(.service, here, 7))
    #expect(names.allSatisfy { $0.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12] })
  }
}
