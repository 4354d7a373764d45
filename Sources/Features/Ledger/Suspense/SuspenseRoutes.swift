import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Security
import Web

/// `/money/suspense`: the committee says what money is whose owner is not known.
struct Suspense: Sendable {
  let database: Database
  let vault: Vault
  let trade: TradeDirectory
  let finder: NameFinder
  private static let pageSize = 50

  func register(on routes: inout Routes) {
    let staff = Access.Personal.roles(Office.roles)
    routes.get("/money/suspense", for: staff, objects: .community) { try await list($0) }
    routes.get("/money/suspense/:line", for: staff, objects: .community) { try await item($0) }
    routes.post("/money/suspense/:line", for: staff, objects: .community) { try await explain($0) }
    routes.post("/money/suspense/:line/withdraw", for: staff, objects: .community) { try await withdraw($0) }
  }

  // MARK: - Showing

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    let cipher = try await vault.statementCipher(in: community)
    let after = Self.cursor(signedIn.query("after"))
    let items = try await database.read { snapshot in
      let items = try SuspenseStore.open(
        after: after, limit: Self.pageSize + 1, in: community, snapshot)
      let lines = try StatementImportStore.lines(items.map(\.line), in: community, by: cipher, snapshot)
      let byID = Dictionary(lines.map { ($0.id, $0) }) { first, _ in first }
      return items.compactMap { item in byID[item.line].map { (item: item, line: $0) } }
    }
    let shown = Array(items.prefix(Self.pageSize))
    let next = items.count > shown.count ? shown.last?.item : nil
    let say = signedIn.say
    let pages = SuspensePages(
      say: say, token: signedIn.formToken, names: LineNames(sources: LineSources(), names: Names()),
      now: signedIn.now)
    let main = pages.list(
      shown, next: next.map { "/money/suspense?after=\($0.moment.microseconds)-\($0.line)" })
    return .page(Page(title: say("待查款项", "Money to explain"), kind: .staff, main: main), signedIn)
  }

  private static func cursor(_ text: String?) -> (moment: Timestamp, line: StatementLineID)? {
    let pieces = text?.split(separator: "-").map(String.init) ?? []
    guard pieces.count == 2, let moment = Int64(pieces[0]), let line = StatementLineID(pieces[1]) else {
      return nil
    }
    return (Timestamp(microseconds: moment), line)
  }

  private func item(
    _ signedIn: SignedIn, _ failed: FormState? = nil, _ problem: Problem? = nil
  ) async throws -> Response {
    let id: StatementLineID = try signedIn.id("line")
    let community = signedIn.community.id
    let cipher = try await vault.statementCipher(in: community)
    let (opened, names) = try await database.read { try open(id, community, cipher, $0) }
    let say = signedIn.say
    let pages = SuspensePages(say: say, token: signedIn.formToken, names: names, now: signedIn.now)
    var alerts: [HTML] = []
    if let problem {
      alerts.append(PageParts.notice(say(problem.title) + (problem.advice.map { " " + say($0) } ?? ""), .bad))
    } else if signedIn.query("done") != nil {
      alerts.append(PageParts.notice(say("记好了。", "Recorded."), .good))
    }
    return .page(
      Page(
        title: say("待查的一笔", "A line to explain"), kind: .staff, main: pages.item(opened, failed),
        alerts: alerts), signedIn, status: problem.map { HTTPResponse.Status(code: $0.status) } ?? .ok)
  }

  private func open(
    _ id: StatementLineID, _ community: CommunityID, _ cipher: FieldCipher, _ snapshot: Snapshot
  ) throws -> (SuspensePages.Opened, LineNames) {
    guard let line = try StatementImportStore.lines([id], in: community, by: cipher, snapshot).first else {
      throw Problem.notFound
    }
    let explanations = try ExplanationStore.list(of: [id], in: community, snapshot)[id] ?? []
    // What the import explained by itself never waited, and can be corrected all the same.
    let item =
      try SuspenseStore.find(id, in: community, snapshot)
      ?? SuspenseItem(
        line: id, lineAmount: line.amount, moment: line.moment, left: explanations.last?.leftOver ?? .zero,
        explanations: explanations.count)
    let hints = try hints(line, item, in: community, snapshot)
    let movements = try BookMovementStore.open(on: line.account, in: community, snapshot).filter {
      item.isIncoming
        ? $0.amount > .zero && $0.amount <= item.left : $0.amount < .zero && $0.amount >= item.left
    }
    let campaigns = try trade.recentCampaigns(community, snapshot)
    let sources =
      explanations.compactMap(\.source) + movements.map(\.source)
      + hints.map { .init(.payment, $0.payment.id) }
    let found = try finder.lineNames(
      sources, campaigns: campaigns, people: explanations.map(\.by), in: community, snapshot)
    let opened = SuspensePages.Opened(
      item: item, line: line, explanations: explanations, hints: hints, movements: movements,
      campaigns: Set(campaigns + hints.map(\.payment.campaign)).sorted(by: >))
    return (opened, found)
  }

  /// The transfers that the payer may have meant.
  private func hints(
    _ line: ImportedLine, _ item: SuspenseItem, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [SuspensePages.Hint] {
    guard line.account == .bank, item.isIncoming, item.left > .zero else { return [] }
    let named = try AwaitedPaymentStore.find(
      PaymentReference.found(in: line.details.remittance), in: community, snapshot)
    let known = Set(named.map(\.id))
    let alike = try PaymentStore.pending(.bankTransfer, in: community, snapshot)
      .filter { $0.amount == item.left && !known.contains($0.id) }
    return named.map { .init(payment: $0, isNamed: true) }
      + alike.prefix(5).map { .init(payment: $0, isNamed: false) }
  }

  // MARK: - Answering

  private func explain(_ signedIn: SignedIn) async throws -> Response {
    let id: StatementLineID = try signedIn.id("line")
    return try await perform(id, signedIn) { form, actor in
      let answer = try SuspenseForm.answer(form)
      try await database.write(in: signedIn.community.id) { transaction in
        _ = try SuspenseDesk(trade: trade).explain(id, answer, by: actor, in: transaction)
      }
    }
  }

  private func withdraw(_ signedIn: SignedIn) async throws -> Response {
    let id: StatementLineID = try signedIn.id("line")
    return try await perform(id, signedIn) { form, actor in
      guard let explanation = try form["explanation"].flatMap({ ExplanationID($0) }) else {
        throw Problem.notFound
      }
      try await database.write(in: signedIn.community.id) {
        try SuspenseDesk(trade: trade).withdraw(explanation, of: id, by: actor, in: $0)
      }
    }
  }

  /// Does what a form asks; where it cannot, the line is shown again with what was typed.
  private func perform(
    _ id: StatementLineID, _ signedIn: SignedIn, _ body: (Form, Actor) async throws -> Void
  ) async throws -> Response {
    let form = try await signedIn.form()
    do {
      try await body(form, try signedIn.acting(as: [.committee, .operator]))
      return .redirect(to: "/money/suspense/\(id)?done=1")
    } catch let problem as Problem where [409, 422].contains(problem.status) {
      // What was typed for a line as it was says nothing of the line as it is.
      return try await item(signedIn, problem.status == 422 ? FormState(form, problem) : nil, problem)
    }
  }
}
