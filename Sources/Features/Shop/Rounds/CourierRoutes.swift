package import Database
import HTTPTypes
import Hummingbird
import Kernel
package import People
package import Security
package import Web

/// What somebody who carries bags from door to door sees and reports, on a telephone that may have no network.
package struct CourierRounds: Sendable {
  let database: Database
  let directory: Directory
  let vault: Vault
  let books: Bookkeeping
  let wellbeing: WellbeingDesk
  let outcomes: OutcomeDesk
  private static let reports = RateLimit("shop.round_reports", 120, per: .minutes(1))

  package init(
    _ database: Database, directory: Directory, vault: Vault, books: Bookkeeping, codes: PickupCodes,
    wellbeing: WellbeingDesk
  ) {
    self.database = database
    self.directory = directory
    self.vault = vault
    self.books = books
    self.wellbeing = wellbeing
    outcomes = OutcomeDesk(
      handover: HandoverDesk(codes: codes, books: books), books: books, wellbeing: wellbeing)
  }

  package func register(on routes: inout Routes) {
    let own = Objects.own("rounds with whose bags the person is under way")
    routes.get("/rounds", for: .signedIn, objects: own) { try await list($0) }
    routes.get("/rounds/:round", for: .signedIn, objects: own) { try await show($0) }
    registerSheet(on: &routes, own)
    routes.post("/rounds/:round/stops/:stop", for: .signedIn, objects: own, limits: [Self.reports]) {
      try await report($0)
    }
    routes.post("/rounds/:round/end", for: .signedIn, objects: own) { try await end($0) }
    routes.post(
      "/api/v1/rounds/:round/outcomes", for: .signedIn, objects: .own("rounds that the person carried"),
      limits: [Self.reports], operation: RoundJSON.report
    ) { try await take($0) }
  }

  // MARK: - Pages

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    let rounds = try await database.read { snapshot in
      let rounds = try RoundStore.underWay(with: signedIn.personID, in: community, snapshot)
      let campaigns = try CampaignStore.find(Set(rounds.map(\.campaign)), in: community, snapshot)
      let titles = Dictionary(campaigns.map { ($0.id, $0.title) }) { first, _ in first }
      return rounds.map { (round: $0, campaign: titles[$0.campaign] ?? Phrase(same: "")) }
    }
    let say = signedIn.say
    return .page(
      Page(
        title: say("我要送的", "My rounds"), main: CourierPages(say: say, token: signedIn.formToken).list(rounds)),
      signedIn)
  }

  /// Longer than any round: no door of others stays readable on a telephone that never comes back to a network.
  private static let copyTerm = Duration.hours(24)

  /// Each look at it is written down, because names and doors of others are on it.
  private func show(_ signedIn: SignedIn, problem: Problem? = nil) async throws -> Response {
    let id = try signedIn.id("round", of: RoundKind.self)
    let community = signedIn.community.id
    let actor = Self.courier(signedIn)
    let doors = try await directory.doors(of: community)
    let cipher = try await vault.cipher(for: KeyScope(community: community, dataClass: .contact))
    let (round, title, stops) = try await database.write(in: community) { transaction in
      guard let round = try RoundStore.find(id, in: community, transaction),
        round.courier == actor.person, round.state == .underWay,
        let campaign = try CampaignStore.find(round.campaign, in: community, transaction)
      else { throw Problem.notFound }
      let reading = RoundReading(
        directory: directory, doors: doors, cipher: cipher, books: books, community: community)
      let stops = try reading.stops(of: round, transaction).map { stop in
        CourierPages.Stop(
          facts: stop,
          asksWellbeing: try wellbeing.isAllowed(stop.stop.person, in: community, transaction),
          key: Form.newKey, wellbeingKey: Form.newKey)
      }
      try transaction.audit(
        AuditEntry(actor: actor.person, role: actor.role, action: "shop.round_view", object: id.rawValue))
      return (round, campaign.title, stops)
    }
    let say = signedIn.say
    let alerts = problem.map { problem -> [HTML] in
      let advice = problem.advice.map { " \(say($0))" } ?? ""
      return [PageParts.notice("\(say(problem.title))\(advice)", .bad)]
    }
    let pages = CourierPages(
      say: say, token: signedIn.formToken, takesCash: RoundRules.takesCash(actor.role))
    let main = pages.round(round, title, stops)
    return .page(
      Page(
        title: say("第 \(round.number) 趟", "Round \(round.number)"), main: main, alerts: alerts ?? [],
        scripts: ["outbox.js", "round.js"], offline: true, offlineTerm: Self.copyTerm), signedIn,
      status: .init(code: problem?.status ?? 200))
  }

  /// One report: of the page itself, or of its outbox, which is told in JSON what became of it.
  private func report(_ signedIn: SignedIn) async throws -> Response {
    let id = try signedIn.id("round", of: RoundKind.self)
    let report = try RoundForm.report(
      try await signedIn.form(), stop: try signedIn.id("stop", of: RoundStopKind.self), now: signedIn.now)
    let (answers, state) = try await take([report], of: id, signedIn)
    if case .refused(let problem)? = answers.first {
      if signedIn.wantsJSON { throw problem }
      return try await show(signedIn, problem: problem)
    }
    if signedIn.wantsJSON {
      return .json(RoundJSON.document(Array(zip([report], answers)), state: state, signedIn.say))
    }
    return .redirect(to: "/rounds/\(id)#stop-\(report.stop)")
  }

  private func end(_ signedIn: SignedIn) async throws -> Response {
    let id = try signedIn.id("round", of: RoundKind.self)
    let actor = Self.courier(signedIn)
    try await database.write(in: signedIn.community.id) { [directory] in
      try RoundDesk(directory: directory).end(id, by: actor, in: $0)
    }
    return .redirect(to: "/rounds")
  }

  // MARK: - Reports

  private func take(_ signedIn: SignedIn) async throws -> Response {
    let id = try signedIn.id("round", of: RoundKind.self)
    let reports = try RoundJSON.reports(try await signedIn.json())
    let taken = try await take(reports, of: id, signedIn)
    return .json(RoundJSON.document(Array(zip(reports, taken.answers)), state: taken.state, signedIn.say))
  }

  /// Each report is a transaction of its own, so that one that cannot be taken keeps none of the others back.
  private func take(
    _ reports: [OutcomeReport], of id: RoundID, _ signedIn: SignedIn
  ) async throws -> (answers: [OutcomeAnswer], state: Round.State) {
    let community = signedIn.community.id
    let actor = Self.courier(signedIn)
    let cipher = try await vault.cipher(for: KeyScope(community: community, dataClass: .health))
    var answers: [OutcomeAnswer] = []
    for report in reports {
      do {
        answers.append(
          try await database.write(in: community) { [outcomes] in
            try outcomes.take(report, of: id, by: actor, sealing: cipher, in: $0)
          })
      } catch let problem as Problem where problem.status == 409 || problem.status == 422 {
        answers.append(.refused(problem))
      }
    }
    let state = try await database.read { try RoundStore.find(id, in: community, $0)?.state }
    return (answers, state ?? .ended)
  }

  /// In the role in which the person carries: a courier, a leader, or a neighbour who helps.
  static func courier(_ signedIn: SignedIn) -> Actor {
    let role = [Role.courier, .leader].first(where: signedIn.roles.contains)
    return Actor(person: signedIn.personID, role: role ?? .resident)
  }
}

/// A courier's report as the form sends it.
enum RoundForm {
  /// - Parameter now: when it happened, where the form does not say.
  /// - Throws: `form.invalid`.
  static func report(_ form: Form, stop: RoundStopID, now: Timestamp) throws -> OutcomeReport {
    var reader = FormReader(form)
    let finding = reader.choice("finding", of: WellbeingFinding.self, isRequired: false)
    let kind = reader.choice("kind", of: StopOutcome.Kind.self, isRequired: finding == nil)
    let note = reader.text("note", length: 1...WellbeingFinding.noteLimit, isRequired: false)
    let isDelivered = kind?.isDelivered ?? false
    let cash = isDelivered ? reader.money("cash", isRequired: false) : nil
    let happenedAt = reader.raw("happened_at").map { Timestamp(rfc3339: $0) } ?? now
    if happenedAt == nil { reader.add("happened_at", Phrase("看不懂这个时间。", "This time cannot be read.")) }
    try reader.finish()
    let word: OutcomeReport.Word =
      if let finding { .wellbeing(finding, note: note ?? "") } else {
        .outcome(kind ?? .notAnswered, cash: cash ?? .zero)
      }
    return OutcomeReport(
      key: try form["idempotency_key"] ?? "", stop: stop, word: word, happenedAt: happenedAt ?? now)
  }
}
