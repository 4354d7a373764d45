import HTTPTypes
import Hummingbird
import Kernel
import Synchronization
import TestKit
import Testing

@testable import Web

@Suite struct `Routes and what stands round them` {
  private struct Surprise: Error {
    let secret = "phone 13800000000"
  }

  private static func routes() -> Routes {
    var routes = Routes()
    routes.get("/", .everyone, objects: .community) { visit in
      .page(Page(title: "<首页>", main: "<h1>\(visit.session?.displayName ?? "-")</h1>"), visit)
    }
    routes.get("/orders", for: .signedIn, objects: .own("household's orders")) { signedIn in
      .page(Page(title: "orders", main: "<h1>\(signedIn.session.displayName)</h1>"), signedIn)
    }
    routes.get("/desk", for: .roles([.leader]), objects: .community) { signedIn in
      .page(Page(title: "desk", kind: .staff, main: "<h1>desk</h1>"), signedIn)
    }
    routes.post("/orders", for: .signedIn, objects: .own("household's orders")) { signedIn in
      .text("ordered \(try await signedIn.form()["item"] ?? "nothing")")
    }
    routes.post("/sign-in", .everyone, objects: .none) { visit in
      .text("hello \(try await visit.form()["name"] ?? "")")
    }
    routes.get("/items/:item", .everyone, objects: .community) { visit in
      .text("\(try visit.id("item", of: HouseholdKind.self)) \(visit.query("q") ?? "-")")
    }
    routes.get("/fails", .everyone, objects: .none) { _ in throw Surprise() }
    routes.get("/api/v1/me", for: .signedIn, objects: .own("account")) { signedIn in
      var json = JSONWriter()
      json.object { $0.field("name", signedIn.session.displayName) }
      return .json(json)
    }
    routes.post("/api/v1/orders", for: .signedIn, objects: .own("household's orders"), bodyLimit: .json) {
      signedIn in
      var body = try await signedIn.json().object()
      let item = body.string("item")
      try body.finish()
      var json = JSONWriter()
      json.object { $0.field("item", item) }
      return .json(json, status: .created)
    }
    routes.get(
      "/limited", .everyone, objects: .none, limits: [RateLimit("limited", 2, per: .minutes(1), by: .address)]
    ) { _ in .text("ok") }
    Preferences.addRoute(to: &routes) { _, _, _ in }
    PolicyReports.addRoute(to: &routes)
    return routes
  }

  @Test func `Every route admits exactly the roles that it declares`() async throws {
    let test = try TestSite()
    let routes = Self.routes()
    for route in routes.all where route.method == .get && route.path != "/limited" && route.path != "/fails" {
      let path = route.path.replacing(":item", with: "0000000000001")
      for roles in [nil] + Role.allCases.map({ Set([$0]) }) {
        let browser = test.browser(routes)
        if let roles { test.signIn(browser, roles: roles) }
        let answer = try await browser.get(path)
        if route.access.admits(roles) {
          #expect(answer.status == 200, "\(path) for \(String(describing: roles))")
        } else if roles != nil {
          #expect(answer.status == 403)
        } else if path.hasPrefix("/api/") {
          #expect(answer.status == 401)
        } else {
          #expect(answer.status == 303)
          #expect(answer.location == "/sign-in?next=\(URLEncodedText.encode(path))")
        }
      }
    }
  }

  @Test func `Every route that changes something refuses forged requests and changes nothing`() async throws {
    let test = try TestSite()
    let routes = Self.routes()
    let other = test.browser(routes)
    test.signIn(other, roles: [.resident])
    let foreign = try #require(try await other.get("/").hidden("form_token"))
    let own: HTTPFields = [
      .origin: "http://\(TestSite.host)", .contentType: "application/x-www-form-urlencoded",
    ]
    for route in routes.all
    where route.method != .get && route.forgery == .checked && !route.path.hasPrefix("/api/") {
      let browser = test.browser(routes)
      test.signIn(browser, roles: [.resident])
      let token = try #require(try await browser.get("/").hidden("form_token"))
      let good = Array("form_token=\(token)&item=eggs".utf8)
      #expect(
        try await browser.send(.post, route.path, headers: own, body: Array("item=eggs".utf8)).status == 403)
      #expect(
        try await browser.send(.post, route.path, headers: own, body: Array("form_token=\(foreign)".utf8))
          .status
          == 403)
      var cross = own
      cross[.origin] = "https://evil.test"
      #expect(try await browser.send(.post, route.path, headers: cross, body: good).status == 403)
      var bare = own
      bare[.origin] = nil
      #expect(try await browser.send(.post, route.path, headers: bare, body: good).status == 403)
      #expect(try await browser.send(.post, route.path, headers: own, body: good).status < 400)
    }
  }

  @Test func `A form for people who are not signed in is bound to their browser`() async throws {
    let test = try TestSite()
    let routes = Self.routes()
    let browser = test.browser(routes)
    _ = try await browser.get("/")
    #expect(browser.cookie("pre") != nil)
    #expect(try await browser.post("/sign-in", ["name": "王"]).text == "hello 王")
    browser.forgetCookies()
    #expect(try await browser.post("/sign-in", ["name": "王"]).status == 403)
  }

  @Test func `The API takes bearer tokens, and cookies only with a token and JSON`() async throws {
    let test = try TestSite()
    let routes = Self.routes()
    let bearer = test.shelf.add(roles: [.resident], at: test.clock.now)
    let program = test.browser(routes)
    let created = try await program.send(
      .post, "/api/v1/orders", json: "{\"item\":\"蛋\"}", bearer: bearer.text)
    #expect(created.status == 201 && created.text == "{\"item\":\"蛋\"}")
    #expect(try await program.send(.post, "/api/v1/orders", json: "{\"item\":\"蛋\"}").status == 401)
    let wrong = try await program.send(
      .post, "/api/v1/orders", json: "{\"item\":1,\"x\":2}", bearer: bearer.text)
    #expect(wrong.status == 422)
    #expect(wrong.headers[.contentType] == "application/problem+json")
    guard case .array(let errors)? = try JSON(wrong.bytes)["errors"] else {
      Issue.record("no errors")
      return
    }
    #expect(errors.compactMap { $0["field"] } == [.string("item"), .string("x")])

    let page = test.browser(routes)
    test.signIn(page, roles: [.resident])
    #expect(try await page.send(.post, "/api/v1/orders", json: "{\"item\":\"蛋\"}").status == 403)
    let token = try #require(try await page.get("/").hidden("form_token"))
    let name = try #require(HTTPField.Name("X-CSRF-Token"))
    #expect(
      try await page.send(.post, "/api/v1/orders", json: "{\"item\":\"蛋\"}", headers: [name: token]).status
        == 201)
    #expect(
      try await page.send(
        .post, "/api/v1/orders",
        headers: [name: token, .origin: "http://\(TestSite.host)", .contentType: "text/plain"],
        body: Array("{\"item\":\"蛋\"}".utf8)
      ).status == 403)
  }

  @Test func `Every answer carries the security headers, errors and static files included`() async throws {
    let test = try TestSite(isSecure: true)
    var routes = Self.routes()
    test.site.staticFiles.addRoute(to: &routes)
    let browser = test.browser(routes)
    let paths = [
      "/", "/orders", "/fails", "/nowhere", "/sign-in", "/items/x", "/api/v1/me", "/api/nowhere", "/limited",
      test.site.staticFiles.path(of: "site.css"), "/static/none.css",
    ]
    for path in paths {
      let answer = try await browser.get(path)
      #expect(answer.headers[.contentSecurityPolicy] == SecurityHeaders.policy, "\(path)")
      #expect(answer.headers[.xContentTypeOptions] == "nosniff")
      #expect(answer.headers[.strictTransportSecurity] == "max-age=63072000; includeSubDomains")
      #expect(answer.headers[.crossOriginResourcePolicy] == "same-origin")
      for name in ["Referrer-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy", "X-Frame-Options"] {
        #expect(answer.headers[try #require(HTTPField.Name(name))] != nil, "\(name) of \(path)")
      }
      #expect(answer.headers[.cacheControl] != nil || answer.status == 200 && path == "/limited")
    }
    #expect(
      try await test.browser(routes).get("/").headers[values: .setCookie].allSatisfy {
        $0.hasPrefix("__Host-") && $0.contains("; Secure") && $0.contains("; HttpOnly; SameSite=Lax")
      })
    let plain = try await TestSite().browser(routes).get("/")
    #expect(plain.headers[.strictTransportSecurity] == nil)
  }

  @Test func `A missing, doubled, malformed or unknown host is refused`() async throws {
    let test = try TestSite()
    let responder = Self.routes().responder(site: test.site)
    #expect(try await Browser(responder, host: "evil.test").get("/").status == 421)
    #expect(try await Browser(responder, host: "").get("/").status == 400)
    #expect(try await Browser(responder, host: "a b").get("/").status == 400)
    #expect(try await Browser(responder, host: TestSite.host.uppercased()).get("/").status == 200)
    let second = try #require(HTTPField.Name("Host"))
    let doubled = try await Browser(responder, host: TestSite.host).get("/", headers: [second: "evil.test"])
    #expect(doubled.status == 400)
    #expect(doubled.headers[.contentSecurityPolicy] != nil)
  }

  @Test func `An unexpected error shows an identifier and tells nothing`() async throws {
    let test = try TestSite()
    let answer = try await test.browser(Self.routes(), language: "en").get("/fails")
    #expect(answer.status == 500)
    #expect(!answer.text.contains("13800000000") && !answer.text.contains("Surprise"))
    #expect(answer.text.contains("Reference") && answer.text.contains("tel:02155550123"))
    let api = try await test.browser(Self.routes()).get("/fails", headers: [.accept: "application/json"])
    #expect(api.headers[.contentType] == "application/problem+json")
    #expect(try JSON(api.bytes)["code"] == .string("internal"))
  }

  @Test func `Unknown paths are 404, known paths used wrongly 405, and GET answers HEAD`() async throws {
    let browser = try TestSite().browser(Self.routes())
    #expect(try await browser.get("/nowhere").status == 404)
    #expect(try await browser.get("/items/nonsense").status == 404)
    #expect(try await browser.get("/items/0000000000001?q=%E9%B8%A1+%E8%9B%8B").text == "0000000000001 鸡 蛋")
    let wrong = try await browser.send(.delete, "/orders", headers: [:])
    #expect(wrong.status == 405 && wrong.headers[.allow] == "GET, HEAD, POST")
    let head = try await browser.send(.head, "/items/0000000000001", headers: [:])
    #expect(head.status == 200 && head.bytes.isEmpty && head.headers[.contentLength] == "15")
  }

  @Test func `A caller over its limit waits, and others do not`() async throws {
    let test = try TestSite()
    let routes = Self.routes()
    let responder = routes.responder(site: test.site)
    let first = Browser(responder, host: TestSite.host, address: "198.51.100.1")
    for _ in 0..<2 { #expect(try await first.get("/limited").status == 200) }
    let refused = try await first.get("/limited")
    #expect(refused.status == 429 && refused.headers[.retryAfter] == "30")
    #expect(
      try await Browser(responder, host: TestSite.host, address: "198.51.100.2").get("/limited").status == 200
    )
    test.clock.advance(by: .seconds(30))
    #expect(try await first.get("/limited").status == 200)
  }

  @Test func `Every budget of a door has to have room, and all doors of the API share one`() async throws {
    let test = try TestSite()
    var routes = Routes()
    let limits = [
      RateLimit("minute", 3, per: .minutes(1)), RateLimit("hour", 4, per: .hours(1), by: .address),
    ]
    routes.get("/twice-limited", .everyone, objects: .none, limits: limits) { _ in .text("ok") }
    for path in ["/api/v1/one", "/api/v1/two"] {
      routes.get(path, .everyone, objects: .none) { _ in .text("ok") }
    }
    let browser = Browser(routes.responder(site: test.site), host: TestSite.host)
    var statuses: [Int] = []
    for _ in 0..<5 {
      statuses.append(try await browser.get("/twice-limited").status)
      test.clock.advance(by: .seconds(15))
    }
    #expect(statuses == [200, 200, 200, 200, 429])
    for _ in 0..<300 {
      #expect(try await browser.get("/api/v1/one").status == 200)
      #expect(try await browser.get("/api/v1/two").status == 200)
    }
    #expect(try await browser.get("/api/v1/one").status == 429)
  }

  @Test func `A session ends on the server, whatever the browser keeps`() async throws {
    let test = try TestSite()
    let browser = test.browser(Self.routes())
    let token = test.signIn(browser, roles: [.socialWorker], level: .secondFactor)
    #expect(try await browser.get("/orders").status == 200)
    test.clock.advance(by: .minutes(29))
    #expect(try await browser.get("/orders").status == 200)
    test.clock.advance(by: .minutes(29))
    #expect(try await browser.get("/orders").status == 200)
    test.clock.advance(by: .minutes(30))
    #expect(try await browser.get("/orders").status == 303)
    #expect(test.shelf.session(token) == nil)
  }

  @Test func `A session of another community is nobody here`() async throws {
    let test = try TestSite()
    let browser = test.browser(Self.routes())
    let token = test.shelf.add(roles: [.leader], at: test.clock.now, community: CommunityID(rawValue: 8))
    browser.setCookie("sid", token.text)
    #expect(try await browser.get("/desk").status == 303)
  }

  @Test func `Bodies over their limit are refused`() async throws {
    let test = try TestSite()
    let browser = test.browser(Self.routes())
    _ = try await browser.get("/")
    let long = String(repeating: "a", count: 70_000)
    #expect(try await browser.post("/sign-in", ["name": long]).status == 413)
    #expect(
      try await browser.send(
        .post, "/csp-report", headers: [.contentType: "application/csp-report"], body: Array("{}".utf8)
      ).status == 204)
  }
}
