import Database
import Hummingbird
import Interop
import Kernel
import People
import Security
import Web

extension PrizeQuizzes {
  private static let retiredLimit = 100

  /// The station's doors of the question bank.
  func addQuestions(_ routes: inout Routes) {
    let (staff, base) = (QuizStaff.access, QuizQuestionPages.base)
    routes.get(base, for: staff, objects: .community) { try await bank($0) }
    routes.get("\(base)/new", for: staff, objects: .none) { signedIn in
      .page(
        questionPages(signedIn).form(nil, key: Form.newKey, .empty, alerts: []), signedIn)
    }
    routes.post(base, for: staff, objects: .community, limits: QuizStaff.writes) {
      try await writeQuestion($0)
    }
    routes.get("\(base)/:question", for: staff, objects: .community) { signedIn in
      .page(try await questionPage(signedIn, []), signedIn)
    }
    routes.get("\(base)/:question/edit", for: staff, objects: .community) { signedIn in
      .page(try await editPage(signedIn, nil, []), signedIn)
    }
    routes.post("\(base)/:question", for: staff, objects: .community, limits: QuizStaff.writes) {
      try await rewriteQuestion($0)
    }
    routes.post("\(base)/:question/retire", for: staff, objects: .community, limits: QuizStaff.writes) {
      try await retireQuestion($0)
    }
  }

  private func questionPages(_ signedIn: SignedIn) -> QuizQuestionPages {
    QuizQuestionPages(say: signedIn.say, token: signedIn.formToken)
  }

  private func bank(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    let (bank, retired) = try await database.read { snapshot in
      (
        try QuizQuestionStore.bank(in: community, snapshot),
        try QuizQuestionStore.retired(limit: Self.retiredLimit, in: community, snapshot)
      )
    }
    return .page(
      questionPages(signedIn).bank(bank, retired: retired, alerts: signedIn.savedNotice), signedIn)
  }

  private func questionPage(_ signedIn: SignedIn, _ alerts: [HTML]) async throws -> Page {
    let (id, community): (QuizQuestionID, CommunityID) = (
      try signedIn.id("question"), signedIn.community.id
    )
    let versions = try await database.read {
      try QuizQuestionStore.versions(of: id, in: community, $0)
    }
    if versions.isEmpty { throw Problem.notFound }
    return questionPages(signedIn).question(
      versions, key: Form.newKey, alerts: signedIn.savedNotice + alerts)
  }

  private func editPage(
    _ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]
  ) async throws -> Page {
    let (id, community): (QuizQuestionID, CommunityID) = (
      try signedIn.id("question"), signedIn.community.id
    )
    let question = try await database.read { try QuizQuestionStore.find(id, in: community, $0) }
    guard let question, question.retiredAt == nil else { throw Problem.notFound }
    return questionPages(signedIn).form(
      question, key: Form.newKey, state ?? QuizQuestionForm.state(question.content), alerts: alerts)
  }

  private func writeQuestion(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form,
      page: { questionPages(signedIn).form(nil, key: Form.newKey, $0, alerts: $1) },
      work: {
        let actor = try signedIn.actor(of: QuizStaff.roles)
        let content = try QuizQuestionForm.content(form)
        let key = try form.onceKey("POST /quiz-desk/questions", signedIn)
        let id = try await database.make(in: signedIn.community.id, once: key) {
          try QuizQuestionDesk.write(content, by: actor, in: $0)
        }
        return .redirect(to: "\(QuizQuestionPages.base)/\(id)?saved=1")
      })
  }

  private func rewriteQuestion(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: QuizQuestionID = try signedIn.id("question")
    return try await FormAgain.answer(
      signedIn, form, page: { try await editPage(signedIn, $0, $1) },
      work: {
        let actor = try signedIn.actor(of: QuizStaff.roles)
        let (content, seen) = (try QuizQuestionForm.content(form), try QuizQuestionForm.seen(form))
        let key = try form.onceKey("POST /quiz-desk/questions/change", signedIn)
        try await database.change(in: signedIn.community.id, once: key) {
          try QuizQuestionDesk.rewrite(id, content, seen: seen, by: actor, in: $0)
        }
        return .redirect(to: "\(QuizQuestionPages.base)/\(id)?saved=1")
      })
  }

  private func retireQuestion(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: QuizQuestionID = try signedIn.id("question")
    return try await FormAgain.answer(
      signedIn, form, page: { _, alerts in try await questionPage(signedIn, alerts) },
      work: {
        let actor = try signedIn.actor(of: QuizStaff.roles)
        let seen = try QuizQuestionForm.seen(form)
        let key = try form.onceKey("POST /quiz-desk/questions/retire", signedIn)
        try await database.change(in: signedIn.community.id, once: key) {
          try QuizQuestionDesk.retire(id, seen: seen, by: actor, in: $0)
        }
        return .redirect(to: "\(QuizQuestionPages.base)?saved=1")
      })
  }

  // MARK: - Tables

  func addQuestionImport(_ routes: inout Routes) {
    let (staff, base) = (QuizStaff.access, "\(QuizQuestionPages.base)/import")
    let limits = [RateLimit("activities.quiz_import", 20, per: .minutes(1))]
    routes.get(base, for: staff, objects: .none) { signedIn in
      .page(importPages(signedIn).choose(.empty, alerts: []), signedIn)
    }
    routes.post(base, for: staff, objects: .community, limits: limits, bodyLimit: .upload) {
      try await checkTable($0)
    }
    routes.post("\(base)/store", for: staff, objects: .community, limits: limits, bodyLimit: .upload) {
      try await storeTable($0)
    }
  }

  private func importPages(_ signedIn: SignedIn) -> QuizImportPages {
    QuizImportPages(say: signedIn.say, token: signedIn.formToken)
  }

  private func checkTable(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { importPages(signedIn).choose($0, alerts: $1) },
      work: {
        guard let file = form.file("file") else {
          throw Problem.invalid([FieldProblem("file", Phrase("请选一个文件。", "Please choose a file."))])
        }
        let table = try await table(file.bytes)
        let bank = try await database.read {
          try QuizQuestionStore.bank(in: signedIn.community.id, $0)
        }
        guard bank.count + table.lines.count <= QuizQuestionRules.bankLimit else {
          throw Problem.quizBankFull
        }
        let problems = table.problems(beside: bank)
        return .page(
          importPages(signedIn).checked(
            table, problems, key: Form.newKey,
            content: problems.isEmpty ? Base64URL.encode(file.bytes) : ""), signedIn,
          status: problems.isEmpty ? .ok : .unprocessableContent)
      })
  }

  private func storeTable(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { importPages(signedIn).choose($0, alerts: $1) },
      work: {
        let actor = try signedIn.actor(of: QuizStaff.roles)
        guard let bytes = try form["content"].flatMap({ Base64URL.decode($0) }), !bytes.isEmpty else {
          throw Problem.staleForm
        }
        let table = try await table(bytes)
        let key = try form.onceKey("POST /quiz-desk/questions/import", signedIn)
        try await database.change(in: signedIn.community.id, once: key) {
          try QuizQuestionDesk.take(table, by: actor, in: $0)
        }
        return .redirect(to: "\(QuizQuestionPages.base)?saved=1")
      })
  }

  /// - Throws: `form.invalid`, `file.*`.
  private func table(_ bytes: [UInt8]) async throws -> QuizQuestionImport {
    guard let first = try await sheets.read(bytes).first else {
      throw Problem.invalid([FieldProblem("file", Phrase("文件里没有表格。", "There is no table in the file."))])
    }
    return try QuizQuestionImport(first)
  }
}
