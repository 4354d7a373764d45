import Database
import Kernel
import People
import Web

/// What is done later about trips: who asked and got no answer is told, all are reminded, and words are forgotten.
enum VanTripJobs {
  static let leaving: StaticString = "resources.van_trip_leaves"
  static let reminding: StaticString = "resources.remind_van_trip"
  static let forgetting: StaticString = "resources.forget_van_trip"
  static let keepingTime = Duration.days(90)

  static let rule = RetentionRule(
    Phrase("拼车带货时写的话：从哪里到哪里、什么东西、在哪里装、什么车", "What people wrote of shared van trips"),
    term: Phrase("回来后 90 天", "90 days after the trip"),
    reason: Phrase(
      "装车、对账用得着，以后只留时间和数量（《个人信息保护法》第十九条）",
      "It is for loading and settling; afterwards times and amounts alone stay (PIPL art. 19)"))

  static func handlers(_ notices: VanTripNotices) -> [JobHandler] {
    [
      JobHandler(leaving) { transaction, job in
        guard let trip = try trip(job, in: transaction), trip.state == .planned,
          transaction.now >= trip.terms.leavesAt
        else { return }
        for part in try parts(of: trip, in: transaction) where part.state == .asked {
          try VanPartStore.move(part.id, to: .declined, by: nil, in: transaction)
          try notices.moved(part, to: .declined, on: trip, exceptFor: nil, in: transaction)
        }
      },
      JobHandler(reminding) { transaction, job in
        guard let trip = try trip(job, in: transaction), trip.state == .planned,
          transaction.now < trip.terms.leavesAt
        else { return }
        try notices.tomorrow(trip, try parts(of: trip, in: transaction), in: transaction)
      },
      JobHandler(forgetting) { transaction, job in
        guard let trip = try trip(job, in: transaction) else { return }
        try VanTripStore.forgetWords(of: trip.id, in: transaction)
      },
    ]
  }

  private static func trip(_ job: Job, in transaction: Transaction) throws -> VanTrip? {
    guard case .string(let text)? = try JSON(Array(job.body.utf8))["trip"], let id = VanTripID(text) else {
      return nil
    }
    return try VanTripStore.find(id, opening: nil, in: transaction.community, transaction)
  }

  private static func parts(of trip: VanTrip, in transaction: Transaction) throws -> [VanPart] {
    try VanPartStore.on(trip.id, opening: nil, in: transaction.community, transaction)
  }

  /// Sees to all of it for a trip that was planned.
  static func schedule(_ trip: VanTrip, directory: Directory, in transaction: Transaction) throws {
    let (key, body) = (trip.id.description, #"{"trip":"\#(trip.id)"}"#)
    try transaction.schedule(leaving, key: key, at: trip.terms.leavesAt, body: body)
    try transaction.schedule(forgetting, key: key, at: trip.terms.end + keepingTime, body: body)
    let offset = try directory.community(transaction.community, transaction)?.offsetSeconds ?? 0
    let eve = evening(before: trip.terms.leavesAt, offsetSeconds: offset)
    if eve > transaction.now { try transaction.schedule(reminding, key: key, at: eve, body: body) }
  }

  /// Takes back what a trip that is called off needs no more; its words are still forgotten.
  static func cancel(_ id: VanTripID, in transaction: Transaction) throws {
    for kind in [leaving, reminding] { try transaction.cancelJob(kind, key: id.description) }
  }

  /// Six in the evening of the day before.
  static func evening(before moment: Timestamp, offsetSeconds: Int) -> Timestamp {
    let day = CivilDateTime(moment, offsetSeconds: offsetSeconds).dayNumber - 1
    return Timestamp(seconds: day * 86_400 + 18 * 3_600 - Int64(offsetSeconds))
  }
}
