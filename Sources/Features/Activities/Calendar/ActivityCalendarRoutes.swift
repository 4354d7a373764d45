import Database
import Hummingbird
import Interop
import Kernel
import People
import Security
import Web

extension ActivityProgramme {
  private static let feedLimits = [RateLimit("activities.calendar", 60, per: .minutes(1), by: .address)]

  /// Activities in calendars, by an address that is a secret: calendar programs have no session.
  func addCalendar(_ routes: inout Routes) {
    let own = Objects.own("calendar of activities")
    routes.get("/activity-calendar", for: .signedIn, objects: own) { signedIn in
      try await calendarPage(signedIn)
    }
    routes.post("/activity-calendar/renew", for: .signedIn, objects: own) { try await renewCalendar($0) }
    routes.post("/activity-calendar/stop", for: .signedIn, objects: own) { try await stopCalendar($0) }
    routes.get(
      "/activity-calendars/:token", .everyone,
      objects: .own("activities of whoever was given the address"), limits: Self.feedLimits
    ) { try await feed($0) }
  }

  private func calendarPage(_ signedIn: SignedIn, address: String? = nil) async throws -> Response {
    let (person, community) = (signedIn.personID, signedIn.community.id)
    let createdAt = try await database.read {
      try ActivityCalendarStore.createdAt(of: person, in: community, $0)
    }
    let pages = ActivityCalendarPages(say: signedIn.say, token: signedIn.formToken)
    return .page(pages.page(createdAt: createdAt, address: address), signedIn)
  }

  /// The address is shown in the answer itself: it is stored nowhere, so that there is no later page to show it on, and
  /// sending the form again gives another one.
  private func renewCalendar(_ signedIn: SignedIn) async throws -> Response {
    let (token, person) = (SecretToken.make(.bits128), signedIn.personID)
    try await database.write(in: signedIn.community.id) { transaction in
      try ActivityCalendarStore.renew(token, of: person, in: transaction)
      try transaction.note(
        "activities.calendar_renew", by: .resident(person), of: person.rawValue)
    }
    return try await calendarPage(
      signedIn, address: "\(signedIn.visit.origin)/activity-calendars/\(token.text)")
  }

  private func stopCalendar(_ signedIn: SignedIn) async throws -> Response {
    let person = signedIn.personID
    let form = try await signedIn.form()
    try await change(signedIn, form, "POST /activity-calendar/stop") { transaction in
      try ActivityCalendarStore.remove(of: person, in: transaction)
      try transaction.note("activities.calendar_end", by: .resident(person), of: person.rawValue)
    }
    return .redirect(to: "/activity-calendar")
  }

  private func feed(_ visit: Visit) async throws -> Response {
    let community = visit.community.id
    let (host, origin, say) = (visit.host, visit.origin, visit.say)
    guard let token = SecretToken(try visit.parameter("token"), .bits128) else { throw Problem.notFound }
    let events = try await database.read { snapshot in
      guard let person = try ActivityCalendarStore.person(with: token, in: community, snapshot),
        try directory.reach(of: [person], in: community, snapshot)[person]?.isDisabled == false
      else { throw Problem.notFound }
      let activities = try ActivityStore.shown(
        from: snapshot.now - ActivityCalendar.past, until: snapshot.now + ActivityCalendar.ahead,
        limit: ActivityCalendar.limit, in: community, snapshot)
      let signUps = try SignUpStore.of(
        person, among: activities.map(\.id), in: community, snapshot)
      let own = Dictionary(signUps.map { ($0.activity, $0) }) { first, _ in first }
      return activities.map {
        ActivityCalendar.event($0, own[$0.id], host: host, origin: origin, say)
      }
    }
    return .file(
      ActivityCalendar.text(events, say), name: "activities.ics", type: CalendarFeed.mediaType)
  }
}
