import Database
package import Kernel

/// A time that a household asked for: with which worker, at what price, under which rules, and what became of it.
///
/// Its order in the Shop holds one line, the service at its price limit, so that payment, after-sales, reviews and the books
/// are those of every other order. Price and rules are as they stood when it was asked for.
package struct Booking: Sendable, Equatable {
  package let id: BookingID
  package let service: ServiceID
  package let merchant: MerchantID
  package var worker: WorkerID
  package let household: HouseholdID
  /// Whose order it is.
  package let person: PersonID
  package let campaign: CampaignID
  package var order: OrderID?
  package let title: Phrase
  package let place: Service.Place
  package let price: ServicePrice
  package let rules: VisitRules
  /// Minutes of work that were planned, and those to the next visit.
  package let minutes: Int64
  package let bufferMinutes: Int64
  package var startsAt: Timestamp
  /// What the household wrote; may be empty.
  package let note: String
  package let requestedAt: Timestamp
  /// Until when the merchant may answer.
  package let answerUntil: Timestamp
  package var state: State
  /// Whose doing it was that it did not come about; nil where it did, or still may.
  package var endedBy: Party?
  /// Whether the household objected to what was recorded of it.
  package var isObjected: Bool
  /// Another time that one side proposed and the other has not answered.
  package var proposal: Proposal?
  package var arrivedAt: Timestamp?
  package var outcome: Outcome?
  /// Grows with each change: a form that shows an older revision is stale.
  package var revision: Int64
  /// What a helper asked for and the person confirmed; nil where the household booked by itself.
  package var asked: AssistedOrderID?

  package var endsAt: Timestamp { startsAt + .minutes(minutes) }

  package enum State: String, Sendable, CaseIterable, Storable {
    /// Waits for the merchant's answer.
    case requested
    case accepted
    case onTheWay = "on_the_way"
    case arrived
    case done
    case declined
    /// The merchant did not answer in time.
    case expired
    case cancelled
    /// One side was not there.
    case missed

    package var name: Phrase {
      switch self {
      case .requested: Phrase("等商户答复", "Waiting for the merchant")
      case .accepted: Phrase("约好了", "Agreed")
      case .onTheWay: Phrase("在路上", "On the way")
      case .arrived: Phrase("已经到了", "Arrived")
      case .done: Phrase("做好了", "Done")
      case .declined: Phrase("商户没有接", "Declined by the merchant")
      case .expired: Phrase("没有等到答复", "Not answered in time")
      case .cancelled: Phrase("取消了", "Cancelled")
      case .missed: Phrase("没有碰上", "Missed")
      }
    }

    /// Whether the visit may still come about.
    package var isOpen: Bool {
      switch self {
      case .requested, .accepted, .onTheWay, .arrived: true
      case .done, .declined, .expired, .cancelled, .missed: false
      }
    }
  }

  package enum Party: String, Sendable, CaseIterable, Storable {
    case household
    case merchant
    /// Decides where both sides see it differently.
    case committee
    /// The program itself, when a time has come.
    case program

    package var name: Phrase {
      switch self {
      case .household: Phrase("住户", "The household")
      case .merchant: Phrase("商户", "The merchant")
      case .committee: Phrase("居委会", "The committee")
      case .program: Phrase("系统", "The system")
      }
    }

    var other: Party { self == .household ? .merchant : .household }
  }

  package struct Proposal: Sendable, Equatable {
    package let by: Party
    package let worker: WorkerID
    package let startsAt: Timestamp

    package init(by: Party, worker: WorkerID, startsAt: Timestamp) {
      self.by = by
      self.worker = worker
      self.startsAt = startsAt
    }
  }

  /// What was done and what it costs.
  package struct Outcome: Sendable, Equatable {
    package let finishedAt: Timestamp
    /// Minutes of work, 1–720.
    package let minutes: Int64
    package let labour: Money
    /// Material that the household agreed to.
    package let material: Money
    /// Labour and material, less what the merchant waived and what exceeded the limit.
    package let charged: Money
    /// What the household should know from now on; may be empty.
    package let afterNote: String

    package init(
      finishedAt: Timestamp, minutes: Int64, labour: Money, material: Money, charged: Money, afterNote: String
    ) {
      self.finishedAt = finishedAt
      self.minutes = minutes
      self.labour = labour
      self.material = material
      self.charged = charged
      self.afterNote = afterNote
    }
  }
}

/// Material that costs extra, and the household's word on it.
package struct VisitMaterial: Sendable, Equatable {
  package let position: Int64
  package let name: String
  package let amount: Money
  package var answer: Answer

  package enum Answer: String, Sendable, CaseIterable, Storable {
    case waiting
    case agreed
    case refused

    package var name: Phrase {
      switch self {
      case .waiting: Phrase("等您同意", "Waiting for your word")
      case .agreed: Phrase("同意了", "Agreed")
      case .refused: Phrase("没有同意", "Not agreed")
      }
    }
  }

  package init(position: Int64, name: String, amount: Money, answer: Answer) {
    self.position = position
    self.name = name
    self.amount = amount
    self.answer = answer
  }

  /// The most kinds of material at one visit.
  package static let limit: Int64 = 10
}

/// One thing that happened to a booking. Only ever added.
package struct BookingStep: Sendable, Equatable {
  package enum What: String, Sendable, CaseIterable, Storable {
    case requested, accepted, declined, expired
    case left, arrived, done
    case cancelledInTime = "cancelled_in_time"
    case cancelledLate = "cancelled_late"
    case workerMissed = "worker_missed"
    case householdMissed = "household_missed"
    case objected
    case feeKept = "fee_kept"
    case feeWaived = "fee_waived"
    case moveProposed = "move_proposed"
    case moved
    case moveRefused = "move_refused"
    case materialAsked = "material_asked"
    case materialAgreed = "material_agreed"
    case materialRefused = "material_refused"
    case wrongCode = "wrong_code"
    case codeRenewed = "code_renewed"
  }

  package let what: What
  package let party: Booking.Party
  package let at: Timestamp
  /// What was written to it; may be empty.
  package let note: String

  package init(what: What, party: Booking.Party, at: Timestamp, note: String = "") {
    self.what = what
    self.party = party
    self.at = at
    self.note = note
  }
}
