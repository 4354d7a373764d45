import Kernel
import Web

/// A rule as nested sentences.
struct RuleParts {
  let words: RuleWords

  private var say: Wording { words.say }

  /// The rule as it stands.
  ///
  /// - Parameter more: what follows a part's sentence, such as a link to change it.
  func tree(_ node: RuleNode, at path: RulePath = .top, more: (RulePath) -> HTML = { _ in .empty }) -> HTML {
    let parts = node.parts.enumerated().map { place, part in
      "<li>\(tree(part, at: path.below(place), more: more))</li>" as HTML
    }
    let list: HTML = parts.isEmpty ? .empty : "<ol>\(parts)</ol>"
    return "\(words.line(node)) \(citation(node.citation))\(more(path))\(list)"
  }

  /// The rule as it was read for a situation: what held, what did not, and what is open.
  func reading(_ reading: RuleReading) -> HTML {
    let parts = reading.parts.map { "<li>\(self.reading($0))</li>" as HTML }
    let list: HTML = parts.isEmpty ? .empty : "<ol>\(parts)</ol>"
    return
      "\(mark(reading.truth)) \(words.line(reading.node)) \(citation(reading.node.citation))\(source(reading))\(list)"
  }

  private func mark(_ truth: Truth) -> HTML {
    switch truth {
    case .yes: PageParts.tag(say("符合", "Holds"), .good)
    case .no: PageParts.tag(say("不符合", "Does not hold"), .bad)
    case .open: PageParts.tag(say("还不知道", "Not known"), .notice)
    }
  }

  /// The number's own citation, where it is a dated one.
  private func source(_ reading: RuleReading) -> HTML {
    guard case .condition(let condition) = reading.node, case .parameter(let key)? = condition.test.amount,
      let value = words.rule.parameter(key)?.value(on: words.day)
    else { return .empty }
    return citation(value.citation)
  }

  func citation(_ citation: RuleCitation) -> HTML {
    if citation.isEmpty { return .empty }
    let article: HTML =
      citation.article.isEmpty
      ? .empty : "<cite>\(say("（\(citation.article)）", "(\(citation.article))"))</cite>"
    let quote: HTML =
      citation.quote.isEmpty ? .empty : "<blockquote>\(PageParts.lines(citation.quote))</blockquote>"
    return article + quote
  }
}
