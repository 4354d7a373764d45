import Database
import Hummingbird
import Kernel
import People
import Web

extension Logistics {
  private static let deskLength = 200

  /// Where the station opens places for booking, sees what is booked, and prints it.
  func addDesk(_ routes: inout Routes) {
    let staff = ResourceStaff.access
    routes.get("/booking-desk", for: staff, objects: .community) { signedIn in
      .page(try await listPage(signedIn, []), signedIn)
    }
    routes.get("/booking-desk/:place", for: staff, objects: .community) { signedIn in
      .page(try await deskPage(signedIn, day: signedIn.query("day"), .init(), []), signedIn)
    }
    routes.get("/booking-desk/:place/sheet", for: staff, objects: .community) { try await sheet($0) }
  }

  private func pages(_ signedIn: SignedIn) -> BookingDeskPages {
    BookingDeskPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
  }

  // MARK: - All

  func listPage(_ signedIn: SignedIn, _ alerts: [HTML]) async throws -> Page {
    let community = signedIn.community.id
    let cipher = try await ground.cipher(community)
    let view = try await ground.database.read { snapshot in
      let all = try BookablePlaceStore.list(
        isClosed: true, limit: Self.deskLength, in: community, snapshot)
      let ids = Set(all.map(\.id))
      let places = Dictionary(
        try PlaceStore.find(ids, in: community, snapshot).map { ($0.id, $0) }
      ) { first, _ in first }
      let rows = all.compactMap { bookable in
        places[bookable.id].map {
          BookingDeskPages.Row(
            bookable: bookable, name: $0.terms.name, isCurrent: $0.isCurrent(at: snapshot.now))
        }
      }
      let gone = Set(rows.filter { !$0.isCurrent }.map(\.bookable.id))
      func waiting(_ state: PlaceBooking.State) throws -> [PlaceBooking] {
        try BookingStore.waiting(
          in: state, limit: Self.deskLength, opening: cipher, in: community, snapshot)
      }
      let toCall = try BookingStore.open(
        at: gone, isOver: false, limit: Self.deskLength, opening: cipher, in: community, snapshot)
      let asked = try waiting(.asked).filter {
        $0.state(at: snapshot.now) == .asked && !gone.contains($0.place)
      }
      let unsaid = try waiting(.confirmed).filter { $0.time.to <= snapshot.now }
      func shown(_ bookings: [PlaceBooking]) throws -> [ShownBooking] {
        try self.shown(bookings, to: nil, in: community, snapshot)
      }
      return BookingDeskPages.Overview(
        rows: rows,
        others: try PlaceDirectory().choices(in: community, snapshot).filter { !ids.contains($0.id) },
        asked: try shown(asked), toCall: try shown(toCall), unsaid: try shown(unsaid))
    }
    return pages(signedIn).list(view, key: Form.newKey, alerts: signedIn.savedNotice + alerts)
  }

  // MARK: - One

  func deskPage(
    _ signedIn: SignedIn, day text: String?, _ typed: BookingDeskPages.Typed, _ alerts: [HTML]
  ) async throws -> Page {
    let (community, directory) = (signedIn.community.id, directory(signedIn.visit))
    let id: PlaceID = try signedIn.id("place")
    let (week, day) = (BookingForm.day(signedIn.query("week")), BookingForm.day(text))
    let cipher = try await ground.cipher(community)
    let view = try await ground.database.read { snapshot in
      guard let place = try PlaceStore.find(id, in: community, snapshot) else { throw Problem.notFound }
      let entry = try directory.find(id, in: community, snapshot)
      func open(isOver: Bool) throws -> [ShownBooking] {
        let found = try BookingStore.open(
          at: [id], isOver: isOver, limit: Self.deskLength, opening: cipher, in: community, snapshot)
        let concerning = found.filter { !isOver || $0.state == .confirmed }
        return try self.shown(concerning, to: nil, in: community, snapshot)
      }
      let keeper = entry?.bookable.terms.keeper
      let names = try parties.names(of: Set([keeper].compactMap(\.self)), in: community, snapshot)
      let shown = entry.map { Self.shown($0.calendar, week: week, day: day) }
      return BookingDeskPages.View(
        place: place, entry: entry, keeper: keeper.flatMap { names[$0] },
        others: try parties.others(in: community, snapshot),
        ahead: try open(isOver: false), unsaid: try open(isOver: true),
        start: shown?.start ?? BookingCalendar.midnight(signedIn.say.civil(snapshot.now)), day: shown?.day)
    }
    return pages(signedIn).place(view, key: Form.newKey, typed, alerts: signedIn.savedNotice + alerts)
  }

  /// A week for the door, from today or from the day that is asked for.
  private func sheet(_ signedIn: SignedIn) async throws -> Response {
    let (community, directory) = (signedIn.community, directory(signedIn.visit))
    let id: PlaceID = try signedIn.id("place")
    let today = BookingCalendar.midnight(signedIn.say.civil(signedIn.now))
    let start = BookingForm.day(signedIn.query("from")) ?? today
    let from = start.timestamp(offsetSeconds: community.offsetSeconds)
    let (entry, lines) = try await ground.database.read { snapshot in
      guard let entry = try directory.find(id, in: community.id, snapshot) else { throw Problem.notFound }
      let taken = try BookingStore.taken(
        at: id, from: from, to: from + .days(BookingCalendar.length), in: community.id, snapshot)
      let names = try parties.publicNames(
        of: Set(taken.compactMap(\.party)), in: community.id, snapshot)
      let lines = taken.map { booking in
        BookingSheetPages.Line(booking: booking, name: booking.party.flatMap { names[$0] })
      }
      return (entry, lines)
    }
    let page = BookingSheetPages(say: signedIn.say).week(
      entry, lines, from: start, phone: community.phoneNumber)
    return .page(page, signedIn)
  }
}
