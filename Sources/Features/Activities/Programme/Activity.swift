package import Kernel
package import People

/// Something that the station puts on for the neighbourhood. Source: field/socialwork.md §2.3.
package struct Activity: Sendable, Equatable {
  package let id: ActivityID
  package let terms: ActivityTerms
  package let state: State
  /// Raised with every change from 0: the `SEQUENCE` by which calendars know what is newer (RFC 5545 §3.8.7.4).
  package let revision: Int64
  /// Sign-ups that hold a place.
  package let confirmed: Int64
  /// Why it does not take place; nil unless it was cancelled.
  package let cancelReason: String?
  package let createdAt: Timestamp
  package let createdBy: Actor
  /// Nil for what residents never saw.
  package let publishedAt: Timestamp?
  package let changedAt: Timestamp

  package enum Kind: String, Sendable, CaseIterable {
    case lecture
    case salon
    case quiz
    case clinic
    case market
    case doorTalk = "door_talk"
    case meeting

    package var name: Phrase {
      switch self {
      case .lecture: Phrase("讲座", "Talk")
      case .salon: Phrase("沙龙", "Salon")
      case .quiz: Phrase("有奖问答", "Prize quiz")
      case .clinic: Phrase("义诊", "Free clinic")
      case .market: Phrase("市集", "Market day")
      case .doorTalk: Phrase("入户宣讲", "Door talk")
      case .meeting: Phrase("居民会议", "Residents’ meeting")
      }
    }
  }

  package enum State: String, Sendable, CaseIterable {
    /// Seen by the station alone.
    case draft
    case published
    /// It took place and its counts are in.
    case held
    case cancelled

    package var name: Phrase {
      switch self {
      case .draft: Phrase("草稿", "Draft")
      case .published: Phrase("已公布", "Published")
      case .held: Phrase("办好了", "Held")
      case .cancelled: Phrase("取消了", "Cancelled")
      }
    }
  }
}

/// What an activity is, when and where: what its form holds.
package struct ActivityTerms: Sendable, Equatable {
  package var kind: Activity.Kind
  package var title: String
  package var description: String
  /// Its items in order; empty for none.
  package var agenda: [String]
  /// The staff member who answers for it.
  package var organiser: PersonID
  /// Who puts it on together with the station; empty for nobody.
  package var partner: String
  package var place: String
  package var startsAt: Timestamp
  package var endsAt: Timestamp
  /// Until then people sign up by themselves; the station takes names until it begins.
  package var signUpClosesAt: Timestamp
  /// Places that can be signed up for; nil where there are as many as people.
  package var capacity: Int64?
  /// What it costs the station.
  package var expense: Money
  package var subject: ActivitySubject?

  package init(
    kind: Activity.Kind, title: String, description: String, agenda: [String] = [], organiser: PersonID,
    partner: String = "", place: String, startsAt: Timestamp, endsAt: Timestamp, signUpClosesAt: Timestamp,
    capacity: Int64? = nil, expense: Money = .zero, subject: ActivitySubject? = nil
  ) {
    self.kind = kind
    self.title = title
    self.description = description
    self.agenda = agenda
    self.organiser = organiser
    self.partner = partner
    self.place = place
    self.startsAt = startsAt
    self.endsAt = endsAt
    self.signUpClosesAt = signUpClosesAt
    self.capacity = capacity
    self.expense = expense
    self.subject = subject
  }

  /// Whether whoever signed up has to be told of the difference: another time, or another place.
  func isElsewhere(than other: ActivityTerms) -> Bool {
    startsAt != other.startsAt || endsAt != other.endsAt || place != other.place
  }
}

/// What became of an activity, counted at the door when it was over.
struct ActivityClosing: Sendable, Equatable {
  let satisfaction: ActivitySatisfaction
  /// What is to be followed up, in a few words; empty for nothing. Kept encrypted: it may speak of people.
  let leads: String
  let closedAt: Timestamp
  let closedBy: Actor
}

/// Slips that were dropped into the box, by what was ticked on them.
package struct ActivitySatisfaction: Sendable, Equatable {
  package let veryGood: Int64
  package let good: Int64
  package let fair: Int64
  package let poor: Int64

  package init(veryGood: Int64, good: Int64, fair: Int64, poor: Int64) {
    self.veryGood = veryGood
    self.good = good
    self.fair = fair
    self.poor = poor
  }

  package var total: Int64 { veryGood + good + fair + poor }

  /// Each answer of the slip with its words.
  static let answers: [(field: String, name: Phrase, count: @Sendable (ActivitySatisfaction) -> Int64)] = [
    ("very_good", Phrase("很好", "Very good"), { $0.veryGood }), ("good", Phrase("好", "Good"), { $0.good }),
    ("fair", Phrase("一般", "Fair"), { $0.fair }), ("poor", Phrase("不好", "Poor"), { $0.poor }),
  ]
}

/// How many people an activity reached. Counts alone.
package struct ActivityAttendance: Sendable, Equatable {
  /// Who held a place.
  package let signedUp: Int64
  /// Who held a place and came.
  package let came: Int64
  /// Who came without one.
  package let walkIns: Int64
  /// Who waited for a place in vain.
  package let waiting: Int64

  package init(signedUp: Int64, came: Int64, walkIns: Int64, waiting: Int64) {
    self.signedUp = signedUp
    self.came = came
    self.walkIns = walkIns
    self.waiting = waiting
  }

  package static let none = ActivityAttendance(signedUp: 0, came: 0, walkIns: 0, waiting: 0)

  /// Everybody who was there.
  package var present: Int64 { came + walkIns }
  /// Who held a place and did not come.
  package var absent: Int64 { signedUp - came }
}
