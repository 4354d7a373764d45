import Kernel
import Web

/// Where the questions of a questionnaire are written, one after another, without a script.
struct BuilderPages {
  let say: Wording
  let token: String
  let id: QuestionnaireID

  private var base: String { "\(QuestionnairePages.path(id))/questions" }

  // MARK: - All questions

  func list(_ draft: QuestionnaireDraft, key: String, alerts: [HTML]) -> Page {
    let definition = draft.definition
    let title = say("题目：\(draft.terms.title)", "Questions: \(draft.terms.title)")
    let problems = FormCheck.problems(of: definition)
    let items = rows(definition.items, draft, key, problems)
    let list: HTML =
      items.isEmpty
      ? PageParts.empty(say("还没有题目。选一种题型，开始写。", "No questions yet. Choose a kind below and begin."))
      : "<ol class=\"questions\">\(items)</ol>"
    let main: HTML = """
      <h1>\(title)</h1>\(overall(problems))\(list)\(adding(nil))\
      <section class="card"><h2>\(say("表格文件（XLSForm）", "Spreadsheet (XLSForm)"))</h2>\
      <p class="actions"><a class="button quiet" href="\(QuestionnairePages.path(id))/xlsform">\(say("下载", "Download"))</a> \
      <a class="button quiet" href="\(QuestionnairePages.path(id))/import">\(say("导入", "Import"))</a></p></section>\
      <p class="actions"><a class="button quiet" href="\(QuestionnairePages.path(id))/preview">\(say("看看样子", "See how it looks"))</a> \
      <a class="button" href="\(QuestionnairePages.path(id))">\(say("写好了", "Done"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  private func overall(_ problems: [FormCheckProblem]) -> HTML {
    let general = problems.filter { $0.itemName == nil }
    if general.isEmpty { return .empty }
    return "<ul>\(general.map { "<li>\(mark($0))</li>" as HTML })</ul>"
  }

  private func mark(_ problem: FormCheckProblem) -> HTML {
    PageParts.tag(say(problem.message), problem.isFault ? .bad : .notice)
  }

  private func rows(
    _ items: [FormItem], _ draft: QuestionnaireDraft, _ key: String, _ problems: [FormCheckProblem]
  ) -> [HTML] {
    items.map { item in
      let inner = rows(item.items, draft, key, problems)
      let group: HTML =
        item.kind == .group
        ? "<ol class=\"questions\">\(inner)</ol>\(adding(item.name))" : .empty
      let marks = problems.filter { $0.itemName == item.name }.map { "<p>\(mark($0))</p>" as HTML }
      return """
        <li class="card" id="item-\(item.name)"><p><strong>\(label(of: item, draft.definition))</strong></p>\
        <p class="muted"><code>\(item.name)</code> · \(kindName(item))\(item.required == nil ? "" : say(" · 必答", " · required"))</p>\
        \(condition(item))\(choices(item, draft.definition))\(marks)\(controls(item, draft, key))\(group)</li>
        """
    }
  }

  private func label(of item: FormItem, _ definition: FormDefinition) -> String {
    item.label.text(in: definition.defaultLanguage ?? .unnamed, or: definition.languages)
      ?? say("（没有文字）", "(no words)")
  }

  private func kindName(_ item: FormItem) -> String {
    if let kind = FormItemForm.Kind(item.kind) { return say(kind.name) }
    switch item.kind {
    case .start, .end, .today: return say("自动记时间", "A time noted by itself")
    default: return say("不显示", "Hidden")
    }
  }

  private func condition(_ item: FormItem) -> HTML {
    guard let relevant = item.relevant else { return .empty }
    return "<p class=\"muted\">\(say("只在这时问：", "Asked only when: "))<code>\(relevant)</code></p>"
  }

  private func choices(_ item: FormItem, _ definition: FormDefinition) -> HTML {
    guard let list = item.list.flatMap(definition.list) else { return .empty }
    let shown = list.choices.prefix(12).map { choice -> HTML in
      "<li>\(choice.label.text(in: definition.defaultLanguage ?? .unnamed, or: definition.languages) ?? choice.name)</li>"
    }
    let more =
      list.choices.count > 12 ? say("……共 \(list.choices.count) 个", "… \(list.choices.count) in all") : ""
    return "<ul>\(shown)</ul><p class=\"muted\">\(more)</p>"
  }

  private func controls(_ item: FormItem, _ draft: QuestionnaireDraft, _ key: String) -> HTML {
    let seen = ("seen", String(draft.revision))
    let moves = FormEdit.Move.allCases.compactMap { move -> HTML? in
      var items = draft.definition.items
      guard FormEdit.move(item.name, move, in: &items) else { return nil }
      return PageParts.button(
        say(move.name), to: "\(base)/\(item.name)/move", token: token,
        key: "\(key)-\(move.rawValue)-\(item.name)",
        [seen, ("move", move.rawValue)], isQuiet: true)
    }
    let change: HTML =
      FormItemForm.Kind(item.kind) == nil
      ? .empty
      : "<a class=\"button quiet\" href=\"\(base)/\(item.name)\">\(say("修改", "Change"))</a>"
    let remove = PageParts.button(
      say("删掉", "Remove"), to: "\(base)/\(item.name)/remove", token: token, key: "\(key)-remove-\(item.name)",
      [seen],
      isQuiet: true)
    return "<div class=\"actions\">\(change)\(HTML.joined(moves))\(remove)</div>"
  }

  /// Which kind of question to add, at the end or at the end of a group.
  private func adding(_ group: String?) -> HTML {
    let links = FormItemForm.Kind.allCases.map { kind -> HTML in
      let place = group.map { "&after=\($0)" } ?? ""
      return
        "<a class=\"button quiet\" href=\"\(base)/new?kind=\(kind.rawValue)\(place)\">\(say(kind.name))</a>"
    }
    let title = group == nil ? say("加一道题", "Add a question") : say("在这一组里加一道", "Add one to this group")
    return """
      <details\(attribute: "open", if: group == nil)><summary>\(title)</summary>\
      <p class="actions">\(HTML.joined(links, separator: " "))</p></details>
      """
  }

  // MARK: - One question

  struct Target: Sendable {
    let kind: FormItemForm.Kind
    /// The item that is changed; nil for a new one.
    let item: FormItem?
    /// After which item, or at the end of which group, a new one goes.
    let after: String?
  }

  func item(
    _ target: Target, _ draft: QuestionnaireDraft, key: String, _ state: FormState, alerts: [HTML]
  ) -> Page {
    let fields = FormParts(state, say)
    let title = "\(say(target.kind.name)) · \(draft.terms.title)"
    let content: HTML = """
      <input type="hidden" name="seen" value="\(draft.revision)"><input type="hidden" name="kind" value="\(target.kind.rawValue)">\
      <input type="hidden" name="after" value="\(target.after ?? "")">\
      \(words(target, draft.definition, fields))\(answers(target, draft.definition, fields))\
      \(asking(target, draft.definition, fields))\(advanced(target, draft.definition, fields))\
      \(fields.submit(Phrase("保存", "Save")))
      """
    let path = target.item.map { "\(base)/\($0.name)" } ?? base
    let main: HTML = """
      <h1>\(title)</h1><section class="panel">\
      \(fields.form(to: path, token: token, idempotencyKey: key, content))</section>\
      <p><a href="\(base)">\(say("返回题目", "Back to the questions"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  private func words(_ target: Target, _ definition: FormDefinition, _ fields: FormParts) -> HTML {
    let pieces = definition.languages.enumerated().map { index, language -> HTML in
      let mark = definition.languages.count > 1 ? " · \(language.title)" : ""
      let isGroup = target.kind == .group
      return """
        \(fields.textArea("label_\(index)", Phrase(isGroup ? "这一组叫什么\(mark)" : "怎么问\(mark)", isGroup ? "What the group is called\(mark)" : "The question\(mark)"), rows: 2, isRequired: index == 0 && target.kind != .calculate))\
        \(fields.text("hint_\(index)", Phrase("小字提示\(mark)", "A hint below it\(mark)"), isRequired: false))
        """
    }
    return HTML.joined(pieces)
  }

  private func answers(_ target: Target, _ definition: FormDefinition, _ fields: FormParts) -> HTML {
    if target.kind.offersChoices {
      let languages = definition.languages.map { $0.name.isEmpty ? say("文字", "words") : $0.title }
      return fields.textArea(
        "choices", Phrase("选项，一行一个", "The choices, one a line"),
        hint: Phrase(
          "写成“代码 | \(languages.joined(separator: " | "))”，如 yes | 会。只写文字也行，代码自动编。",
          "As “code | \(languages.joined(separator: " | "))”, such as yes | Yes. Words alone will do: the code is numbered for you."
        ), rows: 8)
    }
    guard target.kind == .range else { return .empty }
    return """
      \(fields.number("parameter_start", Phrase("从几", "From"), isRequired: false))\
      \(fields.number("parameter_end", Phrase("到几", "To"), isRequired: false))\
      \(fields.number("parameter_step", Phrase("每次加几", "In steps of"), isRequired: false))
      """
  }

  private func asking(_ target: Target, _ definition: FormDefinition, _ fields: FormParts) -> HTML {
    let earlier = definition.allItems.filter { $0.list != nil && $0.name != target.item?.name }
    let options = earlier.map { item -> (String, Phrase) in
      (item.name, Phrase(same: "\(item.name) · \(label(of: item, definition).prefix(30))"))
    }
    let required: HTML =
      [.note, .calculate, .group].contains(target.kind)
      ? .empty : fields.checkbox("required", Phrase("必须回答", "It has to be answered"))
    let simple: HTML =
      options.isEmpty
      ? .empty
      : """
      <details><summary>\(say("只问一部分人", "Ask it of some only"))</summary>\
      \(fields.select("when_question", Phrase("看哪道题", "Depending on"), options: options, isRequired: false))\
      \(fields.text("when_value", Phrase("选了哪个代码才问", "Asked where this code was chosen"), isRequired: false, maximumLength: 60))</details>
      """
    return required + simple
  }

  private func advanced(_ target: Target, _ definition: FormDefinition, _ fields: FormParts) -> HTML {
    let name: HTML =
      target.item == nil
      ? fields.text(
        "name", Phrase("代码", "Its code"),
        hint: Phrase("统计表里用；不填就自动编号。", "For tables; numbered by itself if left empty."), isRequired: false)
      : .empty
    let messages = definition.languages.indices.map { index -> HTML in
      let mark = definition.languages.count > 1 ? " · \(definition.languages[index].title)" : ""
      return """
        \(fields.text("constraint_message_\(index)", Phrase("不合要求时说什么\(mark)", "What to say where it is not met\(mark)"), isRequired: false))\
        \(fields.text("guidance_hint_\(index)", Phrase("给调查员的话\(mark)", "For the interviewer\(mark)"), isRequired: false))
        """
    }
    return """
      <details\(attribute: "open", if: target.kind == .calculate)><summary>\(say("更多（会用表达式的人）", "More, for those who know expressions"))</summary>\(name)\
      \(fields.text("relevant", Phrase("什么条件下问", "Asked only when"), hint: Phrase("如 ${age} >= 60 and selected(${live}, 'alone')", "Such as ${age} >= 60 and selected(${live}, 'alone')."), isRequired: false))\
      \(fields.text("constraint", Phrase("答案要满足", "The answer has to meet"), hint: Phrase("答案写作一个点，如 . >= 0 and . <= 120", "The answer is written as a dot, such as . >= 0 and . <= 120."), isRequired: false))\
      \(HTML.joined(messages))\
      \(fields.text("calculation", Phrase("怎么算出来", "How it is calculated"), isRequired: false))\
      \(fields.text("choice_filter", Phrase("哪些选项才给选", "Which choices are offered"), isRequired: false))\
      \(fields.text("default", Phrase("一开始填着的", "What stands there at first"), isRequired: false))\
      \(fields.text("appearance", Phrase("样子（likert、minimal、multiline……）", "Appearance (likert, minimal, multiline …)"), hint: Phrase("记名问卷的填空题写 gift：本人另外勾了愿意，答案就登到“身边的本事”。", "With names, a question for words marked gift becomes a gift on the map, once they tick a yes of its own."), isRequired: false))</details>
      """
  }

  // MARK: - Import

  func importing(seen: Int64, key: String, _ state: FormState, alerts: [HTML]) -> Page {
    let fields = FormParts(state, say)
    let title = say("导入表格文件", "Import a spreadsheet")
    let content: HTML = """
      <input type="hidden" name="seen" value="\(seen)">\
      \(fields.file("file", Phrase("XLSForm 文件", "XLSForm file"), hint: Phrase("用 Excel 存的 .xlsx，里面有 survey、choices 两页。", "An .xlsx with the sheets survey and choices."), accept: ".xlsx"))\
      \(fields.submit(Phrase("导入，替换现在的题目", "Import it in place of the present questions")))
      """
    let main: HTML = """
      <h1>\(title)</h1>\
      <p class="lead">\(say("KoBo、ODK、SurveyCTO 用的表格都认得；看不懂的地方会一行一行告诉您，不会悄悄丢掉。", "Forms made for Kobo, ODK and SurveyCTO are understood. What is not is told line by line; nothing is dropped silently."))</p>\
      <section class="panel">\(fields.form(to: "\(QuestionnairePages.path(id))/import", token: token, files: true, idempotencyKey: key, content))</section>\
      <p><a href="\(base)">\(say("返回题目", "Back to the questions"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  /// What an import left out or read in its own way.
  func imported(_ warnings: [XLSFormWarning]) -> Page {
    let title = say("导入好了", "Imported")
    let items = warnings.map { warning -> HTML in
      "<li>\(warning.place(say)): \(say(warning.message))</li>"
    }
    let notes: HTML =
      items.isEmpty
      ? "<p>\(say("全部读懂了。", "Everything was understood."))</p>"
      : "<h2>\(say("这些地方和原来不一样", "What is different from the file"))</h2><ul>\(items)</ul>"
    let main: HTML = """
      <h1>\(title)</h1>\(notes)\
      <p class="actions"><a class="button" href="\(base)">\(say("看题目", "See the questions"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main)
  }
}

extension FormCheckProblem {
  /// The item that it stands beside; nil for what is said of the form as a whole.
  fileprivate var itemName: String? { if case .item(let name, _) = place { name } else { nil } }
}
