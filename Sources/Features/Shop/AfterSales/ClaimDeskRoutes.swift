import Database
import Hummingbird
import Kernel
import Web

extension Claims {
  private static let limit = 100

  /// The pages of leaders, merchants and the committee.
  func registerDesk(on routes: inout Routes) {
    let people = Access.Personal.roles(ClaimActor.roles)
    let own = Objects.own("claims that the person answers")
    routes.get("/desk/claims", for: people, objects: own) { try await list($0) }
    routes.post("/claims/:claim/answer", for: people, objects: own) { signedIn in
      let offset = signedIn.community.offsetSeconds
      return try await act(signedIn) { claim, form, transaction in
        try desk.answer(
          claim, try ClaimForm.remedy(form, offsetSeconds: offset), seen: try ClaimForm.seen(form),
          by: signedIn.personID, roles: signedIn.roles, in: transaction)
      }
    }
    routes.post("/claims/:claim/came-back", for: people, objects: own) { signedIn in
      try await act(signedIn) { claim, form, transaction in
        try desk.cameBack(
          claim, seen: try ClaimForm.seen(form), by: signedIn.personID, roles: signedIn.roles,
          in: transaction)
      }
    }
    routes.post("/claims/:claim/replaced", for: people, objects: own) { signedIn in
      try await act(signedIn) { claim, form, transaction in
        try desk.replaced(
          claim, seen: try ClaimForm.seen(form), by: signedIn.personID, roles: signedIn.roles,
          in: transaction)
      }
    }
  }

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    let (pending, answered) = try await database.read { snapshot in
      let scopes = try scopes(signedIn, snapshot)
      func entries(
        _ read: (ClaimStore.Scope) throws -> [Claim]
      ) throws -> [ClaimDeskPages.Entry] {
        var seen: Set<ClaimID> = []
        let claims = try scopes.flatMap(read).filter { seen.insert($0.id).inserted }
        return try self.entries(claims, signedIn, snapshot)
      }
      return (
        try entries { try ClaimStore.pending($0, in: community, limit: Self.limit, snapshot) },
        try entries { try ClaimStore.answered($0, in: community, limit: Self.limit / 4, snapshot) }
      )
    }
    let say = signedIn.say
    let main = ClaimDeskPages(say: say, token: signedIn.formToken, now: signedIn.now)
      .desk(pending: pending, answered: answered)
    return .page(Page(title: say("售后", "After-sales"), main: main), signedIn)
  }

  /// Whose claims the person sees: everybody's for staff, otherwise those of the person's campaigns and merchants.
  private func scopes(_ signedIn: SignedIn, _ snapshot: Snapshot) throws -> [ClaimStore.Scope] {
    if signedIn.roles.contains(.committee) || signedIn.roles.contains(.operator) { return [.community] }
    var scopes: [ClaimStore.Scope] = []
    if signedIn.roles.contains(.leader) { scopes.append(.leader(signedIn.personID)) }
    if signedIn.roles.contains(.merchant) {
      let merchants = try snapshot.merchants(of: signedIn.personID, in: signedIn.community.id).map(\.id)
      scopes.append(.merchants(merchants))
    }
    return scopes
  }

  private func entries(
    _ claims: [Claim], _ signedIn: SignedIn, _ snapshot: Snapshot
  ) throws -> [ClaimDeskPages.Entry] {
    let community = signedIn.community.id
    let orders = try OrderStore.orders(
      "id IN \(list: Set(claims.map(\.order))) AND community_id = \(community)", snapshot)
    let byID = Dictionary(orders.map { ($0.id, $0) }) { first, _ in first }
    let campaigns = try CampaignStore.find(Set(claims.map(\.campaign)), in: community, snapshot)
    let titles = Dictionary(campaigns.map { ($0.id, $0.title) }) { first, _ in first }
    return try claims.compactMap { claim in
      guard let order = byID[claim.order],
        let line = order.lines.first(where: { $0.position == claim.position })
      else { return nil }
      let actor = try desk.actor(
        for: claim, signedIn.personID, roles: signedIn.roles, in: community, snapshot)
      return ClaimDeskPages.Entry(
        claim: claim, name: line.name, orderNumber: order.number,
        campaign: titles[claim.campaign] ?? Phrase(same: ""),
        isMine: claim.state.isPending && actor?.level == claim.acting)
    }
  }
}
