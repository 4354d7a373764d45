import Kernel
import People
import Web

/// Pages of offers and needs. Nobody's name stands in them but those of merchants and organisations.
struct PostingPages {
  let say: Wording
  let token: String
  var isStaff = false
  var base: String { isStaff ? "/help-desk" : "/neighbour-help" }

  func link(_ path: String, _ name: Phrase) -> HTML {
    "<a class=\"button quiet\" href=\"\(path)\">\(say(name))</a>"
  }

  /// Where one goes from the list.
  /// - Parameter isSignedIn: false for visitors, who can look and no more.
  func ways(isSignedIn: Bool) -> HTML {
    let own: HTML =
      isStaff
      ? link("/time-credit-desk", Phrase("时间账", "Accounts of hours"))
      : """
      \(link("/neighbour-help/mine", Phrase("我的互助", "Mine")))\
      \(link("/time-credits", Phrase("我的时间账", "My hours")))
      """
    let signIn = link("/sign-in?next=/neighbour-help", Phrase("登录后看详情、发布", "Sign in to read and post"))
    return """
      <p class="actions">\(isSignedIn ? link("\(base)/new", Phrase("发布", "Post")) + own : signIn)\
      \(Posting.Kind.allCases.map { link("\(base)?kind=\($0.rawValue)", $0.name) })</p>
      """
  }

  /// Where one goes from what is one's own.
  var ownWays: HTML {
    """
    <p class="actions">\(link("/neighbour-help/new", Phrase("发布", "Post")))\
    \(link("/time-credits", Phrase("我的时间账", "My hours")))</p>
    """
  }

  /// Which kind of help is looked for.
  func filter(_ kind: Posting.Kind?, _ category: ResourceCategory?) -> HTML {
    let options = ResourceCategory.allCases.map { option -> HTML in
      """
      <option value="\(option.rawValue)"\(attribute: "selected", if: option == category)>\(say(option.name))</option>
      """
    }
    let hidden: HTML =
      kind.map { "<input type=\"hidden\" name=\"kind\" value=\"\($0.rawValue)\">" } ?? .empty
    return """
      <form method="get" action="\(base)">\(hidden)\
      <label for="filter-category">\(say("哪一类", "Kind"))</label>\
      <select class="input" id="filter-category" name="category">\
      <option value="">\(say("都看", "All"))</option>\(options)</select>\
      <p class="actions"><button class="button quiet" type="submit">\(say("找一找", "Search"))</button></p></form>
      """
  }

  /// Matches as links, each with where it stands.
  func matches(_ pairs: [Match], _ states: [MatchID: Match.State]) -> HTML {
    let entries = pairs.map { pair -> HTML in
      let state = say((states[pair.id] ?? pair.state).name)
      return "<li><a href=\"\(Match.path(pair.id))\">\(say(pair.category.name))</a> \(state)</li>"
    }
    return entries.isEmpty ? .empty : "<ul>\(entries)</ul>"
  }

  /// - Parameters:
  ///   - places: what places are called that the reader may know of.
  ///   - hasWords: false for visitors, who learn what it is about and no more.
  func facts(
    _ posting: Posting, _ names: [Party: Phrase], _ places: [PlaceID: Phrase], hasWords: Bool = true
  ) -> HTML {
    let terms = posting.terms
    let amount: HTML = terms.units.map { "<p>\($0) \(terms.unit)</p>" } ?? .empty
    let head = [posting.kind.name, terms.urgency.name, terms.mode.name].map { say($0) }.joined(
      separator: " · ")
    if !hasWords { return "<p>\(head)</p>" }
    return """
      <p>\(head) · \(say(names[posting.party] ?? posting.party.kind.strangerName))</p>\
      <p>\(PageParts.lines(terms.text))</p>\(amount)\
      <p>\(say.span(from: terms.from, to: posting.expiresAt))</p>\(whereabouts(terms, places))\(tongues(terms))
      """
  }

  private func whereabouts(_ terms: PostingTerms, _ places: [PlaceID: Phrase]) -> HTML {
    guard let name = terms.place.flatMap({ places[$0] }) else { return .empty }
    let radius = terms.radius.map { say("，\($0) 米以内", ", within \($0) metres") } ?? ""
    return "<p>\(say("在哪里：", "Where: "))\(say(name))\(radius)</p>"
  }

  private func tongues(_ terms: PostingTerms) -> HTML {
    if terms.tongues.isEmpty { return .empty }
    let names = Posting.Tongue.allCases.filter(terms.tongues.contains).map { say($0.name) }
    return "<p>\(say("说什么话：", "Languages: "))\(names.joined(separator: say("、", ", ")))</p>"
  }

  /// - Parameters:
  ///   - intro: stands above the postings.
  ///   - isSignedIn: false for visitors, who see neither words nor a way in.
  func list(
    _ postings: [Posting], _ names: [Party: Phrase], _ places: [PlaceID: Phrase], title: Phrase, intro: HTML,
    next: String?,
    isSignedIn: Bool = true, notices: [HTML] = []
  ) -> Page {
    let cards = postings.map { posting in
      PageParts.card(
        say(posting.terms.category.name), href: isSignedIn ? "\(base)/\(posting.id)" : nil,
        facts(posting, names, places, hasWords: isSignedIn))
    }
    let all: HTML =
      cards.isEmpty ? PageParts.empty(say("现在没有。", "There is nothing just now.")) : .joined(cards)
    return Page(
      title: say(title), kind: isStaff ? .staff : .resident,
      main: "<h1>\(say(title))</h1>\(intro)\(all)\(PageParts.pager(say, previous: nil, next: next))",
      alerts: notices)
  }

  /// - Parameter asset: the entry of the map that it is about, where it is shown now.
  func posting(
    _ posting: Posting, _ names: [Party: Phrase], _ places: [PlaceID: Phrase], asset: AssetCard?, isOwn: Bool,
    at now: Timestamp,
    key: String, alerts: [HTML]
  ) -> Page {
    let title = say(posting.terms.category.name)
    let path = "\(base)/\(posting.id)"
    let fields = FormParts(.empty, say)
    let withdraw = fields.form(
      to: "\(path)/withdraw", token: token, idempotencyKey: key,
      """
      \(fields.hidden("seen", String(posting.revision)))\
      \(fields.submit(Phrase("收回", "Take it back")))
      """)
    let linked: HTML =
      asset.map { "<p>\(link(Asset.path($0.id), $0.name))</p>" } ?? .empty
    let state = posting.isOpen(at: now) || posting.state != .open ? posting.state.name : Phrase("过期了", "Over")
    let steps: HTML =
      isOwn && posting.isOpen(at: now)
      ? """
      <p class="actions">\(link("\(path)/matches", Phrase("看看谁合适", "See who suits")))</p>\
      \(withdraw)
      """ : .empty
    return Page(
      title: title, kind: isStaff ? .staff : .resident,
      main:
        """
        <h1>\(title)</h1><p>\(say(state))</p>\(facts(posting, names, places))\(linked)\(steps)\
        \(link(base, Phrase("返回", "Back")))
        """,
      alerts: alerts)
  }

  func candidates(
    _ posting: Posting, _ found: [PostingDesk.Candidate], _ names: [Party: Phrase],
    _ places: [PlaceID: Phrase], key: String, alerts: [HTML]
  ) -> Page {
    let title = say("谁合适", "Who suits")
    let fields = FormParts(.empty, say)
    let cards = found.enumerated().map { index, candidate -> HTML in
      let parts = candidate.score.parts.map { "<li>\(say($0.reason)) \($0.points)/\($0.most)</li>" as HTML }
      let words: HTML =
        candidate.posting.map { facts($0, names, places) }
        ?? "<p>\(candidate.asset.map { say($0.name) } ?? "")</p>"
      let other =
        candidate.posting.map { "\($0.kind.rawValue)-\($0.id)" } ?? candidate.asset.map { "asset-\($0.id)" }
        ?? ""
      let propose = fields.form(
        to: "\(base)/\(posting.id)/matches", token: token, idempotencyKey: "\(key)-\(index)",
        "\(fields.hidden("other", other))\(fields.submit(Phrase("牵线", "Propose")))")
      return PageParts.card(
        say("合适程度 \(candidate.score.total)", "Score \(candidate.score.total)"),
        "\(words)<ul>\(parts)</ul>\(propose)")
    }
    let all: HTML =
      cards.isEmpty ? PageParts.empty(say("现在还没有合适的。", "Nobody suits just now.")) : .joined(cards)
    return Page(
      title: title, kind: isStaff ? .staff : .resident, main: "<h1>\(title)</h1>\(all)", alerts: alerts)
  }
}
