import Kernel
import Web

/// What neighbours read of a merchant.
struct MerchantPages {
  let say: Wording

  func list(_ merchants: [Merchant]) -> Page {
    let title = say("谁在供货", "Who supplies us")
    let cards = merchants.map { merchant -> HTML in
      let story = say(merchant.details.story)
      let shown: HTML = story.isEmpty ? .empty : "<p>\(Self.opening(of: story))</p>"
      return """
        <section class="card"><h2><a href="/merchants/\(merchant.id)">\(say(merchant.name))</a></h2>\(shown)</section>
        """
    }
    let nothing = PageParts.empty(
      say("还没有商户。", "There are no merchants yet."), action: ("/", say("回首页", "Start page")))
    return Page(
      title: title,
      main: "<h1>\(title)</h1>\(cards.isEmpty ? nothing : "<div class=\"columns\">\(cards)</div>")")
  }

  func page(
    _ merchant: Merchant, _ products: KeysetPage<CatalogueProduct, ProductID>, sizes: PictureSizes,
    clock: AnswerClock, reviews: ReviewSummary, isFirst: Bool
  ) -> Page {
    let closed: [HTML] =
      merchant.closedAt == nil
      ? [] : [PageParts.notice(say("这家商户已经停止供货。", "This merchant no longer supplies us."))]
    let pages = CataloguePages(say: say)
    let grid =
      products.elements.isEmpty
      ? PageParts.empty(say("现在没有在供的商品。", "There are no products at present."))
      : pages.grid(products.elements, sizes, isUnderHeading: true)
    let more = products.next.map { "/merchants/\(merchant.id)?after=\($0)" }
    return Page(
      title: say(merchant.name),
      main: """
        <p><a href="/merchants">← \(say("谁在供货", "Who supplies us"))</a></p><h1>\(say(merchant.name))</h1>\
        \(isFirst ? story(merchant.details) + ReviewParts(say: say).line(merchant.id, reviews) + answers(clock) : .empty)<h2>\(say("他家的商品", "Products"))</h2>\(grid)\
        \(PageParts.pager(say, previous: isFirst ? nil : "/merchants/\(merchant.id)", next: more))
        """, alerts: closed)
  }

  /// How the merchant answers when something is wrong, for everybody to read.
  private func answers(_ clock: AnswerClock) -> HTML {
    ClaimWords.clock(clock, say).map { "<p class=\"muted\">\($0)</p>" } ?? .empty
  }

  private func story(_ details: Merchant.Details) -> HTML {
    var facts: [(term: String, value: HTML)] = []
    if !details.licence.isEmpty { facts.append((say("执照号", "Licence"), "\(details.licence)")) }
    if !details.phone.isEmpty {
      let dialled = details.phone.filter { $0.isNumber || $0 == "+" }
      facts.append((say("电话", "Telephone"), "<a href=\"tel:\(dialled)\">\(details.phone)</a>"))
    }
    let table = facts.isEmpty ? .empty : PageParts.definitions(facts)
    return "\(TextParts.paragraphs(say(details.story), first: "lead"))\(table)"
  }

  /// The first sentences, as much as a card has room for.
  static func opening(of text: String) -> String {
    let line = text.prefix { $0 != "\n" }
    return line.count <= 90 ? String(line) : line.prefix(88) + "……"
  }
}

/// Text of several lines as paragraphs.
enum TextParts {
  static func paragraphs(_ text: String, first kind: StaticString = "") -> HTML {
    let kind = HTML(stringLiteral: kind)
    return .joined(
      text.split(whereSeparator: \.isNewline).enumerated().map { number, line in
        number == 0 && !kind.isEmpty ? "<p class=\"\(kind)\">\(line)</p>" : "<p>\(line)</p>"
      })
  }
}
