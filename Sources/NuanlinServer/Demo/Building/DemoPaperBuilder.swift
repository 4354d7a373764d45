import Database
import Kernel
import People
import Shop

/// Lets the demo's neighbours without a telephone order on paper: a catalogue is printed, slips are filled in, and the
/// leader and the social worker key some of them. The others wait to be keyed.
///
/// In the weeks before, ever fewer of their orders came on paper: they learnt to order at the shared tablet.
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

  /// Prints the slips of a past campaign, before it opens, for those whose orders came on paper.
  /// - Returns: the slip of an order, by the order's position; none for a campaign that is open.
  func printPast(
    _ orders: [DemoOrder], of demo: DemoCampaign, _ campaign: Campaign, _ actor: CampaignActor
  ) async throws -> [Int: SlipCode] {
    guard demo.weeksAgo > 0 else { return [:] }
    let onPaper = orders.enumerated().filter { Self.isOnPaper($0.element.household, demo) }
    guard !onPaper.isEmpty else { return [:] }
    let households = onPaper.map {
      (community.households[$0.element.household], community.buyerIDs[$0.element.household])
    }
    let codes = builder.switchboard.shop.slipCodes
    let slips = try await database.write(in: community.id) { transaction in
      let catalogue = try PaperCatalogueChanges.print(
        PaperCatalogueDraft(slipsUntil: campaign.cutOffAt, holds: [:]), of: campaign.id, by: actor,
        in: transaction)
      _ = try PaperCatalogueChanges.printSlips(
        Dictionary(uniqueKeysWithValues: households), of: catalogue.id, codes, by: actor, in: transaction)
      return try PaperSlipStore.list(of: catalogue, transaction)
    }
    let byHousehold = Dictionary(uniqueKeysWithValues: slips.map { ($0.household, $0.code) })
    return Dictionary(
      uniqueKeysWithValues: onPaper.compactMap { position, order in
        byHousehold[community.households[order.household]].map { (position, $0) }
      })
  }

  /// Whether this order of a household without a telephone came on paper: nearly two of three at first, a fifth in the end.
  private static func isOnPaper(_ household: Int, _ demo: DemoCampaign) -> Bool {
    guard DemoNeighbourhood.community.households[household].phone == nil else { return false }
    var random = DemoRandom(key: "\(demo.template.key)/\(demo.weeksAgo)/\(household)/paper")
    return random.chance(perMille: 150 + 60 * demo.weeksAgo)
  }

  /// The leader keys a slip of the past.
  /// - Returns: nil where the goods were gone.
  func key(
    _ code: SlipCode, _ order: DemoOrder, of campaign: Campaign, _ items: [CampaignItem],
    _ actor: CampaignActor
  ) async throws -> Order? {
    let desk = builder.switchboard.shop.slipDesk
    let outcome = try await database.write(in: community.id) { transaction in
      let sheet = try PaperCatalogueStore.latest(of: campaign, transaction)
      let lines = order.lines.compactMap { line in
        sheet?.items.first { $0.desk.item.id == items[line.item].id }
          .map { (code: $0.code, quantity: Int64(line.count)) }
      }
      return try desk.key(
        code, SlipReading(lines: lines), by: actor.person, roles: [.leader], transaction: transaction)
    }
    if case .placed(let order) = outcome { return order }
    return nil
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
