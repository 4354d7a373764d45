import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Security
import Web

/// `/money/statements`: the committee brings in what banks and payment services say, after a dry run.
struct StatementImports: Sendable {
  let database: Database
  let vault: Vault
  let trade: TradeDirectory
  let finder: NameFinder
  let threads = BoundedThreads(threads: 1, waiting: 8)
  private static let pageSize = 30
  private static let linesOfPage = 200
  /// A week of two services.
  private static let shownBills = 14

  init(database: Database, vault: Vault, trade: TradeDirectory, finder: NameFinder) {
    self.database = database
    self.vault = vault
    self.trade = trade
    self.finder = finder
  }

  /// The code of the problem that no bank is recognised.
  static let unknown = Problem.statementUnknown(isMapped: false).code

  private var importer: StatementImporter { StatementImporter(trade: trade, finder: finder) }

  func register(on routes: inout Routes) {
    let staff = Access.Personal.roles(Office.roles)
    let limit = RateLimit("statement import", 20, per: .minutes(1))
    routes.get("/money/statements", for: staff, objects: .community) { try await overview($0) }
    routes.post("/money/statements", for: staff, objects: .community, limits: [limit], bodyLimit: .upload) {
      try await receive($0)
    }
    routes.get(
      "/money/statements/uploads/:upload", for: staff, objects: .own("the file that the person sent")
    ) {
      try await compare($0)
    }
    routes.post(
      "/money/statements/uploads/:upload", for: staff, objects: .own("the file that the person sent"),
      limits: [limit]
    ) { try await confirm($0) }
    registerNaming(on: &routes, staff, limit)
    routes.get("/money/statements/:statement", for: staff, objects: .community) { try await imported($0) }
  }

  // MARK: - Overview

  private func overview(
    _ signedIn: SignedIn, _ form: FormState = .empty, _ problem: Problem? = nil
  ) async throws -> Response {
    let before = signedIn.query("before").flatMap { StatementImportID($0) }
    let community = signedIn.community.id
    let (content, names) = try await database.read { snapshot in
      let found = try StatementImportStore.list(
        before: before, limit: Self.pageSize + 1, in: community, snapshot)
      let shown = Array(found.prefix(Self.pageSize))
      let content = StatementImportPages.Overview(
        imports: shown, next: found.count > shown.count ? shown.last?.id : nil,
        comparisons: try StatementAccount.allCases.compactMap {
          try StatementImportStore.comparison(of: $0, in: community, snapshot)
        }, bills: try ServiceBillStore.list(limit: Self.shownBills, in: community, snapshot),
        waiting: try SuspenseStore.waiting(in: community, snapshot), now: snapshot.now)
      let names = try finder.lineNames(
        content.comparisons.flatMap { $0.movements.map(\.source) }, people: shown.map(\.importedBy),
        in: community, snapshot)
      return (content, names)
    }
    let say = signedIn.say
    let pages = StatementImportPages(say: say, token: signedIn.formToken, names: names)
    let alerts = problem.map {
      [PageParts.notice(say($0.title) + ($0.advice.map { " " + say($0) } ?? ""), .bad)]
    }
    return .page(
      Page(
        title: say("银行对账", "Statements"), kind: .staff, main: pages.overview(content, form, problem),
        alerts: alerts ?? []), signedIn,
      status: problem.map { HTTPResponse.Status(code: $0.status) } ?? .ok)
  }

  private func imported(_ signedIn: SignedIn) async throws -> Response {
    let id: StatementImportID = try signedIn.id("statement")
    let community = signedIn.community
    let after = signedIn.query("after").flatMap { Int($0) } ?? 0
    let cipher = try await vault.statementCipher(in: community.id)
    let (content, names) = try await database.read { snapshot in
      guard let statement = try StatementImportStore.find(id, in: community.id, snapshot) else {
        throw Problem.notFound
      }
      let found = try StatementImportStore.lines(
        of: id, after: after, limit: Self.linesOfPage + 1, in: community.id, by: cipher, snapshot)
      let lines = Array(found.prefix(Self.linesOfPage))
      let explanations = try ExplanationStore.list(of: lines.map(\.id), in: community.id, snapshot)
      let days = StatementDays(
        from: statement.firstAt, to: statement.lastAt, offsetSeconds: community.offsetSeconds)
      let lacking = try BookMovementStore.open(on: statement.account, in: community.id, snapshot)
        .filter { days.contains($0.at) }
      let names = try finder.lineNames(
        explanations.values.flatMap { $0.compactMap(\.source) } + lacking.map(\.source),
        people: [statement.importedBy], in: community.id, snapshot)
      return (
        StatementImportPages.Imported(
          statement: statement, lines: lines, next: found.count > lines.count ? lines.last?.fileLine : nil,
          explanations: explanations, lacking: lacking), names
      )
    }
    let say = signedIn.say
    let pages = StatementImportPages(say: say, token: signedIn.formToken, names: names)
    let alerts =
      signedIn.query("done") == nil ? [] : [PageParts.notice(say("导入好了。", "Imported."), .good)]
    return .page(
      Page(
        title: say("一份流水", "A statement"), kind: .staff, main: pages.imported(content), alerts: alerts),
      signedIn)
  }

  // MARK: - A file

  private func receive(_ signedIn: SignedIn) async throws -> Response {
    let actor = try signedIn.acting(as: [.committee, .operator])
    let form = try await signedIn.form()
    do {
      var reader = FormReader(form)
      let account = reader.choice("account", of: StatementAccount.self)
      let file = form.file("file")
      if file == nil { reader.add("file", Phrase("还没有选文件。", "No file was chosen.")) }
      try reader.finish()
      guard let account, let file else { throw Problem.internalFault }
      let upload = StatementUpload(
        id: database.identifiers.next(), person: actor.person, account: account,
        fileName: String(file.name.prefix(120)), content: file.bytes)
      let path = "/money/statements/uploads/\(upload.id)"
      do {
        _ = try await plan(upload, signedIn)
      } catch let problem as Problem {
        guard try await canBeNamed(upload, after: problem) else { throw problem }
        try await keep(upload, signedIn)
        return .redirect(to: "\(path)/columns")
      }
      try await keep(upload, signedIn)
      return .redirect(to: path)
    } catch let problem as Problem where (400..<500).contains(problem.status) {
      let fields = problem.fields.filter { $0.line == nil }
      return try await overview(signedIn, FormState(form, problems: fields), problem)
    }
  }

  private func keep(_ upload: StatementUpload, _ signedIn: SignedIn) async throws {
    let cipher = try await vault.statementCipher(in: signedIn.community.id)
    try await database.write(in: signedIn.community.id) {
      try StatementUploadStore.keep(upload, sealing: cipher, in: $0)
    }
  }

  /// As a bank that we know writes it, or else as the columns of its headings were named here before.
  private func read(_ upload: StatementUpload, _ signedIn: SignedIn) async throws -> BankStatement {
    let offset = signedIn.community.offsetSeconds
    do {
      return try await threads.run(busy: .statementBusy) {
        try BankStatement.read(upload.content, offsetSeconds: offset)
      }
    } catch let problem as Problem where problem.code == Self.unknown {
      guard let mapping = try await keptMapping(upload, signedIn) else { throw problem }
      return try await threads.run(busy: .statementBusy) {
        try BankStatement.read(upload.content, mapping: mapping, offsetSeconds: offset)
      }
    }
  }

  private func plan(_ upload: StatementUpload, _ signedIn: SignedIn) async throws -> (
    StatementPlan, LineNames
  ) {
    let statement = try await read(upload, signedIn)
    let community = signedIn.community
    return try await database.read { snapshot in
      let plan = try importer.plan(
        statement, of: upload.account, offsetSeconds: community.offsetSeconds, in: community.id, snapshot)
      let names = try finder.lineNames(
        plan.lines.compactMap(\.finding.source) + plan.lacking.map(\.source), in: community.id, snapshot)
      return (plan, names)
    }
  }

  func upload(_ signedIn: SignedIn) async throws -> StatementUpload {
    let id = try signedIn.id("upload", of: StatementUploadKind.self)
    let community = signedIn.community.id
    let cipher = try await vault.statementCipher(in: community)
    let person = signedIn.personID
    let found = try await database.read {
      try StatementUploadStore.find(id, of: person, in: community, by: cipher, $0)
    }
    guard let found else { throw Problem.notFound }
    return found
  }

  private func compare(_ signedIn: SignedIn) async throws -> Response {
    let upload = try await upload(signedIn)
    return try await show(upload, signedIn)
  }

  private func show(
    _ upload: StatementUpload, _ signedIn: SignedIn, _ problem: Problem? = nil
  ) async throws -> Response {
    let (plan, names) = try await plan(upload, signedIn)
    let say = signedIn.say
    let pages = StatementPlanPages(say: say, token: signedIn.formToken, names: names)
    let main = pages.plan(
      plan, upload, digest: plan.digest(ofFile: Digest(of: upload.content)).description,
      totals: try plan.totals(), sum: try StatementPlan.sum(plan.lines))
    let alerts = problem.map {
      [PageParts.notice(say($0.title) + ($0.advice.map { " " + say($0) } ?? ""), .bad)]
    }
    return .page(
      Page(title: say("看对照", "Look it over"), kind: .staff, main: main, alerts: alerts ?? []), signedIn,
      status: problem == nil ? .ok : .conflict)
  }

  private func confirm(_ signedIn: SignedIn) async throws -> Response {
    let actor = try signedIn.acting(as: [.committee, .operator])
    let seen = try await signedIn.form()["digest"] ?? ""
    let upload = try await upload(signedIn)
    let statement = try await read(upload, signedIn)
    let community = signedIn.community
    let cipher = try await vault.statementCipher(in: community.id)
    let outcome = try await database.write(in: community.id) { transaction in
      try importer.take(
        statement, from: upload, seen: seen, offsetSeconds: community.offsetSeconds, sealing: cipher,
        by: actor, in: transaction)
    }
    switch outcome {
    case .imported(let id): return .redirect(to: "/money/statements/\(id)?done=1")
    case .nothingNew: return .redirect(to: "/money/statements")
    case .stale: return try await show(upload, signedIn, .statementStale)
    }
  }
}

extension Vault {
  /// For who paid from which account, and what they wrote.
  func statementCipher(in community: CommunityID) async throws -> FieldCipher {
    try await cipher(for: KeyScope(community: community, dataClass: .finance))
  }
}

extension Problem {
  static let statementBusy = Problem(
    "statement.busy", status: 503, Phrase("正在处理的文件有点多。", "Many files are being read right now."),
    advice: Phrase("请过几秒再上传。", "Please send it again in a few seconds."), retryAfter: 5)

  static let statementStale = Problem(
    "statement.stale", status: 409,
    Phrase("看对照以后账上有了变化。", "The books have changed since you looked it over."),
    advice: Phrase("请再看一遍，确认以后再导入。", "Please look again, and import when you agree."))
}
