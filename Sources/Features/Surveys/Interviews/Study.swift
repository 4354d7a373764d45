import Kernel
import People

/// One body of material about one question: interviews, observation and meetings, and what was made of them.
///
/// Source: field/socialwork.md §2.7 and §2.8 (method plan: interview, meeting, observation).
package struct Study: Sendable, Equatable {
  package let id: StudyID
  let madeAt: Timestamp
  let madeBy: Actor
  var state: State
  /// The newest version of its terms: 1, 2, 3 …
  var version: Int64
  /// How many events it has; whoever changes it says which they saw.
  var events: Int64
  /// How many records were taken; the newest has this number.
  var records: Int64
  /// Nil while it is open.
  var closedAt: Timestamp?

  enum State: String, Sendable, CaseIterable {
    /// Notes are taken.
    case open
    /// No notes are taken any more; what is there is still coded and counted.
    case closed

    var name: Phrase {
      switch self {
      case .open: Phrase("正在做", "Under way")
      case .closed: Phrase("收集结束了", "Collecting has ended")
      }
    }
  }
}

/// What a study wants to know, and how people are asked. Every change is a new version; notes keep the one they were taken by.
package struct StudyTerms: Sendable, Hashable {
  var title: String
  /// What the study wants to know, in one or two sentences.
  var question: String
  /// What it is for and what becomes of it, in words that can be read to those who are asked.
  var purpose: String
  /// What is asked or looked at, in this order; at most `StudyRules.mostQuestions`.
  var guide: [String]

  package init(title: String, question: String, purpose: String, guide: [String]) {
    self.title = title
    self.question = question
    self.purpose = purpose
    self.guide = guide
  }
}

struct StudyVersion: Sendable, Equatable {
  let study: StudyID
  /// 1, 2, 3 …
  let number: Int64
  let terms: StudyTerms
}

struct StudyEvent: Sendable, Equatable {
  let kind: Kind
  let at: Timestamp
  let actor: Actor

  enum Kind: String, Sendable, CaseIterable {
    case made
    /// Another version of its terms.
    case written
    case closed
    case reopened

    var name: Phrase {
      switch self {
      case .made: Phrase("新建", "Made")
      case .written: Phrase("改了提纲", "Guide changed")
      case .closed: Phrase("结束收集", "Collecting ended")
      case .reopened: Phrase("接着收集", "Collecting again")
      }
    }
  }
}

/// What may happen to a study.
enum StudyRules {
  static let mostQuestions = 20

  /// The state that an event leads to from here; nil where it cannot happen.
  static func state(after kind: StudyEvent.Kind, in state: Study.State?) -> Study.State? {
    switch (state, kind) {
    case (nil, .made), (.open, .written): .open
    case (.open, .closed): .closed
    case (.closed, .reopened): .open
    default: nil
    }
  }
}

/// How long what people said is kept: a pure rule.
///
/// Three years after a study was closed its words have served its report and any question about it; codes and counts stay.
/// Source: PIPL art. 19 (no longer than needed); Civil Code art. 188 (three years for claims).
enum NoteKeeping {
  /// Three years, whichever of them has its leap day.
  static let term: Duration = .days(3 * 365 + 1)

  /// The moment before which a study must have been closed for its words to go now.
  static func closedBefore(_ now: Timestamp) -> Timestamp { now - term }

  /// Whether the words of a study are gone or about to go.
  static func hasEnded(_ study: Study, at moment: Timestamp) -> Bool {
    study.closedAt.map { $0 < closedBefore(moment) } ?? false
  }
}

extension Problem {
  static let studyNotPossible = Problem(
    "study.not_possible", status: 409,
    Phrase("这项研究现在不能这样做。", "This cannot be done with the study now."),
    advice: Phrase("请刷新页面，看看它的状态。", "Please reload the page and see how it stands."))

  static let studyStale = Problem(
    "study.stale", status: 409,
    Phrase("刚才有人改过这里。", "Somebody changed this meanwhile."),
    advice: Phrase(
      "您填的还在，请看一眼新的内容再提交。", "What you entered is still here; please look at the change and send again."))

  static let studyClosed = Problem(
    "study.closed", status: 409,
    Phrase("这项研究已经结束收集，不能再记。", "Collecting has ended, so nothing can be noted any more."),
    advice: Phrase(
      "还要记的话，请先在研究页上选“接着收集”。", "To note more, please choose “Collect again” on the page of the study first."))
}
