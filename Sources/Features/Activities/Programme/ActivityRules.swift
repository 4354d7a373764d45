import Kernel

/// When an activity can be written, published, cancelled and closed.
///
/// draft → published → held, or cancelled from either of the first two; nothing leads back.
enum ActivityRules {
  /// In days: a market over a long weekend.
  static let longest = Duration.days(3)
  /// Places of one activity, and people in it at all, where it states none.
  static let places: ClosedRange<Int64> = 1...2000
  static let agendaLimit = 20

  /// - Returns: why these terms cannot be an activity's; nil where they can.
  static func refusal(to terms: ActivityTerms, at now: Timestamp) -> Problem? {
    terms.startsAt > now ? nil : .activityInThePast
  }

  static func refusal(toPublish activity: Activity, at now: Timestamp) -> Problem? {
    guard activity.state == .draft else { return .activityNotPossible }
    return refusal(to: activity.terms, at: now)
  }

  /// A draft can become anything; what was published can be changed until it begins, and never to fewer places than are
  /// taken.
  static func refusal(toWrite terms: ActivityTerms, to activity: Activity, at now: Timestamp) -> Problem? {
    switch activity.state {
    case .draft: return nil
    case .held, .cancelled: return .activityNotPossible
    case .published: break
    }
    guard now < activity.terms.startsAt else { return .activityHasBegun }
    if let capacity = terms.capacity, capacity < activity.confirmed {
      return .activityPlacesTaken(activity.confirmed)
    }
    return refusal(to: terms, at: now)
  }

  /// - Parameter present: people who have come; what they came to took place.
  static func refusal(toCancel activity: Activity, present: Int64) -> Problem? {
    guard activity.state == .draft || activity.state == .published else { return .activityNotPossible }
    return present == 0 ? nil : .activityPeopleCame
  }

  /// Its counts may be corrected after they were written.
  static func refusal(toClose activity: Activity, at now: Timestamp) -> Problem? {
    guard activity.state == .published || activity.state == .held else { return .activityNotPossible }
    return now >= activity.terms.startsAt ? nil : .activityNotBegun
  }
}

extension Activity {
  /// Whether residents see it.
  var isShown: Bool { publishedAt != nil }

  /// Where residents find it.
  package static func path(_ id: ActivityID) -> String { "/activities/\(id)" }
}

extension Problem {
  static let activityNotPossible = Problem(
    "activities.not_possible", status: 409,
    Phrase("这个活动现在不能这样做。", "This cannot be done with the activity as it stands."),
    advice: Phrase("请看一下它现在的状态。", "Please look at how it stands."))

  static let activityStale = Problem(
    "activities.stale", status: 409,
    Phrase("刚才有人改过这个活动。", "Somebody has just changed this activity."),
    advice: Phrase("请刷新页面，看一看再做。", "Please reload the page, look and do it again."))

  static let activityInThePast = Problem(
    "activities.in_the_past", status: 422,
    Phrase("开始的时间已经过了。", "The time at which it begins is over."),
    advice: Phrase("请填一个以后的时间。", "Please give a time to come."))

  static let activityHasBegun = Problem(
    "activities.has_begun", status: 409, Phrase("活动已经开始了。", "The activity has begun."),
    advice: Phrase("开始以后只记谁来了。", "From then on, only who came is noted."))

  static let activityNotBegun = Problem(
    "activities.not_begun", status: 409, Phrase("活动还没有开始。", "The activity has not begun yet."),
    advice: Phrase("办完以后再来填。", "Please come back when it is over."))

  static let activityPeopleCame = Problem(
    "activities.people_came", status: 409,
    Phrase("已经有人来了，这个活动不能取消。", "People have come, so it cannot be cancelled."),
    advice: Phrase("请按“办好了”填数。", "Please fill in its counts instead."))

  static func activityPlacesTaken(_ confirmed: Int64) -> Problem {
    .invalid([
      FieldProblem(
        "capacity",
        Phrase(
          "已经有 \(confirmed) 个人报上了，名额不能比这少。",
          "\(confirmed) people have a place; there cannot be fewer places than that."))
    ])
  }
}
