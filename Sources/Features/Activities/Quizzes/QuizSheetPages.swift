import Interop
import Kernel
import Security
import Web

/// A quiz on paper in large type: the questions to be ticked, the slip to hand in, and the strip that the resident keeps.
struct QuizSheetPages {
  let say: Wording
  /// `https://maple.example`, what the QR code leads to.
  let origin: String
  let phone: String

  func sheet(_ quiz: Quiz, _ questions: [QuizQuestion]) -> Page {
    let terms = quiz.terms
    let main: HTML = """
      <div class="large-paper"><section class="paper-slip"><header><div><h1>\(terms.title)</h1>\
      <p>\(say("请在 \(say.dateTime(terms.closesAt)) 前交来，晚了不收", "Hand it in before \(say.dateTime(terms.closesAt)); nothing is taken later"))</p></div>\
      <div class="slip-code">\(code(quiz))</div></header>\
      <p>\(say("\(questions.count) 题答对 \(terms.threshold) 题，就进抽奖。", "\(terms.threshold) right answers of \(questions.count) put you in the draw.")) \
      \(say(quiz.unit.name))\(say("。", "."))</p>\
      <h2>\(say("奖品", "Prizes"))</h2><ul>\(terms.prizes.map { "<li>\($0.name) × \($0.pieces)</li>" as HTML })</ul>\
      <p>\(say("每题只选一个，在方框里打勾。交了就不能改。", "Tick one box for each question. What you hand in is final."))</p>\
      \(questions.enumerated().map { question($1, number: $0 + 1) })\(slip(quiz))</section>\(strip(quiz))</div>
      """
    return Page(title: terms.title, kind: .print, main: main)
  }

  private func code(_ quiz: Quiz) -> HTML {
    guard let code = try? QRCode("\(origin)\(Quiz.path(quiz.id))", correction: .quartile) else {
      return .empty
    }
    let title = say("这份问答的网页", "The quiz as a page")
    return HTML(trusted: Array(code.svg(title: title).utf8))
  }

  private func question(_ question: QuizQuestion, number: Int) -> HTML {
    let options = question.content.options.enumerated().map { index, option -> HTML in
      "<li><span class=\"tick\"></span>\(QuizOption.letter(index)). \(option)</li>"
    }
    return """
      <div class="slip-consent"><h2>\(number). \(question.content.wording)</h2><ul>\(options)</ul></div>
      """
  }

  private func slip(_ quiz: Quiz) -> HTML {
    """
    <div class="slip-consent"><h2>\(say("答题的人", "Who answers"))</h2>\
    <p>\(say("称呼", "Name"))<span class="blank wide"></span></p>\
    <p>\(say("电话，或者几号楼几单元几室", "Telephone, or building, unit and room"))</p>\
    <p><span class="blank wide"></span> <span class="blank wide"></span></p>\
    <p>\(say("我请社区把这张纸上的答案录进去。", "I ask the station to enter the answers on this sheet."))</p>\
    <p>\(say("签名", "Signature"))<span class="blank wide"></span></p></div>
    """
  }

  /// What the resident takes home: their number, and how to check the draw.
  private func strip(_ quiz: Quiz) -> HTML {
    let digest = quiz.opening.map { QuizParts(say: say).pieces($0.commitment.description) } ?? .empty
    return """
      <section class="paper-back"><h2>\(say("请剪下来自己留着", "Please cut this off and keep it"))</h2>\
      <p>\(quiz.terms.title)</p>\
      <p>\(say("抽奖号（工作人员填）", "Entry number (the station fills it in)"))<span class="blank wide"></span></p>\
      <p>\(say("\(say.dateTime(quiz.terms.closesAt)) 开奖，中了会告诉您。到\(quiz.terms.collectPlace)领奖。", "Drawn \(say.dateTime(quiz.terms.closesAt)); winners are told. Prizes are at \(quiz.terms.collectPlace)."))</p>\
      <p>\(say("种子的指纹（开奖以后可以拿它验）：", "Digest of the seed, to check the draw with: "))\(digest)</p>\
      <p>\(say("有不明白的，打电话 \(phone)", "Questions? Call \(phone)"))</p></section>
      """
  }
}
