import Kernel
import Web

/// The page on which a person, or somebody who helps them, says how they are told of things.
struct PreferencePages {
  let say: Wording
  /// Where it is sent to.
  let path: String
  let formToken: String
  /// Whose choice it is, where somebody else makes it for them.
  let otherPerson: String?

  /// What can be chosen, and what is known.
  struct Choices: Sendable {
    let recipient: Recipient
    let services: Set<MessageWay>

    /// The ways that can reach this person.
    var ways: [MessageWay] {
      [.wechat, .sms, .call, .slip].filter { way in
        switch way {
        case .wechat: services.contains(.wechat) && recipient.hasWeChat
        case .sms: services.contains(.sms) && recipient.hasPhone
        case .call, .slip: true
        }
      }
    }
  }

  func page(_ choices: Choices, _ state: FormState, isDone: Bool, alerts: [HTML] = []) -> Page {
    let title =
      otherPerson.map { say("怎么通知\($0)", "How to tell \($0)") } ?? say("怎么通知我", "How to tell me")
    let done = PageParts.notice(say("记下了，以后就这样通知。", "Noted: this is how it will be done."), .good)
    let back =
      otherPerson == nil
      ? (path: "/account/messages", name: say("返回消息", "Back to messages"))
      : (path: String(path.dropLast("/messages".count)), name: say("返回", "Back"))
    return Page(
      title: title, kind: otherPerson == nil ? .resident : .staff,
      main: """
        <h1>\(title)</h1><p class="lead">\(say("消息总是会放进“消息”页。另外还可以：", "Messages always lie on the messages page. Besides that:"))</p>\
        <section class="panel">\(form(choices, state))</section>\(weChat(choices))\
        <p><a href="\(back.path)">\(back.name)</a></p>
        """,
      alerts: (isDone ? [done] : []) + alerts)
  }

  private func form(_ choices: Choices, _ state: FormState) -> HTML {
    let parts = FormParts(state, say)
    let ways = choices.ways.map { (value: $0.rawValue, name: $0.name) }
    let none = (value: PreferenceForm.noWay, name: Phrase("不用了，我自己来看", "Nothing: I look by myself"))
    let noSecond = (value: PreferenceForm.noWay, name: Phrase("不用了", "None"))
    let languages = [
      (value: PreferenceForm.pageLanguage, name: Phrase("和页面一样", "As on the pages")),
      (value: Language.chinese.rawValue, name: Phrase("中文", "Chinese")),
      (value: Language.english.rawValue, name: Phrase("英文", "English")),
    ]
    let hours = PreferenceForm.hours.map { minutes in
      (value: String(minutes), name: Phrase(same: "\(minutes < 600 ? "0" : "")\(minutes / 60):00"))
    }
    return parts.form(
      to: path, token: formToken,
      """
      \(parts.radios("first", Phrase("先用哪一种", "First by"), options: ways + [none]))\
      \(parts.select("second", Phrase("要是没送到，再用", "If that does not arrive, by"), options: ways + [noSecond]))\
      \(parts.select("language", Phrase("用什么语言", "In which language"), options: languages))\
      \(parts.select("quiet_from", Phrase("几点以后不要吵", "Quiet from"), options: hours, hint: Phrase("这段时间不发短信和微信，也不打电话；两个时间选一样，就是不设。", "No text, WeChat message or call in this time; the same time twice means none.")))\
      \(parts.select("quiet_until", Phrase("到第二天几点", "until"), options: hours))\
      \(parts.checkbox("urgent_at_night", Phrase("急事这段时间也可以通知", "What is urgent may come in this time too")))\
      \(parts.submit(Phrase("就这样", "Save")))
      """)
  }

  /// The way to WeChat is only the person's own.
  private func weChat(_ choices: Choices) -> HTML {
    guard otherPerson == nil, choices.services.contains(.wechat) else { return .empty }
    let words =
      choices.recipient.hasWeChat
      ? say("微信已经连上了。", "Your WeChat is connected.")
      : say("想用微信收通知，先把微信连上。", "To be told by WeChat, connect it first.")
    return PageParts.card(
      say("微信", "WeChat"),
      """
      <p>\(words)</p><p class="actions"><a class="button quiet" href="/account/wechat">\(choices.recipient.hasWeChat
        ? say("看看或断开", "See or disconnect") : say("连上微信", "Connect WeChat"))</a></p>
      """)
  }
}
