import Database
import Kernel
import People
import Web

/// All that an order's page says of its pickup: the code, the shelf, who fetches, and a bag that is not there.
struct OrderPickup: Sendable {
  private let signedIn: SignedIn
  private let codes: PickupCodes
  private let place: ShelfPlace?
  private let photos: Int
  private let proxies: [PickupProxyPages.Entry]
  private let reports: [LossReport]

  static func read(_ order: Order, _ signedIn: SignedIn, _ orders: Orders) async throws -> OrderPickup {
    let community = signedIn.community.id
    let doors = try await orders.directory.doors(of: community)
    return try await orders.database.read { snapshot in
      let named = try PickupProxyStore.named(by: order.household, in: community, snapshot)
        .filter { $0.isFor(order) }
      return OrderPickup(
        signedIn: signedIn, codes: orders.pickupCodes,
        place: try ShelfStore.place(of: order.id, in: community, snapshot),
        photos: try ShelfStore.photos(of: order.campaign, in: community, snapshot).count,
        proxies: try PickupProxies.entries(
          named, seenBy: .household, orders.directory, doors, signedIn.say, in: community, snapshot),
        reports: try LossStore.reports(of: order.id, in: community, snapshot))
    }
  }

  /// What stands above the goods.
  func at(_ order: Order) -> HTML {
    let pages = PickupProxyPages(
      say: signedIn.say, token: signedIn.formToken, now: signedIn.now,
      isCardSession: signedIn.session.isCardSession)
    return codes.part(for: order, signedIn)
      + PickupShelfPages.part(order, place, photos: photos, signedIn.say)
      + (order.buyer == nil ? pages.part(order, proxies) : .empty)
  }

  /// What stands beside after-sales.
  func loss(_ order: Order, _ front: CampaignFront) -> HTML {
    LossPages(
      say: signedIn.say, token: signedIn.formToken, now: signedIn.now,
      isCardSession: signedIn.session.isCardSession
    ).part(order, front.campaign, reports)
  }
}
