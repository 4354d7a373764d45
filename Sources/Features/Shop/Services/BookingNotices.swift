import Database
import Kernel
import Messages
import People
import Web

/// What households and workers are told of visits: the kinds, and the words of each.
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

  static let kinds: [MessageKind] = [agreed, changed, asked, tomorrow, underWay, done]
}

/// Tells the household of a visit what others did about it, and the worker what the household did, each once, from the
/// Shop's own events.
struct BookingNotices: Sendable {
  /// What one event means to somebody.
  private struct News: Sendable {
    let kind: MessageKind
    let text: Phrase
  }

  let messenger: Messenger
  let directory: Directory

  var handler: EventHandler {
    EventHandler("shop.booking_notices", kinds: Set(Self.news.keys)) { transaction, event in
      guard transaction.now < event.publishedAt + OrderNotices.freshness,
        let news = Self.news[event.kind], let by = try Self.party(event),
        let booking = try BookingStore.find(
          BookingID(rawValue: event.subject), in: transaction.community, transaction)
      else { return }
      let offset = try directory.community(event.community, transaction)?.offsetSeconds ?? 0
      try messenger.send(
        try readers(of: booking, besides: by, in: transaction).map { reader in
          Message(
            to: reader.person, news.kind, about: event.subject, occasion: "\(event.sequence)",
            Self.words(news.text, of: booking, offsetSeconds: offset), path: reader.path)
        }, in: transaction)
    }
  }

  /// Whoever did it knows it already; what the program did by itself is news to the household.
  private func readers(
    of booking: Booking, besides by: Booking.Party, in transaction: Transaction
  ) throws -> [(person: PersonID, path: String)] {
    if by != .household {
      return [(booking.person, "/bookings/\(booking.id)")]
        + (try helper(with: booking, in: transaction).map { [($0.person, $0.path)] } ?? [])
    }
    let worker = try WorkerStore.find(booking.worker, in: transaction.community, transaction)
    return worker?.details.person.map { [($0, "/visits")] } ?? []
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

  private static let news: [String: News] = [
    "shop.booking_accepted": News(kind: BookingNotice.agreed, text: Phrase("约好了。", "it is agreed.")),
    "shop.booking_declined": News(
      kind: BookingNotice.changed,
      text: Phrase("商户没有接，可以另约时间。", "the merchant cannot come; please choose another time.")),
    "shop.booking_expired": News(
      kind: BookingNotice.changed,
      text: Phrase("没有等到答复，可以另约时间。", "nobody answered in time; please choose another time.")),
    "shop.booking_cancelled": News(kind: BookingNotice.changed, text: Phrase("取消了。", "it was cancelled.")),
    "shop.booking_move_proposed": News(
      kind: BookingNotice.asked,
      text: Phrase("对方想换个时间，请您看看行不行。", "another time is proposed; please say whether it suits you.")),
    "shop.booking_changed": News(
      kind: BookingNotice.changed, text: Phrase("时间改好了。", "the time was changed.")),
    "shop.booking_move_refused": News(
      kind: BookingNotice.changed,
      text: Phrase("新的时间不行，还是原来的时间。", "the other time does not suit; the first one stands.")),
    "shop.booking_material_asked": News(
      kind: BookingNotice.asked, text: Phrase("要加材料，等您同意。", "material is needed and waits for your yes.")),
    "shop.booking_material_agreed": News(
      kind: BookingNotice.changed, text: Phrase("住户同意加材料。", "the household agreed to the material.")),
    "shop.booking_material_refused": News(
      kind: BookingNotice.changed, text: Phrase("住户不同意加材料。", "the household did not agree to the material.")),
    "shop.booking_worker_missed": News(
      kind: BookingNotice.changed,
      text: Phrase("师傅没有到，不收钱，可以另约时间。", "nobody came; nothing is charged, please choose another time.")),
    "shop.booking_household_missed": News(
      kind: BookingNotice.changed,
      text: Phrase(
        "师傅说家里没人；不是这样的话，请在页面上说一声。", "nobody was found at home; if that is not so, please say it on the page.")
    ),
    "shop.booking_tomorrow": News(
      kind: BookingNotice.tomorrow, text: Phrase("记得有人上门。", "somebody will come.")),
    "shop.booking_on_the_way": News(kind: BookingNotice.underWay, text: Phrase("师傅在路上了。", "on the way.")),
    "shop.booking_done": News(
      kind: BookingNotice.done, text: Phrase("做好了，有问题可以报售后。", "done; if anything is wrong, please report it.")
    ),
  ]
}
