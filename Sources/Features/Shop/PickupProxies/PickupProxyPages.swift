import Interop
import Kernel
import Web

/// The pages on which neighbours fetch for one another.
struct PickupProxyPages {
  let say: Wording
  let token: String
  let now: Timestamp
  let isCardSession: Bool

  /// One leave with what its reader may know of the other side.
  struct Entry: Sendable {
    let proxy: PickupProxy
    /// The other side: a name once both agreed, before that the door that the reader typed.
    let other: String
    /// `037` for a leave for one order.
    let number: String?
  }

  /// One order that a neighbour may fetch.
  struct Fetching: Sendable {
    let order: Order
    let campaign: Campaign
    let point: Phrase
    let place: String?
    let owed: Money
    /// Six digits and the whole address behind the QR code; nil while the goods are not here.
    let code: (digits: String, address: String)?
  }

  private var finish: HTML { SharedTablet.finish(isCardSession, formToken: token, say) }

  // MARK: - All of them

  func list(mine: [Entry], theirs: [Entry], alerts: [HTML]) -> Page {
    let title = say("邻居代取", "Fetching for neighbours")
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1>\
        <p>\(say("去不了取货点，可以请一位邻居帮您拿。对方答应了才算，随时可以停。", "Cannot come to the pickup point? Ask a neighbour to fetch for you. It counts once they agree, and either of you can end it at any time."))</p>\
        \(asks(theirs))\
        <section class="card" id="mine"><h2>\(say("谁帮我家取", "Who fetches for my household"))</h2>\
        \(mine.isEmpty ? "<p class=\"muted\">\(say("还没有请人。", "Nobody yet."))</p>" : "<ul class=\"plain\">\(mine.map(mineItem))</ul>" as HTML)\
        <p class="actions"><a class="button" href="/pickup-proxies/new">\(say("请邻居代取", "Ask a neighbour"))</a></p></section>\
        <section class="card" id="found"><h2>\(say("让邻居找到我", "Let a neighbour find me"))</h2>\
        <p>\(say("有邻居想请您代取？出一个码给他看，一小时内有效，里面没有您的名字和电话。", "Does a neighbour want to ask you? Show a code. It is good for an hour and holds neither your name nor your number."))</p>\
        <form method="post" action="/pickup-proxies/code"><input type="hidden" name="form_token" value="\(token)">\
        <p class="actions"><button class="button quiet">\(say("出一个码", "Show a code"))</button></p></form></section>\(finish)
        """, alerts: alerts)
  }

  /// What others ask the reader, first those that wait for an answer.
  private func asks(_ entries: [Entry]) -> HTML {
    guard !entries.isEmpty else { return .empty }
    let items = entries.sorted { $0.proxy.state == .asked && $1.proxy.state != .asked }.map { entry -> HTML in
      let link: HTML =
        "<a href=\"/pickup-proxies/\(entry.proxy.id)\">\(say("替 \(entry.other) 取", "For \(entry.other)"))</a>"
      let body: HTML = entry.proxy.state == .asked ? answers(entry.proxy) : end(entry.proxy)
      return """
        <li><p><strong>\(link)</strong> \(tag(entry.proxy))<br>\(scope(entry))</p>\(body)</li>
        """
    }
    return """
      <section class="card" id="theirs"><h2>\(say("我帮谁取", "Whom I fetch for"))</h2><ul class="plain">\(items)</ul></section>
      """
  }

  private func mineItem(_ entry: Entry) -> HTML {
    """
    <li><p><strong>\(entry.other)</strong> \(tag(entry.proxy))<br>\(scope(entry))</p>\(end(entry.proxy))</li>
    """
  }

  private func tag(_ proxy: PickupProxy) -> HTML {
    PageParts.tag(say(proxy.state.name), proxy.state == .accepted ? .good : .notice)
  }

  private func scope(_ entry: Entry) -> HTML {
    let what =
      entry.number.map { say("只取订单 \($0)", "Order \($0) only") } ?? say("所有订单", "All orders")
    let until = say.day(entry.proxy.until, inYear: say.civil(now).year)
    return "\(what) · \(say("到 \(until) 为止", "until \(until)"))"
  }

  private func answers(_ proxy: PickupProxy) -> HTML {
    """
    <form method="post" action="/pickup-proxies/\(proxy.id)/answer"><input type="hidden" name="form_token" value="\(token)">\
    <p class="actions"><button class="button" name="answer" value="accept">\(say("好，我帮忙取", "Yes, I will fetch it"))</button>\
    <button class="button quiet" name="answer" value="decline">\(say("这次不方便", "Not this time"))</button></p></form>
    """
  }

  private func end(_ proxy: PickupProxy) -> HTML {
    """
    <form method="post" action="/pickup-proxies/\(proxy.id)/end"><input type="hidden" name="form_token" value="\(token)">\
    <p class="actions"><button class="button quiet">\(say("不用代取了", "End this"))</button></p></form>
    """
  }

  // MARK: - Asking

  func ask(orders: [(id: OrderID, number: String, title: Phrase)], state: FormState, problem: Problem?)
    -> Page
  {
    let parts = FormParts(state, say)
    let title = say("请哪位邻居代取？", "Which neighbour shall fetch?")
    let options = orders.map {
      (
        value: $0.id.description,
        name: Phrase(
          "只取 \($0.number)「\($0.title.chinese)」", "Order \($0.number), “\($0.title.english)”, only")
      )
    }
    let what = parts.radios(
      "order", Phrase("取什么", "What to fetch"),
      options: options + [("", Phrase("以后的订单都请他取", "All our orders"))])
    let content: HTML = """
      \(what)\
      \(parts.date("until", Phrase("到哪天为止", "Until which day"), hint: Phrase("请他取所有订单时要填，最长半年。只取一单的，取完就停。", "Needed for all orders, six months at most. A leave for one order ends with it."), isRequired: false))\
      <h2>\(say("怎么找到他", "How to find them"))</h2>\
      \(parts.text("neighbour", Phrase("邻居给您看的码", "The code that your neighbour shows"), hint: Phrase("在「邻居代取」页上出一个码，八位数字。", "From their page “Fetching for neighbours”: eight digits."), isAlternative: true, maximumLength: 12, autocomplete: "off", inputMode: "numeric"))\
      <details\(attribute: "open", if: !state.value("building").isEmpty || state.problem("room") != nil || state.problem("building") != nil)><summary>\(say("或者写他家的门牌", "Or write their door"))</summary>\
      \(parts.text("building", Phrase("楼号", "Building"), isAlternative: true, maximumLength: 40))\
      \(parts.text("unit", Phrase("单元", "Unit"), hint: Phrase("没有单元就空着", "Leave empty where there is none"), isAlternative: true, maximumLength: 20))\
      \(parts.text("room", Phrase("房号", "Room"), isAlternative: true, maximumLength: 40))</details>\
      \(parts.submit(Phrase("去问问他", "Ask them")))
      """
    return Page(
      title: title,
      main: """
        <p><a href="/pickup-proxies">← \(say("邻居代取", "Fetching for neighbours"))</a></p><h1>\(title)</h1>\
        <p>\(say("我们会问那一家人。他们答应以后，会拿到自己的取货码，您的码不用告诉任何人。钱还是照常在取货时付。", "We ask that household. Once they agree they get a code of their own, so you need tell nobody yours. Money is paid at pickup as always."))</p>\
        \(parts.form(to: "/pickup-proxies", token: token, content))\(finish)
        """, alerts: alerts(problem))
  }

  /// The code by which a neighbour is found; shown once.
  func code(_ digits: String, address: String) -> Page {
    let title = say("给邻居看这个码", "Show this code to your neighbour")
    let picture =
      (try? QRCode(address).svg(title: say("邻居扫这个码就能请您代取", "Your neighbour scans this to ask you")))
      .map { HTML(trusted: Array($0.utf8)) } ?? .empty
    return Page(
      title: title,
      main: """
        <section class="panel"><h1>\(title)</h1><p class="code">\(digits.prefix(4)) \(digits.suffix(4))</p>\(picture)\
        <p>\(say("一小时内有效。邻居请您代取，您再点一次答应才算。", "Good for an hour. When your neighbour has asked, it counts once you agree."))</p>\
        <p class="actions"><a class="button quiet" href="/pickup-proxies">\(say("好了，返回", "Done"))</a></p></section>\(finish)
        """)
  }

  // MARK: - Fetching

  func fetching(_ entry: Entry, _ orders: [Fetching]) -> Page {
    let title = say("替 \(entry.other) 取货", "Fetching for \(entry.other)")
    let cards = orders.map(card)
    let none =
      entry.proxy.state == .accepted
      ? PageParts.empty(
        say(
          "现在没有要取的。货到了这里会出现取货码。",
          "There is nothing to fetch now. The code appears here when the goods are in."))
      : .empty
    let answer: HTML =
      entry.proxy.isWaiting(at: now) ? answers(entry.proxy) : end(entry.proxy)
    return Page(
      title: title,
      main: """
        <p><a href="/pickup-proxies">← \(say("邻居代取", "Fetching for neighbours"))</a></p><h1>\(title)</h1>\
        <p>\(tag(entry.proxy)) \(scope(entry))</p>\(cards.isEmpty ? none : .joined(cards))\(answer)\(finish)
        """)
  }

  private func card(_ fetching: Fetching) -> HTML {
    let number = OrderNumber.text(fetching.order.number)
    let place: HTML =
      fetching.place.map { "<p>\(say("货架位置", "On the shelf at")) <strong>\($0)</strong></p>" } ?? .empty
    let pay: HTML =
      fetching.owed > .zero
      ? "<p>\(say("取货时要付", "To be paid when you fetch it")) <strong>\(fetching.owed.display)</strong></p>"
      : .empty
    let code: HTML =
      fetching.code.map { code -> HTML in
        let picture =
          (try? QRCode(code.address).svg(title: say("代取二维码，给团长扫", "Code for the leader to scan")))
          .map { HTML(trusted: Array($0.utf8)) } ?? .empty
        return """
          <p class="code">\(code.digits.prefix(3)) \(code.digits.suffix(3))</p>\(picture)\
          <p class="hint">\(say("这是给您一个人的码，只给团长看。", "This code is yours alone; show it to the leader only."))</p>
          """
      }
      ?? "<p class=\"muted\">\(say("货还没到，到了这里会出现取货码。", "The goods are not here yet; the code appears here when they are."))</p>"
    return """
      <section class="card"><h2>\(say("订单 \(number)", "Order \(number)"))</h2>\
      <p>\(say(fetching.campaign.title)) · \(say(fetching.point))<br>\(say.span(from: fetching.campaign.pickupFrom, to: fetching.campaign.pickupUntil))</p>\
      \(place)\(pay)\(code)</section>
      """
  }

  /// The part of an order's page: who fetches it, and how somebody is asked.
  func part(_ order: Order, _ entries: [Entry]) -> HTML {
    guard order.fulfilment.isOpen else { return .empty }
    let list: HTML =
      entries.isEmpty
      ? .empty
      : "<ul>\(entries.map { "<li>\($0.other) \(tag($0.proxy))</li>" as HTML })</ul>"
    let link =
      entries.isEmpty ? "/pickup-proxies/new?order=\(order.id)" : "/pickup-proxies"
    let label =
      entries.isEmpty ? say("自己去不了？请邻居代取", "Cannot come? Ask a neighbour") : say("查看或停止代取", "See or end this")
    return """
      <section class="card" id="fetched-by"><h2>\(say("谁来取", "Who fetches it"))</h2>\(list)\
      <p class="actions"><a class="button quiet" href="\(link)">\(label)</a></p></section>
      """
  }

  func alerts(_ problem: Problem?) -> [HTML] {
    guard let problem, problem.fields.isEmpty else { return [] }
    return [PageParts.notice(say(problem.title) + (problem.advice.map { " " + say($0) } ?? ""), .bad)]
  }
}
