import Database
import Kernel
import TestKit
import Testing

@testable import Messages

@Suite("Bringing messages")
struct DeliveriesTests {
  private func round(_ station: Station, after pause: Duration = .zero) async throws {
    station.clock.advance(by: pause)
    try await station.messages.deliveries.round()
  }

  @Test("taken, then told of by the service", arguments: TestEngine.available)
  func delivered(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      try await station.send([station.message()])
      try await round(station)
      #expect(try await station.deliveries().map(\.state) == [.sent])
      station.sms.tell(.delivered)
      try await round(station, after: .minutes(1))
      let delivery = try #require(await station.deliveries().first)
      #expect(delivery.state == .delivered && delivery.dueAt == nil)
      try await round(station, after: .days(2))
      #expect(station.sms.carried.count == 1 && station.sms.asked == 1)
      #expect(try await station.breaches() == [])
    }
  }

  @Test("two programs on one database bring it once", arguments: TestEngine.available)
  func race(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      try await station.send((0..<30).map { station.message(about: Int64($0)) })
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<4 { group.addTask { _ = try await station.twin().round() } }
        try await group.waitForAll()
      }
      #expect(station.sms.carried.count == 30)
      #expect(Set(station.sms.carried.map(\.id)).count == 30)
      #expect(try await station.deliveries().allSatisfy { $0.state == .sent })
    }
  }

  @Test("an answer that was lost is asked for, and nothing is sent twice", arguments: TestEngine.available)
  func lostAnswer(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      station.sms.next(.carryAndLose)
      try await station.send([station.message()])
      try await round(station)
      #expect(try await station.deliveries().map(\.state) == [.sending])
      try await round(station, after: .seconds(20))
      #expect(try await station.deliveries().map(\.state) == [.sent])
      #expect(station.sms.carried.count == 1)
    }
  }

  @Test("a request that was lost is sent again once it is known to be lost", arguments: TestEngine.available)
  func lostRequest(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      station.sms.next(.lose)
      try await station.send([station.message()])
      try await round(station)
      try await round(station, after: .seconds(20))
      #expect(station.sms.carried.isEmpty, "the list of what was sent may be late")
      try await round(station, after: .minutes(1))
      #expect(station.sms.carried.count == 1)
      #expect(try await station.deliveries().map(\.state) == [.sent])
    }
  }

  @Test("a program that ended in between leaves nothing behind", arguments: TestEngine.available)
  func crash(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      try await station.send([station.message()])
      let delivery = try #require(await station.deliveries().first)
      try await station.database.write(in: station.community) { transaction in
        let (taken, _) = delivery.takenUp(
          at: transaction.now,
          Delivery.Conditions(
            earliest: transaction.now, expiresAt: transaction.now + .days(1), isRead: false, isChosen: true))
        let isMoved = try DeliveryStore.move(taken, from: delivery.turn, in: transaction)
        #expect(isMoved)
      }
      try await round(station, after: .minutes(4))
      #expect(station.sms.asked == 0, "it is still somebody's turn")
      try await round(station, after: .minutes(1))
      #expect(station.sms.asked == 1 && station.sms.carried.count == 1)
    }
  }

  @Test("whoever was overtaken has nothing more to say", arguments: TestEngine.available)
  func overtaken(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      try await station.send([station.message()])
      let before = try #require(await station.deliveries().first)
      try await round(station)
      let written = try await station.database.write(in: station.community) { transaction in
        try DeliveryStore.move(
          before.ended(.failed, "late", at: transaction.now), from: before.turn, in: transaction)
      }
      #expect(!written)
      #expect(try await station.deliveries().map(\.state) == [.sent])
    }
  }

  @Test("what fails goes on by the next way, each once", arguments: TestEngine.available)
  func fallback(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      try await station.bindWeChat()
      try await station.prefer(MessagePreference(ways: [.wechat, .sms, .slip]))
      station.weChat.next(.refuse("wechat.43004"))
      station.sms.next(.refuse("isv.MOBILE_NUMBER_ILLEGAL"))
      try await station.send([station.message()])
      try await round(station)
      try await round(station)
      let deliveries = try await station.deliveries()
      #expect(deliveries.map(\.way) == [.wechat, .sms, .slip])
      #expect(deliveries.map(\.state) == [.failed, .failed, .queued])
      #expect(deliveries.map(\.position) == [1, 2, 3])
      #expect(try await station.breaches() == [])
    }
  }

  @Test("nobody who has read it is written to any more", arguments: TestEngine.available)
  func readBefore(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      station.sms.next(.later("busy"))
      try await station.send([station.message()])
      try await round(station)
      try await station.database.write(in: station.community) {
        try station.messages.read(until: $0.now, by: station.wang, in: $0)
      }
      try await round(station, after: .minutes(1))
      #expect(station.sms.carried.isEmpty)
      #expect(try await station.deliveries().map(\.reason) == ["messages.read_before"])
    }
  }

  @Test(
    "what is in doubt is not sent again in the quiet hours, nor once it was read",
    arguments: TestEngine.available)
  func doubtAtNight(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      station.clock.advance(by: .hours(5) - .seconds(10))
      station.sms.next(.lose, .lose)
      try await station.send([station.message(), station.message(to: station.worker)])
      try await round(station)
      try await round(station, after: .seconds(20))
      try await round(station, after: .minutes(1))
      #expect(station.sms.carried.isEmpty, "it is past nine in the evening")
      let waiting = try #require(await station.deliveries().first)
      #expect(waiting.state == .queued && waiting.dueAt == Station.start + .hours(16))
      try await station.database.write(in: station.community) {
        try station.messages.read(until: $0.now, by: station.worker, in: $0)
      }
      try await round(station, after: .hours(11))
      #expect(station.sms.carried.count == 1)
      #expect(try await station.deliveries().map(\.state) == [.sent])
      #expect(try await station.deliveries(of: station.worker).map(\.reason) == ["messages.read_before"])
    }
  }

  @Test(
    "what waits goes by no way that was given up meanwhile, nor to who was disabled",
    arguments: TestEngine.available)
  func notChosen(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      station.sms.next(.later("busy"), .later("busy"))
      try await station.send([station.message(), station.message(to: station.worker)])
      try await round(station)
      try await station.prefer(MessagePreference(ways: [.slip]))
      try await station.database.write(in: station.community) {
        try $0.execute("UPDATE people_person SET disabled_at = 1 WHERE id = \(station.worker)")
      }
      try await round(station, after: .minutes(1))
      #expect(station.sms.carried.isEmpty)
      let own = try await station.deliveries()
      #expect(own.map(\.way) == [.sms, .slip] && own.map(\.state) == [.givenUp, .queued])
      #expect(own.first?.reason == "messages.way_not_chosen")
      let gone = try await station.deliveries(of: station.worker)
      #expect(gone.map(\.reason) == ["messages.way_not_chosen"], "no other way is begun")
      #expect(try await station.breaches() == [])
    }
  }

  @Test("one that cannot be dealt with holds up no other", arguments: TestEngine.available)
  func fault(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      let (other, neighbour) = try await station.unreadableCommunity()
      try await station.database.write(in: other) {
        _ = try station.messages.messenger.send([station.message(to: neighbour)], in: $0)
      }
      try await station.send([station.message()])
      try await round(station)
      #expect(station.sms.carried.count == 1)
      let due = try await station.database.read { try DeliveryStore.due(limit: 9, $0) }
      #expect(due == [], "it is not the first one for ever")
      try await round(station, after: .minutes(5))
      #expect(station.sms.carried.count == 1)
    }
  }

  @Test("nothing rings at night, unless it is urgent and was agreed to", arguments: TestEngine.available)
  func night(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      station.clock.advance(by: .hours(6))
      try await station.send([station.message()])
      try await round(station, after: .hours(2))
      #expect(station.sms.carried.isEmpty)
      try await station.prefer(MessagePreference(ways: [.sms], isUrgentAllowedAtNight: true), station.worker)
      try await station.send([
        station.message(to: station.worker), station.message(Station.placed, to: station.worker),
      ])
      try await round(station)
      #expect(station.sms.carried.map(\.text.kind.code) == ["test.arrived"])
      try await round(station, after: .hours(8))
      #expect(station.sms.carried.count == 3)
    }
  }

  @Test(
    "what a service is put off for is brought later; what has expired is let go",
    arguments: TestEngine.available)
  func later(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      station.sms.next(.later("busy"), .later("busy"))
      try await station.send([station.message()])
      try await round(station)
      try await round(station, after: .seconds(15))
      try await round(station, after: .minutes(1))
      #expect(station.sms.carried.count == 1)
      try await station.send([station.message(to: station.li)])
      station.clock.advance(by: .days(1))
      #expect(try await station.messages.deliveries.giveUpExpired() == 1)
      #expect(try await station.messages.deliveries.giveUpExpired() == 0)
      #expect(try await station.deliveries(of: station.li).map(\.reason) == ["messages.expired"])
    }
  }

  @Test(
    "WeChat tells by its number what became of it, and a second time changes nothing",
    arguments: TestEngine.available)
  func told(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      try await station.bindWeChat()
      station.weChat.tell(.takesNumberOnce)
      try await station.send([station.message()])
      try await round(station)
      let receipt = try #require(await station.deliveries().first?.receipt)
      try await station.messages.deliveries.told(.wechat, "another", .delivered)
      #expect(try await station.deliveries().map(\.state) == [.sent])
      try await station.messages.deliveries.told(.wechat, receipt, .delivered)
      try await station.messages.deliveries.told(.wechat, receipt, .undelivered(code: "x"))
      #expect(try await station.deliveries().map(\.state) == [.delivered])
    }
  }
}
