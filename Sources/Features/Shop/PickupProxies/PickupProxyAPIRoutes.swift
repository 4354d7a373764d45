import Database
import Hummingbird
import Kernel
import Web

extension PickupProxies {
  func registerAPI(on routes: inout Routes) {
    routes.get(
      "/api/v1/pickup-proxies", for: .roles([.resident]), objects: Self.own, operation: Self.listOperation
    ) { try await listByAPI($0) }
  }

  private func listByAPI(_ signedIn: SignedIn) async throws -> Response {
    let household = try signedIn.household()
    let community = signedIn.community.id
    let (named, asked) = try await database.read { snapshot in
      (
        try PickupProxyStore.named(by: household, in: community, snapshot),
        try PickupProxyStore.asked(of: signedIn.personID, household: household, in: community, snapshot)
      )
    }
    var json = JSONWriter()
    json.object { json in
      json.array("named", named) { json, proxy in
        json.object { Self.write(proxy, to: &$0) }
      }
      json.array("asked", asked) { json, proxy in json.object { Self.write(proxy, to: &$0) } }
    }
    return .json(json)
  }

  private static func write(_ proxy: PickupProxy, to json: inout JSONWriter) {
    json.field("id", proxy.id)
    if let order = proxy.order { json.field("order", order) }
    json.field("state", proxy.state.rawValue)
    json.field("asked_at", proxy.askedAt)
    json.field("until", proxy.until)
  }

  private static let members: [Schema.Property] = [
    .init("id", .identifier), .init("order", .identifier, isRequired: false),
    .init("state", .enumeration(PickupProxy.State.allCases.map(\.rawValue))), .init("asked_at", .timestamp),
    .init("until", .timestamp),
  ]

  private static let listOperation = Operation(
    "listPickupProxies", Phrase("谁替谁取货", "Who fetches for whom"),
    answers: [
      .init(
        200, Phrase("我家请的人，和请我的人家", "Whom the household asked, and who asked this person"),
        .object([
          .init("named", .array(.object(members))), .init("asked", .array(.object(members))),
        ]))
    ])
}
