package import Database
package import Kernel

/// What a learner did in the practice shop between two moments, in counts.
package struct PracticeDeeds: Sendable, Equatable {
  /// Different steps that were done, the traps left out.
  package let steps: Int64
  /// Traps that were met, as far as the practice shop knows: it keeps what was seen through and what a teacher noted, and
  /// nothing of whoever walked into one.
  package let trapsMet: Int64
  package let trapsSeenThrough: Int64
  /// Orders placed, whatever became of them.
  package let orders: Int64

  package init(steps: Int64, trapsMet: Int64, trapsSeenThrough: Int64, orders: Int64) {
    self.steps = steps
    self.trapsMet = trapsMet
    self.trapsSeenThrough = trapsSeenThrough
    self.orders = orders
  }

  package static let nothing = PracticeDeeds(steps: 0, trapsMet: 0, trapsSeenThrough: 0, orders: 0)

  package static func + (left: PracticeDeeds, right: PracticeDeeds) -> PracticeDeeds {
    PracticeDeeds(
      steps: left.steps + right.steps, trapsMet: left.trapsMet + right.trapsMet,
      trapsSeenThrough: left.trapsSeenThrough + right.trapsSeenThrough, orders: left.orders + right.orders)
  }
}

/// The practice shop, as far as group work needs it. Only the one code that a leader types in is asked about.
package struct PracticeLink: Sendable {
  package enum Answer: Sendable, Equatable {
    /// There is no practice shop beside this community.
    case noShop
    /// No learner has this code, or their time is over.
    case nobody
    case did(PracticeDeeds)
  }

  /// Whether there is a practice shop beside a community.
  package let isSetUp: @Sendable (CommunityID, Snapshot) throws -> Bool
  /// What the learner with this code did from a moment on and before another one.
  package let deeds: @Sendable (String, Range<Timestamp>, CommunityID, Snapshot) throws -> Answer

  package init(
    isSetUp: @escaping @Sendable (CommunityID, Snapshot) throws -> Bool,
    deeds: @escaping @Sendable (String, Range<Timestamp>, CommunityID, Snapshot) throws -> Answer
  ) {
    self.isSetUp = isSetUp
    self.deeds = deeds
  }

  /// No practice shop at all.
  package static let none = PracticeLink(isSetUp: { _, _ in false }, deeds: { _, _, _, _ in .noShop })
}

extension Problem {
  static let groupWithoutPracticeShop = Problem(
    "group.no_practice_shop", status: 409,
    Phrase("还没有练习店。", "There is no practice shop."),
    advice: Phrase("请系统管理员先建一个。", "Please ask the operator to make one."))
}
