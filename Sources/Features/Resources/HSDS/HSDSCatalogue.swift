import Database
import Kernel

/// Everything of a community that directories elsewhere may show: public, confirmed and not out of date. Gifts of persons
/// and stories are not read at all. A neighbourhood has some hundreds of these, so that they are filtered as values.
struct HSDSCatalogue: Sendable {
  let community: CommunityID
  let organisations: [Organisation]
  let services: [DirectoryService]
  let places: [PlaceID: PlaceCard]

  init(
    community: CommunityID, organisations: [Organisation], services: [DirectoryService],
    places: [PlaceID: PlaceCard]
  ) {
    let shown = Set(organisations.map(\.id))
    self.community = community
    self.organisations = organisations
    self.services = services.filter { shown.contains($0.organisation) }
    self.places = places
  }

  init(_ community: CommunityID, _ snapshot: Snapshot) throws {
    let cards = try PlaceDirectory().publicCards(in: community, snapshot)
    self.init(
      community: community, organisations: try OrganisationStore.published(in: community, snapshot),
      services: try DirectoryServiceStore.published(in: community, snapshot),
      places: Dictionary(cards.filter(\.isPublic).map { ($0.id, $0) }) { first, _ in first })
  }

  // MARK: - Names

  func name(_ id: OrganisationID) -> String {
    HSDSIdentifiers.uuid(.organization, community, id.rawValue)
  }

  func name(_ id: DirectoryServiceID) -> String { HSDSIdentifiers.uuid(.service, community, id.rawValue) }

  func name(_ id: PlaceID) -> String { HSDSIdentifiers.uuid(.location, community, id.rawValue) }

  func name(_ joined: Joined) -> String {
    HSDSIdentifiers.uuid(.place, community, joined.service.id.rawValue, joined.place.id.rawValue)
  }

  var taxonomy: String { HSDSIdentifiers.uuid(.taxonomy, community, key: "kinds") }

  func term(_ kind: Organisation.Kind) -> String {
    HSDSIdentifiers.uuid(.term, community, key: kind.rawValue)
  }

  // MARK: - Finding

  /// A service at one of its places.
  struct Joined: Sendable {
    let service: DirectoryService
    let place: PlaceCard
  }

  func organisation(of service: DirectoryService) -> Organisation? {
    organisations.first { $0.id == service.organisation }
  }

  func organisation(named name: String) -> Organisation? {
    organisations.first { self.name($0.id) == name }
  }

  func service(named name: String) -> DirectoryService? { services.first { self.name($0.id) == name } }

  func places(of service: DirectoryService) -> [PlaceCard] {
    service.terms.places.sorted().compactMap { places[$0] }
  }

  var joined: [Joined] {
    services.flatMap { service in places(of: service).map { Joined(service: service, place: $0) } }
  }

  func joined(named name: String) -> Joined? { joined.first { self.name($0) == name } }

  // MARK: - Filtering

  func organisations(_ filter: HSDSFilter) -> [Organisation] {
    organisations.filter { organisation in
      Self.says([organisation.terms.name, organisation.terms.description], filter.search)
        && filter.organization.map { $0 == name(organisation.id) } ?? true
        && filter.term.map { $0 == term(organisation.terms.kind) } ?? true
        && filter.modifiedAfter.map { organisation.changedAt > $0 } ?? true
    }
  }

  func services(_ filter: HSDSFilter) -> [DirectoryService] {
    services.filter { isMeant($0, filter) }
  }

  func joined(_ filter: HSDSFilter) -> [Joined] { joined.filter { isMeant($0.service, filter) } }

  private func isMeant(_ service: DirectoryService, _ filter: HSDSFilter) -> Bool {
    guard let organisation = organisation(of: service) else { return false }
    return Self.says([service.terms.name, service.terms.description], filter.search)
      && filter.organization.map { $0 == name(organisation.id) } ?? true
      && filter.term.map { $0 == term(organisation.terms.kind) } ?? true
      && filter.modifiedAfter.map { service.changedAt > $0 } ?? true
  }

  /// Whether one of the texts has the words in it, in either language.
  static func says(_ texts: [Phrase], _ words: String) -> Bool {
    if words.isEmpty { return true }
    let wanted = words.lowercased()
    return texts.contains { text in
      text.chinese.lowercased().contains(wanted) || text.english.lowercased().contains(wanted)
    }
  }
}
