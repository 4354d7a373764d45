import Database
import Hummingbird
import Kernel
import People
import Web

/// The doors through which a report moves on, goes out, and comes back.
struct ReportReplyDoors: Sendable {
  private typealias Work = @Sendable (ReportDesk, ReportID, Int64, Actor, Transaction) throws -> Void

  let reports: Reports

  private var page: ReportDeskDoors { ReportDeskDoors(reports: reports) }

  func register(on routes: inout Routes) {
    let own = Objects.own("reports that one writes or supervises")
    let doors: [(String, @Sendable (SignedIn) async throws -> Response)] = [
      ("step", { try await step($0) }), ("reopen", { try await reopen($0) }),
      ("drop", { try await drop($0) }), ("back", { try await sendBack($0) }),
      ("check", { try await check($0) }), ("send", { try await send($0) }),
      ("time", { try await time($0) }), ("extend", { try await extend($0) }),
      ("reply", { try await reply($0) }), ("version", { try await version($0) }),
      ("result", { try await result($0) }), ("tell", { try await tell($0) }),
    ]
    for (path, handler) in doors {
      routes.post(
        "/report-desk/:report/\(path)", for: .roles(ReportRoles.station), objects: own,
        limits: Reports.deskWrites, handler: handler)
    }
  }

  /// Reads a form, and does what it asks in one transaction.
  private func act(
    _ signedIn: SignedIn, _ place: String, isJudging: Bool = false, _ read: (Form) throws -> Work
  ) async throws -> Response {
    try await page.answer(signedIn, place, isJudging: isJudging) { form, id, actor in
      let (work, seen) = (try read(form), ReportForm.seen(form))
      return try await reports.database.once("POST /report-desk/step", form, signedIn) {
        [reports] transaction in
        try work(reports.desk, id, seen, actor, transaction)
        return ""
      }
    }
  }

  // MARK: - In the house

  private func step(_ signedIn: SignedIn) async throws -> Response {
    let sent = try await signedIn.form()
    let place = try sent["step"].flatMap(ReportStep.init)?.rawValue ?? ""
    return try await act(signedIn, place, isJudging: place == ReportStep.approve.rawValue) { form in
      var reader = FormReader(form)
      let step = reader.choice("step", of: ReportStep.self)
      try reader.finish()
      guard let step else { throw Problem.internalFault }
      let asksCommittee = reader.isTicked("committee")
      return { desk, id, seen, actor, transaction in
        switch step {
        case .lock: try desk.lockEvidence(id, seen: seen, by: actor, in: transaction)
        case .findings: try desk.take(.findingsDone, id, seen: seen, by: actor, in: transaction)
        case .recommendations:
          try desk.take(.recommendationsDone, id, seen: seen, by: actor, in: transaction)
        case .complete:
          try desk.complete(id, asksCommittee: asksCommittee, seen: seen, by: actor, in: transaction)
        case .approve: try desk.judge(.approved, of: id, seen: seen, by: actor, in: transaction)
        case .publish: try desk.take(.replyPublished, id, seen: seen, by: actor, in: transaction)
        }
      }
    }
  }

  private func reopen(_ signedIn: SignedIn) async throws -> Response {
    try await act(signedIn, "reopen") { form in
      let reason = try ReportForm.reason(form)
      return { try $0.take(.evidenceReopened(reason: reason), $1, seen: $2, by: $3, in: $4) }
    }
  }

  private func drop(_ signedIn: SignedIn) async throws -> Response {
    try await act(signedIn, "drop") { form in
      let reason = try ReportForm.reason(form)
      return { try $0.take(.dropped(reason: reason), $1, seen: $2, by: $3, in: $4) }
    }
  }

  private func sendBack(_ signedIn: SignedIn) async throws -> Response {
    try await act(signedIn, "back", isJudging: true) { form in
      let change = ReportChange.sentBack(reason: try ReportForm.reason(form), bySupervisor: true)
      return { try $0.judge(change, of: $1, seen: $2, by: $3, in: $4) }
    }
  }

  private func check(_ signedIn: SignedIn) async throws -> Response {
    try await act(signedIn, "check") { form in
      let draft = try ReportForm.check(form, on: Reports.today(signedIn))
      return { try $0.check(draft, of: $1, seen: $2, by: $3, in: $4) }
    }
  }

  // MARK: - Out and back

  private func send(_ signedIn: SignedIn) async throws -> Response {
    try await act(signedIn, "send") { form in
      let draft = try ReportReplyForm.sending(
        form, at: signedIn.now, offsetSeconds: signedIn.community.offsetSeconds)
      return { try $0.send(draft, $1, seen: $2, by: $3, in: $4) }
    }
  }

  private func time(_ signedIn: SignedIn) async throws -> Response {
    try await act(signedIn, "time") { form in
      let asked = try ReportReplyForm.time(
        form, asksReason: true, at: signedIn.now, offsetSeconds: signedIn.community.offsetSeconds)
      return {
        try $0.askForTime(until: asked.until, reason: asked.reason, $1, seen: $2, by: $3, in: $4)
      }
    }
  }

  private func extend(_ signedIn: SignedIn) async throws -> Response {
    try await act(signedIn, "extend") { form in
      let given = try ReportReplyForm.time(
        form, asksReason: false, at: signedIn.now, offsetSeconds: signedIn.community.offsetSeconds)
      return { try $0.extend($1, to: given.until, seen: $2, by: $3, in: $4) }
    }
  }

  private func reply(_ signedIn: SignedIn) async throws -> Response {
    let id: ReportID = try signedIn.id("report")
    let community = signedIn.community.id
    let asked = try await reports.database.read {
      try FindingStore.recommendations(of: id, in: community, $0).map(\.number)
    }
    return try await act(signedIn, "reply") { form in
      let draft = try ReportReplyForm.reply(
        form, to: asked, isOwn: false, on: Reports.today(signedIn))
      return { try $0.reply(draft, to: $1, seen: $2, by: $3, in: $4) }
    }
  }

  /// Begins the next version of a policy, and goes to where it is written.
  private func version(_ signedIn: SignedIn) async throws -> Response {
    try await page.answer(signedIn, "version") { form, id, actor in
      var reader = FormReader(form)
      let policy: PolicyID? = reader.identifier("policy")
      try reader.finish()
      guard let policy else { throw Problem.internalFault }
      return try await reports.database.once("POST /report-desk/version", form, signedIn) {
        [reports] transaction in
        try reports.desk.beginVersion(of: policy, because: id, by: actor, in: transaction)
      }
    }
  }

  private func result(_ signedIn: SignedIn) async throws -> Response {
    try await act(signedIn, "result") { form in
      let draft = try ReportReplyForm.result(form)
      return { try $0.record(draft, of: $1, seen: $2, by: $3, in: $4) }
    }
  }

  private func tell(_ signedIn: SignedIn) async throws -> Response {
    try await act(signedIn, "tell") { form in
      let text = try ReportForm.lines("text", length: ReportTelling.textLength, form)
      return { try $0.tell(text, of: $1, seen: $2, by: $3, in: $4) }
    }
  }
}
