import Database
package import Kernel

/// Something that a merchant does for a household at an agreed time: what it is, what it may cost at most, and the
/// rules that everyone reads before booking.
package struct Service: Sendable, Equatable {
  package let id: ServiceID
  package let community: CommunityID
  package let merchant: MerchantID
  package var details: Details
  /// The product and variant under which its visits are ordered, reviewed and complained of.
  package let product: ProductID
  package let variant: VariantID
  /// The merchant's person who stands for its visits.
  package let host: PersonID
  package let createdAt: Timestamp
  /// Since when it takes no new bookings; nil while it does.
  package var closedAt: Timestamp?

  package enum Kind: String, Sendable, CaseIterable, Storable {
    case cleaning
    case repair
    case rehabilitation
    case hairdressing
    case property
    case bathing
    case other

    package var name: Phrase {
      switch self {
      case .cleaning: Phrase("家政保洁", "Cleaning")
      case .repair: Phrase("维修", "Repairs")
      case .rehabilitation: Phrase("康复陪护", "Rehabilitation companion")
      case .hairdressing: Phrase("理发", "Hairdressing")
      case .property: Phrase("物业", "Property care")
      case .bathing: Phrase("助浴", "Assisted bathing")
      case .other: Phrase("其他", "Other")
      }
    }
  }

  package enum Place: String, Sendable, CaseIterable, Storable {
    case home
    case merchant

    package var name: Phrase {
      switch self {
      case .home: Phrase("上门", "At your home")
      case .merchant: Phrase("到店", "At the merchant's")
      }
    }
  }

  /// What the merchant says of it, and may change; bookings keep the price and the rules under which they were made.
  package struct Details: Sendable, Equatable {
    package var kind: Kind
    package var title: Phrase
    package var description: Phrase
    /// What the household should have ready; may be empty.
    package var preparation: Phrase
    package var place: Place
    package var price: ServicePrice
    package var times: ServiceTimes
    package var rules: VisitRules

    package init(
      kind: Kind, title: Phrase, description: Phrase = Phrase(same: ""),
      preparation: Phrase = Phrase(same: ""),
      place: Place = .home, price: ServicePrice, times: ServiceTimes = ServiceTimes(),
      rules: VisitRules = VisitRules()
    ) {
      self.kind = kind
      self.title = title
      self.description = description
      self.preparation = preparation
      self.place = place
      self.price = price
      self.times = times
      self.rules = rules
    }
  }
}

/// What a visit costs. What is charged in the end never exceeds `cap`, whatever was needed.
package struct ServicePrice: Sendable, Equatable {
  package enum Basis: String, Sendable, CaseIterable, Storable {
    /// One price for the visit.
    case visit
    /// By the hour, each quarter of an hour that was begun.
    case hour
  }

  package let basis: Basis
  /// For the visit or for an hour; above zero.
  package let amount: Money
  /// The most that a visit may cost, material included.
  package let cap: Money

  package init(basis: Basis, amount: Money, cap: Money) {
    self.basis = basis
    self.amount = amount
    self.cap = cap
  }

  /// The highest limit that can be set: beyond it, a price is a typing mistake. ¥5,000.
  package static let highestCap = Money.fen(500_000)

  /// What the work of so many minutes costs, never more than the limit.
  /// - Throws: `money.overflow`.
  package func labour(minutes: Int64) throws -> Money {
    let cost =
      switch basis {
      case .visit: amount
      case .hour: try amount.scaled(by: max(1, (minutes + 14) / 15), over: 4)
      }
    return min(cost, cap)
  }
}

/// How long a visit takes, and which times are offered.
package struct ServiceTimes: Sendable, Equatable {
  /// Planned length in minutes, in quarters of an hour: 15–480.
  package var minutes: Int64
  /// Minutes that the worker needs after a visit to reach the next one, in quarters of an hour: 0–120.
  package var bufferMinutes: Int64
  /// The fewest hours between asking and the visit: 0–336.
  package var leadHours: Int64
  /// How many days ahead may be booked: 1–60.
  package var horizonDays: Int64

  package init(minutes: Int64 = 60, bufferMinutes: Int64 = 30, leadHours: Int64 = 12, horizonDays: Int64 = 14)
  {
    self.minutes = minutes
    self.bufferMinutes = bufferMinutes
    self.leadHours = leadHours
    self.horizonDays = horizonDays
  }

  package static let minutesRange: ClosedRange<Int64> = 15...480
  package static let bufferRange: ClosedRange<Int64> = 0...120
  package static let leadRange: ClosedRange<Int64> = 0...336
  package static let horizonRange: ClosedRange<Int64> = 1...60
}

/// The rules of a visit that are told before booking and kept with the booking.
package struct VisitRules: Sendable, Equatable {
  /// Within how many hours the merchant answers a request; what is not answered ends by itself. 1–72.
  package var answerHours: Int64
  /// Until how many hours before its beginning a visit is cancelled for nothing. 0–72.
  package var freeHours: Int64
  /// The part of the expected price that is kept when a household that has paid cancels later, or is not there. At most a half.
  package var lateRate: Rate

  package init(answerHours: Int64 = 12, freeHours: Int64 = 12, lateRate: Rate = .none) {
    self.answerHours = answerHours
    self.freeHours = freeHours
    self.lateRate = lateRate
  }

  package static let answerRange: ClosedRange<Int64> = 1...72
  package static let freeRange: ClosedRange<Int64> = 0...72
  package static let lateLimit = Rate(basisPoints: 5_000) ?? .none
}

extension Service {
  /// Whether it takes bookings.
  package var isOpen: Bool { closedAt == nil }

  /// What a visit of the planned length costs without material.
  /// - Throws: `money.overflow`.
  package func expectedPrice() throws -> Money { try details.price.labour(minutes: details.times.minutes) }
}
