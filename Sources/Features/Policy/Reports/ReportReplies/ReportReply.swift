import Kernel

/// A round in which residents heard the draft. How many they were is kept, never who.
package struct ReportCheck: Sendable, Equatable {
  static let commentsLength = 1...3000
  static let heardRange: ClosedRange<Int64> = 1...5000

  /// Of the event that tells of it.
  let sequence: Int64
  let way: Way
  let day: PolicyDay
  let heard: Int64
  /// What they said, without names.
  let comments: String
  let outcome: Outcome

  package enum Way: String, Sendable, CaseIterable {
    case meeting
    case residents
    case volunteers

    var name: Phrase {
      switch self {
      case .meeting: Phrase("在会上念", "Read at a meeting")
      case .residents: Phrase("请几位居民看", "Read by residents who were asked")
      case .volunteers: Phrase("请志愿者看", "Read by the station’s volunteers")
      }
    }
  }

  package enum Outcome: String, Sendable, CaseIterable {
    case agreed
    case remarks
    /// They ask for changes: the draft goes back.
    case changes

    var name: Phrase {
      switch self {
      case .agreed: Phrase("说得对", "They agree")
      case .remarks: Phrase("大体对，意见写进去了", "They agree, with remarks that are noted")
      case .changes: Phrase("要改", "It has to be changed")
      }
    }
  }
}

/// To whom a report went, and by when they are to reply.
package struct ReportSending: Sendable, Equatable {
  static let departmentLength = 1...60
  static let contactLength = 1...120
  static let numberLength = 1...60

  let sequence: Int64
  let department: String
  /// An office or a post and how it is reached; no private person.
  let contact: String
  let channel: Channel
  /// The number that our letter bears.
  let ourNumber: String
  /// The number under which they keep it; nil where they gave none.
  let theirReference: String?
  let dueAt: Timestamp

  package enum Channel: String, Sendable, CaseIterable {
    case letter
    case hand
    case mail
    case desk

    var name: Phrase {
      switch self {
      case .letter: Phrase("寄信", "By post")
      case .hand: Phrase("当面递交", "Handed over")
      case .mail: Phrase("电子邮件", "By e-mail")
      case .desk: Phrase("在这个网站上", "On this site")
      }
    }
  }
}

/// What a department said.
package struct ReportReply: Sendable, Equatable {
  static let textLength = 1...5000
  static let byLength = 1...60
  static let answerLength = 1...1000

  let sequence: Int64
  let outcome: ReportOutcome
  let text: String
  /// Which office replied.
  let by: String
  let reference: String?
  let day: PolicyDay
  /// Whether the department wrote it here itself.
  let isOwn: Bool
  /// In the order of the recommendations.
  let answers: [Answer]

  package struct Answer: Sendable, Equatable {
    let recommendation: Int
    let outcome: ReportOutcome
    let text: String

    package init(recommendation: Int, outcome: ReportOutcome, text: String) {
      self.recommendation = recommendation
      self.outcome = outcome
      self.text = text
    }
  }
}

/// What came of a report: a new version of a policy, or why there is none.
struct ReportResult: Sendable, Equatable {
  static let textLength = 1...1000

  let sequence: Int64
  let policy: PolicyID?
  let version: Int64?
  let text: String
}

/// What residents are told at the end, and how far that is.
struct ReportTelling: Sendable, Equatable {
  static let textLength = 1...500
  /// Persons told in one transaction, so that nobody waits for the rest.
  static let part = 200

  let report: ReportID
  let sequence: Int64
  let text: String
  /// 0 for those who follow the report, then those who took part in each piece of evidence.
  let phase: Int
  /// The last person of the phase who was reached; 0 at its beginning.
  let reached: Int64
  let told: Int64
  let finishedAt: Timestamp?
}
