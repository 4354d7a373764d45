import Kernel
import Web

/// The pages on which people answer, and what they see before and after.
struct AnswerPages {
  let say: Wording
  let token: String

  static let base = "/s"

  /// A questionnaire that is listed on the site.
  struct Listed: Sendable {
    let terms: QuestionnaireTerms
    let closesAt: Timestamp?
    let path: String
  }

  /// All questionnaires that anybody may answer now.
  func list(_ entries: [Listed]) -> Page {
    let title = say("填问卷", "Have your say")
    let cards = entries.map { entry -> HTML in
      let end: HTML =
        entry.closesAt.map { closesAt -> HTML in
          let moment = "\(say.day(closesAt)) \(say.time(closesAt))"
          return "<p class=\"hint\">\(say("填到 \(moment)", "Open until \(moment)"))</p>"
        } ?? .empty
      return """
        <section class="card"><h2><a href="\(entry.path)">\(entry.terms.title)</a></h2>\
        <p>\(PageParts.lines(entry.terms.purpose))</p><p>\(say(entry.terms.privacy.promise))</p>\(end)\
        <p class="actions"><a class="button" href="\(entry.path)">\(say("去填", "Answer it"))</a></p></section>
        """
    }
    let nothing = PageParts.empty(
      say(
        "现在没有要填的问卷。有了会在这里列出来。", "No questionnaire is open now. Those that are will be listed here."))
    let main: HTML = """
      <h1>\(title)</h1>\
      <p class="lead">\(say("您说的话，会变成报告，送到能改的人那里，有了答复再告诉大家。", "What you say becomes a report, goes to whoever can change things, and what they answer is told to all."))</p>\
      \(cards.isEmpty ? nothing : .joined(cards))
      """
    return Page(title: title, main: main)
  }

  /// One page to answer on.
  struct Request {
    let sheet: AnswerSheet
    /// Where it is sent.
    let path: String
    let key: String
    let state: FormState
    let alerts: [HTML]
    /// What stands between the promise and the questions: who is answering, or the code of a letter.
    let respondent: (FormParts) -> HTML
    /// What stands under the questions, before they are sent.
    var yes: (FormParts) -> HTML = { _ in .empty }
    /// Whether a social worker asks.
    let isInterview: Bool
    /// Whether the telephone may keep what was typed until it is sent.
    let keepsDraft: Bool
    /// Whether it is only looked at: there is nothing to send.
    var isPreview = false
  }

  func page(_ request: Request) -> Page {
    let (sheet, terms) = (request.sheet, request.sheet.version.terms)
    let fields = FormParts(request.state, say)
    let content: HTML = """
      <input type="hidden" name="key" value="\(request.key)"><input type="hidden" name="version" value="\(sheet.version.number)">\
      <input type="hidden" name="language" value="\(sheet.language.name)">\
      <input type="hidden" name="shown" value="\(sheet.asked.joined(separator: " "))">\
      \(request.respondent(fields))\(questions(request, fields))\(request.yes(fields))\(request.isPreview ? .empty : fields.submit(Phrase("交上去", "Send")))
      """
    let main: HTML = """
      <h1>\(terms.title)</h1>\(introduction(request))\(languages(request))\
      \(form(request, fields, content))
      """
    return Page(
      title: terms.title, main: main, alerts: request.alerts,
      scripts: (request.isInterview ? ["outbox.js"] : []) + ["survey-logic.js", "survey.js"],
      offline: request.isInterview)
  }

  private func introduction(_ request: Request) -> HTML {
    let terms = request.sheet.version.terms
    let free = say(
      "填不填由您，中间停下也可以，对您享受的服务没有任何影响。",
      "It is up to you: you may stop at any time, and it makes no difference to any service you get.")
    return """
      <p class="lead">\(PageParts.lines(terms.purpose))</p>\
      \(PageParts.notice(say(terms.privacy.promise), .neutral))<p>\(free)</p>
      """
  }

  private func languages(_ request: Request) -> HTML {
    let all = request.sheet.version.definition.languages
    guard all.count > 1 else { return .empty }
    let links = all.map { language -> HTML in
      language == request.sheet.language
        ? "<strong>\(language.title)</strong>"
        : "<a class=\"button quiet\" href=\"\(request.path)?language=\(URLEncodedText.encode(language.name))\" lang=\"\(language.code ?? "")\">\(language.title)</a>"
    }
    return
      "<p class=\"actions\">\(say("问卷的语言：", "Language of the questions: "))\(HTML.joined(links, separator: " "))</p>"
  }

  /// What the script works out the same from is written on the form.
  private func form(_ request: Request, _ fields: FormParts, _ content: HTML) -> HTML {
    let sheet = request.sheet
    let logic = CompiledFormJSON(sheet.form, language: sheet.language)
    let messages = messages(sheet)
    return """
      <form method="post" action="\(request.path)" class="form" novalidate data-survey="\(String(decoding: logic.bytes, as: UTF8.self))" \
      data-messages="\(messages)" data-texts="\(texts(sheet))" data-offset="\(say.offsetSeconds)" data-dots="……"\
      \(attribute: "data-noted", request.isInterview ? say("记下了，可以问下一位。", "Noted. On to the next person.") : nil)\
      \(attribute: "data-draft", request.keepsDraft ? "survey \(request.path) \(sheet.version.number)" : nil)\
      \(attribute: "data-kept", request.keepsDraft ? say("没有网络。您填的都存在这部手机里，有网时再按“交上去”。", "No network. What you entered is kept on this telephone; press “Send” again once there is.") : nil)\
      \(attribute: "data-outbox-form", request.isInterview ? say("问卷：\(sheet.version.terms.title)", "Questionnaire: \(sheet.version.terms.title)") : nil)>\
      <input type="hidden" name="form_token" value="\(token)">\(fields.summary)\(content)</form>
      """
  }

  /// What is said at a field whose answer is wrong, by the codes of `survey-logic.js`, and what the author says instead.
  private func messages(_ sheet: AnswerSheet) -> String {
    var json = JSONWriter()
    let general: [AnswerProblem] = [
      .missing, .integer, .number, .digits, .date, .time, .dateTime, .choice, .twice, .rank, .acknowledge,
      .long,
      .constraint,
    ]
    func own(_ text: FormText) -> String? {
      text.text(in: sheet.language, or: sheet.version.definition.languages)
    }
    json.object { json in
      json.array("all", general) { json, problem in
        json.array([problem.code, say(problem.message)]) { $0.value($1) }
      }
      json.array("own", sheet.version.definition.allItems) { json, item in
        for (code, text) in [("constraint", item.constraintMessage), ("missing", item.requiredMessage)] {
          if let text = own(text) { json.array([item.name, code, text]) { $0.value($1) } }
        }
      }
    }
    return json.text
  }

  /// What is asked in words that hold answers, to be written anew with every answer.
  private func texts(_ sheet: AnswerSheet) -> String {
    var json = JSONWriter()
    json.array(sheet.version.definition.allItems) { json, item in
      let label = item.label.text(in: sheet.language, or: sheet.version.definition.languages)
      if let label, label.contains("${") { json.array([item.name, label]) { $0.value($1) } }
    }
    return json.text
  }

  private func questions(_ request: Request, _ fields: FormParts) -> HTML {
    let sheet = request.sheet
    let parts = QuestionParts(
      say: say, language: sheet.language, definition: sheet.version.definition, fields: fields,
      allowsRefusal: sheet.version.terms.allowsRefusal, isInterview: request.isInterview,
      item: { item in
        let state = sheet.evaluation[item.name]
        let list = item.list.flatMap(sheet.version.definition.list)
        return QuestionParts.State(
          isRelevant: state?.isRelevant ?? true, isRequired: state?.isRequired ?? false,
          offered: state?.isRelevant == true ? state?.offered ?? [] : list?.choices ?? [])
      }, shown: sheet.shown)
    return "<div lang=\"\(sheet.language.code ?? "zh")\">\(parts.all(hidesIrrelevant: true))</div>"
  }

  // MARK: - Around it

  /// Why nothing can be answered here now.
  func closed(_ title: String, _ problem: Problem, signIn: String?) -> Page {
    let link: HTML =
      signIn.map {
        "<p class=\"actions\"><a class=\"button\" href=\"\($0)\">\(say("登录", "Sign in"))</a></p>"
      } ?? .empty
    let advice = problem.advice.map { "<p>\(say($0))</p>" as HTML } ?? .empty
    let main: HTML = "<h1>\(title)</h1><p class=\"lead\">\(say(problem.title))</p>\(advice)\(link)"
    return Page(title: title, main: main)
  }

  /// - Parameters:
  ///   - path: of the questionnaire that was sent.
  ///   - again: where the next person begins; nil on somebody's own telephone.
  func thanks(_ title: String, path: String, again: String?) -> Page {
    let heading = say("收到了，谢谢您！", "Received. Thank you!")
    let onward: HTML =
      again.map { "<a class=\"button\" href=\"\($0)\" data-again>\(say("下一位", "Next person"))</a>" }
        ?? """
        <a class="button quiet" href="\(Self.base)">\(say("别的问卷", "Other questionnaires"))</a> \
        <a class="button quiet" href="/">\(say("回首页", "To the first page"))</a>
        """
    let main: HTML = """
      <h1 data-survey-sent="\(path)">\(heading)</h1><p class="lead">\(title)</p>\
      <p>\(say("大家的回答合在一起统计；结果和答复会公布出来，也会告诉参加的人。", "The answers are counted together. What comes of it will be made public and told to those who took part."))</p><p class="actions">\(onward)</p>
      """
    return Page(title: heading, main: main, scripts: ["survey.js"])
  }
}
