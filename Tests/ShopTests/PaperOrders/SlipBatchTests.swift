import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Shop

@Suite("Slips that were keyed without a network")
struct SlipBatchTests {
  private func take(
    _ entries: [SlipBatchDraft.Entry], _ paper: PaperFixture, key: String = "batch-key-of-16-signs"
  ) async throws -> SlipBatch {
    let draft = try SlipBatchDraft(entries)
    let market = paper.market
    return try #require(
      try await market.database.write(in: market.community) { transaction in
        let id = try market.shop.slipDesk.take(
          draft, of: paper.campaign, key: key, by: paper.worker, roles: PaperFixture.workerRoles,
          transaction: transaction)
        return try SlipBatchStore.find(id, in: market.community, transaction)
      })
  }

  @Test("Each slip has its own result; sent again it is the same import", arguments: TestEngine.available)
  func results(_ engine: TestEngine) async throws {
    try await PaperFixture.with(engine, stock: [5, nil], held: [3]) { paper in
      let slips = try await paper.slips()
      let codes = try await paper.sheet().items.map(\.code)
      let entries: [SlipBatchDraft.Entry] = [
        .init(code: slips[0].code.description, lines: "\(codes[0]) 2"),
        .init(code: slips[1].code.description, lines: "\(codes[0]) 9\n\(codes[1]) 1"),
        .init(code: slips[0].code.description, lines: "\(codes[1]) 1"),
        .init(code: "1234567890", lines: "\(codes[1]) 1"),
        .init(code: slips[2].code.description, lines: "?"),
      ]
      let batch = try await take(entries, paper)
      #expect(
        batch.entries.map(\.state) == [.placed, .conflict, .alreadyOther, .conflict, .conflict])
      #expect(
        batch.entries.map { $0.conflicts.map(\.kind) } == [[], [.short], [], [.unknownSlip], [.unreadable]])
      #expect(batch.entries[1].conflicts[0].available == 3)
      #expect(try await take(entries, paper).id == batch.id)
      #expect(try await paper.market.orders(paper.campaign).count == 1)
      await #expect(throws: Problem.idempotencyMismatch) {
        try await take(Array(entries.prefix(1)), paper)
      }
      try await settle(batch, slips, codes, paper)
      #expect(try await paper.breaches().isEmpty)
    }
  }

  private func settle(
    _ batch: SlipBatch, _ slips: [PaperSlip], _ codes: [String], _ paper: PaperFixture
  ) async throws {
    let (market, desk, roles) = (paper.market, paper.market.shop.slipDesk, PaperFixture.workerRoles)
    let corrected = SlipBatchDraft.Entry(code: batch.entries[1].typedCode, lines: "\(codes[0]) 3")
    let outcome = try await market.database.write(in: market.community) {
      try desk.settle(
        1, of: batch.id, as: corrected, acceptsPrices: false, by: paper.worker, roles: roles, transaction: $0)
    }
    #expect(outcome.order != nil)
    let found = SlipBatchDraft.Entry(code: slips[2].code.spaced, lines: "\(codes[1]) 1")
    _ = try await market.database.write(in: market.community) {
      try desk.settle(
        3, of: batch.id, as: found, acceptsPrices: false, by: paper.worker, roles: roles, transaction: $0)
    }
    for position in [2, 4] as [Int64] {
      try await market.database.write(in: market.community) {
        try desk.drop(position, of: batch.id, by: paper.worker, roles: roles, transaction: $0)
      }
    }
    let settled = try await market.database.read {
      try SlipBatchStore.find(batch.id, in: market.community, $0)
    }
    #expect(settled?.entries.map(\.state) == [.placed, .settled, .dropped, .settled, .dropped])
    await #expect(throws: Problem.slipIsSettled) {
      try await market.database.write(in: market.community) {
        try desk.drop(1, of: batch.id, by: paper.worker, roles: roles, transaction: $0)
      }
    }
    #expect(try await market.orders(paper.campaign).count == 3)
  }

  @Test("A text of several slips is cut where a number stands")
  func text() {
    let cut = SlipForm.batch("1234 567 890\n123 2\n\n456 1\n0987654321\n123 1")
    #expect(cut.map(\.lines) == ["123 2\n456 1", "123 1"])
    #expect(SlipForm.batch("123 2").map(\.code) == [""])
    // A number with a digit too few or too many begins its own slip all the same.
    let wrong = SlipForm.batch("1234 567 890\n123 2\n098765432\n456 1\n09876543210\n456 2\n0987 6543\n456 3")
    #expect(wrong.map(\.lines) == ["123 2", "456 1", "456 2", "456 3"])
    #expect(wrong.dropFirst().map(\.code) == ["098765432", "09876543210", "0987 6543"])
    let items =
      "1234 999\nhttps://nuanlin.example/campaigns/7301234567890123456/paper/2/1234\n0 12345.60\n０ １２３４５６"
    #expect(SlipForm.batch("1234 567 890\n\(items)").map(\.lines) == [items])
  }

  @Test(
    "What a conflict suggests keeps the most that the household signed for", arguments: TestEngine.available)
  func suggests(_ engine: TestEngine) async throws {
    try await PaperFixture.with(engine, stock: [5, nil], held: [3]) { paper in
      let (slips, sheet) = (try await paper.slips(), try await paper.sheet())
      let codes = sheet.items.map(\.code)
      #expect(
        sheet.suggestion(for: "\(codes[0]) 9\n\(codes[1]) 2\n0 6") == "\(codes[0]) 5\n\(codes[1]) 2\n0 6.00")
      #expect(sheet.suggestion(for: "\(codes[1]) 2\n0 ?") == "\(codes[1]) 2\n0 ?")
      let batch = try await take(
        [.init(code: slips[0].code.description, lines: "\(codes[1]) 2\n0 6")], paper)
      #expect(batch.entries[0].conflicts.map(\.kind) == [.overMost])
      let worker = try await paper.market.browser(of: paper.worker, level: .secondFactor)
      let page = try await worker.get("/desk/slips/batches/\(batch.id)").text
      #expect(page.contains(">\(codes[1]) 2\n0 6.00</textarea>"))
      let tapped = try await worker.post(
        "/desk/slips/batches/\(batch.id)/entries/0", ["lines": "\(codes[1]) 2\n0 6.00", "do": "order"])
      #expect(tapped.status == 409)
      #expect(try await paper.market.orders(paper.campaign).isEmpty)
    }
  }

  @Test("What a conflict suggests is held for the slip's own version", arguments: TestEngine.available)
  func suggestsOfItsVersion(_ engine: TestEngine) async throws {
    try await PaperFixture.with(engine, stock: [3, nil], held: [3]) { paper in
      let (slips, codes) = (try await paper.slips(), try await paper.sheet().items.map(\.code))
      let (market, actor) = (paper.market, try paper.market.actor())
      _ = try await market.database.write(in: market.community) {
        try PaperCatalogueChanges.print(
          PaperCatalogueDraft(slipsUntil: Market.start + .hours(4)), of: paper.campaign, by: actor, in: $0)
      }
      let batch = try await take(
        [.init(code: slips[0].code.description, lines: "\(codes[0]) 2\n\(codes[1]) 1\n999 1")], paper)
      let worker = try await market.browser(of: paper.worker, level: .secondFactor)
      let page = try await worker.get("/desk/slips/batches/\(batch.id)").text
      #expect(page.contains(">\(codes[0]) 2\n\(codes[1]) 1</textarea>"))
    }
  }

  @Test(
    "Settled with a slip that was keyed and read otherwise, an entry stays open until somebody drops it",
    arguments: TestEngine.available)
  func readOtherwise(_ engine: TestEngine) async throws {
    try await PaperFixture.with(engine, stock: [nil, nil]) { paper in
      let (slips, codes) = (try await paper.slips(), try await paper.sheet().items.map(\.code))
      let market = paper.market
      try await paper.key(slips[0], paper.reading([(0, 2)]))
      let batch = try await take(
        [
          .init(code: "1234567890", lines: "\(codes[0]) 3"),
          .init(code: "1234567891", lines: "\(codes[0]) 2"),
        ],
        paper)
      let path = "/desk/slips/batches/\(batch.id)"
      let worker = try await market.browser(of: paper.worker, level: .secondFactor)
      #expect(try await worker.get(path).status == 200)
      let code = slips[0].code.description
      let other = try await worker.post(
        "\(path)/entries/0", ["code": code, "lines": "\(codes[0]) 3", "do": "order"])
      #expect(other.status == 409 && other.text.contains("您这次读到的和下的单不一样"))
      #expect(other.text.contains("读到的不一样</") && other.text.contains("要处理 2 张"))
      let same = try await worker.post(
        "\(path)/entries/1", ["code": code, "lines": "\(codes[0]) 2", "do": "order"])
      #expect(same.location == path)
      func states() async throws -> [SlipBatch.State]? {
        try await market.database.read {
          try SlipBatchStore.find(batch.id, in: market.community, $0)?.entries.map(\.state)
        }
      }
      #expect(try await states() == [.alreadyOther, .dropped])
      _ = try await worker.post("\(path)/entries/0", ["do": "drop"])
      #expect(try await states() == [.dropped, .dropped])
      let audited = try await market.database.read {
        try $0.values(
          "SELECT purpose FROM platform_audit WHERE action IN ('shop.slip_same', 'shop.slip_drop') ORDER BY purpose",
          as: String.self)
      }
      #expect(audited == ["entry 0", "entry 1"])
      #expect(try await paper.breaches().isEmpty)
    }
  }

  @Test("The pages lead from a slip's number to its order, without a script")
  func pages() async throws {
    try await PaperFixture.with(.sqlite, stock: [nil, 4], held: [0, 2]) { paper in
      let slip = try await paper.slips()[0]
      let code = try await paper.sheet().items[1].code
      let worker = try await paper.market.browser(of: paper.worker, level: .secondFactor)
      #expect(try await worker.get("/desk/slips").status == 200)
      #expect(try await worker.post("/desk/slips", ["code": "1234567890"]).status == 422)
      let opened = try await worker.post("/desk/slips", ["code": slip.code.spaced])
      #expect(opened.location == "/desk/slips/\(slip.code)")
      let path = "/desk/slips/\(slip.code)"
      #expect(try await worker.get(path).text.contains("101"))
      #expect(try await worker.post(path, ["lines": "999 1", "do": "order"]).status == 409)
      #expect(try await worker.post(path, ["lines": "", "do": "order"]).status == 422)
      let check = try await worker.post(path, ["lines": "\(code) 3", "do": "check"])
      #expect(check.status == 200 && check.text.contains("× 3") && check.text.contains("¥15.00"))
      let placed = try await worker.post(path, ["lines": "\(code) 3", "do": "order"])
      #expect(placed.location == "/desk/slips?done=\(slip.code)")
      let again = try await worker.post(path, ["lines": "\(code) 4", "do": "order"])
      #expect(again.location == "\(path)?again=other")
      let shown = try await worker.get("\(path)?again=other").text
      #expect(shown.contains("社工") && shown.contains("没有重复下单"))
      let confirmations = "/desk/campaigns/\(paper.campaign)/paper/confirmations"
      #expect(try await worker.get(confirmations).text.contains("¥15.00"))
      let stranger = try await paper.market.browser(of: paper.market.otherLeader)
      #expect(try await stranger.get(path).status == 404)
      #expect(try await stranger.get(confirmations).status == 404)
      let leader = try await paper.market.browser(of: paper.market.leader)
      let catalogue = "/desk/campaigns/\(paper.campaign)/catalogue"
      #expect(try await leader.get("\(catalogue)/1/print").text.contains(">\(code)<"))
      #expect(try await leader.get("\(catalogue)/1/slips").text.contains(slip.code.spaced))
      let scanned = try await leader.get("/campaigns/\(paper.campaign)/paper/1/\(code)")
      #expect(scanned.location?.hasPrefix("/campaigns/\(paper.campaign)/items/") == true)
    }
  }
}
