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
      say: signedIn.say, token: signedIn.formToken, view: view, key: SecretToken.make(.bits128).text)
    return pages.page(member, typed: typed, saved: signedIn.query("saved") != nil, alerts: alerts)
  }

  private func answer(
    _ step: GroupMemberPages.Step, _ signedIn: SignedIn,
    _ read: (Form, GroupMemberID, GroupDesk) throws -> GroupFormDoor.Filled
  ) async throws -> Response {
    let form = try await signedIn.form()
    let group: CareGroupID = try signedIn.id("group")
    let member: GroupMemberID = try signedIn.id("member")
    return try await FormAgain.answer(
      signedIn, form, page: { try await page(signedIn, (step, $0), $1) },
      work: {
        let filled = try read(form, member, visits.desk)
        try await visits.change(signedIn, form, about: filled.about, filled.write)
        return .redirect(to: "/groups/\(group)/members/\(member)?saved=\(step.rawValue)")
      })
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
      guard let name = try desk.directory.displayNames(of: [person], in: community, snapshot)[person] else {
        throw Problem.notFound
      }
      let taking = desk.doorkeeper.open(groups, for: reader).filter {
        $0.access.mayWrite && GroupRules.takesPeople($0.group.standing, isOpen: $0.group.terms.isOpen)
      }
      return (name, taking.map(\.group))
    }
    let pages = GroupPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
    return pages.choice(person, name, groups)
  }

  private func proposalPage(_ signedIn: SignedIn, _ alerts: [HTML]) async throws -> Page {
    let person: PersonID = try signedIn.id("person")
    let (group, name) = try await visits.look(signedIn) { [visits] view, transaction in
      try view.open.requireWriting()
      guard
        let name = try visits.desk.directory.displayNames(
          of: [person], in: transaction.community, transaction)[person]
      else { throw Problem.notFound }
      return (view.group, name)
    }
    let pages = GroupPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
    return pages.proposal(
      person, name, group, key: SecretToken.make(.bits128).text, alerts: alerts)
  }

  private func propose(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let group: CareGroupID = try signedIn.id("group")
    let person: PersonID = try signedIn.id("person")
    return try await FormAgain.answer(
      signedIn, form, page: { try await proposalPage(signedIn, $1) },
      work: {
        try await visits.change(signedIn, form) { [visits] open, _, transaction in
          try visits.desk.propose(person, open, in: transaction)
        }
        return .redirect(to: "/groups/\(group)?saved=members")
      })
  }
}
