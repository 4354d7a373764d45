import Database
import Kernel

/// One attempt to bring a message to its recipient by one way.
struct Delivery: Sendable, Equatable {
  enum State: String, Sendable, CaseIterable, Storable {
    /// Waits for its time, for a service or for somebody who rings up or prints.
    case queued
    /// A service was asked and may have done it: nothing is sent again before that is known.
    case sending
    /// The service took it, or the slip was printed.
    case sent
    /// It reached the telephone, or the person at it.
    case delivered
    /// It will never arrive by this way.
    case failed
    /// It was not brought in the time in which it was worth it.
    case givenUp = "given_up"

    var hasEnded: Bool { self == .delivered || self == .failed || self == .givenUp }

    var name: Phrase {
      switch self {
      case .queued: Phrase("等着送", "Waiting")
      case .sending: Phrase("正在送", "Being sent")
      case .sent: Phrase("已送出", "Sent")
      case .delivered: Phrase("已送到", "Delivered")
      case .failed: Phrase("送不到", "Failed")
      case .givenUp: Phrase("没再送", "Given up")
      }
    }
  }

  let id: DeliveryID
  let message: MessageID
  let recipient: PersonID
  let way: MessageWay
  /// 1, 2, 3 … in the order of the ways that were tried for its message.
  let position: Int
  var state: State = .queued
  /// When something is to be done next; nil where nothing is.
  var dueAt: Timestamp?
  /// How often somebody took it up: whoever did so before has nothing more to say of it.
  var turn: Int64 = 0
  /// How often it was tried, or asked for, in its present state.
  var attempts = 0
  /// The service's number of it.
  var receipt: String?
  /// Why it stands as it does; a stable code or the service's own, never text of a person.
  var reason: String?
  /// When the tries began of which any may have reached the service: those before them surely did not.
  var firstTriedAt: Timestamp?
  var sentAt: Timestamp?
  var endedAt: Timestamp?
}

extension Delivery {
  /// For how long nobody else takes up what somebody has taken up.
  static let lease = Duration.minutes(5)
  /// Tries that a service put off, before the next way is taken.
  static let tryLimit = 8
  /// For how long after `firstTriedAt` a service may leave it open whether it took a message. Then the next way is taken:
  /// better told twice by two ways than not at all, and never twice by one.
  static let doubtLimit = Duration.minutes(30)
  /// Questions about what is in doubt, however often it was sent again between them, before the next way is taken.
  static let doubtTryLimit = 2 * tryLimit
  /// A service that knows of no such message has to say so this long after the last try: its list may be late.
  static let absenceIsKnownAfter = Duration.seconds(60)

  private static let laterPauses: [Duration] = [
    .seconds(15), .minutes(1), .minutes(5), .minutes(15), .hours(1), .hours(2), .hours(4), .hours(8),
  ]
  private static let doubtPauses: [Duration] = [.seconds(20), .seconds(60), .minutes(2), .minutes(5)]
  private static let receiptPauses: [Duration] = [
    .minutes(1), .minutes(5), .minutes(30), .hours(2), .hours(8), .hours(24),
  ]

  /// What is to be done with it once it was taken up.
  enum Task: Sendable, Equatable {
    case send
    /// Ask the service how it stands.
    case ask
    /// Nothing now; it was put off or has ended.
    case nothing
  }

  /// What decides whether it may be brought now.
  struct Conditions: Sendable {
    /// When it may be brought at the earliest.
    let earliest: Timestamp
    /// From when on it is not worth it.
    let expiresAt: Timestamp
    let isRead: Bool
    /// Whether its recipient still is to be told by this way.
    let isChosen: Bool
  }

  /// Takes it up.
  func takenUp(at now: Timestamp, _ conditions: Conditions) -> (Delivery, Task) {
    var delivery = self
    delivery.turn += 1
    switch state {
    case .queued: return delivery.brought(at: now, conditions)
    case .sending, .sent:
      delivery.dueAt = now + Self.lease
      return (delivery, .ask)
    case .delivered, .failed, .givenUp: return (self, .nothing)
    }
  }

  /// Brings it, for the first time or again, unless it is not to be brought now.
  func brought(at now: Timestamp, _ conditions: Conditions) -> (Delivery, Task) {
    if let held = heldBack(at: now, conditions) { return (held, .nothing) }
    var delivery = self
    if state == .queued {
      delivery.state = .sending
      delivery.firstTriedAt = now
    }
    delivery.dueAt = now + Self.lease
    return (delivery, .send)
  }

  /// How it stands where it is not to be brought now; nil where it is.
  func heldBack(at now: Timestamp, _ conditions: Conditions) -> Delivery? {
    if conditions.isRead { return ended(.givenUp, "messages.read_before", at: now) }
    if now >= conditions.expiresAt { return ended(.givenUp, "messages.expired", at: now) }
    guard conditions.isChosen else { return ended(.givenUp, "messages.way_not_chosen", at: now) }
    if conditions.earliest <= now { return nil }
    var delivery = self
    delivery.dueAt = conditions.earliest
    return delivery
  }

  /// How it stands after a service was asked to carry it.
  func after(_ outcome: SendingOutcome, at now: Timestamp, expiresAt: Timestamp) -> Delivery {
    var delivery = self
    switch outcome {
    case .accepted(let receipt):
      delivery.receipt = receipt
      delivery.state = .sent
      delivery.sentAt = now
      delivery.reason = nil
      delivery.attempts = 0
      delivery.dueAt = now + Self.receiptPauses[0]
      return delivery
    case .refused(let code): return ended(.failed, code, at: now)
    case .later(let code):
      if attempts + 1 >= Self.tryLimit || now >= expiresAt { return ended(.givenUp, code, at: now) }
      delivery.state = .queued
      delivery.reason = code
      delivery.dueAt = now + Self.laterPauses[min(attempts, Self.laterPauses.count - 1)]
      delivery.attempts += 1
      return delivery
    case .unknown(let code): return inDoubt(code, at: now)
    }
  }

  /// What follows from a service's answer to the question how it stands.
  enum Step: Sendable, Equatable {
    case stand(Delivery)
    /// It may be sent again under the same number: it was never taken and waits as before, or the service takes a number
    /// once.
    case sendAgain(Delivery)
  }

  func after(_ outcome: ReceiptOutcome, at now: Timestamp) -> Step {
    var delivery = self
    switch outcome {
    case .delivered: return .stand(ended(.delivered, nil, at: now))
    case .undelivered(let code): return .stand(ended(.failed, code, at: now))
    case .pending:
      if state == .sending {
        delivery.state = .sent
        delivery.sentAt = now
        delivery.attempts = 0
      }
      return .stand(delivery.askedAgainLater(at: now))
    case .absent where state == .sending:
      let tried = firstTriedAt ?? now
      guard now >= tried + Self.absenceIsKnownAfter else {
        return .stand(inDoubt("messages.absent", at: now))
      }
      delivery.state = .queued
      return .sendAgain(delivery)
    case .takesNumberOnce where state == .sending: return .sendAgain(delivery)
    case .takesNumberOnce:
      delivery.dueAt = nil
      return .stand(delivery)
    case .absent: return .stand(delivery.askedAgainLater(at: now))
    case .unknown(let code):
      return .stand(state == .sending ? inDoubt(code, at: now) : delivery.askedAgainLater(at: now))
    }
  }

  func ended(_ state: State, _ reason: String?, at now: Timestamp) -> Delivery {
    var delivery = self
    delivery.state = state
    delivery.reason = reason
    delivery.dueAt = nil
    delivery.endedAt = now
    return delivery
  }

  private func inDoubt(_ code: String, at now: Timestamp) -> Delivery {
    let isOver = firstTriedAt.map { now >= $0 + Self.doubtLimit } ?? false
    if isOver || attempts + 1 >= Self.doubtTryLimit { return ended(.givenUp, code, at: now) }
    var delivery = self
    delivery.state = .sending
    delivery.reason = code
    delivery.dueAt = now + Self.doubtPauses[min(attempts, Self.doubtPauses.count - 1)]
    delivery.attempts += 1
    return delivery
  }

  private func askedAgainLater(at now: Timestamp) -> Delivery {
    var delivery = self
    delivery.attempts += 1
    // What a service has not told within a day or two it will not tell any more.
    delivery.dueAt =
      delivery.attempts < Self.receiptPauses.count ? now + Self.receiptPauses[delivery.attempts] : nil
    return delivery
  }
}
