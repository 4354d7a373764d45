package import Database
package import Kernel

/// One time that somebody was asked to answer a claim.
package struct ClaimTurn: Sendable, Equatable {
  package let beganAt: Timestamp
  package let dueAt: Timestamp
  /// Nil where nobody has answered: yet, or in time before the claim went on.
  package let answeredAt: Timestamp?

  package init(beganAt: Timestamp, dueAt: Timestamp, answeredAt: Timestamp? = nil) {
    self.beganAt = beganAt
    self.dueAt = dueAt
    self.answeredAt = answeredAt
  }

  /// Who is asked.
  package enum Party: Sendable, Hashable {
    case leader(PersonID)
    case merchant(MerchantID)

    var level: Claim.Level {
      switch self {
      case .leader: .leader
      case .merchant: .merchant
      }
    }

    var id: Int64 {
      switch self {
      case .leader(let id): id.rawValue
      case .merchant(let id): id.rawValue
      }
    }
  }
}

/// How a leader or a merchant answers claims: public, because answering is what neighbours rely on (paper 4.1).
package struct AnswerClock: Sendable, Equatable {
  /// The clock looks back so far …
  package static let period = Duration.days(90)
  /// … and at no more than the latest so many.
  static let limit = 500

  /// Answered in time.
  package let inTime: Int
  /// Answered too late, or not at all before the claim went on.
  package let late: Int
  /// Still to be answered, and in time.
  package let waiting: Int
  /// Half of the answers came faster; nil without one.
  package let median: Duration?

  package init(_ turns: [ClaimTurn], now: Timestamp) {
    inTime = turns.count { turn in turn.answeredAt.map { $0 <= turn.dueAt } ?? false }
    waiting = turns.count { $0.answeredAt == nil && now < $0.dueAt }
    late = turns.count - inTime - waiting
    let times = turns.compactMap { turn in turn.answeredAt.map { $0 - turn.beganAt } }.sorted()
    median = times.isEmpty ? nil : times[(times.count - 1) / 2]
  }

  package var answered: Int { inTime + late }

  /// Reads the clock of one leader or merchant.
  package static func read(
    of party: ClaimTurn.Party, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> AnswerClock {
    AnswerClock(
      try ClaimStore.turns(
        of: party, since: snapshot.now - period, in: community, limit: limit, snapshot), now: snapshot.now)
  }
}
