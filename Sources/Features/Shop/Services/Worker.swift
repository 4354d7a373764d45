import Database
package import Kernel

/// Somebody who does services for a merchant, by name: a person of the community with a telephone of their own, or
/// entered by the merchant with a name alone.
package struct Worker: Sendable, Equatable {
  package let id: WorkerID
  package let community: CommunityID
  package let merchant: MerchantID
  package var details: Details
  package let createdAt: Timestamp
  /// Since when nobody can book them; nil while they can.
  package var closedAt: Timestamp?
  /// The photo by which people at the door are known; nil for none.
  package var picture: PictureID?

  package struct Details: Sendable, Equatable {
    /// The person of the community; nil for somebody who is entered with a name alone.
    package var person: PersonID?
    /// What neighbours call them: `王师傅`.
    package var name: Phrase
    /// A few words; may be empty.
    package var introduction: Phrase
    /// A certificate in the merchant's words with its number; empty for none.
    package var certificate: String
    /// The last day on which the certificate is good, as days since 1970-01-01; nil where it does not end.
    package var certificateUntil: Int64?
    /// What they do.
    package var services: Set<ServiceID>
    package var hours: [WeeklyHours]

    package init(
      person: PersonID? = nil, name: Phrase, introduction: Phrase = Phrase(same: ""),
      certificate: String = "",
      certificateUntil: Int64? = nil, services: Set<ServiceID> = [], hours: [WeeklyHours] = []
    ) {
      self.person = person
      self.name = name
      self.introduction = introduction
      self.certificate = certificate
      self.certificateUntil = certificateUntil
      self.services = services
      self.hours = hours
    }
  }

  package init(
    id: WorkerID, community: CommunityID, merchant: MerchantID, details: Details, createdAt: Timestamp,
    closedAt: Timestamp? = nil, picture: PictureID? = nil
  ) {
    self.id = id
    self.community = community
    self.merchant = merchant
    self.details = details
    self.createdAt = createdAt
    self.closedAt = closedAt
    self.picture = picture
  }
}

/// A time of each week at which a worker can be booked.
package struct WeeklyHours: Sendable, Hashable {
  /// 1 Monday … 7 Sunday.
  package let weekday: Int
  /// Minutes since midnight in quarters of an hour, 0–1,425.
  package let opens: Int
  /// Minutes since midnight, after `opens`, at most 1,440.
  package let closes: Int

  /// Nil for hours that do not exist.
  package init?(weekday: Int, opens: Int, closes: Int) {
    guard (1...7).contains(weekday), 0 <= opens, opens < closes, closes <= 1_440, opens % 15 == 0,
      closes % 15 == 0
    else { return nil }
    self.weekday = weekday
    self.opens = opens
    self.closes = closes
  }
}

/// A time at which a worker's week is not as usual.
package struct HoursException: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable, Storable {
    /// Cannot be booked.
    case away
    /// Can be booked beyond the weekly hours.
    case extra

    package var name: Phrase {
      switch self {
      case .away: Phrase("不在", "Away")
      case .extra: Phrase("加班", "Extra hours")
      }
    }
  }

  package let kind: Kind
  package let from: Timestamp
  package let until: Timestamp

  package init(kind: Kind, from: Timestamp, until: Timestamp) {
    self.kind = kind
    self.from = from
    self.until = until
  }

  /// The longest that one exception may last: beyond it, a date is a typing mistake.
  package static let longest = Duration.days(92)
}
