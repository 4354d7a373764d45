import Kernel
import Web

/// What may be booked, and what may become of a booking.
enum BookingRules {
  static let slotLength: ClosedRange<Int64> = 5...1440
  static let capacity: ClosedRange<Int64> = 1...100_000
  static let daysAhead: ClosedRange<Int64> = 1...365
  static let purposeLength = 1...200
  static let rulesLength = 1...1000

  /// Why a time cannot be had whatever else is booked; nil where it can.
  static func refusal(
    _ wish: BookingWish, at place: BookablePlace, open hours: OpeningHours, offsetSeconds: Int,
    now: Timestamp
  ) -> Problem? {
    let (terms, time) = (place.terms, wish.time)
    if place.closedAt != nil { return .bookingClosed }
    if !purposeLength.contains(wish.purpose.unicodeScalars.count) { return .bookingPurpose }
    if !terms.audience.admits(wish.party) { return .bookingNotForYou }
    if time.from < now || time.from > now + .days(terms.daysAhead) { return .bookingTooFar }
    let minutes = (time.to - time.from).wholeMicroseconds / 60_000_000
    let start = CivilDateTime(time.from, offsetSeconds: offsetSeconds)
    let first = Int64(start.hour * 60 + start.minute)
    guard minutes > 0, minutes <= terms.longestMinutes, minutes % terms.slotMinutes == 0,
      first % terms.slotMinutes == 0, start.second == 0
    else { return .bookingLength(terms) }
    let isOpen = (hours.days[start.weekday] ?? []).contains {
      Int64($0.opens) <= first && first + minutes <= Int64($0.closes)
    }
    return isOpen ? nil : .bookingShut
  }

  /// What is wrong with terms, whoever wrote them.
  static func check(_ terms: BookableTerms) throws {
    var problems = Problems()
    let few = Phrase("这个数太大或者太小。", "This number is too large or too small.")
    if !slotLength.contains(terms.slotMinutes) { problems.add("slot_minutes", few) }
    if !capacity.contains(terms.capacity) { problems.add("capacity", few) }
    if !daysAhead.contains(terms.daysAhead) { problems.add("days_ahead", few) }
    if terms.longestMinutes < terms.slotMinutes || terms.longestMinutes > slotLength.upperBound {
      problems.add("longest_minutes", few)
    }
    if !rulesLength.contains(terms.rules.chinese.count) || terms.rules.english.count > rulesLength.upperBound
    {
      problems.add("rules", Phrase("请写规矩，1000 个字以内。", "Please write the rules, in 1000 characters at most."))
    }
    try problems.throwIfAny()
  }

  /// Whether somebody may bring a booking there: whoever has it gives it back, whoever keeps the place does the
  /// rest, and both only what concerns them.
  static func mayMove(to state: PlaceBooking.State, isBooker: Bool, isKeeper: Bool) -> Bool {
    switch state {
    case .asked: false
    case .cancelled: isBooker || isKeeper
    case .confirmed, .declined, .kept, .notKept: isKeeper
    }
  }

  /// Why a booking cannot become this; nil where it can.
  static func refusal(
    _ booking: PlaceBooking, to state: PlaceBooking.State, at now: Timestamp
  ) -> Problem? {
    let isPossible =
      switch state {
      case .asked: false
      case .confirmed, .declined: booking.state == .asked && now < booking.time.from
      case .cancelled: booking.state.isOpen && now < booking.time.from
      case .kept, .notKept: booking.state == .confirmed && now >= booking.time.from
      }
    return isPossible ? nil : .bookingNotPossible
  }
}

extension Problem {
  static let bookingStale = Problem(
    "resources.booking_stale", status: 409,
    Phrase("刚刚有人改过，请看看现在的情况再操作。", "Somebody changed this just now. Please look at it again first."))
  static let bookingNotPossible = Problem(
    "resources.booking_not_possible", status: 409, Phrase("现在不能这样做。", "This cannot be done now."))
  static let bookingFull = Problem(
    "resources.booking_full", status: 409,
    Phrase("这段时间不够了，请换个时间，或者少订一点。", "There is not enough room then. Please choose another time, or less."))
  static let bookingClosed = Problem(
    "resources.booking_closed", status: 409, Phrase("这里现在不能预订。", "This place cannot be booked now."))
  static let bookingNotForYou = Problem(
    "resources.booking_not_for_you", status: 403,
    Phrase("这个地方不对这样的预订开放，可以问问服务站。", "This place is not open to such bookings. Please ask the station."))
  static let bookingTooFar = Problem(
    "resources.booking_time", status: 422,
    Phrase("这个时间太早或者太远，请换一个。", "That time is past or too far ahead. Please choose another."))
  static let bookingShut = Problem(
    "resources.booking_shut", status: 422,
    Phrase("那时候不开门，请看开放时间。", "It is shut then. Please see the opening hours."))

  static let bookingPurpose = Problem.invalid([
    FieldProblem(
      "purpose", Phrase("请写一写用来做什么，200 个字以内。", "Please say what it is for, in 200 characters at most."))
  ])

  static let bookingKeeper = Problem.invalid([
    FieldProblem("keeper", Phrase("请选一个人、一家店或一家单位。", "Please choose a person, a shop or an organisation."))
  ])

  static func bookingLength(_ terms: BookableTerms) -> Problem {
    Problem(
      "resources.booking_length", status: 422,
      Phrase(
        "请按 \(terms.slotMinutes) 分钟一格选，最长 \(terms.longestMinutes) 分钟。",
        "Please choose in steps of \(terms.slotMinutes) minutes, \(terms.longestMinutes) at most."))
  }
}
