import Database
import Hummingbird
import Kernel
import People
import Web

extension ActivityProgramme {
  private static let listLength = 100

  /// Where the station signs people up: by telephone, at the counter, with an account or without.
  func addSignUpDesk(_ routes: inout Routes) {
    let (staff, limits) = (ActivityStaff.access, ActivityStaff.writes)
    routes.get("/activity-desk/:activity/sign-ups", for: staff, objects: .community) { signedIn in
      .page(try await signUpPage(signedIn, nil, .empty, []), signedIn)
    }
    routes.post("/activity-desk/:activity/sign-ups", for: staff, objects: .community, limits: limits) {
      try await signUpNamed($0)
    }
    routes.post("/activity-desk/:activity/walk-ins", for: staff, objects: .community, limits: limits) {
      try await signUpNameless($0)
    }
    routes.post(
      "/activity-desk/:activity/sign-ups/:sign_up/cancel", for: staff, objects: .community, limits: limits
    ) { try await cancelSignUp($0) }
  }

  private func signUpPage(
    _ signedIn: SignedIn, _ place: SignUpDeskPages.Place?, _ state: FormState, _ alerts: [HTML]
  ) async throws -> Page {
    let community = signedIn.community.id
    let reading = SignUpReading(directory: directory, cipher: try await cipher(community))
    let behind = signedIn.query("after").flatMap { Int64($0) } ?? 0
    let door = place == .named ? SignUpForm.typedDoor(state) : nil
    let view = try await database.read { snapshot in
      let activity = try self.activity(signedIn, snapshot)
      let found = try SignUpStore.list(
        of: activity.id, behind: behind, limit: Self.listLength + 1, in: community, snapshot)
      let part = Portion(found, of: Self.listLength)
      let household = try door.map { try signUps.persons(at: $0, in: community, snapshot) } ?? []
      let names = try directory.displayNames(of: household, in: community, snapshot)
      return SignUpDeskPages.View(
        activity: activity,
        attendance: try CheckInStore.attendance(
          of: [activity.id], in: community, snapshot)[activity.id] ?? .none,
        signUps: try reading.named(part.shown, in: community, snapshot),
        next: part.last?.turn,
        household: household.map { ($0, names[$0] ?? "—") })
    }
    return SignUpDeskPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now).list(
      view, key: Form.newKey, place, state, notices: signedIn.savedNotice, alerts: alerts)
  }

  private func signUpNamed(_ signedIn: SignedIn) async throws -> Response {
    try await answerSignUp(signedIn, .named) { form in
      let actor = try signedIn.actor(of: ActivityStaff.roles)
      let (channel, asked) = try SignUpForm.read(form)
      try await change(signedIn, form, "POST /activity-desk/sign-ups") { transaction in
        let activity = try self.activity(signedIn, transaction)
        let person = try signUps.person(asked, in: transaction.community, transaction)
        try signUps.take(person, channel, in: activity, by: actor, in: transaction)
      }
    }
  }

  private func signUpNameless(_ signedIn: SignedIn) async throws -> Response {
    try await answerSignUp(signedIn, .nameless) { form in
      let actor = try signedIn.actor(of: ActivityStaff.roles)
      let name = try CheckInForm.name(form)
      let cipher = try await cipher(signedIn.community.id)
      try await change(signedIn, form, "POST /activity-desk/walk-ins") { transaction in
        try signUps.takeNameless(
          name, in: try self.activity(signedIn, transaction), sealing: cipher, by: actor, in: transaction)
      }
    }
  }

  private func cancelSignUp(_ signedIn: SignedIn) async throws -> Response {
    let id: SignUpID = try signedIn.id("sign_up")
    return try await answerSignUp(signedIn, nil) { form in
      let actor = try signedIn.actor(of: ActivityStaff.roles)
      try await change(signedIn, form, "POST /activity-desk/sign-ups/cancel") { transaction in
        let activity = try self.activity(signedIn, transaction)
        guard let signUp = try SignUpStore.find(id, in: transaction.community, transaction),
          signUp.activity == activity.id
        else { throw Problem.notFound }
        try signUps.cancel(signUp, in: activity, by: actor, in: transaction)
      }
    }
  }

  private func answerSignUp(
    _ signedIn: SignedIn, _ place: SignUpDeskPages.Place?, _ work: (Form) async throws -> Void
  ) async throws -> Response {
    let id: ActivityID = try signedIn.id("activity")
    return try await answer(
      signedIn, backTo: "\(ActivityDeskPages.base(id))/sign-ups?saved=sign-up",
      page: { try await signUpPage(signedIn, place, $0, $1) }, work)
  }
}
