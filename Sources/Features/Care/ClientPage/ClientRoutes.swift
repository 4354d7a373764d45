import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Security
import Web

/// The doors of a resident's own page with the station. A shared tablet has none of it.
struct ClientDoors: Sendable {
  private static let own = Objects.own("cases about the person themselves")

  let database: Database
  let desk: CaseDesk
  let keys: CareKeys
  let rights: RightsDesk

  func register(on routes: inout Routes) {
    let limits = [RateLimit("care.ask", 10, per: .hours(1))]
    routes.get("/my-care", for: .signedIn, objects: Self.own) { signedIn in
      signedIn.session.isCardSession
        ? .page(pages(signedIn).elsewhere, signedIn)
        : .page(try await page(signedIn, .empty, []), signedIn)
    }
    routes.post("/my-care", for: .signedIn, objects: Self.own, limits: limits) { try await ask($0) }
    routes.post("/my-care/plans/:plan/answer", for: .signedIn, objects: Self.own) { try await answer($0) }
    routes.post("/my-care/:case/feedback", for: .signedIn, objects: Self.own, limits: limits) {
      try await feedback($0)
    }
    routes.post("/my-care/:case/rights", for: .signedIn, objects: Self.own, limits: limits) {
      try await askRight($0)
    }
  }

  func refuseCard(_ signedIn: SignedIn) throws {
    if signedIn.session.isCardSession { throw Problem.careNeedsAccount }
  }

  private func pages(_ signedIn: SignedIn) -> ClientPages {
    ClientPages(
      say: signedIn.say, token: signedIn.formToken, now: signedIn.now, key: Form.newKey)
  }

  func page(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    try refuseCard(signedIn)
    let (person, community) = (signedIn.personID, signedIn.community.id)
    let opener = try await keys.opening([person], in: community)
    let (cases, groups) = try await database.read { [desk] snapshot in
      (
        try ClientReading(directory: desk.directory).cases(of: person, opener, in: community, snapshot),
        try GroupStore.groups(ofMember: person, in: community, snapshot)
      )
    }
    return pages(signedIn).page(
      cases, groups, asked: signedIn.query("asked") != nil, saved: signedIn.query("saved") != nil, state,
      alerts: alerts)
  }

  /// Somebody asks for a social worker: a case at intake that waits for a worker.
  private func ask(_ signedIn: SignedIn) async throws -> Response {
    try refuseCard(signedIn)
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await page(signedIn, $0, $1) },
      work: {
        var reader = FormReader(form)
        let words = reader.words([.concern], required: [.concern], limit: 2000)
        try reader.finish()
        let (person, community) = (signedIn.personID, signedIn.community.id)
        let seal = try await keys.sealing(person, in: community)
        let key = try form.onceKey("POST /my-care", signedIn)
        try await database.write(in: community) { [desk] transaction in
          _ = try transaction.once(key) {
            let open = try CaseStore.cases(of: person, in: community, transaction)
              .contains { $0.standing.stage != .closure }
            if !open {
              try desk.open(
                CaseDesk.Draft(
                  person: person, field: .other, source: .asked, words: words, assignment: nil),
                sealing: seal, by: Actor(person: person, role: .resident), in: transaction)
            }
            return StoredAnswer(status: 303, body: [])
          }
        }
        return .redirect(to: "/my-care?asked=1")
      })
  }

  private enum Answer: String, CaseIterable {
    case agreed
    case declined
  }

  private func answer(_ signedIn: SignedIn) async throws -> Response {
    try refuseCard(signedIn)
    let form = try await signedIn.form()
    let plan: CarePlanID = try signedIn.id("plan")
    var reader = FormReader(form)
    let answer = reader.choice("answer", of: Answer.self)
    try reader.finish()
    let key = try form.onceKey("POST /my-care", signedIn)
    let person = signedIn.personID
    try await database.write(in: signedIn.community.id) { [desk] transaction in
      _ = try transaction.once(key) {
        try desk.answerOwn(plan, isAgreed: answer == .agreed, of: person, in: transaction)
        return StoredAnswer(status: 303, body: [])
      }
    }
    return .redirect(to: "/my-care?saved=1")
  }

  private func feedback(_ signedIn: SignedIn) async throws -> Response {
    try refuseCard(signedIn)
    let form = try await signedIn.form()
    let id: CaseID = try signedIn.id("case")
    return try await FormAgain.answer(
      signedIn, form, page: { try await page(signedIn, $0, $1) },
      work: {
        var reader = FormReader(form)
        var answers: [Feedback.Question: Feedback.Answer] = [:]
        for question in Feedback.Question.allCases {
          answers[question] = reader.choice(question.rawValue, of: Feedback.Answer.self)
        }
        let words = reader.words([.voice], limit: 2000)
        try reader.finish()
        let (person, community, told) = (signedIn.personID, signedIn.community.id, answers)
        let seal = try await keys.sealing(person, in: community)
        let key = try form.onceKey("POST /my-care", signedIn)
        try await database.write(in: community) { transaction in
          _ = try transaction.once(key) {
            guard let file = try CaseStore.find(id, in: community, transaction), file.person == person
            else { throw Problem.notFound }
            let text =
              words.written.isEmpty
              ? nil : try seal.write(words, case: id, .ordinary, by: person, in: transaction)
            try FeedbackStore.insert(
              Feedback(answers: told, text: text, at: transaction.now), of: id, in: transaction)
            try transaction.audit(
              AuditEntry(actor: person, role: .resident, action: "care.feedback", object: id.rawValue))
            return StoredAnswer(status: 303, body: [])
          }
        }
        return .redirect(to: "/my-care?saved=1")
      })
  }
}

extension Problem {
  static let careNeedsAccount = Problem(
    "care.needs_account", status: 403,
    Phrase("这一页只能用自己的手机和密码打开。", "This page opens with your own telephone and password alone."),
    advice: Phrase(
      "想找社工，请打页面下方的电话，或者请社工打印给您看。", "To reach a social worker, call the number below, or ask for it on paper."
    ))
}
