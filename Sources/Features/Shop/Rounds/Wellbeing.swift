import Database
package import Kernel

/// How a carrier found somebody who asked to be looked after.
package enum WellbeingFinding: String, Sendable, CaseIterable, Storable {
  case seen
  case notAnswered = "not_answered"
  /// Something is not right.
  case concern

  package var name: Phrase {
    switch self {
    case .seen: Phrase("见到了，挺好", "Seen, and well")
    case .notAnswered: Phrase("没应答", "No answer")
    case .concern: Phrase("不对劲", "Something is wrong")
    }
  }

  /// The longest note beside it, in characters.
  package static let noteLimit = 100
}

/// One finding as it is kept, for 90 days.
package struct WellbeingTap: Sendable, Equatable {
  package let id: WellbeingTapID
  package let round: RoundID
  package let finding: WellbeingFinding
  package let note: String
  package let tappedAt: Timestamp

  /// How long findings, and what came of them, are kept.
  package static let keepingTime = Duration.days(90)
}

/// Who is asked, in this order, to look after somebody. Source: field/socialwork.md §4.5.
package enum WellbeingStep: String, Sendable, CaseIterable, Storable {
  case family
  /// Somebody of the building: 楼长.
  case building
  case worker

  package var name: Phrase {
    switch self {
    case .family: Phrase("家人", "Family")
    case .building: Phrase("楼长", "Building contact")
    case .worker: Phrase("社工", "Social worker")
    }
  }

  var next: WellbeingStep? {
    switch self {
    case .family: .building
    case .building: .worker
    case .worker: nil
    }
  }
}

/// Somebody who should be looked after now.
package struct WellbeingConcern: Sendable, Equatable {
  package let id: WellbeingConcernID
  package let person: PersonID
  package var cause: Cause
  /// Who was asked last.
  package var step: WellbeingStep
  package var state: State
  package let openedAt: Timestamp
  /// When it goes on by itself; nil once it is closed.
  package var dueAt: Timestamp?
  /// How often the social workers were reminded, up to the limit of quick reminders.
  package var reminders: Int64
  /// Who is looking after it.
  package var carer: PersonID?
  package var closedBy: PersonID?
  package var closedAt: Timestamp?

  /// Whether everybody was asked, some of them often, and nobody answered.
  var isUnanswered: Bool {
    state == .open && (dueAt == nil || reminders >= WellbeingLadder.reminderLimit)
  }

  package enum Cause: String, Sendable, CaseIterable, Storable {
    /// Two rounds in a row without an answer.
    case missed
    case concern

    package var name: Phrase {
      switch self {
      case .missed: Phrase("连着两次上门都没应答", "No answer at the door twice in a row")
      case .concern: Phrase("送货人觉得不对劲", "The courier found that something is wrong")
      }
    }
  }

  package enum State: String, Sendable, CaseIterable, Storable {
    case open
    case lookedAfter = "looked_after"
    case closed
  }
}

/// The ladder: a pure machine that says who is told and when it goes on.
package enum WellbeingLadder {
  /// How long somebody who was told has before the next is.
  package static let patience = Duration.minutes(30)
  /// How long "I am looking after it" holds without a word that all is well.
  package static let careTime = Duration.hours(2)
  /// Rounds in a row without an answer before somebody is told.
  package static let missedRounds = 2
  /// How often social workers are reminded in quick succession; from then on once in each `slowPatience`.
  package static let reminderLimit: Int64 = 4
  package static let slowPatience = Duration.days(1)

  /// The concern as it is afterwards, and who is told.
  package struct Move: Sendable, Equatable {
    package let concern: WellbeingConcern
    package let tell: [WellbeingStep]
  }

  /// - Parameter reachable: the steps at which there is somebody; social workers always count.
  package static func begin(
    _ id: WellbeingConcernID, _ person: PersonID, _ cause: WellbeingConcern.Cause,
    reachable: Set<WellbeingStep>, now: Timestamp
  ) -> Move {
    let first = first(from: .family, reachable)
    let concern = WellbeingConcern(
      id: id, person: person, cause: cause, step: first, state: .open, openedAt: now, dueAt: now + patience,
      reminders: 0)
    let atOnce: [WellbeingStep] = cause == .concern && first != .worker ? [.worker] : []
    return Move(concern: concern, tell: [first] + atOnce)
  }

  /// What happens when the time is up; nil where it is not, and once it is closed.
  package static func pass(
    _ concern: WellbeingConcern, reachable: Set<WellbeingStep>, now: Timestamp
  ) -> Move? {
    guard concern.state != .closed, let due = concern.dueAt, now >= due else { return nil }
    var concern = concern
    concern.dueAt = now + patience
    guard concern.state == .open, let next = concern.step.next else {
      return remind(concern, now: now)
    }
    concern.step = first(from: next, reachable)
    return Move(concern: concern, tell: [concern.step])
  }

  /// It is found anew of somebody for whom a concern is open: the social workers hear at once.
  /// - Parameter cause: what was found; it takes nothing back of what was found before.
  package static func worsen(
    _ concern: WellbeingConcern, _ cause: WellbeingConcern.Cause, now: Timestamp
  ) -> Move {
    var concern = concern
    if cause == .concern { concern.cause = cause }
    concern.state = .open
    concern.carer = nil
    concern.reminders = 0
    concern.dueAt = now + patience
    return Move(concern: concern, tell: [.worker])
  }

  /// Somebody looks after it: the ladder stops, for as long as that may reasonably take.
  package static func takeOver(_ concern: WellbeingConcern, by person: PersonID, now: Timestamp)
    -> WellbeingConcern
  {
    guard concern.state != .closed else { return concern }
    var concern = concern
    concern.state = .lookedAfter
    concern.carer = person
    concern.dueAt = now + careTime
    return concern
  }

  /// All is well. - Parameter person: nil where the person's consent ended.
  package static func close(_ concern: WellbeingConcern, by person: PersonID?, now: Timestamp)
    -> WellbeingConcern
  {
    guard concern.state != .closed else { return concern }
    var concern = concern
    concern.state = .closed
    concern.closedBy = person
    concern.closedAt = now
    concern.dueAt = nil
    return concern
  }

  /// How many rounds in a row, up to the latest, had no answer and nobody seen.
  package static func missedInARow(_ taps: [WellbeingTap]) -> Int {
    let rounds = Dictionary(grouping: taps, by: \.round).values.sorted { left, right in
      (left.map(\.tappedAt).max() ?? .init(seconds: 0)) > (right.map(\.tappedAt).max() ?? .init(seconds: 0))
    }
    return rounds.prefix { round in round.allSatisfy { $0.finding == .notAnswered } }.count
  }

  // MARK: - Parts

  private static func first(from step: WellbeingStep, _ reachable: Set<WellbeingStep>) -> WellbeingStep {
    var step = step
    while !reachable.contains(step), let next = step.next { step = next }
    return step
  }

  /// At the end of the ladder, and where care that was promised has not led to a word.
  private static func remind(_ concern: WellbeingConcern, now: Timestamp) -> Move {
    var concern = concern
    concern.state = .open
    concern.step = .worker
    concern.carer = nil
    concern.reminders = min(concern.reminders + 1, reminderLimit)
    concern.dueAt = now + (concern.reminders < reminderLimit ? patience : slowPatience)
    return Move(concern: concern, tell: [.worker])
  }
}

extension Problem {
  static let wellbeingNotAllowed = Problem(
    "wellbeing.not_allowed", status: 403,
    Phrase("这位邻居没有同意记录这个，没有保存。", "This neighbour has not agreed to that, so nothing was kept."),
    advice: Phrase("遇到紧急情况请直接打 110 或 120。", "In an emergency please call 110 or 120 yourself."))
}
