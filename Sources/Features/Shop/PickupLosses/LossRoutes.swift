package import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
package import Web

/// "My bag is not there": reported in two taps, looked for within a day, with after-sales behind it.
package struct Losses: Sendable {
  static let own = Objects.own("household's orders")
  private static let listLimit = 100

  let database: Database
  let desk: LossDesk

  package init(_ database: Database, desk: LossDesk) {
    self.database = database
    self.desk = desk
  }

  package func register(on routes: inout Routes) {
    let runners = Access.Personal.roles(CampaignActor.roles)
    let run = Objects.own("campaigns that the person runs")
    let limits = [RateLimit("shop.loss", 20, per: .hours(1))]
    routes.get("/orders/:order/loss", for: .signedIn, objects: Self.own) { signedIn in
      try await confirm(signedIn, problem: nil)
    }
    routes.post("/orders/:order/loss", for: .signedIn, objects: Self.own, limits: limits) {
      try await report($0)
    }
    routes.get("/losses/:loss", for: .signedIn, objects: Self.own) { try await page($0) }
    routes.get("/desk/losses", for: runners, objects: run) { try await list($0) }
    routes.get("/desk/losses/:loss", for: runners, objects: run) { signedIn in
      try await deskPage(signedIn, form: nil, problem: nil)
    }
    routes.post("/desk/losses/:loss/steps", for: runners, objects: run) { try await answer($0) }
    routes.post(
      "/api/v1/orders/:order/losses", for: .signedIn, objects: Self.own, limits: limits,
      operation: Self.reportOperation
    ) { try await reportByAPI($0) }
  }

  private func pages(_ signedIn: SignedIn) -> LossPages {
    LossPages(
      say: signedIn.say, token: signedIn.formToken, now: signedIn.now,
      isCardSession: signedIn.session.isCardSession)
  }

  // MARK: - The household

  private func confirm(_ signedIn: SignedIn, problem: Problem?) async throws -> Response {
    let id: OrderID = try signedIn.id("order")
    let community = signedIn.community.id
    let (order, place, photos, open) = try await database.read { snapshot in
      guard let household = signedIn.householdID,
        let order = try OrderStore.find(id, in: community, snapshot), order.household == household
      else { throw Problem.notFound }
      return (
        order, try ShelfStore.place(of: id, in: community, snapshot),
        try ShelfStore.photos(of: order.campaign, in: community, snapshot),
        try LossStore.reports(of: id, in: community, snapshot).last { $0.state.isOpen }
      )
    }
    if let open { return .redirect(to: "/losses/\(open.id)") }
    return .page(
      pages(signedIn).confirm(order, place, photos, problem: problem), signedIn,
      status: problem.map { .init(code: $0.status) } ?? .ok)
  }

  private func report(_ signedIn: SignedIn) async throws -> Response {
    do {
      let report = try await write(signedIn)
      return .redirect(to: "/losses/\(report.id)?reported=1")
    } catch let problem as Problem where problem.status == 409 {
      return try await confirm(signedIn, problem: problem)
    }
  }

  private func write(_ signedIn: SignedIn) async throws -> LossReport {
    let id: OrderID = try signedIn.id("order")
    guard let household = signedIn.householdID else { throw Problem.notFound }
    return try await database.write(in: signedIn.community.id) { [desk] transaction in
      try desk.report(id, household: household, by: signedIn.personID, in: transaction)
    }
  }

  private func page(_ signedIn: SignedIn) async throws -> Response {
    let id: LossReportID = try signedIn.id("loss")
    let community = signedIn.community.id
    let shown = try await database.read { snapshot in
      guard let report = try LossStore.find(id, in: community, snapshot),
        report.household == signedIn.householdID
      else { throw Problem.notFound }
      return try LossReading.shown(report, in: community, snapshot)
    }
    return .page(
      pages(signedIn).household(shown, isNew: signedIn.query("reported") != nil), signedIn)
  }

  // MARK: - Whoever looks for it

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    let seesAll = signedIn.roles.contains(.committee) || signedIn.roles.contains(.operator)
    let entries = try await database.read { snapshot in
      let reports = try LossStore.list(
        leader: seesAll ? nil : signedIn.personID, limit: Self.listLimit, in: community, snapshot)
      let orders = try OrderStore.labels(of: reports.map(\.order), in: community, snapshot)
      let numbers = Dictionary(orders.map { ($0.id, $0.number) }) { first, _ in first }
      let campaigns = try CampaignStore.find(Set(reports.map(\.campaign)), in: community, snapshot)
      let titles = Dictionary(campaigns.map { ($0.id, $0.title) }) { first, _ in first }
      return reports.map {
        LossDeskPages.Entry(
          report: $0, number: numbers[$0.order] ?? 0, campaign: titles[$0.campaign] ?? Phrase(same: ""))
      }
    }
    let pages = LossDeskPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
    return .page(pages.list(entries), signedIn)
  }

  private func deskPage(_ signedIn: SignedIn, form: Form?, problem: Problem?) async throws -> Response {
    let id: LossReportID = try signedIn.id("loss")
    let community = signedIn.community.id
    let (shown, chain) = try await database.read { snapshot in
      guard let report = try LossStore.find(id, in: community, snapshot) else { throw Problem.notFound }
      let shown = try LossReading.shown(report, in: community, snapshot)
      let actor = CampaignActor(
        person: signedIn.personID, roles: signedIn.roles, leader: shown.campaign.leader)
      guard actor != nil else { throw Problem.notFound }
      return (shown, try LossReading.chain(shown, desk.directory, in: community, snapshot))
    }
    let state = if let form, let problem { FormState(form, problem) } else { FormState.empty }
    let page = LossDeskPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now).page(
      shown, chain, isOwn: shown.report.household == signedIn.householdID, state: state, problem: problem,
      isDone: signedIn.query("done") != nil)
    return .page(page, signedIn, status: problem.map { .init(code: $0.status) } ?? .ok)
  }

  private func answer(_ signedIn: SignedIn) async throws -> Response {
    let id: LossReportID = try signedIn.id("loss")
    let form = try await signedIn.form()
    do {
      let (outcome, seen) = try LossForm.outcome(form)
      try await database.write(in: signedIn.community.id) { [desk] transaction in
        _ = try desk.answer(
          id, outcome, seen: seen, by: signedIn.personID, roles: signedIn.roles, in: transaction)
      }
      return .redirect(to: "/desk/losses/\(id)?done=1")
    } catch let problem as Problem where problem.status == 409 || problem.status == 422 {
      return try await deskPage(signedIn, form: form, problem: problem)
    }
  }

  // MARK: - The API

  private func reportByAPI(_ signedIn: SignedIn) async throws -> Response {
    let report = try await write(signedIn)
    var json = JSONWriter()
    json.object { json in
      json.field("id", report.id)
      json.field("order", report.order)
      json.field("state", report.state.rawValue)
      json.field("reported_at", report.reportedAt)
      json.field("due_at", report.dueAt)
    }
    return .json(json, status: .created)
  }

  private static let reportOperation = Operation(
    "reportLoss", Phrase("报告袋子不在取货点", "Report that a bag is not at the pickup point"),
    parameters: [.init("order", in: .path, .identifier)],
    answers: [
      .init(
        201, Phrase("报告；还没有结果时再报一次，是同一份", "The report; while it is open, another is the same"),
        .object([
          .init("id", .identifier), .init("order", .identifier),
          .init("state", .enumeration(LossReport.State.allCases.map(\.rawValue))),
          .init("reported_at", .timestamp), .init("due_at", .timestamp),
        ]))
    ])
}
