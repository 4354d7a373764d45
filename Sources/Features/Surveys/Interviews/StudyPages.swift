import Kernel
import People
import Web

/// The station's pages of studies: all of them, and one with what can be done with it.
struct StudyPages {
  let say: Wording
  let token: String
  let now: Timestamp

  static let base = "/studies"
  static func path(_ id: StudyID) -> String { "\(base)/\(id)" }

  // MARK: - All

  func list(_ lines: [StudyStore.Line], next: String?) -> Page {
    let title = say("访谈与观察", "Interviews and observation")
    let rows = lines.map { line -> [HTML] in
      [
        "<a href=\"\(Self.path(line.study.id))\">\(line.title)</a>", state(line.study.state),
        HTML(text: String(line.study.records)), HTML(text: say.day(line.study.madeAt, inYear: 0)),
      ]
    }
    let table: HTML =
      rows.isEmpty
      ? PageParts.empty(say("还没有开始过。", "None has been begun yet."))
      : PageParts.table(
        caption: title, isCaptionShown: false,
        columns: [
          TableColumn(say("题目", "Title")), TableColumn(say("状态", "State")),
          TableColumn(say("记录", "Records"), isNumeric: true), TableColumn(say("新建", "Made")),
        ], rows: rows)
    let main: HTML = """
      <h1>\(title)</h1>\
      <p class="lead">\(say("问卷说多少，访谈说为什么。先想好想弄明白什么，再去听。", "Questionnaires say how many, interviews say why. Think first what you want to understand, then listen."))</p>\
      <p class="actions"><a class="button" href="\(Self.base)/new">\(say("开始一项研究", "Begin a study"))</a></p>\(table)\
      \(PageParts.pager(say, previous: nil, next: next))
      """
    return Page(title: title, kind: .staff, main: main)
  }

  private func state(_ state: Study.State) -> HTML {
    PageParts.tag(say(state.name), state == .open ? .good : .neutral)
  }

  // MARK: - Terms

  /// - Parameter id: nil for a new one.
  func terms(_ id: StudyID?, seen: Int64, key: String, _ state: FormState, alerts: [HTML]) -> Page {
    let fields = FormParts(state, say)
    let heading = id == nil ? say("开始一项研究", "Begin a study") : say("改提纲", "Change the guide")
    let content: HTML = """
      \(fields.hidden("seen", String(seen)))\
      \(fields.text("title", Phrase("题目", "Title"), maximumLength: 100))\
      \(fields.textArea("question", Phrase("想弄明白什么", "What it wants to understand"), rows: 2))\
      \(fields.textArea("purpose", Phrase("为什么问、问了做什么用", "What it is for and what becomes of it"), hint: Phrase("访谈前念给对方听的就是这一段。", "This is what is read to people before they are asked.")))\
      \(fields.textArea("guide", Phrase("提纲", "Guide"), hint: Phrase("一行一个问题，或者要看的一件事。", "One question, or one thing to look at, on each line."), rows: 8))\
      \(fields.submit(Phrase("保存", "Save")))
      """
    let back = id.map { Self.path($0) } ?? Self.base
    let main: HTML = """
      <h1>\(heading)</h1><section class="panel">\
      \(fields.form(to: id.map { "\(Self.path($0))/terms" } ?? Self.base, token: token, idempotencyKey: key, content))\
      </section><p><a href="\(back)">\(say("返回", "Back"))</a></p>
      """
    return Page(title: heading, kind: .staff, main: main, alerts: alerts)
  }

  // MARK: - One

  struct View: Sendable {
    let study: Study
    let terms: StudyTerms
    let records: [FieldRecord]
    /// Of the page after this one.
    let next: String?
    let events: [StudyEvent]
    /// Of those who took notes and changed the study; residents are called by their number here.
    let names: [PersonID: String]
  }

  func one(_ view: View, key: String, alerts: [HTML]) -> Page {
    let main: HTML = """
      <h1>\(view.terms.title)</h1><p>\(state(view.study.state))</p>\(steps(view, key))\(about(view))\
      \(records(view))\(history(view))\
      <p><a href="\(Self.base)">\(say("返回访谈与观察", "Back to interviews and observation"))</a></p>
      """
    return Page(title: view.terms.title, kind: .staff, main: main, alerts: alerts)
  }

  private func steps(_ view: View, _ key: String) -> HTML {
    let base = Self.path(view.study.id)
    let seen = [("seen", String(view.study.events))]
    let isOpen = view.study.state == .open
    var links: [HTML] = []
    if isOpen {
      links.append("<a class=\"button\" href=\"\(base)/records/new\">\(say("记一份", "Take notes"))</a>")
      links.append(quiet("\(base)/edit", say("改提纲", "Change the guide")))
    }
    links += [
      quiet("\(base)/codes", say("编码本", "Code book")), quiet("\(base)/codings", say("编码", "Coding")),
      quiet("\(base)/themes", say("主题表", "Themes")), quiet("\(base)/quotes", say("引用的话", "Quotes")),
    ]
    let step =
      isOpen
      ? PageParts.button(
        say("结束收集", "End collecting"), to: "\(base)/close", token: token, key: key, seen, isQuiet: true)
      : PageParts.button(
        say("接着收集", "Collect again"), to: "\(base)/reopen", token: token, key: key, seen, isQuiet: true)
    return """
      <p class="actions">\(HTML.joined(links, separator: " "))</p><div class="actions">\(step)</div>
      """
  }

  private func quiet(_ path: String, _ name: String) -> HTML {
    "<a class=\"button quiet\" href=\"\(path)\">\(name)</a>"
  }

  private func about(_ view: View) -> HTML {
    let guide = view.terms.guide.map { "<li>\($0)</li>" as HTML }
    return PageParts.card(
      say("想弄明白什么", "What it wants to understand"),
      PageParts.definitions([
        (say("问题", "Question"), PageParts.lines(view.terms.question)),
        (say("做什么用", "What for"), PageParts.lines(view.terms.purpose)),
        (say("提纲", "Guide"), "<ol>\(guide)</ol>"),
      ]))
  }

  private func records(_ view: View) -> HTML {
    let rows = view.records.map { record -> [HTML] in
      [
        "<a href=\"\(FieldRecordPages.path(record))\">\(say("第 \(record.number) 份", "No. \(record.number)"))</a>",
        HTML(text: say(record.facts.kind.name)), HTML(text: say.dateTime(record.facts.happenedAt, inYear: 0)),
        HTML(text: view.names[record.recordedBy.person] ?? "—"),
        FieldRecordParts(say: say).standing(record, at: now),
      ]
    }
    let title = say("记录", "Records")
    let table: HTML =
      rows.isEmpty
      ? "<p class=\"muted\">\(say("还没有记录。", "Nothing has been noted yet."))</p>"
      : PageParts.table(
        caption: title, isCaptionShown: false,
        columns: [
          TableColumn(say("编号", "Number")), TableColumn(say("种类", "Kind")), TableColumn(say("时间", "When")),
          TableColumn(say("谁记的", "Taken by")), TableColumn(say("状态", "State")),
        ], rows: rows)
    return PageParts.card(title, table + PageParts.pager(say, previous: nil, next: view.next))
  }

  private func history(_ view: View) -> HTML {
    let items = view.events.reversed().map { event -> HTML in
      "<li>\(say.dateTime(event.at, inYear: 0)) · \(say(event.kind.name)) · \(view.names[event.actor.person] ?? "—")</li>"
    }
    return "<details><summary>\(say("经过", "History"))</summary><ul>\(items)</ul></details>"
  }
}
