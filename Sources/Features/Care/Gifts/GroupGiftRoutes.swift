import Database
import Hummingbird
import Kernel
import People
import Security
import Web

/// Noting after a meeting what a member showed that they can do. It leaves Care with their yes alone, and that there is a
/// group does not go along.
struct GroupGiftDoors: Sendable {
  let visits: GroupVisits

  private var gifts: GiftProposals { visits.visits.gifts }

  func register(on routes: inout Routes) {
    let (readers, own) = (Groups.readers, Groups.own)
    let path = "/groups/:group/members/:member/gift"
    routes.get(path, for: readers, objects: own) { signedIn in
      .page(try await page(signedIn, GiftAsking.suggestion, []), signedIn)
    }
    routes.post(path, for: readers, objects: own, limits: Groups.limits) { try await take($0) }
  }

  private func page(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    guard gifts.isKept else { throw Problem.notFound }
    let (id, community): (GroupMemberID, CommunityID) = (try signedIn.id("member"), signedIn.community.id)
    let writing: @Sendable (OpenGroup, Snapshot) throws -> Void = { open, _ in try open.requireWriting() }
    let (heading, asking) = try await visits.look(signedIn, .member, at: id, if: writing) {
      [desk = visits.desk] view, snapshot in
      guard let member = view.members.first(where: { $0.id == id }), member.state == .joined else {
        throw Problem.notFound
      }
      let heading = FormHeading(
        label: view.group.label, name: view.name(member.person),
        path: "/groups/\(view.group.id)/members/\(id)", back: Phrase("返回组员", "Back to the member"))
      return (heading, try GiftAsking(member.person, desk.directory, in: community, snapshot))
    }
    return CareGiftPages(say: signedIn.say, token: signedIn.formToken).page(
      heading, to: "\(heading.path)/gift", asking, state, alerts: alerts)
  }

  private func take(_ signedIn: SignedIn) async throws -> Response {
    guard gifts.isKept else { throw Problem.notFound }
    let id: GroupMemberID = try signedIn.id("member")
    let gifts = try await gifts.desk(signedIn.community.id)
    return try await visits.answer(
      signedIn, page: { try await page(signedIn, $0, $1) }, saved: "/members/\(id)?saved=gift",
      read: { [desk = visits.desk] form in
        let note = try GiftNote(form)
        return GroupFormDoor.Filled { open, _, transaction in
          try open.requireWriting()
          let members = try desk.joinedMembers(open, in: transaction)
          guard let member = members[id], member.state == .joined else { throw Problem.notFound }
          try note.take(
            of: member.person, from: .groupWork, through: gifts, desk.directory, by: open.actor,
            in: transaction)
        }
      })
  }
}
