import Database
import Hummingbird
import Kernel
import People
import Web

extension PrizeQuizzes {
  private static let deskLimit = 200
  /// Activities among which somebody chooses where a quiz belongs.
  private static let activityLimit = 50

  /// The station's doors of quizzes.
  func addDesk(_ routes: inout Routes) {
    let staff = QuizStaff.access
    routes.get("/quiz-desk", for: staff, objects: .community) { signedIn in
      let quizzes = try await database.read {
        try QuizStore.all(limit: Self.deskLimit, in: signedIn.community.id, $0)
      }
      return .page(deskPages(signedIn).list(quizzes, alerts: signedIn.savedNotice), signedIn)
    }
    routes.get("/quiz-desk/new", for: staff, objects: .community) { signedIn in
      .page(try await termsPage(signedIn, nil, nil, []), signedIn)
    }
    routes.post("/quiz-desk", for: staff, objects: .community, limits: QuizStaff.writes) {
      try await make($0)
    }
    routes.get("/quiz-desk/:quiz", for: staff, objects: .community) { signedIn in
      .page(try await deskPage(signedIn, []), signedIn)
    }
    routes.get("/quiz-desk/:quiz/terms", for: staff, objects: .community) { signedIn in
      .page(try await termsPage(signedIn, try await draft(signedIn), nil, []), signedIn)
    }
    routes.post("/quiz-desk/:quiz/terms", for: staff, objects: .community, limits: QuizStaff.writes) {
      try await write($0)
    }
    routes.post("/quiz-desk/:quiz/open", for: staff, objects: .community, limits: QuizStaff.writes) {
      try await open($0)
    }
    routes.get("/quiz-desk/:quiz/sheet", for: staff, objects: .community) { try await sheet($0) }
  }

  func deskPages(_ signedIn: SignedIn) -> QuizDeskPages {
    QuizDeskPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
  }

  // MARK: - One

  private func deskPage(_ signedIn: SignedIn, _ alerts: [HTML]) async throws -> Page {
    let (id, community): (QuizID, CommunityID) = (try signedIn.id("quiz"), signedIn.community.id)
    let view = try await database.read { [directory] snapshot in
      try Self.view(id, directory, in: community, snapshot)
    }
    return deskPages(signedIn).quiz(view, key: Form.newKey, alerts: signedIn.savedNotice + alerts)
  }

  private static func view(
    _ id: QuizID, _ directory: Directory, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> QuizDeskPages.View {
    guard let quiz = try QuizStore.find(id, in: community, snapshot) else { throw Problem.notFound }
    let questions = try QuizQuestionStore.asked(
      in: id, version: quiz.version, in: community, snapshot)
    let current =
      quiz.state == .draft
      ? Set(try QuizQuestionStore.bank(in: community, snapshot).map(\.reference)) : nil
    let awards = try QuizAwardStore.all(of: id, in: community, snapshot)
    let persons = try QuizEntryStore.persons(
      behind: awards.map(\.number), of: id, in: community, snapshot)
    let names = try directory.displayNames(of: persons.values, in: community, snapshot)
    return QuizDeskPages.View(
      quiz: quiz, questions: questions,
      outdated: Set(questions.filter { current?.contains($0.reference) == false }.map(\.id)),
      counts: try QuizEntryStore.counts(of: id, in: community, snapshot),
      tally: QuizTally(
        try QuizEntryStore.answers(to: id, in: community, snapshot), to: questions),
      awards: awards, names: persons.compactMapValues { names[$0] })
  }

  // MARK: - Drafts

  /// The draft in the path.
  /// - Throws: `not_found`, `activities.quiz_not_possible`.
  private func draft(_ signedIn: SignedIn) async throws -> Quiz {
    let (id, community): (QuizID, CommunityID) = (try signedIn.id("quiz"), signedIn.community.id)
    guard let quiz = try await database.read({ try QuizStore.find(id, in: community, $0) }) else {
      throw Problem.notFound
    }
    if let refusal = QuizRules.refusal(toWrite: quiz) { throw refusal }
    return quiz
  }

  private func termsPage(
    _ signedIn: SignedIn, _ quiz: Quiz?, _ state: FormState?, _ alerts: [HTML]
  ) async throws -> Page {
    let community = signedIn.community.id
    let (bank, activities) = try await database.read { snapshot in
      (
        try QuizQuestionStore.bank(in: community, snapshot),
        try ActivityStore.latest(
          of: .quiz, limit: Self.activityLimit, in: community, snapshot)
      )
    }
    let filled = quiz.map {
      QuizForm.state($0.terms, offsetSeconds: signedIn.community.offsetSeconds)
    }
    return QuizFormPages(say: signedIn.say, token: signedIn.formToken).terms(
      quiz, bank, activities, key: Form.newKey,
      state ?? filled ?? FormState(["collect_days": "14", "activity": QuizForm.noActivity]), alerts: alerts)
  }

  private func make(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await termsPage(signedIn, nil, $0, $1) },
      work: {
        let actor = try signedIn.actor(of: QuizStaff.roles)
        let filled = try QuizForm.filled(
          form, isNew: true, offsetSeconds: signedIn.community.offsetSeconds)
        guard let unit = filled.unit else { throw Problem.internalFault }
        let key = try form.onceKey("POST /quiz-desk", signedIn)
        let id = try await database.make(in: signedIn.community.id, once: key) { [desk] in
          try desk.make(filled.terms, asking: filled.questions, unit: unit, by: actor, in: $0)
        }
        return .redirect(to: "/quiz-desk/\(id)?saved=1")
      })
  }

  private func write(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: QuizID = try signedIn.id("quiz")
    return try await FormAgain.answer(
      signedIn, form,
      page: { try await termsPage(signedIn, try await draft(signedIn), $0, $1) },
      work: {
        let actor = try signedIn.actor(of: QuizStaff.roles)
        let filled = try QuizForm.filled(
          form, isNew: false, offsetSeconds: signedIn.community.offsetSeconds)
        let seen = try QuizQuestionForm.seen(form)
        let key = try form.onceKey("POST /quiz-desk/terms", signedIn)
        try await database.change(in: signedIn.community.id, once: key) { [desk] in
          try desk.write(
            filled.terms, asking: filled.questions, to: id, seen: seen, by: actor, in: $0)
        }
        return .redirect(to: "\(QuizDeskPages.base(id))?saved=1")
      })
  }

  private func open(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: QuizID = try signedIn.id("quiz")
    return try await FormAgain.answer(
      signedIn, form, page: { _, alerts in try await deskPage(signedIn, alerts) },
      work: {
        let actor = try signedIn.actor(of: QuizStaff.roles)
        let seen = try QuizQuestionForm.seen(form)
        let key = try form.onceKey("POST /quiz-desk/open", signedIn)
        try await database.change(in: signedIn.community.id, once: key) { [desk] in
          try desk.open(id, seen: seen, by: actor, in: $0)
        }
        return .redirect(to: "\(QuizDeskPages.base(id))?saved=1")
      })
  }

  // MARK: - Paper

  /// Printed once it is open: before, neither its questions nor the digest of its seed are certain.
  private func sheet(_ signedIn: SignedIn) async throws -> Response {
    let (id, community): (QuizID, CommunityID) = (try signedIn.id("quiz"), signedIn.community.id)
    let (quiz, questions) = try await database.read { snapshot in
      guard let quiz = try QuizStore.find(id, in: community, snapshot) else { throw Problem.notFound }
      guard [.coming, .open].contains(quiz.phase(at: snapshot.now)) else { throw Problem.quizNoSheet }
      return (
        quiz,
        try QuizQuestionStore.asked(in: id, version: quiz.version, in: community, snapshot)
      )
    }
    let pages = QuizSheetPages(
      say: signedIn.say, origin: signedIn.visit.origin, phone: signedIn.community.phoneNumber)
    return .page(pages.sheet(quiz, questions), signedIn)
  }
}

extension Problem {
  static let quizNoSheet = Problem(
    "activities.quiz_no_sheet", status: 409,
    Phrase("现在不能印题目。", "It cannot be printed now."),
    advice: Phrase("开放以后、截止以前才印。", "It is printed between its opening and its closing."))
}
