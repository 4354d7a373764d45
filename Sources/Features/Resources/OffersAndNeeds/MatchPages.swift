import Kernel
import People
import Security
import Web

/// The page of one match.
struct MatchPages {
  let say: Wording
  let token: String
  let isStaff: Bool
  let key: String
  /// A form that could not be taken, and which of the page it was; nil for none.
  var again: (state: FormState, place: String)?

  struct View: Sendable {
    let match: Match
    /// Where it stands now.
    let state: Match.State
    let sides: [Match.Side]
    /// Persons are in it only once both agreed, and for the station.
    let names: [Party: Phrase]
    let postings: [Posting]
    /// Of the postings, those that residents may know of.
    let places: [PlaceID: Phrase]
    /// What the entry of the map is called that is asked for; nil for none, and for one that is not shown.
    let asset: Phrase?
    /// Of the other side.
    let numbers: [Match.Side: PhoneNumber]
    /// Whom nobody can ring up; for the station, which goes there instead.
    let withoutPhone: [Match.Side]
    /// Whether who looks has a number to give.
    let hasPhone: Bool
    let messages: [MatchMessage]
    let feedback: [MatchFeedback]
    /// What was written where it did not work out; nil for nothing.
    let failing: String?
  }

  func match(_ view: View, alerts: [HTML]) -> Page {
    let title = say(view.match.category.name)
    let pages = PostingPages(say: say, token: token, isStaff: isStaff)
    let words = view.postings.map { pages.facts($0, view.names, view.places) }
    let asset: HTML = view.asset.map { "<p>\(say($0))</p>" } ?? .empty
    let forms = view.sides.map { steps(view, $0) }
    return Page(
      title: title, kind: isStaff ? .staff : .resident,
      main:
        """
        <h1>\(title)</h1><p>\(PageParts.tag(say(view.state.name)))</p>\
        <p>\(say("合适程度 \(view.match.score)", "Score \(view.match.score)"))</p>\
        \(until(view))\(who(view))\(words)\(asset)\(ending(view))\(phones(view))\(talk(view))\(forms)\
        <p class="actions">\(pages.link(isStaff ? "/help-desk" : "/neighbour-help/mine", Phrase("返回", "Back")))</p>
        """,
      alerts: alerts)
  }

  private func until(_ view: View) -> HTML {
    guard view.state.isWaiting else { return .empty }
    return "<p>\(say("请在这以前答复：", "Please answer before: "))\(say.dateTime(view.match.answerBy))</p>"
  }

  private func who(_ view: View) -> HTML {
    .joined(
      Match.Side.allCases.map { side in
        let party = view.match.party(side)
        let relay: HTML =
          view.withoutPhone.contains(side)
          ? " \(PageParts.tag(say("没有电话，请上门转告", "No telephone: please go and tell them"), .notice))" : .empty
        return "<p>\(named(side)) \(say(view.names[party] ?? party.kind.strangerName))\(relay)</p>"
      })
  }

  private func named(_ side: Match.Side) -> HTML {
    "<strong>\(say("\(side.name.chinese)：", "\(side.name.english):"))</strong>"
  }

  /// Why it did not work out, and how it was for both.
  private func ending(_ view: View) -> HTML {
    var parts: [HTML] = []
    if let failure = view.match.failure {
      parts.append("<p>\(say("为什么没帮成：", "Why it did not work out: "))\(say(failure.name))</p>")
      if let text = view.failing { parts.append("<p>\(PageParts.lines(text))</p>") }
    }
    for given in view.feedback {
      let text: HTML = given.text.isEmpty ? .empty : "<br>\(PageParts.lines(given.text))"
      parts.append("<p>\(named(given.side)) \(say(given.rating.name))\(text)</p>")
    }
    return .joined(parts)
  }

  // MARK: - Numbers and words

  private func phones(_ view: View) -> HTML {
    guard view.state.isLive, !isStaff else { return .empty }
    return .joined(
      view.sides.map { side in
        let none: HTML = """
          <p>\(say("对方没有给电话。可以在这里留言，或者请服务站转告。", "They have not given a number. Leave a word here, or ask the station to pass it on."))</p>
          """
        let theirs = view.numbers[side.other].map { number -> HTML in
          "<p>\(say("对方的电话：", "Their telephone: "))<a href=\"tel:\(number.e164)\">\(number.display)</a></p>"
        }
        return (theirs ?? none) + own(view, side)
      })
  }

  private func own(_ view: View, _ side: Match.Side) -> HTML {
    let isShared = view.match.phones[side] != nil
    if !isShared, !view.hasPhone {
      return """
        <p>\(say("您没有登记电话，有话服务站替您转告。", "You have no number here; the station passes on what you have to say."))</p>
        """
    }
    let label =
      isShared
      ? Phrase("收回我的电话", "Take my telephone number back")
      : Phrase("把我的电话给对方", "Give them my telephone number")
    return PageParts.loneButton(
      say(label), to: "\(Match.path(view.match.id))/phone", token: token,
      key: "\(key)-phone-\(side.rawValue)",
      [("side", side.rawValue), ("share_phone", isShared ? "off" : "on")], isQuiet: isShared)
  }

  private func talk(_ view: View) -> HTML {
    .joined(
      view.messages.map { message in
        let helper = message.isByWorker ? say("（服务站代写）", " (written by the station)") : ""
        return """
          <p>\(named(message.side))\(helper) <small>\(say.dateTime(message.sentAt))</small><br>\(PageParts.lines(message.text))</p>
          """
      })
  }

  // MARK: - Steps

  private func steps(_ view: View, _ side: Match.Side) -> HTML {
    let (match, state) = (view.match, view.state)
    var forms: [HTML] = []
    if state.isWaiting, !(state == .agreedOnce && match.agreedBy == side) {
      forms.append(agree(match, state, side))
    }
    if state.isWaiting { forms.append(form(match, side, "decline", Phrase("不答应", "Decline"), isQuiet: true)) }
    if state == .agreed { forms.append(form(match, side, "begin", Phrase("开始帮了", "It has begun"))) }
    if state.isLive {
      let isTheirs = match.mode == .gift || side == .need
      if isTheirs { forms.append(form(match, side, "done", Phrase("帮好了", "It is done"))) }
      forms.append(fail(match, side))
      let fields = fields("message", side)
      forms.append(
        form(
          match, side, "message", Phrase("留言", "Send"),
          fields.textArea(
            "text", Phrase("给对方留言", "A word to the other side"),
            hint: Phrase("服务站替一边答复过的，服务站也看得到。", "Where the station answered for a side, it reads this too.")))
      )
    }
    let isSaid = view.feedback.contains { $0.side == side }
    if state == .done || state == .failed, !isSaid { forms.append(feedback(match, side)) }
    return .joined(forms)
  }

  private func fail(_ match: Match, _ side: Match.Side) -> HTML {
    let fields = fields("failed", side)
    let reasons = MatchFailure.allCases.map { (value: $0.rawValue, name: $0.name) }
    let content: HTML = """
      \(fields.select("reason", Phrase("为什么没帮成", "Why it did not work out"), options: reasons))\
      \(fields.textArea("text", Phrase("想说的", "In words"), hint: Phrase("两边都看得到。", "Both sides read it."), rows: 2, isRequired: false))
      """
    let failed = form(
      match, side, "failed", Phrase("记成没帮成", "Say that it did not work out"), content, isQuiet: true)
    let isOpen = again.map { $0.place == "failed-\(side.rawValue)" } ?? false
    return """
      <details\(attribute: "open", if: isOpen)><summary>\(say("没帮成", "It did not work out"))</summary>\(failed)</details>
      """
  }

  private func feedback(_ match: Match, _ side: Match.Side) -> HTML {
    let fields = fields("feedback", side)
    let ratings = MatchFeedback.Rating.allCases.map { (value: $0.rawValue, name: $0.name) }
    let content: HTML = """
      \(fields.select("rating", Phrase("觉得怎么样", "How was it"), options: ratings))\
      \(fields.textArea("text", Phrase("想说的", "In words"), hint: Phrase("两边都看得到。", "Both sides read it."), rows: 2, isRequired: false))
      """
    return form(match, side, "feedback", Phrase("评价", "Say so"), content)
  }

  private func agree(_ match: Match, _ state: Match.State, _ side: Match.Side) -> HTML {
    let fields = fields("agree", side)
    var content: [HTML] = []
    if state == .proposed {
      if match.mode == .credit {
        content.append(
          fields.number(
            "minutes", Phrase("大约多少分钟", "About how many minutes"),
            hint: Phrase(
              "帮好了，这些分钟从要帮忙的记到帮忙的账上。", "Once it is done they go from who needed it to who helped.")))
      }
      content.append(
        fields.money("price", Phrase("说好的价钱，没有就不填", "Price, if there is one"), isRequired: false))
    } else {
      if match.mode == .credit, let minutes = match.minutes {
        content.append("<p>\(say(CreditRules.hours(minutes)))</p>")
      }
      if let price = match.price { content.append("<p>\(say.money(price))</p>") }
    }
    let hint: HTML =
      "<p>\(say("两边都答应了，才给电话；给不给您自己定。", "Numbers come only once both agreed, and each decides whether to give theirs."))</p>"
    return form(match, side, "agree", Phrase("答应", "Agree"), .joined(content) + hint)
  }

  private func fields(_ step: String, _ side: Match.Side) -> FormParts {
    let place = "\(step)-\(side.rawValue)"
    return FormParts(again.flatMap { $0.place == place ? $0.state : nil } ?? .empty, say, place: place)
  }

  private func form(
    _ match: Match, _ side: Match.Side, _ step: String, _ label: Phrase, _ content: HTML = .empty,
    isQuiet: Bool = false
  ) -> HTML {
    let fields = fields(step, side)
    let hidden: HTML =
      "\(fields.hidden("side", side.rawValue))\(fields.hidden("seen", String(match.revision)))"
    let base = "\(isStaff ? "/help-desk" : "")/matches/\(match.id)"
    // The station acts for either side, so that its buttons say for which.
    let named = Phrase(
      "\(label.chinese)（\(side.name.chinese)）", "\(label.english) (\(side.name.english))")
    return fields.form(
      to: "\(base)/\(step)", token: token, idempotencyKey: "\(key)-\(step)-\(side.rawValue)",
      "\(hidden)\(content)\(fields.submit(isStaff ? named : label, isQuiet: isQuiet))")
  }
}
