import Kernel
import Security
import Web

/// The draw for everybody: what was committed to, what was revealed, and how to work it out anew.
struct QuizDrawPages {
  let say: Wording

  private var parts: QuizParts { QuizParts(say: say) }

  /// The rule in words.
  var rule: HTML {
    """
    <p>\(say("开放答题以前，程序随机定下一个种子，当时只公布它的指纹；截止的那一刻，程序自己公布种子、开奖，谁也改不了、挑不了时间。", "Before anybody could answer, the program drew a seed and published only its digest; at the moment of closing it reveals the seed and draws by itself, so that nobody can change it or choose the time."))</p>\
    <p>\(say("每个抽奖号和种子合在一起算一个数，从小到大排队，排在前面的依次得奖；到期没领、或者说不要的，由队里的后一位递补。", "Each entry number is worked into a digest together with the seed, and the smallest come first: they win the prizes in turn. A prize that is declined or not fetched in time goes to the next in the line."))</p>
    """
  }

  /// Who won what, by number; those who follow others stand behind them.
  func winners(_ quiz: Quiz, _ awards: [QuizAward], _ names: [Int64: String]) -> HTML {
    if awards.isEmpty {
      return "<p>\(say("没有人进抽奖，奖品留到下次。", "Nobody was in the draw; the prizes stay for another time."))</p>"
    }
    let rows = awards.map { award -> [HTML] in
      let state: HTML =
        switch award.end?.kind {
        case .lapsed?, .declined?: PageParts.tag(say("由后一位递补", "Went to the next"), .neutral)
        case .handed?, nil: HTML(text: names[award.number] ?? "")
        }
      return [
        HTML(text: quiz.terms.prize(ofSlot: award.slot)?.name ?? "—"), "<strong>\(award.number)</strong>",
        HTML(text: String(award.place)), state,
      ]
    }
    return PageParts.table(
      caption: say("中奖的抽奖号", "Winning numbers"), isCaptionShown: false,
      columns: [
        TableColumn(say("奖品", "Prize")), TableColumn(say("抽奖号", "Entry number"), isNumeric: true),
        TableColumn(say("排队第几", "Place in the line"), isNumeric: true), TableColumn(say("说明", "Note")),
      ], rows: rows)
  }

  /// All of it, so that anyone can replay it.
  ///
  /// - Parameter order: the entry numbers as they were drawn; empty before the draw.
  func draw(_ view: QuizReading.View, order: [Int64]) -> Page {
    let (quiz, title) = (view.quiz, say("抽奖怎么来的", "The draw"))
    let commitment = quiz.opening?.commitment.description ?? ""
    var facts: [(term: String, value: HTML)] = [
      (say("种子的指纹", "Digest of the seed"), parts.digits(commitment)),
      (say("指纹公布于", "Published"), HTML(text: quiz.opening.map { say.dateTime($0.openedAt) } ?? "—")),
      (say("进抽奖的号", "Numbers in the draw"), HTML(text: numbers(quiz.numbers))),
    ]
    if let draw = view.draw {
      facts += [
        (say("种子", "Seed"), parts.digits(draw.seed)),
        (say("开奖时间", "Drawn"), HTML(text: say.dateTime(draw.drawnAt))),
      ]
    } else {
      facts.append((say("种子", "Seed"), HTML(text: say("截止以后公布", "Revealed when it closes"))))
    }
    let main: HTML = """
      <h1>\(title)</h1><p>\(quiz.terms.title)</p>\(rule)\(PageParts.definitions(facts))\
      \(formula)\(view.draw.map { replay($0, view, order) } ?? .empty)\
      <p><a href="\(Quiz.path(quiz.id))">\(say("返回问答", "Back to the quiz"))</a></p>
      """
    return Page(title: title, main: main)
  }

  private func numbers(_ count: Int64) -> String {
    count == 0 ? say("没有", "None") : say("1 到 \(count) 号", "1 to \(count)")
  }

  private var formula: HTML {
    """
    <h2>\(say("公式", "The formula"))</h2>\
    <p><code>\(say("指纹 = SHA-256(种子)", "digest = SHA-256(seed)"))</code></p>\
    <p><code>\(say("签 = SHA-256(种子 + \"|\" + 抽奖号)", "ticket = SHA-256(seed + \"|\" + number)"))</code></p>\
    <p>\(say("种子就是页面上那 32 个字符，抽奖号写成十进制数字，都按 UTF-8；签从小到大排。", "The seed is the 32 characters on this page, the number is written in decimal digits, both as UTF-8; tickets are sorted from the smallest."))</p>
    """
  }

  private func replay(_ draw: QuizDraw, _ view: QuizReading.View, _ order: [Int64]) -> HTML {
    let line = order.map(String.init).joined(separator: say("、", ", "))
    let list: HTML =
      order.isEmpty
      ? .empty
      : "<h2>\(say("排好的队", "The line"))</h2><p>\(say("从第一个开始：", "From the first: "))\(line)</p>"
    return """
      <h2>\(say("中奖的抽奖号", "Winning numbers"))</h2>\(winners(view.quiz, view.awards, view.names))\(list)\
      <h2>\(say("在自己的电脑上算", "On your own computer"))</h2>\
      <p><code>printf '%s' '\(draw.seed)' | sha256sum</code></p>\
      <p><code>\(QuizDrawing.command(seed: draw.seed, numbers: draw.numbers))</code></p>
      """
  }
}
