import Database
package import Kernel
import Security

/// What a helper asks for about somebody's visit, as it was read back to that person.
package struct AssistedVisit: Sendable, Equatable {
  package let what: What
  package let service: ServiceID
  /// Who would come, and when: for a new visit and another time, as they would be; else as they stand.
  package let worker: WorkerID
  package let startsAt: Timestamp
  /// A word to the worker; may be empty.
  package let note: String
  /// Price and rules as they were read back, as a digest; empty where the booking has them already.
  package let terms: [UInt8]
  /// The booking that it is about; nil for a new one.
  package let booking: BookingID?
  /// The revision of the booking that was seen; nil for a new one.
  package let revision: Int64?

  package enum What: String, Sendable, CaseIterable {
    case book = "book_visit"
    case cancel = "cancel_visit"
    case agreeToMove = "agree_to_move"
    case refuseMove = "refuse_to_move"
  }

  /// SHA-256 of what is asked for.
  var digest: [UInt8] {
    let about = "\(booking?.description ?? "")|\(revision ?? 0)|\(Digest(of: terms))"
    return Digest(of: "\(what.rawValue)|\(service)|\(worker)|\(startsAt)|\(about)|\(note)").bytes
  }

  /// A new visit, under what the service says now.
  static func booking(_ service: Service, _ choice: BookingForm.Choice, note: String) -> AssistedVisit {
    AssistedVisit(
      what: .book, service: service.id, worker: choice.worker, startsAt: choice.startsAt, note: note,
      terms: service.termsDigest, booking: nil, revision: nil)
  }

  /// What becomes of a visit that is booked.
  /// - Throws: `booking.not_now` where there is no other time to answer to.
  static func changing(_ booking: Booking, _ what: What) throws -> AssistedVisit {
    let isMove = what == .agreeToMove || what == .refuseMove
    if isMove, booking.proposal?.by != .merchant { throw Problem.bookingNotNow(booking.state) }
    let proposal = what == .agreeToMove ? booking.proposal : nil
    return AssistedVisit(
      what: what, service: booking.service, worker: proposal?.worker ?? booking.worker,
      startsAt: proposal?.startsAt ?? booking.startsAt, note: "", terms: [], booking: booking.id,
      revision: booking.revision)
  }

  /// What is done to the booking; nil for a new one.
  var command: BookingRules.Command? {
    switch what {
    case .book: nil
    case .cancel: .cancel(reason: "")
    case .agreeToMove: .agreeToMove
    case .refuseMove: .refuseMove
    }
  }
}

extension Service {
  /// SHA-256 of everything that somebody agrees to by booking: price, limit, length and rules.
  var termsDigest: [UInt8] {
    let (price, rules) = (details.price, details.rules)
    return Digest(
      of: """
        \(price.basis.rawValue)|\(price.amount.minorUnits)|\(price.cap.minorUnits)|\(details.times.minutes)|\
        \(rules.freeHours)|\(rules.lateRate.basisPoints)|\(details.place.rawValue)
        """
    ).bytes
  }
}

extension AssistedOrder {
  /// How it stands, in words that fit goods and visits.
  var stateName: Phrase {
    visit != nil && state == .placed ? Phrase("已确认，已办好", "Confirmed and done") : state.name
  }
}

extension Problem {
  static let helperIsWorker = Problem(
    "booking.helper_is_worker", status: 403,
    Phrase("上门的就是您，不能由您替别人约自己。", "You would do this visit yourself, so you cannot book it for others."),
    advice: Phrase("请让另一位同事来帮这位邻居约。", "Please ask a colleague to help this neighbour."))

  static let visitTermsChanged = Problem(
    "booking.terms_changed", status: 409,
    Phrase("价钱或规则在念完以后改过了。", "Price or rules were changed since they were read out."),
    advice: Phrase(
      "没有预约。请重新念一遍，再请本人确认。", "Nothing was booked. Please read it out again and ask once more."))
}
