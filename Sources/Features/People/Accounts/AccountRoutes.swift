import Database
import Hummingbird
import Kernel
import Security
import Web

extension People {
  func addAccounts(_ routes: inout Routes, unread: @escaping UnreadCount) {
    routes.get("/register", .everyone, objects: .none) { visit in
      if visit.session != nil { return .redirect(to: "/account") }
      return .page(AccountPages.register(visit, .empty), visit)
    }
    routes.post(
      "/register", .everyone, objects: .none,
      limits: [RateLimit("people.register", 10, per: .hours(1), by: .address)]
    ) { visit in try await register(visit) }
    routes.get("/account", for: .signedIn, objects: .own("account")) { signedIn in
      var view = try await view(signedIn.session)
      view.unread = try await database.read { try unread(signedIn.personID, signedIn.community.id, $0) }
      return .page(AccountPages.account(signedIn, view), signedIn)
    }
    routes.post("/account/door", for: .signedIn, objects: .own("membership request")) { signedIn in
      try await requestMembership(signedIn)
    }
    routes.get("/account/password", for: .signedIn, objects: .own("password")) { signedIn in
      .page(AccountPages.password(signedIn, .empty), signedIn)
    }
    routes.post(
      "/account/password", for: .signedIn, objects: .own("password"), limits: Self.signInLimits
    ) { signedIn in try await changePassword(signedIn) }
  }

  private func register(_ visit: Visit) async throws -> Response {
    let form = try await visit.form()
    return try await FormAgain.answer(
      visit, form, page: { AccountPages.register(visit, $0, alerts: $1) },
      work: {
        var reader = FormReader(form)
        let account = AccountDraft(&reader, placeNames: visit.community.name)
        let door = reader.door()
        try reader.finish()
        guard let account, let door else { throw Problem.staleForm }
        try await register(account, door: door, in: visit.community.id)
        return .redirect(to: "/sign-in?registered=1&next=/account")
      })
  }

  func view(_ session: Session) async throws -> AccountView {
    let cipher = try await contactCipher(in: session.communityID)
    return try await database.read { snapshot in
      let community = session.communityID
      let account = try snapshot.account(of: session.personID, in: community)
      return AccountView(
        session: session,
        door: try session.householdID.flatMap {
          try snapshot.household($0, in: community, opening: cipher)?.door.label
        },
        request: try snapshot.membershipRequest(of: session.personID, in: community, opening: cipher)?.door
          .label,
        granted: try snapshot.roles(of: session.personID, in: community), hasAccount: account != nil,
        hasSecondFactor: account?.secondFactor != nil,
        sessionCount: try snapshot.sessions(of: session.personID, in: community).count)
    }
  }

  private func requestMembership(_ signedIn: SignedIn) async throws -> Response {
    var reader = FormReader(try await signedIn.form())
    let door = reader.door()
    try reader.finish()
    guard let door else { throw Problem.staleForm }
    try await requestMembership(of: signedIn.personID, at: door, in: signedIn.community.id)
    return .redirect(to: "/account")
  }

  private func changePassword(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { AccountPages.password(signedIn, $0, alerts: $1) },
      work: {
        var reader = FormReader(form)
        let present = reader.password("password")
        let personal = [
          signedIn.session.displayName, signedIn.community.name.chinese, signedIn.community.name.english,
        ]
        let new = reader.newPassword("new_password", personal: personal)
        try reader.finish()
        guard let present, let new else { throw Problem.staleForm }
        _ = try await verifyOwnPassword(of: signedIn.session, present)
        try await changePassword(
          of: signedIn.personID, keeping: signedIn.session.hash, to: new, in: signedIn.community.id)
        return .redirect(to: "/account")
      })
  }
}
