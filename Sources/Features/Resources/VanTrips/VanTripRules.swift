import Kernel
import Web

/// What may be planned and asked for, and what may become of trips and their parts.
enum VanTripRules {
  static let crates: ClosedRange<Int64> = 1...1000
  static let kilograms: ClosedRange<Int64> = 1...20_000
  static let placeLength = 1...80
  static let vehicleLength = 1...60
  static let priceLength = 0...100
  static let noteLength = 0...500
  static let whatLength = 1...200
  static let reasonLength = 1...200
  static let ahead = Duration.days(60)
  static let longest = Duration.days(7)

  // MARK: - Trips

  /// What is wrong with a plan, whoever wrote it.
  /// - Throws: `form.invalid` naming every wrong field.
  static func check(_ terms: VanTripTerms, at now: Timestamp) throws {
    var problems = Problems()
    if terms.leavesAt <= now || terms.leavesAt > now + ahead {
      problems.add("leaves_at", Phrase("请填以后 60 天里的时间。", "Please give a time within the next 60 days."))
    }
    if terms.joinUntil <= now || terms.joinUntil > terms.leavesAt {
      problems.add(
        "join_until", Phrase("要在现在以后、出发以前。", "It has to lie before the trip leaves, and not be past."))
    }
    if let back = terms.returnsAt {
      if !terms.isReturn || back <= terms.leavesAt || back > terms.leavesAt + longest {
        problems.add(
          "returns_at", Phrase("要在出发以后 7 天里；单程就不用填。", "Within 7 days after it leaves; nothing for one way."))
      }
    }
    check(terms.room, &problems)
    checkWords(terms, &problems)
    try problems.throwIfAny()
  }

  private static func check(_ load: VanLoad, _ problems: inout Problems) {
    if !crates.contains(load.crates) {
      problems.add(
        "crates", Phrase("请填 1 到 1000；不满一筐算一筐。", "From 1 to 1000; less than one crate counts as one."))
    }
    if !kilograms.contains(load.kilograms) {
      problems.add(
        "kilograms", Phrase("请填 1 到 20000；不满一公斤算一公斤。", "From 1 to 20000; less than one counts as one."))
    }
  }

  private static func checkWords(_ terms: VanTripTerms, _ problems: inout Problems) {
    let lengths: [(String, String, ClosedRange<Int>)] = [
      ("from", terms.from, placeLength), ("to", terms.to, placeLength),
      ("vehicle", terms.vehicle, vehicleLength), ("price", terms.price, priceLength),
      ("note", terms.note, noteLength),
    ]
    for (field, text, length) in lengths where !length.contains(text.unicodeScalars.count) {
      problems.add(field, wrongLength(length))
    }
  }

  private static func wrongLength(_ length: ClosedRange<Int>) -> Phrase {
    length.lowerBound == 0
      ? Phrase("\(length.upperBound) 个字以内。", "\(length.upperBound) characters at most.")
      : Phrase(
        "请写一写，\(length.upperBound) 个字以内。", "Please fill this in, in \(length.upperBound) characters at most.")
  }

  /// Why a trip cannot become this; nil where it can.
  ///
  /// - Parameter hasCarried: whether something was carried already.
  static func refusal(
    _ trip: VanTrip, to state: VanTrip.State, hasCarried: Bool, at now: Timestamp
  ) -> Problem? {
    let isPossible =
      switch state {
      case .planned: false
      case .done: trip.state == .planned && now >= trip.terms.leavesAt
      case .calledOff: trip.state == .planned && !hasCarried
      }
    return isPossible ? nil : .vanNotPossible
  }

  // MARK: - Parts

  /// What is wrong with a wish, whoever wrote it.
  /// - Throws: `form.invalid` naming every wrong field.
  static func check(_ wish: VanWish) throws {
    var problems = Problems()
    check(wish.load, &problems)
    let lengths = [
      ("what", wish.words.what, whatLength), ("load_at", wish.words.place, placeLength),
    ]
    for (field, text, length) in lengths where !length.contains(text.unicodeScalars.count) {
      problems.add(field, wrongLength(length))
    }
    try problems.throwIfAny()
  }

  /// Why a load cannot go along; nil where it can.
  ///
  /// - Parameter taken: what all parts that hold room take together.
  static func refusal(
    _ load: VanLoad, on trip: VanTrip, beside taken: VanLoad, at now: Timestamp
  ) -> Problem? {
    if trip.state != .planned || now >= trip.terms.joinUntil { return .vanClosed }
    return load.fits(in: trip.terms.room.beside(taken)) ? nil : .vanFull
  }

  /// Whether somebody may bring a part there: whoever has it takes it back, whoever drives does the rest.
  static func mayMove(to state: VanPart.State, _ sides: Set<VanSide>) -> Bool {
    switch state {
    case .asked: false
    case .cancelled: !sides.isEmpty
    case .confirmed, .declined, .carried, .notCarried:
      sides.contains(.driver) || sides.contains(.station)
    }
  }

  /// Why a part cannot become this; nil where it can.
  static func refusal(
    _ part: VanPart, to state: VanPart.State, on trip: VanTrip, by sides: Set<VanSide>, at now: Timestamp
  ) -> Problem? {
    guard trip.state == .planned else { return .vanNotPossible }
    let hasLeft = now >= trip.terms.leavesAt
    switch state {
    case .asked: return .vanNotPossible
    case .confirmed: return part.state == .asked && !hasLeft ? nil : .vanNotPossible
    case .declined: return part.state == .asked ? nil : .vanNotPossible
    case .carried, .notCarried: return part.state == .confirmed && hasLeft ? nil : .vanNotPossible
    case .cancelled:
      guard part.state.isOpen, !hasLeft else { return .vanNotPossible }
      // Who loads counts on it from the last moment on.
      if sides == [.joiner], now >= trip.terms.joinUntil { return .vanTooLate }
      return nil
    }
  }
}

extension Problem {
  static let vanStale = Problem(
    "resources.van_stale", status: 409,
    Phrase("刚刚有人改过，请看看现在的情况再操作。", "Somebody changed this just now. Please look at it again first."))
  static let vanNotPossible = Problem(
    "resources.van_not_possible", status: 409, Phrase("现在不能这样做。", "This cannot be done now."))
  static let vanFull = Problem(
    "resources.van_full", status: 409,
    Phrase("车上装不下这么多了，请少一点，或者看看别的车。", "There is not that much room left. Please take less, or another van."))
  static let vanClosed = Problem(
    "resources.van_closed", status: 409,
    Phrase("这趟车不再收东西了，请看看别的车。", "This trip takes nothing more. Please look for another."))
  static let vanTooLate = Problem(
    "resources.van_too_late", status: 409,
    Phrase("已经过了最后时间，请打服务站电话，我们转告开车的人。", "It is too late now. Please call the station: we tell the driver."))
  static let vanOwn = Problem(
    "resources.van_own", status: 409,
    Phrase("这是自己的车，不用再登。", "This is your own trip; you need not ask for room."))
  static let vanTwice = Problem(
    "resources.van_twice", status: 409,
    Phrase(
      "这趟车上已经登过了。要改的话，先取消，再登一次。", "You are on this trip already. To change it, cancel first and ask again."))
}
