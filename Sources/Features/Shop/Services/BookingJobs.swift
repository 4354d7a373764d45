import Database
import Kernel
import Web

/// What happens to bookings by themselves when a time has come.
enum BookingJobs {
  private static let expiry: StaticString = "shop.booking_expiry"
  private static let reminder: StaticString = "shop.booking_reminder"
  private static let lapse: StaticString = "shop.booking_lapse"
  private static let fee: StaticString = "shop.booking_fee"

  static func handlers(_ desk: BookingDesk) -> [JobHandler] {
    [
      JobHandler(expiry) { try perform(.expire, $1, desk, in: $0) },
      JobHandler(lapse) { try perform(.lapse, $1, desk, in: $0) },
      JobHandler(reminder) { try remind($1, in: $0) },
      JobHandler(fee) { try keepFee($1, desk, in: $0) },
    ]
  }

  /// Schedules what follows from how a booking stands, and takes back what does not any more.
  static func schedule(_ booking: Booking, offsetSeconds: Int, in transaction: Transaction) throws {
    let isAgreed = booking.state == .accepted || booking.state == .onTheWay
    try set(
      expiry, at: booking.state == .requested ? BookingRules.expiresAt(booking) : nil, booking, offsetSeconds,
      in: transaction)
    try set(
      lapse, at: isAgreed ? booking.endsAt + BookingRules.overdueTime : nil, booking, offsetSeconds,
      in: transaction)
    let eve = reminderTime(of: booking, offsetSeconds: offsetSeconds)
    try set(
      reminder, at: booking.state == .accepted && eve > transaction.now ? eve : nil, booking, offsetSeconds,
      in: transaction)
  }

  /// Six in the evening of the day before.
  static func reminderTime(of booking: Booking, offsetSeconds: Int) -> Timestamp {
    let day = CivilDateTime(booking.startsAt, offsetSeconds: offsetSeconds).dayNumber - 1
    return Timestamp(seconds: day * 86_400 + 18 * 3_600 - Int64(offsetSeconds))
  }

  static func scheduleFee(_ booking: Booking, in transaction: Transaction) throws {
    try set(fee, at: transaction.now + BookingRules.objectionTime, booking, 0, in: transaction)
  }

  static func cancelFee(_ booking: Booking, in transaction: Transaction) throws {
    try transaction.cancelJob(fee, key: booking.id.description)
  }

  private static func set(
    _ kind: StaticString, at due: Timestamp?, _ booking: Booking, _ offsetSeconds: Int,
    in transaction: Transaction
  ) throws {
    if let due {
      try transaction.schedule(
        kind, key: booking.id.description, at: due,
        body: #"{"booking":"\#(booking.id)","offset_seconds":\#(offsetSeconds)}"#)
    } else {
      try transaction.cancelJob(kind, key: booking.id.description)
    }
  }

  // MARK: - When the time has come

  private static func perform(
    _ command: BookingRules.Command, _ job: Job, _ desk: BookingDesk, in transaction: Transaction
  ) throws {
    guard let (booking, offset) = try booking(job, in: transaction) else { return }
    guard BookingRules.isAllowed(command, of: booking, by: .program, now: transaction.now) else {
      return try schedule(booking, offsetSeconds: offset, in: transaction)
    }
    let actor = try program(booking, in: transaction)
    try desk.perform(command, by: actor, offsetSeconds: offset, in: transaction)
  }

  private static func remind(_ job: Job, in transaction: Transaction) throws {
    guard let (booking, _) = try booking(job, in: transaction), booking.state == .accepted,
      transaction.now < booking.startsAt
    else { return }
    try transaction.publish(
      "shop.booking_tomorrow", subject: booking.id.rawValue,
      body: #"{"service":"\#(booking.service)","order":"\#(booking.order?.description ?? "")"}"#)
  }

  private static func keepFee(_ job: Job, _ desk: BookingDesk, in transaction: Transaction) throws {
    guard let (booking, _) = try booking(job, in: transaction), booking.state == .missed, !booking.isObjected
    else {
      return
    }
    try desk.decideFee(isKept: true, by: try program(booking, in: transaction), in: transaction)
  }

  private static func program(_ booking: Booking, in transaction: Transaction) throws -> BookingActor {
    guard let service = try ServiceStore.find(booking.service, in: transaction.community, transaction) else {
      throw Problem.internalFault
    }
    return .program(for: booking, host: service.host)
  }

  private static func booking(
    _ job: Job, in transaction: Transaction
  ) throws -> (booking: Booking, offsetSeconds: Int)? {
    let body = try JSON(Array(job.body.utf8))
    guard case .string(let text)? = body["booking"], let id = BookingID(text),
      case .integer(let offset)? = body["offset_seconds"]
    else { throw Problem.internalFault }
    guard let booking = try BookingStore.find(id, in: transaction.community, transaction) else { return nil }
    return (booking, Int(offset))
  }
}
