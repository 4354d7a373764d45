import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Care

/// The doors of group work, as a browser without scripts goes through them.
@Suite struct GroupRouteTests {
  @Test(arguments: ["zh", "en"])
  func `a leader opens a group, takes people in, records, measures and reports; the supervisor ends it`(
    language: String
  ) async throws {
    try await CareStation.with(.sqlite) { station in
      let leader = try await station.groupBrowser(of: station.xu, language: language)
      let base = try await station.openByForm(leader)
      let wang = try await station.takeIn(leader, base, "139 0000 0006")
      let li = try await station.takeIn(leader, base, "13900000007")
      try await station.go(leader, base, "formation")
      let session = try await station.recordMeeting(leader, base, wang, li)
      try await station.enterCodes(leader, session, wang)
      try await station.enterScores(leader, base, wang, li)
      for stage in ["transition", "maturity", "ending"] { try await station.go(leader, base, stage) }
      let report = try await station.reportByForm(leader, base)

      let supervisor = try await station.groupBrowser(of: station.zheng, language: language)
      let page = try await supervisor.get(report)
      #expect(page.status == 200 && page.text.contains("<svg class=\"chart of-bars\""))
      #expect(page.text.contains("“现在敢自己点了”"))
      #expect(!page.text.contains("p = "), "two pairs")
      let silent = try await supervisor.post(
        "\(report)/decision", ["decision": "sent_back", "remark": "", "idempotency_key": try key(page)])
      #expect(silent.status == 422)
      let approved = try await supervisor.post(
        "\(report)/decision",
        ["decision": "approved", "remark": "好", "idempotency_key": try key(silent)])
      #expect(approved.status == 303)
      let printed = try await supervisor.get("\(report)/print")
      #expect(printed.status == 200)
      #expect(!printed.text.contains("王阿姨") && !printed.text.contains("敢自己点"))
      #expect(try await leader.get("\(base)/terms").status == 409)
      #expect(try await leader.get("/groups?closed=1").text.contains("X-0001"))
      for path in [
        "/groups", "/groups/new", base, "\(base)/members/\(wang)", session, report, "\(base)/scores",
      ] {
        let answer = try await leader.get(path)
        #expect(answer.status == 200, "\(path)")
        wellFormed(answer, path)
      }
      #expect(try await station.groupBreaches() == [])
    }
  }

  private func key(_ answer: Browser.Answer) throws -> String {
    try #require(answer.hidden("idempotency_key"))
  }

  @Test func `for everybody else there is no such group, and a wrong form does not tell`() async throws {
    try await CareStation.with(.sqlite) { station in
      let id = try await station.openGroup()
      let member = try await station.join(station.wang, id)
      let session = try await station.meet(id, [.init(member, .present, participation: 1)])
      let report = try await station.report(id, reason: "试试")
      let nothing = CareGroupID(rawValue: 12345)
      func pages(_ id: CareGroupID) -> [String] {
        let base = "/groups/\(id)"
        return [
          base, "\(base)/terms", "\(base)/staff", "\(base)/members", "\(base)/members/\(member)",
          "\(base)/members/for/\(station.li)", "\(base)/sessions", "\(base)/sessions/\(session)",
          "\(base)/sessions/\(session)/mend", "\(base)/sessions/\(session)/practice", "\(base)/scores",
          "\(base)/report", "\(base)/reports/\(report)", "\(base)/reports/\(report)/print",
        ]
      }
      func posts(_ id: CareGroupID) -> [String] {
        let base = "/groups/\(id)"
        return [
          "\(base)/move", "\(base)/terms", "\(base)/staff", "\(base)/members", "\(base)/sessions",
          "\(base)/scores", "\(base)/report", "\(base)/members/\(member)/screening",
          "\(base)/members/\(member)/answer", "\(base)/members/\(member)/leaving",
          "\(base)/members/for/\(station.li)", "\(base)/sessions/\(session)/mend",
          "\(base)/sessions/\(session)/addenda", "\(base)/sessions/\(session)/practice",
          "\(base)/reports/\(report)/decision",
        ]
      }
      for (person, status) in [
        (station.lin, 404), (station.gao, 404), (station.committee, 403), (station.wang, 403),
      ] {
        let browser = try await station.groupBrowser(of: person)
        _ = try await browser.get("/groups/new")
        _ = try await browser.get("/account")
        for path in pages(id) + pages(nothing) {
          #expect(try await browser.get(path).status == status, "\(path)")
        }
        for path in posts(id) + posts(nothing) {
          let answer = try await browser.post(
            path,
            [
              "idempotency_key": "a-key-that-is-long-enough", "reason": "x", "note": "x",
              "stage": "formation",
            ])
          #expect(answer.status == status, "\(path)")
        }
      }
      let nobody = try await station.groupBrowser(of: nil)
      #expect(try await nobody.get("/groups/\(id)").location?.hasPrefix("/sign-in") == true)
      let stranger = try await station.groupBrowser(of: station.lin)
      #expect(try await !stranger.get("/groups").text.contains("X-0001"))
    }
  }

  @Test func `the supervisor reads, and writes nothing but their word`() async throws {
    try await CareStation.with(.sqlite) { station in
      let id = try await station.openGroup()
      let member = try await station.join(station.wang, id)
      let session = try await station.meet(id, [.init(member, .present, participation: 1)])
      let browser = try await station.groupBrowser(of: station.zheng)
      let base = "/groups/\(id)"
      for path in [base, "\(base)/members/\(member)", "\(base)/sessions/\(session)"] {
        let page = try await browser.get(path)
        #expect(page.status == 200, "\(path)")
        #expect(!page.text.contains("<textarea"), "\(path)")
        wellFormed(page, path)
      }
      for path in ["terms", "members", "sessions", "scores", "report"] {
        #expect(try await browser.get("\(base)/\(path)").status == 403, "\(path)")
      }
      #expect(try await browser.get("\(base)/staff").status == 200)
    }
  }

  @Test func `each look stands in the audit chain with who and what, and never words`() async throws {
    try await CareStation.with(.sqlite) { station in
      let id = try await station.openGroup()
      let member = try await station.join(station.wang, id)
      let leader = try await station.groupBrowser(of: station.xu)
      let supervisor = try await station.groupBrowser(of: station.zheng)
      _ = try await leader.get("/groups/\(id)/members/\(member)")
      _ = try await supervisor.get("/groups/\(id)")
      let looks = try await station.database.read {
        try $0.auditTrail(of: id.rawValue, in: station.community, limit: 2)
      }
      #expect(looks.map(\.entry.action) == ["care.group_read", "care.group_read"])
      #expect(looks.map(\.entry.purpose) == ["supervisor group", "leader member"])
      #expect(looks.map(\.entry.actor) == [station.zheng, station.xu])
      #expect(looks.map(\.entry.onBehalfOf) == [nil, station.wang])
      #expect(try await supervisor.get("/groups/\(id)").text.contains("谁看过"))
    }
  }

  @Test func `a form that is sent twice counts once, and a screen that lies open is closed`() async throws {
    try await CareStation.with(.sqlite) { station in
      let id = try await station.openGroup()
      let browser = try await station.groupBrowser(of: station.xu)
      let page = try await browser.get("/groups/\(id)/members")
      let key = try key(page)
      for _ in 0..<2 {
        let sent = try await browser.post(
          "/groups/\(id)/members", ["phone": "13900000006", "idempotency_key": key])
        #expect(sent.status == 303)
      }
      #expect(try await station.view(id).members.count == 1)
      let unknown = try await browser.post(
        "/groups/\(id)/members", ["phone": "13900009999", "idempotency_key": "another-key-of-this-form"])
      #expect(unknown.status == 422 && unknown.text.contains("field-phone-error"))
      station.clock.advance(by: .minutes(16))
      #expect(try await browser.get("/groups/\(id)").location?.hasPrefix("/sign-in") == true)
    }
  }

  @Test func `without a practice shop the page says so`() async throws {
    try await CareStation.with(.sqlite) { station in
      let id = try await station.openGroup()
      let member = try await station.join(station.wang, id)
      let session = try await station.meet(id, [.init(member, .present, participation: 1)])
      let browser = try await station.groupBrowser(of: station.xu, practice: .none)
      let page = try await browser.get("/groups/\(id)/sessions/\(session)")
      #expect(page.text.contains("还没有练习店"))
      let form = try await browser.get("/groups/\(id)/sessions/\(session)/practice")
      #expect(form.status == 200 && form.text.contains("还没有练习店") && !form.text.contains("code-"))
      let sent = try await browser.post(
        "/groups/\(id)/sessions/\(session)/practice",
        [
          "from": "2026-11-23T14:00", "until": "2026-11-23T16:00", "code-\(member)": "12345678",
          "idempotency_key": "a-key-that-is-long-enough",
        ])
      #expect(sent.status == 409 && sent.text.contains("还没有练习店"))
    }
  }

  @Test func `names and words are shown as they were typed, never as markup`() async throws {
    try await CareStation.with(.sqlite) { station in
      let id = try await station.openGroup(
        CareStation.terms(name: "<b>组</b>", minimum: 2, goals: "<i>一</i>\n二"))
      let member = try await station.join(station.wang, id)
      try await station.meet(id, [.init(member, .absent, words: CareDocument([.note: "<u>她</u>"]))])
      let browser = try await station.groupBrowser(of: station.xu)
      for path in ["", "/members/\(member)", "/report", "/sessions", "/terms"] {
        let page = try await browser.get("/groups/\(id)\(path)")
        #expect(page.status == 200, "\(path)")
        for tag in ["<b>组", "<i>一", "<u>她"] { #expect(!page.text.contains(tag), "\(path)") }
      }
      #expect(try await browser.get("/groups").text.contains("&lt;b&gt;组"))
    }
  }

  @Test func `a wrong meeting is told at each field, with everything that was typed`() async throws {
    try await CareStation.with(.sqlite) { station in
      let id = try await station.openGroup()
      let member = try await station.join(station.wang, id)
      let browser = try await station.groupBrowser(of: station.xu)
      _ = try await browser.get("/groups/\(id)/sessions")
      let wrong = try await browser.post(
        "/groups/\(id)/sessions",
        [
          "held_at": "2026-11-24T14:00", "minutes": "0", "process": "留着这句", "commerce": "scam_game",
          "presence-\(member)": "present", "participation-\(member)": "", "technique": "opening",
          "idempotency_key": "a-key-that-is-long-enough",
        ])
      #expect(wrong.status == 422)
      #expect(wrong.text.contains("field-minutes-error") && wrong.text.contains("留着这句"))
      #expect(wrong.text.contains("field-participation-\(member)-error"))
      wellFormed(wrong, "sessions")
      let ahead = try await browser.post(
        "/groups/\(id)/sessions",
        [
          "held_at": "2026-11-24T14:00", "minutes": "60", "process": "还没到", "commerce": "none",
          "presence-\(member)": "not_expected", "idempotency_key": "a-key-that-is-long-enough",
        ])
      #expect(ahead.status == 422 && ahead.text.contains("field-held_at-error"))
    }
  }

  /// One heading of the first order, no id twice, every label with its field.
  private func wellFormed(_ answer: Browser.Answer, _ path: String) {
    let text = answer.text
    #expect(text.ranges(of: "<h1>").count == 1, "\(path): h1")
    var ids: Set<String> = []
    for match in text.matches(of: /\sid="([^"]+)"/) {
      #expect(ids.insert(String(match.1)).inserted, "\(path): \(match.1) twice")
    }
    for match in text.matches(of: /\sfor="([^"]+)"/) {
      #expect(ids.contains(String(match.1)), "\(path): no field \(match.1)")
    }
  }
}

extension CareStation {
  private func key(_ answer: Browser.Answer) throws -> String {
    try #require(answer.hidden("idempotency_key"))
  }

  func openByForm(_ browser: Browser) async throws -> String {
    let page = try await browser.get("/groups/new")
    let answer = try await browser.post(
      "/groups",
      [
        "name": "一起学买菜", "type": "education", "theory": "社会学习", "goals": "会自己下一单\n认得假链接",
        "intake": "closed", "minimum": "2", "maximum": "8", "sessions": "6", "budget": "500",
        "place": "活动室", "leader": xu.description, "second_leader": "", "supervisor": zheng.description,
        "idempotency_key": try key(page),
      ])
    #expect(answer.status == 303)
    let location = try #require(answer.location)
    return String(location.prefix { $0 != "?" })
  }

  /// Proposes, talks with and takes in somebody; the member's identifier.
  func takeIn(_ browser: Browser, _ base: String, _ phone: String) async throws -> String {
    let page = try await browser.get("\(base)/members")
    _ = try await browser.post("\(base)/members", ["phone": phone, "idempotency_key": try key(page)])
    let group = try await browser.get(base)
    let found = group.text.matches(of: /\/members\/([0-9a-z]{13})/).map { String($0.1) }
    let member = try #require(found.last)
    let talk = try await browser.get("\(base)/members/\(member)")
    let screened = try await browser.post(
      "\(base)/members/\(member)/screening",
      ["screening": "想学", "decision": "accepted", "reason": "", "idempotency_key": try key(talk)])
    #expect(screened.status == 303)
    let asked = try await browser.get("\(base)/members/\(member)")
    let joined = try await browser.post(
      "\(base)/members/\(member)/answer",
      [
        "answer": "joined", "said_by": "person", "method": "in_person", "remark": "我想来",
        "idempotency_key": "\(try key(asked))-yes",
      ])
    #expect(joined.status == 303)
    return member
  }

  func go(_ browser: Browser, _ base: String, _ stage: String) async throws {
    let page = try await browser.get(base)
    let answer = try await browser.post(
      "\(base)/move",
      [
        "stage": stage, "seen": try #require(page.hidden("seen")), "idempotency_key": try key(page),
      ])
    #expect(answer.status == 303, "\(stage)")
  }

  func recordMeeting(_ browser: Browser, _ base: String, _ wang: String, _ li: String) async throws -> String
  {
    let page = try await browser.get("\(base)/sessions")
    let answer = try await browser.post(
      "\(base)/sessions",
      [
        "held_at": "2026-11-23T14:00", "minutes": "90", "session_plan": "认识", "process": "大家互相介绍",
        "technique": "opening", "technique": "focusing", "techniques": "", "commerce": "practice_order",
        "presence-\(wang)": "present", "participation-\(wang)": "2", "about-\(wang)": "教了别人",
        "presence-\(li)": "late", "participation-\(li)": "1", "about-\(li)": "", "next": "下单",
        "idempotency_key": try key(page),
      ])
    #expect(answer.status == 303)
    let group = try await browser.get(base)
    let match = try #require(group.text.firstMatch(of: /\/groups\/[0-9a-z]+\/sessions\/[0-9a-z]{13}/))
    let path = String(match.0)
    let mending = try await browser.get("\(path)/mend")
    #expect(mending.text.contains("教了别人") && mending.text.contains("2026-11-23T14:00"))
    return path
  }

  func enterCodes(_ browser: Browser, _ session: String, _ wang: String) async throws {
    let page = try await browser.get("\(session)/practice")
    #expect(page.text.contains("code-\(wang)"))
    let form: KeyValuePairs = [
      "from": "2026-11-23T14:00", "until": "2026-11-23T15:30", "code-\(wang)": "1234",
      "idempotency_key": try key(page),
    ]
    let unknown = try await browser.post("\(session)/practice", form)
    #expect(unknown.status == 422 && unknown.text.contains("field-code-\(wang)-error"))
    let read = try await browser.post(
      "\(session)/practice",
      [
        "from": "2026-11-23T14:00", "until": "2026-11-23T15:30", "code-\(wang)": "12345678",
        "idempotency_key": try key(unknown),
      ])
    #expect(read.status == 303)
    let shown = try await browser.get(session)
    #expect(!shown.text.contains("12345678"), "a code is not shown again")
  }

  func enterScores(_ browser: Browser, _ base: String, _ wang: String, _ li: String) async throws {
    for (phase, first, second) in [("baseline", "12", "20"), ("end", "18", "")] {
      let page = try await browser.get("\(base)/scores")
      let wrong = try await browser.post(
        "\(base)/scores",
        [
          "measure": "shopping_efficacy", "phase": phase, "score-\(wang)": "26", "score-\(li)": "x",
          "idempotency_key": try key(page),
        ])
      #expect(wrong.status == 422)
      for member in [wang, li] { #expect(wrong.text.contains("field-score-\(member)-error")) }
      let right = try await browser.post(
        "\(base)/scores",
        [
          "measure": "shopping_efficacy", "phase": phase, "score-\(wang)": first, "score-\(li)": second,
          "idempotency_key": try key(wrong),
        ])
      #expect(right.status == 303)
    }
  }

  func reportByForm(_ browser: Browser, _ base: String) async throws -> String {
    let page = try await browser.get("\(base)/report")
    #expect(page.text.contains("认得假链接"))
    let answer = try await browser.post(
      "\(base)/report",
      [
        "version": try #require(page.hidden("version")), "goals": try #require(page.hidden("goals")),
        "goal-1": "reached", "goal-words-1": "", "goal-2": "partly", "goal-words-2": "还要练",
        "voice": "“现在敢自己点了”", "summary": "有进步", "follow_up": "", "idempotency_key": try key(page),
      ])
    #expect(answer.status == 303)
    let group = try await browser.get(base)
    let match = try #require(group.text.firstMatch(of: /\/groups\/[0-9a-z]+\/reports\/[0-9a-z]{13}/))
    return String(match.0)
  }
}
