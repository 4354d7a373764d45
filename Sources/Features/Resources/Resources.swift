package import Database
package import Interop
package import Kernel
package import Messages
package import People
package import Security
package import Web

/// The front door of Resources: what the neighbourhood already has, who gives it to whom, and what grows of it.
/// Source: paper 2.1 and 5.3, field/socialwork.md §2.10 and §2.11.
package struct Resources: Sendable {
  let organisations: Organisations
  let places: Places
  let assets: AssetMap
  let offersAndNeeds: OffersAndNeeds
  let logistics: Logistics
  let vanTrips: VanTrips
  let network: NeighbourhoodNetwork
  let cleanMarket: CleanMarket
  let dashboard: CommunityDashboard
  let listing: HSDS

  /// - Parameters:
  ///   - directory: what may be asked about people, consent among it.
  ///   - vault: what people write is sealed under the community's keys.
  ///   - messenger: through which people are told.
  ///   - pictures: makes fresh pictures of what somebody sent.
  ///   - reportDigests: by which reports about one number are known as such.
  ///   - ports: what other features answer.
  ///   - ties: relations that other features see.
  ///   - alerts: where warnings are looked for and held against.
  ///   - indicators: figures that other features can count, each code once.
  package init(
    database: Database, directory: Directory, vault: Vault, messenger: Messenger,
    pictures: PictureReencoder, reportDigests: BlindIndex, ports: ResourcePorts = .none,
    ties: TieSources = .none, alerts: AlertPorts = .none, indicators: [IndicatorSource] = []
  ) {
    let ground = ResourceGround(
      database: database, directory: directory, vault: vault, messenger: messenger, pictures: pictures,
      ports: ports)
    organisations = Organisations(ground: ground)
    places = Places(ground: ground)
    assets = AssetMap(ground: ground)
    offersAndNeeds = OffersAndNeeds(ground: ground)
    logistics = Logistics(ground: ground)
    vanTrips = VanTrips(ground: ground)
    network = NeighbourhoodNetwork(ground: ground, sources: ties)
    cleanMarket = CleanMarket(ground: ground, digests: reportDigests, ports: alerts)
    dashboard = CommunityDashboard(ground: ground, sources: indicators)
    listing = HSDS(ground: ground)
  }

  /// Where it is entered from the pages of the site.
  package static let navigation: [NavigationItem] =
    AssetMap.navigation + OffersAndNeeds.navigation + Places.navigation + Logistics.navigation
    + VanTrips.navigation
    + Organisations.navigation + CleanMarket.navigation + NeighbourhoodNetwork.navigation
    + CommunityDashboard.navigation

  /// All its doors.
  package func register(on routes: inout Routes) {
    organisations.register(on: &routes)
    places.register(on: &routes)
    assets.register(on: &routes)
    offersAndNeeds.register(on: &routes)
    logistics.register(on: &routes)
    vanTrips.register(on: &routes)
    network.register(on: &routes)
    cleanMarket.register(on: &routes)
    dashboard.register(on: &routes)
    listing.register(on: &routes)
  }

  /// What it does later.
  package var jobs: [JobHandler] {
    organisations.jobs + places.jobs + assets.jobs + offersAndNeeds.jobs + logistics.jobs + vanTrips.jobs
      + network.jobs
      + cleanMarket.jobs + dashboard.jobs
  }

  /// Computes the network's quarters in the background.
  package var networkWork: NetworkWork { network.work }

  /// Everything that it tells people of.
  package static let messageKinds: [MessageKind] =
    Organisations.messageKinds + Places.messageKinds + AssetMap.messageKinds + OffersAndNeeds.messageKinds
    + Logistics.messageKinds + VanTrips.messageKinds + NeighbourhoodNetwork.messageKinds
    + CleanMarket.messageKinds + CommunityDashboard.messageKinds

  /// Every way in which what is stored contradicts its rules.
  package func breaches(_ snapshot: Snapshot) throws -> [Breach] {
    try snapshot.breaches(of: Self.invariants)
  }

  private static let invariants: [Invariant] =
    Organisations.invariants + Places.invariants + AssetMap.invariants + OffersAndNeeds.invariants
    + Logistics.invariants + VanTrips.invariants + NeighbourhoodNetwork.invariants
    + CleanMarket.invariants + CommunityDashboard.invariants

  /// How long it keeps what, for the page that tells everyone.
  package static let retentionRules: [RetentionRule] =
    Organisations.retentionRules + Places.retentionRules + AssetMap.retentionRules
    + OffersAndNeeds.retentionRules + Logistics.retentionRules + VanTrips.retentionRules
    + NeighbourhoodNetwork.retentionRules
    + CleanMarket.retentionRules + CommunityDashboard.retentionRules

  /// What it keeps about persons.
  package var personRecords: PersonRecords {
    PersonRecords(
      Phrase("社区资源", "Resources of the neighbourhood"), tables: ResourcePersonRows.tables,
      acts: ResourcePersonRows.acts, impersonal: ResourcePersonRows.impersonal,
      erase: { [offersAndNeeds, logistics, vanTrips] subject, transaction in
        try offersAndNeeds.forget(subject, in: transaction)
        try logistics.forget(subject, in: transaction)
        try vanTrips.forget(subject, in: transaction)
      })
  }
}
