import Kernel

/// Changes of a form's tree, one at a time, as its author makes them. Each leaves a tree whose names are still unique.
enum FormEdit {
  enum Move: String, Sendable, CaseIterable {
    case up
    case down
    /// Into the group that stands right before it.
    case into
    /// Out of its group, to stand right after it.
    case out

    var name: Phrase {
      switch self {
      case .up: Phrase("上移", "Up")
      case .down: Phrase("下移", "Down")
      case .into: Phrase("放进上面一组", "Into the group above")
      case .out: Phrase("移出这一组", "Out of its group")
      }
    }
  }

  /// The item of this name; nil where there is none.
  static func item(_ name: String, in items: [FormItem]) -> FormItem? {
    for item in items {
      if item.name == name { return item }
      if let found = self.item(name, in: item.items) { return found }
    }
    return nil
  }

  /// Puts an item right after another, or at the end of a group when the other is one, or at the very end.
  /// - Returns: false where the item's name is taken or the place is not there.
  static func insert(_ item: FormItem, after place: String?, in items: inout [FormItem]) -> Bool {
    guard self.item(item.name, in: items) == nil else { return false }
    guard let place else {
      items.append(item)
      return true
    }
    return change(place, in: &items) { siblings, index in
      if siblings[index].kind == .group {
        siblings[index].items.append(item)
      } else {
        siblings.insert(item, at: index + 1)
      }
      return true
    }
  }

  /// Puts another item in the place of one; a group keeps what is inside it.
  static func replace(_ name: String, with item: FormItem, in items: inout [FormItem]) -> Bool {
    guard item.name == name || self.item(item.name, in: items) == nil else { return false }
    return change(name, in: &items) { siblings, index in
      var item = item
      if item.kind == .group { item.items = siblings[index].items }
      siblings[index] = item
      return true
    }
  }

  /// Takes an item out, with what is inside it.
  static func remove(_ name: String, from items: inout [FormItem]) -> Bool {
    change(name, in: &items) { siblings, index in
      siblings.remove(at: index)
      return true
    }
  }

  /// - Returns: false where it cannot go there.
  static func move(_ name: String, _ move: Move, in items: inout [FormItem]) -> Bool {
    if move == .out { return moveOut(name, in: &items) }
    return change(name, in: &items) { siblings, index in
      switch move {
      case .up where index > 0: siblings.swapAt(index, index - 1)
      case .down where index + 1 < siblings.count: siblings.swapAt(index, index + 1)
      case .into where index > 0 && siblings[index - 1].kind == .group:
        let item = siblings.remove(at: index)
        siblings[index - 1].items.append(item)
      default: return false
      }
      return true
    }
  }

  private static func moveOut(_ name: String, in items: inout [FormItem]) -> Bool {
    for index in items.indices {
      if let inner = items[index].items.firstIndex(where: { $0.name == name }) {
        items.insert(items[index].items.remove(at: inner), at: index + 1)
        return true
      }
      if moveOut(name, in: &items[index].items) { return true }
    }
    return false
  }

  private static func change(
    _ name: String, in items: inout [FormItem], _ body: (inout [FormItem], Int) -> Bool
  ) -> Bool {
    if let index = items.firstIndex(where: { $0.name == name }) { return body(&items, index) }
    for index in items.indices where change(name, in: &items[index].items, body) { return true }
    return false
  }

  /// A name that no item has: `q1`, `q2` …
  static func freshName(in definition: FormDefinition) -> String {
    let taken = Set(definition.allItems.map(\.name))
    var number = taken.count + 1
    while taken.contains("q\(number)") { number += 1 }
    return "q\(number)"
  }

  /// Takes out the lists that no item offers any more.
  static func dropUnusedLists(of definition: inout FormDefinition) {
    let used = Set(definition.allItems.compactMap(\.list))
    definition.lists.removeAll { !used.contains($0.name) }
  }
}
