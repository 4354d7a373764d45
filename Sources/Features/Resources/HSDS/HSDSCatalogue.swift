import Database
import Kernel

/// Everything of a community that directories elsewhere may show: public, confirmed and not out of date. Gifts of persons,
/// stories and those who act for an organisation are not read at all. A neighbourhood has some hundreds of these, so that
/// they are filtered as values.
struct HSDSCatalogue: Sendable {
  let community: CommunityID
  let organisations: [Organisation]
  let services: [DirectoryService]
  let places: [PlaceID: Place]
  /// Nil where nobody wrote it yet: then no address is given.
  let address: KeptDirectoryAddress?
  private let owners: [OrganisationID: Organisation]

  init(
    community: CommunityID, organisations: [Organisation], services: [DirectoryService],
    places: [Place], address: KeptDirectoryAddress?
  ) {
    let owners = Dictionary(organisations.map { ($0.id, $0) }) { first, _ in first }
    self.community = community
    self.organisations = organisations
    self.owners = owners
    self.services = services.filter { owners[$0.organisation] != nil }
    self.places = Dictionary(places.map { ($0.id, $0) }) { first, _ in first }
    self.address = address
  }

  init(_ community: CommunityID, _ snapshot: Snapshot) throws {
    self.init(
      community: community, organisations: try OrganisationStore.published(in: community, snapshot),
      services: try DirectoryServiceStore.published(in: community, snapshot),
      places: try PlaceStore.current(seenBy: [.everybody], in: community, snapshot),
      address: try DirectoryAddressStore.find(in: community, snapshot))
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
    let place: Place
  }

  func organisation(of service: DirectoryService) -> Organisation? { owners[service.organisation] }

  func organisation(named name: String) -> Organisation? {
    organisations.first { self.name($0.id) == name }
  }

  func services(of organisation: Organisation) -> [DirectoryService] {
    services.filter { $0.organisation == organisation.id }
  }

  func service(named name: String) -> DirectoryService? { services.first { self.name($0.id) == name } }

  func places(of service: DirectoryService) -> [Place] {
    service.terms.places.sorted().compactMap { places[$0] }
  }

  /// Where an organisation gives its services, each place once.
  func places(of organisation: Organisation) -> [Place] {
    let ids = services(of: organisation).reduce(into: Set<PlaceID>()) { $0.formUnion($1.terms.places) }
    return ids.sorted().compactMap { places[$0] }
  }

  var joined: [Joined] {
    services.flatMap { service in places(of: service).map { Joined(service: service, place: $0) } }
  }

  func joined(named name: String) -> Joined? { joined.first { self.name($0) == name } }

  // MARK: - When it changed

  /// The latest change of a service or of anything that its full document shows.
  func changed(_ service: DirectoryService) -> Timestamp {
    let places = places(of: service)
    let owner = organisation(of: service)?.changedAt
    return ([service.changedAt, owner].compactMap(\.self) + changes(places)).max() ?? service.changedAt
  }

  func changed(_ organisation: Organisation) -> Timestamp {
    let services = services(of: organisation).map(\.changedAt)
    return ([organisation.changedAt] + services + changes(places(of: organisation))).max()
      ?? organisation.changedAt
  }

  func changed(_ joined: Joined) -> Timestamp { changed(joined.service) }

  private func changes(_ places: [Place]) -> [Timestamp] {
    if places.isEmpty { return [] }
    return places.map(\.changedAt) + [address?.changedAt].compactMap(\.self)
  }
}
