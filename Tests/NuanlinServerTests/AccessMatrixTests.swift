import HTTPTypes
import Kernel
import NuanlinServer
import TestKit
import Testing
import Web

/// Every route × every role × own and other community, made from what the routes declare of themselves.
@Suite("The access matrix")
struct AccessMatrixTests {
  @Test("A role enters exactly the doors that name it")
  func rolesEnterTheirDoors() async throws {
    try await House.with { house in
      for role in Role.allCases {
        let person = try await house.person(roles: [role])
        for route in house.routes where !route.access.admits(nil) {
          // Some doors end the session, so each is entered with a new one.
          let answer = try await house.visit(route, bearer: try await house.bearer(of: person))
          let door = "\(route.method) \(route.path) as \(role.rawValue): \(answer.status)"
          if route.access.admits([role]) {
            #expect(answer.status != 401 && !answer.leadsToSignIn, "\(door), should be let in")
            #expect(answer.status != 403 || !answer.isRefusedByRole, "\(door), should be let in")
          } else {
            #expect(answer.status == 403, "\(door), should be refused")
          }
          #expect(answer.status < 500, "\(door)")
        }
      }
    }
  }

  @Test("Without a session only open doors open")
  func strangersStayOutside() async throws {
    try await House.with { house in
      for route in house.routes where !route.access.admits(nil) {
        let answer = try await house.visit(route, bearer: nil)
        let isShown = route.path.hasPrefix("/api/") || route.method != .get
        #expect(
          isShown ? [401, 403].contains(answer.status) : answer.leadsToSignIn,
          "\(route.method) \(route.path): \(answer.status)")
      }
    }
  }

  @Test("A session of one community is nobody in another")
  func sessionsStayInTheirCommunity() async throws {
    try await House.with { house in
      let token = try await house.bearer(of: house.person(roles: Set(Role.allCases)))
      for route in house.routes where !route.access.admits(nil) {
        let answer = try await house.visit(route, bearer: token, host: House.otherHost)
        #expect(
          [401, 403].contains(answer.status) || answer.leadsToSignIn,
          "\(route.method) \(route.path): \(answer.status)")
      }
    }
  }

  @Test("No form is taken without its token, with another session's, or from another site")
  func formsNeedTheirToken() async throws {
    try await House.with { house in
      let token = try await house.bearer(of: house.person(roles: Set(Role.allCases)))
      let strange = [HTTPField.Name.origin: "https://elsewhere.example"]
      let ways: [(String, [HTTPField.Name: String], String)] = [
        ("no token", [.origin: "http://\(House.host)"], "a=1"),
        ("a made-up token", [.origin: "http://\(House.host)"], "form_token=AAAAAAAAAAAAAAAAAAAAAA"),
        ("another site", strange, "a=1"), ("no headers", [:], "a=1"),
      ]
      for route in house.routes where route.method != .get && route.forgery == .checked {
        for (way, fields, body) in ways {
          let browser = house.browser()
          browser.setCookie("sid", token)
          var headers = HTTPFields()
          for (name, value) in fields { headers[name] = value }
          headers[.contentType] = "application/x-www-form-urlencoded"
          let answer = try await browser.send(
            route.method, house.path(of: route), headers: headers, body: Array(body.utf8))
          #expect(answer.status == 403, "\(route.method) \(route.path) with \(way): \(answer.status)")
        }
      }
    }
  }

  @Test("The OpenAPI document names the API's routes and no others")
  func documentIsTheRouter() async throws {
    try await House.with { house in
      let answer = try await house.browser().get("/openapi.json")
      guard case .object(let paths)? = try JSON(answer.bytes)["paths"] else {
        Issue.record("there is no document")
        return
      }
      var described: Set<String> = []
      for path in paths {
        guard case .object(let operations) = path.value else { continue }
        for operation in operations where operation.name != "parameters" {
          described.insert("\(operation.name.uppercased()) \(path.name)")
        }
      }
      let routes = house.routes.filter { $0.path.hasPrefix("/api/v1/") }
      #expect(described == Set(routes.map { "\($0.method) \(OpenAPI.path($0.path))" }))
      #expect(routes.allSatisfy { $0.operation != nil })
    }
  }
}

extension Browser.Answer {
  fileprivate var leadsToSignIn: Bool { status == 303 && location?.hasPrefix("/sign-in") == true }
  fileprivate var isRefusedByRole: Bool {
    text.contains("access.forbidden") || text.contains("\"forbidden\"")
  }
}
