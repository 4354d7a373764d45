import Database
import Kernel
import TestKit
import Testing

@testable import Messages

@Suite("Sending")
struct MessengerTests {
  @Test("a message is told once, however often it is sent", arguments: TestEngine.available)
  func once(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      let message = station.message()
      let first = try await station.send([message, message])
      #expect(first == 1)
      #expect(try await station.send([message]) == 0)
      #expect(try await station.send([station.message(occasion: "b"), station.message(about: 2)]) == 2)
      #expect(try await station.deliveries().count == 3)
      #expect(try await station.breaches() == [])
    }
  }

  @Test(
    "each by the way that fits; nothing for who was disabled or is elsewhere", arguments: TestEngine.available
  )
  func ways(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      try await station.database.write(in: station.community) {
        try $0.execute("UPDATE people_person SET disabled_at = 1 WHERE id = \(station.gone)")
      }
      let sent = try await station.send([
        station.message(to: station.wang), station.message(to: station.li), station.message(to: station.gone),
        station.message(to: PersonID(rawValue: 12345)),
      ])
      #expect(sent == 2)
      #expect(try await station.deliveries().map(\.way) == [.sms])
      #expect(try await station.deliveries(of: station.li).map(\.way) == [.slip])
      #expect(try await station.deliveries(of: station.gone).isEmpty)
    }
  }

  @Test("in a practice community nothing leaves the inbox", arguments: TestEngine.available)
  func practice(engine: TestEngine) async throws {
    try await Station.with(engine, isPractice: true) { station in
      try await station.prefer(MessagePreference(ways: [.sms, .call, .slip]))
      #expect(try await station.send([station.message(), station.message(to: station.li)]) == 2)
      for person in [station.wang, station.li] {
        #expect(try await station.deliveries(of: person).isEmpty)
      }
      #expect(try await station.messages.deliveries.round() == 0)
      #expect(station.sms.carried.isEmpty)
    }
  }

  @Test("four hundred at once", arguments: TestEngine.available)
  func many(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      let messages = (0..<400).map { station.message(about: Int64($0)) }
      let sent = try await station.send(messages)
      #expect(sent == 400)
      #expect(try await station.messages.deliveries.round() == 400)
      #expect(Set(station.sms.carried.map(\.id)).count == 400)
      #expect(try await station.breaches() == [])
    }
  }

  @Test("what is read up to a moment is read, and only a person's own", arguments: TestEngine.available)
  func reading(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      try await station.send([station.message(), station.message(to: station.li)])
      station.clock.advance(by: .hours(1))
      try await station.send([station.message(about: 2)])
      func unread(_ person: PersonID) async throws -> Int {
        try await station.database.read { try station.messages.unread(of: person, in: station.community, $0) }
      }
      #expect(try await unread(station.wang) == 2)
      try await station.database.write(in: station.community) {
        try station.messages.read(until: Station.start, by: station.wang, in: $0)
      }
      #expect(try await unread(station.wang) == 1)
      #expect(try await unread(station.li) == 1)
    }
  }
}
