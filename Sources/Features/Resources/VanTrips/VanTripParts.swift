import Kernel
import Web

/// What several pages of trips are put together from.
struct VanTripParts {
  let say: Wording

  func link(_ path: String, _ name: Phrase) -> HTML {
    "<a class=\"button quiet\" href=\"\(path)\">\(say(name))</a>"
  }

  func called(_ party: Party?, _ names: [Party: Phrase]) -> String {
    guard let party else { return say("已经注销的一位", "Somebody who is gone") }
    return say(names[party] ?? party.kind.strangerName)
  }

  /// What is free, or why nothing can be asked for.
  func free(_ trip: VanTrip, _ taken: VanLoad, at now: Timestamp) -> HTML {
    guard trip.state == .planned else { return PageParts.tag(say(trip.state.name)) }
    if now >= trip.terms.joinUntil {
      return PageParts.tag(say("不再收了", "Takes nothing more"), .notice)
    }
    let free = trip.terms.room.beside(taken)
    return free.crates == 0 || free.kilograms == 0
      ? PageParts.tag(say("装满了", "Full"), .notice)
      : PageParts.tag(
        say("还能装 \(free.words.chinese)", "Room for \(free.words.english)"), .good)
  }

  /// - Parameter names: persons are in it only for the station.
  func facts(
    _ trip: VanTrip, _ taken: VanLoad, _ names: [Party: Phrase], _ places: [PlaceID: Phrase] = [:],
    at now: Timestamp
  ) -> HTML {
    let terms = trip.terms
    func place(_ words: String, _ id: PlaceID?) -> HTML {
      let name = id.flatMap { places[$0] }.map { say("（\($0.chinese)）", " (\($0.english))") } ?? ""
      return HTML(text: words + name)
    }
    var entries: [(String, HTML)] = [
      (say("开车的", "Driver"), HTML(text: called(trip.party, names))),
      (say("从", "From"), place(terms.from, terms.fromPlace)),
      (say("到", "To"), place(terms.to, terms.toPlace)),
      (say("出发", "Leaves"), HTML(text: say.dateTime(terms.leavesAt))),
      (say("回来", "Back"), HTML(text: back(terms))),
      (say("最晚登记", "Ask until"), HTML(text: say.dateTime(terms.joinUntil))),
      (say("车上", "On the van"), free(trip, taken, at: now)),
      (say("一共能装", "Room in all"), HTML(text: say(terms.room.words))),
    ]
    if !terms.vehicle.isEmpty { entries.append((say("什么车", "Vehicle"), HTML(text: terms.vehicle))) }
    if !terms.price.isEmpty { entries.append((say("费用", "Cost"), HTML(text: terms.price))) }
    let note: HTML = terms.note.isEmpty ? .empty : "<p>\(PageParts.lines(terms.note))</p>"
    let reason: HTML =
      trip.reason.isEmpty
      ? .empty : "<p>\(say("不去的原因：", "Why it was called off: "))\(trip.reason)</p>"
    return "\(PageParts.definitions(entries))\(note)\(reason)"
  }

  private func back(_ terms: VanTripTerms) -> String {
    if !terms.isReturn { return say("单程", "One way") }
    return terms.returnsAt.map { say.dateTime($0) } ?? say("当天回，时间没定", "Yes, the time is open")
  }

  func state(_ state: VanPart.State) -> HTML {
    let tone: Tone =
      switch state {
      case .confirmed, .carried: .good
      case .asked: .notice
      case .declined, .notCarried: .bad
      case .cancelled: .neutral
      }
    return PageParts.tag(say(state.name), tone)
  }

  // MARK: - For whom

  /// Whom the station may name in a form, or whom a resident acts for.
  struct Choices: Sendable {
    let own: [NamedParty]
    let organisations: [OrganisationCard]
  }

  func whom(_ choices: Choices, _ fields: FormParts, isStaff: Bool) -> HTML {
    if isStaff {
      let organisations = choices.organisations.map { (value: $0.id.description, name: $0.name) }
      return """
        \(fields.select(
          "organisation", Phrase("哪家单位", "Organisation"), options: organisations, isRequired: false))\
        \(fields.text(
          "phone", Phrase("或者：居民、店主登记的手机号", "Or: the number of a resident or shopkeeper"),
          type: "tel", isRequired: false, maximumLength: 40))\
        \(fields.text(
          "shop", Phrase("替店里登的，写店名", "For their shop: its name"), isRequired: false,
          maximumLength: 80))
        """
    }
    // Whoever acts for nobody else need not choose.
    guard choices.own.count > 1 else { return .empty }
    return fields.select(
      "party", Phrase("替谁登", "For whom"),
      options: choices.own.map { ($0.party.formValue, $0.name) })
  }
}
