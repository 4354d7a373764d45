import Database
import Hummingbird
import Kernel
import People
import Security
import Web

extension ActivityProgramme {
  /// What was said and decided at an activity.
  func addMinutes(_ routes: inout Routes) {
    let staff = ActivityStaff.access
    routes.get("/activity-desk/:activity/minutes", for: staff, objects: .community) { signedIn in
      .page(try await minutesPage(signedIn, nil, []), signedIn)
    }
    routes.post(
      "/activity-desk/:activity/minutes", for: staff, objects: .community, limits: ActivityStaff.writes
    ) { try await writeMinutes($0) }
  }

  private func minutesPage(
    _ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]
  ) async throws -> Page {
    let community = signedIn.community.id
    let cipher = try await cipher(community)
    let (activity, versions, names) = try await database.read { snapshot in
      let activity = try self.activity(signedIn, snapshot)
      let versions = try MinutesStore.versions(
        of: activity.id, opening: cipher, in: community, snapshot)
      let writers = Set(versions.map(\.writtenBy.person))
      return (
        activity, versions, try directory.displayNames(of: writers, in: community, snapshot)
      )
    }
    let count = versions.first?.version ?? 0
    let mayWrite =
      MinutesRules.refusal(toWriteOf: activity, versions: count, seen: count, at: signedIn.now) == nil
    return MinutesPages(say: signedIn.say, token: signedIn.formToken).minutes(
      of: activity, versions, names: names, mayWrite: mayWrite, key: Form.newKey,
      state ?? MinutesForm.state(versions.first), notices: signedIn.savedNotice, alerts: alerts)
  }

  private func writeMinutes(_ signedIn: SignedIn) async throws -> Response {
    let id: ActivityID = try signedIn.id("activity")
    return try await answer(
      signedIn, backTo: "\(ActivityDeskPages.base(id))/minutes?saved=minutes",
      page: { try await minutesPage(signedIn, $0, $1) }
    ) { form in
      let actor = try signedIn.actor(of: ActivityStaff.roles)
      let content = try MinutesForm.content(form)
      let seen = try ActivityForm.seen(form)
      let cipher = try await cipher(signedIn.community.id)
      try await change(signedIn, form, "POST /activity-desk/minutes") { transaction in
        try MinutesDesk.write(
          content, of: try self.activity(signedIn, transaction), seen: seen, sealing: cipher, by: actor,
          in: transaction)
      }
    }
  }
}
