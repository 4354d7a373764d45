import Database
import Hummingbird
import Kernel
import People
import Web

extension CleanMarket {
  private static let deskLimit = 100

  /// Where the station looks into reports.
  func addReportDesk(_ routes: inout Routes) {
    let (staff, limits) = (ResourceStaff.access, ResourceStaff.writes)
    let base = "/alert-desk/reports/:report"
    routes.get("/alert-desk", for: staff, objects: .community) { signedIn in
      .page(try await deskPage(signedIn, .empty, []), signedIn)
    }
    routes.post("/alert-desk/reports", for: staff, objects: .community, limits: limits) {
      try await takeForCaller($0)
    }
    routes.get(base, for: staff, objects: .community) { signedIn in
      .page(try await reportDeskPage(signedIn, Self.chosen(signedIn), []), signedIn)
    }
    routes.get("\(base)/voice", for: .roles(AlertStaff.confidants), objects: .community) {
      try await listen($0)
    }
    routes.post("\(base)/move", for: staff, objects: .community, limits: limits) { try await move($0) }
    routes.post("\(base)/merge", for: staff, objects: .community, limits: limits) { try await merge($0) }
    routes.post("\(base)/hearings", for: staff, objects: .community, limits: limits) { try await ask($0) }
    routes.post(
      "\(base)/hearings/:hearing/decide", for: staff, objects: .community, limits: limits
    ) { try await decide($0) }
    routes.post(
      "\(base)/hearings/:hearing/lift", for: staff, objects: .community, limits: limits
    ) { try await lift($0) }
  }

  /// The goods that somebody chose among what is on sale, in the form to ask their merchant.
  private static func chosen(_ signedIn: SignedIn) -> FormState {
    guard let merchant = signedIn.query("merchant") else { return .empty }
    return FormState(["merchant": merchant, "product": signedIn.query("product") ?? ""])
  }

  private func deskPage(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let (community, isClosed) = (signedIn.community.id, signedIn.query("closed") != nil)
    let cipher = try await ground.cipher(community)
    let states = ScamReport.State.allCases.filter { $0.isClosed == isClosed }
    let offset = signedIn.community.offsetSeconds
    let mayOpenLosses = !ports.losses.readers.isDisjoint(with: signedIn.roles)
    let last = signedIn.query("before").flatMap { ScamReportID($0) }
    let desk = try await ground.database.read { snapshot in
      let recent: Timestamp? = isClosed ? nil : snapshot.now - ScamReportRules.oldAfter
      let reports = Portion(
        try ScamReportStore.list(
          states, after: recent, before: last, limit: Self.deskLimit + 1, opening: cipher, in: community,
          snapshot), of: Self.deskLimit)
      return AlertDeskPages.Desk(
        reports: reports.shown,
        next: reports.last.map { "/alert-desk?\(isClosed ? "closed=1&" : "")before=\($0.id)" },
        old: try recent.map {
          try ScamReportStore.old(
            before: $0, limit: Self.deskLimit, opening: cipher, in: community, snapshot)
        } ?? [],
        isClosed: isClosed,
        cards: try AlertCardStore.open(limit: Self.deskLimit, in: community, snapshot),
        hearings: try HearingStore.open(
          limit: Self.deskLimit, opening: cipher, in: community, snapshot),
        quizzes: try ports.quizzes.current(community, snapshot),
        losses: try ports.losses.figures(community, offset, snapshot),
        lossPath: mayOpenLosses ? ports.losses.path : nil)
    }
    return AlertDeskPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now).desk(
      desk, key: Form.newKey, state, alerts: signedIn.savedNotice + alerts)
  }

  /// Somebody who calls is found by the number under which they are entered; others give no name. A number that nobody
  /// has is asked about, for whoever gave one wishes to hear what came of it.
  private func takeForCaller(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await deskPage(signedIn, $0, $1) },
      work: {
        let actor = try signedIn.actor(of: ResourceStaff.roles)
        let (kind, details) = (try AlertForm.kind(form), try AlertForm.details(form))
        let caller = try AlertForm.caller(form)
        let cipher = try await ground.cipher(signedIn.community.id)
        let id = try await ground.database.make(
          in: signedIn.community.id, once: try form.onceKey("POST /alert-desk/reports", signedIn)
        ) { [ground, reports] transaction in
          let reporter = try caller.map {
            try ResourceParties.person(
              withPhone: $0, field: "caller", ground.directory, in: transaction.community, transaction)
          }
          let id = try reports.take(kind, from: reporter, by: actor, in: transaction)
          if details != .none {
            try reports.describe(id, details, sealing: cipher, by: actor, in: transaction)
          }
          return id
        }
        return .redirect(to: "/alert-desk/reports/\(id)?saved=report")
      })
  }

  func reportDeskPage(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let (id, community): (ScamReportID, CommunityID) = (
      try signedIn.id("report"), signedIn.community.id
    )
    let cipher = try await ground.cipher(community)
    let view = try await ground.database.read { snapshot -> ReportDeskPages.View in
      guard let report = try ScamReportStore.find(id, opening: cipher, in: community, snapshot) else {
        throw Problem.notFound
      }
      let asked = try HearingStore.of(id, opening: cipher, in: community, snapshot)
      let cards = try ground.ports.merchants.cards(Set(asked.map(\.merchant)), community, snapshot)
      let isConfidant = !AlertStaff.confidants.isDisjoint(with: signedIn.roles)
      let reporter = isConfidant ? report.reporter : nil
      let names = try ground.directory.displayNames(
        of: reporter.map { [$0] } ?? [], in: community, snapshot)
      let traces = report.details.traces
      return ReportDeskPages.View(
        report: report, reporter: reporter.flatMap { names[$0] },
        voiceSeconds: isConfidant
          ? try ScamReportStore.voiceSeconds(of: id, in: community, snapshot) : nil,
        merged: try ScamReportStore.merged(into: id, opening: cipher, in: community, snapshot),
        alike: try ScamReportStore.alike(
          id, limit: 30, opening: cipher, in: community, snapshot),
        hits: traces.isEmpty ? [] : try ports.listings.search(traces, community, snapshot),
        hearings: asked, merchants: cards.mapValues(\.name),
        goods: try ports.listings.names(asked.compactMap(\.product), community, snapshot),
        cards: try AlertCardStore.of(id, in: community, snapshot),
        buildings: try ground.directory.buildings(of: community, snapshot).map(\.building))
    }
    return ReportDeskPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now).report(
      view, key: Form.newKey, state, notices: signedIn.savedNotice, alerts: alerts)
  }

  private func listen(_ signedIn: SignedIn) async throws -> Response {
    let (id, community): (ScamReportID, CommunityID) = (
      try signedIn.id("report"), signedIn.community.id
    )
    let cipher = try await ground.cipher(community)
    let voice = try await ground.database.read {
      try ScamReportStore.voice(of: id, opening: cipher, in: community, $0)
    }
    guard let voice else { throw Problem.notFound }
    return .picture(voice, type: VoiceNotes.mediaType, isPrivate: true)
  }

  private func move(_ signedIn: SignedIn) async throws -> Response {
    try await answerReport(signedIn) { form, id in
      let (seen, actor) = (try ResourceForm.seen(form), try signedIn.actor(of: ResourceStaff.roles))
      let finding = try AlertForm.finding(form)
      let cipher = try await ground.cipher(signedIn.community.id)
      try await ground.change(signedIn, form, "POST /alert-desk/reports/move") { [reports] transaction in
        try reports.move(
          id, to: finding.state, note: finding.note, seen: seen, sealing: cipher, by: actor,
          in: transaction)
      }
    }
  }

  private func merge(_ signedIn: SignedIn) async throws -> Response {
    try await answerReport(signedIn) { form, id in
      let (seen, actor) = (try ResourceForm.seen(form), try signedIn.actor(of: ResourceStaff.roles))
      let target = try AlertForm.target(form)
      let cipher = try await ground.cipher(signedIn.community.id)
      try await ground.change(signedIn, form, "POST /alert-desk/reports/merge") { [reports] transaction in
        try reports.merge(id, into: target, seen: seen, opening: cipher, by: actor, in: transaction)
      }
    }
  }

  private func ask(_ signedIn: SignedIn) async throws -> Response {
    try await answerReport(signedIn) { form, id in
      let (charge, actor) = (try AlertForm.charge(form), try signedIn.actor(of: ResourceStaff.roles))
      let cipher = try await ground.cipher(signedIn.community.id)
      try await ground.change(signedIn, form, "POST /alert-desk/reports/hearings") {
        [reports, hearings] transaction in
        let report = try reports.find(id, opening: cipher, in: transaction)
        _ = try hearings.ask(charge, about: report, by: actor, in: transaction)
      }
    }
  }

  private func decide(_ signedIn: SignedIn) async throws -> Response {
    let hearing: HearingID = try signedIn.id("hearing")
    return try await answerReport(signedIn) { form, id in
      let (seen, actor) = (try ResourceForm.seen(form), try signedIn.actor(of: ResourceStaff.roles))
      let decided = try AlertForm.decision(form)
      let cipher = try await ground.cipher(signedIn.community.id)
      try await ground.change(signedIn, form, "POST /alert-desk/reports/decide") {
        [hearings] transaction in
        guard try hearings.find(hearing, opening: cipher, in: transaction).report == id else {
          throw Problem.notFound
        }
        try hearings.decide(
          decided.decision, because: decided.reason, hearing, seen: seen, opening: cipher, by: actor,
          in: transaction)
      }
    }
  }

  private func lift(_ signedIn: SignedIn) async throws -> Response {
    let hearing: HearingID = try signedIn.id("hearing")
    return try await answerReport(signedIn) { form, id in
      let (seen, actor) = (try ResourceForm.seen(form), try signedIn.actor(of: ResourceStaff.roles))
      let reason = try AlertForm.reason(form)
      let cipher = try await ground.cipher(signedIn.community.id)
      try await ground.change(signedIn, form, "POST /alert-desk/reports/lift") { [hearings] transaction in
        guard try hearings.find(hearing, opening: cipher, in: transaction).report == id else {
          throw Problem.notFound
        }
        try hearings.lift(
          hearing, because: reason, seen: seen, opening: cipher, by: actor, in: transaction)
      }
    }
  }

  private func answerReport(
    _ signedIn: SignedIn, _ work: (Form, ScamReportID) async throws -> Void
  ) async throws -> Response {
    let id: ScamReportID = try signedIn.id("report")
    return try await ground.answer(
      signedIn, backTo: "\(AlertDeskPages.path(id))?saved=report",
      page: { try await reportDeskPage(signedIn, $0, $1) }
    ) { try await work($0, id) }
  }
}

extension ScamReport.Details {
  /// What is looked for among what is on sale.
  var traces: ListingTraces {
    func list(_ text: String) -> [String] { text.isEmpty ? [] : [text] }
    return ListingTraces(
      words: list(listing), phones: list(phone), links: list(link), accounts: list(account))
  }
}
