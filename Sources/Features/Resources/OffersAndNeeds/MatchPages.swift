import Kernel
import Web

/// The page of one match.
struct MatchPages {
  let say: Wording
  let token: String
  let isStaff: Bool

  struct View: Sendable {
    let match: Match
    let sides: [Match.Side]
    /// Persons are in it only once both agreed, and for the station.
    let names: [Party: Phrase]
    let postings: [Posting]
    let numbers: [String]
    let messages: [MatchMessage]
  }

  func match(_ view: View, at now: Timestamp, key: String, alerts: [HTML]) -> Page {
    let title = say(view.match.category.name)
    let state = view.match.state(at: now)
    let who = Match.Side.allCases.map { side -> HTML in
      let party = view.match.party(side)
      return "<p>\(say(side.name))：\(say(view.names[party] ?? party.kind.strangerName))</p>"
    }
    let pages = PostingPages(say: say, token: token, isStaff: isStaff)
    let words = view.postings.map { pages.facts($0, view.names) }
    let numbers = view.numbers.map { "<p>\(say("电话", "Telephone")) \($0)</p>" as HTML }
    let talk = view.messages.map { "<p>\(say($0.side.name))：\(PageParts.lines($0.text))</p>" as HTML }
    let forms = view.sides.map { steps(view.match, state, $0, key) }
    return Page(
      title: title, kind: isStaff ? .staff : .resident,
      main:
        """
        <h1>\(title)</h1><p>\(say(state.name)) · \(view.match.score)</p>\
        \(who)\(words)\(numbers)\(talk)\(forms)
        """,
      alerts: alerts)
  }

  private func steps(_ match: Match, _ state: Match.State, _ side: Match.Side, _ key: String) -> HTML {
    var forms: [HTML] = []
    if state.isWaiting, !(state == .agreedOnce && match.agreedBy == side) {
      forms.append(agree(match, state, side, key))
    }
    if state.isWaiting { forms.append(form(match, side, key, "decline", Phrase("不答应", "Decline"))) }
    if state == .agreed { forms.append(form(match, side, key, "begin", Phrase("开始帮了", "It has begun"))) }
    if state.isLive {
      let isTheirs = match.mode == .gift || side == .need
      if isTheirs { forms.append(form(match, side, key, "done", Phrase("帮好了", "It is done"))) }
      forms.append(form(match, side, key, "failed", Phrase("没帮成", "It did not work out")))
      let fields = FormParts(.empty, say, place: "message-\(side.rawValue)")
      forms.append(
        form(
          match, side, key, "message", Phrase("留言", "Send"),
          fields.textArea("text", Phrase("给对方留言", "A word to the other side"))))
    }
    if state == .done || state == .failed {
      let fields = FormParts(.empty, say, place: "feedback-\(side.rawValue)")
      let ratings = MatchFeedback.Rating.allCases.map { (value: $0.rawValue, name: $0.name) }
      let content: HTML = """
        \(fields.select("rating", Phrase("觉得怎么样", "How was it"), options: ratings))\
        \(fields.textArea("text", Phrase("想说的", "In words"), isRequired: false))
        """
      forms.append(form(match, side, key, "feedback", Phrase("评价", "Say so"), content))
    }
    return .joined(forms)
  }

  private func agree(_ match: Match, _ state: Match.State, _ side: Match.Side, _ key: String) -> HTML {
    let fields = FormParts(.empty, say, place: "agree-\(side.rawValue)")
    var content: [HTML] = []
    if state == .proposed {
      if match.mode == .credit {
        content.append(fields.number("minutes", Phrase("大约多少分钟", "About how many minutes")))
      }
      content.append(
        fields.money("price", Phrase("说好的价钱，没有就不填", "Price, if there is one"), isRequired: false))
    } else {
      if let minutes = match.minutes { content.append("<p>\(say(CreditRules.hours(minutes)))</p>") }
      if let price = match.price { content.append("<p>\(say.money(price))</p>") }
    }
    if !isStaff {
      content.append(
        fields.checkbox("share_phone", Phrase("把我的手机号给这位邻居", "Share my phone with this neighbour")))
    }
    return form(match, side, key, "agree", Phrase("答应", "Agree"), .joined(content))
  }

  private func form(
    _ match: Match, _ side: Match.Side, _ key: String, _ step: String, _ label: Phrase,
    _ content: HTML = .empty
  ) -> HTML {
    let fields = FormParts(.empty, say, place: "\(step)-\(side.rawValue)")
    let hidden: HTML =
      "\(fields.hidden("side", side.rawValue))\(fields.hidden("seen", String(match.revision)))"
    let base = "\(isStaff ? "/help-desk" : "")/matches/\(match.id)"
    // The station acts for either side, so that its buttons say for which.
    let named = Phrase(
      "\(label.chinese)（\(side.name.chinese)）", "\(label.english) (\(side.name.english))")
    return fields.form(
      to: "\(base)/\(step)", token: token, idempotencyKey: "\(key)-\(step)",
      "\(hidden)\(content)\(fields.submit(isStaff ? named : label))")
  }
}
