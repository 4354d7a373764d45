import Database
import Hummingbird
import Kernel
import People
import Web

/// The desk's doors of reports: all of them, a new one, one with what stands in it, and its plan.
struct ReportDeskDoors: Sendable {
  private static let listLimit = 50

  let reports: Reports

  private var database: Database { reports.database }
  private var directory: Directory { reports.directory }

  func register(on routes: inout Routes) {
    let (station, limits) = (Access.Personal.roles(ReportRoles.station), Reports.deskWrites)
    let base = "/report-desk/:report"
    routes.get("/report-desk", for: station, objects: .community) { try await list($0) }
    routes.get("/report-desk/new", for: station, objects: .community) { signedIn in
      .page(try await newPage(signedIn, .empty, []), signedIn)
    }
    routes.post("/report-desk", for: station, objects: .community, limits: limits) {
      try await begin($0)
    }
    routes.get(base, for: station, objects: .own("reports that one writes or supervises")) { signedIn in
      .page(try await page(signedIn, .fresh, []), signedIn)
    }
    routes.get("\(base)/plan", for: station, objects: .own("reports that one writes")) { signedIn in
      .page(try await planPage(signedIn, nil, []), signedIn)
    }
    routes.post(
      "\(base)/plan", for: station, objects: .own("reports that one writes"), limits: limits
    ) { try await replan($0) }
    routes.get("\(base)/letter", for: station, objects: .own("reports that one writes or supervises")) {
      try await letter($0)
    }
  }

  private func pages(_ signedIn: SignedIn) -> ReportDeskPages {
    ReportDeskPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
  }

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let (community, person, roles) = (signedIn.community.id, signedIn.personID, signedIn.roles)
    let last = signedIn.query("before").flatMap { ReportID($0) }
    let found = try await database.read {
      try ReportStore.page(before: last, limit: Self.listLimit + 1, in: community, $0)
    }
    let part = Portion(found, of: Self.listLimit)
    let own = part.shown.filter { ReportSight.of($0, for: person, holding: roles) == .author }.map(\.id)
    return .page(pages(signedIn).list(part.shown, own: Set(own), next: part.last?.id), signedIn)
  }

  // MARK: - The plan

  private func newPage(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let (community, person) = (signedIn.community.id, signedIn.personID)
    let staff = try await database.read { [directory] snapshot in
      let supervisors = try directory.persons(holding: .supervisor, in: community, snapshot)
      let workers = try directory.persons(holding: .socialWorker, in: community, snapshot) + supervisors
      let names = try directory.displayNames(of: workers, in: community, snapshot)
      func named(_ people: [PersonID]) -> [(id: PersonID, name: String)] {
        Set(people).subtracting([person]).sorted().map { (id: $0, name: names[$0] ?? "—") }
      }
      return ReportDeskPages.Staff(workers: named(workers), supervisors: named(supervisors))
    }
    return pages(signedIn).new(staff, key: Form.newKey, state, alerts: alerts)
  }

  private func begin(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let actor = try signedIn.actor(of: ReportRoles.station)
    return try await FormAgain.answer(
      signedIn, form, page: { try await newPage(signedIn, $0, $1) },
      work: {
        let draft = try ReportForm.report(form)
        let path = try await reports.database.once("POST /report-desk", form, signedIn) {
          [reports] transaction in
          ReportParts.desk(
            try reports.desk.plan(
              draft.plan, authors: draft.authors, supervisor: draft.supervisor, by: actor, in: transaction))
        }
        return .redirect(to: path)
      })
  }

  /// - Parameter state: nil for what is stored.
  private func planPage(_ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]) async throws -> Page {
    let id: ReportID = try signedIn.id("report")
    let community = signedIn.community.id
    let report = try await database.read { try ReportStore.find(id, in: community, $0) }
    guard let report, report.authors.contains(signedIn.personID) else { throw Problem.notFound }
    return pages(signedIn).plan(
      report, key: Form.newKey, state ?? FormState(Self.fields(of: report.plan)), alerts: alerts)
  }

  private static func fields(of plan: ReportPlan) -> Form {
    let pairs = [
      ("title", plan.title), ("question", plan.question), ("reach", plan.reach), ("from", plan.from.iso),
      ("to", plan.to.iso),
    ]
    return Form(
      fields: pairs.map { Form.Field(name: $0.0, value: $0.1) }
        + plan.methods.map { Form.Field(name: "methods", value: $0.rawValue) })
  }

  private func replan(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: ReportID = try signedIn.id("report")
    let actor = try signedIn.actor(of: ReportRoles.station)
    return try await FormAgain.answer(
      signedIn, form, page: { try await planPage(signedIn, $0, $1) },
      work: {
        let (plan, seen) = (try ReportForm.plan(form), ReportForm.seen(form))
        try await reports.database.once("POST /report-desk/plan", form, signedIn) { [reports] transaction in
          try reports.desk.replan(plan, of: id, seen: seen, by: actor, in: transaction)
          return ""
        }
        return .redirect(to: "\(ReportParts.desk(id))?saved=plan")
      })
  }

  // MARK: - One

  /// The page of one report, for whoever writes or supervises it.
  /// - Throws: `not_found` for everybody else.
  func page(
    _ signedIn: SignedIn, _ forms: ReportDeskPages.Forms, _ alerts: [HTML]
  ) async throws -> Page {
    let id: ReportID = try signedIn.id("report")
    let (person, roles) = (signedIn.personID, signedIn.roles)
    let reading = try await reports.reading(signedIn)
    let (finding, recommendation) = (
      signedIn.query("finding").flatMap { Int($0) }, signedIn.query("recommendation").flatMap { Int($0) }
    )
    let content = try await database.read { [reports, directory] snapshot in
      let shown = try reading.shown(try reading.document(id, snapshot), snapshot)
      let report = shown.report
      guard ReportSight.of(report, for: person, holding: roles) == .author else { throw Problem.notFound }
      let isPlanned = report.standing.state == .planned
      let isWritten = report.standing.state.isDraft || report.standing.state.isOut
      return ReportWorkPages.Content(
        shown: shown, person: person,
        names: try directory.displayNames(
          of: report.authors.union([report.supervisor]).sorted(), in: reading.community, snapshot),
        tables: isPlanned
          ? try reports.ports.sources.map { ($0, try $0.choices(reading.community, snapshot)) } : [],
        quotes: isPlanned ? try reading.quotes.choices(snapshot) : [],
        policies: isWritten ? try reports.library.choices(in: reading.community, snapshot) : [],
        finding: finding, recommendation: recommendation)
    }
    let pages = ReportWorkPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
    return pages.report(content, forms, alerts: signedIn.savedNotice + alerts)
  }

  /// Does what one of several forms of the page asks, and shows that form again where it cannot be done.
  ///
  /// - Parameters:
  ///   - isJudging: whether the supervisor's word is given, for whoever is a supervisor.
  ///   - work: answers where to go instead of back to the page, or nothing.
  func answer(
    _ signedIn: SignedIn, _ place: String, isJudging: Bool = false,
    _ work: (Form, ReportID, Actor) async throws -> String
  ) async throws -> Response {
    let form = try await signedIn.form()
    let id: ReportID = try signedIn.id("report")
    let roles = isJudging && signedIn.roles.contains(.supervisor) ? [.supervisor] : ReportRoles.station
    let actor = try signedIn.actor(of: roles)
    return try await FormAgain.answer(
      signedIn, form,
      page: { state, alerts in
        try await page(signedIn, ReportDeskPages.Forms(key: Form.newKey, place: place, state: state), alerts)
      },
      work: {
        let path = try await work(form, id, actor)
        return .redirect(to: path.isEmpty ? "\(ReportParts.desk(id))?saved=1" : path)
      })
  }

  /// - Throws: `not_found` before it was sent.
  private func letter(_ signedIn: SignedIn) async throws -> Response {
    let id: ReportID = try signedIn.id("report")
    let reading = try await reports.reading(signedIn)
    let document = try await database.read { try reading.document(id, $0) }
    guard
      ReportSight.of(document.report, for: signedIn.personID, holding: signedIn.roles) == .author,
      let sending = document.sendings.last
    else { throw Problem.notFound }
    let pages = ReportPrintPages(
      say: signedIn.say, community: signedIn.community.name, phoneNumber: signedIn.community.phoneNumber)
    return .page(pages.letter(document, sending), signedIn)
  }
}
