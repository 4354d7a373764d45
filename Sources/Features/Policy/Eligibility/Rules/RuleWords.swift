import Kernel
import Web

/// A rule in plain sentences, for people who do not program.
struct RuleWords {
  let say: Wording
  let rule: EligibilityRule
  /// The day whose numbers are named.
  let day: PolicyDay

  /// `年龄：60 岁及以上`, `户籍：本区 或 本市别的区`.
  func sentence(_ condition: RuleCondition) -> String {
    say("\(condition.fact.name.chinese)：", "\(condition.fact.name.english): ") + test(condition)
  }

  private func test(_ condition: RuleCondition) -> String {
    let fact = condition.fact
    switch condition.test {
    case .atLeast(let amount):
      let words = self.amount(amount, of: fact)
      return say("\(words)及以上", "\(words) or more")
    case .atMost(let amount):
      let words = self.amount(amount, of: fact)
      return say("\(words)及以下", "\(words) or less")
    case .isOneOf(let choices):
      let names = FactChoice.allCases.filter(choices.contains).map { say($0.name) }
      return names.joined(separator: say(" 或 ", " or "))
    case .isAnswered(let answer): return say(FactWords.answer(answer, of: fact))
    }
  }

  private func amount(_ amount: RuleAmount, of fact: EligibilityFact) -> String {
    switch amount {
    case .fixed(let number): return say(FactWords.amount(number, of: fact))
    case .parameter(let key):
      let name = rule.parameter(key)?.name ?? key
      guard let number = rule.number(amount, on: day) else {
        return say("“\(name)”（\(day.words(say))没有数）", "“\(name)” (no number on \(day.words(say)))")
      }
      let words = say(FactWords.amount(number, of: fact))
      return say("“\(name)”（\(words)）", "“\(name)” (\(words))")
    }
  }

  func heading(_ kind: RuleGroup.Kind) -> String {
    switch kind {
    case .all: say("以下都要满足：", "All of these:")
    case .any: say("以下满足一项就行：", "One of these:")
    case .noneOf: say("以下一项都不能有：", "None of these:")
    case .atLeast(let least): say("以下至少满足 \(least) 项：", "At least \(least) of these:")
    }
  }

  /// A part in one line.
  func line(_ node: RuleNode) -> String {
    switch node {
    case .group(let group): heading(group.kind)
    case .condition(let condition): sentence(condition)
    }
  }

  static func verdict(_ verdict: EligibilityVerdict) -> Phrase {
    switch verdict {
    case .eligible: Phrase("可能符合", "May be eligible")
    case .notEligible: Phrase("可能不符合", "May not be eligible")
    case .unknown: Phrase("还差几项才知道", "Some answers are still missing")
    }
  }

  static func tone(_ verdict: EligibilityVerdict) -> Tone {
    switch verdict {
    case .eligible: .good
    case .notEligible: .neutral
    case .unknown: .notice
    }
  }

  /// Why it stays open although everything was said: `“最低生活保障标准”在 2030年1月1日没有数`.
  func undated(_ keys: [String]) -> String {
    let names = keys.map { rule.parameter($0)?.name ?? $0 }
    return say(
      "规则里的“\(names.joined(separator: "”“"))”没有写\(day.words(say))的数，所以现在说不准。",
      "The rule has no value for \(day.words(say)) of “\(names.joined(separator: "”, “"))”, so that it cannot be told now."
    )
  }
}
