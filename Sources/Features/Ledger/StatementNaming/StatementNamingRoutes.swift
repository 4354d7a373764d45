import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Security
import Web

/// `/money/statements/uploads/…/columns`: a person says what the columns of a file mean, where no bank is recognised.
extension StatementImports {
  func registerNaming(on routes: inout Routes, _ staff: Access.Personal, _ limit: RateLimit) {
    let own = Objects.own("the file that the person sent")
    routes.get("/money/statements/uploads/:upload/columns", for: staff, objects: own) {
      try await columns($0)
    }
    routes.post(
      "/money/statements/uploads/:upload/columns", for: staff, objects: own, limits: [limit]
    ) { try await name($0) }
  }

  /// Whether a file that could not be read may be read once its columns are named: that of a bank, with headings.
  func canBeNamed(_ upload: StatementUpload, after problem: Problem) async throws -> Bool {
    guard upload.account == .bank, problem.code == Self.unknown || problem.code == "statement.lines" else {
      return false
    }
    // A bank that we know is not named anew because a line of its file is wrong.
    let isKnown = try await threads.run(busy: .statementBusy) {
      (try? StatementFile(upload.content, mapping: nil)) != nil
    }
    if isKnown { return false }
    return try await !candidates(upload).candidates.isEmpty
  }

  /// What was said here before of a file with these headings.
  func keptMapping(_ upload: StatementUpload, _ signedIn: SignedIn) async throws -> StatementMapping? {
    guard upload.account == .bank else { return nil }
    let rows = try await candidates(upload).candidates
    let community = signedIn.community.id
    return try await database.read { try StatementNamingStore.find(rows, in: community, $0) }
  }

  private func candidates(
    _ upload: StatementUpload
  ) async throws -> (candidates: [HeadingRow], likely: HeadingRow?) {
    try await threads.run(busy: .statementBusy) {
      let beginning = try StatementFile.beginning(upload.content)
      let candidates = StatementNaming.candidates(beginning)
      return (candidates, StatementNaming.likely(candidates, in: beginning))
    }
  }

  // MARK: - Handlers

  private func columns(_ signedIn: SignedIn) async throws -> Response {
    let upload = try await upload(signedIn)
    let line = signedIn.query("line").flatMap { Int($0) }
    let (row, candidates) = try await row(line, of: upload)
    return show(
      .init(upload: upload, row: row, candidates: candidates, look: nil, said: []),
      FormState(Self.state(StatementNaming.suggestion(row))), signedIn)
  }

  /// The row of headings that is meant.
  /// - Throws: `not_found` where the file has no such one.
  private func row(_ line: Int?, of upload: StatementUpload) async throws -> (HeadingRow, [HeadingRow]) {
    let (candidates, likely) = try await candidates(upload)
    let found = line.map { line in candidates.first { $0.line == line } } ?? likely
    guard let found else { throw Problem.notFound }
    return (found, candidates)
  }

  /// Optional columns that nobody has chosen are none.
  private static func state(_ suggested: [String: String]) -> [String: String] {
    var values = suggested
    for field in [
      "time", "incoming", "outgoing", "amount", "direction", "name", "account", "serial", "balance",
    ] where values[field] == nil {
      values[field] = StatementNamingForm.none
    }
    return values
  }

  private func name(_ signedIn: SignedIn) async throws -> Response {
    let actor = try signedIn.acting(as: [.committee, .operator])
    let upload = try await upload(signedIn)
    let form = try await signedIn.form()
    let (row, candidates) = try await row(try form["line"].flatMap { Int($0) } ?? 0, of: upload)
    let isAgreed = try form["step"] == "keep"
    let (offset, community) = (signedIn.community.offsetSeconds, signedIn.community.id)
    let said = form.fields.filter { $0.name != "form_token" && $0.name != "step" }
    var look: BankStatement.Look?
    do {
      let mapping = try StatementNamingForm.mapping(form, of: row)
      let found = try await threads.run(busy: .statementBusy) {
        try BankStatement.look(upload.content, mapping: mapping, offsetSeconds: offset)
      }
      look = found
      if isAgreed, found.problems.isEmpty, !found.lines.isEmpty {
        try await database.write(in: community) { transaction in
          try StatementNamingStore.save(mapping, of: row, by: actor.person, in: transaction)
          try transaction.audit(
            AuditEntry(
              actor: actor.person, role: actor.role, action: "ledger.statement_naming",
              object: upload.id.rawValue,
              purpose: StatementFormat(mapping).code, detailDigest: row.digest.bytes))
        }
        return .redirect(to: "/money/statements/uploads/\(upload.id)")
      }
      return show(
        .init(upload: upload, row: row, candidates: candidates, look: look, said: said), FormState(form),
        signedIn)
    } catch let problem as Problem where (400..<500).contains(problem.status) {
      return show(
        .init(upload: upload, row: row, candidates: candidates, look: look, said: said),
        FormState(form, problem),
        signedIn,
        problem)
    }
  }

  private func show(
    _ content: StatementNamingPages.Content, _ state: FormState, _ signedIn: SignedIn,
    _ problem: Problem? = nil
  ) -> Response {
    let say = signedIn.say
    let alerts = problem.map {
      [PageParts.notice(say($0.title) + ($0.advice.map { " " + say($0) } ?? ""), .bad)]
    }
    let main = StatementNamingPages(say: say, token: signedIn.formToken).page(content, state)
    return .page(
      Page(title: say("说明每一列是什么", "What the columns are"), kind: .staff, main: main, alerts: alerts ?? []),
      signedIn, status: problem.map { HTTPResponse.Status(code: $0.status) } ?? .ok)
  }
}
