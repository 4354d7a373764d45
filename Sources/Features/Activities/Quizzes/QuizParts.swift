import Kernel
import Web

/// Parts that several pages of quizzes share.
struct QuizParts {
  let say: Wording

  func phase(_ quiz: Quiz, at now: Timestamp) -> HTML {
    let phase = quiz.phase(at: now)
    let tone: Tone =
      switch phase {
      case .draft, .coming, .closed: .notice
      case .open: .good
      case .drawn: .neutral
      }
    return PageParts.tag(say(phase.name), tone)
  }

  func times(_ quiz: Quiz) -> String { say.span(from: quiz.terms.opensAt, to: quiz.terms.closesAt) }

  func prizes(_ terms: QuizTerms) -> HTML {
    let items = terms.prizes.map { prize -> HTML in
      "<li>\(prize.name) × \(prize.pieces)</li>"
    }
    return "<ol>\(items)</ol>"
  }

  /// What residents and the station read of it.
  func facts(_ quiz: Quiz) -> [(term: String, value: HTML)] {
    let terms = quiz.terms
    return [
      (say("时间", "When"), HTML(text: times(quiz))), (say("奖品", "Prizes"), prizes(terms)),
      (say("谁能答", "Who"), HTML(text: say(quiz.unit.name))),
      (
        say("进抽奖", "To be drawn"),
        HTML(
          text: say(
            "\(terms.questions.count) 题答对 \(terms.threshold) 题，就进抽奖",
            "\(terms.threshold) right answers of \(terms.questions.count)"))
      ),
      (say("到哪里领", "Where prizes are"), HTML(text: terms.collectPlace)),
    ]
  }

  /// A long number that is copied as one.
  func digits(_ text: String) -> HTML { "<code>\(pieces(text))</code>" }

  /// The same where letters may not be smaller than the rest, as on paper.
  func pieces(_ text: String) -> HTML {
    let bytes = Array(text.utf8)
    let pieces = stride(from: 0, to: bytes.count, by: 8).map { start in
      HTML(text: String(decoding: bytes[start..<min(start + 8, bytes.count)], as: UTF8.self))
    }
    return .joined(pieces, separator: "<wbr>")
  }

  /// One question with its right answer and why, and what somebody chose.
  ///
  /// - Parameter chosen: nil where nobody's answer is shown; the option inside is nil where none was given.
  func answered(_ question: QuizQuestion, number: Int, chosen: Int??) -> HTML {
    let content = question.content
    let options = content.options.enumerated().map { index, option -> HTML in
      let mark: HTML =
        index == content.right
        ? " \(PageParts.tag(say("对", "Right"), .good))"
        : chosen == .some(.some(index)) ? " \(PageParts.tag(say("您选的", "Your answer"), .bad))" : .empty
      let own: HTML =
        index == content.right && chosen == .some(.some(index))
        ? " \(PageParts.tag(say("您选的", "Your answer"), .good))" : .empty
      return "<li>\(QuizOption.letter(index)). \(option)\(mark)\(own)</li>"
    }
    let missing: HTML =
      chosen == .some(.none) ? "<p>\(say("这一题没答。", "This was not answered."))</p>" : .empty
    let source: HTML =
      content.source.isEmpty
      ? .empty : "<p class=\"muted\">\(say("出处：", "Source: "))\(content.source)</p>"
    return """
      <section class="card"><h3>\(number). \(content.wording)</h3><ul class="plain">\(options)</ul>\(missing)\
      <p>\(content.explanation)</p>\(source)</section>
      """
  }

  /// All questions with their right answers.
  func answered(_ questions: [QuizQuestion], _ answers: QuizAnswers?) -> HTML {
    .joined(
      questions.enumerated().map { index, question in
        let chosen: Int?? = answers.map { $0.chosen.indices.contains(index) ? $0.chosen[index] : nil }
        return answered(question, number: index + 1, chosen: chosen)
      })
  }

  /// What an entry came to, in one sentence.
  func outcome(_ entry: QuizEntry, of quiz: Quiz) -> String {
    let score = say(
      "\(quiz.terms.questions.count) 题答对 \(entry.rightCount) 题。",
      "\(entry.rightCount) of \(quiz.terms.questions.count) right.")
    let rest =
      switch entry.bar {
      case nil: say("进抽奖了。", "You are in the draw.")
      case .score?:
        say(
          "答对 \(quiz.terms.threshold) 题才进抽奖，这次没有。",
          "It takes \(quiz.terms.threshold) to be in the draw, so not this time.")
      case .staff?:
        say(
          "社区的工作人员（一户答一次的，连同家里人）不参加抽奖。",
          "The community’s staff (and their households, where households are drawn) are not in the draw.")
      }
    return say("\(score)\(rest)", "\(score) \(rest)")
  }

  /// The public number, large.
  func number(_ entry: QuizEntry) -> HTML {
    guard let number = entry.number else { return .empty }
    return "<p class=\"lead\">\(say("抽奖号", "Entry number")) <strong>\(number)</strong></p>"
  }
}
