import Database
import Kernel
import Shop

/// Pastes a list from the group chat into a campaign that is open: three orders that are clear, and two lines to ask about.
struct DemoChatBuilder: Sendable {
  let builder: DemoBuilder
  let community: DemoCommunityIDs

  func play() async throws {
    guard let leader = community.cast["lin-xiaoyun"],
      let actor = CampaignActor(person: leader, roles: [.leader], leader: leader)
    else { throw Problem.internalFault }
    let id = community.id
    let (campaign, orders) = try await builder.switchboard.database.read { snapshot in
      let open = try CampaignStore.list(.open, in: id, limit: 3, snapshot).last { $0.leader == leader }
      return (open, try open.map { try OrderStore.list(ofCampaign: $0.id, in: id, snapshot) } ?? [])
    }
    guard let campaign else { return }
    let chat = builder.switchboard.shop.chatOrders
    try await chat.paste(text(campaign, without: Set(orders.map(\.household))), into: campaign, by: actor)
    _ = try await chat.place(of: campaign, by: actor)
  }

  /// What neighbours wrote who have not ordered by themselves.
  private func text(_ campaign: Campaign, without ordered: Set<HouseholdID>) -> String {
    let others = zip(DemoNeighbourhood.community.households, community.households)
      .filter { !ordered.contains($0.1) && $0.0.castKey == nil }.map(\.0)
    let orders = ["A1 B1", "B2", "A1，C1 谢谢团长", "同上"]
    let lines = zip(others, orders).enumerated().map { index, line in
      let (household, order) = line
      let door = household.door
      return "\(index + 1). \(door.building)-\(door.unit)-\(door.room) \(household.members[0].name) \(order)"
    }
    return (["#接龙 \(campaign.title.chinese)", ""] + lines + ["\(lines.count + 1). 老周 A1"])
      .joined(separator: "\n")
  }
}
