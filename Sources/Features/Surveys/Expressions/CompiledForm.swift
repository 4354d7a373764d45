package import Kernel

/// A form whose expressions were read, in the order in which its items can be computed.
package struct CompiledForm: Sendable {
  package let definition: FormDefinition
  /// In the order of the form, a group before its items.
  let items: [CompiledItem]
  /// The place of each item among them.
  let positions: [String: Int]
  /// The places of the items so that each comes behind everything that it is computed from.
  let order: [Int]

  /// - Throws: ``CompiledFormProblem`` for the first thing for which it cannot be computed: an expression that cannot be
  ///   read, a name that nothing has, a circle. `FormCheck` finds all of them.
  package init(_ definition: FormDefinition) throws(CompiledFormProblem) {
    var compiler = CompiledFormBuilder(definition)
    for item in definition.items { try compiler.add(item, in: nil) }
    for item in compiler.items { try compiler.checkNames(of: item) }
    try compiler.arrange()
    self.definition = definition
    items = compiler.items
    positions = compiler.positions
    order = compiler.order
  }
}

/// One item with its expressions.
struct CompiledItem: Sendable {
  let item: FormItem
  /// The place of the group that it stands in.
  let parent: Int?
  /// What it offers; empty for an item that offers nothing.
  let choices: [FormChoice]
  let expressions: [FormPart: Expression]

  subscript(part: FormPart) -> Expression? { expressions[part] }

  /// Whether nobody answers it: it is computed.
  var isComputed: Bool { expressions[.calculation] != nil }
}

/// Why a form cannot be computed.
package struct CompiledFormProblem: Error, Sendable, Hashable {
  /// The name of the item.
  package let item: String
  let part: FormPart?
  package let message: Phrase
}

private struct CompiledFormBuilder {
  let definition: FormDefinition
  var items: [CompiledItem] = []
  var positions: [String: Int] = [:]
  var order: [Int] = []

  init(_ definition: FormDefinition) {
    self.definition = definition
  }

  mutating func add(_ item: FormItem, in parent: Int?) throws(CompiledFormProblem) {
    let position = items.count
    guard positions.updateValue(position, forKey: item.name) == nil else {
      throw CompiledFormProblem(
        item: item.name, part: .name,
        message: Phrase("名称“\(item.name)”用了两次。", "The name “\(item.name)” is used twice."))
    }
    var choices: [FormChoice] = []
    if let name = item.list {
      guard let list = definition.list(name) else {
        throw CompiledFormProblem(
          item: item.name, part: .kind,
          message: Phrase("没有叫“\(name)”的选项表。", "There is no list of choices named “\(name)”."))
      }
      choices = list.choices
    }
    items.append(
      CompiledItem(item: item, parent: parent, choices: choices, expressions: try expressions(of: item)))
    for inner in item.items { try add(inner, in: position) }
  }

  private func expressions(of item: FormItem) throws(CompiledFormProblem) -> [FormPart: Expression] {
    var expressions: [FormPart: Expression] = [:]
    for (part, source) in item.expressions where item.kind.takes(part) {
      do throws(ExpressionProblem) {
        expressions[part] = try Expression(source, allowsColumns: part == .choiceFilter)
      } catch {
        throw CompiledFormProblem(item: item.name, part: part, message: error.placed)
      }
    }
    return expressions
  }

  func checkNames(of item: CompiledItem) throws(CompiledFormProblem) {
    for part in FormPart.allCases {
      guard let expression = item[part] else { continue }
      func refuse(_ message: Phrase) -> CompiledFormProblem {
        CompiledFormProblem(item: item.item.name, part: part, message: message)
      }
      for name in expression.references.sorted() {
        guard let position = positions[name], items[position].item.kind != .group else {
          throw refuse(Phrase("没有叫“\(name)”的题。", "There is no question named “\(name)”."))
        }
      }
      for name in expression.labelled.sorted() {
        guard let position = positions[name], items[position].item.list != nil else {
          throw refuse(Phrase("“\(name)”没有选项。", "“\(name)” has no choices."))
        }
      }
      let columns = Set(item.choices.flatMap(\.columns).map(\.name) + ["name"])
      if let column = expression.columns.sorted().first(where: { !columns.contains($0) }) {
        throw refuse(Phrase("选项里没有“\(column)”这一列。", "The choices have no column “\(column)”."))
      }
      if expression.usesCurrent, part != .constraint {
        throw refuse(Phrase("只有 constraint 里可以写“.”。", "Only a constraint can have “.”."))
      }
    }
  }

  /// In turns, each of the items for which everything is known by then; no item waits for itself, so nothing here is deep.
  mutating func arrange() throws(CompiledFormProblem) {
    let needs = items.indices.map { needed($0) }
    var isKnown = [Bool](repeating: false, count: items.count)
    var waiting = Array(items.indices)
    while !waiting.isEmpty {
      let ready = waiting.filter { needs[$0].allSatisfy { isKnown[$0] } }
      if ready.isEmpty { throw circle(from: waiting[0], needs: needs.map { $0.first { !isKnown[$0] } }) }
      for position in ready { isKnown[position] = true }
      order += ready
      waiting.removeAll { isKnown[$0] }
    }
  }

  /// What has to be known before an item is computed, in the order of the form; its group among it.
  private func needed(_ position: Int) -> [Int] {
    let item = items[position]
    let names = [item[.calculation], item[.relevant]].compactMap { $0?.references }.flatMap(\.self)
    return Set(names.compactMap { positions[$0] } + [item.parent].compactMap(\.self)).sorted()
  }

  /// - Parameter needs: for each item that waits, one for which it waits.
  private func circle(from start: Int, needs: [Int?]) -> CompiledFormProblem {
    var path: [Int] = []
    var next = start
    while !path.contains(next) {
      path.append(next)
      next = needs[next] ?? start
    }
    path.removeFirst(path.firstIndex(of: next) ?? 0)
    let turn = path.firstIndex(of: path.min() ?? next) ?? 0
    let turned = path[turn...] + path[..<turn] + [path[turn]]
    let names = turned.map { items[$0].item.name }.joined(separator: " → ")
    let first = items[path[turn]]
    return CompiledFormProblem(
      item: first.item.name, part: first.isComputed ? .calculation : .relevant,
      message: Phrase("绕了一个圈，算不出来：\(names)。", "This goes round in a circle: \(names)."))
  }
}

extension ExpressionProblem {
  /// What is wrong, with where.
  package var placed: Phrase {
    Phrase("第 \(position) 个字：\(message.chinese)", "At character \(position): \(message.english)")
  }
}
