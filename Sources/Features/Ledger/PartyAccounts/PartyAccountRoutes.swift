import Database
import Hummingbird
import Kernel
import People
import Web

/// `/money`: what a person holds for the community, and their part of what was sold.
struct PartyAccounts: Sendable {
  let database: Database
  let trade: TradeDirectory
  let finder: NameFinder

  /// Whoever takes banknotes or has a part in sales.
  static let roles: Set<Role> = [.leader, .merchant, .courier]

  /// Whoever runs campaigns: leaders those of goods, merchants those of their visits.
  private static let payers: Set<Role> = [.leader, .merchant]

  func register(on routes: inout Routes) {
    routes.get("/money", for: .roles(Self.roles), objects: .own("money")) { signedIn in
      try await page(signedIn, form: nil, problem: nil)
    }
    let takers = Access.Personal.roles([.leader, .merchant, .courier])
    routes.post("/money/handovers", for: takers, objects: .own("banknotes in hand")) {
      signedIn in
      try await declare(signedIn)
    }
    routes.post("/money/handovers/:sheet/agree", for: takers, objects: .own("cash hand-over sheet")) {
      signedIn in
      try await move(signedIn) { try CashHandoverStore.agree($0, by: $1, in: $2) }
    }
    routes.post("/money/handovers/:sheet/withdraw", for: takers, objects: .own("cash hand-over sheet")) {
      signedIn in
      try await move(signedIn) { try CashHandoverStore.withdraw($0, by: $1, in: $2) }
    }
    routes.post(
      "/money/refunds/:refund/pay", for: .roles(Self.payers),
      objects: .own("refunds of campaigns that the person leads")
    ) { signedIn in try await payRefund(signedIn) }
  }

  private func page(_ signedIn: SignedIn, form: Form?, problem: Problem?) async throws -> Response {
    let (own, names) = try await read(signedIn)
    let say = signedIn.say
    let state: FormState = if let form, let problem { FormState(form, problem) } else { .empty }
    var alerts: [HTML] = []
    if let problem, problem.fields.isEmpty {
      alerts.append(PageParts.notice(say(problem.title) + (problem.advice.map { " " + say($0) } ?? ""), .bad))
    } else if problem == nil, signedIn.query("done") != nil {
      alerts.append(PageParts.notice(say("记好了。", "Recorded."), .good))
    }
    let main = PartyAccountPages(
      say: say, token: signedIn.formToken, names: names, person: signedIn.personID
    ).own(own, state: state)
    return .page(
      Page(title: say("我的账", "My money"), main: main, alerts: alerts), signedIn,
      status: problem.map { .init(code: $0.status) } ?? .ok)
  }

  private func read(_ signedIn: SignedIn) async throws -> (PartyAccountPages.Own, Names) {
    let (person, roles, community) = (signedIn.personID, signedIn.roles, signedIn.community.id)
    return try await database.read { snapshot in
      var own = PartyAccountPages.Own(refunds: [], accounts: [])
      let cash = try cash(of: person, in: community, snapshot)
      // Merchants take banknotes at visits alone, and most never do.
      if !roles.isDisjoint(with: [.leader, .courier]) || cash.inHand > .zero || !cash.past.isEmpty {
        own.cash = cash
      }
      if !roles.isDisjoint(with: Self.payers) {
        own.refunds = try RefundStore.dueInCash(
          of: try trade.ledBy(person, community, snapshot), in: community, snapshot)
      }
      let parties =
        [Party.person(person)] + (try trade.merchantsOf(person, community, snapshot)).map { .merchant($0) }
      for account in try PartyAccountStore.accounts(of: parties, in: community, snapshot) {
        let campaigns = try PartyAccountStore.campaigns(of: account.party, limit: 12, in: community, snapshot)
        if account.isEmpty, campaigns.isEmpty { continue }
        own.accounts.append(
          PartyAccountPages.Account(
            account: account, campaigns: campaigns,
            payouts: try PayoutStore.list(to: account.party, limit: 5, in: community, snapshot)))
      }
      let names = try finder.names(
        parties: own.accounts.map(\.account.party) + own.refunds.map { .order($0.order) },
        campaigns: own.accounts.flatMap { $0.campaigns.map(\.campaign) }, people: [], in: community, snapshot)
      let buyers = try finder.names(
        parties: names.orders.values.map { .person($0.person) }, campaigns: [], people: [], in: community,
        snapshot)
      return (own, names.adding(people: buyers.people))
    }
  }

  private func cash(
    of person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PartyAccountPages.Cash {
    let sheets = try CashHandoverStore.list(of: person, limit: 6, in: community, snapshot)
    return PartyAccountPages.Cash(
      inHand: try JournalStore.balance(of: Account(.cashInHand, .person(person)), in: community, snapshot),
      float: try MoneyRulesStore.find(in: community, snapshot).cashFloat,
      open: sheets.first { $0.state == .declared || $0.state == .differs }, past: sheets)
  }

  // MARK: - What a person does

  private func declare(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    do {
      var reader = FormReader(form)
      let amount = reader.money("amount")
      try reader.finish()
      let actor = try signedIn.acting(as: [.leader, .courier, .merchant])
      try await database.write(in: signedIn.community.id) {
        try CashHandoverStore.declare(amount ?? .zero, by: actor, in: $0)
      }
      return .redirect(to: "/money?done=1")
    } catch let problem as Problem where problem.status == 409 || problem.status == 422 {
      return try await page(signedIn, form: form, problem: problem)
    }
  }

  private func move(
    _ signedIn: SignedIn,
    _ change: @escaping @Sendable (CashHandoverID, Actor, Transaction) throws -> CashHandover
  ) async throws -> Response {
    let id: CashHandoverID = try signedIn.id("sheet")
    let actor = try signedIn.acting(as: [.leader, .courier, .merchant])
    do {
      try await database.write(in: signedIn.community.id) { try change(id, actor, $0) }
      return .redirect(to: "/money?done=1")
    } catch let problem as Problem where problem.status == 409 {
      return try await page(signedIn, form: try await signedIn.form(), problem: problem)
    }
  }

  private func payRefund(_ signedIn: SignedIn) async throws -> Response {
    let id: RefundID = try signedIn.id("refund")
    let actor = try signedIn.acting(as: [.leader, .merchant])
    do {
      try await database.write(in: signedIn.community.id) { [trade] transaction in
        guard let refund = try RefundStore.find(id, in: transaction.community, transaction),
          try trade.campaigns([refund.campaign], transaction.community, transaction)[refund.campaign]?.leader
            == actor.person
        else { throw Problem.notFound }
        _ = try Refunds.pay(
          id, from: Account(.cashInHand, .person(actor.person)), by: actor, in: transaction)
      }
      return .redirect(to: "/money?done=1")
    } catch let problem as Problem where problem.status == 409 {
      return try await page(signedIn, form: try await signedIn.form(), problem: problem)
    }
  }
}

extension SignedIn {
  /// The person in the first of these roles that they hold.
  /// - Throws: `forbidden` when they hold none.
  func acting(as roles: [Role]) throws -> Actor {
    guard let role = roles.first(where: self.roles.contains) else { throw Problem.forbidden }
    return Actor(person: personID, role: role)
  }
}
