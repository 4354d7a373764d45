import Database
import Kernel
import Messages
import People
import Web

/// What households, merchants and workers are told of visits: the kinds, and the words of each.
enum BookingNotice {
  static let agreed = MessageKind(
    "shop.booking_agreed", name: ("约好了", "Visit agreed"), headline: ("您约的服务约好了", "your visit is agreed"),
    isWorthACall: true)
  static let changed = MessageKind(
    "shop.booking_changed", name: ("预约有变", "Visit changed"), headline: ("您约的服务有变动", "your visit changed"),
    isWorthACall: true)
  static let asked = MessageKind(
    "shop.booking_asked", name: ("请您答复", "Please answer"),
    headline: ("您约的服务等您答复", "visit: please answer"),
    isWorthACall: true, patience: .days(1))
  static let tomorrow = MessageKind(
    "shop.booking_tomorrow", name: ("明天上门", "Visit tomorrow"),
    headline: ("明天有人上门服务", "visit due tomorrow"),
    isWorthACall: true, patience: .days(1))
  static let underWay = MessageKind(
    "shop.booking_on_the_way", name: ("师傅在路上", "On the way"),
    headline: ("师傅在路上了", "visit is on its way"),
    isUrgent: true, patience: .hours(3))
  static let done = MessageKind(
    "shop.booking_done", name: ("做好了", "Visit done"), headline: ("您约的服务做好了", "your visit is done"))

  static let deskAsked = MessageKind(
    "shop.booking_desk_asked", name: ("预约等答复", "Booking to answer"),
    headline: ("有预约等您答复", "a booking to answer"),
    patience: .days(1))
  static let deskChanged = MessageKind(
    "shop.booking_desk_changed", name: ("预约有变", "Booking changed"), headline: ("有一个预约变了", "a booking changed")
  )

  static let kinds: [MessageKind] = [
    agreed, changed, asked, tomorrow, underWay, done, deskAsked, deskChanged,
  ]
}

/// Tells the household of a visit what others did about it, and its merchant what the household did, each once, from the
/// Shop's own events and the money office's.
struct BookingNotices: Sendable {
  let messenger: Messenger
  let directory: Directory

  var handler: EventHandler {
    EventHandler(
      "shop.booking_notices", kinds: BookingNews.kinds.union([Self.refund]), freshFor: OrderNotices.freshness
    ) { transaction, events in
      let offset = try directory.community(transaction.community, transaction)?.offsetSeconds ?? 0
      try messenger.send(try events.flatMap { try messages($0, offset, in: transaction) }, in: transaction)
    }
  }

  private func messages(_ event: Event, _ offset: Int, in transaction: Transaction) throws -> [Message] {
    guard let booking = try booking(of: event, in: transaction) else { return [] }
    return try told(event, of: booking, in: transaction).map { told in
      Message(
        to: told.person, told.news.kind, about: booking.id.rawValue, occasion: "\(event.sequence)",
        Self.words(told.news.text, of: booking, offsetSeconds: offset), path: told.path)
    }
  }

  private typealias Told = (person: PersonID, news: BookingNews, path: String)

  /// What the money office says of the order that a visit is paid by.
  private static let refund = "ledger.refund_promised"

  private func booking(of event: Event, in transaction: Transaction) throws -> Booking? {
    event.kind == Self.refund
      ? try BookingStore.find(
        orderedAs: OrderID(rawValue: event.subject), in: transaction.community, transaction)
      : try BookingStore.find(BookingID(rawValue: event.subject), in: transaction.community, transaction)
  }

  /// Whoever did it knows it already; what the program did by itself is news to the household, and what the committee
  /// decided to both.
  private func told(
    _ event: Event, of booking: Booking, in transaction: Transaction
  ) throws -> [Told] {
    if event.kind == Self.refund {
      return try BookingNews.refunded(event).map { try household(of: booking, $0, in: transaction) } ?? []
    }
    guard let by = try Self.party(event) else { return [] }
    var told: [Told] = []
    if by != .household, let news = BookingNews.household[event.kind] {
      told += try household(of: booking, news, in: transaction)
    }
    if by == .household || by == .committee, let news = BookingNews.merchant[event.kind] {
      told += try merchant(of: booking, news, event, in: transaction)
    }
    return told
  }

  private func household(
    of booking: Booking, _ news: BookingNews, in transaction: Transaction
  ) throws -> [Told] {
    [(booking.person, news, "/bookings/\(booking.id)")]
      + (try helper(with: booking, in: transaction).map { [($0.person, news, $0.path)] } ?? [])
  }

  /// Those who answer for the merchant; and the worker, where the way to the visit or what is done there has changed.
  private func merchant(
    of booking: Booking, _ news: BookingNews, _ event: Event, in transaction: Transaction
  ) throws -> [Told] {
    let members = try transaction.members(of: booking.merchant, in: transaction.community)
    let told = members.map { ($0, news, "/desk/bookings/\(booking.id)") as Told }
    guard BookingNews.forWorkers.contains(event.kind),
      let worker = try WorkerStore.find(booking.worker, in: transaction.community, transaction)?.details
        .person,
      !members.contains(worker)
    else { return told }
    return told + [(worker, news, "/visits")]
  }

  /// Who booked it for the person, while that person still lets them; nil where nobody did.
  private func helper(
    with booking: Booking, in transaction: Transaction
  ) throws -> (person: PersonID, path: String)? {
    let community = transaction.community
    guard let id = booking.asked, let asked = try AssistedOrderStore.find(id, in: community, transaction),
      let mandate = try directory.mandate(asked.mandate, in: community, transaction),
      mandate.isAlive(at: transaction.now)
    else { return nil }
    return (asked.helper, "/assisted-orders/\(id)")
  }

  /// Reminders say nobody; they are the program's.
  private static func party(_ event: Event) throws -> Booking.Party? {
    guard case .string(let text)? = try JSON(Array(event.body.utf8))["by"] else { return .program }
    return Booking.Party(rawValue: text)
  }

  private static func words(_ text: Phrase, of booking: Booking, offsetSeconds: Int) -> Phrase {
    let chinese = Wording(.chinese, offsetSeconds: offsetSeconds).dateTime(booking.startsAt)
    let english = Wording(.english, offsetSeconds: offsetSeconds).dateTime(booking.startsAt)
    return Phrase(
      "「\(booking.title.chinese)」\(chinese)：\(text.chinese)",
      "“\(booking.title.english)”, \(english): \(text.english)")
  }
}
