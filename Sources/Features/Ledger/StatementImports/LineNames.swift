import Database
import Kernel
import Web

/// What the things that lines tell of are called on one page.
struct LineNames: Sendable {
  let sources: LineSources
  let names: Names

  func text(_ source: Journal.Source, _ say: Wording) -> String {
    if let place = sources.orders[source] {
      let order = "\(names.order(place.order, say)) · \(names.campaign(place.campaign, say))"
      return source.kind == .refund ? say("退款：\(order)", "Refund: \(order)") : order
    }
    if let party = sources.parties[source] {
      return say("结算给\(names.party(party, say))", "Paid out to \(names.party(party, say))")
    }
    return source.kind == .decision ? say("退回给汇款人", "Returned to the sender") : say("其他", "Something else")
  }
}

extension NameFinder {
  func lineNames(
    _ sources: some Sequence<Journal.Source>, campaigns: [CampaignID] = [],
    people: some Sequence<PersonID> = [], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> LineNames {
    let found = try LineSourceStore.find(sources, in: community, snapshot)
    let names = try names(
      parties: found.parties.values + found.orders.values.map { .order($0.order) },
      campaigns: campaigns + found.orders.values.map(\.campaign), people: people, in: community, snapshot)
    return LineNames(sources: found, names: names)
  }
}
