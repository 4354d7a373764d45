import Database
import HTTPTypes
import Kernel
import TestKit
import Testing
import Web

@testable import Shop

@Suite("The leader's page for a group-chat list")
struct ChatPageTests {
  private func campaign(_ market: Market) async throws -> CampaignID {
    try await market.campaign([
      try CampaignItemDraft(price: .fen(500), stockKind: .onDemand),
      try CampaignItemDraft(price: .fen(800), stockKind: .onDemand),
    ])
  }

  @Test(
    "From the paste over one tap to the orders, and the grown list again", arguments: TestEngine.available)
  func wholeWay(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await campaign(market)
      let path = "/desk/campaigns/\(id)/chat"
      let leader = try await market.browser(of: market.leader)
      #expect(try await leader.get(path).text.contains("整个复制过来"))
      #expect(try await leader.post(path, ["text": "  "]).status == 422)
      let long = try await leader.post(path, ["text": "#接龙\n" + String(repeating: "1", count: 1_001)])
      #expect(long.status == 422 && long.text.contains("第 2 行太长了"))
      let text = "#接龙\n1. 3-501 王阿姨 A2\n2. 3-502 李叔 A1B"
      #expect(try await leader.post(path, ["text": text]).location == path)
      let page = try await leader.get(path)
      #expect(page.text.contains("1 行要您看一眼") && page.text.contains("下这 1 单"))
      let revision = try #require(page.hidden("revision"))
      let answered = try await leader.post(
        "\(path)/answers", ["revision": revision, "line": "2", "question": "0", "choice": "0"])
      #expect(answered.location == "\(path)#line-2")
      let stale = try await leader.post("\(path)/orders", ["revision": revision])
      #expect(stale.status == 409 && stale.text.contains("名单刚刚变过了"))
      let ready = try await leader.get(path)
      #expect(ready.text.contains("下这 2 单"))
      let placed = try await leader.post(
        "\(path)/orders", ["revision": try #require(ready.hidden("revision"))])
      #expect(placed.location == "\(path)?placed=2")
      #expect(try await leader.get("\(path)?placed=2").text.contains("下好了 2 单"))
      #expect(try await market.orders(id).count == 2)

      _ = try await leader.post(path, ["text": "1. 3-501 王阿姨 A5\n2. 3-502 李叔 A1B"])
      let grown = try await leader.get(path)
      #expect(grown.text.contains("接龙里改成") && grown.text.contains("已经下好的 1 行"))
      let changed = try await leader.post(
        "\(path)/changes", ["revision": try #require(grown.hidden("revision")), "line": "0"])
      #expect(changed.location == "\(path)?changed=1")
      #expect(try await market.breaches() == [])
    }
  }

  @Test("A line is given a door, other words, or left out", arguments: TestEngine.available)
  func corrects(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await campaign(market)
      let path = "/desk/campaigns/\(id)/chat"
      let leader = try await market.browser(of: market.leader)
      _ = try await leader.get(path)
      _ = try await leader.post(path, ["text": "1. 王阿姨 A1\n2. 3-502 李叔 看不懂\n3. 别人 B1"])
      func answer(
        _ line: String, _ first: (String, String), _ second: (String, String) = ("more", "")
      ) async throws -> Browser.Answer {
        let revision = try #require(try await leader.get(path).hidden("revision"))
        return try await leader.post(
          "\(path)/answers",
          ["revision": revision, "line": line, first.0: first.1, second.0: second.1])
      }
      let unknown = try await answer("0", ("door", "9-999"))
      #expect(unknown.status == 422 && unknown.text.contains("没有登记的住户"))
      #expect(try await answer("0", ("door", "3号楼2单元501")).status == 303)
      #expect(try await answer("1", ("text", "")).status == 422)
      #expect(try await answer("1", ("text", "3-502 李叔 B2")).status == 303)
      #expect(try await answer("2", ("leave_out", "on")).status == 303)
      #expect(try await answer("0", ("question", "7"), ("choice", "0")).status == 409)
      let page = try await leader.get(path)
      #expect(page.text.contains("下这 2 单") && page.text.contains("您选了不算"))
    }
  }

  @Test("The text for the chat is read back line by line, and names nobody", arguments: TestEngine.available)
  func exports(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await campaign(market)
      let item = try #require(try await market.items(id).first?.item.id)
      _ = try await market.place(market.li, id, [(item, 1)], key: "somebody-has-ordered")
      for language in ["zh", "en"] {
        let leader = try await market.browser(of: market.leader, language: language)
        let answer = try await leader.get("/api/v1/campaigns/\(id)/chat-text")
        let json = try JSON(Array(answer.text.utf8))
        guard case .string(let text)? = json["text"], case .string(let progress)? = json["progress"] else {
          Issue.record("no text: \(answer.text)")
          return
        }
        #expect(!(text + progress).contains("李叔") && text.contains("/campaigns/\(id)"))
        let items = try await market.items(id).map(ChatItem.init)
        let kinds = ChatReader(items).read(text).lines.map(\.kind)
        #expect(kinds.allSatisfy { [.note, .example, .itemList].contains($0) }, "\(text)")
        #expect(kinds.count { $0 == .itemList } == 2, "\(text)")
        #expect(try await leader.get("/desk/campaigns/\(id)/chat-text").text.contains("<svg"))
        #expect(try await leader.get("/desk/campaigns/\(id)/chat-text/card").status == 200)
        let picture = try await leader.get("/desk/campaigns/\(id)/chat-text/picture")
        #expect(picture.status == 200 && picture.text.hasPrefix("<svg"))
      }
    }
  }

  @Test("The API reads a list and keeps nothing", arguments: TestEngine.available)
  func api(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await campaign(market)
      let bearer = try await market.bearer(of: market.leader)
      let answer = try await market.browser().send(
        .post, "/api/v1/campaigns/\(id)/chat-readings",
        json: #"{"text":"1. 3-501 王阿姨 A2\n2. 李叔 看不懂"}"#, bearer: bearer)
      #expect(answer.status == 200 && answer.text.contains(#""is_certain":true"#))
      #expect(answer.text.contains("door_missing"))
      let long = try await market.browser().send(
        .post, "/api/v1/campaigns/\(id)/chat-readings",
        json: #"{"text":"1. 3-501 王阿姨 A2\n\#(String(repeating: "1", count: 1_001))"}"#, bearer: bearer)
      #expect(long.status == 422 && long.text.contains("第 2 行太长了"))
      let kept = try await market.database.read {
        try $0.value("SELECT count(*) FROM shop_chat_text") ?? 0
      }
      #expect(kept == 0)
    }
  }

  @Test("A long text is cut for the card where it ends to fit")
  func cuts() {
    #expect(ChatCardParts.cut("周三鲜菜", 8) == "周三鲜菜" && ChatCardParts.cut("周三鲜菜团", 8) == "周三鲜菜…")
    #expect(ChatCardParts.cut("Eggs", 4) == "Eggs")
  }
}
