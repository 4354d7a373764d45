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
  /// Whose telephone number each side lets the other see; nobody's before both agreed.
  let phones: [Side: PersonID]
  /// Why it did not work out; nil for what did, and where nobody said.
  let failure: MatchFailure?
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

  /// Who has to do something next; empty for what is over.
  func isWaitingFor(at moment: Timestamp) -> [Side] {
    switch state(at: moment) {
    case .proposed: Side.allCases
    case .agreedOnce: [(agreedBy ?? .need).other]
    case .agreed: [.give]
    case .underWay: [.need]
    case .done, .failed, .declined, .lapsed: []
    }
  }
}

/// Why help that both had agreed on did not come about.
enum MatchFailure: String, Sendable, CaseIterable {
  case nobodyCame = "nobody_came"
  case hindered
  case noTime = "no_time"
  case notNeeded = "not_needed"
  case unsuitable
  case other

  var name: Phrase {
    switch self {
    case .nobodyCame: Phrase("约好了没来", "Nobody came")
    case .hindered: Phrase("临时有事", "Something came up")
    case .noTime: Phrase("时间凑不到一起", "No time suited both")
    case .notNeeded: Phrase("已经不需要了", "It was no longer needed")
    case .unsuitable: Phrase("不合适", "It did not suit")
    case .other: Phrase("别的原因", "Another reason")
    }
  }
}

/// What is said where something did not work out.
struct MatchFailing: Sendable, Equatable {
  let reason: MatchFailure
  /// In their own words; empty for none. Kept encrypted.
  let text: String
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
  /// After which the station looks why nobody answers.
  static let answering = Duration.days(7)
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

  /// Until when a proposal waits: never longer than what it is of.
  static func answerBy(_ need: Posting, _ source: MatchSource, at moment: Timestamp) -> Timestamp {
    min(moment + patience, need.expiresAt, source.to)
  }

  /// Whether the station should ask what became of it.
  /// - Parameter end: until when the need was to be met.
  static func isOverdue(_ match: Match, end: Timestamp, at moment: Timestamp) -> Bool {
    let state = match.state(at: moment)
    return state.isWaiting && moment - match.createdAt > answering || state.isLive && moment >= end
  }

  /// Which relation it is that came about: lessons are lessons for money too, and who tells where something
  /// is to be had or sold points somebody on.
  static func tieKind(_ category: ResourceCategory, isPaid: Bool) -> Tie.Kind {
    switch category {
    case .teaching: .taught
    case .marketInformation: .referred
    case .place, .storage, .transport, .rawMaterials, .money, .hands, .skill, .goods, .company, .errands,
      .repair, .digital:
      isPaid ? .traded : .helped
    }
  }

  /// What became of it as part of the network.
  static func tie(_ match: Match, at moment: Timestamp) -> Tie {
    Tie(
      tieKind(match.category, isPaid: match.price != nil), from: match.giveParty, to: match.needParty,
      at: moment, source: "match",
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
