import Database
import Hummingbird
import Kernel
import People
import Web

/// The alarms for those whom principals chose.
struct DriftAlarms: Sendable {
  private static let own = Objects.own("alarms that the person is asked to look at")
  private static let limit = 30
  let database: Database
  let directory: Directory

  func register(on routes: inout Routes) {
    routes.get("/assisted-orders/alarms", for: .signedIn, objects: Self.own) { try await list($0) }
    routes.post("/assisted-orders/alarms/:alarm", for: .signedIn, objects: Self.own) { signedIn in
      let id: DriftAlarmID = try signedIn.id("alarm")
      let person = signedIn.personID
      try await database.write(in: signedIn.community.id) { transaction in
        guard try DriftAlarmStore.markSeen(id, by: person, in: transaction) else { throw Problem.notFound }
        try transaction.audit(
          AuditEntry(
            actor: person, role: .resident, action: "shop.drift_alarm_seen", object: id.rawValue))
      }
      return .redirect(to: "/assisted-orders/alarms")
    }
  }

  /// Whoever reads here is named in the principal's own mandate for exactly this, which is the ground; no consent is asked
  /// beside it. An alarm stays with the one who was told of it.
  private func list(_ signedIn: SignedIn) async throws -> Response {
    let (person, community) = (signedIn.personID, signedIn.community.id)
    let entries = try await database.read { snapshot in
      let alarms = try DriftAlarmStore.list(
        toldTo: person, limit: Self.limit, in: community, snapshot)
      let names = try directory.displayNames(
        of: Set(alarms.flatMap { [$0.person, $0.helper] }), in: community, snapshot)
      let orders = try alarms.compactMap { try OrderStore.find($0.order, in: community, snapshot) }
      let campaigns = try CampaignStore.find(Set(orders.map(\.campaign)), in: community, snapshot)
      return alarms.compactMap { alarm -> DriftAlarmPages.Entry? in
        guard let order = orders.first(where: { $0.id == alarm.order }) else { return nil }
        return DriftAlarmPages.Entry(
          alarm: alarm, person: names[alarm.person] ?? "", helper: names[alarm.helper] ?? "",
          campaign: campaigns.first { $0.id == order.campaign }?.title ?? Phrase(same: ""),
          total: order.total, placedAt: order.placedAt)
      }
    }
    return .page(
      DriftAlarmPages.page(entries, formToken: signedIn.formToken, now: signedIn.now, signedIn.say), signedIn)
  }
}
