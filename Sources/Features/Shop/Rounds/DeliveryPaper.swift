import Database
import Kernel
import Security

/// What a paper about an order says of its bringing.
struct DeliveryPaper: Sendable, Equatable {
  enum Standing: Sendable, Equatable {
    /// A round brings it.
    case brought
    /// The household wishes it, but more bags were wished for than the leader brings.
    case beyond
    /// The household collects it.
    case collected
  }

  let standing: Standing
  let wish: DeliveryWish

  /// What is said of each of these orders of one campaign.
  ///
  /// - Parameters:
  ///   - all: every order of the campaign, because the first come first.
  ///   - cipher: opens the words to whoever brings the bags.
  static func papers(
    of orders: [Order], among all: [Order], of campaign: Campaign, opening cipher: FieldCipher,
    _ snapshot: Snapshot
  ) throws -> [OrderID: DeliveryPaper] {
    let open = all.filter { $0.fulfilment.isOpen || $0.fulfilment == .collected }
    let wishes = try DeliveryWishStore.wishes(
      of: Set(all.map(\.household)), in: campaign.community, opening: cipher, snapshot)
    let said = try DeliveryWishStore.said(of: all.map(\.id), in: campaign.community, snapshot)
    let wished = open.filter { DeliveryRules.isWished(wishes[$0.household], said: said[$0.id]) }
    let reach = try RoundDesk.brought(wished, of: campaign, snapshot)
    let asked = Set(wished.map(\.id))
    var papers: [OrderID: DeliveryPaper] = [:]
    for order in orders {
      let standing: Standing =
        reach.contains(order.id) ? .brought : asked.contains(order.id) ? .beyond : .collected
      papers[order.id] = DeliveryPaper(standing: standing, wish: wishes[order.household] ?? DeliveryWish())
    }
    return papers
  }
}
