import Kernel
import People
import Web

/// What residents and visitors see of the map.
struct AssetPages {
  let say: Wording
  let token: String
  let isSignedIn: Bool

  private var parts: AssetParts { AssetParts(say: say) }
  private var places: AssetPlaceParts { AssetPlaceParts(say: say) }

  // MARK: - All

  struct ListView: Sendable {
    let assets: [Asset]
    /// What the place in the filter is called.
    let place: Phrase?
    let places: [AssetPlace]
    let outlines: [KeptOutline]
    /// Where the list goes on; nil at its end.
    let next: String?
  }

  func list(_ view: ListView, _ filter: AssetFilter, at now: Timestamp) -> Page {
    let title = say("身边的本事", "What we have here")
    let cards = view.assets.map { asset -> HTML in
      PageParts.card(
        say(asset.terms.name), href: Asset.path(asset.id),
        """
        <p>\(PageParts.tag(say(asset.terms.kind.name))) \(asset.terms.placeWords)</p>\
        <p>\(parts.times(asset.terms.availability))</p>
        """)
    }
    let own: HTML =
      isSignedIn
      ? """
      \(parts.link("/assets/mine", say("登我的本事", "Offer what I can do"))) \
      \(parts.link("/asset-questions", say("问的和答的", "Questions and answers")))
      """ : parts.link("/sign-in?next=/assets", say("登录看更多", "Sign in to see more"))
    let empty = PageParts.empty(say("还没有这样的。", "There is nothing like this yet."))
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1>\(search(filter))\(places.chosen(view.place, filter))\
        \(cards.isEmpty ? empty : .joined(cards))\(PageParts.pager(say, previous: nil, next: view.next))\
        \(places.map(view.places, view.outlines, filter, at: now))<p class="actions">\(own)</p>
        """)
  }

  private func search(_ filter: AssetFilter) -> HTML {
    let any = (value: "", name: Phrase("不限", "Any"))
    func list(_ name: String, _ label: String, _ options: [(value: String, name: Phrase)], _ chosen: String?)
      -> HTML
    {
      let items = options.map { option -> HTML in
        "<option value=\"\(option.value)\"\(attribute: "selected", if: option.value == chosen ?? "")>\(say(option.name))</option>"
      }
      return """
        <label for="filter-\(name)">\(label)</label>\
        <select class="input" id="filter-\(name)" name="\(name)">\(items)</select>
        """
    }
    let categories = ResourceCategory.allCases.map { (value: $0.rawValue, name: $0.name) }
    let place: HTML =
      filter.place.map { "<input type=\"hidden\" name=\"place\" value=\"\($0)\">" } ?? .empty
    return """
      <form method="get" action="/assets">\(place)\
      \(list("kind", say("种类", "Kind"), [any] + AssetParts.kinds(), filter.kind?.rawValue))\
      \(list("category", say("用处", "Good for"), [any] + categories, filter.category?.rawValue))\
      <label for="filter-words">\(say("找什么", "Words"))</label>\
      <input class="input" id="filter-words" name="words" maxlength="40" value="\(filter.words)">\
      <p class="actions"><button class="button" type="submit">\(say("找一找", "Search"))</button></p></form>
      """
  }

  // MARK: - One

  struct View: Sendable {
    let asset: Asset
    let description: String
    /// What its place is called; nil for none.
    let place: Phrase?
    /// Whether the reader may say that they need it.
    let mayBeNeeded: Bool
    /// What an organisation or a merchant is called; never a person.
    let holder: Phrase?
  }

  /// Leads to a need that begins with this entry.
  private func need(_ view: View) -> HTML {
    guard view.mayBeNeeded else { return .empty }
    let path = "/needs/new?asset=\(view.asset.id)"
    let href = isSignedIn ? path : "/sign-in?next=\(URLEncodedText.encode(path))"
    return "<p class=\"actions\"><a class=\"button\" href=\"\(href)\">\(say("我需要这个", "I need this"))</a></p>"
  }

  func asset(_ view: View, key: String, _ state: FormState, notices: [HTML], alerts: [HTML]) -> Page {
    let terms = view.asset.terms
    let title = say(terms.name)
    let ask: HTML =
      isSignedIn
      ? """
      <p>\(say("您的话会转给对方，双方的电话和门牌号都不给出去。", "Your words are passed on; nobody’s number or door is given away."))</p>\
      \(parts.textForm(to: "\(Asset.path(view.asset.id))/ask", token, key, state, Phrase("想问什么", "Your question"), Phrase("请转达", "Pass it on")))
      """
      : "<p class=\"actions\"><a class=\"button\" href=\"/sign-in?next=\(Asset.path(view.asset.id))\">\(say("登录后可以问", "Sign in to ask"))</a></p>"
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1>\(view.holder.map { "<p>\(say($0))</p>" as HTML } ?? .empty)\
        \(parts.facts(terms, place: view.place.map { say($0) }))<p>\(PageParts.lines(view.description))</p>\
        \(parts.links(terms))\(need(view))\(PageParts.card(say("问一问", "Ask"), ask))\
        <p class="actions">\(parts.link("/assets", say("看别的", "See others")))</p>
        """, alerts: notices + alerts)
  }
}
