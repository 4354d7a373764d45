package import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
package import Web

/// Figures of bags that went astray, for those who run campaigns and can change something about it.
package struct PickupPatterns: Sendable {
  let database: Database

  package init(_ database: Database) {
    self.database = database
  }

  package func register(on routes: inout Routes) {
    let runners = Access.Personal.roles(CampaignActor.roles)
    routes.get("/desk/pickup-patterns", for: runners, objects: .community) { signedIn in
      try await page(signedIn, form: nil, problem: nil)
    }
    routes.post("/desk/pickup-patterns", for: runners, objects: .community) { try await add($0) }
  }

  private func page(_ signedIn: SignedIn, form: Form?, problem: Problem?) async throws -> Response {
    let community = signedIn.community.id
    let typed = try form?["point"] ?? signedIn.query("point")
    let weekday = signedIn.query("weekday").flatMap(Int.init).flatMap { (1...7).contains($0) ? $0 : nil }
    let offset = signedIn.community.offsetSeconds
    let shown = try await database.read { snapshot -> PickupPatternPages.Shown? in
      let points = try snapshot.pickupPoints(in: community, includesClosed: true)
      let asked = typed.flatMap(PickupPointID.init).flatMap { id in points.first { $0.id == id } }
      guard let chosen = asked ?? points.first else { return nil }
      let window = snapshot.now - PickupPattern.period..<snapshot.now
      return PickupPatternPages.Shown(
        points: points, chosen: chosen, weekday: weekday,
        hours: try PickupPatternStore.hours(
          of: chosen.id, in: window, offsetSeconds: offset, community: community, snapshot),
        fixes: try PickupPatternStore.fixes(at: chosen.id, in: community, snapshot).map { fix in
          let windows = fix.windows(now: snapshot.now)
          return (
            fix,
            try PickupPatternStore.rate(
              of: chosen.id, in: windows.before, community: community, snapshot),
            try PickupPatternStore.rate(of: chosen.id, in: windows.after, community: community, snapshot)
          )
        })
    }
    let say = signedIn.say
    guard let shown else {
      let title = say("什么时候容易丢", "When bags go astray")
      return .page(
        Page(
          title: title, kind: .staff,
          main: HTML.joined([
            PickupPatternPages.heading(title),
            PageParts.empty(say("还没有取货点。", "There is no pickup point yet.")),
          ])),
        signedIn)
    }
    let state = if let form, let problem { FormState(form, problem) } else { FormState.empty }
    return .page(
      PickupPatternPages(say: say, token: signedIn.formToken)
        .page(shown, state: state, isDone: signedIn.query("done") != nil), signedIn,
      status: problem.map { .init(code: $0.status) } ?? .ok)
  }

  private func add(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    guard let role = CampaignActor.roles.intersection(signedIn.roles).min() else { throw Problem.forbidden }
    do {
      let fix = try PickupFixForm.fix(
        form, now: signedIn.now, offsetSeconds: signedIn.community.offsetSeconds)
      try await database.write(in: signedIn.community.id) { transaction in
        try PickupPatternStore.add(
          fix.kind, note: fix.note, from: fix.from, at: fix.point,
          by: Actor(person: signedIn.personID, role: role), in: transaction)
      }
      return .redirect(to: "/desk/pickup-patterns?point=\(fix.point)&done=1")
    } catch let problem as Problem where problem.status == 409 || problem.status == 422 {
      return try await page(signedIn, form: form, problem: problem)
    }
  }
}
