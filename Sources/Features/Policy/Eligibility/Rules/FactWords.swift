import Kernel

/// What a fact and its values are called, in words that a grandmother reads.
enum FactWords {
  /// `67 岁`, `60 到 79 岁`, `80 岁以上`, `本区`, `有`.
  static func value(_ value: FactValue, of fact: EligibilityFact) -> Phrase {
    switch value {
    case .number(let range): number(range, of: fact)
    case .choice(let choice): choice.name
    case .answer(let answer): self.answer(answer, of: fact)
    }
  }

  private static func number(_ range: ClosedRange<Int64>, of fact: EligibilityFact) -> Phrase {
    guard case .number(let possible, _) = fact.kind else { return Phrase(same: "") }
    let (from, to) = (amount(range.lowerBound, of: fact), amount(range.upperBound, of: fact))
    if range.lowerBound == range.upperBound { return from }
    if range == possible { return Phrase("都可以", "Any") }
    if range.upperBound == possible.upperBound {
      return Phrase("\(from.chinese)及以上", "\(from.english) or more")
    }
    if range.lowerBound == possible.lowerBound {
      return Phrase("\(to.chinese)及以下", "\(to.english) or less")
    }
    return Phrase("\(range.lowerBound) 到 \(to.chinese)", "\(range.lowerBound) to \(to.english)")
  }

  /// `有`, `不是`.
  static func answer(_ answer: Bool, of fact: EligibilityFact) -> Phrase {
    fact == .licence
      ? answer ? Phrase("有", "Yes") : Phrase("没有", "No") : answer ? Phrase("是", "Yes") : Phrase("不是", "No")
  }

  /// `60 岁`, `1510 元`.
  static func amount(_ number: Int64, of fact: EligibilityFact) -> Phrase {
    guard case .number(_, let unit) = fact.kind else { return Phrase(same: "\(number)") }
    return Phrase("\(number) \(unit.chinese)", "\(number) \(unit.english)")
  }
}
