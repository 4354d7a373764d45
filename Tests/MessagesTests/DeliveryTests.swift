import Kernel
import TestKit
import Testing

@testable import Messages

@Suite("How a delivery goes on")
struct DeliveryTests {
  private static let now = Station.start
  private static let expiry = now + .days(1)

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

  @Test("what waits is sent; what was read, has expired or comes at night is not")
  func takingUp() {
    func taken(
      _ at: Timestamp = Self.now, earliest: Timestamp = Self.now, isRead: Bool = false
    ) -> (Delivery, Delivery.Task) {
      delivery().takenUp(at: at, earliest: earliest, expiresAt: Self.expiry, isRead: isRead)
    }
    #expect(taken().1 == .send && taken().0.state == .sending && taken().0.turn == 1)
    #expect(taken(isRead: true).0.state == .givenUp)
    #expect(taken(Self.expiry).0.state == .givenUp)
    let put = taken(earliest: Self.now + .hours(9))
    #expect(put.0.state == .queued && put.0.dueAt == Self.now + .hours(9) && put.1 == .nothing)
    #expect(
      delivery(.sending).takenUp(at: Self.now, earliest: Self.now, expiresAt: Self.expiry, isRead: true).1
        == .ask)
    #expect(
      delivery(.sent).takenUp(at: Self.now, earliest: Self.now, expiresAt: Self.expiry, isRead: false).1
        == .ask)
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
    #expect(waiting.after(.absent, at: Self.now + .seconds(80)) == .sendAgain)
    #expect(doubtful.after(.takesNumberOnce, at: Self.now + .seconds(20)) == .sendAgain)
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
        let (taken, task) = one.takenUp(
          at: now, earliest: now, expiresAt: Self.expiry, isRead: Int.random(in: 0..<50, using: &random) == 0)
        one = taken
        var sends = task == .send
        if task == .ask, let outcome = receipts.randomElement(using: &random) {
          switch one.after(outcome, at: now) {
          case .stand(let next): one = next
          case .sendAgain: sends = true
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
