import Database
import Hummingbird
import Kernel
import People
import Web

extension Logistics {
  private static let listLength = 100
  static let limits = [RateLimit("resources.booking", 60, per: .minutes(10))]

  var parties: ResourceParties { ResourceParties(ground: ground) }

  /// Where everybody sees what is free, and books it.
  func addPlaces(_ routes: inout Routes) {
    routes.get("/bookable-places", .everyone, objects: .community) { try await list($0) }
    routes.get("/bookable-places/:place", .everyone, objects: .community) { visit in
      .page(try await placePage(visit, day: visit.query("day"), nil, []), visit)
    }
    routes.post(
      "/bookable-places/:place/bookings", for: .signedIn,
      objects: .own("bookings of the person and of whom they represent"), limits: Self.limits
    ) { try await book($0) }
  }

  /// Where those whom bookings concern see and answer them.
  func addOwn(_ routes: inout Routes) {
    let own = Objects.own("bookings of the person and of whom they represent, and of places that they keep")
    routes.get("/my-bookings", for: .signedIn, objects: own) { signedIn in
      .page(try await ownPage(signedIn, []), signedIn)
    }
    for step in BookingStep.allCases {
      routes.post(
        "/my-bookings/:booking/\(step.rawValue)", for: .signedIn, objects: own, limits: Self.limits
      ) { try await move($0, step) }
    }
  }

  /// These pages are for residents: what the station alone knows of it books at its desk.
  private static func seen(by visit: Visit) -> Set<Place.Visibility> {
    PlaceRules.seen(isSignedIn: visit.session != nil, isStaff: false)
  }

  func directory(_ visit: Visit) -> BookingDirectory {
    BookingDirectory(offsetSeconds: visit.community.offsetSeconds)
  }

  private func pages(_ visiting: some Visiting) -> BookingPages {
    let visit = visiting.visit
    return BookingPages(say: visit.say, token: visit.formToken, now: visit.now)
  }

  // MARK: - Places

  private func list(_ visit: Visit) async throws -> Response {
    let (community, seen, directory) = (visit.community.id, Self.seen(by: visit), directory(visit))
    let entries = try await ground.database.read {
      try directory.shown(to: seen, days: BookingPages.glance, in: community, $0)
    }
    return .page(pages(visit).list(entries), visit)
  }

  private func placePage(
    _ visit: Visit, day text: String?, _ state: FormState?, _ alerts: [HTML]
  ) async throws -> Page {
    let (community, seen, directory) = (visit.community.id, Self.seen(by: visit), directory(visit))
    let id: PlaceID = try visit.id("place")
    let (person, chosen) = (visit.session?.personID, BookingForm.day(text))
    let week = BookingForm.day(visit.query("week"))
    let view = try await ground.database.read { snapshot in
      let entry = try directory.find(id, seenBy: seen, in: community, snapshot)
      let keeper = entry.bookable.terms.keeper
      let own = try person.map { person in
        try parties.own(of: person, in: community, snapshot)
          .filter { entry.bookable.terms.audience.admits($0.party) }
      }
      let shown = Self.shown(entry.calendar, week: week, day: chosen)
      return BookingPages.View(
        entry: entry,
        keeper: try parties.publicNames(of: [keeper], in: community, snapshot)[keeper],
        start: shown.start, day: shown.day, parties: own)
    }
    return pages(visit).place(view, key: Form.newKey, state, alerts: alerts)
  }

  /// Where the calendar begins, and which day is booked: the one that was asked for, or the first with room.
  static func shown(
    _ calendar: BookingCalendar, week: CivilDateTime?, day: CivilDateTime?
  ) -> (start: CivilDateTime, day: BookingDay?) {
    let start = calendar.within(week ?? day ?? calendar.today)
    let chosen = day.map { calendar.day(calendar.within($0)) }
    return (start, chosen ?? calendar.days(from: start).first { $0.hasRoom })
  }

  private func book(_ signedIn: SignedIn) async throws -> Response {
    let id: PlaceID = try signedIn.id("place")
    let (actor, offset) = (
      Actor(person: signedIn.personID, role: .resident), signedIn.community.offsetSeconds
    )
    let cipher = try await ground.cipher(signedIn.community.id)
    let form = try await signedIn.form()
    let day = form.all("day").first
    return try await ground.answer(
      signedIn, backTo: "/my-bookings?saved=booking",
      page: { try await placePage(signedIn.visit, day: day, $0, $1) }
    ) { form in
      let wish = try BookingForm.wish(form, offsetSeconds: offset)
      guard let party = wish.party else { throw Problem.forbidden }
      try await ground.change(signedIn, form, "POST /bookable-places/bookings") { [desk] transaction in
        _ = try desk.book(
          BookingWish(party: party, time: wish.time, purpose: wish.purpose), at: id, offsetSeconds: offset,
          sealing: cipher, by: actor, isByWorker: false, in: transaction)
      }
    }
  }

  // MARK: - Bookings

  private func ownPage(_ signedIn: SignedIn, _ alerts: [HTML]) async throws -> Page {
    let (community, person) = (signedIn.community.id, signedIn.personID)
    let cipher = try await ground.cipher(community)
    let own = try await ground.database.read { snapshot in
      let acting = try parties.own(of: person, in: community, snapshot)
      let places = try acting.flatMap {
        try BookablePlaceStore.kept(by: $0.party, limit: Self.listLength, in: community, snapshot)
      }
      let kept = try [true, false].flatMap { isOver in
        try BookingStore.open(
          at: Set(places.map(\.id)), isOver: isOver, limit: Self.listLength, opening: cipher, in: community,
          snapshot)
      }
      let booked = try acting.flatMap {
        try BookingStore.of(
          $0.party, limit: Self.listLength, opening: cipher, in: community, snapshot)
      }
      let shown = try self.shown(kept + booked, to: acting, in: community, snapshot)
      return BookingPages.Own(
        kept: Array(shown.prefix(kept.count)), isKeeper: !places.isEmpty,
        booked: shown.dropFirst(kept.count).sorted { $0.booking.time.from > $1.booking.time.from })
    }
    return pages(signedIn).own(own, key: Form.newKey, alerts: signedIn.savedNotice + alerts)
  }

  /// Bookings with the names of whoever has them, for those whom they concern and for the station.
  ///
  /// - Parameter acting: for whom the reader acts; nil for the station, which may do what either side may.
  func shown(
    _ bookings: [PlaceBooking], to acting: [NamedParty]?, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ShownBooking] {
    let own = Set((acting ?? []).map(\.party))
    var names = try parties.names(of: Set(bookings.compactMap(\.party)), in: community, snapshot)
    for named in acting ?? [] { names[named.party] = named.name }
    let ids = Set(bookings.map(\.place))
    let cards = try PlaceDirectory().cards(of: ids, in: community, snapshot)
    let places = try BookablePlaceStore.find(ids, in: community, snapshot)
    return bookings.map { booking in
      let terms = places[booking.place]?.terms
      return ShownBooking(
        booking: booking, place: cards[booking.place]?.name ?? Phrase("一个地方", "A place"),
        unit: terms?.unit ?? "",
        who: booking.party.flatMap { names[$0] } ?? Phrase("不在了", "Somebody who is gone"),
        isBooker: acting == nil || booking.party.map(own.contains) ?? false,
        isKeeper: acting == nil || (terms?.keeper).map(own.contains) ?? false)
    }
  }

  private func move(_ signedIn: SignedIn, _ step: BookingStep) async throws -> Response {
    let id: PlaceBookingID = try signedIn.id("booking")
    let actor = Actor(person: signedIn.personID, role: .resident)
    return try await ground.answer(
      signedIn, backTo: "/my-bookings?saved=step", page: { _, alerts in try await ownPage(signedIn, alerts) }
    ) { form in
      let seen = try ResourceForm.seen(form)
      try await ground.change(signedIn, form, "POST /my-bookings/step") { [desk] in
        try desk.move(id, to: step.state, seen: seen, by: actor, isByWorker: false, in: $0)
      }
    }
  }
}
