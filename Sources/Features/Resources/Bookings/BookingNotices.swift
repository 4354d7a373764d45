import Database
import Kernel
import Messages
import People
import Web

/// What people are told of bookings: where and when. What it is for stands on the page alone.
struct BookingNotices: Sendable {
  let ground: ResourceGround

  static let asked = MessageKind(
    "resources.booking_asked", name: ("有人订您管的地方", "Somebody books your place"),
    headline: ("有人订您管的地方", "a booking to look at"), isWorthACall: true)
  static let decided = MessageKind(
    "resources.booking_decided", name: ("您订的地方有答复", "Your booking was answered"),
    headline: ("您订的地方有答复了", "an answer for you"), isWorthACall: true)
  static let cancelled = MessageKind(
    "resources.booking_cancelled", name: ("预订取消了", "A booking was cancelled"),
    headline: ("有一个预订取消了", "a booking is off"), isWorthACall: true)
  static let soon = MessageKind(
    "resources.booking_soon", name: ("预订的时间快到了", "Your booking is soon"),
    headline: ("您订的地方快到时间了", "your booking is soon"), patience: .days(1))

  static let kinds = [asked, decided, cancelled, soon]
  private static let own = "/my-bookings"

  /// Somebody took a time, or asks for one. Whoever is booked for by another is told as well.
  func made(
    _ booking: PlaceBooking, keptBy keeper: Party?, by actor: Actor, in transaction: Transaction
  ) throws {
    let (place, time) = try words(booking, in: transaction)
    let text =
      booking.state == .asked
      ? Phrase(
        "有人想订“\(place.chinese)”，\(time.chinese)。请在开始以前答复。",
        "Somebody asks for “\(place.english)”, \(time.english). Please answer before it begins.")
      : Phrase(
        "“\(place.chinese)”有人订了，\(time.chinese)。", "“\(place.english)” is booked, \(time.english).")
    try tellKeeper(keeper, of: booking, Self.asked, occasion: "made", text, except: actor, in: transaction)
    guard booking.state == .confirmed else { return }
    try tellBooker(
      of: booking, Self.decided, occasion: "made",
      Phrase(
        "给您订好了“\(place.chinese)”，\(time.chinese)。",
        "“\(place.english)” was booked for you, \(time.english)."), except: actor, in: transaction)
  }

  /// It was answered, or given back.
  func moved(
    _ booking: PlaceBooking, to state: PlaceBooking.State, keptBy keeper: Party?, by actor: Actor,
    in transaction: Transaction
  ) throws {
    let (place, time) = try words(booking, in: transaction)
    switch state {
    case .confirmed:
      try tellBooker(
        of: booking, Self.decided, occasion: state.rawValue,
        Phrase(
          "“\(place.chinese)”订好了，\(time.chinese)。", "“\(place.english)” is yours, \(time.english)."),
        except: actor, in: transaction)
    case .declined:
      try tellBooker(
        of: booking, Self.decided, occasion: state.rawValue,
        Phrase(
          "您想订的“\(place.chinese)”（\(time.chinese)）这次不行。可以换个时间，或者问问服务站。",
          "“\(place.english)” (\(time.english)) cannot be had this time. Try another time, or ask the station."
        ), except: actor, in: transaction)
    case .cancelled:
      let text = Phrase(
        "“\(place.chinese)”的预订取消了：\(time.chinese)。",
        "A booking of “\(place.english)” was cancelled: \(time.english).")
      try tellBooker(
        of: booking, Self.cancelled, occasion: state.rawValue, text, except: actor, in: transaction)
      try tellKeeper(
        keeper, of: booking, Self.cancelled, occasion: state.rawValue, text, except: actor, in: transaction)
    case .asked, .kept, .notKept: return
    }
  }

  /// Nobody answered before it began.
  func lapsed(_ booking: PlaceBooking, in transaction: Transaction) throws {
    let (place, time) = try words(booking, in: transaction)
    try tellBooker(
      of: booking, Self.decided, occasion: "lapsed",
      Phrase(
        "对不起，您想订的“\(place.chinese)”（\(time.chinese)）一直没有人答复，没有订成。可以换个时间，或者给服务站打电话。",
        "Sorry: nobody answered about “\(place.english)” (\(time.english)), so it is not booked. Try another time, or call the station."
      ), except: nil, in: transaction)
  }

  /// The day before.
  func soon(_ booking: PlaceBooking, in transaction: Transaction) throws {
    let (place, time) = try words(booking, in: transaction)
    try tellBooker(
      of: booking, Self.soon, occasion: "soon",
      Phrase(
        "别忘了：您订了“\(place.chinese)”，\(time.chinese)。来不了的话，请先取消，好让给别人。",
        "Remember: “\(place.english)” is yours, \(time.english). If you cannot come, please cancel, so that others may."
      ), except: nil, in: transaction)
  }

  // MARK: - Parts

  private func words(
    _ booking: PlaceBooking, in transaction: Transaction
  ) throws -> (place: Phrase, time: Phrase) {
    let community = transaction.community
    let card = try PlaceDirectory().cards(of: [booking.place], in: community, transaction)[booking.place]
    let clock = try ground.directory.community(community, transaction)?.offsetSeconds ?? 0
    func span(_ language: Language) -> String {
      Wording(language, offsetSeconds: clock).span(from: booking.time.from, to: booking.time.to)
    }
    return (card?.name ?? Phrase("一个地方", "A place"), Phrase(span(.chinese), span(.english)))
  }

  private func tellBooker(
    of booking: PlaceBooking, _ kind: MessageKind, occasion: String, _ text: Phrase, except actor: Actor?,
    in transaction: Transaction
  ) throws {
    guard let party = booking.party else { return }
    let persons = try ResourceParties(ground: ground).persons(
      for: party, in: transaction.community, transaction)
    try tell(
      Set(persons), of: booking, kind, occasion: "\(occasion)-booker", text, path: Self.own, except: actor,
      in: transaction)
  }

  /// Where a place has lost its keeper, the station is told.
  private func tellKeeper(
    _ keeper: Party?, of booking: PlaceBooking, _ kind: MessageKind, occasion: String, _ text: Phrase,
    except actor: Actor?, in transaction: Transaction
  ) throws {
    let community = transaction.community
    var persons: [PersonID] = []
    if let keeper, keeper.id != 0 {
      persons = try ResourceParties(ground: ground).persons(for: keeper, in: community, transaction)
    }
    var path = Self.own
    if persons.isEmpty {
      persons = try ground.directory.persons(holding: .socialWorker, in: community, transaction).sorted()
      path = BookingDeskPages.base(booking.place)
    }
    try tell(
      Set(persons), of: booking, kind, occasion: "\(occasion)-keeper", text, path: path, except: actor,
      in: transaction)
  }

  private func tell(
    _ persons: Set<PersonID>, of booking: PlaceBooking, _ kind: MessageKind, occasion: String,
    _ text: Phrase, path: String, except actor: Actor?, in transaction: Transaction
  ) throws {
    try ground.messenger.send(
      persons.filter { $0 != actor?.person }.sorted().map {
        Message(to: $0, kind, about: booking.id.rawValue, occasion: occasion, text, path: path)
      }, in: transaction)
  }
}
