import Kernel
import Web

/// Parts that the pages of paper share.
struct PaperParts {
  let say: Wording

  static let base = "\(QuestionnairePages.base)/paper"
  static func path(_ serial: PaperSerial) -> String { "\(base)/\(serial)" }

  static func collector(_ batch: PaperBatch) -> String {
    "\(QuestionnairePages.path(batch.questionnaire))/collectors/\(batch.collector)"
  }

  static func batch(_ batch: PaperBatch) -> String { "\(collector(batch))/batches/\(batch.id)" }

  func standing(_ standing: PaperStanding) -> HTML {
    let tone: Tone =
      switch standing {
      case .stored: .good
      case .differing: .notice
      case .spoilt, .missing, .blank, .keyedOnce: .neutral
      }
    return PageParts.tag(say(standing.name), tone)
  }

  /// Where the number on a sheet is typed; the cursor stands in it, so that one sheet follows another.
  func finder(typed: String = "", problem: Problem? = nil) -> HTML {
    let hint = say("每页右上角的号码，比如 B12-034-5。", "What stands at the top right of each page, such as B12-034-5.")
    let alert: HTML =
      problem.map { PageParts.notice(say($0.title) + ($0.advice.map { " " + say($0) } ?? ""), .bad) }
      ?? .empty
    return """
      \(alert)<form method="get" action="\(Self.base)" class="form"><div class="field">\
      <label for="serial">\(say("问卷号码", "Number of the sheet"))</label><p class="hint" id="serial-hint">\(hint)</p>\
      <input class="input short" type="text" id="serial" name="serial" value="\(typed)" maxlength="30" autocomplete="off" autofocus required aria-describedby="serial-hint"></div>\
      <p class="actions"><button class="button" type="submit">\(say("录这一张", "Key in this sheet"))</button></p></form>
      """
  }

  /// Differences for each hundred answers, with what they are counted of.
  func rate(_ differences: Int64, of fields: Int64) -> String {
    guard let rate = PaperFigures.rate(differences, of: fields) else { return "—" }
    let share = AnalysisNumber.percent(rate)
    return say("\(share)（\(fields) 处有 \(differences) 处）", "\(share) (\(differences) of \(fields))")
  }

  /// What is said above the locking of answers while sheets are open.
  func open(_ counts: [PaperStanding: Int], of id: QuestionnaireID, token: String, key: String) -> HTML {
    let all = counts.values.reduce(0, +)
    guard all > 0 else { return .empty }
    let told = PaperStanding.allCases.compactMap { standing in
      counts[standing].map {
        say("\(standing.name.chinese) \($0) 张", "\($0) \(standing.name.english.lowercased())")
      }
    }.joined(separator: say("，", ", "))
    let button = PageParts.button(
      say("这些不录了", "Leave these out"), to: "\(QuestionnairePages.path(id))/paper/leave-out", token: token,
      key: key,
      isQuiet: true)
    return """
      <section class="card"><h2>\(say("还有 \(all) 张纸质问卷没了结", "\(all) sheets of paper are still open"))</h2><p>\(told)</p>\
      <p>\(say("封存以后不能再录。没录过的算没收回来，录了一半的算作废，录过的内容当场删掉。", "Once the answers are locked nothing more is keyed in. Sheets that nobody keyed in count as not returned, the others as spoilt; what was keyed in of them is deleted at once."))</p>\(button)</section>
      """
  }
}
