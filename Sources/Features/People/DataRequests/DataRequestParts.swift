import Kernel
import Web

/// Pieces that the person's own page and the desk share.
enum DataRequestParts {
  /// Where a request stands, with its dates.
  static func state(_ request: DataRequest, at moment: Timestamp, _ say: Wording) -> HTML {
    guard let end = request.end else {
      let due = say.day(request.dueAt - .seconds(1))
      return request.isOverdue(at: moment)
        ? PageParts.tag(say("已过 \(due)", "Was due \(due)"), .bad)
        : PageParts.tag(say("最晚 \(due) 答复", "Answer by \(due)"), .notice)
    }
    return PageParts.tag(
      "\(say(end.outcome.name)) · \(say.day(end.at))", end.outcome == .done ? .good : .neutral)
  }

  /// What was said and answered, where anything was.
  static func texts(_ texts: DataRequestTexts?, _ say: Wording) -> HTML {
    let words: HTML = texts?.words.map { "<p>\(PageParts.lines($0))</p>" } ?? .empty
    let answer: HTML =
      texts?.answer.map { "<p><strong>\(say("答复：", "Answer: "))</strong>\(PageParts.lines($0))</p>" }
      ?? .empty
    return "\(words)\(answer)"
  }
}
