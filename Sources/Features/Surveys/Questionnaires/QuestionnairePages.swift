import Kernel
import People
import Security
import Web

/// The station's pages of questionnaires: all of them, and one with what can be done with it.
struct QuestionnairePages {
  let say: Wording
  let token: String
  let now: Timestamp

  static let base = "/surveys"
  static func path(_ id: QuestionnaireID) -> String { "\(base)/\(id)" }

  private var parts: SurveyParts { SurveyParts(say: say) }

  // MARK: - All

  func list(_ lines: [(line: QuestionnaireStore.Line, answers: Int64)], next: String?) -> Page {
    let title = say("问卷", "Questionnaires")
    let rows = lines.map { entry -> [HTML] in
      let questionnaire = entry.line.questionnaire
      return [
        "<a href=\"\(Self.path(questionnaire.id))\">\(entry.line.title)</a>",
        parts.state(questionnaire.state), HTML(text: say(entry.line.privacy.name)),
        HTML(text: String(entry.answers)), HTML(text: say.day(questionnaire.createdAt, inYear: 0)),
      ]
    }
    let table: HTML =
      rows.isEmpty
      ? PageParts.empty(say("还没有问卷。", "There are no questionnaires yet."))
      : PageParts.table(
        caption: title, isCaptionShown: false,
        columns: [
          TableColumn(say("题目", "Title")), TableColumn(say("状态", "State")),
          TableColumn(say("记名方式", "Privacy")), TableColumn(say("收到", "Answers"), isNumeric: true),
          TableColumn(say("新建", "Made")),
        ], rows: rows)
    let main: HTML = """
      <h1>\(title)</h1>\
      <p class="lead">\(say("想好要问什么、问了做什么用，再开始写。能用现成数据的，就不要麻烦居民。", "Think first what to ask and what becomes of it. What is known already need not be asked."))</p>\
      <p class="actions"><a class="button" href="\(Self.base)/new">\(say("写一份问卷", "Write a questionnaire"))</a></p>\(table)\
      \(PageParts.pager(say, previous: nil, next: next))
      """
    return Page(title: title, kind: .staff, main: main)
  }

  // MARK: - Terms

  /// - Parameter id: nil for a new one.
  func terms(
    _ id: QuestionnaireID?, seen: Int64, isPromised: Bool, key: String, _ state: FormState, alerts: [HTML]
  ) -> Page {
    let fields = FormParts(state, say)
    let heading = id == nil ? say("写一份问卷", "Write a questionnaire") : say("说明和承诺", "Purpose and promise")
    let privacy = ResponsePrivacy.allCases.map { ($0.rawValue, Phrase(pair: $0.name, $0.promise)) }
    let frozen: HTML =
      isPromised
      ? PageParts.notice(
        say(
          "已经开始收，记名方式和一人一户不能再改。",
          "It has been opened, so privacy and unit cannot be changed any more.")) : .empty
    let content: HTML = """
      <input type="hidden" name="seen" value="\(seen)">\
      \(fields.text("title", Phrase("题目", "Title"), maximumLength: 100))\
      \(fields.textArea("purpose", Phrase("为什么问、问了做什么用", "What it is for and what becomes of it"), hint: Phrase("写给居民看，答题前先看到这一段。", "Written for those who answer; they read it first.")))\
      \(frozen)\
      \(fields.radios("privacy", Phrase("记不记名", "Whose answers it shows"), options: privacy))\
      \(fields.radios("unit", Phrase("几份", "How many"), options: ResponseUnit.allCases.map { ($0.rawValue, $0.name) }))\
      \(fields.checkbox("allows_refusal", Phrase("每题都可以选“不想说”", "Every question may be left with “I would rather not say”"), hint: Phrase("统计时单独算，不和没填的混在一起。", "Counted apart from what was left empty.")))\
      \(fields.checkboxes("language", Phrase("语言", "Languages"), options: QuestionnaireForm.languages.map { ($0.language.name, $0.name) }))\
      \(fields.submit(Phrase("保存", "Save")))
      """
    let path = id.map { "\(Self.path($0))/terms" } ?? Self.base
    let back = id.map { Self.path($0) } ?? Self.base
    let main: HTML = """
      <h1>\(heading)</h1><section class="panel">\
      \(fields.form(to: path, token: token, idempotencyKey: key, content))</section>\
      <p><a href="\(back)">\(say("返回", "Back"))</a></p>
      """
    return Page(title: heading, kind: .staff, main: main, alerts: alerts)
  }

  // MARK: - One

  struct View: Sendable {
    let questionnaire: Questionnaire
    let draft: QuestionnaireDraft
    /// The newest version that was opened.
    let version: QuestionnaireVersion?
    let collectors: [(collector: Collector, answers: Int64)]
    let events: [QuestionnaireEvent]
    let names: [PersonID: String]

    var hasChanged: Bool {
      version.map { $0.definition != draft.definition || $0.terms != draft.terms } ?? true
    }
  }

  func one(_ view: View, key: String, alerts: [HTML]) -> Page {
    let terms = view.draft.terms
    let main: HTML = """
      <h1>\(terms.title)</h1><p>\(parts.state(view.questionnaire.state)) \(PageParts.tag(say(terms.privacy.name))) \(PageParts.tag(say(terms.unit.name)))</p>\
      \(steps(view, key))\(papers(view))\(collectors(view))\(history(view))\
      <p><a href="\(Self.base)">\(say("返回问卷", "Back to the questionnaires"))</a></p>
      """
    return Page(title: terms.title, kind: .staff, main: main, alerts: alerts)
  }

  private func steps(_ view: View, _ key: String) -> HTML {
    let (questionnaire, base) = (view.questionnaire, Self.path(view.questionnaire.id))
    let revision = ("seen", String(view.draft.revision))
    let seen = ("seen", String(questionnaire.events))
    var links: [HTML] = []
    var buttons: [HTML] = []
    if questionnaire.state != .locked {
      links.append(link("\(base)/questions", say("写题目", "Write the questions")))
      links.append(link("\(base)/terms", say("说明和承诺", "Purpose and promise")))
    }
    links.append(link("\(base)/preview", say("看看样子", "See how it looks")))
    if questionnaire.version > 0 { links.append(link("\(base)/analysis", say("统计", "Analysis"))) }
    if view.hasChanged, questionnaire.state != .locked {
      let label =
        questionnaire.version == 0
        ? Phrase("开始收", "Open it")
        : Phrase("开第 \(questionnaire.version + 1) 版", "Open version \(questionnaire.version + 1)")
      buttons.append(
        PageParts.button(say(label), to: "\(base)/open", token: token, key: "\(key)-open", [revision]))
    }
    switch questionnaire.state {
    case .open:
      buttons.append(
        PageParts.button(
          say("停收", "Close it"), to: "\(base)/close", token: token, key: "\(key)-close", [seen], isQuiet: true
        ))
    case .closed:
      buttons.append(
        PageParts.button(
          say("接着收", "Open it again"), to: "\(base)/reopen", token: token, key: "\(key)-reopen", [seen],
          isQuiet: true))
    case .draft, .locked: break
    }
    return """
      <p class="actions">\(HTML.joined(links, separator: " "))</p><div class="actions">\(HTML.joined(buttons))</div>
      """
  }

  private func papers(_ view: View) -> HTML {
    let version = view.version.map {
      HTML(
        text: say(
          "第 \($0.number) 版，\(say.dateTime($0.openedAt, inYear: 0)) 开始收，指纹 \($0.digest.description.prefix(12))",
          "Version \($0.number), opened \(say.dateTime($0.openedAt, inYear: 0)), digest \($0.digest.description.prefix(12))"
        ))
    }
    return PageParts.card(
      say("内容", "What it is"),
      PageParts.definitions([
        (say("做什么用", "What for"), PageParts.lines(view.draft.terms.purpose)),
        (
          say("题目", "Questions"),
          HTML(
            text: say.count(view.draft.definition.allItems.count(where: \.isQuestion), "道", "question"))
        ),
        (say("正在收的", "In use"), version ?? HTML(text: say("还没有", "None yet"))),
        (say("承诺", "Promise"), HTML(text: say(view.draft.terms.privacy.promise))),
      ]))
  }

  private func collectors(_ view: View) -> HTML {
    let base = Self.path(view.questionnaire.id)
    let rows = view.collectors.map { entry -> [HTML] in
      let collector = entry.collector
      let state =
        collector.isOpen(at: now) && view.questionnaire.state == .open
        ? PageParts.tag(say("在收", "Open"), .good) : PageParts.tag(say("停了", "Ended"))
      return [
        "<a href=\"\(base)/collectors/\(collector.id)\">\(collector.name)</a>",
        HTML(text: say(collector.kind.name)), state, HTML(text: String(entry.answers)),
      ]
    }
    let table: HTML =
      rows.isEmpty
      ? "<p class=\"muted\">\(say("开始收以后，在这里选怎么发到居民手里。", "Once it is open, choose here how it reaches people."))</p>"
      : PageParts.table(
        caption: say("怎么收", "How it is collected"), isCaptionShown: false,
        columns: [
          TableColumn(say("名称", "Name")), TableColumn(say("方式", "Way")), TableColumn(say("状态", "State")),
          TableColumn(say("收到", "Answers"), isNumeric: true),
        ], rows: rows)
    let add: HTML =
      view.questionnaire.state == .open
      ? "<p class=\"actions\"><a class=\"button\" href=\"\(base)/collectors/new\">\(say("加一种收法", "Add a way of collecting"))</a></p>"
      : .empty
    return PageParts.card(say("怎么收", "How it is collected"), table + add)
  }

  private func history(_ view: View) -> HTML {
    let items = view.events.reversed().map { event -> HTML in
      "<li>\(say.dateTime(event.at, inYear: 0)) · \(say(event.kind.name)) · \(view.names[event.actor.person] ?? "—")</li>"
    }
    return "<details><summary>\(say("经过", "History"))</summary><ul>\(items)</ul></details>"
  }

  private func link(_ path: String, _ name: String) -> HTML {
    "<a class=\"button quiet\" href=\"\(path)\">\(name)</a>"
  }
}

extension Phrase {
  /// A name with what it means behind it.
  fileprivate init(pair name: Phrase, _ meaning: Phrase) {
    self.init("\(name.chinese)：\(meaning.chinese)", "\(name.english): \(meaning.english)")
  }
}
