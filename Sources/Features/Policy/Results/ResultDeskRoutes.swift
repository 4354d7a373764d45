import Database
import Hummingbird
import Kernel
import People
import Web

/// The desk's doors of answers and results.
struct ResultDeskDoors: Sendable {
  let proposals: Proposals

  private var desk: ProposalDeskDoors { ProposalDeskDoors(proposals: proposals) }

  func register(on routes: inout Routes) {
    let (station, desk) = (
      Access.Personal.roles(ProposalRoles.station), Access.Personal.roles(ProposalRoles.desk)
    )
    let (base, limits) = ("/proposal-desk/:proposal", Proposals.deskWrites)
    routes.post("\(base)/sending", for: station, objects: .community, limits: limits) { try await send($0) }
    routes.post("\(base)/answer", for: desk, objects: .community, limits: limits) { try await answer($0) }
    routes.get("\(base)/result", for: station, objects: .community) { signedIn in
      .page(try await page(signedIn, .fresh, []), signedIn)
    }
    routes.post("\(base)/result", for: station, objects: .community, limits: limits) { try await begin($0) }
    routes.post("\(base)/result/actions", for: station, objects: .community, limits: limits) {
      try await add($0)
    }
    routes.post("\(base)/result/actions/:action", for: station, objects: .community, limits: limits) {
      try await report($0)
    }
    routes.post("\(base)/result/entries", for: station, objects: .community, limits: limits) {
      try await note($0)
    }
    routes.post("\(base)/result/finish", for: station, objects: .community, limits: limits) {
      try await finish($0)
    }
  }

  // MARK: - Answers

  private func send(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: ProposalID = try signedIn.id("proposal")
    let actor = try signedIn.actor(of: ProposalRoles.station)
    return try await desk.answer(signedIn, form, "send") {
      let sending = try ResultForm.sending(
        form, at: signedIn.now, offsetSeconds: signedIn.community.offsetSeconds)
      let seen = ProposalForm.seen(form)
      try await proposals.database.once("POST /proposal-desk/sending", form, signedIn) {
        [proposals] transaction in
        try proposals.results.send(sending, id, seen: seen, by: actor, in: transaction)
        return ""
      }
    }
  }

  private func answer(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: ProposalID = try signedIn.id("proposal")
    let community = signedIn.community.id
    return try await desk.answer(signedIn, form, "answer") {
      let sending = try await proposals.database.read {
        try AnswerStore.sending(of: id, in: community, $0)
      }
      guard let sending else { throw Problem.notFound }
      let answer = try ResultForm.answer(form, of: sending.addressee, at: signedIn.now)
      let seen = ProposalForm.seen(form)
      try await proposals.database.once("POST /proposal-desk/answer", form, signedIn) {
        [proposals] transaction in
        try proposals.results.answer(
          answer, to: id, seen: seen, by: signedIn.personID, holding: signedIn.roles, in: transaction)
        return ""
      }
    }
  }

  // MARK: - The result

  private func begin(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: ProposalID = try signedIn.id("proposal")
    let actor = try signedIn.actor(of: ProposalRoles.station)
    return try await desk.answer(signedIn, form, "begin") {
      let summary = try ResultForm.summary(form)
      let seen = ProposalForm.seen(form)
      try await proposals.database.once("POST /proposal-desk/result", form, signedIn) {
        [proposals] transaction in
        try proposals.results.begin(summary, of: id, seen: seen, by: actor, in: transaction)
        return ""
      }
    }
  }

  /// - Throws: `not_found` while nothing was begun.
  private func page(
    _ signedIn: SignedIn, _ forms: ProposalDeskPages.Forms, _ alerts: [HTML]
  ) async throws -> Page {
    let id: ProposalID = try signedIn.id("proposal")
    let community = signedIn.community.id
    let content = try await proposals.database.read { [proposals] snapshot in
      guard let proposal = try ProposalStore.find(id, in: community, snapshot),
        let result = try ResultStore.result(of: id, in: community, snapshot)
      else { throw Problem.notFound }
      let entries = try ResultStore.entries(of: id, in: community, snapshot)
      return ResultDeskPages.Content(
        proposal: proposal, result: result, entries: entries,
        policies: try proposals.ports.cards(of: entries, in: community, snapshot),
        choices: try proposals.ports.policies.choices(community, snapshot))
    }
    return ResultDeskPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now).result(
      content, forms, alerts: signedIn.savedNotice + alerts)
  }

  /// Does what one of the forms of the result's page asks, and shows that form again where it cannot be done.
  private func change(
    _ signedIn: SignedIn, _ operation: StaticString, _ place: String,
    _ work: (Form, ProposalID, Actor) throws -> @Sendable (Transaction) throws -> Void
  ) async throws -> Response {
    let form = try await signedIn.form()
    let id: ProposalID = try signedIn.id("proposal")
    let actor = try signedIn.actor(of: ProposalRoles.station)
    return try await FormAgain.answer(
      signedIn, form,
      page: { state, alerts in
        let forms = ProposalDeskPages.Forms(key: Form.newKey, place: place, state: state)
        return try await page(signedIn, forms, alerts)
      },
      work: {
        let change = try work(form, id, actor)
        try await proposals.database.once(operation, form, signedIn) { transaction in
          try change(transaction)
          return ""
        }
        return .redirect(to: "\(ProposalParts.desk(id))/result?saved=1")
      })
  }

  private func add(_ signedIn: SignedIn) async throws -> Response {
    try await change(signedIn, "POST /proposal-desk/result/actions", "add") { form, id, actor in
      let draft = try ResultForm.action(form, offsetSeconds: signedIn.community.offsetSeconds)
      return { [proposals] in try proposals.results.add(draft, to: id, by: actor, in: $0) }
    }
  }

  private func report(_ signedIn: SignedIn) async throws -> Response {
    let action: ResultActionID = try signedIn.id("action")
    return try await change(
      signedIn, "POST /proposal-desk/result/action", "action-\(action)"
    ) { form, id, actor in
      let report = try ResultForm.report(
        form, at: signedIn.now, offsetSeconds: signedIn.community.offsetSeconds)
      return { [proposals] in
        try proposals.results.report(report, on: action, of: id, by: actor, in: $0)
      }
    }
  }

  private func note(_ signedIn: SignedIn) async throws -> Response {
    try await change(signedIn, "POST /proposal-desk/result/entries", "note") { form, id, actor in
      let draft = try ResultForm.entry(
        form, at: signedIn.now, offsetSeconds: signedIn.community.offsetSeconds)
      return { [proposals] in try proposals.results.note(draft, on: id, by: actor, in: $0) }
    }
  }

  private func finish(_ signedIn: SignedIn) async throws -> Response {
    try await change(signedIn, "POST /proposal-desk/result/finish", "finish") { form, id, actor in
      let seen = ProposalForm.seen(form)
      return { [proposals] in try proposals.results.finish(id, seen: seen, by: actor, in: $0) }
    }
  }
}
