import Kernel
import Web

/// The page on which a person's WeChat and our official account come together.
struct WeChatPages {
  let say: Wording
  let formToken: String

  enum Standing: Sendable {
    /// No official account is set up here.
    case absent
    /// With the address at WeChat at which the person is recognised.
    case free(authorizeURL: String)
    /// The person came back from WeChat and has to say that they want it.
    case returned(code: String, state: String)
    case bound
  }

  func page(_ standing: Standing, alerts: [HTML] = []) -> Page {
    let title = say("用微信收通知", "To be told by WeChat")
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1>\(content(standing))\
        <p><a href="/account/messages/preferences">\(say("返回", "Back"))</a></p>
        """, alerts: alerts)
  }

  private func content(_ standing: Standing) -> HTML {
    switch standing {
    case .absent:
      PageParts.empty(say("我们还没有开通微信通知。", "We do not send messages by WeChat yet."))
    case .free(let url):
      """
      <p class="lead">\(say("先在微信里关注我们的服务号，再在微信里打开这一页，按下面的按钮。",
        "Follow our official account in WeChat first, open this page inside WeChat, and press the button."))</p>\
      <p>\(say("微信里只会说“您订的东西到了”这样一句，不写姓名、金额和买了什么。", "In WeChat stands only a line such as “your goods are here”: no name, no amount, nothing of what you bought."))</p>\
      <p class="actions"><a class="button" href="\(url)">\(say("去微信", "Go to WeChat"))</a></p>
      """
    case .returned(let code, let state):
      """
      <p class="lead">\(say("微信认出您了。以后用这个微信通知您吗？", "WeChat knows you. Shall we tell you by this WeChat from now on?"))</p>\
      \(form("/account/wechat",
        "<input type=\"hidden\" name=\"code\" value=\"\(code)\"><input type=\"hidden\" name=\"state\" value=\"\(state)\">",
        say("好，连上", "Yes, connect it")))
      """
    case .bound:
      """
      <p class="lead">\(say("微信已经连上了。", "Your WeChat is connected."))</p>\
      \(form("/account/wechat/remove", "", say("断开微信", "Disconnect it"), isQuiet: true))
      """
    }
  }

  private func form(_ path: String, _ fields: HTML, _ label: String, isQuiet: Bool = false) -> HTML {
    """
    <form method="post" action="\(path)"><input type="hidden" name="form_token" value="\(formToken)">\(fields)\
    <p class="actions"><button class="button\(isQuiet ? " quiet" : "")" type="submit">\(label)</button></p></form>
    """
  }
}
