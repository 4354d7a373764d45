import HTTPTypes
import Hummingbird
import Kernel
import Security
import Web

/// Sessions for programs: the token is sent as `Authorization: Bearer …`.
extension People {
  private static let sessionSchema = Schema.named(
    "Session",
    .object([
      .init("person_id", .identifier), .init("household_id", .nullable(.identifier)),
      .init("display_name", .string()), .init("roles", .array(.enumeration(Role.allCases.map(\.rawValue)))),
      .init("level", .enumeration(SignInLevel.allCases.map(\.rawValue))), .init("created_at", .timestamp),
      .init("expires_at", .timestamp),
    ]))

  func addSessionAPI(_ routes: inout Routes) {
    routes.post(
      "/api/v1/sessions", .everyone, objects: .none, limits: Self.signInLimits,
      operation: Operation(
        "createSession", Phrase("用电话和密码登录", "Sign in with telephone number and password"),
        request: .object([
          .init("phone", .string(length: 1...40)), .init("password", .string(length: 1...128)),
          .init("code", .string(length: 1...12), isRequired: false),
        ]),
        answers: [
          .init(
            201, Phrase("已登录，令牌只给这一次", "Signed in; the token is given this once"),
            .object([.init("token", .string()), .init("session", Self.sessionSchema)]))
        ])
    ) { visit in try await createSession(visit) }
    routes.get(
      "/api/v1/session", for: .signedIn, objects: .own("session"),
      operation: Operation(
        "getSession", Phrase("这个会话是谁的", "Whose session this is"),
        answers: [.init(200, Phrase("会话", "The session"), Self.sessionSchema)])
    ) { signedIn in
      var json = JSONWriter()
      Self.write(signedIn.session, to: &json)
      return .json(json)
    }
    routes.delete(
      "/api/v1/session", for: .signedIn, objects: .own("session"),
      operation: Operation(
        "deleteSession", Phrase("退出", "Sign out"), answers: [.init(204, Phrase("已退出", "Signed out"))])
    ) { signedIn in
      try await sessions.end(signedIn.session.hash, signedIn.community.id)
      return Response(status: .noContent)
    }
  }

  private func createSession(_ visit: Visit) async throws -> Response {
    var body = try await visit.json().object()
    let typed = body.string("phone", length: 1...40)
    let password = body.string("password", length: 1...128)
    let code = body.string("code", length: 1...12, isRequired: false)
    let phone = typed.flatMap { PhoneNumber(typed: $0) }
    if typed != nil, phone == nil {
      body.add("phone", Phrase("不是电话号码。", "This is no telephone number."))
    }
    try body.finish()
    guard let phone, let password else { throw Problem.signInFailed }
    let begun = try await signIn(
      Credentials(phone: phone, password: password, deviceMark: nil, userAgent: visit.userAgent), code: code,
      in: visit.community.id)
    var json = JSONWriter()
    json.object { json in
      json.field("token", begun.token.text)
      json.object("session") { Self.members(of: begun.session, to: &$0) }
    }
    return .json(json, status: .created)
  }

  private static func write(_ session: Session, to json: inout JSONWriter) {
    json.object { members(of: session, to: &$0) }
  }

  private static func members(of session: Session, to json: inout JSONWriter) {
    json.field("person_id", session.personID)
    json.field("household_id", session.householdID)
    json.field("display_name", session.displayName)
    json.array("roles", session.roles.sorted().map(\.rawValue))
    json.field("level", session.level.rawValue)
    json.field("created_at", session.createdAt)
    json.field("expires_at", session.createdAt + session.terms.absolute)
  }
}
