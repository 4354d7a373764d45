import Database
import Hummingbird
import Kernel
import People
import Security
import Web

/// `/money/funds`: funds are kept by the committee; vouchers are given by social workers and the committee.
struct FundDesk: Sendable {
  let database: Database
  let directory: Directory
  private static let givers: [Role] = [.socialWorker, .supervisor, .committee, .operator]
  private static let keepers: [Role] = [.committee, .operator]
  /// Vouchers that one page lists.
  private static let listLimit = 200

  static let navigation = NavigationItem(
    "/money/funds", Phrase("专项资金", "Funds"), roles: Set(givers))

  func register(on routes: inout Routes) {
    let givers = Access.Personal.roles(Set(Self.givers))
    let keepers = Access.Personal.roles(Set(Self.keepers))
    routes.get("/money/funds", for: givers, objects: .community) { try await list($0) }
    routes.post("/money/funds", for: keepers, objects: .community) { try await create($0) }
    routes.get("/money/funds/:fund", for: givers, objects: .community) { try await show($0) }
    routes.post("/money/funds/:fund/vouchers", for: givers, objects: .community) { try await issue($0) }
    routes.post("/money/funds/:fund/receipts", for: keepers, objects: .community) { try await receive($0) }
    routes.post("/money/funds/:fund/close", for: keepers, objects: .community) { signedIn in
      let (id, actor): (FundID, Actor) = (try signedIn.id("fund"), try signedIn.acting(as: Self.keepers))
      try await database.write(in: signedIn.community.id) { try Funds.close(id, by: actor, in: $0) }
      return .redirect(to: "/money/funds/\(id)")
    }
    routes.post("/money/vouchers/:voucher/end", for: givers, objects: .community) { try await end($0) }
  }

  private func pages(_ signedIn: SignedIn) -> FundPages {
    FundPages(
      say: signedIn.say, token: signedIn.formToken, mayKeep: !signedIn.roles.isDisjoint(with: Self.keepers))
  }

  private func list(_ signedIn: SignedIn, form: Form? = nil, problem: Problem? = nil) async throws -> Response
  {
    let community = signedIn.community.id
    let reports = try await database.read { snapshot in
      try FundStore.reports(FundStore.funds(in: community, snapshot), in: community, snapshot)
    }
    let state: FormState = if let form, let problem { FormState(form, problem) } else { .empty }
    let title = signedIn.say("专项资金", "Funds")
    return .page(
      Page(title: title, kind: .staff, main: pages(signedIn).list(reports, state: state)), signedIn,
      status: problem.map { .init(code: $0.status) } ?? .ok)
  }

  private func create(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    do {
      let new = try FundForm.fund(form)
      let actor = try signedIn.acting(as: Self.keepers)
      let fund = try await database.write(in: signedIn.community.id) {
        try Funds.create(name: new.name, donor: new.donor, purpose: new.purpose, by: actor, in: $0)
      }
      return .redirect(to: "/money/funds/\(fund.id)")
    } catch let problem as Problem where problem.status == 422 {
      return try await list(signedIn, form: form, problem: problem)
    }
  }

  // MARK: - One fund

  private func show(
    _ signedIn: SignedIn, receipt: FormState = .empty, voucher: FormState = .empty, problem: Problem? = nil
  ) async throws -> Response {
    let id: FundID = try signedIn.id("fund")
    let community = signedIn.community.id
    let doors = try await directory.doors(of: community)
    let (report, vouchers) = try await database.read { snapshot in
      guard let fund = try FundStore.find(id, in: community, snapshot),
        let report = try FundStore.reports([fund], in: community, snapshot).first
      else { throw Problem.notFound }
      let vouchers = try FundStore.vouchers(of: id, limit: Self.listLimit, in: community, snapshot)
      let balances = try JournalStore.balances(of: vouchers.map(\.account), in: community, snapshot)
      let labels = try doors.labels(of: vouchers.map(\.household), snapshot)
      return (
        report,
        try vouchers.map { voucher in
          (
            voucher: voucher, door: labels[voucher.household],
            balance: try Money.zero.subtracting(balances[voucher.account] ?? .zero)
          )
        }
      )
    }
    let say = signedIn.say
    var alerts: [HTML] = []
    if let problem, problem.fields.isEmpty { alerts.append(PageParts.notice(say(problem.title), .bad)) }
    let main = pages(signedIn).fund(
      report, vouchers, key: Form.newKey, receipt: receipt, voucher: voucher)
    return .page(
      Page(title: say(report.fund.name), kind: .staff, main: main, alerts: alerts), signedIn,
      status: problem.map { .init(code: $0.status) } ?? .ok)
  }

  private func issue(_ signedIn: SignedIn) async throws -> Response {
    let id: FundID = try signedIn.id("fund")
    let form = try await signedIn.form()
    do {
      let new = try FundForm.voucher(form, offsetSeconds: signedIn.community.offsetSeconds)
      let actor = try signedIn.acting(as: Self.givers)
      try await database.write(in: signedIn.community.id) { [directory] transaction in
        guard let household = try directory.household(at: new.door, in: transaction.community, transaction)
        else {
          throw Problem.invalid([
            FieldProblem("room", Phrase("名册里没有这一户。", "There is no such household on the list."))
          ])
        }
        _ = try Funds.issue(
          new.amount, of: id, to: household, until: new.expiresAt, by: actor, in: transaction)
      }
      return .redirect(to: "/money/funds/\(id)")
    } catch let problem as Problem where problem.status == 422 || problem.status == 409 {
      return try await show(signedIn, voucher: FormState(form, problem), problem: problem)
    }
  }

  private func receive(_ signedIn: SignedIn) async throws -> Response {
    let id: FundID = try signedIn.id("fund")
    let form = try await signedIn.form()
    do {
      let (amount, way) = try FundForm.receipt(form)
      let actor = try signedIn.acting(as: Self.keepers)
      let key = try IdempotencyKey(
        principal: actor.person, operation: "POST /money/funds/receipts", key: form["idempotency_key"] ?? "",
        body: Array("\(id)|\(amount.minorUnits)|\(way.rawValue)".utf8))
      try await database.write(in: signedIn.community.id) { transaction in
        try transaction.once(key) {
          try Funds.receive(amount, for: id, by: way, actor: actor, in: transaction)
          return StoredAnswer(status: 303, body: [])
        }
      }
      return .redirect(to: "/money/funds/\(id)")
    } catch let problem as Problem where problem.status == 422 {
      return try await show(signedIn, receipt: FormState(form, problem), problem: problem)
    }
  }

  private func end(_ signedIn: SignedIn) async throws -> Response {
    let id: VoucherID = try signedIn.id("voucher")
    let actor = try signedIn.acting(as: Self.givers)
    let fund = try await database.write(in: signedIn.community.id) { transaction -> FundID in
      guard let voucher = try FundStore.voucher(id, in: transaction.community, transaction) else {
        throw Problem.notFound
      }
      try Funds.end(id, by: actor, in: transaction)
      return voucher.fund
    }
    return .redirect(to: "/money/funds/\(fund)")
  }
}
