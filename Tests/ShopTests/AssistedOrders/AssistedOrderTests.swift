import Database
import Kernel
import People
import TestKit
import Testing

@testable import Shop

@Suite("Orders for somebody else")
struct AssistedOrderTests {
  @Test(
    "nothing is ordered before the person says yes; then exactly what was read out",
    arguments: TestEngine.available)
  func placed(_ engine: TestEngine) async throws {
    try await HelpedElder.with(engine) { elder, database in
      let asked = try await elder.ask(database, 4)
      #expect(asked.total == .fen(1_400))
      #expect(try await elder.desk.sold(0, in: database) == 0)
      let order = try await elder.agree(database, to: asked)
      #expect(order.person == HelpedElder.elder)
      #expect(order.placedBy == HelpedElder.worker)
      #expect(order.authority == .assisted(asked.id))
      #expect(order.total == asked.total)
      #expect(order.household == HelpedElder.home)
      #expect(try await elder.desk.sold(0, in: database) == 4)
      #expect(try await elder.state(of: asked, database) == .placed)
    }
  }

  @Test("the same form and the same yes, sent twice, are one order", arguments: TestEngine.available)
  func once(_ engine: TestEngine) async throws {
    try await HelpedElder.with(engine) { elder, database in
      let asked = try await elder.ask(database, 2)
      #expect(try await elder.ask(database, 2).id == asked.id)
      let first = try await elder.agree(database, to: asked)
      #expect(try await elder.agree(database, to: asked).id == first.id)
      #expect(try await elder.desk.sold(0, in: database) == 2)
    }
  }

  @Test("a wrong PIN, a wrong code and a stranger's yes order nothing", arguments: TestEngine.available)
  func wrongWord(_ engine: TestEngine) async throws {
    try await HelpedElder.with(engine) { elder, database in
      let asked = try await elder.ask(database, 2)
      #expect(await problem { try await elder.agree(database, to: asked, pin: "000000") } == "card.failed")
      #expect(
        await problem { try await elder.confirm(database, asked, .spokenCode(number: 1, code: "code 2")) }
          == "spoken_code.wrong")
      for stranger in [HelpedElder.worker, PersonID(rawValue: 2)] {
        #expect(
          await problem { try await elder.confirm(database, asked, .session(of: stranger)) } == "not_found")
      }
      #expect(try await elder.state(of: asked, database) == .waiting)
      #expect(try await elder.desk.sold(0, in: database) == 0)
    }
  }

  @Test(
    "her own session, the daughter's key and a spoken code count, each by its way",
    arguments: TestEngine.available)
  func ways(_ engine: TestEngine) async throws {
    try await HelpedElder.with(engine) { elder, database in
      let words: [(PrincipalWord, ConfirmationWay)] = [
        (.session(of: HelpedElder.elder), .pin), (.session(of: HelpedElder.daughter), .familyKey),
        (.spokenCode(number: 1, code: "code 1"), .callBack),
      ]
      for (index, (word, way)) in words.enumerated() {
        let asked = try await elder.ask(database, 1, key: "form-number-\(index)-of-it")
        try await elder.confirm(database, asked, word)
        let found = try await database.read {
          try AssistedOrderStore.find(asked.id, in: elder.desk.community, $0)
        }
        #expect(found?.confirmation == way)
      }
      elder.change { $0.confirmations = [.callBack] }
      let asked = try await elder.ask(database, 1, key: "form-with-fewer-ways")
      #expect(await problem { try await elder.agree(database, to: asked) } == "mandate.confirmation")
      #expect(try await elder.desk.sold(0, in: database) == 3)
    }
  }

  @Test("what waits longer than a day is void, and so is what was declined", arguments: TestEngine.available)
  func void(_ engine: TestEngine) async throws {
    try await HelpedElder.with(engine) { elder, database in
      let declined = try await elder.ask(database, 1, key: "the-first-of-the-forms")
      try await database.write(in: elder.desk.community) {
        try elder.assistedOrderDesk.decline(
          declined.id, by: Actor(person: HelpedElder.elder, role: .resident), in: $0)
      }
      #expect(await problem { try await elder.agree(database, to: declined) } == "assisted_order.void")
      let late = try await elder.ask(database, 1, key: "the-second-of-the-forms")
      elder.clock.move(to: late.expiresAt)
      #expect(await problem { try await elder.agree(database, to: late) } == "assisted_order.void")
      try await JobRunner(database, handlers: [VoidAssistedOrder.handler]).runDue()
      #expect(try await elder.state(of: late, database) == .void)
      #expect(try await elder.desk.sold(0, in: database) == 0)
    }
  }

  @Test("a price that changed since it was read out is not paid", arguments: TestEngine.available)
  func priceChanged(_ engine: TestEngine) async throws {
    try await HelpedElder.with(engine) { elder, database in
      let asked = try await elder.ask(database, 2)
      try await database.write(in: elder.desk.community) {
        try $0.execute("UPDATE shop_campaign_item SET price = 360 WHERE id = \(elder.desk.item(0))")
      }
      #expect(
        await problem { try await elder.agree(database, to: asked) } == "assisted_order.price_changed")
      #expect(try await elder.state(of: asked, database) == .waiting)
      #expect(try await elder.desk.sold(0, in: database) == 0)
    }
  }

  @Test("changing and cancelling need her word as well", arguments: TestEngine.available)
  func changed(_ engine: TestEngine) async throws {
    try await HelpedElder.with(engine) { elder, database in
      let order = try await elder.agree(database, to: elder.ask(database, 4))
      let more = OrderRequest.Command.change(
        order.id, revision: 1, [OrderRequest.Wish(item: elder.desk.item(0), quantity: 6)], note: "")
      let asked = try await elder.ask(database, more, key: "form-that-changes-it")
      #expect(try await elder.desk.sold(0, in: database) == 4)
      #expect(try await elder.agree(database, to: asked).total == .fen(2_100))
      let gone = try await elder.ask(
        database, .cancel(order.id, revision: 2), key: "form-that-cancels-it")
      #expect(try await elder.agree(database, to: gone).fulfilment == .cancelled)
      #expect(try await elder.desk.sold(0, in: database) == 0)
    }
  }

  @Test("nothing beyond what is read out is taken to fill a case", arguments: TestEngine.available)
  func tolerance(_ engine: TestEngine) async throws {
    try await HelpedElder.with(engine) { elder, database in
      let wish = OrderRequest.Wish(item: elder.desk.item(0), quantity: 2, tolerance: 1)
      #expect(
        await problem {
          _ = try await elder.ask(database, .place([wish], note: ""), key: "form-with-a-case-more")
        }
          == "assisted_order.tolerance")
    }
  }

  @Test("what was asked for one door is void at another", arguments: TestEngine.available)
  func moved(_ engine: TestEngine) async throws {
    try await HelpedElder.with(engine) { elder, database in
      let asked = try await elder.ask(database, 2)
      elder.moveHouse(to: HouseholdID(rawValue: 9))
      #expect(await problem { try await elder.agree(database, to: asked) } == "assisted_order.void")
      #expect(try await elder.desk.sold(0, in: database) == 0)
      elder.moveHouse(to: HelpedElder.home)
      #expect(await problem { try await elder.agree(database, to: asked) } == nil)
    }
  }

  @Test("the key of a mandate that was taken back opens nothing more", arguments: TestEngine.available)
  func formerKey(_ engine: TestEngine) async throws {
    try await HelpedElder.with(engine) { elder, database in
      let asked = try await elder.ask(database, 2)
      func maySee(_ person: PersonID) async throws -> Bool {
        try await database.read {
          try elder.assistedOrderDesk.mayEnd(asked, person, in: $0, community: elder.desk.community)
        }
      }
      #expect(try await maySee(HelpedElder.daughter))
      elder.revoke()
      elder.clock.advance(by: .seconds(1))
      #expect(try await !maySee(HelpedElder.daughter))
      #expect(try await maySee(HelpedElder.elder))
      #expect(
        await problem {
          try await database.write(in: elder.desk.community) {
            try elder.assistedOrderDesk.decline(
              asked.id, by: elder.actor(HelpedElder.daughter, .resident), in: $0)
          }
        } == "not_found")
      #expect(try await elder.state(of: asked, database) == .waiting)
    }
  }

  @Test("a yes is offered to those alone whose session the mandate takes")
  func offered() {
    for ways in [
      [.pin], [.familyKey], [.pin, .familyKey], [.paper], [.callBack, .paper],
    ] as [Set<ConfirmationWay>] {
      let elder = HelpedElder()
      elder.change { $0.confirmations = ways }
      func may(_ reader: PersonID) -> Bool {
        PrincipalWord.mayAgree(reader: reader, under: elder.mandate, at: DeskFixture.start)
      }
      #expect(may(HelpedElder.elder) == ways.contains(.pin))
      #expect(may(HelpedElder.daughter) == ways.contains(.familyKey))
      #expect(!may(HelpedElder.worker))
      elder.revoke()
      #expect(!may(HelpedElder.elder) && !may(HelpedElder.daughter))
    }
  }

  /// The code of the problem that a call ends with; nil where it went well.
  private func problem(_ call: () async throws -> Void) async -> String? {
    do {
      try await call()
      return nil
    } catch { return (error as? Problem)?.code ?? "\(error)" }
  }
}
