import Kernel
import Web

/// What somebody wants of what they follow.
enum PolicyFollowWish: String, Sendable, CaseIterable {
  case follow
  case stop
}

/// What a person follows, with one button each to stop.
struct PolicyFollowPages {
  let parts: PolicyParts
  let token: String

  static let base = "/policy-follows"

  private var say: Wording { parts.say }

  func own(
    _ followed: [PolicyFollowing], titles: [PolicyID: Phrase], key: (Int) -> String, alerts: [HTML]
  ) -> Page {
    let title = say("我关注的政策", "Policies that I follow")
    let cards = followed.enumerated().map { index, what in card(what, titles, key(index)) }
    let open = PolicyField.allCases.filter { !followed.contains(.field($0)) }
    let fields = open.enumerated().map { index, field in
      PageParts.loneButton(
        say(field.name), to: Self.base, token: token, key: key(followed.count + index),
        [("what", PolicyFollowing.field(field).text), ("wish", PolicyFollowWish.follow.rawValue)],
        isQuiet: true)
    }
    let more: HTML =
      fields.isEmpty
      ? .empty
      : "<h2>\(say("还可以关注", "You may follow as well"))</h2>\(fields)"
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1><p class="lead">\(say("有新政策、有变化，就给您发消息。", "You get a message when there is something new."))</p>\
        \(cards.isEmpty ? PageParts.empty(say("还没有关注。", "You follow nothing yet.")) : .joined(cards))\(more)\
        <p><a href="\(PolicyPages.base)">\(say("看政策", "See policies"))</a></p>
        """, alerts: alerts)
  }

  private func card(_ what: PolicyFollowing, _ titles: [PolicyID: Phrase], _ key: String) -> HTML {
    let stop = PageParts.loneButton(
      say("不再关注", "Stop following"), to: Self.base, token: token, key: key,
      [("what", what.text), ("wish", PolicyFollowWish.stop.rawValue)], isQuiet: true)
    switch what {
    case .policy(let id):
      return PageParts.card(titles[id].map { say($0) } ?? "—", href: PolicyPages.path(id), stop)
    case .field(let field):
      return PageParts.card(
        say("这方面的全部：\(field.name.chinese)", "All of: \(field.name.english)"),
        href: "\(PolicyPages.base)?field=\(field.rawValue)", stop)
    }
  }
}
