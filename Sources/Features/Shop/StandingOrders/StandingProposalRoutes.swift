import Database
import Hummingbird
import Kernel
import People
import Web

/// The doors of whoever writes a standing order down for somebody, and of that person's word.
extension StandingOrders {
  func registerHelp(on routes: inout Routes) {
    routes.get("/assisted-orders/standing/:mandate", for: .signedIn, objects: Self.own) {
      try await helpPage($0)
    }
    routes.post(
      "/assisted-orders/standing/:mandate", for: .signedIn, objects: Self.own, limits: Self.limits
    ) { try await propose($0) }
    routes.post(
      "/assisted-orders/standing/:mandate/pause", for: .signedIn, objects: Self.own, limits: Self.limits
    ) { try await pauseForSomebody($0) }
    routes.get("/standing-orders/proposals/:proposal", for: .signedIn, objects: Self.own) { signedIn in
      .page(proposalPages(signedIn).readBack(try await readBack(signedIn)), signedIn)
    }
    routes.post(
      "/standing-orders/proposals/:proposal/pin", for: .signedIn, objects: Self.own, limits: Self.limits
    ) { try await confirm($0, through: .pin) }
    routes.post(
      "/standing-orders/proposals/:proposal/code", for: .signedIn, objects: Self.own, limits: Self.limits
    ) { try await confirm($0, through: .code) }
    routes.post(
      "/standing-orders/proposals/:proposal/agree", for: .signedIn, objects: Self.own, limits: Self.limits
    ) { try await confirm($0, through: .agree) }
    routes.post("/standing-orders/proposals/:proposal/decline", for: .signedIn, objects: Self.own) {
      signedIn in
      let id: StandingProposalID = try signedIn.id("proposal")
      try await database.write(in: signedIn.community.id) {
        try desk.decline(id, by: Actor(helping: signedIn), in: $0)
      }
      return .redirect(to: "/standing-orders/proposals/\(id)")
    }
  }

  private func proposalPages(_ signedIn: SignedIn) -> StandingProposalPages {
    StandingProposalPages(say: signedIn.say, formToken: signedIn.formToken, now: signedIn.now)
  }

  // MARK: - Writing it down

  private func helpPage(
    _ signedIn: SignedIn, form: Form? = nil, pauseState: FormState = .empty, problem: Problem? = nil
  ) async throws -> Response {
    let community = signedIn.community.id
    let (helped, household) = try await helped(signedIn)
    let (reading, choices) = try await database.read { snapshot in
      let reading = try StandingReading.read(of: household, in: community, snapshot)
      let terms = helped.mandate.terms(at: snapshot.now)
      let choices = try reading.choices(
        .nothing, of: household, takesAsked: true, where: { terms.covers($0) }, in: community, snapshot)
      // What became of a list that the household wrote itself is not told to its helper.
      let isWrittenByHelper = reading.standing?.mandate(of: signedIn.personID) != nil
      return (isWrittenByHelper ? reading : StandingReading(), choices)
    }
    return .page(
      proposalPages(signedIn).form(
        helped, reading, choices, form.map { FormState($0, problems: problem?.fields ?? []) },
        pauseState: pauseState, problem: problem.flatMap { $0.fields.isEmpty ? $0 : nil }), signedIn,
      status: .init(code: problem?.status ?? 200))
  }

  private func propose(_ signedIn: SignedIn) async throws -> Response {
    let (helped, _) = try await helped(signedIn)
    let form = try await signedIn.form()
    do {
      let needs = try StandingOrderForm.needs(form)
      guard !needs.isEmpty else { throw Problem.standingOrderEmpty }
      let draft = StandingOrderDesk.Draft(mandate: helped.mandate.id, needs: needs)
      let proposal = try await database.write(in: signedIn.community.id) {
        try desk.propose(draft, by: Actor(helping: signedIn), in: $0)
      }
      return .redirect(to: "/standing-orders/proposals/\(proposal.id)")
    } catch let problem as Problem where [403, 409, 422].contains(problem.status) {
      return try await helpPage(signedIn, form: form, problem: problem)
    }
  }

  private func pauseForSomebody(_ signedIn: SignedIn) async throws -> Response {
    let (helped, household) = try await helped(signedIn)
    let form = try await signedIn.form()
    do {
      try await pause(household, form, signedIn, by: Actor(helping: signedIn))
      return .redirect(to: "/assisted-orders/standing/\(helped.mandate.id)")
    } catch let problem as Problem where problem.status == 422 {
      return try await helpPage(signedIn, pauseState: FormState(form, problem))
    }
  }

  // MARK: - The person's word

  private func confirm(_ signedIn: SignedIn, through door: PrincipalWordDoor) async throws -> Response {
    let asked = try await readBack(signedIn)
    let id = asked.proposal.id
    let form = try await signedIn.form()
    do {
      let word = try await desk.proofs.word(
        through: door, form, of: asked.proposal.person, askedBy: asked.proposal.helper, signedIn, database)
      try await database.write(in: signedIn.community.id) { try desk.confirm(id, word, in: $0) }
      return .redirect(to: "/standing-orders/proposals/\(id)")
    } catch let problem as Problem where [401, 403, 409, 422, 429].contains(problem.status) {
      let page = proposalPages(signedIn).readBack(try await readBack(signedIn), problem: problem)
      return .page(page, signedIn, status: .init(code: problem.status == 401 ? 422 : problem.status))
    }
  }

  // MARK: - Parts

  /// The mandate in the path, for its helper alone, with the principal's household.
  private func helped(
    _ signedIn: SignedIn
  ) async throws -> (AssistedOrderPages.Helped, HouseholdID) {
    let id: MandateID = try signedIn.id("mandate")
    let community = signedIn.community.id
    return try await database.read { snapshot in
      guard let mandate = try directory.mandate(id, in: community, snapshot),
        mandate.helper == signedIn.personID, mandate.isAlive(at: snapshot.now),
        let household = try directory.household(of: mandate.principal, in: community, snapshot)
      else { throw Problem.notFound }
      let helped = try AssistedOrderPages.Helped.read(
        mandate, desk.people, directory, in: community, snapshot)
      return (helped, household)
    }
  }

  private func readBack(_ signedIn: SignedIn) async throws -> StandingProposalPages.ReadBack {
    let id: StandingProposalID = try signedIn.id("proposal")
    let (reader, community) = (signedIn.personID, signedIn.community.id)
    return try await database.read { snapshot in
      guard let proposal = try StandingProposalStore.find(id, in: community, snapshot),
        try desk.mayEnd(proposal, reader, in: community, snapshot),
        let mandate = try directory.mandate(proposal.mandate, in: community, snapshot)
      else { throw Problem.notFound }
      let terms = mandate.terms(at: snapshot.now)
      let names = try directory.displayNames(
        of: [proposal.person, proposal.helper], in: community, snapshot)
      let offers = try snapshot.variantOffers(proposal.needs.map(\.variant), in: community)
      return StandingProposalPages.ReadBack(
        proposal: proposal, person: names[proposal.person] ?? "", helper: names[proposal.helper] ?? "",
        offers: Dictionary(offers.map { ($0.variant, $0) }) { first, _ in first },
        reader: reader == proposal.helper
          ? .helper
          : .household(
            mayAgree: PrincipalWord.mayAgree(reader: reader, under: mandate, at: snapshot.now)),
        ways: terms.confirmations,
        nextCode: try desk.proofs.nextCode(proposal.person, proposal.helper, community, snapshot))
    }
  }
}
