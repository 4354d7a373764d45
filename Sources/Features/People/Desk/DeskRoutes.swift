import Database
import Hummingbird
import Kernel
import Web

extension People {
  /// Source of the figure: field/reliability.md §3.14.
  private static let revealLimit = RateLimit("people.phone_reveal", 30, per: .hours(1))
  private static let searchLimit = RateLimit("people.search", 60, per: .minutes(1))

  func addDesk(_ routes: inout Routes) {
    routes.get(
      "/desk/people", for: .roles(RoleRules.roles(for: .search)), objects: .community,
      limits: [Self.searchLimit]
    ) { signedIn in try await overview(signedIn) }
    routes.get(
      "/desk/people/:person", for: .roles(RoleRules.roles(for: .search)), objects: .community
    ) { signedIn in
      .page(DeskPersonPages.person(signedIn, try await deskPerson(signedIn), items: personItems), signedIn)
    }
    routes.post(
      "/desk/people/:person/phone", for: .roles(RoleRules.roles(for: .revealPhone)), objects: .community,
      limits: [Self.revealLimit]
    ) { signedIn in try await revealPhone(signedIn) }
    addMemberships(&routes)
    addAccess(&routes)
  }

  private func addMemberships(_ routes: inout Routes) {
    let confirmers = Access.Personal.roles(RoleRules.roles(for: .confirmMembership))
    routes.post("/desk/people/:person/membership/confirm", for: confirmers, objects: .community) { signedIn in
      let actor = try RoleRules.actor(signedIn.personID, signedIn.roles, for: .confirmMembership)
      guard let seen = try await signedIn.form()["requested_at"].flatMap({ Timestamp(rfc3339: $0) }) else {
        throw Problem.staleForm
      }
      try await confirmMembership(
        of: try signedIn.id("person"), seen: seen, in: signedIn.community.id, by: actor)
      return .redirect(to: "/desk/people")
    }
    routes.post("/desk/people/:person/membership/decline", for: confirmers, objects: .community) { signedIn in
      let actor = try RoleRules.actor(signedIn.personID, signedIn.roles, for: .confirmMembership)
      try await declineMembership(of: try signedIn.id("person"), in: signedIn.community.id, by: actor)
      return .redirect(to: "/desk/people")
    }
  }

  private func addAccess(_ routes: inout Routes) {
    routes.post(
      "/desk/people/:person/roles", for: .roles(RoleRules.roles(for: .changeRoles)), objects: .community
    ) { signedIn in try await changeRole(signedIn) }
    let switchers = Access.Personal.roles(RoleRules.roles(for: .disable))
    routes.post("/desk/people/:person/access", for: switchers, objects: .community) { signedIn in
      let actor = try RoleRules.actor(signedIn.personID, signedIn.roles, for: .disable)
      let person: PersonID = try signedIn.id("person")
      guard let change = try await signedIn.form()["change"], ["enable", "disable"].contains(change) else {
        throw Problem.staleForm
      }
      try await setDisabled(
        change == "disable", person, in: signedIn.community.id, by: actor, actorRoles: signedIn.roles)
      return .redirect(to: "/desk/people/\(person)")
    }
    routes.post("/desk/people/:person/second-factor/remove", for: switchers, objects: .community) {
      signedIn in
      let actor = try RoleRules.actor(signedIn.personID, signedIn.roles, for: .disable)
      let person: PersonID = try signedIn.id("person")
      try await removeSecondFactor(
        of: person, in: signedIn.community.id, by: actor, actorRoles: signedIn.roles)
      return .redirect(to: "/desk/people/\(person)")
    }
  }

  private func overview(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    let query = String((signedIn.query("q") ?? "").prefix(80))
    let found: [DeskEntry]? =
      query.allSatisfy(\.isWhitespace)
      ? nil
      : try await search(query, in: community, mayFindByPhone: RoleRules.may(signedIn.roles, .searchByPhone))
    let cipher = try await contactCipher(in: community)
    let (requests, buildings) = try await database.read { snapshot in
      (
        try snapshot.membershipRequests(in: community, opening: cipher, limit: 50),
        try snapshot.buildings(of: community)
      )
    }
    return .page(
      DeskPages.overview(signedIn, query: query, found: found, requests: requests, buildings: buildings),
      signedIn)
  }

  private func deskPerson(_ signedIn: SignedIn) async throws -> DeskPerson {
    let id: PersonID = try signedIn.id("person")
    let cipher = try await contactCipher(in: signedIn.community.id)
    let view = try await database.read {
      try $0.deskPerson(id, in: signedIn.community.id, opening: cipher)
    }
    guard let view else { throw Problem.notFound }
    return view
  }

  private func revealPhone(_ signedIn: SignedIn) async throws -> Response {
    var reader = FormReader(try await signedIn.form())
    let purpose = reader.choice("purpose", of: RevealPurpose.self)
    try reader.finish()
    guard let purpose else { throw Problem.staleForm }
    let actor = try RoleRules.actor(signedIn.personID, signedIn.roles, for: .revealPhone)
    let view = try await deskPerson(signedIn)
    let phone = try await revealPhone(of: view.person.id, for: purpose, in: signedIn.community.id, by: actor)
    return .page(DeskPersonPages.person(signedIn, view, items: personItems, phone: phone), signedIn)
  }

  private func changeRole(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    var reader = FormReader(form)
    let role = reader.choice("role", of: Role.self)
    let change = reader.text("change", length: 1...10)
    try reader.finish()
    guard let role, let change, ["grant", "revoke"].contains(change) else { throw Problem.staleForm }
    let person: PersonID = try signedIn.id("person")
    let actor = try RoleRules.actor(signedIn.personID, signedIn.roles, for: .changeRoles)
    try await changeRole(
      role, of: person, isGrant: change == "grant", in: signedIn.community.id, by: actor,
      actorRoles: signedIn.roles)
    return .redirect(to: "/desk/people/\(person)")
  }
}
