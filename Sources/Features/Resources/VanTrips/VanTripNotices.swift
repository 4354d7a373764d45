import Database
import Kernel
import Messages
import People
import Web

/// What drivers are told, and those who have something on their trips. Never a name, and never what is sealed.
struct VanTripNotices: Sendable {
  let ground: ResourceGround

  static let asked = MessageKind(
    "resources.van_asked", name: ("有人想搭车带货", "Somebody asks for room"),
    headline: ("有人想搭您的车带货", "somebody asks for room"), isWorthACall: true)
  static let confirmed = MessageKind(
    "resources.van_confirmed", name: ("拼车带货说好了", "There is room for you"),
    headline: ("您要带的货说好了", "there is room for you"), isWorthACall: true)
  static let declined = MessageKind(
    "resources.van_declined", name: ("这趟车没有答应", "This trip was declined"),
    headline: ("这趟车没有答应", "please try another"))
  static let cancelled = MessageKind(
    "resources.van_cancelled", name: ("带货取消了", "A part was cancelled"),
    headline: ("一份带货取消了", "a part was cancelled"), isWorthACall: true)
  static let calledOff = MessageKind(
    "resources.van_called_off", name: ("车不去了", "A trip was called off"),
    headline: ("您等的车不去了", "your trip is off"), isWorthACall: true)
  static let tomorrow = MessageKind(
    "resources.van_tomorrow", name: ("明天出车", "The van leaves tomorrow"),
    headline: ("明天出车带货", "the van leaves soon"), patience: .days(1))

  static let kinds = [asked, confirmed, declined, cancelled, calledOff, tomorrow]

  /// The driver learns that somebody asks, or is on it already.
  func asked(
    _ part: VanPart, on trip: VanTrip, exceptFor person: PersonID?, in transaction: Transaction
  ) throws {
    let (route, load) = (try route(trip, in: transaction), part.load.words)
    let text =
      part.state == .confirmed
      ? Phrase(
        "\(route.chinese)：又上了一份，\(load.chinese)。", "\(route.english): one more is on it, \(load.english).")
      : Phrase(
        "\(route.chinese)：有人想带 \(load.chinese)，请您答复。",
        "\(route.english): somebody asks for \(load.english). Please answer.")
    try tell(
      trip.party, Self.asked, about: part.id.rawValue, occasion: "asked", text, of: trip, exceptFor: person,
      in: transaction)
  }

  /// A part went to another state: each side learns what the other did.
  func moved(
    _ part: VanPart, to state: VanPart.State, on trip: VanTrip, exceptFor person: PersonID?,
    in transaction: Transaction
  ) throws {
    let route = try route(trip, in: transaction)
    switch state {
    case .asked, .carried, .notCarried: return
    case .confirmed:
      try tell(
        part.party, Self.confirmed, about: part.id.rawValue, occasion: state.rawValue,
        Phrase(
          "\(route.chinese)：您的 \(part.load.words.chinese) 有地方了。",
          "\(route.english): there is room for your \(part.load.words.english)."), of: trip,
        exceptFor: person, in: transaction)
    case .declined:
      try tell(
        part.party, Self.declined, about: part.id.rawValue, occasion: state.rawValue,
        Phrase(
          "\(route.chinese)：这趟没有答应，可以看看别的车。",
          "\(route.english): this trip could not take it. Please look for another."), of: trip,
        exceptFor: person, in: transaction)
    case .cancelled:
      let text = Phrase(
        "\(route.chinese)：\(part.load.words.chinese) 的一份取消了。",
        "\(route.english): a part of \(part.load.words.english) was cancelled.")
      for party in [trip.party, part.party] {
        try tell(
          party, Self.cancelled, about: part.id.rawValue, occasion: state.rawValue, text, of: trip,
          exceptFor: person, in: transaction)
      }
    }
  }

  /// Those who had asked or were on it learn that it does not take place. Why stands on its page, sealed.
  func calledOff(
    _ trip: VanTrip, _ parts: [VanPart], exceptFor person: PersonID?, in transaction: Transaction
  ) throws {
    let route = try route(trip, in: transaction)
    let text = Phrase(
      "\(route.chinese)：这趟车不去了，请看看别的车。",
      "\(route.english): this trip does not take place. Please look for another.")
    let concerned = Set(parts.filter(\.state.isOpen).compactMap(\.party))
    for party in concerned.sorted() + [trip.party].compactMap(\.self) {
      try tell(
        party, Self.calledOff, about: trip.id.rawValue, occasion: "called-off", text, of: trip,
        exceptFor: person, in: transaction)
    }
  }

  /// The driver and those whose load is agreed on are told the evening before.
  func tomorrow(_ trip: VanTrip, _ parts: [VanPart], in transaction: Transaction) throws {
    let route = try route(trip, in: transaction)
    let text = Phrase(
      "\(route.chinese)。请把东西准备好。", "\(route.english). Please have everything ready.")
    let agreed = Set(parts.filter { $0.state == .confirmed }.compactMap(\.party))
    for party in [trip.party].compactMap(\.self) + agreed.sorted() {
      try tell(
        party, Self.tomorrow, about: trip.id.rawValue, occasion: "tomorrow", text, of: trip,
        exceptFor: nil, in: transaction)
    }
  }

  private func tell(
    _ party: Party?, _ kind: MessageKind, about subject: Int64, occasion: String, _ text: Phrase,
    of trip: VanTrip, exceptFor person: PersonID?, in transaction: Transaction
  ) throws {
    guard let party else { return }
    let persons = try ResourceParties(ground: ground).persons(
      for: party, in: transaction.community, transaction)
    try ground.messenger.send(
      Set(persons).filter { $0 != person }.sorted().map {
        Message(
          to: $0, kind, about: subject, occasion: occasion, text, path: VanTrip.path(trip.id))
      }, in: transaction)
  }

  /// When it leaves, on the community's clocks, and where it goes.
  private func route(_ trip: VanTrip, in transaction: Transaction) throws -> Phrase {
    guard let card = try ground.directory.community(transaction.community, transaction) else {
      throw Problem.internalFault
    }
    func time(_ language: Language) -> String {
      Wording(language, offsetSeconds: card.offsetSeconds).dateTime(trip.terms.leavesAt)
    }
    let route = trip.terms.route
    return Phrase(
      "\(time(.chinese)) \(route.chinese)", "\(time(.english)), \(route.english)")
  }
}
