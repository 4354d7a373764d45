import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Security
import Web

/// The doors of casework for those who work and supervise cases.
struct Cases: Sendable {
  private static let listLimit = 500
  private static let looksShown = 50

  let visits: CaseVisits

  private var database: Database { visits.database }
  private var desk: CaseDesk { visits.desk }

  func register(on routes: inout Routes) {
    let readers = CaseForms.readers
    let own = CaseForms.own
    routes.get("/cases", for: readers, objects: own) { try await list($0) }
    routes.get("/cases/new", for: readers, objects: .none) { signedIn in
      .page(try await newPage(signedIn, nil, .empty, []), signedIn)
    }
    routes.get("/cases/for/:person", for: readers, objects: .community) { signedIn in
      let person: PersonID = try signedIn.id("person")
      return .page(try await newPage(signedIn, person, .empty, []), signedIn)
    }
    routes.post(
      "/cases", for: readers, objects: .community, limits: [RateLimit("care.open", 30, per: .hours(1))]
    ) { try await create($0) }
    routes.get("/cases/:case", for: readers, objects: own) { try await page($0, nil) }
    routes.post("/cases/:case/move", for: readers, objects: own) { try await move($0) }
    routes.post("/cases/:case/end", for: readers, objects: own) { try await end($0) }
    routes.post("/cases/:case/tasks/:task", for: readers, objects: own) { try await finish($0) }
    CaseForms(visits: visits).register(on: &routes)
    CasePapers(visits: visits, page: { try await page($0, $1) }).register(on: &routes)
  }

  private func pages(_ signedIn: SignedIn) -> CasePages {
    CasePages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
  }

  // MARK: - Lists

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let reader = try await visits.reader(signedIn)
    let community = signedIn.community.id
    let showsClosed = signedIn.query("closed") != nil
    let entries = try await database.read { [desk] snapshot in
      let scope = CaseScope(reader, at: snapshot.now)
      let files = try CaseStore.list(
        scope, isOpen: !showsClosed, limit: Self.listLimit, in: community, snapshot)
      let open = try desk.doorkeeper.open(files, for: reader, in: community, snapshot)
      return try CaseListReading(desk: desk).entries(open, in: community, snapshot)
    }
    return .page(
      pages(signedIn).list(
        entries, showsClosed: showsClosed, maySupervise: reader.roles.contains(.supervisor)), signedIn)
  }

  // MARK: - A new case

  private func newPage(
    _ signedIn: SignedIn, _ person: PersonID?, _ state: FormState, _ alerts: [HTML]
  ) async throws -> Page {
    let reader = try await visits.reader(signedIn)
    let community = signedIn.community.id
    let (subject, staff) = try await database.read { [desk] snapshot in
      let name = try person.map { person in
        guard
          let name = try desk.directory.displayNames(of: [person], in: community, snapshot)[person]
        else { throw Problem.notFound }
        return CasePages.Subject(id: person, name: name)
      }
      return (name, try CaseReading(desk: desk).staff(except: person, in: community, snapshot))
    }
    return pages(signedIn).new(
      subject, staff, mayWait: reader.roles.contains(.supervisor), key: SecretToken.make(.bits128).text,
      state, alerts: alerts)
  }

  private func create(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let reader = try await visits.reader(signedIn)
    let named = try form["person"].flatMap { PersonID($0) }
    return try await FormAgain.answer(
      signedIn, form, page: { try await newPage(signedIn, named, $0, $1) },
      work: {
        let filled = try CaseOpeningForm.read(form, mayWait: reader.roles.contains(.supervisor))
        let id = try await open(filled, form, reader, signedIn)
        return .redirect(to: "/cases/\(id)?saved=case")
      })
  }

  private func open(
    _ filled: CaseOpeningForm.Filled, _ form: Form, _ reader: CaseReader, _ signedIn: SignedIn
  ) async throws -> CaseID {
    let community = signedIn.community.id
    let person = try await database.read { [desk] snapshot in
      if let person = filled.person { return person }
      guard
        let person = try desk.directory.person(
          withPhone: filled.phone, in: community, snapshot)
      else { throw Problem.casePersonUnknown }
      return person
    }
    if person == reader.person { throw Problem.caseOwn }
    let seal = try await visits.keys.sealing(person, in: community)
    let role: Role = reader.roles.contains(.socialWorker) ? .socialWorker : .supervisor
    let draft = CaseDesk.Draft(
      person: person, field: filled.field, source: filled.source, words: filled.words,
      assignment: filled.assignment)
    let key = try IdempotencyKey(
      principal: reader.person, operation: "POST /cases", key: form["idempotency_key"] ?? "",
      body: Array(form.digestText.utf8))
    let answer = try await database.write(in: community) { [desk] transaction in
      try transaction.once(key) {
        let file = try desk.open(
          draft, sealing: seal, by: Actor(person: reader.person, role: role), in: transaction)
        return StoredAnswer(status: 303, body: Array(file.id.description.utf8))
      }
    }
    guard let id = CaseID(String(decoding: answer.body, as: UTF8.self)) else { throw Problem.internalFault }
    return id
  }

  // MARK: - One case

  private func page(_ signedIn: SignedIn, _ problem: Problem?) async throws -> Response {
    let community = signedIn.community.id
    let (view, readings, names) = try await visits.look(signedIn) { [desk] open, opener, snapshot in
      let view = try CaseReading(desk: desk).view(open, opener, in: community, snapshot)
      let readings = try CaseReadings.entries(
        of: open.id, limit: Self.looksShown, in: community, snapshot)
      let names = try desk.directory.displayNames(of: readings.map(\.reader), in: community, snapshot)
      return (view, readings, names)
    }
    let pages = CaseFilePages(
      say: signedIn.say, token: signedIn.formToken, now: signedIn.now, view: view,
      key: SecretToken.make(.bits128).text)
    let alerts = problem.map { FormAgain.notices($0, signedIn.say) } ?? []
    return .page(
      pages.page(readings, names: names, saved: signedIn.query("saved") != nil, alerts: alerts), signedIn,
      status: problem.map { .init(code: $0.status) } ?? .ok)
  }

  private func move(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await done(signedIn) {
      var reader = FormReader(form)
      let move = reader.choice("move", of: CaseMoveName.self)
      let seen = reader.seen()
      let words = reader.words([.reason])
      try reader.finish()
      guard let move = move?.move else { throw Problem.internalFault }
      try await visits.change(signedIn, form) { [desk] open, seal, transaction in
        try desk.move(move, words: words, &open, seen: seen, sealing: seal, in: transaction)
      }
    }
  }

  private func end(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await done(signedIn) {
      var reader = FormReader(form)
      let seen = reader.seen()
      try await visits.change(signedIn, form) { [desk] open, _, transaction in
        try desk.end(&open, seen: seen, in: transaction)
      }
    }
  }

  private func finish(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let task: CaseTaskID = try signedIn.id("task")
    return try await done(signedIn) {
      try await visits.change(signedIn, form) { open, _, transaction in
        guard open.access.relation == .worker else { throw Problem.caseForbidden }
        let person = open.actor.person
        guard try CaseTaskStore.end(task, of: open.id, by: person, in: transaction) else {
          throw Problem.notFound
        }
        try transaction.audit("care.task_end", open, of: task.rawValue)
      }
    }
  }

  /// Does a step of a case and shows the case again, with what stood in the way where it could not be done.
  private func done(_ signedIn: SignedIn, _ work: () async throws -> Void) async throws -> Response {
    let id: CaseID = try signedIn.id("case")
    do {
      try await work()
      return .redirect(to: "/cases/\(id)?saved=1")
    } catch let problem as Problem where [409, 422].contains(problem.status) {
      return try await page(signedIn, problem)
    }
  }
}

/// What moves are called in forms.
enum CaseMoveName: String, CaseIterable {
  case forward
  case back
  case reopen

  var move: CaseMove {
    switch self {
    case .forward: .forward
    case .back: .back
    case .reopen: .reopen
    }
  }
}

extension Problem {
  static let casePersonUnknown = Problem.invalid([
    FieldProblem(
      "phone",
      Phrase(
        "没有登记这个电话的人。请先在“邻居”里登记。", "Nobody is entered with this number. Please add them under “People” first.")
    )
  ])
}
