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
  var ways: HTML {
    """
    <p class="actions">\(link("\(base)/new", Phrase("发布", "Post")))\
    \(isStaff ? .empty : link("/neighbour-help/mine", Phrase("我的互助", "Mine")))\
    \(Posting.Kind.allCases.map { link("\(base)?kind=\($0.rawValue)", $0.name) })</p>
    """
  }

  /// Matches as links, each with where it stands.
  func matches(_ pairs: [Match], at now: Timestamp) -> HTML {
    let entries = pairs.map { pair -> HTML in
      let state = say(pair.state(at: now).name)
      return "<li><a href=\"\(Match.path(pair.id))\">\(say(pair.category.name))</a> \(state)</li>"
    }
    return entries.isEmpty ? .empty : "<ul>\(entries)</ul>"
  }

  func facts(_ posting: Posting, _ names: [Party: Phrase]) -> HTML {
    let terms = posting.terms
    let amount: HTML = terms.units.map { "<p>\($0) \(terms.unit)</p>" } ?? .empty
    return """
      <p>\(say(posting.kind.name)) · \(say(names[posting.party] ?? posting.party.kind.strangerName)) · \
      \(say(terms.urgency.name)) · \(say(terms.mode.name))</p><p>\(PageParts.lines(terms.text))</p>\(amount)\
      <p>\(say.span(from: terms.from, to: posting.expiresAt))</p>
      """
  }

  func list(
    _ postings: [Posting], _ names: [Party: Phrase], title: Phrase, intro: HTML, next: String?,
    notices: [HTML] = []
  ) -> Page {
    let cards = postings.map { posting in
      PageParts.card(
        say(posting.terms.category.name), href: "\(base)/\(posting.id)", facts(posting, names))
    }
    let all: HTML =
      cards.isEmpty ? PageParts.empty(say("现在没有。", "There is nothing just now.")) : .joined(cards)
    return Page(
      title: say(title), kind: isStaff ? .staff : .resident,
      main: "<h1>\(say(title))</h1>\(intro)\(all)\(PageParts.pager(say, previous: nil, next: next))",
      alerts: notices)
  }

  func posting(
    _ posting: Posting, _ names: [Party: Phrase], isOwn: Bool, at now: Timestamp, key: String,
    alerts: [HTML]
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
        <h1>\(title)</h1><p>\(say(posting.state.name))</p>\(facts(posting, names))\(steps)\
        \(link(base, Phrase("返回", "Back")))
        """,
      alerts: alerts)
  }

  func form(
    _ parties: [NamedParty], _ places: [PlaceCard], key: String, _ state: FormState, alerts: [HTML]
  ) -> Page {
    let title = Phrase("发布互助", "Offer or ask for help")
    let fields = FormParts(state, say)
    let who: HTML =
      isStaff
      ? fields.text("phone", Phrase("这位居民登记的手机号", "The resident’s telephone number"))
      : fields.select(
        "party", Phrase("谁发布", "For whom"),
        options: parties.map { (PostingForm.value($0.party), $0.name) })
    let kinds = Posting.Kind.allCases.map { (value: $0.rawValue, name: $0.name) }
    let categories = ResourceCategory.allCases.map { (value: $0.rawValue, name: $0.name) }
    let text = fields.textArea(
      "text", Phrase("写几句", "In a few words"), hint: Phrase("不要写名字和电话。", "No names and no numbers."))
    let content: HTML = """
      \(who)\(fields.select("kind", Phrase("要帮还是能帮", "Offer or need"), options: kinds))\
      \(fields.select("category", Phrase("哪一类", "Kind"), options: categories))\(text)\
      \(more(fields, places))\(fields.submit(Phrase("发布", "Post it")))
      """
    return Page(
      title: say(title), kind: isStaff ? .staff : .resident,
      main: "<h1>\(say(title))</h1>\(fields.form(to: base, token: token, idempotencyKey: key, content))",
      alerts: alerts)
  }

  private func more(_ fields: FormParts, _ places: [PlaceCard]) -> HTML {
    let choices = places.map { (value: $0.id.description, name: $0.name) }
    let place: HTML =
      choices.isEmpty
      ? .empty : fields.select("place", Phrase("在哪里", "Where"), options: choices, isRequired: false)
    let tongues = Posting.Tongue.allCases.map { (value: $0.rawValue, name: $0.name) }
    let urgencies = Posting.Urgency.allCases.map { (value: $0.rawValue, name: $0.name) }
    let audiences = Posting.Visibility.allCases.map { (value: $0.rawValue, name: $0.name) }
    let modes = Posting.Mode.allCases.map { (value: $0.rawValue, name: $0.name) }
    return """
      \(fields.number("units", Phrase("数量", "How many"), isRequired: false))\
      \(fields.text("unit", Phrase("单位，如：次", "Of what"), isRequired: false, maximumLength: 10))\
      \(fields.dateTime("from", Phrase("从什么时候", "From"), isRequired: false))\
      \(fields.dateTime("to", Phrase("到什么时候，最长 90 天", "Until, 90 days at most"), isRequired: false))\(place)\
      \(fields.number("radius", Phrase("多少米以内", "Within metres"), isRequired: false))\
      \(fields.checkboxes("tongues", Phrase("说什么话", "Languages"), options: tongues))\
      \(fields.select("urgency", Phrase("急不急", "How urgent"), options: urgencies, isRequired: false))\
      \(fields.select("visibility", Phrase("谁能看", "Who may see it"), options: audiences, isRequired: false))\
      \(fields.select("mode", Phrase("怎么算", "How it counts"), options: modes, isRequired: false))
      """
  }

  func candidates(
    _ posting: Posting, _ found: [PostingDesk.Candidate], _ names: [Party: Phrase], key: String,
    alerts: [HTML]
  ) -> Page {
    let title = say("谁合适", "Who suits")
    let fields = FormParts(.empty, say)
    let cards = found.map { candidate -> HTML in
      let parts = candidate.score.parts.map { "<li>\(say($0.reason)) \($0.points)/\($0.most)</li>" as HTML }
      let words: HTML =
        candidate.posting.map { facts($0, names) } ?? "<p>\(candidate.asset.map { say($0.name) } ?? "")</p>"
      let other =
        candidate.posting.map { "\($0.kind.rawValue)-\($0.id)" } ?? candidate.asset.map { "asset-\($0.id)" }
        ?? ""
      let propose = fields.form(
        to: "\(base)/\(posting.id)/matches", token: token, idempotencyKey: key,
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
