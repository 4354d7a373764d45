import Interop
import Kernel
import Web

/// A visit as calendars know it: what and where, and nobody's name, door or note.
enum VisitCalendar {
  /// How far back and ahead the calendar of a worker goes.
  static let past = Duration.days(7)
  static let ahead = Duration.days(93)

  /// - Parameters:
  ///   - changedAt: when something last happened to the booking.
  ///   - host: of the community, so that no other program's event is taken for this one.
  ///   - address: of the page; empty for none.
  static func event(
    _ booking: Booking, changedAt: Timestamp, host: String, address: String = "", _ say: Wording
  ) -> CalendarEvent {
    CalendarEvent(
      uid: "visit-\(booking.id)@\(host)", start: booking.startsAt, end: booking.endsAt,
      summary: say(booking.title), location: say(booking.place.name), address: address,
      revision: Int(clamping: booking.revision), lastChanged: changedAt,
      isCancelled: !booking.state.isOpen && booking.state != .done)
  }

  /// - Parameter name: what the calendar is called.
  static func text(_ name: Phrase, _ events: [CalendarEvent], _ say: Wording) -> [UInt8] {
    Array(CalendarFeed(name: say(name), events: events).text().utf8)
  }
}
