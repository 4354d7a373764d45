import Kernel
import Web

/// What neighbours see of the library, signed in or not.
struct PolicyPages {
  let say: Wording
  let token: String
  let today: PolicyDay
  let isSignedIn: Bool
  /// Whom to call.
  let phone: String

  static let base = "/policies"

  static func path(_ id: PolicyID) -> String { "\(base)/\(id)" }
  static func path(of version: Int64, _ id: PolicyID) -> String { "\(base)/\(id)/versions/\(version)" }

  private var parts: PolicyParts { PolicyParts(say: say, today: today) }

  // MARK: - All

  /// - Parameters:
  ///   - changed: what changed last; empty where the list is searched or filtered.
  ///   - isFollowed: whether the field of the filter is followed; nil where there is none, or nobody is signed in.
  func list(
    _ page: PolicyListPage, _ filter: PolicyFilter, changed: [ShownPolicy], isFirst: Bool,
    isFollowed: Bool?, key: String
  ) -> Page {
    let title =
      filter.field.map { say("政策：\($0.name.chinese)", "Policies: \($0.name.english)") }
      ?? say("政策", "Policies")
    let body: HTML =
      page.policies.isEmpty
      ? PageParts.empty(
        say("没有找到。可以打电话问一问。", "Nothing was found. Please call and ask."),
        action: (Self.base, say("看全部政策", "See all policies")))
      : .joined(page.policies.map(card))
    var follow: HTML = .empty
    if let field = filter.field, let isFollowed {
      follow = following(.field(field), isFollowed: isFollowed, key: key)
    }
    let own: HTML =
      isSignedIn
      ? "<a class=\"button quiet\" href=\"\(PolicyFollowPages.base)\">\(say("我关注的", "What I follow"))</a>"
      : .empty
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1>\(search(filter))\(choices(filter))\(recent(changed))\(follow)\(body)\
        \(PageParts.pager(
          say, previous: isFirst ? nil : listPath(filter), next: page.next.map { listPath(filter, after: $0) }))\
        <p class="actions">\(own)</p><p>\(say("看不明白，打电话，我们讲给您听：", "If it is not clear, call and we will explain: "))\(PolicyParts.phone(phone))</p>
        """, offline: true)
  }

  private func card(_ shown: ShownPolicy) -> HTML {
    let content = shown.version.content
    let summary =
      say.language == .english && !content.english.summary.isEmpty
      ? content.english.summary : content.words.summary
    let first = summary.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    return PageParts.card(
      say(content.title), href: Self.path(shown.head.id),
      """
      <p>\(parts.tags(shown))</p><p\(attribute: "lang", parts.language(content.english.summary))>\(first)</p>\
      <p class="muted">\(content.document.issuer) · \(parts.term(content.document))</p>
      """)
  }

  private func recent(_ changed: [ShownPolicy]) -> HTML {
    if changed.isEmpty { return .empty }
    let items = changed.map { shown -> HTML in
      let version = shown.version
      let said: HTML =
        version.content.whatChanged.isEmpty
        ? .empty : "：<span\(attribute: "lang", parts.language())>\(version.content.whatChanged)</span>"
      return """
        <li><a href="\(Self.path(shown.head.id))">\(say(version.content.title))</a>\(said) \
        <span class="muted">\(say.day(version.publishedAt))</span></li>
        """
    }
    return "<h2>\(say("最近有变化的", "Changed lately"))</h2><ul>\(items)</ul><h2>\(say("全部", "All"))</h2>"
  }

  private func search(_ filter: PolicyFilter) -> HTML {
    var hidden: [HTML] = []
    if let field = filter.field {
      hidden.append("<input type=\"hidden\" name=\"field\" value=\"\(field.rawValue)\">")
    }
    if let level = filter.level {
      hidden.append("<input type=\"hidden\" name=\"level\" value=\"\(level.rawValue)\">")
    }
    if filter.inForceOn != nil { hidden.append("<input type=\"hidden\" name=\"now\" value=\"1\">") }
    return """
      <form class="search" role="search" method="get" action="\(Self.base)">\(hidden)\
      <label class="visually-hidden" for="policy-text">\(say("找政策", "Search for policies"))</label>\
      <input id="policy-text" type="search" name="q" value="\(filter.text)" maxlength="60" \
      placeholder="\(say("找政策，如 高龄补贴", "Search, for example subsidy"))">\
      <button class="button quiet">\(say("找一找", "Search"))</button></form>
      """
  }

  private func choices(_ filter: PolicyFilter) -> HTML {
    let fields = PolicyField.allCases.map { field -> HTML in
      var other = filter
      other.field = field == filter.field ? nil : field
      return choice(say(field.name), listPath(other), isChosen: field == filter.field)
    }
    let levels = PolicyLevel.allCases.map { level -> HTML in
      var other = filter
      other.level = level == filter.level ? nil : level
      return choice(say(level.name), listPath(other), isChosen: level == filter.level)
    }
    var other = filter
    other.inForceOn = filter.inForceOn == nil ? today : nil
    return """
      <p class="actions">\(choice(say("只看现在有效的", "Only what is in force"), listPath(other), isChosen: filter.inForceOn != nil))</p>\
      <details\(attribute: "open", if: filter.field != nil)><summary>\(say("按哪方面看", "By field"))</summary><p class="actions">\(fields)</p></details>\
      <details\(attribute: "open", if: filter.level != nil)><summary>\(say("按哪一级看", "By level"))</summary><p class="actions">\(levels)</p></details>
      """
  }

  private func choice(_ name: String, _ path: String, isChosen: Bool) -> HTML {
    """
    <a class="button quiet" href="\(path)"\(attribute: "aria-current", isChosen ? "true" : nil)>\
    \(isChosen ? "✓ " : "")\(name)</a>
    """
  }

  private func listPath(_ filter: PolicyFilter, after: PolicyID? = nil) -> String {
    var query: [String] = []
    if let field = filter.field { query.append("field=\(field.rawValue)") }
    if let level = filter.level { query.append("level=\(level.rawValue)") }
    if filter.inForceOn != nil { query.append("now=1") }
    if !filter.text.isEmpty { query.append("q=\(URLEncodedText.encode(filter.text))") }
    if let after { query.append("after=\(after)") }
    return query.isEmpty ? Self.base : "\(Self.base)?\(query.joined(separator: "&"))"
  }

  // MARK: - One

  /// Everything that the page of one version shows.
  struct View: Sendable {
    let shown: ShownPolicy
    /// The version that the page shows: the one that counts, an earlier one, or one that is to come.
    let version: PolicyVersion
    /// All versions, the first one first.
    let versions: [PolicyVersion]
    let successors: [ShownPolicy]
    let titles: [PolicyID: Phrase]
    /// What the person said of this version; nil for nothing and for those who are not signed in.
    let receipt: PolicyReceipt?
    let isFollowed: Bool
    /// What other capabilities offer beside it, such as a check who may be eligible.
    let links: [NavigationItem]

    var isOld: Bool { version.number < shown.version.number }
    var before: PolicyVersion? { versions.first { $0.number == version.number - 1 } }
  }

  func policy(_ view: View, key: String, alerts: [HTML]) -> Page {
    let (content, id) = (view.version.content, view.shown.head.id)
    let links = view.links.map {
      "<a class=\"button quiet\" href=\"\($0.path)\">\(say($0.name))</a> " as HTML
    }
    let main: HTML = """
      <p><a href="\(Self.base)">← \(say("全部政策", "All policies"))</a></p>\
      <h1\(attribute: "lang", parts.language(content.english.title))>\(say(content.title))</h1>\(standing(view))\
      \(parts.languageNote(content))<article class="panel" data-speak>\(parts.content(content, checklist: checklist))</article>\
      <p class="actions">\(links)<a class="button quiet" href="\(Self.path(id))/paper?version=\(view.version.number)">\(say("打印大字版", "Print in large type"))</a></p>\
      \(changed(view))\(receipt(view, key))\(following(.policy(id), isFollowed: isSignedIn ? view.isFollowed : nil, key: key))\
      <details><summary>\(say("文件本身", "The paper itself"))</summary>\(parts.document(content, titles: view.titles))</details>\
      \(history(view))
      """
    return Page(
      title: say(content.title), main: main, alerts: alerts, scripts: ["speak.js"], offline: true)
  }

  private func standing(_ view: View) -> HTML {
    let shown = view.shown
    if view.isOld {
      return PageParts.notice(
        say(
          "这是旧的第 \(view.version.number) 版，已经不算数了。",
          "This is the old version \(view.version.number); it does not count any more."),
        .bad)
        + "<p class=\"actions\"><a class=\"button\" href=\"\(Self.path(shown.head.id))\">\(say("看现在的版本", "See the current version"))</a></p>"
    }
    let own = PolicyRules.standing(
      of: view.version.content.document, isRetired: shown.head.state == .retired,
      replacedFrom: shown.replacedFrom, on: today)
    let tags: HTML = """
      <p>\(parts.tag(own)) \(PageParts.tag(say(view.version.content.document.level.name))) \
      \(PageParts.tag(say(view.version.content.document.field.name))) \(parts.term(view.version.content.document))</p>
      """
    return tags + notes(view)
  }

  private func notes(_ view: View) -> HTML {
    let shown = view.shown
    var notes: [HTML] = []
    if let retirement = shown.head.retirement {
      notes.append(
        PageParts.notice(say("已停用：\(retirement.reason)", "Out of use: \(retirement.reason)"), .bad))
    }
    for successor in view.successors {
      let from = successor.version.content.document.effective.words(say)
      notes.append(
        """
        <p>\(say("\(from) 起，改看：", "From \(from) on, see: "))<a href="\(Self.path(successor.head.id))">\(say(successor.version.content.title))</a></p>
        """)
    }
    if view.version.number > shown.version.number {
      notes.append(
        """
        <p>\(say("在那以前，按", "Until then, "))<a href="\(Self.path(shown.head.id))">\(say("现在的版本", "the current version"))</a>\(say("办。", " counts."))</p>
        """)
    } else if let coming = view.versions.last, coming.number > shown.version.number {
      let from = coming.content.document.effective.words(say)
      notes.append(
        """
        <p>\(say("\(from) 起有变化：", "It changes from \(from) on: "))<a href="\(Self.path(of: coming.number, shown.head.id))">\(say("看新的版本", "see the new version"))</a></p>
        """)
    }
    return .joined(notes)
  }

  /// What to bring, to be ticked off on the telephone or on paper.
  private func checklist(_ documents: [String]) -> HTML {
    let items = documents.map { document -> HTML in
      """
      <li><label class="choice-label"><input type="checkbox"> <span\(attribute: "lang", parts.language())>\(document)</span></label></li>
      """
    }
    return "<ul class=\"plain\">\(items)</ul>"
  }

  private func changed(_ view: View) -> HTML {
    guard let before = view.before else { return .empty }
    return PageParts.card(
      say("这一版改了什么", "What changed with this version"),
      parts.change(view.version, after: before, titles: view.titles))
  }

  private func receipt(_ view: View, _ key: String) -> HTML {
    if view.isOld { return .empty }
    let title = say("您看明白了吗？", "Is it clear to you?")
    guard isSignedIn else {
      let next = URLEncodedText.encode(Self.path(of: view.version.number, view.shown.head.id))
      return PageParts.card(
        title,
        """
        <p>\(say("不明白就打电话问：", "If not, call and ask: "))\(PolicyParts.phone(phone))</p>\
        <p class="actions"><a class="button quiet" href="/sign-in?next=\(next)">\(say("登录后请社工打给我", "Sign in to be called back"))</a></p>
        """)
    }
    return PageParts.card(
      title,
      PolicyReceiptParts(parts: parts, token: token).own(
        view.receipt, view.version.number, of: view.shown.head.id, key: key))
  }

  /// One tap to follow, one more to stop. Nothing for those who are not signed in.
  func following(_ what: PolicyFollowing, isFollowed: Bool?, key: String) -> HTML {
    guard let isFollowed else { return .empty }
    let label =
      isFollowed
      ? Phrase("不再关注", "Stop following")
      : what.isField
        ? Phrase("关注这方面，有新政策告诉我", "Follow this field: tell me of new policies")
        : Phrase("关注这项，有变化告诉我", "Follow it: tell me when it changes")
    return PageParts.loneButton(
      say(label), to: PolicyFollowPages.base, token: token, key: "\(key)-follow",
      [("what", what.text), ("wish", (isFollowed ? PolicyFollowWish.stop : .follow).rawValue)], isQuiet: true)
  }

  private func history(_ view: View) -> HTML {
    guard view.versions.count > 1 else { return .empty }
    let items = view.versions.reversed().map { version -> HTML in
      let name = say("第 \(version.number) 版", "Version \(version.number)")
      let term = parts.term(version.content.document)
      if version.number == view.version.number {
        return "<li><strong>\(name)</strong> · \(term) · \(say("您正在看", "the one you see"))</li>"
      }
      let old =
        version.number < view.shown.version.number ? PageParts.tag(say("旧的", "Old"), .bad) : HTML.empty
      return
        "<li><a href=\"\(Self.path(of: version.number, version.policy))\">\(name)</a> · \(term) \(old)</li>"
    }
    return "<h2>\(say("各个版本", "All versions"))</h2><ul>\(items)</ul>"
  }

  // MARK: - On paper

  /// Black on white, 18 pt at least, with boxes to tick. Source: Barrier-Free Environment Law art. 29.
  func paper(_ shown: ShownPolicy, _ version: PolicyVersion) -> Page {
    let content = version.content
    let isOld = version.number < shown.version.number
    let standing = isOld ? say("旧的版本", "Old version") : say(shown.standing(on: today).name)
    let boxes = { (documents: [String]) -> HTML in
      "<ul>\(documents.map { "<li><span class=\"tick\"></span> \($0)</li>" as HTML })</ul>"
    }
    return Page(
      title: say(content.title), kind: .print,
      main: """
        <div class="large-paper"><h1>\(say(content.title))</h1>\
        <p>\(content.document.issuer) \(content.document.number)</p>\(parts.content(content, checklist: boxes))\
        <p>\(say("第 \(version.number) 版", "Version \(version.number)")) · \(parts.term(content.document)) · \(standing)</p>\
        <p>\(say("\(today.words(say)) 打印，以后可能有变化。不明白请打电话 \(phone)。", "Printed \(today.words(say)); it may change. If it is not clear, call \(phone)."))</p></div>
        """)
  }
}

extension PolicyFollowing {
  var isField: Bool {
    if case .field = self { true } else { false }
  }
}
