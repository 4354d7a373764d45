package import Kernel

/// What households vote on, when, and by which rule it is decided. It does not change once it is announced.
package struct ProposalVoting: Sendable, Equatable {
  /// How many options may be named, and how long each may be.
  static let optionCount = 2...8
  static let optionLength = 1...40

  /// Named options, 2–8; empty where the question is yes or no.
  let options: [String]
  /// From and until when votes are taken.
  let opensAt: Timestamp
  let closesAt: Timestamp
  let rule: DecisionRule

  package init(options: [String], opensAt: Timestamp, closesAt: Timestamp, rule: DecisionRule) {
    self.options = options
    self.opensAt = opensAt
    self.closesAt = closesAt
    self.rule = rule
  }

  /// What can be chosen, by its number from 1 on. Abstaining is always the last.
  var choices: [Choice] {
    options.isEmpty ? [.yes, .no, .abstain] : options.map { .option($0) } + [.abstain]
  }

  /// The choices that can win are the first ones: yes, or any option.
  var winners: Int { options.isEmpty ? 1 : options.count }

  /// The choice with this number; nil where there is none.
  func choice(_ number: Int) -> Choice? {
    choices.indices.contains(number - 1) ? choices[number - 1] : nil
  }

  enum Choice: Sendable, Hashable {
    case yes
    case no
    case abstain
    case option(String)

    var name: Phrase {
      switch self {
      case .yes: Phrase("同意", "For")
      case .no: Phrase("不同意", "Against")
      case .abstain: Phrase("弃权", "Abstain")
      case .option(let name): Phrase(same: name)
      }
    }
  }
}

/// By which rule a vote is decided.
///
/// Owners' matters have majorities and quorums of their own (Civil Code art. 278: at least two thirds take part, then more
/// than half, or three quarters, of those). A community's vote here is advice to whoever decides, and its rule is
/// what was announced with it.
package struct DecisionRule: Sendable, Equatable {
  package enum Majority: String, Sendable, CaseIterable {
    /// More than half of the households that voted, those that abstained among them.
    case simple
    /// Two thirds of them, or more.
    case twoThirds = "two_thirds"

    var name: Phrase {
      switch self {
      case .simple: Phrase("超过投票户数的一半", "More than half of the households that vote")
      case .twoThirds: Phrase("达到投票户数的三分之二", "Two thirds of the households that vote")
      }
    }

    func holds(_ votes: Int, of turnout: Int) -> Bool {
      switch self {
      case .simple: 2 * votes > turnout
      case .twoThirds: turnout > 0 && 3 * votes >= 2 * turnout
      }
    }
  }

  let majority: Majority
  /// The share of all households that has to vote, so that it counts; none asks for nothing but one vote.
  let quorum: Rate

  package init(majority: Majority, quorum: Rate) {
    self.majority = majority
    self.quorum = quorum
  }

  /// Whether enough households voted.
  func hasQuorum(turnout: Int, households: Int) -> Bool {
    turnout > 0 && Int64(turnout) * Rate.whole >= quorum.basisPoints * Int64(households)
  }

  /// The number of the choice that won; nil where none did. Two cannot: each would need more than half.
  func winner(of count: BallotCount, among winners: Int) -> Int? {
    guard hasQuorum(turnout: count.turnout, households: count.households) else { return nil }
    return count.votes.indices.prefix(winners).first { majority.holds(count.votes[$0], of: count.turnout) }
      .map { $0 + 1 }
  }
}

/// What was in the box.
struct BallotCount: Sendable, Equatable {
  /// For each choice, in their order.
  let votes: [Int]
  /// All households of the community when it was counted.
  let households: Int

  var turnout: Int { votes.reduce(0, +) }

  /// What is told of the votes for each choice: nothing where so few voted that one could be guessed.
  var shown: [Int]? { turnout >= ProposalRules.least ? votes : nil }
}

/// A vote that was counted.
struct CountedVote: Sendable, Equatable {
  let count: BallotCount
  let isPassed: Bool
  let countedAt: Timestamp
}

/// How a household's vote came in.
package enum BallotMethod: String, Sendable, CaseIterable {
  /// Somebody of the household gave it on this site.
  case own
  /// On a slip of paper that was handed in.
  case paper
  case phone
  /// Said at the station, or at the door.
  case spoken

  /// What staff may key in.
  static let keyed: [BallotMethod] = [.paper, .phone, .spoken]

  var name: Phrase {
    switch self {
    case .own: Phrase("自己在这里投的", "Given on this site")
    case .paper: Phrase("纸选票", "On paper")
    case .phone: Phrase("打电话", "By telephone")
    case .spoken: Phrase("当面说", "Said in person")
    }
  }
}

/// That a household voted: never what.
struct RollEntry: Sendable, Equatable {
  let method: BallotMethod
  let votedAt: Timestamp
}
