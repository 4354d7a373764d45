import Kernel

/// When people check in, and when the room is full.
enum CheckInRules {
  /// The screen at the entrance shows its code so long before the beginning and after the end.
  static let codeBefore = Duration.hours(1)
  static let codeAfter = Duration.minutes(30)
  /// The desk ticks from so long before; a list on paper is keyed in within so many days after.
  static let deskBefore = Duration.hours(3)
  static let deskAfter = Duration.days(14)

  static func refusal(toShowCodeOf activity: Activity, at now: Timestamp) -> Problem? {
    let terms = activity.terms
    guard activity.state == .published, now >= terms.startsAt - codeBefore, now < terms.endsAt + codeAfter
    else { return .checkInNotNow }
    return nil
  }

  static func refusal(toTickIn activity: Activity, at now: Timestamp) -> Problem? {
    let terms = activity.terms
    guard activity.state == .published || activity.state == .held, now >= terms.startsAt - deskBefore,
      now < terms.endsAt + deskAfter
    else { return .checkInNotNow }
    return nil
  }

  /// Whether somebody without a place may come in by themselves. Until it begins the places of those who are expected are
  /// kept for them; from then on whoever is there counts, and a place of somebody absent is given to who came. The station
  /// decides for itself: what it ticks has happened.
  static func refusal(
    toComeInto activity: Activity, _ attendance: ActivityAttendance, at now: Timestamp
  ) -> Problem? {
    guard let capacity = activity.terms.capacity else { return nil }
    let taken =
      now < activity.terms.startsAt ? attendance.signedUp + attendance.walkIns : attendance.present
    return taken < capacity ? nil : .checkInFull
  }
}

/// Numbers as they are read from a list on paper: `3 5 8-12`.
enum NumberList {
  /// The numbers of a text, with ranges written out; nil where something in it is no number, or there are more than `limit`.
  ///
  /// Spaces, commas, semicolons and the Chinese marks stand between numbers; a hyphen, a dash, `~` or 到 within a range.
  static func read(_ text: String, limit: Int) -> Set<Int64>? {
    var numbers: Set<Int64> = []
    for part in joined(text).split(whereSeparator: { " ,，、;；。\n\r\r\n\t\u{3000}".contains($0) }) {
      let ends = part.split(omittingEmptySubsequences: false) { "-－–—~～到至".contains($0) }
      let range = ends.compactMap { DecimalText.parse(String($0), decimals: 0) }
      guard range.count == ends.count, (1...2).contains(range.count), let first = range.first,
        let last = range.last, first > 0, first <= last, last - first < Int64(limit)
      else { return nil }
      numbers.formUnion(first...last)
      if numbers.count > limit { return nil }
    }
    return numbers
  }

  /// `8 - 12` is one range.
  private static func joined(_ text: String) -> String {
    text.replacing(/\s*([-－–—~～到至])\s*/) { "\($0.1)" }
  }
}

extension Problem {
  static let checkInNotNow = Problem(
    "activities.check_in_not_now", status: 409,
    Phrase("现在不能签到。", "Nobody can check in now."),
    advice: Phrase(
      "活动快开始时再来；有问题请找工作人员。", "Please come back shortly before it begins, or ask the people at the desk."))

  static let checkInFull = Problem(
    "activities.check_in_full", status: 409, Phrase("人满了。", "The room is full."),
    advice: Phrase("请找门口的工作人员，看还能不能坐下。", "Please ask the people at the door whether there is room."))

  static let checkInCodeOld = Problem(
    "activities.check_in_code_old", status: 409,
    Phrase("这个码已经换了。", "This code has been replaced."),
    advice: Phrase(
      "请对着门口的屏幕再扫一次，或者跟工作人员说一声。", "Please scan the screen at the entrance again, or tell the people there."))
}
