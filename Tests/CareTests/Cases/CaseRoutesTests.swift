import Database
import HTTPTypes
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Care

/// A case from the first word to its end, through the pages.
@Suite struct CaseRoutesTests {
  private static let key = "abcdefabcdef0000"

  private static func post(
    _ browser: Browser, _ page: String, to path: String? = nil, _ form: KeyValuePairs<String, String>
  ) async throws -> Browser.Answer {
    let shown = try await browser.get(page)
    #expect(shown.status == 200, "\(page)")
    var pairs = form.map { ($0.key, $0.value) }
    pairs.append(("idempotency_key", shown.hidden("idempotency_key") ?? key))
    if let seen = shown.hidden("seen") { pairs.append(("seen", seen)) }
    if let token = shown.hidden("form_token") { pairs.append(("form_token", token)) }
    let body = pairs.map { "\(URLEncodedText.encode($0))=\(URLEncodedText.encode($1))" }
      .joined(separator: "&")
    return try await browser.send(
      .post, path ?? page,
      headers: [
        .contentType: "application/x-www-form-urlencoded", .origin: "http://\(CareStation.host)",
      ], body: Array(body.utf8))
  }

  private static func open(_ station: CareStation, _ browser: Browser) async throws -> String {
    let answer = try await post(
      browser, "/cases/new", to: "/cases",
      [
        "phone": "139 0000 0006", "field": "elder", "source": "outreach", "concern": "独居，腿脚不便",
        "worker": station.xu.description, "supervisor": station.zheng.description,
      ])
    #expect(answer.status == 303, "\(answer.text)")
    return try #require(answer.location?.split(separator: "?").first.map(String.init))
  }

  @Test(arguments: ["zh", "en"])
  func `a case goes all its way`(language: String) async throws {
    try await CareStation.with(.sqlite) { station in
      let xu = try await station.browser(of: station.xu, language: language)
      let zheng = try await station.browser(of: station.zheng, language: language)
      let wang = try await station.browser(of: station.wang, language: language)
      let path = try await Self.open(station, xu)
      let early = try await Self.post(xu, path, to: "\(path)/move", ["move": "forward"])
      #expect(early.status == 409)
      #expect(early.text.contains(language == "zh" ? "还没有同意接受服务" : "has not agreed to the service"))
      try await Self.consentAndAssess(station, xu, path)
      try await Self.planIsAgreed(station, xu, zheng, wang, path)
      try await Self.doAndClose(station, xu, zheng, path)
      let closed = try await xu.get(path)
      #expect(closed.text.contains(language == "zh" ? "目标达到了" : "Goals achieved"))
      let own = try await wang.get("/my-care")
      #expect(own.text.contains(language == "zh" ? "谁看过我的记录" : "Who looked at my record"))
      #expect(own.text.contains("许安然") && own.text.contains("郑督导"))
      let thanks = try await Self.post(
        wang, "/my-care", to: "/my-care/\(path.split(separator: "/").last ?? "")/feedback",
        ["privacy": "yes", "listening": "yes", "choices": "partly", "deciding": "yes", "voice": "多谢"])
      #expect(thanks.status == 303, "\(thanks.text)")
      #expect(try await station.breaches() == [])
    }
  }

  private static func consentAndAssess(
    _ station: CareStation, _ xu: Browser, _ path: String
  ) async throws {
    let asked = try await post(
      xu, "\(path)/consent",
      [
        "answer": "given", "span": "half", "given_by": "self", "giver": "", "method": "spoken_with_witness",
        "witness": station.committee.description, "place": "home",
      ])
    #expect(asked.status == 303, "\(asked.text)")
    #expect(try await post(xu, path, to: "\(path)/move", ["move": "forward"]).status == 303)
    let bare = try await post(xu, "\(path)/assessment", ["needs": "有人陪", "risk": "middle"])
    #expect(bare.status == 422)
    #expect(bare.text.contains("field-strengths-error") && bare.text.contains("有人陪"))
    let assessed = try await post(
      xu, "\(path)/assessment",
      ["strengths": "会做一手好菜", "assets": "对门李叔", "needs": "有人陪", "risk": "middle"])
    #expect(assessed.status == 303)
    #expect(try await post(xu, path, to: "\(path)/move", ["move": "forward"]).status == 303)
  }

  private static func planIsAgreed(
    _ station: CareStation, _ xu: Browser, _ zheng: Browser, _ wang: Browser, _ path: String
  ) async throws {
    let planned = try await post(
      xu, "\(path)/plan",
      [
        "goals": "三个月内自己下单", "measures": "连续四周自己订菜", "client_part": "每周来一次练习店",
        "worker_part": "陪着下单", "review_at": "2027-01-15", "submit": "on",
      ])
    #expect(planned.status == 303, "\(planned.text)")
    let page = try await zheng.get(path)
    let plan = try #require(
      page.text.firstMatch(of: /plans\/([0-9a-z]{13})\/decision/)?.1
    ).description
    // The worker is not the one who approves.
    let own = try await post(
      xu, path, to: "\(path)/plans/\(plan)/decision", ["decision": "approved"])
    #expect(own.status == 403)
    let approved = try await post(
      zheng, path, to: "\(path)/plans/\(plan)/decision", ["decision": "approved", "remark": "好"])
    #expect(approved.status == 303, "\(approved.text)")
    let shown = try await wang.get("/my-care")
    #expect(shown.text.contains("三个月内自己下单"))
    let agreed = try await post(wang, "/my-care", to: "/my-care/plans/\(plan)/answer", ["answer": "agreed"])
    #expect(agreed.status == 303, "\(agreed.text)")
    #expect(try await post(xu, path, to: "\(path)/move", ["move": "forward"]).status == 303)
  }

  private static func doAndClose(
    _ station: CareStation, _ xu: Browser, _ zheng: Browser, _ path: String
  ) async throws {
    let done = try await post(
      xu, "\(path)/intervention",
      ["kind": "assisted_order", "done_at": "2026-11-23T15:30", "minutes": "40", "happened": "一起订了青菜"])
    #expect(done.status == 303, "\(done.text)")
    #expect(try await post(xu, path, to: "\(path)/move", ["move": "forward"]).status == 303)
    let note = try await post(
      xu, "\(path)/note", ["kind": "progress", "sensitivity": "3", "note": "女儿欠债的事"])
    #expect(note.status == 303, "\(note.text)")
    #expect(try await !zheng.get(path).text.contains("女儿欠债"))
    let closing = try await post(
      xu, "\(path)/closing",
      ["outcome": "goals_achieved", "client_view": "现在会订菜了", "summary": "目标达到", "evaluation": "好"])
    #expect(closing.status == 303, "\(closing.text)")
    let page = try await zheng.get(path)
    let id = try #require(page.text.firstMatch(of: /closings\/([0-9a-z]{13})\/decision/)?.1).description
    let decided = try await post(
      zheng, path, to: "\(path)/closings/\(id)/decision", ["decision": "approved"])
    #expect(decided.status == 303, "\(decided.text)")
    let ended = try await post(xu, path, to: "\(path)/end", [:])
    #expect(ended.status == 303, "\(ended.text)")
  }

  @Test func `what is there and what is not answer alike for those without a part in it`() async throws {
    try await CareStation.with(.sqlite) { station in
      let xu = try await station.browser(of: station.xu)
      let path = try await Self.open(station, xu)
      let nowhere = "/cases/0000000000001"
      for person in [station.lin, station.gao] {
        let browser = try await station.browser(of: person)
        for end in ["", "/assessment", "/note", "/consent", "/closing"] {
          let (there, absent) = (try await browser.get(path + end), try await browser.get(nowhere + end))
          #expect(there.status == 404 && absent.status == 404, "\(end)")
          #expect(Self.plain(there.text) == Self.plain(absent.text), "\(end)")
        }
        let list = try await browser.get("/cases")
        #expect(!list.text.contains("G-0001") && !list.text.contains("王阿姨"))
        let move = try await browser.post("\(path)/move", ["move": "forward", "idempotency_key": Self.key])
        #expect(move.status == 404)
      }
      for person in [station.committee, station.wang, station.outsider] {
        let browser = try await station.browser(of: person)
        #expect(try await browser.get(path).status == 403)
        #expect(try await browser.get("/cases").status == 403)
      }
    }
  }

  /// Without what changes with each answer: the number of the request and the token.
  private static func plain(_ text: String) -> String {
    text.replacing(/value="[A-Za-z0-9_\-]{30,}"/, with: "").replacing(/[0-9a-f]{16,}/, with: "")
      .replacing(/0000000000001|[0-9a-z]{13}/, with: "")
  }

  @Test func `a screen that nobody touches for a quarter of an hour asks to sign in again`() async throws {
    try await CareStation.with(.sqlite) { station in
      let xu = try await station.browser(of: station.xu)
      let path = try await Self.open(station, xu)
      station.clock.advance(by: .minutes(14))
      #expect(try await xu.get(path).status == 200)
      station.clock.advance(by: .minutes(16))
      #expect(try await xu.get(path).status != 200)
      #expect(try await xu.get(path).status != 200)
    }
  }

  @Test func `a resident asks for a social worker, and a supervisor finds somebody`() async throws {
    try await CareStation.with(.sqlite) { station in
      let li = try await station.browser(of: station.li)
      let asked = try await Self.post(li, "/my-care", ["concern": "想找人说说话"])
      #expect(asked.location == "/my-care?asked=1", "\(asked.text)")
      let again = try await li.get("/my-care")
      #expect(again.text.contains("正在安排社工") && !again.text.contains("想找社工聊聊"))
      let zheng = try await station.browser(of: station.zheng)
      let list = try await zheng.get("/cases")
      let path = try #require(list.text.firstMatch(of: /\/cases\/[0-9a-z]{13}/)?.0).description
      #expect(try await zheng.get(path).text.contains("想找人说说话"))
      let given = try await Self.post(
        zheng, "\(path)/assignment",
        ["worker": station.lin.description, "supervisor": station.zheng.description])
      #expect(given.status == 303, "\(given.text)")
      #expect(try await station.browser(of: station.lin).get(path).status == 200)
      #expect(try await station.browser(of: station.gao).get(path).status == 404)
    }
  }
}
