import Kernel
import Web

/// The examples of a rule with what it says of them, expected and got side by side.
struct GoldenTestParts {
  let say: Wording
  /// Of the draft; nil where the examples are only read.
  let path: String?

  func section(_ rule: EligibilityRule, _ outcomes: [GoldenOutcome], today: PolicyDay) -> HTML {
    let failing = outcomes.count { !$0.hasPassed }
    let sum: HTML =
      outcomes.isEmpty
      ? PageParts.notice(
        say(
          "还没有样例。样例就是“这样的一个人，应该是什么结果”。",
          "There are no examples yet: made-up people with the answer that is right for them."))
      : failing == 0
        ? PageParts.notice(say("样例都通过了。", "All examples pass."), .good)
        : PageParts.notice(
          say("有 \(failing) 个样例没通过。", "Not passing: \(say.count(failing, "", "example"))."), .bad)
    let add: HTML =
      path.map {
        "<p><a class=\"button quiet\" href=\"\($0)/tests/new\">\(say("加一个样例", "Add an example"))</a></p>"
      }
      ?? .empty
    return PageParts.card(
      say("样例", "Examples"), "\(sum)\(table(outcomes))\(add)\(coverage(rule, outcomes, today: today))")
  }

  private func table(_ outcomes: [GoldenOutcome]) -> HTML {
    if outcomes.isEmpty { return .empty }
    let rows = outcomes.enumerated().map { place, outcome -> [HTML] in
      let test = outcome.test
      let name: HTML =
        path.map { "<a href=\"\($0)/tests/\(place)\">\(test.name)</a>" } ?? HTML(text: test.name)
      return [
        "\(name) <span class=\"hint\">\(test.day.words(say))</span>",
        answer(test.expected, test.missing.map { $0.sorted() }),
        answer(outcome.result.verdict, outcome.result.missing),
        outcome.hasPassed
          ? PageParts.tag(say("通过", "Passes"), .good) : PageParts.tag(say("没通过", "Fails"), .bad),
      ]
    }
    return PageParts.table(
      caption: say("样例", "Examples"), isCaptionShown: false,
      columns: [
        TableColumn(say("样例", "Example")), TableColumn(say("应该是", "Expected")),
        TableColumn(say("规则说", "The rule says")), TableColumn(say("过不过", "Result")),
      ], rows: rows)
  }

  private func answer(_ verdict: EligibilityVerdict, _ missing: [EligibilityFact]?) -> HTML {
    let names = (missing ?? []).map { say($0.name) }.joined(separator: say("、", ", "))
    let more: HTML =
      names.isEmpty ? .empty : " <span class=\"hint\">\(say("缺：\(names)", "missing: \(names)"))</span>"
    return "\(say(RuleWords.verdict(verdict)))\(more)"
  }

  private func coverage(
    _ rule: EligibilityRule, _ outcomes: [GoldenOutcome], today: PolicyDay
  ) -> HTML {
    let coverage = RuleCoverage(rule, outcomes)
    let words = RuleWords(say: say, rule: rule, day: today)
    func list(_ paths: [RulePath], _ title: String) -> HTML {
      let items = paths.compactMap { rule.root[$0] }.map { "<li>\(words.line($0))</li>" as HTML }
      return items.isEmpty ? .empty : "<p class=\"hint\">\(title)</p><ul>\(items)</ul>"
    }
    return list(
      coverage.undecided, say("这些条件没有一个样例用到：", "No example decides these conditions:"))
      + list(
        coverage.oneSided,
        say("这些条件只试过一种结果，最好再试另一种：", "These were tried one way only; better try the other as well:"))
  }
}
