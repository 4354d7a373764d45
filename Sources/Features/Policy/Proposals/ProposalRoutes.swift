import Database
import Hummingbird
import Kernel
import People
import Web

/// The doors of proposals for everybody: to read, to propose, and to say something.
struct ProposalDoors: Sendable {
  private static let listLimit = 20
  private static let ownLimit = 20

  let proposals: Proposals

  private var database: Database { proposals.database }

  func register(on routes: inout Routes) {
    routes.get("/proposals", .everyone, objects: .community) { try await list($0) }
    routes.get("/proposals/new", for: .signedIn, objects: .none) { signedIn in
      .page(try await newPage(signedIn, .empty, []), signedIn)
    }
    routes.post("/proposals", for: .signedIn, objects: .none, limits: Proposals.writes) {
      try await propose($0)
    }
    routes.get("/proposals/:proposal", .everyone, objects: .community) { visit in
      .page(try await page(visit, .empty, []), visit)
    }
    routes.post(
      "/proposals/:proposal/contributions", for: .signedIn, objects: .community, limits: Proposals.writes
    ) { try await say($0) }
    routes.post(
      "/proposals/:proposal/contributions/:contribution/report", for: .signedIn, objects: .community,
      limits: Proposals.writes
    ) { try await report($0) }
  }

  private func pages(_ visiting: some Visiting) -> ProposalPages {
    ProposalPages(say: visiting.visit.say, now: visiting.visit.now)
  }

  // MARK: - Reading

  private func list(_ visit: Visit) async throws -> Response {
    let phase =
      visit.query("show").flatMap(ProposalPhase.init).flatMap { $0 == .screening ? nil : $0 } ?? .open
    let last = visit.query("before").flatMap { ProposalID($0) }
    let (community, person) = (visit.community.id, visit.session?.personID)
    let reading = proposals.reading(visit)
    let (shown, next, own) = try await database.read { snapshot in
      let found = try ProposalStore.page(
        of: phase, before: last, limit: Self.listLimit + 1, in: community, snapshot)
      let part = Portion(found, of: Self.listLimit)
      let own = try person.map {
        try ProposalStore.own($0, limit: Self.ownLimit, in: community, snapshot)
      }
      return (
        try reading.shown(part.shown, snapshot), part.last?.id,
        (own ?? []).filter { $0.standing.state == .submitted }
      )
    }
    let page = pages(visit).list(
      shown, phase, own: own, canPropose: visit.session.map { $0.householdID != nil } ?? true, next: next)
    return .page(page, visit)
  }

  /// - Throws: `not_found` for what the station has not looked at yet, for everybody but its author.
  private func page(_ visit: Visit, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let id: ProposalID = try visit.id("proposal")
    let (community, session) = (visit.community.id, visit.session)
    let last = visit.query("after").flatMap { ContributionID($0) }
    let reading = proposals.reading(visit)
    let (view, roll) = try await database.read { snapshot -> (ProposalView, RollEntry?) in
      let view = try reading.view(of: id, after: last, snapshot)
      let isAuthor = session.map { view.proposal.author == $0.personID } ?? false
      guard view.proposal.standing.state != .submitted || isAuthor else { throw Problem.notFound }
      let roll = try session?.householdID.flatMap {
        try BallotStore.entry(of: $0, on: id, in: community, snapshot)
      }
      return (view, roll)
    }
    let visitor = session.map {
      ProposalPages.Visitor(
        token: visit.formToken, key: Form.newKey, hasHousehold: $0.householdID != nil, roll: roll,
        isAuthor: view.proposal.author == $0.personID)
    }
    let say = visit.say
    let notices = visit.query("saved").map { saved in
      let text =
        saved == "report"
        ? say("谢谢，社工会看。", "Thank you; the station will look at it.")
        : saved == "proposal"
          ? say("交上去了，社工看过以后告诉您。", "Sent; you are told once the station has looked at it.")
          : say("记下了，谢谢。", "Noted, thank you.")
      return PageParts.notice(text, .good)
    }
    return pages(visit).proposal(view, for: visitor, state, alerts: (notices.map { [$0] } ?? []) + alerts)
  }

  // MARK: - Proposing

  private func newPage(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    _ = try signedIn.household()
    let community = signedIn.community.id
    let policies = try await database.read { [proposals] in
      try proposals.ports.policies.choices(community, $0)
    }
    return pages(signedIn).new(
      policies, token: signedIn.formToken, key: Form.newKey, state, alerts: alerts)
  }

  private func propose(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await newPage(signedIn, $0, $1) },
      work: {
        let draft = try ProposalForm.draft(form)
        let path = try await proposals.database.once("POST /proposals", form, signedIn) {
          [proposals] transaction in
          let id = try proposals.desk.submit(draft, for: .resident(signedIn.personID), in: transaction)
          return ProposalParts.path(id)
        }
        return .redirect(to: "\(path)?saved=proposal")
      })
  }

  // MARK: - Saying something

  private func say(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: ProposalID = try signedIn.id("proposal")
    return try await FormAgain.answer(
      signedIn, form, page: { try await page(signedIn.visit, $0, $1) },
      work: {
        _ = try signedIn.household()
        let draft = try ProposalForm.contribution(form)
        try await proposals.database.once("POST /proposals/contributions", form, signedIn) {
          [proposals] transaction in
          try proposals.desk.say(draft, of: id, by: signedIn.personID, in: transaction)
          return ""
        }
        return .redirect(to: "\(ProposalParts.path(id))?saved=said")
      })
  }

  private func report(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: ProposalID = try signedIn.id("proposal")
    let contribution: ContributionID = try signedIn.id("contribution")
    _ = try signedIn.household()
    try await proposals.database.once("POST /proposals/report", form, signedIn) { [proposals] transaction in
      try proposals.desk.report(contribution, of: id, by: signedIn.personID, in: transaction)
      return ""
    }
    return .redirect(to: "\(ProposalParts.path(id))?saved=report")
  }
}
