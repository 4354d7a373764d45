import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Security
import Web

/// The doors of group work for those who lead and supervise groups.
struct Groups: Sendable {
  static let own = Objects.own("groups that the person leads or supervises")
  static let readers = Access.Personal.roles(CaseReader.roles)
  static let limits = [RateLimit("care.group_write", 120, per: .hours(1))]
  private static let listLimit = 500
  private static let looksShown = 50

  let visits: GroupVisits

  /// - Parameters:
  ///   - visits: who asks, and for how long their screen may lie open.
  ///   - desk: where groups are opened and moved on.
  init(visits: CaseVisits, desk: GroupDesk) {
    self.visits = GroupVisits(visits: visits, desk: desk)
  }

  /// Where group work is entered.
  static let navigation = NavigationItem("/groups", Phrase("小组", "Groups"), roles: CaseReader.roles)

  /// What may be begun with a person on their page at the desk.
  static let personItem = NavigationItem(
    "/groups/for", Phrase("请进小组", "Propose for a group"), roles: [.socialWorker])

  private var desk: GroupDesk { visits.desk }
  private var database: Database { visits.database }

  func register(on routes: inout Routes) {
    let (readers, own) = (Self.readers, Self.own)
    routes.get("/groups", for: readers, objects: own) { try await list($0) }
    routes.get("/groups/new", for: readers, objects: .none) { signedIn in
      .page(try await newPage(signedIn, .empty, []), signedIn)
    }
    routes.post(
      "/groups", for: readers, objects: .community, limits: [RateLimit("care.group_open", 30, per: .hours(1))]
    ) { try await create($0) }
    routes.get("/groups/:group", for: readers, objects: own) { try await page($0, .empty, nil) }
    routes.post("/groups/:group/move", for: readers, objects: own, limits: Self.limits) { try await move($0) }
    FormDoors(visits: visits, base: "/groups/:group", readers: readers, objects: own, limits: Self.limits)
      .register(GroupForms.all, on: &routes)
    GroupMemberDoors(visits: visits).register(on: &routes)
    GroupGiftDoors(visits: visits).register(on: &routes)
    GroupSessionDoors(visits: visits).register(on: &routes)
    GroupReportDoors(visits: visits).register(on: &routes)
  }

  private func pages(_ signedIn: SignedIn) -> GroupPages {
    GroupPages(say: signedIn.say, token: signedIn.formToken)
  }

  // MARK: - List

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let reader = try await visits.visits.reader(signedIn)
    let community = signedIn.community.id
    let showsClosed = signedIn.query("closed") != nil
    let entries = try await database.read { [desk] snapshot in
      let groups = try GroupStore.list(
        GroupScope(reader), isClosed: showsClosed, limit: Self.listLimit, in: community, snapshot)
      let open = desk.doorkeeper.open(groups, for: reader)
      let members = try GroupMemberStore.counts(of: open.map(\.id), in: community, snapshot)
      let sessions = try GroupSessionStore.counts(of: open.map(\.id), in: community, snapshot)
      let names = try desk.directory.displayNames(
        of: open.flatMap(\.group.standing.staff.leaders), in: community, snapshot)
      return open.map { open in
        GroupPages.Entry(
          open: open, leaders: open.group.standing.staff.leaders.map { names[$0] ?? "—" },
          members: members[open.id] ?? 0, sessions: sessions[open.id] ?? 0)
      }
    }
    return .page(pages(signedIn).list(entries, showsClosed: showsClosed), signedIn)
  }

  // MARK: - A new group

  private func newPage(_ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]) async throws -> Page {
    _ = try await visits.visits.reader(signedIn)
    let community = signedIn.community.id
    let staff = try await database.read { [desk] in
      try StaffOptions(desk.directory, in: community, $0)
    }
    return pages(signedIn).new(
      staff, key: Form.newKey, state ?? .empty, alerts: alerts)
  }

  private func create(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await newPage(signedIn, $0, $1) },
      work: {
        let (terms, staff) = try GroupForm.opening(form)
        let reader = try await visits.visits.reader(signedIn)
        let community = signedIn.community.id
        let seal = GroupSeal(group: try await visits.visits.keys.sealing(nil, in: community))
        let id = try await database.make(in: community, once: try form.onceKey("POST /groups", signedIn)) {
          [desk] transaction in
          try desk.open(terms, staff, for: reader, sealing: seal, in: transaction).id
        }
        return .redirect(to: "/groups/\(id)?saved=group")
      })
  }

  // MARK: - One group

  private func page(_ signedIn: SignedIn, _ back: FormState, _ problem: Problem?) async throws -> Response {
    let community = signedIn.community.id
    let (view, readings, names) = try await visits.look(signedIn) { [desk] view, snapshot in
      let readings = try GroupReadings.entries(
        of: view.group.id, limit: Self.looksShown, in: community, snapshot)
      let names = try desk.directory.displayNames(of: readings.map(\.reader), in: community, snapshot)
      return (view, readings, names)
    }
    let pages = GroupFilePages(
      say: signedIn.say, token: signedIn.formToken, now: signedIn.now, view: view,
      key: Form.newKey)
    let alerts = problem.map { FormAgain.notices($0, signedIn.say) } ?? []
    return .page(
      pages.page(
        readings, names: names, back: back, saved: signedIn.query("saved") != nil, alerts: alerts),
      signedIn, status: problem.map { .init(code: $0.status) } ?? .ok)
  }

  private func move(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: CareGroupID = try signedIn.id("group")
    do {
      let filled = try GroupForm.move(form, desk)
      try await visits.change(signedIn, form, filled)
      return .redirect(to: "/groups/\(id)?saved=stage")
    } catch let problem as Problem where problem.mayBeShownAgain {
      return try await page(signedIn, FormState(form, problem), problem)
    }
  }
}
