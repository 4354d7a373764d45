import Database
import Hummingbird
import Kernel
import People
import Web

/// The doors where questions are written.
struct BuilderDoors: Sendable {
  let staff: SurveyStaff
  let desk = QuestionnaireDesk()

  func register(on routes: inout Routes) {
    let (readers, objects) = (SurveyStaff.readers, SurveyStaff.objects)
    let one = "\(QuestionnairePages.base)/:questionnaire"
    let base = "\(one)/questions"
    routes.get(base, for: readers, objects: objects) { signedIn in
      .page(try await listPage(signedIn, []), signedIn)
    }
    routes.get("\(base)/new", for: readers, objects: objects) { signedIn in
      .page(try await itemPage(signedIn, nil, .empty, []), signedIn)
    }
    routes.post(base, for: readers, objects: objects, limits: SurveyStaff.writes) { try await add($0) }
    routes.get("\(base)/:item", for: readers, objects: objects) { signedIn in
      .page(try await itemPage(signedIn, try signedIn.parameter("item"), nil, []), signedIn)
    }
    routes.post("\(base)/:item", for: readers, objects: objects, limits: SurveyStaff.writes) {
      try await change($0)
    }
    routes.post("\(base)/:item/move", for: readers, objects: objects, limits: SurveyStaff.writes) {
      try await move($0)
    }
    routes.post("\(base)/:item/remove", for: readers, objects: objects, limits: SurveyStaff.writes) {
      try await remove($0)
    }
    routes.get("\(one)/xlsform", for: readers, objects: objects) { try await export($0) }
    routes.get("\(one)/import", for: readers, objects: objects) { signedIn in
      .page(try await importPage(signedIn, .empty, []), signedIn)
    }
    routes.post(
      "\(one)/import", for: readers, objects: objects, limits: SurveyStaff.writes, bodyLimit: .upload
    ) { try await importFile($0) }
  }

  private func draft(_ signedIn: SignedIn) async throws -> (QuestionnaireID, QuestionnaireDraft) {
    let (id, community): (QuestionnaireID, CommunityID) = (
      try signedIn.id("questionnaire"), signedIn.community.id
    )
    let draft = try await staff.database.read {
      try QuestionnaireVersionStore.draft(of: id, in: community, $0)
    }
    guard let draft else { throw Problem.notFound }
    return (id, draft)
  }

  private func pages(_ signedIn: SignedIn, _ id: QuestionnaireID) -> BuilderPages {
    BuilderPages(say: signedIn.say, token: signedIn.formToken, id: id)
  }

  private func listPage(_ signedIn: SignedIn, _ alerts: [HTML]) async throws -> Page {
    let (id, draft) = try await draft(signedIn)
    return pages(signedIn, id).list(
      draft, key: Form.newKey, alerts: signedIn.savedNotice + alerts)
  }

  // MARK: - One question

  /// - Parameters:
  ///   - name: the item that is changed; nil for a new one.
  ///   - state: nil to show the item as it is.
  private func itemPage(
    _ signedIn: SignedIn, _ name: String?, _ state: FormState?, _ alerts: [HTML], sent: Form? = nil
  ) async throws -> Page {
    let (id, draft) = try await draft(signedIn)
    let item = try name.map { name -> FormItem in
      guard let item = FormEdit.item(name, in: draft.definition.items) else { throw Problem.notFound }
      return item
    }
    let after = try sent.map { try $0["after"] } ?? signedIn.query("after")
    let target = BuilderPages.Target(
      kind: try kind(item, try sent.map { try $0["kind"] } ?? signedIn.query("kind")), item: item,
      after: after.flatMap { $0.isEmpty ? nil : $0 })
    return pages(signedIn, id).item(
      target, draft, key: Form.newKey,
      state ?? item.map { FormItemForm.state(of: $0, in: draft.definition) } ?? .empty, alerts: alerts)
  }

  private func kind(_ item: FormItem?, _ named: String?) throws -> FormItemForm.Kind {
    if let item {
      guard let kind = FormItemForm.Kind(item.kind) else { throw Problem.notFound }
      return kind
    }
    guard let named else { return .selectOne }
    guard let kind = FormItemForm.Kind(rawValue: named) else { throw Problem.notFound }
    return kind
  }

  private func add(_ signedIn: SignedIn) async throws -> Response {
    try await write(signedIn, page: { try await itemPage(signedIn, nil, $0, $1, sent: $2) }) { form, draft in
      let kind = try kind(nil, try form["kind"])
      let sent = try FormItemForm.draft(
        form, kind: kind, earlier: nil, name: FormEdit.freshName(in: draft.definition), in: draft.definition)
      let after = try form["after"].flatMap { $0.isEmpty ? nil : $0 }
      guard FormEdit.insert(sent.item, after: after, in: &draft.definition.items) else {
        throw Problem.invalid([
          FieldProblem("name", Phrase("这个代码已经用了。", "This code is taken already."))
        ])
      }
      keep(sent, in: &draft.definition)
    }
  }

  private func change(_ signedIn: SignedIn) async throws -> Response {
    let name = try signedIn.parameter("item")
    return try await write(signedIn, page: { try await itemPage(signedIn, name, $0, $1, sent: $2) }) {
      form, draft in
      guard let item = FormEdit.item(name, in: draft.definition.items) else { throw Problem.notFound }
      let sent = try FormItemForm.draft(
        form, kind: try kind(item, nil), earlier: item, name: name, in: draft.definition)
      _ = FormEdit.replace(name, with: sent.item, in: &draft.definition.items)
      keep(sent, in: &draft.definition)
    }
  }

  private func keep(_ sent: FormItemForm.Draft, in definition: inout FormDefinition) {
    if let name = sent.item.list, let choices = sent.choices {
      definition.lists.removeAll { $0.name == name }
      definition.lists.append(FormChoiceList(name: name, choices: choices))
    }
    FormEdit.dropUnusedLists(of: &definition)
  }

  private func move(_ signedIn: SignedIn) async throws -> Response {
    let name = try signedIn.parameter("item")
    return try await write(signedIn, page: { _, alerts, _ in try await listPage(signedIn, alerts) }) {
      form, draft in
      guard let move = try form["move"].flatMap(FormEdit.Move.init(rawValue:)) else {
        throw Problem.staleForm
      }
      guard FormEdit.move(name, move, in: &draft.definition.items) else {
        throw Problem.questionnaireNotPossible
      }
    }
  }

  private func remove(_ signedIn: SignedIn) async throws -> Response {
    let name = try signedIn.parameter("item")
    return try await write(signedIn, page: { _, alerts, _ in try await listPage(signedIn, alerts) }) {
      _, draft in
      guard FormEdit.remove(name, from: &draft.definition.items) else { throw Problem.notFound }
      FormEdit.dropUnusedLists(of: &draft.definition)
    }
  }

  /// Changes the draft by what a form says, once.
  private func write(
    _ signedIn: SignedIn, page: (FormState, [HTML], Form) async throws -> Page,
    _ change: @escaping @Sendable (Form, inout QuestionnaireDraft) throws -> Void
  ) async throws -> Response {
    let actor = try signedIn.actor(of: SurveyStaff.roles)
    let id: QuestionnaireID = try signedIn.id("questionnaire")
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await page($0, $1, form) },
      work: {
        let seen = try SurveyStaff.seen(form)
        try await staff.database.change(
          in: signedIn.community.id, once: try form.onceKey("POST /surveys/questions", signedIn)
        ) { [desk] transaction in
          try desk.write(id, seen: seen, by: actor, in: transaction) { try change(form, &$0) }
        }
        return .redirect(to: "\(QuestionnairePages.path(id))/questions?saved=1")
      })
  }

  // MARK: - Spreadsheets

  private func export(_ signedIn: SignedIn) async throws -> Response {
    let (_, draft) = try await draft(signedIn)
    return .file(
      try XLSFormExport.bytes(of: draft.definition), name: "\(draft.terms.title).xlsx",
      type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
  }

  private func importPage(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let (id, draft) = try await draft(signedIn)
    return pages(signedIn, id).importing(
      seen: draft.revision, key: Form.newKey, state, alerts: alerts)
  }

  private func importFile(_ signedIn: SignedIn) async throws -> Response {
    let actor = try signedIn.actor(of: SurveyStaff.roles)
    let id: QuestionnaireID = try signedIn.id("questionnaire")
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await importPage(signedIn, $0, $1) },
      work: {
        guard let file = form.file("file") else {
          throw Problem.invalid([FieldProblem("file", Phrase("请选一个文件。", "Please choose a file."))])
        }
        let (definition, warnings) = try XLSFormImport.read(file.bytes)
        let seen = try SurveyStaff.seen(form)
        try await staff.database.change(
          in: signedIn.community.id, once: try form.onceKey("POST /surveys/import", signedIn)
        ) { [desk] transaction in
          try desk.write(id, seen: seen, by: actor, in: transaction) { $0.definition = definition }
        }
        return .page(pages(signedIn, id).imported(warnings), signedIn)
      })
  }
}
