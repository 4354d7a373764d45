import Kernel
import TestKit
import Testing

@testable import Messages

@Suite("How a delivery goes on")
struct DeliveryTests {
  private static let now = Station.start
  private static let expiry = now + .days(1)

  private static func conditions(
    earliest: Timestamp = now, isRead: Bool = false, isChosen: Bool = true
  ) -> Delivery.Conditions {
    Delivery.Conditions(earliest: earliest, expiresAt: expiry, isRead: isRead, isChosen: isChosen)
  }

  private func delivery(_ state: Delivery.State = .queued) -> Delivery {
    var delivery = Delivery(
      id: DeliveryID(rawValue: 1), message: MessageID(rawValue: 2), recipient: PersonID(rawValue: 3),
      way: .sms,
      position: 1)
    delivery.state = state
    delivery.dueAt = state.hasEnded ? nil : Self.now
    delivery.firstTriedAt = state == .queued ? nil : Self.now
    return delivery
  }

  @Test("what waits is sent; what was read, has expired, is not wanted so any more or comes at night is not")
  func takingUp() {
    func taken(
      _ at: Timestamp = Self.now, earliest: Timestamp = Self.now, isRead: Bool = false, isChosen: Bool = true
    ) -> (Delivery, Delivery.Task) {
      delivery().takenUp(
        at: at, Self.conditions(earliest: earliest, isRead: isRead, isChosen: isChosen))
    }
    #expect(taken().1 == .send && taken().0.state == .sending && taken().0.turn == 1)
    #expect(taken(isRead: true).0.state == .givenUp)
    #expect(taken(Self.expiry).0.state == .givenUp)
    #expect(taken(isChosen: false).0.reason == "messages.way_not_chosen")
    let put = taken(earliest: Self.now + .hours(9))
    #expect(put.0.state == .queued && put.0.dueAt == Self.now + .hours(9) && put.1 == .nothing)
    for state in [Delivery.State.sending, .sent] {
      let asked = Self.conditions(earliest: Self.now + .hours(9), isRead: true, isChosen: false)
      #expect(delivery(state).takenUp(at: Self.now, asked).1 == .ask, "it may be with the person already")
    }
  }

  @Test("what is sent again is held back as what is sent for the first time")
  func again() {
    for state in [Delivery.State.queued, .sending] {
      let one = delivery(state)
      func brought(_ at: Timestamp, _ conditions: Delivery.Conditions) -> (Delivery, Delivery.Task) {
        one.brought(at: at, conditions)
      }
      let later = Self.now + .minutes(5)
      #expect(brought(later, Self.conditions()).1 == .send)
      let begun = brought(later, Self.conditions()).0.firstTriedAt
      #expect(
        begun == (state == .queued ? later : Self.now),
        "a number that is taken once counts from its first try")
      #expect(brought(later, Self.conditions(isRead: true)).0.reason == "messages.read_before")
      #expect(brought(Self.expiry, Self.conditions()).0.reason == "messages.expired")
      #expect(brought(later, Self.conditions(isChosen: false)).0.reason == "messages.way_not_chosen")
      let night = brought(later, Self.conditions(earliest: Self.now + .hours(9)))
      #expect(night.1 == .nothing && night.0.state == state && night.0.dueAt == Self.now + .hours(9))
    }
  }

  @Test("doubt counts from the try that is in doubt, and what was put off before surely was not taken")
  func doubtAfterLater() {
    var one = delivery().takenUp(at: Self.now, Self.conditions()).0
    one = one.after(.later(code: "busy"), at: Self.now, expiresAt: Self.expiry)
    let second = Self.now + .hours(2)
    one = one.takenUp(at: second, Self.conditions(earliest: second)).0
    one = one.after(.unknown(code: "no_answer"), at: second, expiresAt: Self.expiry)
    #expect(one.state == .sending, "the doubt has just begun")
    guard case .stand(let waiting) = one.after(.absent, at: second + .seconds(20)) else {
      Issue.record("a list may be late after the last try as well")
      return
    }
    guard case .sendAgain(let again) = waiting.after(.absent, at: second + .seconds(80)) else {
      Issue.record("it surely was not taken")
      return
    }
    let third = again.brought(at: second + .seconds(80), Self.conditions(earliest: second)).0
      .after(.unknown(code: "no_answer"), at: second + .seconds(80), expiresAt: Self.expiry)
    guard case .stand = third.after(.absent, at: second + .seconds(100)) else {
      Issue.record("too early to send for the third time")
      return
    }
  }

  @Test("what is lost again and again is not sent for ever")
  func lostForEver() {
    var one = delivery().takenUp(at: Self.now, Self.conditions()).0
    var (now, sent) = (Self.now, 1)
    one = one.after(.unknown(code: "lost"), at: now, expiresAt: Self.expiry)
    while let due = one.dueAt, sent < 100 {
      now = due
      let later = Self.conditions(earliest: now)
      let (taken, task) = one.takenUp(at: now, later)
      #expect(task == .ask)
      switch taken.after(.absent, at: now) {
      case .stand(let standing): one = standing
      case .sendAgain(let again):
        sent += 1
        one = again.brought(at: now, later).0.after(.unknown(code: "lost"), at: now, expiresAt: Self.expiry)
      }
    }
    #expect(one.state == .givenUp && sent <= Delivery.doubtTryLimit)
    #expect(now < Self.now + .hours(2))
  }

  @Test("a service that puts it off is asked again with growing pauses, and not for ever")
  func later() {
    var one = delivery(.sending)
    var pauses: [Duration] = []
    for _ in 0..<Delivery.tryLimit - 1 {
      one = one.after(.later(code: "busy"), at: Self.now, expiresAt: Self.expiry)
      #expect(one.state == .queued && one.reason == "busy")
      if let due = one.dueAt { pauses.append(due - Self.now) }
    }
    #expect(pauses == pauses.sorted() && pauses.first == .seconds(15))
    #expect(one.after(.later(code: "busy"), at: Self.now, expiresAt: Self.expiry).state == .givenUp)
  }

  @Test("what is in doubt is asked for and sent again only when it was surely not taken")
  func doubt() {
    let doubtful = delivery(.sending).after(.unknown(code: "no_answer"), at: Self.now, expiresAt: Self.expiry)
    #expect(doubtful.state == .sending && doubtful.dueAt == Self.now + .seconds(20))
    guard case .stand(let waiting) = doubtful.after(.absent, at: Self.now + .seconds(20)) else {
      Issue.record("a list may be late: too early to send again")
      return
    }
    #expect(waiting.state == .sending)
    var notTaken = waiting
    notTaken.state = .queued
    #expect(waiting.after(.absent, at: Self.now + .seconds(80)) == .sendAgain(notTaken))
    #expect(doubtful.after(.takesNumberOnce, at: Self.now + .seconds(20)) == .sendAgain(doubtful))
    guard case .stand(let found) = doubtful.after(.pending, at: Self.now + .seconds(20)) else {
      Issue.record("it was taken")
      return
    }
    #expect(found.state == .sent)
    let late = doubtful.after(.unknown(code: "x"), at: Self.now + Delivery.doubtLimit)
    #expect(late == .stand(doubtful.ended(.givenUp, "x", at: Self.now + Delivery.doubtLimit)))
  }

  @Test("a receipt that never comes is not waited for longer than a day or two")
  func receipts() {
    var one = delivery(.sending).after(.accepted(receipt: "r"), at: Self.now, expiresAt: Self.expiry)
    var now = Self.now
    var asked = 0
    while let due = one.dueAt {
      now = due
      guard case .stand(let next) = one.after(.pending, at: now) else { break }
      one = next
      asked += 1
    }
    #expect(one.state == .sent && asked == 6 && now - Self.now < .days(2))
    #expect(one.after(.delivered, at: now) == .stand(one.ended(.delivered, nil, at: now)))
  }

  @Test("whatever services say, in whatever order: an end is an end, and something that is open has a time")
  func property() {
    var random = SeededGenerator(seed: 99)
    let sendings: [SendingOutcome] = [
      .accepted(receipt: nil), .accepted(receipt: "r"), .refused(code: "a"), .later(code: "b"),
      .unknown(code: "c"),
    ]
    let receipts: [ReceiptOutcome] = [
      .delivered, .undelivered(code: "d"), .pending, .absent, .takesNumberOnce, .unknown(code: "e"),
    ]
    for _ in 0..<3_000 {
      var one = delivery()
      var now = Self.now
      for _ in 0..<60 {
        guard let due = one.dueAt else { break }
        #expect(!one.state.hasEnded)
        now = due
        let conditions = Self.conditions(
          earliest: now, isRead: Int.random(in: 0..<50, using: &random) == 0)
        let (taken, task) = one.takenUp(at: now, conditions)
        one = taken
        var sends = task == .send
        if task == .ask, let outcome = receipts.randomElement(using: &random) {
          switch one.after(outcome, at: now) {
          case .stand(let next): one = next
          case .sendAgain(let again):
            one = again.brought(at: now, conditions).0
            sends = !one.state.hasEnded
          }
        }
        if sends, let outcome = sendings.randomElement(using: &random) {
          one = one.after(outcome, at: now, expiresAt: Self.expiry)
        }
        #expect(one.state.hasEnded == (one.endedAt != nil))
        #expect(one.state == .sent || one.state.hasEnded || one.dueAt != nil)
        #expect(one.dueAt.map { $0 > now } ?? true, "it would be taken up again at once")
      }
      #expect(one.dueAt == nil || now < Self.now + .days(4))
    }
  }

  @Test("nobody answers three times, then another way is taken; called later is no try")
  func calls() {
    var call = delivery()
    call = CallRules.after(.later, call, at: Self.now)
    #expect(call.state == .queued && call.attempts == 0 && call.dueAt == Self.now + .hours(1))
    call = CallRules.after(.noAnswer, call, at: Self.now)
    call = CallRules.after(.noAnswer, call, at: Self.now)
    #expect(call.state == .queued && call.dueAt == Self.now + .hours(2))
    #expect(CallRules.after(.noAnswer, call, at: Self.now).state == .givenUp)
    #expect(CallRules.after(.reached, call, at: Self.now).state == .delivered)
  }
}
