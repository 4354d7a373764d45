import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Security
import Web

/// The doors of a group's members.
struct GroupMemberDoors: Sendable {
  private static let choices = 100

  let visits: GroupVisits

  func register(on routes: inout Routes) {
    let (readers, own) = (Groups.readers, Groups.own)
    routes.get("/groups/:group/members/:member", for: readers, objects: own) { signedIn in
      .page(try await page(signedIn, nil, []), signedIn)
    }
    routes.post(
      "/groups/:group/members/:member/screening", for: readers, objects: own, limits: Groups.limits
    ) { try await answer(.screening, $0) { try GroupMemberForm.screening($0, $1, $2) } }
    routes.post("/groups/:group/members/:member/answer", for: readers, objects: own, limits: Groups.limits) {
      try await answer(.answer, $0) { try GroupMemberForm.answer($0, $1, $2) }
    }
    routes.post("/groups/:group/members/:member/leaving", for: readers, objects: own, limits: Groups.limits) {
      try await answer(.leaving, $0) { try GroupMemberForm.leaving($0, $1, $2) }
    }
    routes.get("/groups/for/:person", for: .roles([.socialWorker]), objects: own) { signedIn in
      .page(try await choicePage(signedIn), signedIn)
    }
    routes.get("/groups/:group/members/for/:person", for: readers, objects: own) { signedIn in
      .page(try await proposalPage(signedIn, []), signedIn)
    }
    routes.post("/groups/:group/members/for/:person", for: readers, objects: own, limits: Groups.limits) {
      try await propose($0)
    }
  }

  // MARK: - One member

  private func page(
    _ signedIn: SignedIn, _ typed: (step: GroupMemberPages.Step, state: FormState)?, _ alerts: [HTML]
  ) async throws -> Page {
    let id: GroupMemberID = try signedIn.id("member")
    let (view, member) = try await visits.look(signedIn, .member, at: id) { view, _ in
      guard let member = view.members.first(where: { $0.id == id }) else { throw Problem.notFound }
      return (view, member)
    }
    let pages = GroupMemberPages(
      say: signedIn.say, token: signedIn.formToken, view: view, key: Form.newKey,
      takesGifts: visits.visits.gifts.isKept)
    return pages.page(member, typed: typed, saved: signedIn.query("saved") != nil, alerts: alerts)
  }

  private func answer(
    _ step: GroupMemberPages.Step, _ signedIn: SignedIn,
    _ read: (Form, GroupMemberID, GroupDesk) throws -> GroupFormDoor.Filled
  ) async throws -> Response {
    let member: GroupMemberID = try signedIn.id("member")
    return try await visits.answer(
      signedIn, page: { try await page(signedIn, (step, $0), $1) },
      saved: "/members/\(member)?saved=\(step.rawValue)", read: { try read($0, member, visits.desk) })
  }

  // MARK: - Proposing somebody from their own page

  /// The groups that somebody may be proposed for.
  private func choicePage(_ signedIn: SignedIn) async throws -> Page {
    let reader = try await visits.visits.reader(signedIn)
    let person: PersonID = try signedIn.id("person")
    let community = signedIn.community.id
    let (name, groups) = try await visits.database.read { [desk = visits.desk] snapshot in
      let groups = try GroupStore.list(
        GroupScope(reader), isClosed: false, limit: Self.choices, in: community, snapshot)
      let name = try desk.name(of: person, in: community, snapshot)
      let taking = desk.doorkeeper.open(groups, for: reader).filter {
        $0.access.mayWrite && GroupRules.takesPeople($0.group.standing, isOpen: $0.group.terms.isOpen)
      }
      return (name, taking.map(\.group))
    }
    let pages = GroupPages(say: signedIn.say, token: signedIn.formToken)
    return pages.choice(person, name, groups)
  }

  private func proposalPage(_ signedIn: SignedIn, _ alerts: [HTML]) async throws -> Page {
    let person: PersonID = try signedIn.id("person")
    let community = signedIn.community.id
    let name: @Sendable (Snapshot) throws -> String = { [desk = visits.desk] in
      try desk.name(of: person, in: community, $0)
    }
    let check: @Sendable (OpenGroup, Snapshot) throws -> Void = { open, snapshot in
      try open.requireWriting()
      _ = try name(snapshot)
    }
    let (group, named) = try await visits.look(signedIn, if: check) { ($0.group, try name($1)) }
    let pages = GroupPages(say: signedIn.say, token: signedIn.formToken)
    return pages.proposal(
      person, named, group, key: Form.newKey, alerts: alerts)
  }

  private func propose(_ signedIn: SignedIn) async throws -> Response {
    let person: PersonID = try signedIn.id("person")
    return try await visits.answer(
      signedIn, page: { try await proposalPage(signedIn, $1) }, saved: "?saved=members",
      read: { [desk = visits.desk] _ in
        GroupFormDoor.Filled { open, _, transaction in try desk.propose(person, open, in: transaction) }
      })
  }
}
