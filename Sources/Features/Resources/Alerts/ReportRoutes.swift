import Database
import Hummingbird
import Kernel
import People
import Web

extension CleanMarket {
  private static let ownLimit = 20

  /// Two taps to report, and whatever one wishes to add.
  func addReports(_ routes: inout Routes) {
    let limits = [RateLimit("resources.report_scam", 30, per: .hours(1))]
    routes.get("/report-scam", for: .signedIn, objects: .own("reports")) { signedIn in
      .page(try await reportPage(signedIn, []), signedIn)
    }
    routes.post("/report-scam", for: .signedIn, objects: .own("reports"), limits: limits) { signedIn in
      try await take(signedIn)
    }
    routes.get("/report-scam/:report", for: .signedIn, objects: .own("reports")) { signedIn in
      .page(try await ownPage(signedIn, nil, []), signedIn)
    }
    routes.post(
      "/report-scam/:report/details", for: .signedIn, objects: .own("reports"), limits: limits
    ) { try await describe($0) }
    routes.post(
      "/report-scam/:report/voice", for: .signedIn, objects: .own("reports"), limits: limits,
      bodyLimit: .upload
    ) { try await record($0) }
  }

  private func pages(_ signedIn: SignedIn) -> ReportPages {
    ReportPages(
      say: signedIn.say, token: signedIn.formToken, phone: signedIn.community.phoneNumber,
      hasVoices: ports.voices != nil)
  }

  private func resident(_ signedIn: SignedIn) -> Actor {
    Actor(person: signedIn.personID, role: .resident)
  }

  private func reportPage(_ signedIn: SignedIn, _ alerts: [HTML]) async throws -> Page {
    let community = signedIn.community.id
    let cipher = try await ground.cipher(community)
    let own = try await ground.database.read { snapshot in
      try ScamReportStore.own(
        of: signedIn.personID, limit: Self.ownLimit, opening: cipher, in: community, snapshot)
    }
    return pages(signedIn).report(own: own, key: Form.newKey, alerts: alerts)
  }

  private func take(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await reportPage(signedIn, $1) },
      work: {
        let (kind, actor) = (try AlertForm.kind(form), resident(signedIn))
        let id = try await ground.database.make(
          in: signedIn.community.id, once: try form.onceKey("POST /report-scam", signedIn)
        ) { [reports] transaction in
          try reports.take(kind, from: actor.person, by: actor, in: transaction)
        }
        return .redirect(to: "/report-scam/\(id)")
      })
  }

  /// The report in the path, for whoever told it.
  private func ownReport(_ signedIn: SignedIn) async throws -> (report: ScamReport, seconds: Int64?) {
    let (id, community): (ScamReportID, CommunityID) = (
      try signedIn.id("report"), signedIn.community.id
    )
    let cipher = try await ground.cipher(community)
    return try await ground.database.read { snapshot in
      guard let report = try ScamReportStore.find(id, opening: cipher, in: community, snapshot),
        report.reporter == signedIn.personID
      else { throw Problem.notFound }
      return (report, try ScamReportStore.voiceSeconds(of: id, in: community, snapshot))
    }
  }

  private func ownPage(_ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]) async throws -> Page {
    let own = try await ownReport(signedIn)
    return pages(signedIn).own(
      own.report, voiceSeconds: own.seconds, key: Form.newKey,
      state ?? AlertForm.state(own.report.details), alerts: alerts)
  }

  private func describe(_ signedIn: SignedIn) async throws -> Response {
    try await answerOwn(signedIn) { form, report in
      let (details, actor) = (try AlertForm.details(form), resident(signedIn))
      let cipher = try await ground.cipher(signedIn.community.id)
      try await ground.change(signedIn, form, "POST /report-scam/details") { [reports] transaction in
        try reports.describe(report.id, details, sealing: cipher, by: actor, in: transaction)
      }
    }
  }

  private func record(_ signedIn: SignedIn) async throws -> Response {
    guard let voices = ports.voices else { throw Problem.notFound }
    return try await answerOwn(signedIn) { form, report in
      guard let file = form.file("voice"), !file.bytes.isEmpty else {
        throw Problem.invalid([
          FieldProblem("voice", Phrase("请录一段话。", "Please record something."))
        ])
      }
      let recording = try await voices.reencode(file.bytes)
      let (actor, cipher) = (resident(signedIn), try await ground.cipher(signedIn.community.id))
      try await ground.change(signedIn, form, "POST /report-scam/voice") { [reports] transaction in
        try reports.record(recording, of: report.id, sealing: cipher, by: actor, in: transaction)
      }
    }
  }

  private func answerOwn(
    _ signedIn: SignedIn, _ work: (Form, ScamReport) async throws -> Void
  ) async throws -> Response {
    let report = try await ownReport(signedIn).report
    return try await ground.answer(
      signedIn, backTo: "/report-scam/\(report.id)", page: { try await ownPage(signedIn, $0, $1) }
    ) { try await work($0, report) }
  }
}
