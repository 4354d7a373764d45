import Database
import Hummingbird
import Kernel
import Security
import Web

/// The doors of all forms of a group that stand on a page of their own.
struct GroupForms: Sendable {
  let visits: GroupVisits

  func register(on routes: inout Routes) {
    for door in GroupFormDoor.all {
      routes.get("/groups/:group/\(door.path)", for: Groups.readers, objects: Groups.own) { signedIn in
        .page(try await page(door, signedIn, nil, []), signedIn)
      }
      routes.post(
        "/groups/:group/\(door.path)", for: Groups.readers, objects: Groups.own, limits: Groups.limits
      ) { try await answer(door, $0) }
    }
  }

  private func page(
    _ door: GroupFormDoor, _ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]
  ) async throws -> Page {
    let context = try await visits.look(signedIn) { [visits] view, transaction in
      guard door.isOffered(view.open.access) else {
        throw view.group.standing.isClosed ? Problem.groupClosed : .groupForbidden
      }
      let staff = try GroupReading(desk: visits.desk).staff(in: transaction.community, transaction)
      return GroupFormContext(
        view: view, now: transaction.now, leaders: staff.leaders, supervisors: staff.supervisors)
    }
    let pages = GroupPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
    return pages.form(
      door, context, state ?? door.prefill(context), key: SecretToken.make(.bits128).text, alerts: alerts)
  }

  private func answer(_ door: GroupFormDoor, _ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: CareGroupID = try signedIn.id("group")
    return try await FormAgain.answer(
      signedIn, form, page: { try await page(door, signedIn, $0, $1) },
      work: {
        let filled = try door.read(form, visits.desk, signedIn.community.offsetSeconds)
        try await visits.change(signedIn, form, about: filled.about, filled.write)
        return .redirect(to: "/groups/\(id)?saved=\(door.path)")
      })
  }
}
