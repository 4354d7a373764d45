import Kernel
import Web

/// Services and bookings as programs send and read them.
enum ServiceJSON {
  static func write(_ service: Service, to json: inout JSONWriter) {
    let details = service.details
    json.object { json in
      json.field("id", service.id)
      json.field("merchant", service.merchant)
      json.field("kind", details.kind.rawValue)
      json.field("title", details.title)
      json.field("description", details.description)
      json.field("preparation", details.preparation)
      json.field("place", details.place.rawValue)
      json.field("price_basis", details.price.basis.rawValue)
      json.field("price", details.price.amount)
      json.field("cap", details.price.cap)
      json.field("minutes", details.times.minutes)
      json.field("free_hours", details.rules.freeHours)
      json.field("late_rate", details.rules.lateRate.basisPoints)
    }
  }

  static func write(_ booking: Booking, to json: inout JSONWriter) {
    json.object { json in
      json.field("id", booking.id)
      json.field("service", booking.service)
      json.field("worker", booking.worker)
      json.field("order", booking.order?.description)
      json.field("state", booking.state.rawValue)
      json.field("starts_at", booking.startsAt)
      json.field("ends_at", booking.endsAt)
      json.field("cap", booking.price.cap)
      json.field("charged", booking.outcome?.charged)
      json.field("after_note", booking.outcome?.afterNote)
      json.field("revision", booking.revision)
    }
  }

  static func document(_ booking: Booking) -> JSONWriter {
    var json = JSONWriter(capacity: 512)
    write(booking, to: &json)
    return json
  }

  /// What a program asks for.
  struct Asking: Sendable {
    let service: ServiceID
    let worker: WorkerID
    let startsAt: Timestamp
    let note: String

    /// - Throws: `form.invalid` with every wrong, missing or unknown field.
    init(_ json: JSON) throws {
      var body = try json.object()
      let service = body.identifier("service", of: OfferedServiceKind.self)
      let worker = body.identifier("worker", of: WorkerKind.self)
      let startsAt = body.timestamp("starts_at")
      note = body.string("note", length: 0...BookingForm.noteLength, isRequired: false) ?? ""
      try body.finish()
      guard let service, let worker, let startsAt else { throw Problem.internalFault }
      self.service = service
      self.worker = worker
      self.startsAt = startsAt
    }
  }
}

// The same shapes, as the OpenAPI document states them.
extension ServiceJSON {
  static let service = Schema.named(
    "Service",
    .object([
      .init("id", .identifier), .init("merchant", .identifier),
      .init("kind", .enumeration(Service.Kind.allCases.map(\.rawValue))), .init("title", .phrase),
      .init("description", .phrase), .init("preparation", .phrase),
      .init("place", .enumeration(Service.Place.allCases.map(\.rawValue))),
      .init("price_basis", .enumeration(ServicePrice.Basis.allCases.map(\.rawValue))), .init("price", .money),
      .init("cap", .money), .init("minutes", .integer(ServiceTimes.minutesRange)),
      .init("free_hours", .integer(VisitRules.freeRange)), .init("late_rate", .integer(0...Rate.whole)),
    ]))

  static let services = Schema.object([.init("services", .array(service))])

  static let times = Schema.object([
    .init(
      "times",
      .array(
        .object([.init("worker", .identifier), .init("worker_name", .phrase), .init("starts_at", .timestamp)])
      ))
  ])

  static let booking = Schema.named(
    "Booking",
    .object([
      .init("id", .identifier), .init("service", .identifier), .init("worker", .identifier),
      .init("order", .nullable(.string())),
      .init("state", .enumeration(Booking.State.allCases.map(\.rawValue))),
      .init("starts_at", .timestamp), .init("ends_at", .timestamp), .init("cap", .money),
      .init("charged", .nullable(.money)), .init("after_note", .nullable(.string())),
      .init("revision", .integer(1...Int64.max)),
    ]))

  static let bookings = Schema.object([
    .init("bookings", .array(booking)), .init("next_cursor", .nullable(.string())),
  ])

  static let newBooking = Schema.named(
    "NewBooking",
    .object([
      .init("service", .identifier), .init("worker", .identifier), .init("starts_at", .timestamp),
      .init("note", .string(length: 0...BookingForm.noteLength), isRequired: false),
    ]))
}

/// The API of services as the OpenAPI document describes it.
enum ServiceOperations {
  static let list = Operation(
    "listServices", Phrase("本社区可以预约的服务。", "The services that can be booked in the community."),
    answers: [.init(200, Phrase("全部服务。", "All services."), ServiceJSON.services)])

  static let times = Operation(
    "listServiceTimes", Phrase("一项服务的空时间，早的在前。", "The free times of a service, earliest first."),
    answers: [.init(200, Phrase("空时间。", "The free times."), ServiceJSON.times)])

  static let book = Operation(
    "bookService",
    Phrase(
      "预约一个时间；价格上限和规则按现在的算。被别人先约走时回 409。",
      "Asks for a time, at the price limit and rules of now; 409 where somebody else was faster."),
    parameters: [.idempotencyKey], request: ServiceJSON.newBooking,
    answers: [.init(201, Phrase("已提出预约。", "The time was asked for."), ServiceJSON.booking)])

  static let bookings = Operation(
    "listBookings", Phrase("自家的预约，新的在前。", "The household's bookings, newest first."),
    parameters: [APIQuery.cursorParameter, APIQuery.limitParameter],
    answers: [.init(200, Phrase("一页预约。", "A page of bookings."), ServiceJSON.bookings)])

  static let booking = Operation(
    "showBooking", Phrase("自家的一个预约。", "One booking of the household."),
    answers: [.init(200, Phrase("预约。", "The booking."), ServiceJSON.booking)])
}
