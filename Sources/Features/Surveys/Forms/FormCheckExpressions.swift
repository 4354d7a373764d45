import Kernel

/// Expressions: whether they can be read, what they refer to, and whether they go round in circles.
extension FormChecker {
  mutating func checkExpressions(_ position: Int) {
    for (part, source) in items[position].expressions { check(source, part, position) }
  }

  private mutating func check(_ source: String, _ part: FormPart, _ position: Int) {
    let place = place(position)
    checkWord(source, place, part, limit: FormLimits.expression, collapsing: definition.cleansText)
    guard source.unicodeScalars.count <= FormLimits.expression else { return }
    if FormSpelling.hasCurlyQuotes(source) { return fault(place, part, FormSpelling.straightQuotes) }
    do throws(ExpressionProblem) {
      let expression = try Expression(source, allowsColumns: part == .choiceFilter)
      for name in expression.references.sorted() { checkReference(name, place, part) }
      if part == .choiceFilter { checkColumns(of: expression, position) }
      if expression.usesCurrent, part != .constraint {
        fault(
          place, part,
          Phrase(
            "只有 constraint 里可以用“.”代表这道题的答案。",
            "Only a constraint can have “.” for the answer to its question."))
      }
    } catch {
      fault(
        place, part,
        Phrase(
          "第 \(error.position) 个字：\(error.message.chinese)",
          "At character \(error.position): \(error.message.english)"))
    }
  }

  private mutating func checkColumns(of expression: Expression, _ position: Int) {
    guard let list = items[position].list.flatMap(definition.list) else { return }
    let columns = Set(list.choices.flatMap(\.columns).map(\.name))
    for column in expression.columns.sorted() where column != "name" && !columns.contains(column) {
      fault(
        place(position), .choiceFilter,
        Phrase(
          "选项表“\(list.name)”里没有“\(column)”这一列。", "The list “\(list.name)” has no column “\(column)”."))
    }
  }

  /// Every circle of rows of which each needs the next to be computed or asked.
  mutating func checkCycles() {
    let needs = items.indices.map(needed)
    var states = [Visit](repeating: .unseen, count: items.count)
    var path: [Int] = []
    var circles: [[Int]] = []
    func visit(_ position: Int) {
      states[position] = .open
      path.append(position)
      for next in needs[position] {
        switch states[next] {
        case .unseen: visit(next)
        case .open: circles.append(Array(path[(path.firstIndex(of: next) ?? 0)...]))
        case .done: break
        }
      }
      path.removeLast()
      states[position] = .done
    }
    for position in items.indices where states[position] == .unseen { visit(position) }
    for circle in circles { report(circle) }
  }

  private enum Visit {
    case unseen
    case open
    case done
  }

  private mutating func report(_ circle: [Int]) {
    guard let first = circle.min(), let start = circle.firstIndex(of: first) else { return }
    let turned = circle[start...] + circle[..<start] + [first]
    let names = turned.map { items[$0].name }.joined(separator: " → ")
    fault(
      place(first), items[first].calculation == nil ? .relevant : .calculation,
      Phrase("绕了一个圈，算不出来：\(names)。", "This goes round in a circle: \(names)."))
  }

  /// The items that have to be known before this one is computed or asked; its group among them.
  private func needed(_ position: Int) -> [Int] {
    let sources = items[position].expressions.filter { $0.part == .calculation || $0.part == .relevant }
    let names = sources.flatMap { source in (try? Expression(source.source).references.sorted()) ?? [] }
    return names.compactMap { positions[$0] } + [parents[position]].compactMap(\.self)
  }
}

extension FormItem {
  /// Every expression with the part that it stands in.
  var expressions: [(part: FormPart, source: String)] {
    let all: [(FormPart, String?)] = [
      (.required, required), (.relevant, relevant), (.constraint, constraint), (.calculation, calculation),
      (.readOnly, readOnly), (.choiceFilter, choiceFilter),
    ]
    return all.compactMap { part, source in source.map { (part, $0) } }
  }
}
