import Database
import HTTPTypes
import Hummingbird
import Kernel
import Security
import Web

extension People {
  func addHouseholdCards(_ routes: inout Routes) {
    let issuers = Access.Personal.roles(RoleRules.roles(for: .issueCard))
    routes.get("/card", .everyone, objects: .none) { visit in
      if visit.session != nil { return .redirect(to: "/account") }
      return .page(HouseholdCardPages.signIn(visit, .empty), visit)
    }
    routes.post("/card", .everyone, objects: .none, limits: Self.signInLimits) { visit in
      try await signInWithCard(visit)
    }
    routes.get(SharedDevice.left, .everyone, objects: .own("session")) { visit in try await leave(visit) }
    routes.get("/desk/people/:person/card", for: issuers, objects: .community) { signedIn in
      .page(HouseholdCardPages.issue(signedIn, try await member(signedIn), .empty), signedIn)
    }
    routes.post("/desk/people/:person/card", for: issuers, objects: .community) { signedIn in
      try await issueCard(signedIn)
    }
    routes.post("/desk/people/:person/cards/:card/revoke", for: issuers, objects: .community) { signedIn in
      let actor = try RoleRules.actor(signedIn.personID, signedIn.roles, for: .issueCard)
      let person: PersonID = try signedIn.id("person")
      let card: HouseholdCardID = try signedIn.id("card")
      let cards = try await database.read { try $0.cards(of: person, in: signedIn.community.id) }
      guard cards.contains(where: { $0.id == card }) else { throw Problem.notFound }
      try await revokeCard(card, in: signedIn.community.id, by: actor)
      return .redirect(to: "/desk/people/\(person)")
    }
  }

  /// Where a shared tablet goes by itself when nobody has used it for a while: the session ends, and nothing of it stays in
  /// the browser. It changes something though it is a GET, because a page without scripts can go nowhere else by itself; all
  /// that another site could reach with it is that a neighbour signs in again, and that is refused too.
  private func leave(_ visit: Visit) async throws -> Response {
    let isForeign = HTTPField.Name("Sec-Fetch-Site").flatMap { visit.request.headers[$0] } == "cross-site"
    if let session = visit.session {
      guard session.isCardSession, !isForeign else { return .redirect(to: "/") }
      try await sessions.end(session.hash, session.communityID)
    }
    var response = Response.redirect(to: SharedDevice.start)
    response.signOut(isSecure: visit.site.isSecure)
    return response
  }

  private func signInWithCard(_ visit: Visit) async throws -> Response {
    let form = try await visit.form()
    return try await FormAgain.answer(
      visit, form, page: { HouseholdCardPages.signIn(visit, $0, alerts: $1) },
      work: {
        var reader = FormReader(form)
        let typed = reader.raw("card", isRequired: true)
        let pin = reader.raw("pin", isRequired: true)
        try reader.finish()
        guard let entered = EnteredCard(typed ?? ""), let pin else { throw Problem.cardFailed }
        let begun = try await signIn(
          card: entered, pin: pin, userAgent: visit.userAgent, in: visit.community.id)
        return try await welcome(begun, next: "/", visit)
      })
  }

  /// - Throws: `not_found` for people of other communities, `household.needed` for people without a household.
  private func member(_ signedIn: SignedIn) async throws -> Person {
    let id: PersonID = try signedIn.id("person")
    let person = try await database.read { try $0.person(id, in: signedIn.community.id) }
    guard let person else { throw Problem.notFound }
    guard person.household != nil else { throw Problem.householdNeededForCard }
    return person
  }

  private func issueCard(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let person = try await member(signedIn)
    return try await FormAgain.answer(
      signedIn, form, page: { HouseholdCardPages.issue(signedIn, person, $0, alerts: $1) },
      work: {
        var reader = FormReader(form)
        let typed = reader.raw("pin")
        let chosen = typed.map { CardDigits.narrow($0) ?? "" }
        if let chosen, let fault = CardDigits.fault(inPIN: chosen) { reader.add("pin", fault) }
        try reader.finish()
        let secrets = CardSecrets(pin: chosen)
        let actor = try RoleRules.actor(signedIn.personID, signedIn.roles, for: .issueCard)
        try await issueCard(secrets, to: person.id, in: signedIn.community.id, by: actor)
        return .page(
          try HouseholdCardPages.print(signedIn, person, secrets, showsPIN: chosen == nil), signedIn)
      })
  }
}

extension Problem {
  static let householdNeededForCard = Problem(
    "card.household_needed", status: 409,
    Phrase("这位邻居还没有登记到住户，不能发卡。", "This person belongs to no household yet, so there is no card."),
    advice: Phrase("请先确认住在哪一户。", "Please confirm where they live first."))
}
