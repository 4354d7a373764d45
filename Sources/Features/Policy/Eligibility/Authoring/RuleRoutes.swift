import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Security
import Web

/// The doors at which rules are written, tried out and published.
struct RuleDoors: Sendable {
  let database: Database
  let directory: Directory
  let shelf: PolicyShelf
  let desk = RuleDesk()

  static let limits = [RateLimit("policy.rule", 120, per: .minutes(1))]
  /// Steps of a draft that its page lists.
  private static let listed = 30

  func register(on routes: inout Routes) {
    let writers = Access.Personal.roles(RuleDesk.writers)
    let publishers = Access.Personal.roles(RuleDesk.publishers)
    let base = "/policies/:policy/rule"
    routes.get(base, for: writers, objects: .community) { try await overview($0) }
    routes.get("\(base)/versions/:version", for: writers, objects: .community) { try await version($0) }
    routes.post("\(base)/draft", for: writers, objects: .community, limits: Self.limits) {
      try await begin($0)
    }
    routes.get("\(base)/draft", for: writers, objects: .community) { signedIn in
      .page(try await draftPage(signedIn, []), signedIn)
    }
    registerParts(on: &routes, writers, "\(base)/draft")
    routes.post("\(base)/draft/steps", for: writers, objects: .community, limits: Self.limits) {
      try await step($0)
    }
    routes.post("\(base)/draft/try", for: writers, objects: .community, limits: Self.limits) {
      try await tryOut($0)
    }
    routes.post("\(base)/draft/drop", for: writers, objects: .community) { signedIn in
      try await change(signedIn, "POST /policies/:policy/rule/draft/drop", for: RuleDesk.writers) {
        try desk.drop($0, seen: $1, by: $2, in: $3)
      }
    }
    routes.post("\(base)/draft/publish", for: publishers, objects: .community) { signedIn in
      try await change(signedIn, "POST /policies/:policy/rule/draft/publish", for: RuleDesk.publishers) {
        try desk.publish($0, seen: $1, by: $2, in: $3)
      }
    }
    routes.post("\(base)/take-down", for: publishers, objects: .community) { signedIn in
      try await change(signedIn, "POST /policies/:policy/rule/take-down", for: RuleDesk.publishers) {
        policy, _, actor, transaction in
        try desk.takeDown(policy, by: actor, in: transaction)
      }
    }
  }

  private func registerParts(on routes: inout Routes, _ writers: Access.Personal, _ draft: String) {
    let pages = [
      "\(draft)/nodes/:node", "\(draft)/nodes/:node/new/:fact", "\(draft)/standards/:standard",
      "\(draft)/tests/:test",
    ]
    for page in pages {
      routes.get(page, for: writers, objects: .community) { signedIn in
        .page(try await partPage(signedIn, try RulePlace(signedIn), nil, .empty, []), signedIn)
      }
    }
  }

  // MARK: - Reading

  private func overview(_ signedIn: SignedIn) async throws -> Response {
    .page(try await overviewPage(signedIn, []), signedIn)
  }

  private func overviewPage(_ signedIn: SignedIn, _ alerts: [HTML]) async throws -> Page {
    let policy: PolicyID = try signedIn.id("policy")
    let community = signedIn.community.id
    return try await database.read { snapshot in
      let card = try shelf.card(policy, in: community, snapshot)
      let versions = try RuleVersionStore.versions(of: policy, in: community, snapshot)
      let names = try directory.displayNames(
        of: Set(versions.map(\.publishedBy.person)), in: community, snapshot)
      return pages(signedIn, card).overview(
        try RuleVersionStore.head(of: policy, in: community, snapshot), versions,
        draft: try RuleDraftStore.open(of: policy, in: community, snapshot),
        mayPublish: !signedIn.roles.isDisjoint(with: RuleDesk.publishers), names: names, alerts: alerts)
    }
  }

  private func version(_ signedIn: SignedIn) async throws -> Response {
    let policy: PolicyID = try signedIn.id("policy")
    let community = signedIn.community.id
    guard let number = Int64(try signedIn.parameter("version")) else { throw Problem.notFound }
    let page = try await database.read { snapshot in
      let card = try shelf.card(policy, in: community, snapshot)
      guard
        let version = try RuleVersionStore.version(number, of: policy, in: community, snapshot)
      else { throw Problem.notFound }
      let names = try directory.displayNames(of: [version.publishedBy.person], in: community, snapshot)
      return pages(signedIn, card).version(version, names: names)
    }
    return .page(page, signedIn)
  }

  private func pages(_ signedIn: SignedIn, _ card: PolicyCard) -> RulePages {
    RulePages(
      say: signedIn.say, token: signedIn.formToken, card: card, today: today(signedIn),
      key: { Form.newKey })
  }

  private func draftPage(
    _ signedIn: SignedIn, _ alerts: [HTML], trial: RuleDraftPages.Trial? = nil
  ) async throws -> Page {
    let (person, community) = (signedIn.personID, signedIn.community.id)
    return try await reading(signedIn) { card, draft, snapshot in
      let revisions = try RuleDraftStore.revisions(
        of: draft.id, limit: Self.listed, in: community, snapshot)
      let writers = try RuleDraftStore.writers(of: draft.id, in: community, snapshot)
      let shown = RuleDraftPages.Shown(
        draft: draft, revisions: revisions,
        names: try directory.displayNames(of: writers, in: community, snapshot),
        isWriter: writers.contains(person),
        mayPublish: !signedIn.roles.isDisjoint(with: RuleDesk.publishers), trial: trial)
      return RuleDraftPages(
        say: signedIn.say, token: signedIn.formToken, card: card, today: today(signedIn),
        key: { Form.newKey }
      ).page(shown, alerts: alerts)
    }
  }

  /// - Throws: `not_found` where there is no such policy, or no draft of it.
  private func reading<Result: Sendable>(
    _ signedIn: SignedIn, _ read: @escaping @Sendable (PolicyCard, RuleDraft, Snapshot) throws -> Result
  ) async throws -> Result {
    let policy: PolicyID = try signedIn.id("policy")
    let community = signedIn.community.id
    return try await database.read { snapshot in
      let card = try shelf.card(policy, in: community, snapshot)
      guard let draft = try RuleDraftStore.open(of: policy, in: community, snapshot) else {
        throw Problem.notFound
      }
      return try read(card, draft, snapshot)
    }
  }

  private func today(_ signedIn: SignedIn) -> PolicyDay {
    PolicyDay(signedIn.now, offsetSeconds: signedIn.community.offsetSeconds)
  }

  // MARK: - Parts

  /// The page of one place in a draft, as it was opened or with the form that was sent from it.
  private func partPage(
    _ signedIn: SignedIn, _ place: RulePlace, _ sent: RuleStepKind?, _ state: FormState, _ alerts: [HTML]
  ) async throws -> Page {
    let today = today(signedIn)
    return try await reading(signedIn) { card, draft, _ in
      let key = { Form.newKey }
      let parts = RulePartPages(
        say: signedIn.say, token: signedIn.formToken, card: card, today: today, key: key, draft: draft)
      let standards = RuleStandardPages(
        say: signedIn.say, token: signedIn.formToken, card: card, key: key, draft: draft)
      let rule = draft.content.rule
      switch place {
      case .node(let path):
        guard let node = rule.root[path] else { throw Problem.notFound }
        return parts.part(path, node, sent: sent, state, alerts: alerts)
      case .newCondition(let fact, let path):
        guard case .group? = rule.root[path] else { throw Problem.notFound }
        let fresh = FormState(["parameter": RuleStepForm.nothing])
        return parts.newCondition(fact, under: path, sent == nil ? fresh : state, alerts: alerts)
      case .newStandard: return standards.new(state, alerts: alerts)
      case .standard(let key):
        guard let parameter = rule.parameter(key) else { throw Problem.notFound }
        return standards.standard(parameter, sent: sent, state, alerts: alerts)
      case .test(let number):
        let tests = draft.content.tests
        if let number, !tests.indices.contains(number) { throw Problem.notFound }
        let stored = RuleStandardPages.state(
          of: number.map { tests[$0] }, facts: rule.facts.sorted(), today: today)
        return standards.test(number, sent == nil ? stored : state, alerts: alerts)
      }
    }
  }

  // MARK: - Writing

  private func begin(_ signedIn: SignedIn) async throws -> Response {
    let policy: PolicyID = try signedIn.id("policy")
    let community = signedIn.community.id
    let actor = try signedIn.actor(of: RuleDesk.writers)
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { _, alerts in try await overviewPage(signedIn, alerts) },
      work: {
        let key = try form.onceKey("POST /policies/:policy/rule/draft", signedIn)
        try await database.change(in: community, once: key) { [desk, shelf] transaction in
          _ = try shelf.card(policy, in: community, transaction)
          try desk.begin(policy, by: actor, in: transaction)
        }
        return .redirect(to: RuleDraftPages.draft(policy))
      })
  }

  /// One step of writing. What cannot be taken is shown again where it was sent from; a step that was made on an older state
  /// leads to the present one.
  private func step(_ signedIn: SignedIn) async throws -> Response {
    let policy: PolicyID = try signedIn.id("policy")
    let actor = try signedIn.actor(of: RuleDesk.writers)
    let form = try await signedIn.form()
    let kind = RuleStepKind(rawValue: try form["step"] ?? "")
    return try await FormAgain.answer(
      signedIn, form,
      page: { state, alerts in
        guard let kind, let place = try RulePlace(form, kind) else {
          return try await draftPage(signedIn, alerts)
        }
        return try await partPage(signedIn, place, kind, state, alerts)
      },
      work: {
        try await leadingOn(signedIn) {
          let key = try form.onceKey("POST /policies/:policy/rule/draft/steps", signedIn)
          try await database.change(in: signedIn.community.id, once: key) {
            try write(form, of: policy, by: actor, in: $0)
          }
          return .redirect(to: RuleDraftPages.draft(policy))
        }
      })
  }

  private func write(
    _ form: Form, of policy: PolicyID, by actor: Actor, in transaction: Transaction
  ) throws {
    let seen = try RuleStepForm.revision(form)
    guard let draft = try RuleDraftStore.open(of: policy, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    // Before the form is read: what it says is about the state that it was drawn for.
    guard draft.revision == seen else { throw Problem.ruleDraftStale }
    switch try RuleStepForm.command(form, draft.content) {
    case .step(let step): try desk.write(step, of: policy, seen: seen, by: actor, in: transaction)
    case .restore(let to): try desk.restore(to, of: policy, seen: seen, by: actor, in: transaction)
    }
  }

  /// A stale step is answered with the draft as it stands now and the sentence that says so.
  private func leadingOn(
    _ signedIn: SignedIn, _ work: () async throws -> Response
  ) async throws -> Response {
    do {
      return try await work()
    } catch let problem as Problem where problem.code == Problem.ruleDraftStale.code {
      if signedIn.wantsJSON { throw problem }
      let alerts = FormAgain.notices(problem, signedIn.say)
      return .page(try await draftPage(signedIn, alerts), signedIn, status: .conflict)
    }
  }

  /// A change that needs no more than a button.
  private func change(
    _ signedIn: SignedIn, _ operation: StaticString, for roles: Set<Role>,
    _ change: @escaping @Sendable (PolicyID, Int64, Actor, Transaction) throws -> Void
  ) async throws -> Response {
    let policy: PolicyID = try signedIn.id("policy")
    let actor = try signedIn.actor(of: roles)
    let form = try await signedIn.form()
    let seen = try RuleStepForm.revision(form)
    let key = try form.onceKey(operation, signedIn)
    return try await FormAgain.answer(
      signedIn, form, page: { _, alerts in try await afterChange(signedIn, alerts) },
      work: {
        try await leadingOn(signedIn) {
          try await database.change(in: signedIn.community.id, once: key) {
            try change(policy, seen, actor, $0)
          }
          return .redirect(to: RuleDraftPages.base(policy))
        }
      })
  }

  private func afterChange(_ signedIn: SignedIn, _ alerts: [HTML]) async throws -> Page {
    signedIn.path.hasSuffix("/take-down")
      ? try await overviewPage(signedIn, alerts) : try await draftPage(signedIn, alerts)
  }

  // MARK: - Trying out

  /// Tries a made-up situation on the draft. Nothing of it is kept.
  private func tryOut(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let rule = try await reading(signedIn) { _, draft, _ in draft.content.rule }
    return try await FormAgain.answer(
      signedIn, form,
      page: { state, alerts in
        let trial = RuleDraftPages.Trial(state: state, result: nil, day: today(signedIn))
        return try await draftPage(signedIn, alerts, trial: trial)
      },
      work: {
        var reader = FormReader(form)
        let day = reader.raw("day", isRequired: true).flatMap { PolicyDay(iso: $0) }
        if day == nil {
          reader.add("day", Phrase("请填日子，如 2026-01-01。", "Please enter a day like 2026-01-01."))
        }
        let facts = FactForm.sheet(rule.facts.sorted(), &reader)
        try reader.finish()
        guard let day else { throw Problem.staleForm }
        let trial = RuleDraftPages.Trial(
          state: FormState(form), result: rule.result(on: day, given: facts), day: day)
        return .page(try await draftPage(signedIn, [], trial: trial), signedIn)
      })
  }
}

/// A page of a draft: of a part, a standard or an example.
enum RulePlace: Sendable, Hashable {
  case node(RulePath)
  case newCondition(EligibilityFact, under: RulePath)
  case newStandard
  case standard(String)
  /// Nil for a new one.
  case test(Int?)

  /// The page that a path names.
  /// - Throws: `not_found`.
  init(_ signedIn: SignedIn) throws {
    func word(_ name: String) -> String? { try? signedIn.parameter(name) }
    if let text = word("node") {
      guard let path = RulePath(text) else { throw Problem.notFound }
      guard let name = word("fact") else {
        self = .node(path)
        return
      }
      guard let fact = EligibilityFact(rawValue: name) else { throw Problem.notFound }
      self = .newCondition(fact, under: path)
    } else if let key = word("standard") {
      self = key == "new" ? .newStandard : .standard(key)
    } else if let test = word("test") {
      guard test == "new" || Int(test) != nil else { throw Problem.notFound }
      self = .test(Int(test))
    } else {
      throw Problem.notFound
    }
  }

  /// The page that a form was sent from; nil for the draft's own.
  init?(_ form: Form, _ kind: RuleStepKind) throws {
    switch kind {
    case .addCondition:
      guard let path = RulePath(try form["node"] ?? ""),
        let fact = EligibilityFact(rawValue: try form["fact"] ?? "")
      else { return nil }
      self = .newCondition(fact, under: path)
    case .addParameter: self = .newStandard
    case .renameParameter, .removeParameter, .setValue, .removeValue:
      self = .standard(try form["parameter"] ?? "")
    case .setTest: self = .test(try form["place"].flatMap { Int($0) })
    case .removeTest, .setPlaces, .restore: return nil
    default:
      guard let path = RulePath(try form["node"] ?? "") else { return nil }
      self = .node(path)
    }
  }
}
