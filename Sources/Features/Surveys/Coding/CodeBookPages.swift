import Kernel
import People
import Web

/// The pages of a code book.
struct CodeBookPages {
  let say: Wording
  let token: String
  let study: StudyID

  private var base: String { "\(StudyPages.path(study))/codes" }

  func book(_ title: String, _ codes: [ThemeCode]) -> Page {
    let heading = say("编码本", "Code book")
    let active = CodeBookRules.ordered(codes.filter(\.isActive)).map { entry -> HTML in
      let content = entry.code.content
      let name = String(repeating: "— ", count: entry.depth) + content.name
      return PageParts.card(
        name, href: "\(base)/\(entry.code.id)",
        PageParts.definitions(
          [(say("什么时候用", "When to use it"), PageParts.lines(content.definition))] + examples(content)))
    }
    let retired = codes.filter { !$0.isActive }.map { code -> HTML in
      "<li><a href=\"\(base)/\(code.id)\">\(code.content.name)</a> · \(code.retiredFor ?? "")</li>"
    }
    let old: HTML =
      retired.isEmpty
      ? .empty : "<details><summary>\(say("停用的", "Retired"))</summary><ul>\(retired)</ul></details>"
    let none = PageParts.empty(
      say("先通读几份记录，再写第一个编码。", "Read through some records first, then write the first code."))
    let main: HTML = """
      <h1>\(heading)</h1><p class="lead">\(title)</p>\
      <p class="actions"><a class="button" href="\(base)/new">\(say("加一个编码", "Add a code"))</a></p>\
      \(active.isEmpty ? none : HTML.joined(active))\(old)\
      <p><a href="\(StudyPages.path(study))">\(say("返回研究", "Back to the study"))</a></p>
      """
    return Page(title: heading, kind: .staff, main: main)
  }

  private func examples(_ content: ThemeCode.Content) -> [(term: String, value: HTML)] {
    var examples = [(term: say("算的例子", "It is, for example"), value: PageParts.lines(content.includeExample))]
    if !content.excludeExample.isEmpty {
      examples.append(
        (term: say("不算的例子", "It is not, for example"), value: PageParts.lines(content.excludeExample)))
    }
    return examples
  }

  // MARK: - Writing

  /// - Parameter code: nil for a new one.
  func form(
    _ code: ThemeCode?, among codes: [ThemeCode], key: String, _ state: FormState, alerts: [HTML]
  ) -> Page {
    let fields = FormParts(state, say)
    let heading = code == nil ? say("加一个编码", "Add a code") : say("改编码", "Change the code")
    // The list itself offers nothing where nothing is chosen yet.
    let none = state.value("parent").isEmpty ? [] : [(value: "", name: Phrase("没有", "None"))]
    let parents =
      none
      + CodeBookRules.ordered(codes.filter { $0.isActive && $0.id != code?.id }).map {
        (
          value: $0.code.id.description,
          name: Phrase(same: String(repeating: "— ", count: $0.depth) + $0.code.content.name)
        )
      }
    let content: HTML = """
      \(fields.hidden("seen", String(code?.version ?? 0)))\
      \(fields.text("name", Phrase("名称", "Name"), maximumLength: 40))\
      \(fields.textArea("definition", Phrase("什么时候用", "When to use it"), rows: 3))\
      \(fields.textArea("include_example", Phrase("算的例子", "An example that it is"), hint: Phrase("编一个，不抄居民的原话。", "Invent one; do not copy what a resident said."), rows: 2))\
      \(fields.textArea("exclude_example", Phrase("像、但不算的例子", "An example that looks like it and is not"), rows: 2, isRequired: false))\
      \(fields.select("parent", Phrase("属于哪个更大的编码", "The wider code that it belongs to"), options: parents, isRequired: false))\
      \(fields.submit(Phrase("保存", "Save")))
      """
    let path = code.map { "\(base)/\($0.id)" } ?? base
    let main: HTML = """
      <h1>\(heading)</h1><section class="panel">\
      \(fields.form(to: path, token: token, idempotencyKey: key, content))</section>\
      <p><a href="\(path)">\(say("返回", "Back"))</a></p>
      """
    return Page(title: heading, kind: .staff, main: main, alerts: alerts)
  }

  // MARK: - One

  func one(
    _ versions: [ThemeCodeStore.Version], names: [PersonID: String], key: String, _ state: FormState,
    alerts: [HTML]
  ) -> Page {
    guard let newest = versions.first?.code else { return book("", []) }
    let path = "\(base)/\(newest.id)"
    let fields = FormParts(state, say)
    let retire: HTML = """
      \(fields.hidden("seen", String(newest.version)))\
      \(fields.text("reason", Phrase("为什么停用", "Why it is retired"), maximumLength: 200))\
      \(fields.submit(Phrase("停用", "Retire it")))
      """
    let steps: HTML =
      newest.isActive
      ? """
      <p class="actions"><a class="button quiet" href="\(path)/edit">\(say("改", "Change"))</a></p>\
      <details><summary>\(say("停用这个编码", "Retire this code"))</summary>\
      \(fields.form(to: "\(path)/retire", token: token, idempotencyKey: key, retire))</details>
      """
      : PageParts.notice(
        say("停用了：\(newest.retiredFor ?? "")", "Retired: \(newest.retiredFor ?? "")"))
    let history = versions.map { version -> HTML in
      """
      <li>\(say("第 \(version.code.version) 版", "Version \(version.code.version)")) · \(say.dateTime(version.writtenAt, inYear: 0)) · \
      \(names[version.writtenBy.person] ?? "—") · \(version.code.content.name): \(version.code.content.definition)</li>
      """
    }
    let main: HTML = """
      <h1>\(newest.content.name)</h1>\
      \(PageParts.definitions([(say("什么时候用", "When to use it"), PageParts.lines(newest.content.definition))] + examples(newest.content)))\
      \(steps)<details><summary>\(say("改过几次", "Its versions"))</summary><ul>\(history)</ul></details>\
      <p><a href="\(base)">\(say("返回编码本", "Back to the code book"))</a></p>
      """
    return Page(title: newest.content.name, kind: .staff, main: main, alerts: alerts)
  }
}
