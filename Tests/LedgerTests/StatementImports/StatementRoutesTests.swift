import Database
import HTTPTypes
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Ledger

@Suite("The committee imports statements")
struct StatementRoutesTests {
  private typealias Row = StatementStage.Row

  @Test("a file is looked over, imported once, and its rest explained", arguments: TestEngine.available)
  func wholeWay(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let awaited = try await stage.awaiting(order: 1, 5_000)
      let browser = try await stage.browser(of: stage.actor.person)
      #expect(try await browser.get("/money/statements").status == 200)
      let file = StatementStage.file([
        Row(fen: 5_000, text: awaited.reference?.description ?? ""), Row(fen: 4_321, text: "三号楼李叔"),
      ])
      let sent = try await browser.send(file: file, account: "bank")
      let upload = try #require(sent.location)
      let shown = try await browser.get(upload)
      #expect(shown.text.contains("¥93.21") && shown.text.contains("三号楼李叔"))
      #expect(try await stage.waiting() == [])
      let digest = try #require(shown.hidden("digest"))
      let first = try await browser.post(upload, ["digest": digest])
      let second = try await browser.post(upload, ["digest": digest])
      #expect(first.status == 303 && first.location == second.location)
      #expect(try await stage.balance(Account(.bank)) == 9_321)
      #expect(try await browser.get(try #require(first.location)).text.contains("三号楼李叔"))

      let list = try await browser.get("/money/suspense")
      #expect(list.text.contains("¥43.21"))
      let item = try #require(try await stage.waiting().first)
      let path = "/money/suspense/\(item.line)"
      #expect(try await browser.get(path).text.contains("三号楼李叔"))
      let none = try await browser.post(path, ["seen": "0", "what": "order", "amount": "43.21"])
      #expect(none.status == 422)
      let campaign = StageOrders.campaign(2).description
      for expected in [303, 409] {
        let answer = try await browser.post(
          path, ["seen": "0", "what": "order", "campaign": campaign, "number": "2", "amount": "43.21"])
        #expect(answer.status == expected)
        #expect(expected == 303 || answer.text.contains("订单的付款"))
      }
      #expect(try await stage.payments(of: 2).map(\.amount.minorUnits) == [4_321])
      let explanation = try #require(try await browser.get(path).hidden("explanation"))
      #expect(try await browser.post("\(path)/withdraw", ["explanation": explanation]).status == 303)
      #expect(try await browser.post("\(path)/withdraw", ["explanation": explanation]).status == 409)
      #expect(try await stage.item(item.line).left == .fen(4_321))
      #expect(try await stage.breaches() == [])
    }
  }

  @Test(
    "what the import found by itself is shown, and corrected by the committee",
    arguments: TestEngine.available)
  func corrects(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let awaited = try await stage.awaiting(order: 1, 5_000)
      let outcome = try await stage.take(
        StatementStage.file([Row(fen: 5_000, text: awaited.reference?.description ?? "")]))
      guard case .imported(let statement) = outcome else {
        Issue.record("\(outcome)")
        return
      }
      let browser = try await stage.browser(of: stage.actor.person)
      let page = try await browser.get("/money/statements/\(statement)").text
      let path = try #require(page.firstMatch(of: /\/money\/suspense\/[0-9A-Za-z]+/).map { String($0.0) })
      let shown = try await browser.get(path)
      #expect(shown.status == 200 && shown.hidden("seen") == nil)
      let explanation = try #require(shown.hidden("explanation"))
      #expect(try await browser.post("\(path)/withdraw", ["explanation": explanation]).status == 303)
      #expect(try await stage.waiting().map(\.left.minorUnits) == [5_000])
      #expect(!stage.orders.isPaid(1))
      #expect(try await browser.get(path).text.contains(awaited.reference?.spoken ?? "none"))
      #expect(try await stage.breaches() == [])
    }
  }

  @Test("a file that cannot be read is taken in no part, and its wrong lines are named")
  func wrong() async throws {
    try await StatementStage.with(.sqlite) { stage in
      let browser = try await stage.browser(of: stage.actor.person)
      _ = try await browser.get("/money/statements")
      let bad = Array("交易日期,交易金额,余额,附言\n2026-11-25,1.00,2.00,菜\n昨天,2.00,4.00,菜\n".utf8)
      let answer = try await browser.send(file: bad, account: "bank")
      #expect(answer.status == 422)
      #expect(answer.text.contains("昨天"))
      #expect(try await browser.send(file: Array("没有标题".utf8), account: "bank").status == 422)
      #expect(try await browser.send(file: [], account: "bank").status == 422)
      let good = StatementStage.file([Row(fen: 100)])
      #expect(try await browser.send(file: good, account: "alipay").status == 422)
      #expect(try await browser.send(file: good, account: "mattress").status == 422)
      #expect(try await stage.waiting() == [])
    }
  }

  @Test("nobody else sees or moves anything, here or elsewhere", arguments: TestEngine.available)
  func others(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let file = StatementStage.file([Row(fen: 100)])
      let browser = try await stage.browser(of: stage.actor.person)
      _ = try await browser.get("/money/statements")
      let upload = try #require(try await browser.send(file: file, account: "bank").location)
      try await stage.take(file)
      let line = try #require(try await stage.waiting().first?.line)
      let leader = try await stage.browser(of: try await stage.person([.leader]))
      for path in ["/money/statements", upload, "/money/suspense", "/money/suspense/\(line)"] {
        #expect(try await leader.get(path).status == 403, "\(path)")
      }
      let colleague = try await stage.browser(of: try await stage.person([.committee]))
      #expect(try await colleague.get(upload).status == 404, "an upload is its sender's own")
      let elsewhere = try await stage.browser(
        of: try await stage.person([.committee], in: stage.otherCommunity), in: stage.otherCommunity)
      #expect(try await elsewhere.get("/money/suspense").status == 200)
      #expect(try await elsewhere.get("/money/suspense/\(line)").status == 404)
      let answer = try await elsewhere.post(
        "/money/suspense/\(line)", ["seen": "0", "what": "fee", "amount": "1.00"])
      #expect(answer.status == 404)
      #expect(try await stage.waiting().map(\.left.minorUnits) == [100])
    }
  }

  @Test("the audit chain names no payer")
  func audit() async throws {
    try await StatementStage.with(.sqlite) { stage in
      try await stage.take(StatementStage.file([Row(fen: 100, name: "王阿姨", text: "秘密")]))
      let item = try #require(try await stage.waiting().first)
      try await stage.explain(item, .community)
      let entries = try await stage.audited()
      #expect(entries.contains("ledger.statement_import") && entries.contains("ledger.suspense_explain"))
      #expect(!entries.contains("王阿姨") && !entries.contains("秘密"))
    }
  }
}

extension StatementStage {
  func person(_ roles: Set<Role>, in other: CommunityID? = nil) async throws -> PersonID {
    var draft = try PersonDraft(displayName: "同事", household: nil, phone: nil)
    draft.roles = roles
    return try #require(await people.createPersons([draft], in: other ?? community).first)
  }

  func browser(
    of person: PersonID, in other: CommunityID? = nil, gateways: GatewayDesk? = nil
  ) async throws -> Browser {
    var routes = Routes()
    people.routes(&routes)
    Ledger(
      database: database, vault: vault, directory: people.directory, trade: trade,
      gateways: gateways
        ?? GatewayDesk(database: database, gateways: [], publicURL: nil, trade: trade, logger: .quiet)
    ).register(on: &routes)
    let site = Site(
      isSecure: false, secret: [UInt8](repeating: 42, count: 32), clock: clock.clock,
      sessions: people.sessions, staticFiles: try StaticFiles.load(), navigation: Ledger.navigation,
      community: { [people] in people.community(forHost: $0) })
    let browser = Browser(
      routes.responder(site: site), host: other == nil ? Self.host : Self.otherHost)
    let session = try await people.openSession(of: person, level: .secondFactor, in: other ?? community)
    browser.setCookie("sid", session.token.text)
    return browser
  }

  /// Every text of the audit chain.
  func audited() async throws -> String {
    try await database.read { [community] snapshot in
      try snapshot.all(
        "SELECT action, purpose FROM platform_audit WHERE community_id = \(community) ORDER BY sequence"
      ) { row in "\(try row[0] as String) \(try row[1] as String)" }.joined(separator: "\n")
    }
  }
}

extension Browser {
  /// Sends a statement as the form of the page does.
  func send(file: [UInt8], account: String, host: String = StatementStage.host) async throws -> Answer {
    let token = try #require(try await get("/money/statements").hidden("form_token"))
    let boundary = "----maple"
    func part(_ name: String, _ value: String) -> String {
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }
    let head =
      part("form_token", token) + part("account", account)
      + "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(file.isEmpty ? "" : "流水.csv")\"\r\nContent-Type: text/csv\r\n\r\n"
    return try await send(
      .post, "/money/statements",
      headers: [
        .contentType: "multipart/form-data; boundary=\(boundary)", .origin: "http://\(host)",
      ], body: Array(head.utf8) + file + Array("\r\n--\(boundary)--\r\n".utf8))
  }
}
