import Kernel

/// The facts that could still change a result.
///
/// Exactly: with R the three-valued result for what is known, a fact is missing when there is some more knowledge E about
/// other facts, perhaps none, and some value v of the fact that is not ruled out, such that R(E) is not R(E and v). So giving
/// a fact that is not missing never changes the result, whatever else is told before or after; and each missing fact can
/// change it.
///
/// Where each fact stands in one open condition only, which it can pass and fail, each can change the result: the others can
/// be such that everything depends on it. Otherwise that it stands there is not enough: in “ten or more, and five or more or
/// registered here”, the number decides whatever the registration is. So the ways in which the rest may turn out are looked
/// through, those with few facts first, each state of the open rule once. A rule that has more than `budget` of them keeps
/// the facts in question: the list may then be longer than needed, never shorter.
struct MissingFacts {
  /// States of the open rule that are looked at for one fact.
  static let budget = 500

  private let cells: [EligibilityFact: Int]

  init(_ open: OpenRule.Cells) {
    cells = open.byFact.mapValues(\.count)
  }

  /// In the order in which they are asked.
  func facts(of rule: OpenRule) -> [EligibilityFact] {
    let asked = rule.facts
    if dependsOnEach(of: asked, rule) { return asked.sorted() }
    return asked.filter { matters($0, in: rule) }.sorted()
  }

  /// Whether each fact stands in one condition, which it can pass and fail, and nothing else keeps the rule open.
  private func dependsOnEach(of asked: Set<EligibilityFact>, _ rule: OpenRule) -> Bool {
    guard rule.undated.isEmpty else { return false }
    let questions = rule.questions
    return questions.count == asked.count
      && questions.allSatisfy { fact, passing in
        let answers = passing.nonzeroBitCount
        return answers > 0 && answers < (cells[fact] ?? 0)
      }
  }

  private func matters(_ fact: EligibilityFact, in rule: OpenRule) -> Bool {
    var seen: Set<OpenRule> = [rule]
    var queue = [rule]
    var next = 0
    while next < queue.count {
      if queue.count > Self.budget { return true }
      let state = queue[next]
      next += 1
      let asked = state.facts
      guard asked.contains(fact) else { continue }
      if ways(fact, state).contains(where: \.isSettled) { return true }
      for other in asked where other != fact {
        for way in ways(other, state) where !way.isSettled && seen.insert(way).inserted {
          queue.append(way)
        }
      }
    }
    return false
  }

  private func ways(_ fact: EligibilityFact, _ state: OpenRule) -> [OpenRule] {
    (0..<(cells[fact] ?? 0)).map { state.giving(fact, cell: $0) }
  }
}
