import Database
import Hummingbird
import Kernel
import People
import Web

extension CleanMarket {
  /// Where the station makes warnings, publishes them, takes them back and prints them.
  func addAlertDesk(_ routes: inout Routes) {
    let (staff, limits) = (ResourceStaff.access, ResourceStaff.writes)
    routes.post("/alert-desk/reports/:report/cards", for: staff, objects: .community, limits: limits) {
      try await makeCard($0)
    }
    routes.get("/alert-desk/:card", for: staff, objects: .community) { signedIn in
      .page(try await cardPage(signedIn, []), signedIn)
    }
    routes.get("/alert-desk/:card/sheet", for: staff, objects: .community) { signedIn in
      let (card, say) = (try await card(signedIn), signedIn.say)
      if let refusal = AlertRules.refusal(toPrint: card, at: signedIn.now) { throw refusal }
      return .page(AlertPages(say: say, phone: signedIn.community.phoneNumber).sheet(card), signedIn)
    }
    routes.get("/alert-desk/:card/edit", for: staff, objects: .community) { signedIn in
      .page(try await editPage(signedIn, nil, []), signedIn)
    }
    routes.post("/alert-desk/:card/edit", for: staff, objects: .community, limits: limits) {
      try await edit($0)
    }
    routes.post("/alert-desk/:card/publish", for: staff, objects: .community, limits: limits) { signedIn in
      try await cardStep(signedIn, "POST /alert-desk/publish") { [cards] in
        try cards.publish($0, seen: $1, by: $2, in: $3)
      }
    }
    routes.post("/alert-desk/:card/withdraw", for: staff, objects: .community, limits: limits) { signedIn in
      try await cardStep(signedIn, "POST /alert-desk/withdraw") { [cards] in
        try cards.withdraw($0, seen: $1, by: $2, in: $3)
      }
    }
  }

  private func makeCard(_ signedIn: SignedIn) async throws -> Response {
    let (id, form): (ScamReportID, Form) = (try signedIn.id("report"), try await signedIn.form())
    return try await FormAgain.answer(
      signedIn, form, page: { try await reportDeskPage(signedIn, $0, $1) },
      work: {
        let actor = try signedIn.actor(of: ResourceStaff.roles)
        let terms = try AlertForm.terms(form, offsetSeconds: signedIn.community.offsetSeconds)
        let cipher = try await ground.cipher(signedIn.community.id)
        let made = try await ground.database.make(
          in: signedIn.community.id, once: try form.onceKey("POST /alert-desk/cards", signedIn)
        ) { [reports, cards] transaction in
          let report = try reports.find(id, opening: cipher, in: transaction)
          return try cards.make(terms, from: report, by: actor, in: transaction)
        }
        return .redirect(to: "/alert-desk/\(made)?saved=card")
      })
  }

  private func card(_ signedIn: SignedIn) async throws -> AlertCard {
    let (id, community): (AlertCardID, CommunityID) = (try signedIn.id("card"), signedIn.community.id)
    let card = try await ground.database.read { try AlertCardStore.find(id, in: community, $0) }
    guard let card else { throw Problem.notFound }
    return card
  }

  private func cardPage(_ signedIn: SignedIn, _ alerts: [HTML]) async throws -> Page {
    pages(signedIn).card(
      try await card(signedIn), key: Form.newKey, notices: signedIn.savedNotice, alerts: alerts)
  }

  private func pages(_ signedIn: SignedIn) -> AlertCardPages {
    AlertCardPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
  }

  private func editPage(_ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]) async throws -> Page {
    let (card, community) = (try await card(signedIn), signedIn.community)
    guard card.state == .draft else { throw Problem.alertNotPossible }
    let buildings = try await ground.database.read {
      try ground.directory.buildings(of: community.id, $0).map(\.building)
    }
    let stored = AlertForm.state(card.terms, offsetSeconds: community.offsetSeconds)
    return pages(signedIn).edit(
      card, buildings: buildings, key: Form.newKey, state ?? stored, alerts: alerts)
  }

  private func edit(_ signedIn: SignedIn) async throws -> Response {
    let id: AlertCardID = try signedIn.id("card")
    return try await ground.answer(
      signedIn, backTo: "/alert-desk/\(id)?saved=card", page: { try await editPage(signedIn, $0, $1) }
    ) { form in
      let (seen, actor) = (try ResourceForm.seen(form), try signedIn.actor(of: ResourceStaff.roles))
      let terms = try AlertForm.terms(form, offsetSeconds: signedIn.community.offsetSeconds)
      try await ground.change(signedIn, form, "POST /alert-desk/edit") { [cards] transaction in
        try cards.edit(id, terms, seen: seen, by: actor, in: transaction)
      }
    }
  }

  /// One of the buttons on a warning's page.
  private func cardStep(
    _ signedIn: SignedIn, _ operation: StaticString,
    _ step: @escaping @Sendable (AlertCardID, Int64, Actor, Transaction) throws -> Void
  ) async throws -> Response {
    let id: AlertCardID = try signedIn.id("card")
    return try await ground.answer(
      signedIn, backTo: "/alert-desk/\(id)?saved=card", page: { try await cardPage(signedIn, $1) }
    ) { form in
      let (seen, actor) = (try ResourceForm.seen(form), try signedIn.actor(of: ResourceStaff.roles))
      try await ground.change(signedIn, form, operation) { try step(id, seen, actor, $0) }
    }
  }
}
