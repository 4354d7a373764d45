import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Messages

@Suite("Calls and slips")
struct DeskTests {
  @Test("a call is in one pair of hands, and its outcome counts", arguments: TestEngine.available)
  func calls(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      try await station.prefer(MessagePreference(ways: [.call, .slip]))
      try await station.send([station.message()])
      func write<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await station.database.write(in: station.community, body)
      }
      func take(_ person: PersonID) async throws -> Bool {
        let call = try #require(await station.deliveries().first)
        return try await write {
          try CallStore.take(call, by: person, until: $0.now + CallRules.inHand, in: $0)
        }
      }
      #expect(try await take(station.worker))
      #expect(try await !take(station.li), "somebody has it in hand")
      #expect(try await take(station.worker), "who has it may look at it again")
      station.clock.advance(by: CallRules.inHand)
      #expect(try await take(station.li), "after a quarter of an hour it is free again")
      for attempt in 1...CallRules.tries {
        let call = try #require(await station.deliveries().first)
        let after = CallRules.after(.noAnswer, call, at: station.clock.now)
        try await write { transaction in
          try CallStore.release(call.id, in: transaction)
          try station.messages.deliveries.settle(after, from: call.turn, in: transaction)
        }
        #expect(
          try await station.deliveries().first?.state == (attempt < CallRules.tries ? .queued : .givenUp))
      }
      #expect(try await station.deliveries().map(\.way) == [.call, .slip])
      #expect(try await station.breaches() == [])
    }
  }

  @Test("slips are printed up to the one that stood on the sheet", arguments: TestEngine.available)
  func slips(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      try await station.send([station.message(to: station.li)])
      let first = try #require(await station.deliveries(of: station.li).first)
      try await station.send([station.message(to: station.li, about: 2)])
      let count = try await station.database.write(in: station.community) { transaction in
        try SlipDesk.printed(
          upTo: first.id, by: Actor(person: station.worker, role: .socialWorker), in: transaction)
      }
      #expect(count == 1)
      #expect(try await station.deliveries(of: station.li).map(\.state) == [.sent, .queued])
      #expect(try await station.breaches() == [])
    }
  }

  @Test("slips come by building: numbers by value, then names, then those without a home")
  func order() throws {
    func slip(_ building: String, _ room: String, _ id: Int64) -> Slip {
      Slip(
        recipient: PersonID(rawValue: id), name: "", door: building.isEmpty ? nil : Phrase(same: room),
        building: building, language: .chinese, lines: [])
    }
    let groups = Slip.byBuilding([
      slip("10", "101", 1), slip("2", "502", 2), slip("", "", 3), slip("桂花苑", "1", 4), slip("2", "501", 5),
    ])
    #expect(groups.map(\.building) == ["2", "10", "桂花苑", ""])
    #expect(groups.first?.slips.map(\.recipient.rawValue) == [5, 2])
  }

  @Test("a choice is read as it was meant, and refused where it makes no sense")
  func forms() throws {
    let good: KeyValuePairs = [
      "first": "sms", "second": "call", "language": "en", "quiet_from": "1260", "quiet_until": "480",
      "urgent_at_night": "on",
    ]
    #expect(
      try PreferenceForm.preference(Form(good))
        == MessagePreference(ways: [.sms, .call], language: .english, isUrgentAllowedAtNight: true))
    let none: KeyValuePairs = [
      "first": "none", "second": "none", "language": "pages", "quiet_from": "0", "quiet_until": "0",
    ]
    #expect(try PreferenceForm.preference(Form(none)) == MessagePreference(ways: [], quietHours: .none))
    let alone: KeyValuePairs = [
      "first": "none", "second": "sms", "language": "pages", "quiet_from": "0", "quiet_until": "0",
    ]
    #expect(try PreferenceForm.preference(Form(alone)).ways == [], "none is none")
    for (field, value) in [
      ("first", "post"), ("second", "sms"), ("language", "fr"), ("quiet_from", "1440"), ("quiet_until", ""),
    ] {
      let pairs = good.map { ($0.key, $0.key == field ? value : $0.value) }
      let form = Form(fields: pairs.map { Form.Field(name: $0.0, value: $0.1) })
      let problem = #expect(throws: Problem.self) { try PreferenceForm.preference(form) }
      #expect(problem?.fields.map(\.field) == [field])
    }
  }
}
