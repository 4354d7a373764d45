import Database
import Hummingbird
import Kernel
import People
import Security
import Web

/// The library's doors for those who write it: the station and the committee.
struct PolicyDeskDoors: Sendable {
  private static let pageSize = 50
  private static let shownNews = 30
  private static let replaceable = 200
  private static let writes = [RateLimit("policy.write", 120, per: .minutes(10))]

  let database: Database
  let directory: Directory
  let receipts: PolicyReceiptDesk
  let news: PolicyNewsDesk
  let links: PolicyLinks

  func register(on routes: inout Routes) {
    let authors = Access.Personal.roles(PolicyRules.authors)
    let publishers = Access.Personal.roles(PolicyRules.publishers)
    let limits = Self.writes
    routes.get("/policy-desk", for: authors, objects: .community) { try await list($0) }
    routes.get("/policy-desk/new", for: authors, objects: .community) { signedIn in
      .page(try await newPage(signedIn, .empty, []), signedIn)
    }
    routes.post("/policy-desk", for: authors, objects: .community, limits: limits, bodyLimit: .upload) {
      try await make($0)
    }
    routes.get("/policy-desk/:policy", for: authors, objects: .community) { signedIn in
      .page(try await page(signedIn, nil, .empty, []), signedIn)
    }
    routes.get("/policy-desk/:policy/draft", for: authors, objects: .community) { signedIn in
      .page(try await draftPage(signedIn, nil, []), signedIn)
    }
    routes.post(
      "/policy-desk/:policy/draft", for: authors, objects: .community, limits: limits, bodyLimit: .upload
    ) { try await write($0) }
    routes.post("/policy-desk/:policy/drop", for: authors, objects: .community, limits: limits) {
      try await drop($0)
    }
    routes.post("/policy-desk/:policy/publish", for: publishers, objects: .community, limits: limits) {
      try await publish($0)
    }
    routes.post("/policy-desk/:policy/retire", for: publishers, objects: .community, limits: limits) {
      try await retire($0)
    }
    routes.post("/policy-desk/:policy/explained", for: authors, objects: .community, limits: limits) {
      try await record($0)
    }
    routes.post("/policy-desk/:policy/news", for: authors, objects: .community, limits: limits) {
      try await tell($0)
    }
  }

  private func pages(_ signedIn: SignedIn) -> PolicyDeskPages {
    PolicyDeskPages(
      say: signedIn.say, token: signedIn.formToken, today: PolicyDoors.today(signedIn.visit),
      answersQuestions: !signedIn.roles.isDisjoint(with: PolicyQuestions.workers))
  }

  // MARK: - All

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let (today, community) = (PolicyDoors.today(signedIn.visit), signedIn.community.id)
    let after = signedIn.query("after").flatMap { PolicyID($0) }
    let page = try await database.read { snapshot in
      let found = try PolicyStore.all(after: after, limit: Self.pageSize + 1, in: community, snapshot)
      let part = Portion(found, of: Self.pageSize)
      let ids = part.shown.map(\.id)
      let shown = Dictionary(
        try PolicyListStore.find(ids, on: today, in: community, snapshot).map { ($0.head.id, $0) }
      ) { first, _ in first }
      let drafts = try PolicyStore.openTitles(of: ids, in: community, snapshot)
      let expiring = try PolicyVersionStore.expiring(
        from: today, to: today.adding(days: PolicyRules.warningDays), in: community, snapshot)
      return pages(signedIn).list(
        part.shown.map { PolicyDeskPages.Row(head: $0, shown: shown[$0.id], draft: drafts[$0.id]) },
        expiring: expiring, next: part.last?.id)
    }
    return .page(page, signedIn)
  }

  // MARK: - One

  private func page(
    _ signedIn: SignedIn, _ place: PolicyDeskPages.Place?, _ state: FormState, _ alerts: [HTML]
  ) async throws -> Page {
    let id: PolicyID = try signedIn.id("policy")
    let door = place == .explained ? PolicyExplainedForm.typedDoor(state) : nil
    let view = try await database.read { try self.view(id, signedIn, door, $0) }
    return pages(signedIn).policy(
      view, by: signedIn.personID, isPublisher: !signedIn.roles.isDisjoint(with: PolicyRules.publishers),
      key: Form.newKey, place, state, alerts: signedIn.savedNotice + alerts)
  }

  private func view(
    _ id: PolicyID, _ signedIn: SignedIn, _ door: Door?, _ snapshot: Snapshot
  ) throws -> PolicyDeskPages.View {
    let (today, community) = (PolicyDoors.today(signedIn.visit), signedIn.community.id)
    guard let head = try PolicyStore.find(id, in: community, snapshot) else { throw Problem.notFound }
    let shown = try PolicyListStore.find(id, on: today, in: community, snapshot)
    let newest = try head.newest.flatMap {
      try PolicyVersionStore.find($0, of: id, in: community, snapshot)
    }
    let draft = try PolicyStore.openDraft(of: id, in: community, snapshot)
    let household = try door.map { try receipts.persons(at: $0, in: community, snapshot) } ?? []
    let actors = [newest?.writtenBy, newest?.publishedBy, draft?.writtenBy].compactMap(\.self)
    let names = try directory.displayNames(
      of: Set(actors.map(\.person) + household), in: community, snapshot)
    let replaced =
      [newest, shown?.version].compactMap { $0?.content.document.replaces }
      + [draft?.content.document.replaces].compactMap(\.self)
    return PolicyDeskPages.View(
      head: head, shown: shown, newest: newest, draft: draft,
      counts: try shown.map {
        try PolicyReceiptStore.counts(of: $0.version.number, id, in: community, snapshot)
      },
      news: try PolicyNewsStore.all(of: id, limit: Self.shownNews, in: community, snapshot),
      told: try head.newest.map { try PolicyNewsStore.told(of: $0, id, in: community, snapshot) } ?? 0,
      buildings: try directory.buildings(of: community, snapshot),
      household: household.map { ($0, names[$0] ?? "—") },
      titles: try PolicyDoors.titles(of: replaced, on: today, in: community, snapshot), names: names,
      links: try links.forAuthors(id, community, snapshot))
  }

  /// Does what one of the forms of the page asks, and shows the page again where it cannot be done.
  private func answer(
    _ signedIn: SignedIn, _ place: PolicyDeskPages.Place,
    _ work: (Form) async throws -> @Sendable (PolicyID, Transaction) throws -> Void
  ) async throws -> Response {
    let id: PolicyID = try signedIn.id("policy")
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await page(signedIn, place, $0, $1) },
      work: {
        let change = try await work(form)
        let key = try form.onceKey("POST /policy-desk/:policy", signedIn)
        try await database.change(in: signedIn.community.id, once: key) { try change(id, $0) }
        return .redirect(to: "\(PolicyDeskPages.path(id))?saved=1")
      })
  }

  private func publish(_ signedIn: SignedIn) async throws -> Response {
    try await answer(signedIn, .steps) { form in
      let actor = try signedIn.actor(of: PolicyRules.publishers)
      let seen = try Self.seen(form)
      return { try PolicyDesk.publish($0, seen: seen, by: actor, in: $1) }
    }
  }

  private func drop(_ signedIn: SignedIn) async throws -> Response {
    try await answer(signedIn, .steps) { form in
      let actor = try signedIn.actor(of: PolicyRules.authors)
      let seen = try Self.seen(form)
      return { try PolicyDesk.drop($0, seen: seen, by: actor, in: $1) }
    }
  }

  private func retire(_ signedIn: SignedIn) async throws -> Response {
    try await answer(signedIn, .steps) { form in
      let actor = try signedIn.actor(of: PolicyRules.publishers)
      var reader = FormReader(form)
      let reason = reader.text("reason", length: 2...200)
      try reader.finish()
      guard let reason else { throw Problem.staleForm }
      return { try PolicyDesk.retire($0, reason: reason, by: actor, in: $1) }
    }
  }

  private func record(_ signedIn: SignedIn) async throws -> Response {
    try await answer(signedIn, .explained) { [receipts] form in
      let actor = try signedIn.actor(of: PolicyRules.authors)
      let (source, version, asked) = try PolicyExplainedForm.read(form)
      return { id, transaction in
        let person = try receipts.person(asked, in: transaction.community, transaction)
        try receipts.record(source, version, of: id, for: person, by: actor, in: transaction)
      }
    }
  }

  private func tell(_ signedIn: SignedIn) async throws -> Response {
    try await answer(signedIn, .news) { [news] form in
      let actor = try signedIn.actor(of: PolicyRules.authors)
      let (audience, reason) = try PolicyNewsForm.read(form)
      return { try news.tell(audience, reason: reason, of: $0, by: actor, in: $1) }
    }
  }

  /// The revision of the draft that stood on the page.
  private static func seen(_ form: Form) throws -> Int64 {
    var reader = FormReader(form)
    let seen = reader.integer("seen", in: 0...1_000_000)
    try reader.finish()
    guard let seen else { throw Problem.staleForm }
    return seen
  }

  // MARK: - Writing

  /// - Parameter replaced: what the draft replaces already; it can be chosen though it may be out of use by now.
  private func frame(
    _ head: PolicyHead?, seen: Int64, replaced: PolicyID?, _ signedIn: SignedIn, _ snapshot: Snapshot
  ) throws -> PolicyDraftPages.Frame {
    let (today, community) = (PolicyDoors.today(signedIn.visit), signedIn.community.id)
    var found = try PolicyListStore.page(
      PolicyFilter(), on: today, limit: Self.replaceable, in: community, snapshot
    ).policies
    if let replaced, !found.contains(where: { $0.head.id == replaced }) {
      found += try PolicyListStore.find([replaced], on: today, in: community, snapshot)
    }
    return PolicyDraftPages.Frame(
      policy: head?.id, seen: seen, isFirst: head?.newest == nil,
      replaceable: found.filter { $0.head.id != head?.id }.map { ($0.head.id, $0.version.content.title) })
  }

  private func newPage(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let frame = try await database.read { try self.frame(nil, seen: 0, replaced: nil, signedIn, $0) }
    return PolicyDraftPages(say: signedIn.say, token: signedIn.formToken).form(
      frame, key: Form.newKey, state, alerts: alerts)
  }

  private func make(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await newPage(signedIn, $0, $1) },
      work: {
        let actor = try signedIn.actor(of: PolicyRules.authors)
        let content = try PolicyContentForm.content(form)
        let key = try form.onceKey("POST /policy-desk", signedIn)
        let id = try await database.make(in: signedIn.community.id, once: key) {
          try PolicyDesk.make(content, by: actor, in: $0)
        }
        return .redirect(to: "\(PolicyDeskPages.base)/\(id)?saved=1")
      })
  }

  /// - Parameter state: what was typed; nil to begin with the draft, or else with the newest version.
  private func draftPage(_ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]) async throws -> Page {
    let id: PolicyID = try signedIn.id("policy")
    let community = signedIn.community.id
    let (frame, filled) = try await database.read { snapshot in
      guard let head = try PolicyStore.find(id, in: community, snapshot) else { throw Problem.notFound }
      if head.state == .retired { throw Problem.policyRetired }
      let draft = try PolicyStore.openDraft(of: id, in: community, snapshot)
      var content = draft?.content
      if content == nil, let newest = head.newest {
        content = try PolicyVersionStore.find(newest, of: id, in: community, snapshot)?.content
        content?.whatChanged = ""
      }
      // What was typed belongs to the draft that the writer saw.
      let seen = state.flatMap { Int64($0.value("seen")) } ?? draft?.revision ?? 0
      return (
        try self.frame(head, seen: seen, replaced: content?.document.replaces, signedIn, snapshot),
        content.map { PolicyContentForm.state($0) } ?? .empty
      )
    }
    return PolicyDraftPages(say: signedIn.say, token: signedIn.formToken).form(
      frame, key: Form.newKey, state ?? filled, alerts: alerts)
  }

  private func write(_ signedIn: SignedIn) async throws -> Response {
    let id: PolicyID = try signedIn.id("policy")
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await draftPage(signedIn, $0, $1) },
      work: {
        let actor = try signedIn.actor(of: PolicyRules.authors)
        let content = try PolicyContentForm.content(form)
        let seen = try Self.seen(form)
        let key = try form.onceKey("POST /policy-desk/:policy/draft", signedIn)
        try await database.change(in: signedIn.community.id, once: key) {
          try PolicyDesk.write(content, of: id, seen: seen, by: actor, in: $0)
        }
        return .redirect(to: "\(PolicyDeskPages.path(id))?saved=1")
      })
  }
}
