import Database
import Kernel

/// The places that can be booked, as they stand at this moment. A place that was closed, or that nobody confirmed for a
/// year, is none of them, whatever its terms say.
struct BookingDirectory: Sendable {
  /// Of the community's clocks.
  let offsetSeconds: Int

  /// A place with its terms and what of it is free.
  struct Entry: Sendable {
    let bookable: BookablePlace
    let place: Place
    let calendar: BookingCalendar

    /// Whether somebody can book it now.
    var isOpen: Bool { bookable.closedAt == nil && place.isCurrent(at: calendar.now) }
  }

  private static let limit = 300

  /// Those that can be booked by whoever sees such places.
  ///
  /// - Parameter days: how far ahead it is asked what is free.
  func shown(
    to visibilities: Set<Place.Visibility>, days: Int64, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Entry] {
    let open = try BookablePlaceStore.list(limit: Self.limit, in: community, snapshot)
    let places = try PlaceStore.find(Set(open.map(\.id)), in: community, snapshot)
      .filter { $0.isCurrent(at: snapshot.now) && visibilities.contains($0.terms.visibility) }
    let byID = Dictionary(places.map { ($0.id, $0) }) { first, _ in first }
    let taken = try BookingStore.occupied(
      at: Set(byID.keys), from: snapshot.now, to: snapshot.now + .days(days + 1), in: community, snapshot)
    return open.compactMap { bookable in
      byID[bookable.id].map { entry(bookable, $0, taken[bookable.id] ?? [], at: snapshot.now) }
    }
  }

  /// One place with its terms, open or not; nil where it was never opened for booking.
  func find(_ id: PlaceID, in community: CommunityID, _ snapshot: Snapshot) throws -> Entry? {
    guard let bookable = try BookablePlaceStore.find(id, in: community, snapshot),
      let place = try PlaceStore.find(id, in: community, snapshot)
    else { return nil }
    let end = snapshot.now + .days(bookable.terms.daysAhead + 2)
    let taken = try BookingStore.occupied(at: id, from: snapshot.now, to: end, in: community, snapshot)
    return entry(bookable, place, taken, at: snapshot.now)
  }

  /// One that can be booked by whoever sees such places.
  /// - Throws: `not_found`.
  func find(
    _ id: PlaceID, seenBy visibilities: Set<Place.Visibility>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Entry {
    guard let entry = try find(id, in: community, snapshot), entry.isOpen,
      visibilities.contains(entry.place.terms.visibility)
    else { throw Problem.notFound }
    return entry
  }

  private func entry(
    _ bookable: BookablePlace, _ place: Place, _ taken: [OccupiedTime], at now: Timestamp
  ) -> Entry {
    Entry(
      bookable: bookable, place: place,
      calendar: BookingCalendar(
        terms: bookable.terms, hours: place.terms.hours, times: taken, offsetSeconds: offsetSeconds,
        now: now))
  }
}

/// A booking with what it takes to show it to somebody whom it concerns.
struct ShownBooking: Sendable {
  let booking: PlaceBooking
  let place: Phrase
  let unit: String
  let who: Phrase
  let isBooker: Bool
  let isKeeper: Bool

  /// What somebody can do with it now.
  func steps(at now: Timestamp) -> [BookingStep] {
    BookingStep.allCases.filter { step in
      BookingRules.mayMove(to: step.state, isBooker: isBooker, isKeeper: isKeeper)
        && BookingRules.refusal(booking, to: step.state, at: now) == nil
    }
  }
}

/// A button of a booking, by the last word of its path.
enum BookingStep: String, Sendable, CaseIterable {
  case confirm
  case decline
  case cancel
  case kept
  case notKept = "not-kept"

  var state: PlaceBooking.State {
    switch self {
    case .confirm: .confirmed
    case .decline: .declined
    case .cancel: .cancelled
    case .kept: .kept
    case .notKept: .notKept
    }
  }

  var name: Phrase {
    switch self {
    case .confirm: Phrase("同意", "Say yes")
    case .decline: Phrase("不同意", "Say no")
    case .cancel: Phrase("取消", "Cancel it")
    case .kept: Phrase("来用过了", "It was used")
    case .notKept: Phrase("没有来", "Nobody came")
    }
  }
}
