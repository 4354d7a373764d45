import Database
import Kernel
import TestKit
import Testing
import Web

@testable import Messages

@Suite("The call list and the slips at the desk")
struct CallRoutesTests {
  private func audits(_ station: Station, _ action: String) async throws -> Int {
    try await station.database.read {
      try $0.value("SELECT count(*) FROM platform_audit WHERE action = \(action)") ?? 0
    }
  }

  @Test("nobody is rung in the quiet hours", arguments: TestEngine.available)
  func quiet(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      try await station.prefer(MessagePreference(ways: [.call, .slip]))
      try await station.send([station.message(), station.message(about: 2)])
      // Nobody stays signed in through an idle night.
      func signIn() async throws -> Browser {
        let browser = try await station.browser(of: station.worker)
        _ = try await browser.get("/account/messages/preferences")
        return browser
      }
      var desk = try await signIn()
      #expect(try await desk.get("/desk/calls").text.contains("王阿姨"))
      let calls = try await station.deliveries()
      let morning = Station.start + .hours(16)
      station.clock.advance(by: .hours(5))
      desk = try await signIn()
      let take = try await desk.post("/desk/calls/\(calls[0].id)/take")
      #expect(take.location == "/desk/calls?not_now=1")
      #expect(try await station.deliveries().map(\.dueAt) == [morning, Station.start])
      #expect(try await desk.get("/desk/calls/\(calls[0].id)").status == 404)
      let list = try await desk.get("/desk/calls").text
      #expect(!list.contains("王阿姨") && !list.contains("接着打"), "nor is it in anybody's hands")
      #expect(try await station.deliveries().map(\.dueAt) == [morning, morning])
      #expect(try await audits(station, "messages.call_take") == 0)
      station.clock.advance(by: .hours(11))
      desk = try await signIn()
      #expect(try await desk.get("/desk/calls").text.contains("王阿姨"))
      #expect(
        try await desk.post("/desk/calls/\(calls[0].id)/take").location == "/desk/calls/\(calls[0].id)")
      #expect(try await station.breaches() == [])
    }
  }

  @Test("nobody is rung for what they have read, or want by another way", arguments: TestEngine.available)
  func unwanted(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      for person in [station.wang, station.worker] {
        try await station.prefer(MessagePreference(ways: [.call]), person)
        try await station.send([station.message(to: person)])
      }
      try await station.prefer(MessagePreference(ways: [.sms]))
      try await station.database.write(in: station.community) {
        try station.messages.read(until: $0.now, by: station.worker, in: $0)
      }
      let desk = try await station.browser(of: station.worker)
      #expect(try await desk.get("/desk/calls").text.contains("现在没有要打的电话"))
      let own = try await station.deliveries()
      #expect(own.map(\.way) == [.call, .sms] && own.map(\.state) == [.givenUp, .queued])
      #expect(own.first?.reason == "messages.way_not_chosen")
      #expect(try await station.deliveries(of: station.worker).map(\.reason) == ["messages.read_before"])
      #expect(try await station.breaches() == [])
    }
  }

  @Test(
    "each look at a number is recorded, and it is shown no longer than a call is in hand",
    arguments: TestEngine.available)
  func looks(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      try await station.prefer(MessagePreference(ways: [.call]))
      try await station.send([station.message()])
      let desk = try await station.browser(of: station.worker)
      _ = try await desk.get("/desk/calls")
      let call = try #require(await station.deliveries().first)
      let path = "/desk/calls/\(call.id)"
      #expect(try await desk.post("\(path)/take").location == path)
      for look in 1...2 {
        #expect(try await desk.get(path).text.contains("138 0013 8000"))
        #expect(try await audits(station, "messages.call_view") == look)
      }
      station.clock.advance(by: CallRules.inHand)
      #expect(try await desk.get(path).status == 404)
      #expect(try await audits(station, "messages.call_view") == 2)
      // A long talk counts all the same.
      #expect(try await desk.post("\(path)/outcome", ["outcome": "reached"]).status == 303)
      #expect(try await station.deliveries().map(\.state) == [.delivered])
    }
  }

  @Test("printed is what stood on the sheets, whatever came since", arguments: TestEngine.available)
  func slips(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      try await station.send([station.message(to: station.li)])
      let desk = try await station.browser(of: station.worker)
      let sheets = try await desk.get("/desk/messages/slips/print")
      let newest = try #require(sheets.hidden("newest"))
      try await station.send([station.message(to: station.li, about: 2)])
      #expect(try await desk.get("/desk/messages/slips").hidden("newest") == nil)
      #expect(try await desk.post("/desk/messages/slips/printed", ["newest": newest]).status == 303)
      #expect(try await station.deliveries(of: station.li).map(\.state) == [.sent, .queued])
    }
  }
}
