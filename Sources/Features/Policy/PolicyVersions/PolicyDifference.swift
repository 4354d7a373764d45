import Kernel
import Web

/// What one version says differently from the one before, part by part. Pure.
struct PolicyDifference: Equatable {
  struct Entry: Equatable {
    let part: PolicyPart
    let lines: [LineChange]
  }

  /// The parts that differ, in the order in which readers meet them.
  let entries: [Entry]

  init(
    from earlier: PolicyContent, to later: PolicyContent, titles: [PolicyID: Phrase], _ say: Wording
  ) {
    let words = PolicyWords(say: say)
    entries = PolicyPart.allCases.compactMap { part in
      let before = words.lines(part, earlier, titles: titles)
      let after = words.lines(part, later, titles: titles)
      return before == after ? nil : Entry(part: part, lines: LineChange.between(before, after))
    }
  }
}

/// What became of one line.
enum LineChange: Hashable, Sendable {
  case same(String)
  case removed(String)
  case added(String)
  case changed(from: String, to: String)

  /// The line as it was; nil for one that is new.
  var before: String? {
    switch self {
    case .same(let line), .removed(let line), .changed(let line, _): line
    case .added: nil
    }
  }

  /// The line as it is; nil for one that is gone.
  var after: String? {
    switch self {
    case .same(let line), .added(let line), .changed(_, let line): line
    case .removed: nil
    }
  }

  /// How one list of lines became another, with as many lines as possible left as they were. A line that goes where
  /// another comes counts as changed.
  static func between(_ before: [String], _ after: [String]) -> [LineChange] {
    var (gone, come): (Set<Int>, Set<Int>) = ([], [])
    for change in after.difference(from: before) {
      switch change {
      case .remove(let offset, _, _): gone.insert(offset)
      case .insert(let offset, _, _): come.insert(offset)
      }
    }
    var changes: [LineChange] = []
    var (old, new) = (0, 0)
    while old < before.count || new < after.count {
      let removed = before[old...].prefix(run(of: gone, from: old))
      let added = after[new...].prefix(run(of: come, from: new))
      changes += paired(Array(removed), Array(added))
      (old, new) = (old + removed.count, new + added.count)
      // What is neither gone nor new stands on both sides.
      if old < before.count, new < after.count {
        changes.append(.same(before[old]))
        (old, new) = (old + 1, new + 1)
      }
    }
    return changes
  }

  /// How many positions from this one on are marked without a gap.
  private static func run(of marked: Set<Int>, from start: Int) -> Int {
    var end = start
    while marked.contains(end) { end += 1 }
    return end - start
  }

  private static func paired(_ removed: [String], _ added: [String]) -> [LineChange] {
    let both = min(removed.count, added.count)
    return zip(removed, added).map { .changed(from: $0, to: $1) }
      + removed.dropFirst(both).map { .removed($0) } + added.dropFirst(both).map { .added($0) }
  }
}
