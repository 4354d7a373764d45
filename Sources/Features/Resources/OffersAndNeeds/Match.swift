import Kernel
import People

/// A need and what may meet it. Source: field/socialwork.md §2.11.
struct Match: Sendable, Equatable {
  let id: MatchID
  let need: PostingID
  let source: Source
  let needParty: Party
  let giveParty: Party
  let category: ResourceCategory
  let score: Int64
  let mode: Posting.Mode
  let state: State
  /// Who agreed first; nil before.
  let agreedBy: Side?
  /// How much of the offer goes to the need; stands once both agreed.
  let units: Int64
  /// How long it takes where hours are counted; said by whoever agrees first.
  let minutes: Int64?
  /// What is paid; nil for nothing. Said by whoever agrees first.
  let price: Money?
  let sharesPhone: Set<Side>
  let reason: String?
  let revision: Int64
  let createdAt: Timestamp
  /// Unanswered until then, it lapses.
  let answerBy: Timestamp

  /// What may meet the need.
  enum Source: Sendable, Hashable {
    case offer(PostingID)
    case asset(AssetID)

    var offer: PostingID? { if case .offer(let id) = self { id } else { nil } }
    var asset: AssetID? { if case .asset(let id) = self { id } else { nil } }
  }

  enum Side: String, Sendable, CaseIterable {
    case need
    case give

    var other: Side { self == .need ? .give : .need }
    var name: Phrase { self == .need ? Phrase("要帮忙的", "Who needs it") : Phrase("帮忙的", "Who helps") }
  }

  enum State: String, Sendable, CaseIterable {
    case proposed
    case agreedOnce = "agreed_once"
    case agreed
    case underWay = "under_way"
    case done
    case failed
    case declined
    case lapsed

    var name: Phrase {
      switch self {
      case .proposed: Phrase("牵了线，等两边答复", "Proposed")
      case .agreedOnce: Phrase("一边答应了", "One side agreed")
      case .agreed: Phrase("两边都答应了", "Both agreed")
      case .underWay: Phrase("正在帮", "Under way")
      case .done: Phrase("帮好了", "Done")
      case .failed: Phrase("没帮成", "It did not work out")
      case .declined: Phrase("没答应", "Declined")
      case .lapsed: Phrase("没人答复，过期了", "Lapsed without an answer")
      }
    }

    /// Whether it waits for an answer.
    var isWaiting: Bool { self == .proposed || self == .agreedOnce }
    /// Whether it holds a part of the offer.
    var isTaking: Bool { self == .agreed || self == .underWay || self == .done }
    /// Whether both know of each other.
    var isDisclosed: Bool { self == .agreed || self == .underWay || self == .done }
    /// Whether both are still in touch.
    var isLive: Bool { self == .agreed || self == .underWay }
    var isOver: Bool { !isWaiting && !isLive }
  }

  static func path(_ id: MatchID) -> String { "/matches/\(id)" }

  /// The same as it stands at a moment: unanswered for long, it has lapsed, whether or not that was written.
  func state(at moment: Timestamp) -> State {
    state.isWaiting && moment >= answerBy ? .lapsed : state
  }

  func party(_ side: Side) -> Party { side == .need ? needParty : giveParty }
}

/// What can be done with a match.
enum MatchStep: Sendable, Hashable, CaseIterable {
  case agree
  case decline
  case begin
  case done
  case failed
  case lapse
}

/// How a match goes on.
enum MatchRules {
  static let patience = Duration.days(14)
  static let minutes: ClosedRange<Int64> = 15...1440

  /// Where a step of one side leads; nil where it cannot be done.
  ///
  /// - Parameters:
  ///   - agreedBy: who agreed before.
  static func next(
    _ state: Match.State, _ step: MatchStep, by side: Match.Side, agreedBy: Match.Side?, mode: Posting.Mode
  ) -> Match.State? {
    switch (state, step) {
    case (.proposed, .agree): .agreedOnce
    case (.agreedOnce, .agree): agreedBy == side ? nil : .agreed
    case (.proposed, .decline), (.agreedOnce, .decline): .declined
    case (.proposed, .lapse), (.agreedOnce, .lapse): .lapsed
    case (.agreed, .begin): .underWay
    // Hours go from those who were helped, so that they say it was done.
    case (.agreed, .done), (.underWay, .done): mode == .credit && side == .give ? nil : .done
    case (.agreed, .failed), (.underWay, .failed): .failed
    default: nil
    }
  }

  /// What became of it as part of the network.
  static func tie(_ match: Match, at moment: Timestamp) -> Tie {
    let kind: Tie.Kind =
      match.price != nil ? .traded : match.category == .teaching ? .taught : .helped
    return Tie(
      kind, from: match.giveParty, to: match.needParty, at: moment, source: "match",
      sourceID: match.id.rawValue)
  }
}

/// What was said of each other when it was done.
struct MatchFeedback: Sendable, Equatable {
  let side: Match.Side
  let rating: Rating
  let text: String

  enum Rating: String, Sendable, CaseIterable {
    case good
    case fair
    case poor

    var name: Phrase {
      switch self {
      case .good: Phrase("好", "Good")
      case .fair: Phrase("一般", "Fair")
      case .poor: Phrase("不好", "Poor")
      }
    }
  }
}

/// A few words from one side to the other.
struct MatchMessage: Sendable, Equatable {
  let side: Match.Side
  let text: String
  let sentAt: Timestamp
  /// Whether a worker wrote it for the side.
  let isByWorker: Bool
}
