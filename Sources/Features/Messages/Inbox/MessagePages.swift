import Kernel
import Web

/// The inbox.
struct MessagePages {
  let say: Wording
  let kinds: MessageKinds

  /// One page of a person's messages, the newest first.
  /// - Parameter previous: whether there are newer ones.
  func inbox(
    _ messages: [InboxMessage], unread: Int, isFirst: Bool, next: MessageID?, formToken: String
  ) -> Page {
    let title = say("消息", "Messages")
    let nothing: HTML =
      messages.isEmpty
      ? PageParts.empty(
        say(
          "还没有消息。订了东西，到货了会在这里告诉您。",
          "No messages yet. When you order something, you are told here when it comes."))
      : .empty
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1>\(read(messages, unread: unread, formToken: formToken))\(nothing)\
        \(messages.map(card))\
        \(PageParts.pager(say, previous: isFirst ? nil : "/account/messages",
          next: next.map { "/account/messages?before=\($0)" }))\
        <p class="actions"><a class="button quiet" href="/account/messages/preferences">\
        \(say("怎么通知我", "How to tell me"))</a> <a class="button quiet" href="/account">\(say("返回“我的”", "Back to my page"))</a></p>
        """)
  }

  private func read(_ messages: [InboxMessage], unread: Int, formToken: String) -> HTML {
    guard unread > 0, let newest = messages.first else { return .empty }
    let count = say(
      "有 \(unread) 条没看过。", unread == 1 ? "One you have not read." : "\(unread) you have not read.")
    return """
      <form method="post" action="/account/messages/read"><p class="lead">\(count)</p>\
      <input type="hidden" name="form_token" value="\(formToken)">\
      <input type="hidden" name="newest" value="\(newest.id)">\
      <p class="actions"><button class="button" type="submit">\(say("我都看过了", "I have read them"))</button></p></form>
      """
  }

  private func card(_ message: InboxMessage) -> HTML {
    let name = say(kinds[message.kind].name)
    let new: HTML = message.isRead ? .empty : PageParts.tag(say("新", "New"), .notice)
    let more: HTML =
      message.path.map {
        """
        <p class="actions"><a class="button quiet" href="\($0)">\(say("去看看", "See it"))\
        <span class="visually-hidden"> \(name)</span></a></p>
        """
      } ?? .empty
    return """
      <article class="card"><h2>\(name) \(new)</h2><p class="hint">\(say.dateTime(message.sentAt))</p>\
      <p class="lead">\(say(message.text))</p>\(more)</article>
      """
  }
}
