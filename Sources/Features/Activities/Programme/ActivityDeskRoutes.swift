import Database
import Hummingbird
import Kernel
import People
import Web

extension ActivityProgramme {
  private static let deskPageLength = 50

  /// Where the station makes activities, publishes, changes, cancels and closes them.
  func addDesk(_ routes: inout Routes) {
    let (staff, limits) = (ActivityStaff.access, ActivityStaff.writes)
    routes.get("/activity-desk", for: staff, objects: .community) { try await deskList($0) }
    routes.get("/activity-desk/new", for: staff, objects: .community) { signedIn in
      .page(try await newPage(signedIn, nil, []), signedIn)
    }
    routes.post("/activity-desk", for: staff, objects: .community, limits: limits) { try await make($0) }
    routes.get("/activity-desk/:activity", for: staff, objects: .community) { signedIn in
      .page(try await deskPage(signedIn, .empty, []), signedIn)
    }
    routes.get("/activity-desk/:activity/change", for: staff, objects: .community) { signedIn in
      .page(try await changePage(signedIn, nil, []), signedIn)
    }
    routes.post("/activity-desk/:activity/change", for: staff, objects: .community, limits: limits) {
      try await write($0)
    }
    routes.post("/activity-desk/:activity/publish", for: staff, objects: .community, limits: limits) {
      signedIn in
      try await step(signedIn, "POST /activity-desk/publish") { [desk] id, form in
        let (seen, actor) = (try ActivityForm.seen(form), try signedIn.actor(of: ActivityStaff.roles))
        return { try desk.publish(id, seen: seen, by: actor, in: $0) }
      }
    }
    routes.post("/activity-desk/:activity/cancel", for: staff, objects: .community, limits: limits) {
      signedIn in
      try await step(signedIn, "POST /activity-desk/cancel") { [desk] id, form in
        let (seen, actor) = (try ActivityForm.seen(form), try signedIn.actor(of: ActivityStaff.roles))
        let reason = try ActivityForm.reason(form)
        return { try desk.cancel(id, because: reason, seen: seen, by: actor, in: $0) }
      }
    }
    routes.get("/activity-desk/:activity/close", for: staff, objects: .community) { signedIn in
      .page(try await closePage(signedIn, nil, []), signedIn)
    }
    routes.post("/activity-desk/:activity/close", for: staff, objects: .community, limits: limits) {
      try await close($0)
    }
  }

  private func pages(_ signedIn: SignedIn) -> ActivityDeskPages {
    ActivityDeskPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
  }

  private func formPages(_ signedIn: SignedIn) -> ActivityFormPages {
    ActivityFormPages(say: signedIn.say, token: signedIn.formToken)
  }

  // MARK: - All

  private func deskList(_ signedIn: SignedIn) async throws -> Response {
    let isPast = signedIn.query("past") != nil
    let cursor = signedIn.query("after").flatMap { ActivityCursor($0) }
    let community = signedIn.community.id
    let (activities, attendance) = try await database.read { snapshot in
      let activities = try ActivityStore.list(
        isPast ? .deskPast : .deskComing, after: cursor, limit: Self.deskPageLength + 1, in: community,
        snapshot)
      return (
        activities,
        try CheckInStore.attendance(of: activities.map(\.id), in: community, snapshot)
      )
    }
    let part = Portion(activities, of: Self.deskPageLength)
    let page = pages(signedIn).list(
      part.shown.map { ($0, attendance[$0.id] ?? .none) }, isPast: isPast,
      next: part.last.map { "/activity-desk?\(isPast ? "past=1&" : "")after=\(ActivityCursor($0).text)" })
    return .page(page, signedIn)
  }

  // MARK: - One

  /// The activity in the path, for the station.
  /// - Throws: `not_found`.
  func activity(_ signedIn: SignedIn, _ snapshot: Snapshot) throws -> Activity {
    guard
      let activity = try ActivityStore.find(
        try signedIn.id("activity"), in: signedIn.community.id, snapshot)
    else { throw Problem.notFound }
    return activity
  }

  private func deskPage(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let community = signedIn.community.id
    let cipher = try await cipher(community)
    let view = try await database.read { snapshot in
      let activity = try self.activity(signedIn, snapshot)
      let organiser = activity.terms.organiser
      return ActivityDeskPages.View(
        activity: activity,
        organiser: try directory.displayNames(of: [organiser], in: community, snapshot)[organiser],
        subject: try subject(of: activity, in: community, snapshot),
        attendance: try CheckInStore.attendance(
          of: [activity.id], in: community, snapshot)[activity.id] ?? .none,
        closing: try ActivityClosingStore.find(
          activity.id, opening: cipher, in: community, snapshot))
    }
    return pages(signedIn).activity(
      view, key: Form.newKey, state, notices: signedIn.savedNotice, alerts: alerts)
  }

  /// One of the buttons on an activity's page.
  private func step(
    _ signedIn: SignedIn, _ operation: StaticString,
    _ read: (ActivityID, Form) throws -> @Sendable (Transaction) throws -> Void
  ) async throws -> Response {
    let id: ActivityID = try signedIn.id("activity")
    return try await answer(
      signedIn, backTo: "\(ActivityDeskPages.base(id))?saved=step",
      page: { try await deskPage(signedIn, $0, $1) }
    ) { form in
      try await change(signedIn, form, operation, try read(id, form))
    }
  }

  // MARK: - What it is

  private func choices(
    _ signedIn: SignedIn, _ snapshot: Snapshot
  ) throws -> ActivityFormPages.Choices {
    let community = signedIn.community.id
    let organisers = try desk.organisers(in: community, snapshot)
    let names = try directory.displayNames(of: organisers, in: community, snapshot)
    return ActivityFormPages.Choices(
      organisers: organisers.sorted().map { ($0.description, Phrase(same: names[$0] ?? "—")) },
      subjects: try subjects.offered(community, snapshot))
  }

  private func newPage(_ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]) async throws -> Page {
    let choices = try await database.read { try self.choices(signedIn, $0) }
    let fresh = FormState(["organiser": signedIn.personID.description, "subject": ActivityForm.noSubject])
    return formPages(signedIn).terms(nil, choices, key: Form.newKey, state ?? fresh, alerts: alerts)
  }

  private func make(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await newPage(signedIn, $0, $1) },
      work: {
        let actor = try signedIn.actor(of: ActivityStaff.roles)
        let terms = try ActivityForm.terms(form, offsetSeconds: signedIn.community.offsetSeconds)
        let id = try await database.make(
          in: signedIn.community.id, once: try form.onceKey("POST /activity-desk", signedIn)
        ) { [desk] transaction in
          try desk.make(terms, by: actor, in: transaction)
        }
        return .redirect(to: "/activity-desk/\(id)?saved=activity")
      })
  }

  private func changePage(
    _ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]
  ) async throws -> Page {
    let (activity, choices) = try await database.read { snapshot in
      (try self.activity(signedIn, snapshot), try self.choices(signedIn, snapshot))
    }
    let stored = ActivityForm.state(
      activity.terms, offsetSeconds: signedIn.community.offsetSeconds)
    return formPages(signedIn).terms(activity, choices, key: Form.newKey, state ?? stored, alerts: alerts)
  }

  private func write(_ signedIn: SignedIn) async throws -> Response {
    let id: ActivityID = try signedIn.id("activity")
    return try await answer(
      signedIn, backTo: "\(ActivityDeskPages.base(id))?saved=activity",
      page: { try await changePage(signedIn, $0, $1) }
    ) { form in
      let actor = try signedIn.actor(of: ActivityStaff.roles)
      let terms = try ActivityForm.terms(form, offsetSeconds: signedIn.community.offsetSeconds)
      let seen = try ActivityForm.seen(form)
      try await change(signedIn, form, "POST /activity-desk/change") { [desk] transaction in
        try desk.write(terms, to: id, seen: seen, by: actor, in: transaction)
      }
    }
  }

  // MARK: - What became of it

  private func closePage(
    _ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]
  ) async throws -> Page {
    let community = signedIn.community.id
    let cipher = try await cipher(community)
    let (activity, closing) = try await database.read { snapshot in
      let activity = try self.activity(signedIn, snapshot)
      if let refusal = ActivityRules.refusal(toClose: activity, at: snapshot.now) { throw refusal }
      return (
        activity,
        try ActivityClosingStore.find(activity.id, opening: cipher, in: community, snapshot)
      )
    }
    return formPages(signedIn).closing(
      activity, key: Form.newKey, state ?? ActivityForm.state(closing, activity), alerts: alerts)
  }

  private func close(_ signedIn: SignedIn) async throws -> Response {
    let id: ActivityID = try signedIn.id("activity")
    return try await answer(
      signedIn, backTo: "\(ActivityDeskPages.base(id))?saved=close",
      page: { try await closePage(signedIn, $0, $1) }
    ) { form in
      let actor = try signedIn.actor(of: ActivityStaff.roles)
      let (closing, seen) = (try ActivityForm.closing(form), try ActivityForm.seen(form))
      let cipher = try await cipher(signedIn.community.id)
      try await change(signedIn, form, "POST /activity-desk/close") { [desk] transaction in
        try desk.close(
          id, closing.satisfaction, leads: closing.leads, expense: closing.expense, seen: seen,
          sealing: cipher, by: actor, in: transaction)
      }
    }
  }
}
