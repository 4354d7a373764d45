import Database
import Hummingbird
import Kernel
import People
import Web

/// The only doors that name government readers: reports that were sent, the reply, more time, and indicators. None of them
/// answers a row of a person.
struct GovernmentDoors: Sendable {
  private static let listLimit = 50

  let reports: Reports

  private var database: Database { reports.database }

  func register(on routes: inout Routes) {
    let readers = Access.Personal.roles(ReportRoles.government)
    let base = "/government/reports/:report"
    routes.get("/government", for: readers, objects: .community) { try await home($0) }
    routes.get("/government/indicators", for: readers, objects: .community) { try await indicators($0) }
    routes.get(base, for: readers, objects: .community) { signedIn in
      .page(try await page(signedIn, .fresh, []), signedIn)
    }
    routes.post("\(base)/reply", for: readers, objects: .community, limits: Reports.writes) {
      try await reply($0)
    }
    routes.post("\(base)/more-time", for: readers, objects: .community, limits: Reports.writes) {
      try await moreTime($0)
    }
  }

  private func pages(_ signedIn: SignedIn) -> GovernmentPages {
    GovernmentPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
  }

  private func home(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    let last = signedIn.query("before").flatMap { ReportID($0) }
    let (waiting, earlier) = try await database.read { snapshot in
      (
        try ReportStore.standing([.sent], limit: Self.listLimit, in: community, snapshot),
        try ReportStore.standing(
          [.replied, .changed, .told], before: last, limit: Self.listLimit + 1, in: community, snapshot)
      )
    }
    let part = Portion(earlier, of: Self.listLimit)
    let due = waiting.sorted { left, right in
      (left.standing.dueAt ?? left.madeAt, left.id) < (right.standing.dueAt ?? right.madeAt, right.id)
    }
    return .page(pages(signedIn).home(waiting: due, earlier: part.shown, next: part.last?.id), signedIn)
  }

  // MARK: - One report

  /// - Throws: `not_found` before it was sent.
  private func page(
    _ signedIn: SignedIn, _ forms: ReportDeskPages.Forms, _ alerts: [HTML]
  ) async throws -> Page {
    let id: ReportID = try signedIn.id("report")
    let reading = try await reports.reading(signedIn)
    let shown = try await database.read { snapshot in
      let document = try reading.document(id, snapshot)
      guard document.report.standing.state.isOut else { throw Problem.notFound }
      return try reading.shown(document, snapshot)
    }
    let notices = signedIn.query("saved").map { _ in
      [PageParts.notice(signedIn.say("记下了，谢谢。", "Noted, thank you."), .good)]
    }
    return pages(signedIn).report(shown, forms, alerts: (notices ?? []) + alerts)
  }

  private func answer(
    _ signedIn: SignedIn, _ place: String, _ form: Form, _ work: (ReportID, Actor) async throws -> Void
  ) async throws -> Response {
    let id: ReportID = try signedIn.id("report")
    let actor = try signedIn.actor(of: ReportRoles.government)
    return try await FormAgain.answer(
      signedIn, form,
      page: { state, alerts in
        try await page(signedIn, ReportDeskPages.Forms(key: Form.newKey, place: place, state: state), alerts)
      },
      work: {
        try await work(id, actor)
        return .redirect(to: "\(GovernmentPages.path(id))?saved=1")
      })
  }

  private func reply(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let community = signedIn.community.id
    return try await answer(signedIn, "reply", form) { id, actor in
      let asked = try await database.read {
        try FindingStore.recommendations(of: id, in: community, $0).map(\.number)
      }
      let draft = try ReportReplyForm.reply(form, to: asked, isOwn: true, on: Reports.today(signedIn))
      let seen = ReportForm.seen(form)
      try await reports.database.once("POST /government/reply", form, signedIn) { [reports] transaction in
        try reports.desk.reply(draft, to: id, seen: seen, by: actor, in: transaction)
        return ""
      }
    }
  }

  private func moreTime(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await answer(signedIn, "time", form) { id, actor in
      let asked = try ReportReplyForm.time(
        form, asksReason: true, at: signedIn.now, offsetSeconds: signedIn.community.offsetSeconds)
      let seen = ReportForm.seen(form)
      try await reports.database.once("POST /government/more-time", form, signedIn) { [reports] transaction in
        try reports.desk.askForTime(
          until: asked.until, reason: asked.reason, id, seen: seen, by: actor, in: transaction)
        return ""
      }
    }
  }

  // MARK: - Indicators

  private func indicators(_ signedIn: SignedIn) async throws -> Response {
    let (community, offset) = (signedIn.community.id, signedIn.community.offsetSeconds)
    let quarters = Quarter(signedIn.now, offsetSeconds: offset).last(ReportIndicators.count)
    let sources = reports.ports.indicators
    let indicators = try await database.read { snapshot in
      let spans = quarters.map {
        ($0.start(offsetSeconds: offset), $0.next.start(offsetSeconds: offset))
      }
      return ReportIndicators(
        quarters: quarters, offsetSeconds: offset,
        ways: try ReportIndicatorStore.ways(in: community, snapshot),
        others: try ReportIndicatorStore.others(in: community, snapshot),
        activities: try spans.map { try sources.activities($0.0, $0.1, community, snapshot) },
        questionnaires: try spans.map { try sources.questionnaires($0.0, $0.1, community, snapshot) })
    }
    return .page(ReportIndicatorPages(say: signedIn.say).page(indicators), signedIn)
  }
}
