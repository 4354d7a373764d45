import Kernel
import People
import Web

/// The third look: what the two entries of a sheet have differently, side by side, to be decided with the paper at hand.
struct DifferencePages {
  let say: Wording
  let token: String

  struct Request {
    let place: PaperDesk.Place
    let paper: PaperForm
    let list: DifferenceList
    /// What else is shown, because what was just decided contradicts it.
    let further: Set<String>
    /// What people are called who answer, as they were keyed in; empty where nobody is named.
    let names: [PersonID: String]
    /// Whether whoever answers has answered before, so that the sheet cannot be stored for them.
    let hasAnswered: Bool
    let key: String
    let state: FormState
    let alerts: [HTML]
  }

  func page(_ request: Request) -> Page {
    let (place, paper, list) = (request.place, request.paper, request.list)
    let title = say("核对 \(place.serial)", "Differences of \(place.serial)")
    let fields = FormParts(request.state, say)
    let shown = paper.entries.filter {
      list.items.contains($0.item.name) || request.further.contains($0.item.name)
    }
    let content: HTML = """
      <input type="hidden" name="key" value="\(request.key)"><input type="hidden" name="version" value="\(place.version.number)">\
      <input type="hidden" name="language" value="\(paper.language.name)">\
      <input type="hidden" name="seen" value="\(list.first.id) \(list.second.id)">\
      \(shown.map { question($0, request, fields) })\(who(request, fields))\(fields.submit(Phrase("定下来，存好", "Decide and store")))
      """
    let path = PaperParts.path(place.serial)
    let answered = request.hasAnswered ? [PageParts.notice(problem(.paperAnswered))] : []
    let main: HTML = """
      <h1>\(title)</h1><p class="lead">\(place.version.terms.title)</p>\
      <p>\(say("请拿着这张纸，一题一题定：第一遍、第二遍，还是都不对。谁定的会记下来。", "With the sheet at hand, decide for each question: the first entry, the second, or neither. Who decided is kept."))</p>\
      <section class="panel">\(fields.form(to: "\(path)/differences", token: token, idempotencyKey: request.key, content))</section>\
      <details><summary>\(say("这一张不用", "This sheet is of no use"))</summary>\(KeyingPages(say: say, token: token).spoil(path, key: "\(request.key)-s"))</details>\
      <p><a href="\(PaperParts.batch(place.batch))">\(say("返回这一批", "Back to the batch"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: answered + request.alerts)
  }

  private func problem(_ problem: Problem) -> String {
    say(problem.title) + (problem.advice.map { " " + say($0) } ?? "")
  }

  private func question(_ entry: PaperForm.Entry, _ request: Request, _ fields: FormParts) -> HTML {
    let (list, name) = (request.list, entry.item.name)
    let (first, second) = (list.first.sheet[name], list.second.sheet[name])
    var options: [(String, Phrase)]
    if first == second {
      let words = words(first, entry, request.paper)
      options = [
        (
          DifferenceForm.Choice.first.rawValue,
          Phrase("两遍都是：\(words.chinese)", "Both: \(words.english)")
        )
      ]
    } else {
      let (one, other) = (words(first, entry, request.paper), words(second, entry, request.paper))
      options = [
        (DifferenceForm.Choice.first.rawValue, Phrase("第一遍：\(one.chinese)", "First: \(one.english)")),
        (DifferenceForm.Choice.second.rawValue, Phrase("第二遍：\(other.chinese)", "Second: \(other.english)")),
      ]
    }
    options += [
      (DifferenceForm.Choice.blank.rawValue, Phrase("没填，或者不算", "Not answered, or does not count")),
      (DifferenceForm.Choice.unreadable.rawValue, KeyedAnswer.unreadable.name),
      (DifferenceForm.Choice.other.rawValue, Phrase("都不对，我重新录", "Neither: I key it in below")),
    ]
    let warnings = (list.warnings[name] ?? []).map { warning -> HTML in
      "<p class=\"hint\">\(say(warning.message(request.place.version, request.paper.language)))</p>"
    }
    let label = request.paper.label(entry, say)
    return """
      <section class="card">\(fields.radios(DifferenceForm.choice(name), Phrase(same: label), options: options))\(warnings)\
      <details><summary>\(say("重新录", "Key it in"))</summary>\(KeyingPages.field(entry, request.paper, fields, say))</details></section>
      """
  }

  private func words(_ answer: KeyedAnswer, _ entry: PaperForm.Entry, _ paper: PaperForm) -> Phrase {
    guard case .written(let text) = answer, entry.item.list != nil else { return answer.name }
    let labels = text.split(separator: " ").map { name in
      entry.choices.first { $0.name == name }.map { paper.label(of: $0) } ?? String(name)
    }
    return Phrase(labels.joined(separator: "、"), labels.joined(separator: ", "))
  }

  private func who(_ request: Request, _ fields: FormParts) -> HTML {
    let (list, terms) = (request.list, request.place.version.terms)
    guard terms.privacy != .anonymous else { return .empty }
    func name(_ respondent: Respondent) -> String {
      if case .person(let person, _) = respondent { request.names[person] ?? "—" } else { "—" }
    }
    guard list.differsInWho || request.hasAnswered else {
      return "<p>\(say("填的人：", "Answered by: "))\(name(list.first.respondent))</p>"
    }
    let (first, second) = (name(list.first.respondent), name(list.second.respondent))
    let options = [
      (DifferenceForm.Who.first.rawValue, Phrase("第一遍：\(first)", "First: \(first)")),
      (DifferenceForm.Who.second.rawValue, Phrase("第二遍：\(second)", "Second: \(second)")),
      (DifferenceForm.Who.other.rawValue, Phrase("都不对，见下面", "Neither: see below")),
    ]
    return """
      <section class="card">\(fields.radios(DifferenceForm.who, Phrase("谁填的", "Who answered"), options: options))\
      <details><summary>\(say("另一位", "Somebody else"))</summary>\(InterviewParts(say: say, token: token).respondent(terms, fields))</details></section>
      """
  }
}
