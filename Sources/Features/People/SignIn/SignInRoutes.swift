import Database
import HTTPTypes
import Hummingbird
import Kernel
import Security
import Web

/// The browser's memory of having signed in here before.
enum DeviceCookie {
  private static let year = 31_536_000

  private static func name(_ visit: Visit) -> String { visit.site.isSecure ? "__Host-device" : "device" }

  static func value(_ visit: Visit) -> String? { Cookies.value(name(visit), in: visit.request.headers) }

  static func field(_ mark: String, _ visit: Visit) -> HTTPField {
    HTTPField(
      name: .setCookie,
      value: "\(name(visit))=\(mark); Path=/; Max-Age=\(year); HttpOnly; SameSite=Lax"
        + (visit.site.isSecure ? "; Secure" : ""))
  }
}

extension Visit {
  var userAgent: String { request.headers[.userAgent] ?? "" }
}

extension People {
  /// Source of the figures: field/reliability.md §3.14. A housing block may share one address, so they are not lower.
  static let signInLimits = [
    RateLimit("people.sign_in", 20, per: .minutes(1), by: .address),
    RateLimit("people.sign_in_hour", 200, per: .hours(1), by: .address),
  ]

  func addSignIn(_ routes: inout Routes) {
    routes.get("/sign-in", .everyone, objects: .none) { visit in
      let next = LocalPath.checked(visit.query("next") ?? "/")
      if visit.session != nil { return .redirect(to: next) }
      return .page(SignInPages.signIn(visit, .empty, next: next, alerts: Self.arrivalNotices(visit)), visit)
    }
    routes.post("/sign-in", .everyone, objects: .none, limits: Self.signInLimits) { visit in
      try await signIn(visit)
    }
    routes.post("/sign-in/code", .everyone, objects: .none, limits: Self.signInLimits) { visit in
      try await signInWithCode(visit)
    }
    routes.get("/sign-in/again", for: .signedIn, objects: .own("session")) { signedIn in
      let next = LocalPath.checked(signedIn.query("next") ?? "/account")
      return .page(SignInPages.confirm(signedIn, .empty, next: next), signedIn)
    }
    routes.post("/sign-in/again", for: .signedIn, objects: .own("session"), limits: Self.signInLimits) {
      signedIn in
      try await confirm(signedIn)
    }
    routes.post("/sign-out", .everyone, objects: .own("session")) { visit in
      var response = Response.redirect(to: visit.session?.isCardSession == true ? "/card" : "/")
      if let session = visit.session { try await sessions.end(session.hash, session.communityID) }
      response.signOut(isSecure: visit.site.isSecure)
      return response
    }
  }

  private static func arrivalNotices(_ visit: Visit) -> [HTML] {
    guard visit.query("registered") != nil else { return [] }
    return [
      PageParts.notice(
        visit.say(
          "登记收到了，请用电话和密码登录。这个电话以前登记过的话，请用原来的密码。",
          "Your registration has arrived; please sign in. If the number was registered before, use the password from then."
        ), .good)
    ]
  }

  private func signIn(_ visit: Visit) async throws -> Response {
    let form = try await visit.form()
    let next = LocalPath.checked(try form["next"] ?? "/")
    return try await FormAgain.answer(
      visit, form, page: { SignInPages.signIn(visit, $0, next: next, alerts: $1) },
      work: {
        var reader = FormReader(form)
        let phone = reader.phone("phone")
        let password = reader.password("password")
        try reader.finish()
        guard let phone, let password else { throw Problem.signInFailed }
        let outcome = try await signIn(
          Credentials(
            phone: phone, password: password, deviceMark: DeviceCookie.value(visit),
            userAgent: visit.userAgent),
          in: visit.community.id)
        switch outcome {
        case .needsCode(let ticket):
          return .page(SignInPages.code(visit, .empty, ticket: ticket, next: next), visit)
        case .signedIn(let begun):
          return try await welcome(begun, next: next, visit)
        }
      })
  }

  private func signInWithCode(_ visit: Visit) async throws -> Response {
    let form = try await visit.form()
    let next = LocalPath.checked(try form["next"] ?? "/")
    let ticket = try form["ticket"] ?? ""
    do {
      return try await FormAgain.answer(
        visit, form, page: { SignInPages.code(visit, $0, ticket: ticket, next: next, alerts: $1) },
        work: {
          let begun: SignedInSession
          do {
            begun = try await signIn(
              ticket: ticket, code: try form["code"] ?? "", userAgent: visit.userAgent, in: visit.community.id
            )
          } catch let problem as Problem where problem == .ticketExpired {
            throw TicketExpired()
          }
          return try await welcome(begun, next: next, visit)
        })
    } catch is TicketExpired {
      let notices = FormAgain.notices(.ticketExpired, visit.say)
      return .page(
        SignInPages.signIn(visit, .empty, next: next, alerts: notices), visit, status: .unauthorized)
    }
  }

  private struct TicketExpired: Error {}

  private func confirm(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let next = LocalPath.checked(try form["next"] ?? "/account")
    return try await FormAgain.answer(
      signedIn, form, page: { SignInPages.confirm(signedIn, $0, next: next, alerts: $1) },
      work: {
        var reader = FormReader(form)
        let password = reader.password("password")
        try reader.finish()
        let begun = try await confirm(
          signedIn.session, password: password ?? "", userAgent: signedIn.visit.userAgent)
        return try await welcome(begun, next: next, signedIn.visit)
      })
  }

  /// Hands the new session to the browser. Staff who have no second factor yet are led to set one up.
  func welcome(_ begun: SignedInSession, next: String, _ visit: Visit) async throws -> Response {
    let session = begun.session
    // The old session of this browser is dead from here on, whoever it belonged to.
    if let old = visit.session, old.hash != session.hash { try await sessions.end(old.hash, old.communityID) }
    var destination = next
    if session.level == .password {
      let granted = try await database.read { try $0.roles(of: session.personID, in: session.communityID) }
      if granted.contains(where: \.isStaff) { destination = "/account/second-factor" }
    }
    var response = Response.redirect(to: destination)
    response.signIn(begun.token, terms: session.terms, isSecure: visit.site.isSecure)
    if let mark = begun.deviceMark { response.headers.append(DeviceCookie.field(mark, visit)) }
    return response
  }
}
