import Database
import Hummingbird
import Kernel
import People
import Web

/// The desk's doors of proposals: what waits, new ones, and one with what may be done with it.
struct ProposalDeskDoors: Sendable {
  private static let listLimit = 100

  let proposals: Proposals

  private var database: Database { proposals.database }
  private var directory: Directory { proposals.directory }

  func register(on routes: inout Routes) {
    let (station, desk) = (
      Access.Personal.roles(ProposalRoles.station), Access.Personal.roles(ProposalRoles.desk)
    )
    let (base, limits) = ("/proposal-desk/:proposal", Proposals.deskWrites)
    routes.get("/proposal-desk", for: desk, objects: .community) { try await list($0) }
    routes.get("/proposal-desk/new", for: station, objects: .community) { signedIn in
      .page(try await newPage(signedIn, for: nil, .empty, []), signedIn)
    }
    routes.post("/proposal-desk", for: station, objects: .community, limits: limits) {
      try await submit($0, for: nil)
    }
    routes.get("/proposal-desk/for/:person", for: station, objects: .community) { signedIn in
      .page(try await newPage(signedIn, for: try signedIn.id("person"), .empty, []), signedIn)
    }
    routes.post("/proposal-desk/for/:person", for: station, objects: .community, limits: limits) {
      try await submit($0, for: try $0.id("person"))
    }
    routes.get(base, for: desk, objects: .community) { signedIn in
      .page(try await page(signedIn, .fresh, []), signedIn)
    }
    routes.post("\(base)/screening", for: station, objects: .community, limits: limits) {
      try await screen($0)
    }
    routes.post("\(base)/contributions", for: station, objects: .community, limits: limits) {
      try await record($0)
    }
    let said = "\(base)/contributions/:contribution"
    routes.post("\(said)/hide", for: station, objects: .community, limits: limits) { try await hide($0) }
    routes.post("\(said)/keep", for: station, objects: .community, limits: limits) { try await keep($0) }
  }

  private func pages(_ signedIn: SignedIn) -> ProposalDeskPages {
    ProposalDeskPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
  }

  // MARK: - All

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    let states: [ProposalState] = [
      .submitted, .discussion, .voting, .decided, .sent, .answered, .tracked,
    ]
    let waiting = try await database.read { snapshot in
      var waiting = ProposalDeskPages.Waiting()
      for state in states {
        waiting.byState[state] = try ProposalStore.standing(
          state, limit: Self.listLimit, in: community, snapshot)
      }
      waiting.reported = try ContributionStore.reported(limit: Self.listLimit, in: community, snapshot)
        .compactMap { try ProposalStore.find($0, in: community, snapshot) }
      return waiting
    }
    let mayWrite = !signedIn.roles.isDisjoint(with: ProposalRoles.station)
    return .page(pages(signedIn).list(waiting, mayWrite: mayWrite), signedIn)
  }

  // MARK: - New ones

  /// - Parameter person: for whom it is written down; nil for what a meeting raised.
  /// - Throws: `not_found` for people of other communities.
  private func newPage(
    _ signedIn: SignedIn, for person: PersonID?, _ state: FormState, _ alerts: [HTML]
  ) async throws -> Page {
    let community = signedIn.community.id
    let (whose, policies) = try await database.read { [proposals, directory] snapshot in
      let policies = try proposals.ports.policies.choices(community, snapshot)
      guard let person else {
        let meetings = try proposals.ports.meetings.choices(community, snapshot)
        return (ProposalDeskPages.Whose.meeting(meetings), policies)
      }
      guard let name = try directory.displayNames(of: [person], in: community, snapshot)[person] else {
        throw Problem.notFound
      }
      return (ProposalDeskPages.Whose.person(person, name: name), policies)
    }
    return pages(signedIn).new(whose, policies, key: Form.newKey, state, alerts: alerts)
  }

  private func submit(_ signedIn: SignedIn, for person: PersonID?) async throws -> Response {
    let form = try await signedIn.form()
    let actor = try signedIn.actor(of: ProposalRoles.station)
    let voice: ProposalVoice = person.map { .forResident($0, by: actor) } ?? .meeting(by: actor)
    return try await FormAgain.answer(
      signedIn, form, page: { try await newPage(signedIn, for: person, $0, $1) },
      work: {
        let draft = try ProposalForm.draft(form, wishesMeeting: person == nil)
        let path = try await proposals.database.once("POST /proposal-desk", form, signedIn) {
          [proposals] transaction in
          ProposalParts.desk(try proposals.desk.submit(draft, for: voice, in: transaction))
        }
        return .redirect(to: path)
      })
  }

  // MARK: - One

  private func page(
    _ signedIn: SignedIn, _ forms: ProposalDeskPages.Forms, _ alerts: [HTML]
  ) async throws -> Page {
    let id: ProposalID = try signedIn.id("proposal")
    let community = signedIn.community.id
    let last = signedIn.query("after").flatMap { ContributionID($0) }
    let (reading, roles) = (proposals.reading(signedIn), signedIn.roles)
    let content = try await database.read { [directory] snapshot in
      let view = try reading.view(of: id, after: last, snapshot)
      let seesNames = !roles.isDisjoint(with: ProposalRoles.station)
      let people = seesNames ? [view.proposal.author, view.proposal.madeBy.person].compactMap(\.self) : []
      let isNew = view.proposal.standing.state == .submitted
      return ProposalDeskPages.Content(
        view: view, names: try directory.displayNames(of: people, in: community, snapshot),
        open: isNew
          ? try ProposalStore.page(of: .open, before: nil, limit: Self.listLimit, in: community, snapshot)
          : [],
        roles: roles)
    }
    return pages(signedIn).proposal(content, forms, alerts: signedIn.savedNotice + alerts)
  }

  /// Does what one of several forms of the page asks, and shows that form again where it cannot be done.
  func answer(
    _ signedIn: SignedIn, _ form: Form, _ place: String, _ work: () async throws -> Void
  ) async throws -> Response {
    let id: ProposalID = try signedIn.id("proposal")
    return try await FormAgain.answer(
      signedIn, form,
      page: { state, alerts in
        let forms = ProposalDeskPages.Forms(key: Form.newKey, place: place, state: state)
        return try await page(signedIn, forms, alerts)
      },
      work: {
        try await work()
        return .redirect(to: "\(ProposalParts.desk(id))?saved=\(place)")
      })
  }

  private func screen(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: ProposalID = try signedIn.id("proposal")
    let actor = try signedIn.actor(of: ProposalRoles.station)
    return try await answer(signedIn, form, "screen") {
      let screening = try ProposalForm.screening(form)
      let seen = ProposalForm.seen(form)
      try await proposals.database.once("POST /proposal-desk/screening", form, signedIn) {
        [proposals] transaction in
        try proposals.desk.screen(screening, of: id, seen: seen, by: actor, in: transaction)
        return ""
      }
    }
  }

  // MARK: - What was said

  private func record(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: ProposalID = try signedIn.id("proposal")
    let actor = try signedIn.actor(of: ProposalRoles.station)
    return try await answer(signedIn, form, "record") {
      let draft = try ProposalForm.contribution(form)
      try await proposals.database.once("POST /proposal-desk/contributions", form, signedIn) {
        [proposals] transaction in
        try proposals.desk.record(draft, of: id, by: actor, in: transaction)
        return ""
      }
    }
  }

  private func hide(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: ContributionID = try signedIn.id("contribution")
    return try await answer(signedIn, form, "hide-\(id)") {
      try await judge(id, hiddenBecause: try ProposalForm.reason(form), form, signedIn)
    }
  }

  private func keep(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: ContributionID = try signedIn.id("contribution")
    return try await answer(signedIn, form, "keep-\(id)") {
      try await judge(id, hiddenBecause: nil, form, signedIn)
    }
  }

  private func judge(
    _ contribution: ContributionID, hiddenBecause reason: String?, _ form: Form, _ signedIn: SignedIn
  ) async throws {
    let id: ProposalID = try signedIn.id("proposal")
    let actor = try signedIn.actor(of: ProposalRoles.station)
    try await proposals.database.once("POST /proposal-desk/judgement", form, signedIn) {
      [proposals] transaction in
      try proposals.desk.judge(
        contribution, of: id, hiddenBecause: reason, by: actor, in: transaction)
      return ""
    }
  }
}
