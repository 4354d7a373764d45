import Kernel
import People
import Web

/// The station's and the committee's side of the library.
struct PolicyDeskPages {
  let say: Wording
  let token: String
  let today: PolicyDay
  /// Whether the reader calls those back who ask about policies.
  let answersQuestions: Bool

  static let base = "/policy-desk"

  static func path(_ id: PolicyID) -> String { "\(base)/\(id)" }

  private var parts: PolicyParts { PolicyParts(say: say, today: today) }

  // MARK: - All

  /// One policy of the list.
  struct Row: Sendable {
    let head: PolicyHead
    /// Nil while there is no version.
    let shown: ShownPolicy?
    /// The title of what is being written; nil where nothing is.
    let draft: String?
  }

  func list(_ rows: [Row], expiring: [PolicyVersion], next: PolicyID?) -> Page {
    let title = say("政策库", "Policy library")
    let table: HTML =
      rows.isEmpty
      ? PageParts.empty(say("还没有政策。", "There are no policies yet."))
      : PageParts.table(
        caption: title, isCaptionShown: false,
        columns: [
          TableColumn(say("名称", "Title")), TableColumn(say("怎么样", "State")), TableColumn(say("哪方面", "Field")),
          TableColumn(say("第几版", "Version"), isNumeric: true), TableColumn(say("草稿", "Draft")),
        ], rows: rows.map(row))
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p class="actions"><a class="button" href="\(Self.base)/new">\(say("写一项政策", "Write a policy"))</a></p>\
        \(warning(expiring))\(table)\(PageParts.pager(say, previous: nil, next: next.map { "\(Self.base)?after=\($0)" }))
        """)
  }

  private func row(_ row: Row) -> [HTML] {
    let title = row.shown.map { say($0.version.content.title) } ?? row.draft ?? "—"
    return [
      "<a href=\"\(Self.path(row.head.id))\">\(title)</a>",
      row.shown.map { parts.tag($0.standing(on: today)) } ?? PageParts.tag(say(row.head.state.name), .notice),
      HTML(text: row.shown.map { say($0.version.content.document.field.name) } ?? "—"),
      HTML(text: row.head.newest.map(String.init) ?? "—"),
      row.draft == nil ? .empty : PageParts.tag(say("有草稿", "A draft"), .notice),
    ]
  }

  private func warning(_ expiring: [PolicyVersion]) -> HTML {
    if expiring.isEmpty { return .empty }
    let items = expiring.map { version -> HTML in
      let day = version.content.document.expires?.words(say) ?? "—"
      return """
        <li><a href="\(Self.path(version.policy))">\(say(version.content.title))</a> \(say("到 \(day) 为止", "until \(day)"))</li>
        """
    }
    return PageParts.card(
      say("30 天内到期的", "These run out within 30 days"), "<ul>\(items)</ul>")
  }

  // MARK: - One

  /// The forms on the page of one policy.
  enum Place: Sendable {
    case steps
    case explained
    case news
  }

  /// Everything that the page of one policy shows.
  struct View: Sendable {
    let head: PolicyHead
    /// Nil while there is no version.
    let shown: ShownPolicy?
    let newest: PolicyVersion?
    let draft: PolicyDraft?
    let counts: PolicyReceiptCounts?
    let news: [PolicyNews]
    let told: Int64
    let buildings: [(building: String, households: Int64)]
    /// Who lives behind the door that was typed.
    let household: [(id: PersonID, name: String)]
    let titles: [PolicyID: Phrase]
    let names: [PersonID: String]
    /// What other capabilities offer beside it, such as the rule of who may be eligible.
    let links: [NavigationItem]
  }

  /// - Parameter publisher: whether who looks may publish and take out of use.
  func policy(
    _ view: View, by person: PersonID, isPublisher: Bool, key: String, _ place: Place?, _ state: FormState,
    alerts: [HTML]
  ) -> Page {
    func filled(_ own: Place) -> FormState { place == own ? state : .empty }
    let title = view.shown.map { say($0.version.content.title) } ?? view.draft?.content.document.title ?? "—"
    let links = view.links.map {
      "<a class=\"button quiet\" href=\"\($0.path)\">\(say($0.name))</a> " as HTML
    }
    let reading: HTML =
      view.shown == nil
      ? .empty
      : "<a class=\"button quiet\" href=\"\(PolicyPages.path(view.head.id))\">\(say("居民看到的页面", "As neighbours see it"))</a> "
    let main: HTML = """
      <p><a href="\(Self.base)">← \(say("政策库", "Policy library"))</a></p><h1>\(title)</h1>\(standing(view))\
      <p class="actions">\(reading)\(links)</p>\
      \(draft(view, by: person, isPublisher: isPublisher, key))\(reached(view, key, filled(.explained)))\
      \(news(view, key, filled(.news)))\(isPublisher ? retirement(view, key, filled(.steps)) : .empty)
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  private func standing(_ view: View) -> HTML {
    guard let shown = view.shown, let newest = view.newest else {
      return "<p>\(PageParts.tag(say(view.head.state.name), .notice))</p>"
    }
    let retired: HTML =
      view.head.retirement.map {
        PageParts.notice(say("已停用：\($0.reason)", "Out of use: \($0.reason)"), .bad)
      } ?? .empty
    return """
      <p>\(parts.tags(shown)) \(parts.term(shown.version.content.document))</p>\(retired)\
      <p class="hint">\(say("最新是第 \(newest.number) 版", "The newest is version \(newest.number)")) · \
      \(say.day(newest.publishedAt, inYear: 0)) · \(say("\(name(newest.writtenBy, view)) 写，\(name(newest.publishedBy, view)) 发布", "written by \(name(newest.writtenBy, view)), published by \(name(newest.publishedBy, view))"))</p>
      """
  }

  private func name(_ actor: Actor, _ view: View) -> String { view.names[actor.person] ?? "—" }

  // MARK: - The draft

  private func draft(_ view: View, by person: PersonID, isPublisher: Bool, _ key: String) -> HTML {
    let path = Self.path(view.head.id)
    guard let draft = view.draft else {
      guard view.head.state != .retired else { return .empty }
      return PageParts.card(
        say("新的一版", "The next version"),
        "<p class=\"actions\"><a class=\"button\" href=\"\(path)/draft\">\(say("写新的一版", "Write the next version"))</a></p>"
      )
    }
    var changes: HTML = .empty
    if let newest = view.newest {
      let difference = PolicyDifference(
        from: newest.content, to: draft.content, titles: view.titles, say)
      changes = """
        <h3>\(say("和现在的版本比", "Against the newest version"))</h3><p>\(draft.content.whatChanged)</p>\(parts.difference(difference))
        """
    }
    return PageParts.card(
      say("草稿", "Draft"),
      """
      <p class="hint">\(say("\(name(draft.writtenBy, view)) 写于 \(say.dateTime(draft.writtenAt))", "Written by \(name(draft.writtenBy, view)), \(say.dateTime(draft.writtenAt))"))</p>\
      \(parts.origin(draft.origin))\(changes)\
      <details\(attribute: "open", if: view.newest == nil)><summary>\(say("全文", "The whole text"))</summary>\(preview(draft, view))</details>\
      <p class="actions"><a class="button quiet" href="\(path)/draft">\(say("接着写", "Go on writing"))</a></p>\
      \(steps(draft, by: person, isPublisher: isPublisher, path, key))
      """)
  }

  private func preview(_ draft: PolicyDraft, _ view: View) -> HTML {
    let list = { (documents: [String]) -> HTML in
      "<ul>\(documents.map { "<li>\($0)</li>" as HTML })</ul>"
    }
    return """
      \(parts.content(draft.content, checklist: list))<h2>\(say("文件本身", "The paper itself"))</h2>\
      \(parts.document(draft.content, titles: view.titles))
      """
  }

  private func steps(
    _ draft: PolicyDraft, by person: PersonID, isPublisher: Bool, _ path: String, _ key: String
  ) -> HTML {
    let seen = "\(draft.revision)"
    let publish: HTML
    if isPublisher, !draft.writers.contains(person) {
      publish = PageParts.loneButton(
        say("看过了，发布", "I have read it: publish"), to: "\(path)/publish", token: token,
        key: "\(key)-publish", [("seen", seen)])
    } else {
      publish =
        "<p>\(say("请没有写过这份草稿的督导或居委会来看，再发布。", "A supervisor or the committee, who did not write at it, reads and publishes it."))</p>"
    }
    return publish
      + PageParts.loneButton(
        say("不要这份草稿了", "Give this draft up"), to: "\(path)/drop", token: token, key: "\(key)-drop",
        [("seen", seen)], isQuiet: true)
  }

  // MARK: - Reaching people

  private func reached(_ view: View, _ key: String, _ state: FormState) -> HTML {
    guard let shown = view.shown, let counts = view.counts else { return .empty }
    let receipts = PolicyReceiptParts(parts: parts, token: token)
    let form: HTML =
      view.head.state == .retired
      ? .empty
      : """
      <h3>\(say("在门口、电话里讲给一位居民听了", "Told to somebody at the door or on the telephone"))</h3>\
      \(receipts.explained(shown.version.number, to: "\(Self.path(view.head.id))/explained", household: view.household, key: "\(key)-explained", state))
      """
    let questions: HTML =
      answersQuestions
      ? "<p><a href=\"\(PolicyQuestionPages.base)\">\(say("等回电的居民", "Neighbours who wait for a call"))</a></p>"
      : .empty
    return PageParts.card(
      say("第 \(shown.version.number) 版到了多少人", "Whom version \(shown.version.number) reached"),
      "\(receipts.counts(counts))\(questions)\(form)"
    )
  }

  private func news(_ view: View, _ key: String, _ state: FormState) -> HTML {
    guard view.newest != nil else { return .empty }
    let news = PolicyNewsParts(parts: parts, token: token)
    let path = "\(Self.path(view.head.id))/news"
    let form: HTML =
      view.head.state == .retired
      ? .empty
      : "<h3>\(say("再告诉一些人", "Tell others as well"))</h3>\(news.form(to: path, buildings: view.buildings, key: "\(key)-news", state))"
    return PageParts.card(
      say("告诉了谁", "Who was told"),
      "<p>\(say("最新一版一共告诉了 ", "Told of the newest version: "))<strong>\(parts.people(ShownCount(view.told)))</strong></p>\(news.told(view.news))\(form)"
    )
  }

  private func retirement(_ view: View, _ key: String, _ state: FormState) -> HTML {
    guard view.head.state == .published else { return .empty }
    let fields = FormParts(state, say, place: "retire")
    let form = fields.form(
      to: "\(Self.path(view.head.id))/retire", token: token, idempotencyKey: "\(key)-retire",
      """
      \(fields.text("reason", Phrase("为什么停用", "Why it is taken out of use"), hint: Phrase("居民会看到这句话。", "Neighbours will read this."), maximumLength: 200))\
      \(fields.submit(Phrase("停用这项政策", "Take it out of use")))
      """)
    return "<details><summary>\(say("停用", "Take out of use"))</summary>\(form)</details>"
  }
}
