import Kernel
import People
import Web

/// The page on which a sheet is keyed in: the questions in the order of the paper, with the fields that interviewers have, and
/// nothing of what somebody else keyed in.
struct KeyingPages {
  let say: Wording
  let token: String

  /// One sheet to key in.
  struct Request {
    let place: PaperDesk.Place
    let paper: PaperForm
    /// Whether somebody else keyed it in before; nothing else is known of it here.
    let isSecond: Bool
    let key: String
    let state: FormState
    /// What contradicts itself in what was just sent, to be sent again if it is written so.
    let warnings: [PaperReview.Warning]
    let alerts: [HTML]
  }

  func page(_ request: Request) -> Page {
    let (place, paper) = (request.place, request.paper)
    let title = say("录入 \(place.serial)", "Key in \(place.serial)")
    let fields = FormParts(request.state, say)
    let parts = InterviewParts(say: say, token: token)
    let content: HTML = """
      <input type="hidden" name="key" value="\(request.key)"><input type="hidden" name="version" value="\(place.version.number)">\
      <input type="hidden" name="language" value="\(paper.language.name)">\(confirmation(request))\
      <div lang="\(paper.language.code ?? "zh")">\(questions(paper, fields))</div>\
      \(parts.respondent(place.version.terms, fields))\(fields.submit(Phrase("录好了", "Done")))
      """
    let turn =
      request.isSecond
      ? say("第二遍：请只看纸上写的录。", "The second time: please go by the paper alone.")
      : say("第一遍。", "The first time.")
    let main: HTML = """
      <h1>\(title)</h1><p class="lead">\(place.version.terms.title)</p>\
      <p>\(turn) \(say("照纸上写的录，答错了、跳错了也照录。按 Tab 到下一处，按空格或方向键来选。", "Key in what stands there, also where it is wrong or was to be skipped. Tab leads on; the space bar and the arrows choose."))</p>\
      <section class="panel">\(fields.form(to: PaperParts.path(place.serial), token: token, idempotencyKey: request.key, content))</section>\
      \(ending(request))<p><a href="\(PaperParts.batch(place.batch))">\(say("返回这一批", "Back to the batch"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: request.alerts)
  }

  private func confirmation(_ request: Request) -> HTML {
    guard !request.warnings.isEmpty else { return .empty }
    let items = request.warnings.map { warning -> HTML in
      let entry = request.paper.entries.first { $0.item.name == warning.item }
      let label = entry.map { request.paper.label($0, say) } ?? warning.item
      return
        "<li><a href=\"#field-\(QuestionParts.field(warning.item))\">\(label)</a> \(say(warning.message(request.place.version, request.paper.language)))</li>"
    }
    let names = request.warnings.map(\.item).joined(separator: " ")
    return """
      <div class="notice notice" role="status"><p>\(say("请对着纸看看这几处。纸上真是这样写的，就再按一次“录好了”。", "Please look at these on the paper. If it is really written so, press “Done” once more."))</p>\
      <ul>\(items)</ul></div><input type="hidden" name="confirmed" value="\(names)">
      """
  }

  // MARK: - Questions

  private func questions(_ paper: PaperForm, _ fields: FormParts) -> HTML {
    HTML.joined(
      paper.entries.map { entry -> HTML in
        let label = paper.label(entry, say)
        switch entry.item.kind {
        case .group: return "<h2>\(label)</h2>"
        case .note: return "<p class=\"muted\">\(PageParts.lines(label))</p>"
        default: return KeyingPages.field(entry, paper, fields, say) + mark(entry, fields)
        }
      })
  }

  /// The field of one question as interviewers have it, with its number on the paper.
  static func field(
    _ entry: PaperForm.Entry, _ paper: PaperForm, _ fields: FormParts, _ say: Wording
  ) -> HTML {
    var item = entry.item
    item.label = FormText([paper.language: paper.label(entry, say)])
    var definition = paper.version.definition
    definition.items = [item]
    let parts = QuestionParts(
      say: say, language: paper.language, definition: definition, fields: fields,
      allowsRefusal: paper.version.terms.allowsRefusal, isInterview: false,
      item: { _ in QuestionParts.State(isRelevant: true, isRequired: true, offered: entry.choices) },
      shown: { name in
        paper.numbers[name].map { say("（第 \($0) 题的回答）", "(the answer to question \($0))") } ?? "……"
      })
    return parts.all(hidesIrrelevant: false)
  }

  /// What stands there is nothing, or nothing readable: one stop of the keyboard for each question.
  private func mark(_ entry: PaperForm.Entry, _ fields: FormParts) -> HTML {
    let name = KeyingForm.mark(entry.item.name)
    let number = String(entry.number ?? 0)
    let options = [KeyedAnswer.blank, .unreadable].map { (value: $0.mark ?? "", name: $0.name) }
    return fields.select(
      name, Phrase("第 \(number) 题没填或看不清", "Question \(number) is not answered or unreadable"),
      options: options,
      isRequired: false)
  }

  // MARK: - Without an answer

  private func ending(_ request: Request) -> HTML {
    let path = PaperParts.path(request.place.serial)
    let missing: HTML =
      request.isSecond || request.place.sheet.state == .missing
      ? .empty
      : PageParts.button(
        say("没收回来", "Not returned"), to: "\(path)/missing", token: token, key: "\(request.key)-m",
        isQuiet: true)
    return """
      <details><summary>\(say("这一张不录", "This sheet is of no use"))</summary>\(spoil(path, key: "\(request.key)-s"))\(missing)</details>
      """
  }

  func spoil(_ path: String, key: String, _ state: FormState = .empty) -> HTML {
    let fields = FormParts(state, say, place: "spoilt")
    let reasons = PaperSheet.SpoiltReason.given.map { ($0.rawValue, $0.name) }
    return fields.form(
      to: "\(path)/spoilt", token: token, idempotencyKey: key,
      """
      \(fields.radios("reason", Phrase("为什么作废", "Why it is spoilt"), options: reasons))\
      \(fields.submit(Phrase("作废", "Mark as spoilt")))
      """)
  }

  /// The form of a spoilt sheet once more, where no reason was given.
  func spoiling(_ serial: PaperSerial, key: String, _ state: FormState, alerts: [HTML]) -> Page {
    let title = say("作废 \(serial)", "Mark \(serial) as spoilt")
    let path = PaperParts.path(serial)
    let main: HTML = """
      <h1>\(title)</h1><section class="panel">\(spoil(path, key: key, state))</section>\
      <p><a href="\(path)">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  /// Where a sheet is looked for by its number, and was not found.
  func finder(typed: String, _ problem: Problem?) -> Page {
    let title = say("录入纸质问卷", "Key in a sheet")
    let main: HTML = """
      <h1>\(title)</h1><section class="panel">\(PaperParts(say: say).finder(typed: typed, problem: problem))</section>\
      <p><a href="\(QuestionnairePages.base)">\(say("返回问卷", "Back to the questionnaires"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main)
  }

  /// Why a sheet cannot be keyed in by whoever looks.
  func refused(_ place: PaperDesk.Place, _ standing: PaperStanding, _ problem: Problem) -> Page {
    let title = say("问卷 \(place.serial)", "Sheet \(place.serial)")
    let advice = problem.advice.map { "<p>\(say($0))</p>" as HTML } ?? .empty
    let differences: HTML =
      standing == .differing
      ? "<p class=\"actions\"><a class=\"button\" href=\"\(PaperParts.path(place.serial))/differences\">\(say("对着纸核对", "Look at the differences"))</a></p>"
      : .empty
    let main: HTML = """
      <h1>\(title)</h1><p>\(PaperParts(say: say).standing(standing))</p><p class="lead">\(say(problem.title))</p>\(advice)\(differences)\
      <p><a href="\(PaperParts.batch(place.batch))">\(say("返回这一批", "Back to the batch"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main)
  }
}
