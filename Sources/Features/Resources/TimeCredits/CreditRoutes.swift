import Database
import Hummingbird
import Kernel
import People
import Web

extension OffersAndNeeds {
  /// Everybody's own hours, and the station's limits.
  func addCredits(_ routes: inout Routes) {
    let own = Objects.own("the hours of the person and of whom they represent")
    routes.get("/time-credits", for: .signedIn, objects: own) { signedIn in
      let (community, person) = (signedIn.community.id, signedIn.personID)
      let (accounts, limits) = try await ground.database.read { snapshot in
        let accounts = try parties.own(of: person, in: community, snapshot).map { owner in
          CreditPages.Account(
            owner: owner, standing: try CreditStore.standing(of: owner.party, in: community, snapshot),
            entries: try CreditStore.entries(of: owner.party, limit: 100, in: community, snapshot))
        }
        return (accounts, try CreditStore.limits(in: community, snapshot))
      }
      return .page(CreditPages(say: signedIn.say).own(accounts, limits), signedIn)
    }
    routes.get("/time-credit-desk", for: ResourceStaff.access, objects: .community) { signedIn in
      .page(try await creditDesk(signedIn, .empty, []), signedIn)
    }
    routes.post(
      "/time-credit-desk", for: ResourceStaff.access, objects: .community, limits: ResourceStaff.writes
    ) { signedIn in
      let actor = try signedIn.actor(of: ResourceStaff.roles)
      return try await ground.answer(
        signedIn, backTo: "/time-credit-desk?saved=limits",
        page: { try await creditDesk(signedIn, $0, $1) }
      ) { form in
        var reader = FormReader(form)
        let owed = reader.integer("owed", in: CreditLimits.range)
        let kept = reader.integer("kept", in: CreditLimits.range)
        try reader.finish()
        let seen = try ResourceForm.seen(form)
        try await ground.change(signedIn, form, "POST /time-credit-desk") {
          try CreditDesk.set(least: -(owed ?? 0), most: kept ?? 0, seen: seen, by: actor, in: $0)
        }
      }
    }
  }

  private func creditDesk(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let community = signedIn.community.id
    let (limits, standings) = try await ground.database.read { snapshot in
      (
        try CreditStore.limits(in: community, snapshot),
        try CreditStore.standings(in: community, snapshot)
      )
    }
    return CreditPages(say: signedIn.say).desk(
      limits, standings, token: signedIn.formToken, key: Form.newKey, state,
      alerts: signedIn.savedNotice + alerts)
  }
}
