import Database
package import Kernel

/// How many bags were handed over at one hour of one weekday, and how many went astray. Source: field/socialwork.md §4.7.
package struct PickupHour: Sendable, Equatable {
  /// 1 Monday … 7 Sunday.
  package let weekday: Int
  /// 0…23, as clocks in the community show.
  package let hour: Int
  package var handedOver: Int64
  /// Bags that nobody found.
  package var lost: Int64
  /// Bags that went with the wrong household.
  package var wrong: Int64

  package var astray: Int64 { lost + wrong }

  /// Bags astray of a thousand handed over, rounded down; nil where it would give away a number that is not told: beside
  /// one that is, a share says how large the other is.
  package var perMille: Int64? {
    guard case .exactly = ShownCount(lost), case .exactly = ShownCount(wrong) else { return nil }
    return AstrayRate(handedOver: handedOver, astray: astray).perMille
  }
}

/// Bags that went astray of so many handed over.
package struct AstrayRate: Sendable, Equatable {
  package let handedOver: Int64
  package let astray: Int64

  package init(handedOver: Int64, astray: Int64) {
    self.handedOver = handedOver
    self.astray = astray
  }

  /// Per thousand, rounded down; nil where either number is too small to be told.
  package var perMille: Int64? {
    guard handedOver >= ShownCount.least, case .exactly(let astray) = ShownCount(astray) else { return nil }
    return astray * 1000 / handedOver
  }
}

/// Something that was changed at a pickup point so that fewer bags go astray.
package struct PickupFix: Sendable, Equatable {
  package let id: PickupFixID
  package let point: PickupPointID
  package let kind: Kind
  package let note: String
  package let beganAt: Timestamp

  package enum Kind: String, Sendable, CaseIterable, Storable {
    case shelfMoved = "shelf_moved"
    case lamp
    case twoPeople = "two_people"
    case labels
    case other

    package var name: Phrase {
      switch self {
      case .shelfMoved: Phrase("货架挪了地方", "The shelf was moved")
      case .lamp: Phrase("装了灯", "A lamp was put up")
      case .twoPeople: Phrase("桌边有两个人", "Two people at the table")
      case .labels: Phrase("袋子上的号写大了", "Larger numbers on the bags")
      case .other: Phrase("别的办法", "Something else")
      }
    }
  }

  /// In characters.
  static let noteLength = 1...120
  /// The longest time before and after that is compared.
  package static let span = Duration.days(90)

  /// The whole time that is compared before the change, and as much of it as has passed since.
  func windows(now: Timestamp) -> (before: Range<Timestamp>, after: Range<Timestamp>) {
    let end = max(beganAt, min(now, beganAt + Self.span))
    return (beganAt - Self.span..<beganAt, beganAt..<end)
  }
}

enum PickupPattern {
  /// How far the figures look back.
  static let period = Duration.days(180)

  /// The hours of the day over all weekdays, or over one, in order.
  static func byHour(_ hours: [PickupHour], weekday: Int?) -> [PickupHour] {
    sum(hours.filter { weekday == nil || $0.weekday == weekday }) { _, hour in (0, hour) }
  }

  /// The weekdays over all hours, in order.
  static func byWeekday(_ hours: [PickupHour]) -> [PickupHour] {
    sum(hours) { weekday, _ in (weekday, 0) }
  }

  private static func sum(
    _ hours: [PickupHour], by key: (Int, Int) -> (weekday: Int, hour: Int)
  ) -> [PickupHour] {
    var sums: [PickupHour] = []
    for entry in hours {
      let (weekday, hour) = key(entry.weekday, entry.hour)
      if let index = sums.firstIndex(where: { $0.weekday == weekday && $0.hour == hour }) {
        sums[index].handedOver += entry.handedOver
        sums[index].lost += entry.lost
        sums[index].wrong += entry.wrong
      } else {
        sums.append(
          PickupHour(
            weekday: weekday, hour: hour, handedOver: entry.handedOver, lost: entry.lost, wrong: entry.wrong))
      }
    }
    return sums.sorted { ($0.weekday, $0.hour) < ($1.weekday, $1.hour) }
  }
}
