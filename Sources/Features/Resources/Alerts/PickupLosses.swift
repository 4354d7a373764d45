package import Database
package import Kernel
import Statistics

/// When bags go astray at pickup points, what was tried against it, and whether it helped. Source: field/socialwork.md §4.7.
package struct PickupLossFigures: Sendable {
  /// Bags that went astray, of those that were handed over. Whoever fills it in leaves out what is too small to be told.
  package struct Share: Sendable, Equatable {
    package let astray: Int64
    package let handedOver: Int64

    package init(astray: Int64, handedOver: Int64) {
      self.astray = astray
      self.handedOver = handedOver
    }
  }

  /// An hour of the day at one pickup point.
  package struct Hour: Sendable, Equatable {
    package let place: Phrase
    /// 0…23, as clocks in the community show.
    package let hour: Int
    package let share: Share

    package init(place: Phrase, hour: Int, share: Share) {
      self.place = place
      self.hour = hour
      self.share = share
    }
  }

  /// What was changed at one pickup point; nil where too little is known of the time before or since.
  package struct Fix: Sendable, Equatable {
    package let place: Phrase
    package let name: Phrase
    package let beganAt: Timestamp
    package let before: Share?
    package let since: Share?

    package init(place: Phrase, name: Phrase, beganAt: Timestamp, before: Share?, since: Share?) {
      self.place = place
      self.name = name
      self.beganAt = beganAt
      self.before = before
      self.since = since
    }
  }

  package struct Figures: Sendable, Equatable {
    /// Those at which most go astray, the worst first.
    package let hours: [Hour]
    package let fixes: [Fix]

    package init(hours: [Hour], fixes: [Fix]) {
      self.hours = hours
      self.fixes = fixes
    }

    package static let none = Figures(hours: [], fixes: [])
  }

  /// The page with all patterns; nil where there is none.
  package let path: String?
  /// Who may open it.
  package let readers: Set<Role>
  /// The second is the offset of the community's clock in seconds.
  package let figures: @Sendable (CommunityID, Int, Snapshot) throws -> Figures

  package init(
    path: String?, readers: Set<Role>,
    figures: @escaping @Sendable (CommunityID, Int, Snapshot) throws -> Figures
  ) {
    self.path = path
    self.readers = readers
    self.figures = figures
  }

  package static let none = PickupLossFigures(path: nil, readers: []) { _, _, _ in .none }
}

/// What may be said of shares of bags.
enum PickupLossRules {
  enum Effect: Sendable, CaseIterable {
    case fewer
    case more
    /// The intervals meet: it may be chance.
    case unclear
  }

  /// Whether a change helped, as far as two intervals of 95 % that do not meet tell it; nil without both shares.
  static func effect(before: PickupLossFigures.Share?, since: PickupLossFigures.Share?) -> Effect? {
    guard let before = before?.proportion?.wilsonInterval(), let since = since?.proportion?.wilsonInterval()
    else { return nil }
    if since.upperBound < before.lowerBound { return .fewer }
    return since.lowerBound > before.upperBound ? .more : .unclear
  }
}

extension PickupLossRules.Effect {
  var name: Phrase {
    switch self {
    case .fewer: Phrase("丢得少了", "Fewer go astray")
    case .more: Phrase("丢得多了", "More go astray")
    case .unclear: Phrase("还看不出差别", "No clear difference yet")
    }
  }
}

extension PickupLossFigures.Share {
  fileprivate var proportion: Proportion? { Proportion(Int(astray), of: Int(handedOver)) }

  /// `1.2%（36/3000，大约 0.9%–1.6%）`: no share stands without what it is a share of, and how sure it is.
  var words: Phrase? {
    guard let proportion else { return nil }
    let interval = proportion.wilsonInterval()
    let share = Self.percent(proportion.share)
    let range = "\(Self.percent(interval.lowerBound))–\(Self.percent(interval.upperBound))"
    return Phrase(
      "\(share)（\(astray)/\(handedOver)，大约 \(range)）", "\(share) (\(astray)/\(handedOver), about \(range))")
  }

  /// One digit after the point.
  private static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10)%"
  }
}
