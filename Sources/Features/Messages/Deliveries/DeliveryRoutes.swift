import Database
import Kernel
import Web

/// Where operators see whether messages get out.
struct DeliveryDesk: Sendable {
  static let roles: Set<Role> = [.committee, .operator]
  private static let days = 14
  private static let reasonLimit = 20

  let database: Database
  let services: Set<MessageWay>

  func register(on routes: inout Routes) {
    routes.get("/desk/messages/deliveries", for: .roles(Self.roles), objects: .community) { signedIn in
      let community = signedIn.community.id
      let since = signedIn.now - .days(Int64(Self.days))
      let (counts, reasons) = try await database.read { snapshot in
        (
          try DeliveryStore.counts(since: since, in: community, snapshot),
          try DeliveryStore.reasons(since: since, limit: Self.reasonLimit, in: community, snapshot)
        )
      }
      let page = DeliveryPages(say: signedIn.say).desk(
        counts, reasons, services: services, days: Self.days)
      return .page(page, signedIn)
    }
  }
}
