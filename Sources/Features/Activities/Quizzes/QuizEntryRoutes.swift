import Database
import Hummingbird
import Kernel
import People
import Web

extension PrizeQuizzes {
  /// The station's doors through which answers come that were told or written on paper.
  func addEntering(_ routes: inout Routes) {
    let staff = QuizStaff.access
    let own = Objects.own("quiz answers that the person entered for others")
    routes.get("/quiz-desk/:quiz/entry", for: staff, objects: .community) { try await entryPage($0) }
    routes.post("/quiz-desk/:quiz/entries", for: staff, objects: .community, limits: QuizStaff.writes) {
      try await enter($0)
    }
    routes.get("/quiz-desk/:quiz/entries/:entry", for: staff, objects: own) { try await entered($0) }
  }

  private func entryPages(_ signedIn: SignedIn) -> QuizEntryPages {
    QuizEntryPages(say: signedIn.say, token: signedIn.formToken)
  }

  // MARK: - The form

  private func entryPage(_ signedIn: SignedIn) async throws -> Response {
    let typed = ["building", "unit", "room"].map { name in
      Form.Field(name: name, value: signedIn.query(name) ?? "")
    }
    let form = Form(fields: typed)
    guard typed.contains(where: { !$0.value.isEmpty }) else {
      return .page(try await entryPage(signedIn, form, [], [], .empty, []), signedIn)
    }
    do {
      let door = try Door(building: typed[0].value, unit: typed[1].value, room: typed[2].value)
      let community = signedIn.community.id
      let people = try await database.read { snapshot in
        try directory.household(at: door, in: community, snapshot)
          .map { try members($0, in: community, snapshot) } ?? []
      }
      let unknown = FieldProblem(
        "room", Phrase("这个门牌没有登记的人。", "Nobody is registered at this door."))
      return .page(
        try await entryPage(signedIn, form, people.isEmpty ? [unknown] : [], people, .empty, []), signedIn)
    } catch let problem as Problem where problem.status == 422 {
      return .page(try await entryPage(signedIn, form, problem.fields, [], .empty, []), signedIn)
    }
  }

  /// - Parameters:
  ///   - door: what was typed to find a door, and what is wrong with it.
  ///   - people: who may be chosen; empty where a telephone number is asked for.
  private func entryPage(
    _ signedIn: SignedIn, _ door: Form, _ problems: [FieldProblem], _ people: [(id: PersonID, name: String)],
    _ state: FormState, _ alerts: [HTML]
  ) async throws -> Page {
    let (quiz, questions) = try await asking(signedIn)
    return entryPages(signedIn).enter(
      quiz, questions,
      QuizEntryPages.Query(door: FormState(door, problems: problems), people: people), key: Form.newKey,
      state, alerts: alerts)
  }

  /// The quiz in the path, which takes answers now.
  /// - Throws: `not_found`, `activities.quiz_not_begun`, `activities.quiz_closed`.
  private func asking(_ signedIn: SignedIn) async throws -> (Quiz, [QuizQuestion]) {
    let (quiz, questions) = try await asked(signedIn)
    if let refusal = QuizRules.refusal(toEnter: quiz, at: signedIn.now) { throw refusal }
    return (quiz, questions)
  }

  private func asked(_ signedIn: SignedIn) async throws -> (Quiz, [QuizQuestion]) {
    let (id, community): (QuizID, CommunityID) = (try signedIn.id("quiz"), signedIn.community.id)
    return try await database.read { snapshot in
      guard let quiz = try QuizStore.find(id, in: community, snapshot) else { throw Problem.notFound }
      return (
        quiz,
        try QuizQuestionStore.asked(in: id, version: quiz.version, in: community, snapshot)
      )
    }
  }

  private func members(
    _ household: HouseholdID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(id: PersonID, name: String)] {
    let persons = try directory.persons(of: household, in: community, snapshot)
    let names = try directory.displayNames(of: persons, in: community, snapshot)
    return persons.map { ($0, names[$0] ?? "—") }
  }

  // MARK: - Entering

  private func enter(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let (id, community): (QuizID, CommunityID) = (try signedIn.id("quiz"), signedIn.community.id)
    return try await FormAgain.answer(
      signedIn, form, page: { try await again(signedIn, form, $0, $1) },
      work: {
        let actor = try signedIn.actor(of: QuizStaff.roles)
        let (_, questions) = try await asking(signedIn)
        let filled = try QuizEntryForm.filled(form, to: questions)
        let key = try form.onceKey("POST /quiz-desk/entries", signedIn)
        let entry = try await database.make(in: community, once: key) { [directory, entries] transaction in
          let person = try filled.person(directory, in: transaction)
          return try entries.enter(
            filled.answers, filled.way, to: id, for: person, by: actor, in: transaction
          ).id
        }
        return .redirect(to: "\(QuizDeskPages.base(id))/entries/\(entry)")
      })
  }

  /// The form as it was sent, with the household of whoever was chosen.
  private func again(
    _ signedIn: SignedIn, _ form: Form, _ state: FormState, _ alerts: [HTML]
  ) async throws -> Page {
    let community = signedIn.community.id
    let chosen = form.all("person").first.flatMap { PersonID($0) }
    let people = try await database.read { snapshot in
      try chosen.flatMap { try directory.household(of: $0, in: community, snapshot) }
        .map { try members($0, in: community, snapshot) } ?? []
    }
    return try await entryPage(signedIn, Form(fields: []), [], people, state, alerts)
  }

  /// - Throws: `not_found`, also for what somebody else entered.
  private func entered(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    let id: QuizEntryID = try signedIn.id("entry")
    let person = signedIn.personID
    let (quiz, questions) = try await asked(signedIn)
    let (entry, answers, name) = try await database.read { [directory] snapshot in
      guard let entry = try QuizEntryStore.find(id, in: community, snapshot), entry.quiz == quiz.id,
        entry.enteredBy?.person == person
      else { throw Problem.notFound }
      let entrant = try QuizEntryStore.person(of: id, in: community, snapshot)
      let name = try entrant.flatMap {
        try directory.displayNames(of: [$0], in: community, snapshot)[$0]
      }
      return (entry, try QuizEntryStore.answers(of: id, in: community, snapshot), name)
    }
    return .page(
      entryPages(signedIn).entered(quiz, questions, entry, answers, name: name), signedIn)
  }
}

/// Reads what the station enters for somebody.
enum QuizEntryForm {
  struct Filled: Sendable {
    /// Chosen behind a door; nil where a telephone number was typed.
    let chosen: PersonID?
    let phone: String
    let way: QuizEntry.Way
    let answers: QuizAnswers

    /// - Throws: `form.invalid` for a number that nobody has.
    func person(_ directory: Directory, in transaction: Transaction) throws -> PersonID {
      if let chosen { return chosen }
      guard let person = try directory.person(withPhone: phone, in: transaction.community, transaction)
      else {
        throw Problem.invalid([
          FieldProblem(
            "phone", Phrase("本社区没有登记这个手机号。", "Nobody in this community is entered with this number."))
        ])
      }
      return person
    }
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func filled(_ form: Form, to questions: [QuizQuestion]) throws -> Filled {
    var reader = FormReader(form)
    let chosen: PersonID? = reader.identifier("person", isRequired: false)
    let phone = reader.text("phone", length: 1...40, isRequired: false)
    let way = reader.choice("way", of: QuizEntry.Way.self)
    if chosen == nil, phone == nil, reader.problems.isEmpty {
      reader.add("phone", Phrase("请填手机号，或者按门牌找到本人。", "Please give a number, or find the person by the door."))
    }
    if way == .selfService { reader.add("way", Phrase("请从列表里选择。", "Please choose from the list.")) }
    var problems = reader.problems.fields
    do {
      let answers = try QuizAnswerForm.answers(form, to: questions, mayLack: true)
      if problems.isEmpty, let way {
        return Filled(chosen: chosen, phone: phone ?? "", way: way, answers: answers)
      }
    } catch let problem as Problem where problem.code == "form.invalid" {
      problems += problem.fields
    }
    throw Problem.invalid(problems)
  }
}
