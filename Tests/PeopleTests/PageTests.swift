import Database
import HTTPTypes
import Kernel
import Security
import TestKit
import Testing
import Web

@testable import People

@Suite("The people's pages")
struct PageTests {
  @Test("Signing in by form, wrong and right, in both languages", arguments: ["zh", "en"])
  func signIn(language: String) async throws {
    try await Neighbourhood.with(.sqlite) { place in
      _ = try await place.resident(household: place.household())
      let browser = try place.browser(language: language)
      let page = try await browser.get("/sign-in?next=/account")
      #expect(page.status == 200)
      let wrong = try await browser.post(
        "/sign-in", ["phone": "138 0013 8000", "password": "wrong wrong", "next": "/account"])
      #expect(wrong.status == 401)
      #expect(wrong.text.contains("138 0013 8000"))
      #expect(!wrong.text.contains("wrong wrong"))
      #expect(wrong.text.contains(language == "zh" ? "不对" : "not right"))
      let right = try await browser.post(
        "/sign-in", ["phone": "138 0013 8000", "password": Neighbourhood.password, "next": "/account"])
      #expect(right.status == 303)
      #expect(right.location == "/account")
      #expect(browser.cookie("sid") != nil)
      let account = try await browser.get("/account")
      #expect(account.text.contains(language == "zh" ? "3号楼 2单元 501" : "Building 3, Unit 2, Room 501"))
      let out = try await browser.post("/sign-out")
      #expect(out.location == "/")
      #expect(try await browser.get("/account").location?.hasPrefix("/sign-in?next=") == true)
    }
  }

  @Test("Nobody is led away from the site after signing in")
  func openRedirect() async throws {
    try await Neighbourhood.with(.sqlite) { place in
      _ = try await place.resident()
      let browser = try place.browser()
      _ = try await browser.get("/sign-in?next=//evil.test/")
      let answer = try await browser.post(
        "/sign-in",
        ["phone": "13800138000", "password": Neighbourhood.password, "next": "https://evil.test/"])
      #expect(answer.location == "/")
    }
  }

  @Test("A neighbour registers, waits, is confirmed at the desk, and is a resident")
  func registration() async throws {
    try await Neighbourhood.with(.sqlite) { place in
      let leader = try await place.resident("团长", phone: "13700137000", roles: [.leader])
      let browser = try place.browser()
      _ = try await browser.get("/register")
      let bad = try await browser.post(
        "/register",
        ["name": "小李", "phone": "1380013", "password": "12345678", "building": "3", "unit": "", "room": ""])
      #expect(bad.status == 422)
      for field in ["phone", "password", "room"] { #expect(bad.text.contains("field-\(field)-error")) }
      let good = try await browser.post(
        "/register",
        [
          "name": "小李", "phone": "13800138000", "password": Neighbourhood.password, "building": "3号楼",
          "unit": "2", "room": "501",
        ])
      #expect(good.status == 303)
      _ = try await browser.get("/sign-in")
      _ = try await browser.post("/sign-in", ["phone": "13800138000", "password": Neighbourhood.password])
      #expect(try await browser.get("/account").text.contains("正等着确认"))
      let desk = try await place.browser(of: leader, level: .password)
      let overview = try await desk.get("/desk/people")
      #expect(overview.text.contains("小李"))
      let seen = try #require(overview.hidden("requested_at"))
      let action = try #require(overview.text.firstMatch(of: /\/desk\/people\/[^"]*\/membership\/confirm/))
      let confirmed = try await desk.post(String(action.output), ["requested_at": seen])
      #expect(confirmed.status == 303)
      let account = try await browser.get("/account")
      #expect(account.text.contains("3号楼 2单元 501"))
      #expect(!account.text.contains("正等着确认"))
    }
  }

  @Test("At a shared tablet the card shows no settings and one big way out")
  func card() async throws {
    try await Neighbourhood.with(.sqlite) { place in
      let leader = try await place.resident("团长", phone: "13700137000", roles: [.leader])
      let draft = try PersonDraft(displayName: "王奶奶", household: try await place.household())
      let person = try #require(await place.people.createPersons([draft], in: place.community).first)
      let desk = try await place.browser(of: leader, level: .password)
      _ = try await desk.get("/desk/people/\(person)/card")
      let weak = try await desk.post("/desk/people/\(person)/card", ["pin": "123456"])
      #expect(weak.status == 422)
      let printed = try await desk.post("/desk/people/\(person)/card", ["pin": ""])
      #expect(printed.status == 200)
      let codes = printed.text.split(separator: "<p class=\"code\">").dropFirst().map {
        $0.prefix { $0 != "<" }
      }
      #expect(codes.count == 2)
      let browser = try place.browser()
      _ = try await browser.get("/card")
      let entered = try await browser.post("/card", ["card": String(codes[0]), "pin": String(codes[1])])
      #expect(entered.status == 303)
      let account = try await browser.get("/account")
      #expect(account.text.contains("我用完了"))
      #expect(!account.text.contains("3号楼"))
      for path in ["/account/sessions", "/account/second-factor", "/desk/people"] {
        #expect(try await browser.get(path).status == 403, "\(path)")
      }
      let done = try await browser.post("/sign-out")
      #expect(done.location == "/card")
      #expect(browser.cookie("sid") == nil)
      #expect(try await browser.get("/account").location == "/card")
      _ = try await browser.get("/card")
      _ = try await browser.post("/card", ["card": String(codes[0]), "pin": String(codes[1])])
      let foreign = HTTPField.Name("Sec-Fetch-Site").map { [$0: "cross-site"] as HTTPFields } ?? [:]
      #expect(try await browser.get("/card/left", headers: foreign).location == "/")
      #expect(try await browser.get("/account").status == 200)
      #expect(try await browser.get("/card/left").location == "/card")
      #expect(browser.cookie("sid") == nil)
      _ = try await browser.get("/card")
      _ = try await browser.post("/card", ["card": String(codes[0]), "pin": String(codes[1])])
      place.clock.advanceSeconds(181)
      #expect(try await browser.get("/account").location == "/card")
    }
  }

  @Test("Staff are led to their authenticator first, and the desk stays closed until it is set")
  func secondFactor() async throws {
    try await Neighbourhood.with(.sqlite) { place in
      _ = try await place.resident(roles: [.committee])
      let browser = try place.browser()
      _ = try await browser.get("/sign-in")
      let first = try await browser.post(
        "/sign-in", ["phone": "13800138000", "password": Neighbourhood.password])
      #expect(first.location == "/account/second-factor")
      #expect(try await browser.get("/desk/people").status == 403)
      _ = try await browser.get("/account/second-factor")
      #expect(try await browser.post("/account/second-factor").location == "/account/second-factor/confirm")
      let page = try await browser.get("/account/second-factor/confirm")
      let start = try #require(page.text.firstRange(of: "<code>"))
      let spelled = page.text[start.upperBound...].prefix { $0 != "<" }
      let secret = try #require(Base32.decode(String(spelled)))
      let code = TimeBasedCode(secret: secret).code(at: place.clock.now)
      #expect(try await browser.post("/account/second-factor/confirm", ["code": code]).status == 303)
      #expect(try await browser.get("/desk/people").status == 200)
    }
  }

  @Test("A revealed number is recorded with its reason, and a leader gets none")
  func reveal() async throws {
    try await Neighbourhood.with(.sqlite) { place in
      let person = try await place.resident(household: place.household())
      let worker = try await place.resident("社工", phone: "13700137000", roles: [.socialWorker])
      let leader = try await place.resident("团长", phone: "13600136000", roles: [.leader])
      let desk = try await place.browser(of: worker)
      #expect(try await !desk.get("/desk/people/\(person)").text.contains("138 0013 8000"))
      let shown = try await desk.post("/desk/people/\(person)/phone", ["purpose": "care"])
      #expect(shown.text.contains("138 0013 8000"))
      let trail = try await place.database.read {
        try $0.auditTrail(of: person.rawValue, in: place.community, limit: 1)
      }
      #expect(trail.first?.entry.action == "people.phone_reveal")
      #expect(trail.first?.entry.purpose == "care")
      #expect(trail.first?.entry.actor == worker)
      let other = try await place.browser(of: leader, level: .password)
      #expect(try await !other.get("/desk/people/\(person)").text.contains("/phone"))
      #expect(try await other.post("/desk/people/\(person)/phone", ["purpose": "care"]).status == 403)
    }
  }

  @Test("The table import checks first and stores on the second press")
  func importing() async throws {
    try await Neighbourhood.with(.sqlite) { place in
      let committee = try await place.resident(roles: [.committee])
      let desk = try await place.browser(of: committee)
      #expect(try await desk.get("/desk/households/import").status == 200)
      let token = try #require(await desk.get("/desk/households/import").hidden("form_token"))
      let content = "楼号,房号,姓名\n5,101,赵爷爷\n5,102,钱奶奶\n"
      let boundary = "----maple"
      let body = """
        --\(boundary)\r\nContent-Disposition: form-data; name="form_token"\r\n\r\n\(token)\r\n\
        --\(boundary)\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n\(content)\r\n\
        --\(boundary)--\r\n
        """
      let checked = try await desk.send(
        .post, "/desk/households/import",
        headers: [
          .contentType: "multipart/form-data; boundary=\(boundary)", .origin: "http://\(Neighbourhood.host)",
        ],
        body: Array(body.utf8))
      #expect(checked.status == 200)
      let kept = try #require(checked.hidden("content"))
      let key = try #require(checked.hidden("idempotency_key"))
      for _ in 0..<2 {
        let stored = try await desk.post(
          "/desk/households/import/store", ["content": kept, "idempotency_key": key])
        #expect(stored.status == 200)
      }
      #expect(try await desk.get("/desk/households?building=5").text.contains("赵爷爷"))
      let again = try await desk.post(
        "/desk/households/import/store", ["content": kept, "idempotency_key": "the-key-of-another-form"])
      #expect(again.status == 422)
    }
  }

  @Test("Programs sign in with a bearer token and out again")
  func api() async throws {
    try await Neighbourhood.with(.sqlite) { place in
      let person = try await place.resident(household: place.household())
      let browser = try place.browser()
      let bad = try await browser.send(
        .post, "/api/v1/sessions", json: "{\"phone\":\"x\",\"password\":\"y\"}")
      #expect(bad.status == 422)
      let wrong = try await browser.send(
        .post, "/api/v1/sessions", json: "{\"phone\":\"13800138000\",\"password\":\"wrong wrong\"}")
      #expect(wrong.status == 401)
      let created = try await browser.send(
        .post, "/api/v1/sessions",
        json: "{\"phone\":\"13800138000\",\"password\":\"\(Neighbourhood.password)\"}")
      #expect(created.status == 201)
      guard case .string(let token)? = try JSON(created.bytes)["token"] else {
        Issue.record("no token")
        return
      }
      let bearer = ["Bearer \(token)"]
      let session = try await browser.send(
        .get, "/api/v1/session", headers: [.authorization: bearer[0]])
      #expect(session.status == 200)
      #expect(try JSON(session.bytes)["person_id"] == .string(person.description))
      let ended = try await browser.send(.delete, "/api/v1/session", headers: [.authorization: bearer[0]])
      #expect(ended.status == 204)
      #expect(
        try await browser.send(.get, "/api/v1/session", headers: [.authorization: bearer[0]]).status == 401)
    }
  }

  @Test("The switches keep a signed-in person's language and elder view")
  func preferences() async throws {
    try await Neighbourhood.with(.sqlite) { place in
      let person = try await place.resident()
      let browser = try await place.browser(of: person, level: .password)
      _ = try await browser.get("/account")
      #expect(
        try await browser.post("/preferences", ["language": "en", "back": "/account"]).location == "/account")
      #expect(try await browser.get("/account").text.contains("lang=\"en\""))
      _ = try await browser.post("/preferences", ["elder": "on", "back": "/account"])
      let view = try await place.database.read { try $0.person(person, in: place.community) }
      #expect(view?.language == .english)
      #expect(view?.elderView == true)
    }
  }

  @Test("No page shows a name as markup")
  func escaping() async throws {
    try await Neighbourhood.with(.sqlite) { place in
      let person = try await place.resident("<b>\"王\"</b>", household: place.household())
      let committee = try await place.resident("居委会", phone: "13700137000", roles: [.committee])
      let desk = try await place.browser(of: committee)
      let household = try #require(
        await place.database.read { try $0.person(person, in: place.community)?.household })
      for path in [
        "/desk/people?q=%E7%8E%8B", "/desk/people/\(person)", "/desk/households?building=3",
        "/desk/households/\(household)", "/desk/people/\(person)/card",
      ] {
        let answer = try await desk.get(path)
        #expect(answer.status == 200, "\(path)")
        #expect(!answer.text.contains("<b>\"王\"</b>"), "\(path)")
        #expect(answer.text.contains("&lt;b&gt;"), "\(path)")
      }
    }
  }
}
