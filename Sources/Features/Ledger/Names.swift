import Database
import Kernel
import People
import Web

/// What the accounts and parties on one page are called.
struct Names: Sendable {
  var campaigns: [CampaignID: TradeDirectory.Campaign] = [:]
  var orders: [OrderID: TradeDirectory.Order] = [:]
  var merchants: [MerchantID: Phrase] = [:]
  var people: [PersonID: String] = [:]
  var funds: [FundID: Phrase] = [:]

  func adding(people more: [PersonID: String]) -> Names {
    var names = self
    names.people.merge(more) { first, _ in first }
    return names
  }

  func party(_ party: Party, _ say: Wording) -> String {
    switch party {
    case .community: say("社区", "The community")
    case .order(let id): order(id, say)
    case .merchant(let id): merchants[id].map { say($0) } ?? id.description
    case .person(let id): people[id] ?? id.description
    case .fund(let id): funds[id].map { say($0) } ?? say("专项资金", "Fund")
    case .voucher: say("爱心券", "Voucher")
    case .gateway(let channel): say(channel.name)
    }
  }

  func order(_ id: OrderID, _ say: Wording) -> String {
    orders[id].map { say("订单 \($0.number)", "Order \($0.number)") } ?? id.description
  }

  func campaign(_ id: CampaignID, _ say: Wording) -> String {
    campaigns[id].map { "\(say($0.title)) \(say.day($0.pickupFrom))" } ?? id.description
  }

  func person(_ id: PersonID, _ say: Wording) -> String {
    id.rawValue == 0 ? say("系统", "By itself") : people[id] ?? id.description
  }
}

/// Finds the names that a page needs, each kind in one question.
struct NameFinder: Sendable {
  let trade: TradeDirectory
  let directory: Directory

  func names(
    parties: some Sequence<Party> = [], campaigns: some Sequence<CampaignID> = [],
    people: some Sequence<PersonID> = [],
    in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Names {
    var names = Names()
    var orders: Set<OrderID> = []
    var merchants: Set<MerchantID> = []
    var persons = Set(people)
    var funds: Set<FundID> = []
    for party in parties {
      switch party {
      case .order(let id): orders.insert(id)
      case .merchant(let id): merchants.insert(id)
      case .person(let id): persons.insert(id)
      case .fund(let id): funds.insert(id)
      case .community, .voucher, .gateway: break
      }
    }
    names.orders = try trade.orders(orders.sorted(), community, snapshot)
    names.merchants = try trade.merchants(merchants.sorted(), community, snapshot)
    let wanted = Set(campaigns).union(names.orders.values.map(\.campaign))
    names.campaigns = try trade.campaigns(wanted.sorted(), community, snapshot)
    persons.formUnion(names.campaigns.values.map(\.leader))
    names.people = try directory.displayNames(of: persons, in: community, snapshot)
    names.funds = try FundStore.names(of: funds.sorted(), in: community, snapshot)
    return names
  }
}
