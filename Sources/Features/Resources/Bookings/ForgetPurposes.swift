import Database
import Kernel
import People
import Web

/// Forgets what a place was booked for, ninety days after: the times and amounts stay. Source: PIPL art. 19.
enum ForgetPurposes {
  static let kind: StaticString = "resources.forget_booking_purposes"
  static let keepingTime = Duration.days(90)

  static let rule = RetentionRule(
    Phrase("预订地方时写的用途", "What people wrote when they booked a place"),
    term: Phrase("用完、取消后 90 天", "90 days after the booking, or after it was given back"),
    reason: Phrase(
      "管理人安排好就够了，以后只留时间和数量（《个人信息保护法》第十九条）",
      "It is for the keeper; afterwards times and amounts alone stay (PIPL art. 19)"))

  static let handler = JobHandler(kind) { transaction, job in
    guard case .string(let text)? = try JSON(Array(job.body.utf8))["booking"],
      let id = PlaceBookingID(text)
    else { return }
    try BookingStore.forgetPurpose(of: id, in: transaction)
  }

  /// - Parameter end: when it is over; what is given back or declined sooner is moved here as well.
  static func schedule(_ booking: PlaceBooking, over end: Timestamp, in transaction: Transaction) throws {
    try transaction.schedule(
      kind, key: booking.id.description, at: end + keepingTime,
      body: #"{"booking":"\#(booking.id)"}"#)
  }
}
