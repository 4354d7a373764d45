import Kernel
import Web

/// Looking for words in one's own cases.
struct CaseSearchPages {
  let say: Wording
  let token: String

  struct Found: Sendable {
    let id: CaseID
    let label: String
    let person: String
    let at: Timestamp
    let excerpt: String
  }

  /// - Parameter found: nil before anybody searched.
  func page(_ found: [Found]?, isCut: Bool, _ state: FormState) -> Page {
    let title = say("在个案里找", "Search my cases")
    let fields = FormParts(state, say)
    let form = fields.form(
      to: "/cases/search", token: token,
      """
      \(fields.text("words", Phrase("找什么", "Words"), hint: Phrase("只找您能看的个案。每找一次，都记在这些个案里。", "Only cases that you may read. Each search is noted in them."), maximumLength: 80))\
      \(fields.submit(Phrase("找", "Search")))
      """)
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><section class="panel">\(form)</section>\(list(found, isCut))\
        <p><a href="/cases">\(say("返回个案", "Back to the cases"))</a></p>
        """)
  }

  private func list(_ found: [Found]?, _ isCut: Bool) -> HTML {
    guard let found else { return .empty }
    if found.isEmpty { return PageParts.empty(say("没有找到。", "Nothing was found.")) }
    let items = found.map { entry -> HTML in
      """
      <li><a href="/cases/\(entry.id)">\(entry.label) · \(entry.person)</a> · \(say.day(entry.at))<br>\(entry.excerpt)</li>
      """
    }
    let more: HTML =
      isCut
      ? "<p class=\"muted\">\(say("只列出前面一些，请多写几个字。", "Only the first are listed; please write more words."))</p>"
      : .empty
    return "<ul class=\"plain\">\(items)</ul>\(more)"
  }
}
