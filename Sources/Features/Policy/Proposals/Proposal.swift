import Kernel
import People

/// Something that residents want done (议题、提案): its words, which never change, and how far it has come.
///
/// Source: field/socialwork.md §1a and §2.8, after Decidim's and Consul's proposals.
struct Proposal: Sendable, Equatable {
  /// How it came.
  enum Origin: String, Sendable, CaseIterable {
    /// Written by a resident.
    case resident
    /// Written down by staff for a resident who said it.
    case forResident = "for_resident"
    /// Raised at a residents' meeting.
    case meeting
  }

  static let titleLength = 1...60
  static let textLength = 1...2000

  let id: ProposalID
  let title: String
  let text: String
  let origin: Origin
  /// Whose it is; nil for what a meeting raised, and for who was deleted. Staff alone see the name.
  let author: PersonID?
  let household: HouseholdID?
  /// Whether the author wants their name beside it. It is shown only as long as they agree to be named in public.
  let wishesName: Bool
  /// The policy that it would have changed.
  let policy: PolicyID?
  let meeting: ProposalMeetingID?
  let madeAt: Timestamp
  /// Who wrote it down.
  let madeBy: Actor
  var standing: ProposalStanding
}

/// Where a proposal stands.
enum ProposalState: String, Sendable, CaseIterable {
  /// Waits for the station to look at it; nobody else sees it.
  case submitted
  case discussion
  case merged
  case notTakenUp = "not_taken_up"
  /// A vote is announced, open, or waits to be counted.
  case voting
  case decided
  /// With whoever has to answer.
  case sent
  case answered
  /// Something is being done, and everybody sees how far it is.
  case tracked
  case done

  var name: Phrase {
    switch self {
    case .submitted: Phrase("等社工看", "With the station")
    case .discussion: Phrase("大家在讨论", "Being discussed")
    case .merged: Phrase("并到别的提案", "Merged into another")
    case .notTakenUp: Phrase("没有采用", "Not taken up")
    case .voting: Phrase("投票", "Vote")
    case .decided: Phrase("投票有了结果", "Decided")
    case .sent: Phrase("等正式答复", "Waiting for an answer")
    case .answered: Phrase("有了正式答复", "Answered")
    case .tracked: Phrase("正在办", "Under way")
    case .done: Phrase("办完了", "Done")
    }
  }
}

/// The part of a proposal's way, by which lists are made.
enum ProposalPhase: String, Sendable, CaseIterable {
  /// Not public yet.
  case screening
  /// Residents can still say or decide something.
  case open
  /// It was decided for, and others have to act.
  case underway
  /// Nothing more is to come.
  case ended

  /// What lists are called; nothing of screening is in a list for everybody.
  var name: Phrase {
    switch self {
    case .screening: Phrase("等社工看", "With the station")
    case .open: Phrase("正在商量", "Open now")
    case .underway: Phrase("在办", "Under way")
    case .ended: Phrase("有了结果", "Ended")
    }
  }

  static let listed: [ProposalPhase] = [.open, .underway, .ended]
}

/// What an official answer says. Source: field/socialwork.md §2.8.
package enum ProposalOutcome: String, Sendable, CaseIterable {
  case accepted
  case partly
  case refused

  var name: Phrase {
    switch self {
    case .accepted: Phrase("采纳", "Accepted")
    case .partly: Phrase("部分采纳", "Accepted in part")
    case .refused: Phrase("不采纳", "Refused")
    }
  }
}

/// One step that a proposal took. What it tells is never changed.
struct ProposalEvent: Sendable, Equatable {
  let change: ProposalChange
  let at: Timestamp
  let actor: Actor
}

/// What changed where a proposal stands, with what everybody may know of it.
enum ProposalChange: Sendable, Equatable {
  case submitted
  case accepted(reason: String)
  case merged(into: ProposalID, reason: String)
  /// - Parameter hidesTitle: where already the title would hurt somebody.
  case notTakenUp(reason: String, hidesTitle: Bool)
  case votingSet(opensAt: Timestamp, closesAt: Timestamp)
  case votingWithdrawn(reason: String)
  case counted(isPassed: Bool)
  /// Given to whoever has to answer, or given to another, or with another day.
  case sent(dueAt: Timestamp)
  case answered(ProposalOutcome)
  case tracked
  case finished

  /// Its stored word.
  var step: Step {
    switch self {
    case .submitted: .submitted
    case .accepted: .accepted
    case .merged: .merged
    case .notTakenUp: .notTakenUp
    case .votingSet: .votingSet
    case .votingWithdrawn: .votingWithdrawn
    case .counted: .counted
    case .sent: .sent
    case .answered: .answered
    case .tracked: .tracked
    case .finished: .finished
    }
  }

  enum Step: String, Sendable, CaseIterable {
    case submitted
    case accepted
    case merged
    case notTakenUp = "not_taken_up"
    case votingSet = "voting_set"
    case votingWithdrawn = "voting_withdrawn"
    case counted
    case sent
    case answered
    case tracked
    case finished

    var name: Phrase {
      switch self {
      case .submitted: Phrase("提出来了", "Proposed")
      case .accepted: Phrase("开始讨论", "Opened for discussion")
      case .merged: Phrase("并到别的提案", "Merged into another")
      case .notTakenUp: Phrase("没有采用", "Not taken up")
      case .votingSet: Phrase("定了投票", "Vote announced")
      case .votingWithdrawn: Phrase("投票取消，接着讨论", "Vote called off, discussion goes on")
      case .counted: Phrase("计票", "Votes counted")
      case .sent: Phrase("送出去等答复", "Sent for an answer")
      case .answered: Phrase("正式答复", "Official answer")
      case .tracked: Phrase("开始办", "Work began")
      case .finished: Phrase("办完了", "Done")
      }
    }
  }
}
