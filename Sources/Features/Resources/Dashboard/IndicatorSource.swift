package import Database
package import Kernel

/// What a figure of the community means: told beside it, so that nobody has to guess.
package struct IndicatorDefinition: Sendable, Equatable {
  package enum Unit: String, Sendable, CaseIterable {
    case count
    /// A part of a number, shown in per cent.
    case share
    /// A part of an amount in fen, shown in per cent.
    case moneyShare = "money_share"
  }

  /// In a sentence, as one would say it to a neighbour.
  package let meaning: Phrase
  /// Where the numbers come from.
  package let origin: Phrase
  package let unit: Unit
  /// What is counted, with its measure word: households, orders.
  package let counted: Phrase
  /// Of what it is a part; nil for a plain count.
  package let whole: Phrase?
  /// Whether nothing says nothing of anybody: that no claim was late tells of no household. That nobody of a group did
  /// something tells of all of them.
  package let isNothingHarmless: Bool
  /// The code of a plain count that the whole is a part of, such as all homes where the whole are those who agreed: what is
  /// left of it follows from the two.
  package let within: String?
  /// What it meant before, the oldest first. Months that were frozen by such a meaning keep it.
  package let earlier: [Phrase]

  /// Counts up whenever the meaning changes.
  package var version: Int64 { Int64(earlier.count) + 1 }

  package init(
    meaning: Phrase, origin: Phrase, unit: Unit, counted: Phrase, whole: Phrase? = nil,
    isNothingHarmless: Bool = false, within: String? = nil, earlier: [Phrase] = []
  ) {
    self.meaning = meaning
    self.origin = origin
    self.unit = unit
    self.counted = counted
    self.whole = whole
    self.isNothingHarmless = isNothingHarmless
    self.within = within
    self.earlier = earlier
  }
}

/// A figure of one month, before the gate.
package struct IndicatorValue: Sendable, Equatable {
  package let numerator: Int64
  /// Nil for a plain count.
  package let denominator: Int64?
  /// Households or persons behind the numerator.
  package let people: Int64
  /// Those behind what the denominator has more; nil for a plain count.
  package let otherPeople: Int64?
  /// Whether one merchant has so much of it that the figure would be about that merchant.
  package let isDominated: Bool

  /// - Parameters:
  ///   - people: nil where the numerator counts households or persons itself.
  ///   - otherPeople: nil where the rest of the denominator does.
  package init(
    numerator: Int64, denominator: Int64? = nil, people: Int64? = nil, otherPeople: Int64? = nil,
    isDominated: Bool = false
  ) {
    self.numerator = numerator
    self.denominator = denominator
    self.people = people ?? numerator
    self.otherPeople = denominator.map { otherPeople ?? ($0 - numerator) }
    self.isDominated = isDominated
  }

  /// What the denominator has more than the numerator; nil for a plain count.
  var rest: Int64? { denominator.map { $0 - numerator } }

  /// Whether it can be a figure at all.
  var isSound: Bool {
    numerator >= 0 && people >= 0 && (rest ?? 0) >= 0 && (otherPeople ?? 0) >= 0
  }
}

/// A figure that some feature can read of a community's month, in the words of the dashboard.
package struct IndicatorSource: Sendable {
  /// Stable, lower case with underscores: its address and its name for programs.
  package let code: String
  package let name: Phrase
  package let definition: IndicatorDefinition
  /// From one moment up to another; nil for what is not measured.
  package let read: @Sendable (Timestamp, Timestamp, CommunityID, Snapshot) throws -> IndicatorValue?

  package init(
    code: String, name: Phrase, definition: IndicatorDefinition,
    read: @escaping @Sendable (Timestamp, Timestamp, CommunityID, Snapshot) throws -> IndicatorValue?
  ) {
    self.code = code
    self.name = name
    self.definition = definition
    self.read = read
  }
}
