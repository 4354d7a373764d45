import Database
import Hummingbird
import Interop
import Kernel
import People
import Security
import Web

/// `/money/office`: the committee counts banknotes, pays refunds and parts, sets the rules and keeps the books.
struct Office: Sendable {
  let database: Database
  let finder: NameFinder
  static let roles: Set<Role> = [.committee, .operator]
  private static let pageSize = 40
  /// Journals of one download.
  private static let exportLimit = 100_000

  func register(on routes: inout Routes) {
    let staff = Access.Personal.roles(Self.roles)
    routes.get("/money/office", for: staff, objects: .community) { try await page($0) }
    routes.post("/money/handovers/:sheet/count", for: staff, objects: .community) { try await count($0) }
    routes.post("/money/office/refunds/:refund/pay", for: staff, objects: .community) {
      try await payRefund($0)
    }
    routes.post("/money/payouts", for: staff, objects: .community) { try await payOut($0) }
    routes.post("/money/rules", for: staff, objects: .community) { try await setRules($0) }
    routes.post("/money/closings", for: staff, objects: .community) { try await close($0) }
    routes.get("/money/journals", for: staff, objects: .community) { try await journals($0) }
    routes.get("/money/journals/text", for: staff, objects: .community) { try await journalText($0) }
    routes.get("/money/journals/csv", for: staff, objects: .community) { try await journalSheet($0) }
  }

  // MARK: - The office's page

  private func page(
    _ signedIn: SignedIn, failed: (form: OfficeForm, state: FormState)? = nil, problem: Problem? = nil
  ) async throws -> Response {
    let community = signedIn.community.id
    let (content, names) = try await database.read { snapshot in
      let content = try OfficeStore.content(in: community, snapshot)
      let names = try finder.names(
        parties: content.parties.map(\.party)
          + (content.refunds + content.paidAgain).map { .order($0.order) },
        campaigns: content.campaigns.map(\.campaign),
        people: content.holders.map(\.person) + content.sheets.map(\.giver), in: community,
        snapshot)
      let buyers = try finder.names(
        parties: names.orders.values.map { .person($0.person) }, campaigns: [], people: [], in: community,
        snapshot)
      return (content, names.adding(people: buyers.people))
    }
    let say = signedIn.say
    var alerts: [HTML] = []
    if let problem {
      alerts.append(PageParts.notice(say(problem.title) + (problem.advice.map { " " + say($0) } ?? ""), .bad))
    } else if signedIn.query("done") != nil {
      alerts.append(PageParts.notice(say("记好了。", "Recorded."), .good))
    }
    let main = OfficePages(say: say, token: signedIn.formToken, names: names).office(
      content, key: Form.newKey, failed: failed)
    return .page(
      Page(title: say("账房", "Money office"), kind: .staff, main: main, alerts: alerts), signedIn,
      status: problem.map { .init(code: $0.status) } ?? .ok)
  }

  /// Does what a form asks; where it cannot, the page is shown again with what was typed.
  private func perform(
    _ form: OfficeForm?, _ signedIn: SignedIn, _ body: (Form, Actor) async throws -> Void
  ) async throws -> Response {
    let sent = try await signedIn.form()
    do {
      try await body(sent, try signedIn.acting(as: [.committee, .operator]))
      return .redirect(to: "/money/office?done=1")
    } catch let problem as Problem where [403, 409, 422].contains(problem.status) {
      return try await page(
        signedIn, failed: form.map { ($0, FormState(sent, problem)) }, problem: problem)
    }
  }

  private func count(_ signedIn: SignedIn) async throws -> Response {
    let id: CashHandoverID = try signedIn.id("sheet")
    return try await perform(.count, signedIn) { form, actor in
      var reader = FormReader(form)
      let counted = reader.money("counted.\(id)")
      try reader.finish()
      try await database.write(in: signedIn.community.id) {
        try CashHandoverStore.count(id, counted ?? .zero, by: actor, in: $0)
      }
    }
  }

  private func payRefund(_ signedIn: SignedIn) async throws -> Response {
    let id: RefundID = try signedIn.id("refund")
    return try await perform(nil, signedIn) { _, actor in
      try await database.write(in: signedIn.community.id) { transaction in
        guard let refund = try RefundStore.find(id, in: transaction.community, transaction) else {
          throw Problem.notFound
        }
        let place: Account
        switch refund.channel {
        case .cash: place = Account(.cashBox)
        case .bankTransfer: place = Account(.bank)
        case .weChatPay, .alipay, .voucher: throw Problem.refundGoesAnotherWay(refund.channel)
        }
        _ = try Refunds.pay(id, from: place, by: actor, in: transaction)
      }
    }
  }

  private func payOut(_ signedIn: SignedIn) async throws -> Response {
    try await perform(.payout, signedIn) { form, actor in
      let draft = try OfficeForms.payout(form)
      let stored = draft.party.stored
      let text =
        "\(stored.kind)|\(stored.id)|\(draft.amount.minorUnits)|\(draft.way.rawValue)|\(draft.reference)"
      let key = try IdempotencyKey(
        principal: actor.person, operation: "POST /money/payouts", key: form["idempotency_key"] ?? "",
        body: Array(text.utf8))
      try await database.write(in: signedIn.community.id) { transaction in
        try transaction.once(key) {
          let payout = try PayoutStore.pay(
            draft.amount, to: draft.party, by: draft.way, reference: draft.reference, actor: actor,
            in: transaction)
          return StoredAnswer(status: 303, body: Array(payout.id.description.utf8))
        }
      }
    }
  }

  private func setRules(_ signedIn: SignedIn) async throws -> Response {
    try await perform(.rules, signedIn) { form, actor in
      let rules = try OfficeForms.rules(form)
      try await database.write(in: signedIn.community.id) { transaction in
        try MoneyRulesStore.save(rules, in: transaction)
        try transaction.audit(
          AuditEntry(
            actor: actor.person, role: actor.role, action: "ledger.rules_change", object: 0,
            detailDigest: Digest(
              of: "\(rules.platform.basisPoints)|\(rules.cashFloat.minorUnits)|\(rules.bankAccount)"
            ).bytes))
      }
    }
  }

  private func close(_ signedIn: SignedIn) async throws -> Response {
    try await perform(.closing, signedIn) { form, actor in
      let moment = try OfficeForms.closing(form, offsetSeconds: signedIn.community.offsetSeconds)
      try await database.write(in: signedIn.community.id) {
        try JournalStore.close(until: moment, by: actor, in: $0)
      }
    }
  }

  // MARK: - The books

  private func journals(_ signedIn: SignedIn) async throws -> Response {
    let before = signedIn.query("before").flatMap { JournalID($0) }
    let community = signedIn.community.id
    let (journals, names) = try await database.read { snapshot in
      let journals = try OfficeStore.journals(
        before: before, limit: Self.pageSize + 1, in: community, snapshot)
      let accounts = journals.flatMap { $0.journal.entries.map(\.account) }
      let names = try finder.names(
        parties: accounts.map(\.party), campaigns: accounts.compactMap(\.campaign),
        people: journals.map(\.actor),
        in: community, snapshot)
      return (journals, names)
    }
    let shown = Array(journals.prefix(Self.pageSize))
    let say = signedIn.say
    let main = OfficePages(say: say, token: signedIn.formToken, names: names).journals(
      shown, next: journals.count > shown.count ? shown.last?.id : nil)
    return .page(Page(title: say("账本", "The books"), kind: .staff, main: main), signedIn)
  }

  private func export(_ signedIn: SignedIn) async throws -> [PostedJournal] {
    let community = signedIn.community.id
    return try await database.read {
      try OfficeStore.journals(before: nil, limit: Self.exportLimit, in: community, $0).reversed()
    }
  }

  private func journalText(_ signedIn: SignedIn) async throws -> Response {
    let text = JournalText(offsetSeconds: signedIn.community.offsetSeconds).text(try await export(signedIn))
    return .file(Array(text.utf8), name: "journal.beancount", type: "text/plain; charset=utf-8")
  }

  private func journalSheet(_ signedIn: SignedIn) async throws -> Response {
    let table = StatementSheets(say: signedIn.say, names: Names()).journals(try await export(signedIn))
    let writer = CSVWriter()
    return .file(try writer.write(table), name: "journal.csv", type: writer.mediaType)
  }
}
