import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Web

extension ActivityProgramme {
  /// A hall full of people shares one address; a script does not get far with it.
  private static let arrivals = [RateLimit("activities.arrive", 120, per: .minutes(10), by: .address)]
  /// Seconds after which the screen asks for the next code.
  private static let renewal = "15"

  /// The code at the entrance, and checking in with it.
  func addCheckIn(_ routes: inout Routes) {
    routes.get("/activity-desk/:activity/code", for: ActivityStaff.access, objects: .community) {
      try await screen($0)
    }
    routes.get("/activities/:activity/here", .everyone, objects: .community) { visit in
      try await here(visit)
    }
    routes.post("/activities/:activity/here", .everyone, objects: .community, limits: Self.arrivals) {
      visit in try await arrive(visit)
    }
  }

  /// The browser renews the page by itself, without a script, for as long as there is a code to show.
  private func screen(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    let (activity, attendance) = try await database.read { snapshot in
      let activity = try self.activity(signedIn, snapshot)
      if let refusal = CheckInRules.refusal(toShowCodeOf: activity, at: snapshot.now) { throw refusal }
      return (
        activity, try CheckInStore.attendance(of: [activity.id], in: community, snapshot)[activity.id]
      )
    }
    let code = codes.code(of: activity.id, at: signedIn.now)
    let page = try CheckInPages(say: signedIn.say, token: signedIn.formToken).screen(
      activity, address: "\(signedIn.visit.origin)\(CheckInPages.path(activity.id))?code=\(code)",
      present: attendance?.present ?? 0)
    var response = Response.page(page, signedIn)
    if let name = HTTPField.Name("Refresh") { response.headers[name] = Self.renewal }
    return response
  }

  // MARK: - Who scanned it

  private func pages(_ visit: Visit) -> CheckInPages {
    CheckInPages(say: visit.say, token: visit.formToken)
  }

  /// Whoever scans the code gets a ticket, so that signing in does not cost them the next code.
  private func here(_ visit: Visit) async throws -> Response {
    let id: ActivityID = try visit.id("activity")
    let (community, person) = (visit.community.id, visit.session?.personID)
    let (activity, signUp) = try await database.read { snapshot in
      let activity = try ActivityStore.shown(id, in: community, snapshot)
      return (
        activity,
        try person.flatMap { try SignUpStore.find(of: $0, in: id, in: community, snapshot) }
      )
    }
    if signUp?.checkIn != nil || visit.query("done") != nil {
      return .page(pages(visit).done(activity), visit)
    }
    if let refusal = CheckInRules.refusal(toShowCodeOf: activity, at: visit.now) { throw refusal }
    let ticket = try ticket(of: id, visit)
    return .page(herePage(activity, visit, ticket, .empty, []), visit)
  }

  /// - Throws: `activities.check_in_code_old`.
  private func ticket(of id: ActivityID, _ visit: Visit) throws -> String {
    if let ticket = visit.query("ticket"), codes.acceptsTicket(ticket, of: id, at: visit.now) {
      return ticket
    }
    guard let code = visit.query("code"), codes.accepts(code, of: id, at: visit.now) else {
      throw Problem.checkInCodeOld
    }
    return codes.ticket(of: id, at: visit.now)
  }

  private func herePage(
    _ activity: Activity, _ visit: Visit, _ ticket: String, _ state: FormState, _ alerts: [HTML]
  ) -> Page {
    visit.session == nil
      ? pages(visit).stranger(activity, ticket: ticket, key: Form.newKey, state, alerts: alerts)
      : pages(visit).here(activity, ticket: ticket, key: Form.newKey, alerts: alerts)
  }

  private func arrive(_ visit: Visit) async throws -> Response {
    let id: ActivityID = try visit.id("activity")
    let community = visit.community.id
    let form = try await visit.form()
    let ticket = try form["ticket"] ?? ""
    guard codes.acceptsTicket(ticket, of: id, at: visit.now) else { throw Problem.checkInCodeOld }
    return try await FormAgain.answer(
      visit, form,
      page: { state, alerts in
        let activity = try await database.read { try ActivityStore.shown(id, in: community, $0) }
        return herePage(activity, visit, ticket, state, alerts)
      },
      work: {
        try await arrive(at: id, visit, form)
        return .redirect(to: "\(CheckInPages.path(id))?done=1")
      })
  }

  private func arrive(at id: ActivityID, _ visit: Visit, _ form: Form) async throws {
    let name = try CheckInForm.name(form)
    let person = visit.session?.personID
    let key = try form.onceKey(
      "POST /activities/here", by: person ?? Actor.stranger.person, to: visit.path)
    let cipher = try await cipher(visit.community.id)
    try await database.change(in: visit.community.id, once: key) { [checkIns] transaction in
      let activity = try ActivityStore.shown(id, in: transaction.community, transaction)
      if let person {
        try checkIns.arrive(person, at: activity, in: transaction)
      } else {
        try checkIns.arriveNameless(name, at: activity, sealing: cipher, in: transaction)
      }
    }
  }
}
