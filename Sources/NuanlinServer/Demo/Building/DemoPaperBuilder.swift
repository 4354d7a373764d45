import Database
import Kernel
import People
import Shop

/// Lets the demo's neighbours without a telephone order on paper: a catalogue is printed, slips are filled in, and the
/// leader and the social worker key some of them. The others wait to be keyed.
struct DemoPaperBuilder: Sendable {
  private static let households = 8
  private static let keyed = 4
  let builder: DemoBuilder
  let community: DemoCommunityIDs

  private var database: Database { builder.switchboard.database }

  /// Plays the paper of the greens that are open now; nothing for other campaigns.
  func play(
    _ demo: DemoCampaign, _ campaign: Campaign, _ items: [CampaignItem], _ actor: CampaignActor
  ) async throws {
    guard demo.weeksAgo == 0, demo.template.key == "wednesday-greens" else { return }
    builder.clock.move(to: builder.now - .hours(3))
    let households = try await addHouseholds(actor)
    let codes = builder.switchboard.shop.slipCodes
    let slips = try await database.write(in: community.id) { transaction in
      let levels = try StockStore.levels(of: items.map(\.id), in: transaction)
      let holds = items.filter { $0.stockKind == .limited }.map { ($0.id, min(4, levels[$0.id]?.left ?? 0)) }
      let catalogue = try PaperCatalogueChanges.print(
        PaperCatalogueDraft(
          slipsUntil: campaign.cutOffAt - .hours(2), holds: Dictionary(uniqueKeysWithValues: holds)),
        of: campaign.id, by: actor, in: transaction)
      _ = try PaperCatalogueChanges.printSlips(
        households, of: catalogue.id, codes, by: actor, in: transaction)
      return try PaperSlipStore.list(of: catalogue, transaction)
    }
    try await key(slips.prefix(Self.keyed), of: campaign, actor)
  }

  private func addHouseholds(_ actor: CampaignActor) async throws -> [HouseholdID: PersonID] {
    let described = DemoNeighbourhood.community.households
    let chosen = described.indices.filter { described[$0].phone == nil }.prefix(Self.households)
    try await database.write(in: community.id) { transaction in
      for index in chosen {
        try HouseholdListStore.add(
          community.households[index], to: .paper, by: Actor(person: actor.person, role: actor.role),
          in: transaction)
      }
    }
    return Dictionary(
      uniqueKeysWithValues: chosen.map { (community.households[$0], community.buyerIDs[$0]) })
  }

  /// Two by the leader, two by the social worker, a few minutes apart.
  private func key(
    _ slips: some Sequence<PaperSlip>, of campaign: Campaign, _ actor: CampaignActor
  ) async throws {
    guard let worker = community.cast["xu-anran"] else { throw Problem.internalFault }
    let desk = builder.switchboard.shop.slipDesk
    for (number, slip) in slips.enumerated() {
      builder.clock.move(to: builder.now - .minutes(50 - 6 * Int64(number)))
      let keyer: (person: PersonID, roles: Set<Role>) =
        number < 2 ? (actor.person, [.leader]) : (worker, [.socialWorker])
      let outcome = try await database.write(in: community.id) { transaction in
        let sheet = try PaperCatalogueStore.latest(of: campaign, transaction)
        let free = sheet?.items.filter { $0.desk.item.householdLimit == nil } ?? []
        let lines = free.dropFirst(number).prefix(3).map { (code: $0.code, quantity: Int64(1)) }
        return try desk.key(
          slip.code, SlipReading(lines: lines), by: keyer.person, roles: keyer.roles, transaction: transaction
        )
      }
      guard case .placed = outcome else { throw Problem.internalFault }
    }
  }
}
