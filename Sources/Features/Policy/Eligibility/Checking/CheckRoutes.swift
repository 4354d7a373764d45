import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Security
import Web

/// The doors at which people see for themselves whether a policy may be for them, signed in or not.
///
/// What they enter is in the body of a request and in the page that answers it. It is not written to the database, to the log,
/// into an address or into a browser's store; a test looks for it there.
struct CheckDoors: Sendable {
  let database: Database
  let vault: Vault
  let shelf: PolicyShelf
  let questions: PolicyQuestionDesk

  static let limits = [RateLimit("policy.check", 60, per: .minutes(1), by: .address)]

  func register(on routes: inout Routes) {
    routes.get("/policies/check", .everyone, objects: .community) { visit in
      try await several(visit, try place(visit.query("for")), nil, nil, [])
    }
    routes.post("/policies/check", .everyone, objects: .none, limits: Self.limits) { visit in
      try await answerSeveral(visit)
    }
    routes.get("/policies/:policy/check", .everyone, objects: .community) { visit in
      let check = try await check(visit)
      return unstored(.page(pages(visit).one(check, nil, nil, alerts: []), visit))
    }
    routes.post("/policies/:policy/check", .everyone, objects: .none, limits: Self.limits) { visit in
      try await answerOne(visit)
    }
    routes.post(
      "/policies/:policy/ask", for: .signedIn, objects: .own("questions about policies"),
      limits: PolicyQuestions.limits
    ) { try await ask($0) }
    registerAPI(on: &routes)
  }

  // MARK: - Checking

  private func answerOne(_ visit: Visit) async throws -> Response {
    let check = try await check(visit)
    let form = try await visit.form()
    return unstored(
      try await FormAgain.answer(
        visit, form, page: { pages(visit).one(check, .empty, $0, alerts: $1) },
        work: {
          let facts = try Self.facts(form, of: check.rule.facts)
          return .page(pages(visit).one(check, facts, nil, alerts: []), visit)
        }))
  }

  private func answerSeveral(_ visit: Visit) async throws -> Response {
    let form = try await visit.form()
    let place = try place(try form["for"])
    let checks = try await checks(visit, place)
    return unstored(
      try await FormAgain.answer(
        visit, form, page: { pages(visit).several(checks, at: place, .empty, $0, alerts: $1) },
        work: {
          let facts = try Self.facts(form, of: checks.reduce(into: []) { $0.formUnion($1.rule.facts) })
          return .page(pages(visit).several(checks, at: place, facts, nil, alerts: []), visit)
        }))
  }

  private func several(
    _ visit: Visit, _ place: HintPlace, _ facts: FactSheet?, _ state: FormState?, _ alerts: [HTML]
  ) async throws -> Response {
    let checks = try await checks(visit, place)
    return unstored(
      .page(pages(visit).several(checks, at: place, facts, state, alerts: alerts), visit))
  }

  /// - Throws: `form.invalid`.
  private static func facts(_ form: Form, of facts: Set<EligibilityFact>) throws -> FactSheet {
    var reader = FormReader(form)
    let sheet = FactForm.sheet(facts.sorted(), &reader)
    try reader.finish()
    return sheet
  }

  func check(_ visit: Visit) async throws -> EligibilityCheck {
    let policy: PolicyID = try visit.id("policy")
    let (community, day) = (visit.community.id, today(visit))
    return try await database.read {
      try EligibilityCheck.find(policy, on: day, shelf, in: community, $0)
    }
  }

  private func checks(_ visit: Visit, _ place: HintPlace) async throws -> [EligibilityCheck] {
    let (community, day) = (visit.community.id, today(visit))
    return try await database.read {
      try EligibilityCheck.all(at: place, on: day, shelf, in: community, $0)
    }
  }

  /// - Throws: `not_found`.
  private func place(_ text: String?) throws -> HintPlace {
    guard let place = text.flatMap(HintPlace.init(rawValue:)) else { throw Problem.notFound }
    return place
  }

  private func today(_ visit: Visit) -> PolicyDay {
    PolicyDay(visit.now, offsetSeconds: visit.community.offsetSeconds)
  }

  private func pages(_ visit: Visit) -> CheckPages {
    CheckPages(
      say: visit.say, token: visit.formToken,
      askKey: visit.session.map { _ in { Form.newKey } })
  }

  /// Nobody keeps such a page: no browser, and nothing between.
  private func unstored(_ response: Response) -> Response {
    var response = response
    response.headers[.cacheControl] = "no-store"
    return response
  }

  // MARK: - Asking a worker

  private func ask(_ signedIn: SignedIn) async throws -> Response {
    let policy: PolicyID = try signedIn.id("policy")
    let community = signedIn.community.id
    let person = signedIn.personID
    let form = try await signedIn.form()
    let passesOn = FormReader(form).isTicked("pass_on")
    // Facts about a person never stand in a digest that is kept.
    let key = try form.onceKey("POST /policies/:policy/ask", signedIn, telling: "\(passesOn)")
    let facts = passesOn ? try Self.facts(form, of: Set(EligibilityFact.allCases)) : .empty
    let cipher = facts.isEmpty ? nil : try await vault.cipher(for: .policyFacts(in: community))
    try await database.change(in: community, once: key) { [questions, shelf] transaction in
      _ = try shelf.shownCard(policy, in: community, transaction)
      try questions.ask(
        about: policy, by: person, passingOn: cipher.map { PassedOnFacts(facts: facts, cipher: $0) },
        in: transaction)
    }
    return .redirect(to: PolicyQuestionPages.own)
  }
}
