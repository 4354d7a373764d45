import Database
import Hummingbird
import Kernel
import Messages
import People
import Security
import Web

/// The doors of questions about policies: the workers' list, and each person's own.
struct PolicyQuestions: Sendable {
  let database: Database
  let directory: Directory
  let vault: Vault
  let shelf: PolicyShelf
  let desk: PolicyQuestionDesk

  /// Who gets in touch with those who ask.
  static let workers: Set<Role> = [.socialWorker, .supervisor]
  static let limits = [RateLimit("policy.question", 30, per: .minutes(10))]
  private static let listed = 200
  private static let shown = 50

  static let navigation: [NavigationItem] = [
    NavigationItem(PolicyQuestionPages.base, Phrase("问政策的人", "Policy questions"), roles: workers)
  ]

  init(
    database: Database, directory: Directory, vault: Vault, messenger: Messenger, shelf: PolicyShelf
  ) {
    self.database = database
    self.directory = directory
    self.vault = vault
    self.shelf = shelf
    desk = PolicyQuestionDesk(directory: directory, messenger: messenger)
  }

  /// What happens by itself: facts are forgotten, and what nobody answered is told.
  var jobs: [JobHandler] {
    [
      ForgetPolicyFacts.handler,
      RemindOfPolicyQuestion.handler(
        PolicyQuestionNotices(directory: directory, messenger: desk.messenger)),
    ]
  }

  static let retentionRules: [RetentionRule] = [
    RetentionRule(
      Phrase("问政策时让带给社工的情况", "What you passed on with a question about a policy"),
      term: Phrase("社工答完就删，最晚 30 天", "Until the worker has answered, 30 days at most"),
      reason: Phrase("只为讲清楚那一项政策", "To explain that one policy")),
    RetentionRule(
      Phrase("查“我符合吗”时填的", "What you enter to see whether you may be eligible"),
      term: Phrase("不保存", "Not kept"),
      reason: Phrase("只是帮您看看，看完就没了", "It is a hint for you, and gone when it is read")),
  ]

  func register(on routes: inout Routes) {
    let workers = Access.Personal.roles(Self.workers)
    routes.get(PolicyQuestionPages.base, for: workers, objects: .community) { try await list($0) }
    routes.get("\(PolicyQuestionPages.base)/:question", for: workers, objects: .community) { signedIn in
      .page(try await page(signedIn, .empty, []), signedIn)
    }
    routes.post("\(PolicyQuestionPages.base)/:question", for: workers, objects: .community) {
      try await answer($0)
    }
    let own = Objects.own("questions about policies")
    routes.get(PolicyQuestionPages.own, for: .signedIn, objects: own) { try await showOwn($0) }
    routes.post(
      "\(PolicyQuestionPages.own)/:question", for: .signedIn, objects: own, limits: Self.limits
    ) { try await change($0) }
  }

  // MARK: - Workers

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    let page = try await database.read { snapshot in
      let open = try PolicyQuestionStore.open(in: community, limit: Self.listed, snapshot)
      let ended = try PolicyQuestionStore.ended(in: community, limit: Self.shown, snapshot)
      return try pages(signedIn, of: open + ended, snapshot).list(open: open, ended: ended)
    }
    return .page(page, signedIn)
  }

  private func page(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let id: PolicyQuestionID = try signedIn.id("question")
    let actor = try actor(signedIn)
    let cipher = try await vault.existingCipher(for: .policyFacts(in: signedIn.community.id))
    return try await database.write(in: signedIn.community.id) { transaction in
      let (question, facts) = try desk.look(at: id, opening: cipher, by: actor, in: transaction)
      return try pages(signedIn, of: [question], transaction).question(
        question, facts, key: Form.newKey, state, alerts: alerts)
    }
  }

  private func answer(_ signedIn: SignedIn) async throws -> Response {
    let id: PolicyQuestionID = try signedIn.id("question")
    let actor = try actor(signedIn)
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await page(signedIn, $0, $1) },
      work: {
        var reader = FormReader(form)
        let outcome = reader.choice("outcome", of: PolicyQuestion.Outcome.self)
        try reader.finish()
        guard let outcome else { throw Problem.staleForm }
        let key = try form.onceKey("POST /policy-questions/:question", signedIn)
        try await database.change(in: signedIn.community.id, once: key) { [desk] in
          try desk.answer(id, outcome, by: actor, in: $0)
        }
        return .redirect(to: PolicyQuestionPages.base)
      })
  }

  /// The worker in the least powerful of their roles that answers.
  private func actor(_ signedIn: SignedIn) throws -> Actor {
    try signedIn.actor(of: Self.workers)
  }

  // MARK: - A person's own

  private func showOwn(_ signedIn: SignedIn) async throws -> Response {
    let page = try await ownPage(signedIn, alerts: [])
    return .page(page, signedIn)
  }

  private func ownPage(_ signedIn: SignedIn, alerts: [HTML]) async throws -> Page {
    let (person, community) = (signedIn.personID, signedIn.community.id)
    return try await database.read { snapshot in
      let questions = try PolicyQuestionStore.questions(
        of: person, limit: Self.shown, in: community, snapshot)
      return try pages(signedIn, of: questions, snapshot).own(
        questions, key: { _ in Form.newKey }, alerts: alerts)
    }
  }

  private func change(_ signedIn: SignedIn) async throws -> Response {
    let id: PolicyQuestionID = try signedIn.id("question")
    let person = signedIn.personID
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { _, alerts in try await ownPage(signedIn, alerts: alerts) },
      work: {
        var reader = FormReader(form)
        let wish = reader.choice("wish", of: PolicyQuestionWish.self)
        try reader.finish()
        guard let wish else { throw Problem.staleForm }
        let key = try form.onceKey("POST /my-policy-questions/:question", signedIn)
        try await database.change(in: signedIn.community.id, once: key) { [desk] transaction in
          switch wish {
          case .forget: try desk.forgetFacts(of: id, by: person, in: transaction)
          case .takeBack: try desk.takeBack(id, by: person, in: transaction)
          }
        }
        return .redirect(to: PolicyQuestionPages.own)
      })
  }

  private func pages(
    _ signedIn: SignedIn, of questions: [PolicyQuestion], _ snapshot: Snapshot
  ) throws -> PolicyQuestionPages {
    let community = signedIn.community.id
    let cards = try shelf.cards(Set(questions.map(\.policy)), community, snapshot)
    let persons = Set(questions.map(\.person) + questions.compactMap(\.end?.by.person))
    return PolicyQuestionPages(
      say: signedIn.say, token: signedIn.formToken, now: signedIn.now, titles: cards.mapValues(\.title),
      names: try directory.displayNames(of: persons, in: community, snapshot))
  }
}
