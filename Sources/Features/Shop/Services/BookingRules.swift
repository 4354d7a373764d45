package import Kernel

/// What may become of a booking, and who may do it: pure functions of the booking and the clock.
package enum BookingRules {
  /// How long before its beginning a worker may set out, and how long before it the visit may begin.
  package static let setOutTime = Duration.hours(4)
  package static let arrivalTime = Duration.hours(1)
  /// How long each side waits for the other before it may say that nobody was there.
  package static let waitingTime = Duration.minutes(15)
  /// How long after its end a visit that nobody came to is over by itself.
  package static let overdueTime = Duration.hours(12)
  /// How long a household may object before something is kept of its money.
  package static let objectionTime = Duration.hours(48)
  /// How many requests of one household may wait for their answers: each of them holds somebody's time.
  static let waitingRequests = 5
  /// Wrong codes before the household gets a new one. Source: field/reliability.md §3.13.
  package static let triesPerCode: Int64 = 5

  /// What somebody does to a booking.
  package enum Command: Sendable, Equatable {
    case accept
    case decline(reason: String)
    case expire
    case setOut
    /// The household's code was typed and is right.
    case arrive
    case finish(Booking.Outcome)
    case cancel(reason: String)
    /// The other side was not there.
    case reportAbsence
    /// The time is over and nobody said that the visit took place.
    case lapse
    case object(reason: String)
    case propose(Booking.Proposal)
    case agreeToMove
    case refuseMove
  }

  /// The booking after the command, and what is written down of it.
  /// - Throws: `booking.not_now` where the state, the side or the time does not allow it.
  package static func after(
    _ command: Command, of booking: Booking, by party: Booking.Party, now: Timestamp
  ) throws -> (booking: Booking, step: BookingStep) {
    guard isAllowed(command, of: booking, by: party, now: now) else {
      throw Problem.bookingNotNow(booking.state)
    }
    var after = booking
    let (what, note) = apply(command, to: &after, by: party, now: now)
    if !after.state.isOpen || after.state == .arrived { after.proposal = nil }
    after.revision += 1
    return (after, BookingStep(what: what, party: party, at: now, note: note))
  }

  /// Whether this side may do this now.
  package static func isAllowed(
    _ command: Command, of booking: Booking, by party: Booking.Party, now: Timestamp
  ) -> Bool {
    let isAgreed = booking.state == .accepted || booking.state == .onTheWay
    switch (command, party) {
    case (.accept, .merchant):
      return booking.state == .requested && now < booking.answerUntil && now < booking.startsAt
    case (.decline, .merchant): return booking.state == .requested
    case (.expire, .program): return booking.state == .requested && now >= expiresAt(booking)
    case (.setOut, .merchant):
      return booking.state == .accepted && booking.place == .home && now >= booking.startsAt - setOutTime
    case (.arrive, .merchant): return isAgreed && now >= booking.startsAt - arrivalTime
    case (.finish, .merchant): return booking.state == .arrived
    case (.cancel, .household):
      return (booking.state == .requested || isAgreed) && now < booking.startsAt
    case (.cancel, .merchant): return isAgreed
    case (.reportAbsence, .household), (.reportAbsence, .merchant):
      return isAgreed && now >= booking.startsAt + waitingTime
    case (.lapse, .program): return isAgreed && now >= booking.endsAt + overdueTime
    case (.object, .household):
      return booking.state == .missed && booking.endedBy == .household && !booking.isObjected
    case (.propose(let proposal), .household), (.propose(let proposal), .merchant):
      let mayMove = booking.state == .accepted || (booking.state == .requested && party == .merchant)
      return mayMove && booking.proposal == nil && proposal.by == party && now < booking.startsAt
        && now < proposal.startsAt
    case (.agreeToMove, .household), (.agreeToMove, .merchant):
      guard let proposal = booking.proposal, proposal.by != party, now < proposal.startsAt else {
        return false
      }
      return booking.state == .accepted || booking.state == .requested
    case (.refuseMove, .household), (.refuseMove, .merchant):
      return booking.proposal != nil && (booking.state == .accepted || booking.state == .requested)
    default: return false
    }
  }

  /// Whether a visit is the business of whoever makes it on a day: it was agreed and begins then, or it began before and may
  /// still be begun or ended, or it ended on that day. Around midnight a visit belongs to two days.
  package static func isOfDay(
    _ booking: Booking, from start: Timestamp, until end: Timestamp, now: Timestamp
  ) -> Bool {
    let beginsThen = start <= booking.startsAt && booking.startsAt < end
    switch booking.state {
    case .arrived: return true
    case .accepted, .onTheWay:
      return beginsThen || (booking.startsAt < start && now < booking.endsAt + overdueTime)
    case .done: return beginsThen || booking.outcome.map { $0.finishedAt >= start } ?? false
    case .requested, .declined, .expired, .cancelled, .missed: return false
    }
  }

  /// Whether cancelling now comes later than the rules allow for nothing.
  package static func isLate(_ booking: Booking, now: Timestamp) -> Bool {
    (booking.state == .accepted || booking.state == .onTheWay) && now > freeUntil(booking)
  }

  /// When a request that nobody has answered ends. A merchant who proposed another time has answered: then it is the
  /// household's turn until the earlier of both times.
  package static func expiresAt(_ booking: Booking) -> Timestamp {
    guard let proposal = booking.proposal else { return min(booking.answerUntil, booking.startsAt) }
    return max(booking.answerUntil, min(booking.startsAt, proposal.startsAt))
  }

  /// Until when the household may cancel for nothing.
  package static func freeUntil(_ booking: Booking) -> Timestamp {
    booking.startsAt - .hours(booking.rules.freeHours)
  }

  private static func apply(
    _ command: Command, to booking: inout Booking, by party: Booking.Party, now: Timestamp
  ) -> (BookingStep.What, String) {
    switch command {
    case .accept:
      (booking.state, booking.proposal) = (.accepted, nil)
      return (.accepted, "")
    case .decline(let reason):
      (booking.state, booking.endedBy) = (.declined, .merchant)
      return (.declined, reason)
    case .expire:
      (booking.state, booking.endedBy) = (.expired, .merchant)
      return (.expired, "")
    case .setOut:
      booking.state = .onTheWay
      return (.left, "")
    case .arrive:
      (booking.state, booking.arrivedAt) = (.arrived, now)
      return (.arrived, "")
    case .finish(let outcome):
      (booking.state, booking.outcome) = (.done, outcome)
      return (.done, "")
    case .cancel(let reason):
      // Whoever calls a visit off once it should have begun did not come.
      if party == .merchant, now >= booking.startsAt {
        (booking.state, booking.endedBy) = (.missed, .merchant)
        return (.workerMissed, reason)
      }
      let isLate = party == .household && isLate(booking, now: now)
      (booking.state, booking.endedBy) = (.cancelled, party)
      return (isLate ? .cancelledLate : .cancelledInTime, reason)
    case .reportAbsence:
      (booking.state, booking.endedBy) = (.missed, party.other)
      return (party == .household ? .workerMissed : .householdMissed, "")
    case .lapse:
      (booking.state, booking.endedBy) = (.missed, .merchant)
      return (.workerMissed, "")
    case .object(let reason):
      booking.isObjected = true
      return (.objected, reason)
    case .propose, .agreeToMove, .refuseMove: return (move(command, &booking), "")
    }
  }

  private static func move(_ command: Command, _ booking: inout Booking) -> BookingStep.What {
    switch command {
    case .propose(let proposal):
      booking.proposal = proposal
      return .moveProposed
    case .agreeToMove:
      agree(&booking)
      return .moved
    default:
      booking.proposal = nil
      return .moveRefused
    }
  }

  /// Whoever agrees to another time agrees to the visit; code and price stay.
  private static func agree(_ booking: inout Booking) {
    guard let proposal = booking.proposal else { return }
    booking.startsAt = proposal.startsAt
    booking.worker = proposal.worker
    booking.state = .accepted
    booking.proposal = nil
  }

  // MARK: - What it costs

  /// What a visit is charged: the work, and the material that the household agreed to, never more than the limit or
  /// than `waivedTo`.
  /// - Parameters:
  ///   - minutes: of work, 1–720.
  ///   - charge: the lower amount that the merchant asks; nil for the full one.
  /// - Throws: `form.invalid` naming `minutes`, `charged` or `after_note`; `money.overflow`.
  package static func outcome(
    of booking: Booking, minutes: Int64, material: [VisitMaterial], charge: Money?, afterNote: String,
    now: Timestamp
  ) throws -> Booking.Outcome {
    var problems = Problems()
    if !workRange.contains(minutes) {
      problems.add("minutes", Phrase("请填 1 到 720 分钟。", "Please enter 1 to 720 minutes."))
    }
    let labour = try booking.price.labour(minutes: minutes)
    let agreed = try material.filter { $0.answer == .agreed }.reduce(Money.zero) { try $0.adding($1.amount) }
    let most = try min(booking.price.cap, labour.adding(agreed))
    if let charge, charge > most || charge.minorUnits < 0 {
      problems.add(
        "charged",
        Phrase(
          "最多收 \(most.display)：人工 \(labour.display)，住户同意的材料 \(agreed.display)，上限 \(booking.price.cap.display)。",
          "At most \(most.display): labour \(labour.display), agreed material \(agreed.display), limit \(booking.price.cap.display)."
        ))
    }
    try problems.throwIfAny()
    return Booking.Outcome(
      finishedAt: now, minutes: minutes, labour: labour, material: agreed, charged: charge ?? most,
      afterNote: afterNote)
  }

  package static let workRange: ClosedRange<Int64> = 1...720

  /// What material may still cost: what the limit leaves beside the expected work and what was agreed already.
  /// - Throws: `money.overflow`.
  package static func materialLeft(of booking: Booking, _ material: [VisitMaterial]) throws -> Money {
    let expected = try booking.price.labour(minutes: booking.minutes)
    let known = try material.filter { $0.answer != .refused }.reduce(expected) { try $0.adding($1.amount) }
    return max(.zero, try booking.price.cap.subtracting(known))
  }

  /// What is kept of the household's money when it cancels late or is not there.
  /// - Throws: `money.overflow`.
  package static func lateFee(of booking: Booking) throws -> Money {
    try lateFee(of: booking.price.labour(minutes: booking.minutes), booking.rules.lateRate)
  }
}

extension Problem {
  static func bookingNotNow(_ state: Booking.State) -> Problem {
    Problem(
      "booking.not_now", status: 409,
      Phrase(
        "这个预约现在不能这样做：\(state.name.chinese)。",
        "This cannot be done with the booking now: \(state.name.english)."),
      advice: Phrase("请看一下预约现在的情况。", "Please look at how the booking stands."))
  }

  static let bookingStale = Problem(
    "booking.stale", status: 409,
    Phrase("刚刚有人改过这个预约。", "Somebody changed this booking a moment ago."),
    advice: Phrase("请看一下现在的情况，再决定。", "Please look at how it stands now, then decide."))

  static let bookingTimeTaken = Problem(
    "booking.time_taken", status: 409,
    Phrase("这个时间刚刚被别人约走了。", "Somebody else has just booked this time."),
    advice: Phrase("请从最近的空时间里另选一个。", "Please choose another of the nearest free times."))

  static let bookingTooManyWaiting = Problem(
    "booking.too_many_waiting", status: 409,
    Phrase(
      "您家已经有 \(BookingRules.waitingRequests) 个预约在等商户答复。",
      "\(BookingRules.waitingRequests) bookings of your household wait for an answer already."),
    advice: Phrase(
      "等商户答复，或到「我的预约」里取消一个，再约新的。",
      "Please wait for an answer, or cancel one of them under “My bookings”, before you ask for another."))

  static let orderBelongsToBooking = Problem(
    "order.belongs_to_booking", status: 409,
    Phrase("这是一个服务预约，不能当普通订单改。", "This is a booked visit and cannot be changed like other orders."),
    advice: Phrase("请到「我的预约」里改时间或取消。", "Please move or cancel it under “My bookings”."))

  static func wrongArrivalCode(triesLeft: Int64) -> Problem {
    Problem(
      "booking.wrong_code", status: 422,
      Phrase("到达码不对，还可以试 \(triesLeft) 次。", "That is not the arrival code; \(triesLeft) tries are left."),
      advice: Phrase("请住户再念一遍。", "Please ask the household to read it again."),
      fields: [FieldProblem("code", Phrase("到达码不对。", "This is not the code."))])
  }

  static let arrivalCodeRenewed = Problem(
    "booking.code_renewed", status: 422,
    Phrase("试错太多次，到达码已经换新。", "There were too many wrong tries, so the code was renewed."),
    advice: Phrase("请住户刷新预约页，念新的到达码。", "Ask the household to reload the page and read out the new code."),
    fields: [FieldProblem("code", Phrase("到达码已经换新。", "The code was renewed."))])

  static let materialOverLimit = Phrase(
    "加上这一项就超过价格上限了。", "With this, the visit would exceed its price limit.")
}
