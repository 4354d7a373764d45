import Database
import Kernel
import People
import Shop

/// What one of the demo's neighbours needs every week: ordered when the next campaign opens, with one thing on it that has
/// become dearer, so that a question waits.
struct DemoStandingBuilder: Sendable {
  /// The key of the neighbour among `DemoPeople.cast`.
  private static let neighbour = "zhao-guoqiang"
  private static let goods = 3
  let builder: DemoBuilder
  let community: DemoCommunityIDs

  func build() async throws {
    guard let person = community.cast[Self.neighbour] else { throw Problem.internalFault }
    let (database, id) = (builder.switchboard.database, community.id)
    let (desk, directory) = (builder.switchboard.shop.standingOrderDesk, builder.switchboard.people.directory)
    let needs = try await needs(database)
    if needs.isEmpty { return }
    try await database.write(in: id) { transaction in
      guard let household = try directory.household(of: person, in: id, transaction) else {
        throw Problem.internalFault
      }
      try desk.set(needs, of: household, by: person, seen: nil, in: transaction)
    }
  }

  /// The first goods of the next campaign to open, at its prices, but for the last.
  private func needs(_ database: Database) async throws -> [StandingNeed] {
    let id = community.id
    let items = try await database.read { snapshot in
      guard let campaign = try CampaignStore.list(.upcoming, in: id, limit: 1, snapshot).first else {
        return [CampaignItem]()
      }
      return try CampaignStore.items(of: campaign.id, in: id, snapshot)
    }
    let chosen = items.filter { $0.weighed == nil }.prefix(Self.goods)
    return try chosen.enumerated().map { index, item in
      let price = index == chosen.count - 1 ? try item.price.subtracting(.fen(50)) : item.price
      return StandingNeed(
        variant: item.variant, quantity: Int64(index % 2 + 1),
        rhythm: index == 1 ? .everyTwoWeeks : .everyWeek, price: StandingPrice(max(.zero, price)))
    }
  }
}
