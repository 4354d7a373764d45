import Database
import Hummingbird
import Kernel
import People
import Security
import Web

extension PrizeQuizzes {
  private static let listLimit = 50

  /// The doors of residents: looking is for everybody, answering for those who are signed in.
  func addResidentPages(_ routes: inout Routes) {
    let own = Objects.own("answers to quizzes")
    let looks = [RateLimit("activities.quiz_draw", 60, per: .minutes(1), by: .address)]
    let answers = [RateLimit("activities.quiz_answer", 30, per: .minutes(10))]
    routes.get("/quizzes", .everyone, objects: .community) { try await list($0) }
    routes.get("/quizzes/:quiz", .everyone, objects: .community) { visit in
      .page(try await page(visit, .empty, []), visit)
    }
    routes.get("/quizzes/:quiz/draw", .everyone, objects: .community, limits: looks) { try await draw($0) }
    routes.post("/quizzes/:quiz/answers", for: .signedIn, objects: own, limits: answers) {
      try await answer($0)
    }
    routes.get("/quizzes/:quiz/result", for: .signedIn, objects: own) { try await result($0) }
  }

  private var reading: QuizReading { QuizReading(directory: directory) }

  private func pages(_ visit: Visit) -> QuizPages {
    QuizPages(
      say: visit.say, token: visit.formToken, now: visit.now, isSignedIn: visit.session != nil)
  }

  private func list(_ visit: Visit) async throws -> Response {
    let community = visit.community.id
    let person = visit.session?.personID
    let (quizzes, answered) = try await database.read { snapshot in
      let quizzes = try QuizStore.shown(limit: Self.listLimit, in: community, snapshot)
      let answered = try person.map {
        try QuizEntryStore.answered(by: $0, among: quizzes.map(\.id), in: community, snapshot)
      }
      return (quizzes, answered ?? [])
    }
    return .page(pages(visit).list(quizzes, answered: answered), visit)
  }

  private func view(_ visit: Visit) async throws -> QuizReading.View {
    let (id, community): (QuizID, CommunityID) = (try visit.id("quiz"), visit.community.id)
    let person = visit.session?.personID
    return try await database.read { [reading] in
      try reading.view(id, for: person, in: community, $0)
    }
  }

  private func page(_ visit: Visit, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    pages(visit).quiz(try await view(visit), key: Form.newKey, state, alerts: alerts)
  }

  private func draw(_ visit: Visit) async throws -> Response {
    let view = try await view(visit)
    let order = view.draw.map { QuizDrawing.order(seed: $0.seed, numbers: $0.numbers) }
    return .page(QuizDrawPages(say: visit.say).draw(view, order: order ?? []), visit)
  }

  private func answer(_ signedIn: SignedIn) async throws -> Response {
    let (id, community): (QuizID, CommunityID) = (try signedIn.id("quiz"), signedIn.community.id)
    let person = signedIn.personID
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await page(signedIn.visit, $0, $1) },
      work: {
        let questions = try await database.read { [reading] snapshot in
          let quiz = try reading.shown(id, in: community, snapshot)
          return try QuizQuestionStore.asked(
            in: id, version: quiz.version, in: community, snapshot)
        }
        let answers = try QuizAnswerForm.answers(form, to: questions, mayLack: false)
        let key = try form.onceKey("POST /quizzes/answers", signedIn)
        _ = try await database.make(in: community, once: key) { [entries] transaction in
          try entries.answer(answers, to: id, of: person, in: transaction).id
        }
        return .redirect(to: "\(Quiz.path(id))/result")
      })
  }

  /// - Throws: `not_found` for those who did not answer.
  private func result(_ signedIn: SignedIn) async throws -> Response {
    let (id, community): (QuizID, CommunityID) = (try signedIn.id("quiz"), signedIn.community.id)
    let person = signedIn.personID
    let (quiz, questions, entry, answers) = try await database.read { [reading] snapshot in
      let quiz = try reading.shown(id, in: community, snapshot)
      guard let own = try reading.own(person, in: quiz, community, snapshot), own.isMine else {
        throw Problem.notFound
      }
      return (
        quiz,
        try QuizQuestionStore.asked(in: id, version: quiz.version, in: community, snapshot), own.entry,
        try QuizEntryStore.answers(of: own.entry.id, in: community, snapshot)
      )
    }
    return .page(pages(signedIn.visit).result(quiz, questions, entry, answers), signedIn)
  }
}
