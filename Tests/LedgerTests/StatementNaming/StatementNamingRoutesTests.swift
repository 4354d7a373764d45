import Database
import HTTPTypes
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Ledger

@Suite("The committee names the columns of a file that nobody knows")
struct StatementNamingRoutesTests {
  private static func file(_ rows: [String]) -> [UInt8] {
    Array((["某某农商银行对账单,,", "记账时刻,进账,出账,来往方,事由"] + rows).joined(separator: "\n").utf8)
  }

  private static let good = file(["2026-11-24 09:00:00,43.21,,王阿姨,买菜", "2026-11-25 09:00:00,,2.00,本行,手续费"])
  private static let naming: [(String, String)] = [
    ("line", "2"), ("date", "0"), ("amounts", "separate"), ("incoming", "1"), ("outgoing", "2"),
    ("name", "3"),
    ("texts", "4"),
  ]

  @Test("once named and looked at, it is read, and the next one by itself", arguments: TestEngine.available)
  func wholeWay(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let browser = try await stage.browser(of: stage.actor.person)
      let path = try #require(try await browser.send(file: Self.good, account: "bank").location)
      #expect(path.hasSuffix("/columns"))
      let page = try await browser.get(path)
      #expect(page.status == 200 && page.text.contains("来往方") && !page.text.contains("王阿姨"))
      #expect(try await browser.get("\(path)?line=1").status == 404)
      let look = try await browser.post(path, Self.naming + [("step", "look")])
      #expect(look.status == 200)
      #expect(
        look.text.contains("王阿姨") && look.text.contains("¥43.21") && look.text.contains("value=\"keep\""))
      #expect(try await stage.namings() == 0, "looking keeps nothing")
      let kept = try await browser.post(path, Self.naming + [("step", "keep")])
      #expect(kept.status == 303 && kept.location == String(path.dropLast("/columns".count)))
      #expect(try await stage.namings() == 1)
      let plan = try await browser.get(try #require(kept.location))
      #expect(plan.text.contains("¥43.21") && plan.text.contains("重新指定"))
      let digest = try #require(plan.hidden("digest"))
      #expect(try await browser.post(try #require(kept.location), ["digest": digest]).status == 303)
      #expect(try await stage.waiting().map(\.left.minorUnits) == [4_321, -200])
      // The bank's next file has the same headings, in another width.
      let next = Array(
        "记账时刻,进账,出账,来往方,事 由\n2026-11-26 09:00:00,5.00,,李叔,买菜".utf8)
      let sent = try await browser.send(file: next, account: "bank")
      #expect(sent.status == 303 && sent.location?.hasSuffix("/columns") == false)
      #expect(try await browser.get(try #require(sent.location)).text.contains("李叔"))
      #expect(try await stage.audited().contains("ledger.statement_naming"))
      #expect(try await stage.breaches() == [])
    }
  }

  @Test("what cannot be read that way is named by line, and not kept", arguments: TestEngine.available)
  func wrong(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let browser = try await stage.browser(of: stage.actor.person)
      let bad = Self.file(["2026-11-24 09:00:00,43.21,,王阿姨,买菜", "昨天,1.00,,李叔,买菜"])
      let path = try #require(try await browser.send(file: bad, account: "bank").location)
      for step in ["look", "keep"] {
        let answer = try await browser.post(path, Self.naming + [("step", step)])
        #expect(answer.status == 200 && answer.text.contains("昨天") && answer.text.contains("王阿姨"))
        #expect(!answer.text.contains("value=\"keep\""))
      }
      let twice = try await browser.post(
        path, Self.naming.map { $0.0 == "outgoing" ? ("outgoing", "1") : $0 } + [("step", "keep")])
      #expect(twice.status == 422 && twice.text.contains("选了两次"))
      #expect(try await browser.post(path, [("line", "9"), ("step", "look")]).status == 404)
      #expect(try await stage.namings() == 0)
    }
  }

  @Test("a naming that turns out wrong is made anew, in its place", arguments: TestEngine.available)
  func anew(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let browser = try await stage.browser(of: stage.actor.person)
      let path = try #require(try await browser.send(file: Self.good, account: "bank").location)
      let swapped = Self.naming.map { field -> (String, String) in
        field.0 == "incoming" ? ("incoming", "2") : field.0 == "outgoing" ? ("outgoing", "1") : field
      }
      for (naming, shown) in [(swapped, "-¥43.21"), (Self.naming, "¥43.21")] {
        let kept = try await browser.post(path, naming + [("step", "keep")])
        let plan = try await browser.get(try #require(kept.location)).text
        #expect(plan.contains(">\(shown)<"))
      }
      #expect(try await stage.namings() == 1)
    }
  }

  @Test("belongs to its sender, to a bank, and to one community", arguments: TestEngine.available)
  func others(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let browser = try await stage.browser(of: stage.actor.person)
      let path = try #require(try await browser.send(file: Self.good, account: "bank").location)
      _ = try await browser.post(path, Self.naming + [("step", "keep")])
      #expect(try await browser.send(file: Self.good, account: "alipay").status == 422)
      let colleague = try await stage.browser(of: try await stage.person([.committee]))
      #expect(try await colleague.get(path).status == 404)
      let leader = try await stage.browser(of: try await stage.person([.leader]))
      #expect(try await leader.get(path).status == 403)
      // In the same community a colleague's file is known now; elsewhere it is not.
      #expect(
        try await colleague.send(file: Self.good, account: "bank").location?.hasSuffix("/columns") == false)
      let elsewhere = try await stage.browser(
        of: try await stage.person([.committee], in: stage.otherCommunity), in: stage.otherCommunity)
      let asked = try await elsewhere.send(file: Self.good, account: "bank", host: StatementStage.otherHost)
      #expect(asked.location?.hasSuffix("/columns") == true)
    }
  }
}

extension StatementStage {
  fileprivate func namings() async throws -> Int64 {
    try await database.read { try $0.value("SELECT count(*) FROM ledger_statement_naming") ?? 0 }
  }
}

extension Browser {
  /// Posts fields of which some come more than once.
  fileprivate func post(_ path: String, _ fields: [(String, String)]) async throws -> Answer {
    let token = try await get("/money/statements").hidden("form_token") ?? ""
    let body = (fields + [("form_token", token)]).map { "\($0.0)=\(URLEncodedText.encode($0.1))" }
      .joined(separator: "&")
    return try await send(
      .post, path,
      headers: [
        .contentType: "application/x-www-form-urlencoded", .origin: "http://\(StatementStage.host)",
      ], body: Array(body.utf8))
  }
}
