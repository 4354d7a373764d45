import Database
import Hummingbird
import Kernel
import Security
import Web

extension People {
  func addInvitations(_ routes: inout Routes) {
    let inviters = Access.Personal.roles(RoleRules.roles(for: .invite))
    routes.get("/invitation", .everyone, objects: .none, limits: Self.signInLimits) { visit in
      try await showInvitation(visit)
    }
    routes.post("/invitation", .everyone, objects: .none, limits: Self.signInLimits) { visit in
      try await accept(visit)
    }
    routes.get("/desk/invitations", for: inviters, objects: .community) { signedIn in
      .page(try await invitationList(signedIn, .empty, []), signedIn)
    }
    routes.post("/desk/invitations", for: inviters, objects: .community) { signedIn in
      try await invite(signedIn)
    }
    routes.post("/desk/invitations/:invitation/revoke", for: inviters, objects: .community) { signedIn in
      let actor = try RoleRules.actor(signedIn.personID, signedIn.roles, for: .invite)
      try await revokeInvitation(try signedIn.id("invitation"), in: signedIn.community.id, by: actor)
      return .redirect(to: "/desk/invitations")
    }
  }

  private func showInvitation(_ visit: Visit) async throws -> Response {
    guard let typed = visit.query("code") else { return .page(InvitationPages.enter(visit), visit) }
    let plain = typed.filter { !$0.isWhitespace }
    guard let code = SecretToken(plain, .bits128),
      let invitation = try await openInvitation(code, in: visit.community.id)
    else {
      let notices = FormAgain.notices(.invitationUnusable, visit.say)
      return .page(InvitationPages.enter(visit, alerts: notices), visit, status: .notFound)
    }
    return .page(
      InvitationPages.accept(visit, .empty, code: code.text, roles: invitation.roles), visit)
  }

  private func accept(_ visit: Visit) async throws -> Response {
    let form = try await visit.form()
    guard let code = SecretToken(try form["code"] ?? "", .bits128),
      let invitation = try await openInvitation(code, in: visit.community.id)
    else {
      let notices = FormAgain.notices(.invitationUnusable, visit.say)
      return .page(InvitationPages.enter(visit, alerts: notices), visit, status: .notFound)
    }
    return try await FormAgain.answer(
      visit, form,
      page: { InvitationPages.accept(visit, $0, code: code.text, roles: invitation.roles, alerts: $1) },
      work: {
        var reader = FormReader(form)
        let draft = AccountDraft(&reader, placeNames: visit.community.name)
        try reader.finish()
        guard let draft else { throw Problem.staleForm }
        let person = try await accept(code, draft, in: visit.community.id)
        let (token, session) = try await openSession(of: person, level: .password, in: visit.community.id)
        return try await welcome(SignedInSession(token: token, session: session), next: "/account", visit)
      })
  }

  private func invitationList(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page
  {
    let community = signedIn.community.id
    let (list, names) = try await database.read { snapshot in
      let list = try snapshot.invitations(in: community, limit: 100)
      return (list, try directory.displayNames(of: list.map(\.createdBy), in: community, snapshot))
    }
    return InvitationPages.list(
      signedIn, list, names: names, requestKey: Form.newKey, state, alerts: alerts)
  }

  private func invite(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await invitationList(signedIn, $0, $1) },
      work: {
        var reader = FormReader(form)
        let household = reader.identifier("household", of: HouseholdKind.self, isRequired: false)
        let names = form.all("roles")
        let roles = Set(names.compactMap { Role(rawValue: $0) })
        if roles.count != Set(names).count {
          reader.add("roles", Phrase("请从列表里选择。", "Please choose from the list."))
        }
        try reader.finish()
        let actor = try RoleRules.actor(signedIn.personID, signedIn.roles, for: .invite)
        let code = try await invite(
          household: household, roles: roles, requestKey: try form["idempotency_key"] ?? "",
          in: signedIn.community.id, by: actor, actorRoles: signedIn.roles)
        let doors = try await directory.doors(of: signedIn.community.id)
        let door = try await database.read { snapshot in
          try household.flatMap { try doors.labels(of: [$0], snapshot)[$0] }
        }
        let scheme = signedIn.site.isSecure ? "https" : "http"
        let address = "\(scheme)://\(signedIn.visit.host)/invitation?code=\(code.text)"
        return .page(
          try InvitationPages.letter(signedIn, code: code, address: address, door: door, roles: roles),
          signedIn)
      })
  }
}
