import Database
import Kernel
import People
import Web

/// What the clock does with bookings. Whether somebody came it does not guess: that its keeper says.
enum BookingJobs {
  static let lapsing: StaticString = "resources.lapse_booking"
  static let reminding: StaticString = "resources.remind_booking"
  static let reminder = Duration.days(1)

  static func handlers(_ ground: ResourceGround) -> [JobHandler] {
    let notices = BookingNotices(ground: ground)
    return [
      // Pages show it as lapsed from the very moment on, whether or not this ran.
      JobHandler(lapsing) { transaction, job in
        guard let booking = try booking(job, in: transaction), booking.state == .asked,
          booking.state(at: transaction.now) == .declined
        else { return }
        try BookingStore.move(booking.id, to: .declined, by: nil, in: transaction)
        try transaction.note(
          "resources.booking_move", by: .machine, of: booking.id.rawValue,
          onBehalfOf: booking.party?.person, purpose: "no answer")
        try notices.lapsed(booking, in: transaction)
      },
      JobHandler(reminding) { transaction, job in
        guard let booking = try booking(job, in: transaction), booking.state == .confirmed,
          transaction.now < booking.time.from
        else { return }
        try notices.soon(booking, in: transaction)
      },
    ]
  }

  private static func booking(_ job: Job, in transaction: Transaction) throws -> PlaceBooking? {
    guard case .string(let text)? = try JSON(Array(job.body.utf8))["booking"],
      let id = PlaceBookingID(text)
    else { return nil }
    return try BookingStore.find(id, opening: nil, in: transaction.community, transaction)
  }

  /// Sees to both. Whoever books for the next hours needs no reminder.
  static func schedule(_ booking: PlaceBooking, in transaction: Transaction) throws {
    let body = #"{"booking":"\#(booking.id)"}"#
    if booking.state == .asked {
      try transaction.schedule(lapsing, key: booking.id.description, at: booking.time.from, body: body)
    }
    let moment = booking.time.from - reminder
    if moment > transaction.now {
      try transaction.schedule(reminding, key: booking.id.description, at: moment, body: body)
    }
  }
}
