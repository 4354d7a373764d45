import Hummingbird
import Kernel
import Web

extension Orders {
  /// The page that a telephone opens at the pickup table, also without network.
  func registerPickupCodes(on routes: inout Routes, _ own: Objects) {
    routes.get("/pickup-code", for: .signedIn, objects: own) { signedIn in
      let orders = try await OrderList.page(of: signedIn, before: nil, limit: Self.pageSize, self).orders
      if orders.contains(where: { pickupCodes.code(for: $0) != nil }) {
        try await database.sees(.seeCode, by: signedIn.visit)
      }
      return .page(
        PickupCodePages.page(
          orders.map { pickupCodes.part(for: $0, id: "pickup-code-\($0.id)", signedIn) }, signedIn.say),
        signedIn)
    }
  }
}
