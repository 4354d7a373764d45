import Kernel

/// Everything that a short menu leaves out, that of the elder view or of staff on a telephone, on one page.
enum MorePages {
  static let path = "/more"

  static func page(_ visit: Visit) -> Page {
    let say = visit.say
    let items = visit.site.layout.items(visit).map { entry in choice(entry.item.path, say(entry.item.name)) }
    let account: HTML =
      visit.session == nil
      ? choice("/sign-in", say("登录", "Sign in")) + choice("/card", say("用住户卡", "Use a household card"))
      : .empty
    return Page(
      title: say("更多", "More"),
      main: """
        <h1>\(say("更多", "More"))</h1><ul class="big-choices plain">\(items)\(account)</ul>\
        <section class="card"><h2>\(say("怎么看", "How it looks"))</h2>\(switches(visit))</section>
        """)
  }

  private static func choice(_ path: String, _ name: String) -> HTML {
    "<li><a class=\"button quiet\" href=\"\(path)\">\(name)</a></li>"
  }

  private static func switches(_ visit: Visit) -> HTML {
    let other: Language = visit.language == .chinese ? .english : .chinese
    return """
      <form method="post" action="/preferences"><input type="hidden" name="form_token" value="\(visit.formToken)">\
      <input type="hidden" name="back" value="\(path)"><p class="actions">\
      <button class="button quiet" name="language" value="\(other.rawValue)" lang="\(other.tag)">\
      \(other == .chinese ? "中文" : "English")</button>\(LayoutDrawing.elderSwitch(visit.isElderView, visit.say))</p></form>
      """
  }
}
