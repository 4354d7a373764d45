import Kernel
import Security
import Web

/// The list of calls to make, and one call.
struct CallPages {
  let say: Wording
  let formToken: String

  /// A call that waits.
  struct Entry: Sendable {
    let id: DeliveryID
    let name: String
    let kind: Phrase
    let waitingSince: Timestamp
    let tries: Int
  }

  /// A call that somebody has in hand.
  struct Open: Sendable {
    let id: DeliveryID
    let name: String
    /// Nil where no number is entered.
    let phone: PhoneNumber?
    let text: Phrase
    let community: Phrase
    let language: Language
  }

  /// - Parameter seesDeliveries: whether the person may also see how messages get out.
  func list(_ entries: [Entry], inHand: [DeliveryID], seesDeliveries: Bool, alerts: [HTML]) -> Page {
    let title = say("电话单", "Calls to make")
    let nothing: HTML =
      entries.isEmpty && inHand.isEmpty
      ? PageParts.empty(say("现在没有要打的电话。", "There are no calls to make now.")) : .empty
    let deliveries: HTML =
      seesDeliveries
      ? "<a class=\"button quiet\" href=\"/desk/messages/deliveries\">\(say("消息送得怎么样", "How messages get out"))</a>"
      : .empty
    let mine = inHand.map { id -> HTML in
      """
      <p class="actions"><a class="button" href="/desk/calls/\(id)">\(say("接着打手上的这个电话", "Go on with the call in your hands"))</a></p>
      """
    }
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p>\(say("给不用手机、或者请我们打电话的邻居。拿起一个，别人就看不到它；每次看电话号码都会记下。",
          "For neighbours without a mobile phone, and those who asked to be rung. Take one, and nobody else sees it; each look at a number is recorded."))</p>\
        \(mine)\(nothing)\(entries.map(card))\
        <p class="actions"><a class="button quiet" href="/desk/messages/slips">\(say("要打印的纸条", "Slips to print"))</a> \
        \(deliveries)</p>
        """, alerts: alerts)
  }

  private func card(_ entry: Entry) -> HTML {
    let tries: HTML =
      entry.tries == 0
      ? .empty : PageParts.tag(say("打过 \(entry.tries) 次没人接", "No answer so far: \(entry.tries)"), .notice)
    return """
      <article class="card"><h2>\(entry.name)</h2><p>\(say(entry.kind)) · \(say.dateTime(entry.waitingSince)) \(tries)</p>\
      <form method="post" action="/desk/calls/\(entry.id)/take"><input type="hidden" name="form_token" value="\(formToken)">\
      <p class="actions"><button class="button" type="submit">\(say("我来打", "I will call"))\
      <span class="visually-hidden"> \(entry.name)</span></button></p></form></article>
      """
  }

  func call(_ call: Open) -> Page {
    let title = say("打给\(call.name)", "Call \(call.name)")
    let number: HTML =
      call.phone.map {
        "<p class=\"code\"><a href=\"tel:\($0.e164)\">\($0.display)</a></p>"
      }
      ?? PageParts.notice(
        say(
          "没有登记电话。请上门说一声，或者打给家里人。", "No number is entered. Please knock, or call somebody of the household."))
    let languages: [Language] = call.language == .chinese ? [.chinese, .english] : [.english, .chinese]
    let words = languages.map { language -> HTML in
      "<p class=\"lead\" lang=\"\(language.tag)\">\(script(call, language))</p>"
    }
    return Page(
      title: title, kind: .staff,
      main: """
        <p><a href="/desk/calls">← \(say("电话单", "Calls to make"))</a></p><h1>\(title)</h1>\(number)\
        <section class="panel"><h2>\(say("可以这样说", "What to say"))</h2>\(words)</section>\
        <section class="panel"><h2>\(say("打得怎么样", "How it went"))</h2>\(buttons(call))</section>
        """)
  }

  private func script(_ call: Open, _ language: Language) -> String {
    language == .chinese
      ? "\(call.name)，您好，我是\(call.community.chinese)的。\(call.text.chinese)"
      : "Hello \(call.name), this is \(call.community.english). \(call.text.english)"
  }

  private func buttons(_ call: Open) -> HTML {
    let buttons = CallOutcome.allCases.map { outcome -> HTML in
      let quiet = outcome == .reached ? "" : " quiet"
      return """
        <button class="button\(quiet)" type="submit" name="outcome" value="\(outcome.rawValue)">\(say(outcome.name))</button>
        """
    }
    return """
      <form method="post" action="/desk/calls/\(call.id)/outcome"><input type="hidden" name="form_token" value="\(formToken)">\
      <p class="actions">\(HTML.joined(buttons, separator: " "))</p></form>
      """
  }
}
