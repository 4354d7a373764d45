import Database
import Hummingbird
import Kernel
import People
import Web

extension ActivityProgramme {
  private static let doorLength = 200

  /// The desk at the door, and what a list on paper says afterwards.
  func addDoorDesk(_ routes: inout Routes) {
    let (staff, limits) = (ActivityStaff.access, ActivityStaff.writes)
    routes.get("/activity-desk/:activity/door", for: staff, objects: .community) { signedIn in
      .page(try await doorPage(signedIn, .empty, []), signedIn)
    }
    routes.post("/activity-desk/:activity/door", for: staff, objects: .community, limits: limits) {
      try await tick($0)
    }
    routes.post("/activity-desk/:activity/door/undo", for: staff, objects: .community, limits: limits) {
      try await untick($0)
    }
  }

  private func doorPage(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let community = signedIn.community.id
    let reading = SignUpReading(directory: directory, cipher: try await cipher(community))
    let behind = signedIn.query("after").flatMap { Int64($0) } ?? 0
    let view = try await database.read { snapshot in
      let activity = try self.activity(signedIn, snapshot)
      if let refusal = CheckInRules.refusal(toTickIn: activity, at: snapshot.now) { throw refusal }
      let found = try SignUpStore.list(
        of: activity.id, behind: behind, limit: Self.doorLength + 1, in: community, snapshot)
      let part = Portion(found, of: Self.doorLength)
      return DoorPages.View(
        activity: activity,
        attendance: try CheckInStore.attendance(
          of: [activity.id], in: community, snapshot)[activity.id] ?? .none,
        signUps: try reading.named(part.shown, in: community, snapshot),
        next: part.last?.turn)
    }
    return DoorPages(say: signedIn.say, token: signedIn.formToken).door(
      view, key: Form.newKey, state, notices: signedIn.savedNotice, alerts: alerts)
  }

  private func tick(_ signedIn: SignedIn) async throws -> Response {
    try await answerDoor(signedIn) { form in
      let actor = try signedIn.actor(of: ActivityStaff.roles)
      let marks = try CheckInForm.marks(form)
      let cipher = try await cipher(signedIn.community.id)
      try await change(signedIn, form, "POST /activity-desk/door") { [checkIns] transaction in
        try checkIns.tick(
          marks, at: try self.activity(signedIn, transaction), sealing: cipher, by: actor, in: transaction)
      }
    }
  }

  private func untick(_ signedIn: SignedIn) async throws -> Response {
    try await answerDoor(signedIn) { form in
      let actor = try signedIn.actor(of: ActivityStaff.roles)
      let id = try form["sign_up"].flatMap { SignUpID($0) }
      try await change(signedIn, form, "POST /activity-desk/door/undo") { [checkIns] transaction in
        let activity = try self.activity(signedIn, transaction)
        guard
          let signUp = try id.flatMap({ try SignUpStore.find($0, in: transaction.community, transaction) }),
          signUp.activity == activity.id
        else { throw Problem.notFound }
        try checkIns.untick(signUp, at: activity, by: actor, in: transaction)
      }
    }
  }

  private func answerDoor(
    _ signedIn: SignedIn, _ work: (Form) async throws -> Void
  ) async throws -> Response {
    let id: ActivityID = try signedIn.id("activity")
    return try await answer(
      signedIn, backTo: "\(ActivityDeskPages.base(id))/door?saved=door",
      page: { try await doorPage(signedIn, $0, $1) }, work)
  }
}
