import Kernel
import People
import Web

/// The page on which a household says how it wants its bags brought home.
struct DeliveryWishPages {
  let say: Wording
  let token: String

  /// What is shown of a neighbour.
  struct Neighbour: Sendable {
    let household: HouseholdID
    let door: Phrase
    let isAgreed: Bool
  }

  /// Everything that a household reads about its deliveries.
  struct Content: Sendable {
    var state: FormState
    var neighbourState = FormState.empty
    var neighbour: Neighbour?
    var asking: [Neighbour] = []
    /// Who of the household agreed to be looked after, with what is known of their contacts.
    var contacts: [WellbeingStep: String]?
    var contactState = FormState.empty
    /// Rounds that the person carries now.
    var rounds = 0
  }

  func page(_ content: Content, isCardSession: Bool, isSaved: Bool) -> HTML {
    let saved: HTML = isSaved ? PageParts.notice(say("记下了。", "Saved."), .good) : .empty
    return """
      <h1>\(say("送货上门", "Deliveries"))</h1>\(saved)\(carried(content.rounds))
      <p>\(say("东西只送到您自己家门口。团长说了能送的团，才会送。", "Goods are brought to your own door, from group-buys whose leader offers it."))</p>
      \(wishForm(content.state, to: "/delivery"))\(asked(content.asking))\(neighbour(content))\(contacts(content))\
      \(SharedTablet.finish(isCardSession, formToken: token, say))
      """
  }

  /// For those who belong to no household, as most couriers.
  func withoutHousehold(rounds: Int) -> HTML {
    """
    <h1>\(say("送货上门", "Deliveries"))</h1>\(carried(rounds))
    \(PageParts.empty(say("您的账号没有登记到住户，这里没有要设的。", "Your account belongs to no household, so there is nothing to set here.")))
    """
  }

  private func carried(_ rounds: Int) -> HTML {
    rounds == 0
      ? .empty
      : "<p class=\"actions\"><a class=\"button\" href=\"/rounds\">\(say("您有一趟货要送", "You have a round to go"))</a></p>"
  }

  // MARK: - The wish

  func wishForm(_ state: FormState, to path: String, hint: Phrase? = nil) -> HTML {
    let parts = FormParts(state, say)
    let words: HTML = hint.map { "<p class=\"hint\">\(say($0))</p>" } ?? .empty
    return PageParts.card(
      say("怎么送", "How"),
      words
        + parts.form(
          to: path, token: token,
          """
          \(parts.radios("mode", Phrase("要不要送", "Bring it home?"), options: DeliveryWish.Mode.allCases.map { ($0.rawValue, $0.name) }))
          \(parts.select("window", Phrase("什么时候在家", "When somebody is at home"), options: DeliveryWindow.allCases.map { ($0.rawValue, $0.name) }))
          \(parts.text("note", Phrase("给送货人的话", "For whoever brings it"), hint: Phrase("比如：请慢点敲门；家里有狗。不用写原因。", "Such as: knock slowly; there is a dog. No reason is needed."), isRequired: false, maximumLength: DeliveryWish.noteLimit))
          \(parts.checkbox("may_leave_at_door", Phrase("没人应门时，可以放在门口", "If nobody opens, it may be left at the door")))
          \(parts.submit(Phrase("保存", "Save")))
          """))
  }

  // MARK: - Neighbours

  private func neighbour(_ content: Content) -> HTML {
    let title = say("请邻居代收", "A neighbour who may take it")
    guard let neighbour = content.neighbour else {
      let parts = FormParts(content.neighbourState, say)
      return PageParts.card(
        title,
        parts.form(
          to: "/delivery/neighbour", token: token,
          """
          <p class="hint">\(say("写一户您信得过的邻居。他们点头后，您不在家时才会交给他们。",
            "Name neighbours whom you trust. Once they agree, they may take your bags while you are out."))</p>
          \(parts.text("building", Phrase("楼号", "Building"), maximumLength: 20))
          \(parts.text("unit", Phrase("单元", "Unit"), isRequired: false, maximumLength: 10))
          \(parts.text("room", Phrase("房号", "Room"), maximumLength: 20))
          \(parts.submit(Phrase("请他们帮忙", "Ask them")))
          """))
    }
    let standing =
      neighbour.isAgreed
      ? PageParts.tag(say("已经答应", "They agreed"), .good)
      : PageParts.tag(say("等他们点头", "Waiting for their answer"), .notice)
    return PageParts.card(
      title,
      """
      <p><strong>\(say(neighbour.door))</strong> \(standing)</p>
      \(button("/delivery/neighbour", [("withdraw", "on")], say("不请他们了", "Ask them no more")))
      """)
  }

  private func asked(_ neighbours: [Neighbour]) -> HTML {
    .joined(
      neighbours.map { neighbour in
        let household = neighbour.household.description
        let question: HTML =
          neighbour.isAgreed
          ? """
          <p>\(say("您答应了帮这户邻居代收送上门的东西。", "You agreed to take what is brought to this household."))</p>
          \(button("/delivery/neighbour/answer", [("household", household), ("answer", "no")], say("以后不代收了", "Not any more")))
          """
          : """
          <p>\(say("他们不在家时，想请您代收送上门的东西，可以吗？不方便也没关系。",
            "May what is brought to them be handed to you while they are out? It is fine to say no."))</p>
          \(button("/delivery/neighbour/answer", [("household", household), ("answer", "yes")], say("可以", "Yes"), isQuiet: false))
          \(button("/delivery/neighbour/answer", [("household", household), ("answer", "no")], say("不方便", "No")))
          """
        return PageParts.card(say(neighbour.door), question)
      })
  }

  private func button(
    _ path: String, _ fields: [(String, String)], _ name: String, isQuiet: Bool = true
  ) -> HTML {
    PageParts.loneButton(name, to: path, token: token, fields, isQuiet: isQuiet)
  }

  // MARK: - Who is told

  private func contacts(_ content: Content) -> HTML {
    guard let contacts = content.contacts else { return .empty }
    let parts = FormParts(content.contactState, say)
    let known = [WellbeingStep.family, .building].map { step -> HTML in
      "<li>\(say(step.name))：\(contacts[step] ?? say("还没填", "not named yet"))</li>"
    }
    return PageParts.card(
      say("没见到您时，先告诉谁", "Whom we tell when you are not seen"),
      """
      <ul>\(known)</ul>
      \(parts.form(to: "/delivery/contacts", token: token, contactFields(parts)))
      """)
  }

  /// The two contacts, by telephone number; what is left empty stays as it is.
  func contactFields(_ parts: FormParts) -> HTML {
    """
    \(parts.text("family", Phrase("家人的手机号", "Telephone of somebody of the family"), hint: Phrase("要在本社区登记过；留空就不改。", "Somebody entered in this community; left empty, it stays as it is."), type: "tel", isRequired: false, maximumLength: 20, inputMode: "tel"))
    \(parts.checkbox("no_family", Phrase("不要告诉家人", "Tell nobody of the family")))
    \(parts.text("building", Phrase("楼长或热心邻居的手机号", "Telephone of the building's contact"), type: "tel", isRequired: false, maximumLength: 20, inputMode: "tel"))
    \(parts.checkbox("no_building", Phrase("不要告诉楼里的人", "Tell nobody of the building")))
    \(parts.submit(Phrase("记下", "Save")))
    """
  }

  // MARK: - For somebody, on their word

  func onBehalf(_ order: Order, _ name: String, _ door: Phrase, _ state: FormState, said: Bool?) -> HTML {
    let path = "/desk/orders/\(order.id)/delivery"
    return """
      <h1>\(say("送货上门：", "Delivery: "))\(name)</h1>
      <p class="lead">\(say(door)) · \(say("订单", "order")) \(OrderNumber.text(order.number))</p>
      \(PageParts.notice(say("请照本人说的填。谁替谁填的，会记下来。", "Please enter what the person said. It is recorded who entered it for whom.")))
      \(PageParts.card(say("这一单", "This order"), """
        <p>\(said == true ? say("这一单要送到家。", "This order is to be brought home.") : said == false ? say("这一单自己取。", "This order is collected.") : say("这一单没有另外说。", "Nothing was said for this order alone."))</p>
        \(button(path, [("wished", "yes")], say("送到家", "Bring it home"), isQuiet: false))
        \(button(path, [("wished", "no")], say("自己取", "They collect it")))
        """))
      \(wishForm(state, to: path))
      <p><a href="/desk/campaigns/\(order.campaign)/rounds">\(say("回送货上门", "Back to the deliveries"))</a></p>
      """
  }
}

/// What an order's own page says of its delivery.
enum DeliveryPart {
  /// How the order is brought, as far as its page tells.
  struct Standing: Sendable {
    /// Bags that the leader offers to bring; 0 for none.
    let offered: Int64
    let isWished: Bool
    let isUnderWay: Bool
    let isOpen: Bool
  }

  static func part(_ order: OrderID, _ standing: Standing, formToken: String, _ say: Wording) -> HTML {
    guard standing.isOpen, standing.offered > 0 else { return .empty }
    if standing.isUnderWay {
      return PageParts.card(
        say("送货上门", "Delivery"),
        "<p>\(say("送货人已经出发，请留意敲门声。", "The courier has set out; listen for the door."))</p>")
    }
    let words =
      standing.isWished
      ? say("这一单会送到您家门口。", "This order will be brought to your door.")
      : say(
        "这一单自己到自提点取。不方便的话，可以送到家。", "You collect this order yourself. It can be brought to your door instead.")
    let name = standing.isWished ? say("改为自己取", "I will collect it") : say("请送到家", "Please bring it")
    return PageParts.card(
      say("送货上门", "Delivery"),
      """
      <p>\(words)</p>
      <form method="post" action="/orders/\(order)/delivery"><input type="hidden" name="form_token" value="\(formToken)">\
      <input type="hidden" name="wished" value="\(standing.isWished ? "no" as HTML : "yes")">\
      <p class="actions"><button class="button\(standing.isWished ? " quiet" as HTML : .empty)">\(name)</button></p></form>
      <p class="hint"><a href="/delivery">\(say("什么时候在家、请谁代收", "When you are at home, and who may take it"))</a></p>
      """)
  }
}
