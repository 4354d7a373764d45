import Kernel
import Web

/// What a person's own page on their data shows.
struct OwnDataView: Sendable {
  /// What the parts are called, whether there is anything in them or not: who looks over a shoulder learns nothing.
  let parts: [Phrase]
  let requests: [DataRequest]
  let texts: [DataRequestID: DataRequestTexts]
  /// What has to be settled before a deletion that was asked for.
  let obstacles: [Phrase]
}

/// A person's own page on the data about them.
struct OwnDataPages {
  let say: Wording
  let token: String
  let now: Timestamp
  /// Tells two sendings of one form from two requests.
  let key: String

  func page(_ view: OwnDataView, isSaved: Bool, _ copy: FormState, _ asking: FormState, alerts: [HTML])
    -> Page
  {
    let saved: [HTML] =
      isSaved
      ? [PageParts.notice(say("收到了，答复的日子写在下面。", "Received; the day of the answer stands below."), .good)] : []
    let main: HTML = """
      <h1>\(title)</h1>\
      <p class="lead">\(say("这里存着您的哪些信息、要怎么办，您说了算。", "What is kept here about you, and what is to be done with it, is up to you."))</p>\
      \(held(view, copy))\(own(view))\(form(asking))\
      <p class="actions"><a class="button quiet" href="/data-rules">\(say("什么留多久", "What is kept how long"))</a> \
      <a class="button quiet" href="/account/consents">\(say("收回同意", "Take a consent back"))</a></p>\
      <p><a href="/account">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, main: main, alerts: saved + alerts)
  }

  /// At a shared tablet nothing of it is shown.
  var elsewhere: Page {
    Page(
      title: title,
      main: """
        <h1>\(title)</h1>\(PageParts.notice(say("这一页只能用自己的手机和密码打开。也可以请社工或居委会打印给您，或打页面下方的电话。", "This page opens with your own telephone and password alone. A social worker or the committee can print it for you too, or call the number below.")))\
        <p><a href="/account">\(say("返回", "Back"))</a></p>
        """)
  }

  private var title: String { say("我的信息", "My data") }

  private func held(_ view: OwnDataView, _ state: FormState) -> HTML {
    let parts = FormParts(state, say, place: "copy")
    let items = view.parts.map { "<li>\(say($0))</li>" as HTML }
    let fields: HTML = """
      \(parts.text("password", Phrase("您的密码", "Your password"), hint: Phrase("防止别人拿您的手机来看。", "So that nobody else reads it on your telephone."), type: "password", autocomplete: "current-password"))\
      <p class="actions"><button class="button" type="submit" name="as" value="page">\(say("看一份、打印", "Read and print it"))</button> \
      <button class="button quiet" type="submit" name="as" value="file">\(say("存成文件", "Save it as a file"))</button></p>
      """
    return PageParts.card(
      say("存着什么", "What is kept"),
      "<ul>\(items)</ul>\(parts.form(to: "/account/data/copy", token: token, fields))")
  }

  private func own(_ view: OwnDataView) -> HTML {
    if view.requests.isEmpty { return .empty }
    let items = view.requests.map { request -> HTML in
      let texts = view.texts[request.id]
      let back: HTML =
        request.isOpen
        ? """
        <form method="post" action="/account/data/requests/\(request.id)/withdraw">\
        <input type="hidden" name="form_token" value="\(token)">\
        <p class="actions"><button class="button quiet" type="submit">\(say("不办了，收回", "Take it back"))</button></p></form>
        """ : .empty
      return """
        <li><p><strong>\(say(request.kind.name))</strong> \(DataRequestParts.state(request, at: now, say))</p>\
        <p class="hint">\(say("\(say.day(request.askedAt)) 提出", "Asked \(say.day(request.askedAt))"))</p>\
        \(DataRequestParts.texts(texts, say))\(back)</li>
        """
    }
    let first: HTML =
      view.obstacles.isEmpty
      ? .empty
      : """
      <p>\(say("注销以前要先办好：", "Before you are deleted:"))</p>\
      <ul>\(view.obstacles.map { "<li>\(say($0))</li>" as HTML })</ul>
      """
    return PageParts.card(say("我的请求", "My requests"), "<ul class=\"plain\">\(items)</ul>\(first)")
  }

  private func form(_ state: FormState) -> HTML {
    let parts = FormParts(state, say, place: "request")
    let fields: HTML = """
      \(parts.hidden("idempotency_key", key))\
      \(parts.radios("kind", Phrase("您想", "You would like to"), options: DataRequest.Kind.allCases.map { ($0.rawValue, $0.name) }))\
      \(parts.textArea("words", Phrase("哪里写错了、想问什么", "What is wrong, or what you ask"), hint: Phrase("改正和问清楚要写；别的可以空着。", "Needed for a correction or a question."), isRequired: false))\
      \(parts.submit(Phrase("提交请求", "Send the request")))
      """
    return PageParts.card(
      say("要改、要问、要注销", "Correct, ask, be deleted"),
      """
      <p>\(say("十五个工作日内答复。注销三天以后才办，这三天里随时能反悔；注销以后，名字、电话、订单里的话都找不回来。", "You are answered within fifteen working days. A deletion is carried out after three days, in which you can take it back; afterwards name, number and words cannot be brought back."))</p>\
      \(parts.form(to: "/account/data/requests", token: token, fields))
      """)
  }
}
