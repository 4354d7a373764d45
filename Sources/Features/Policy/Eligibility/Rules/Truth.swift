/// Kleene's strong three-valued logic: what is not known counts as neither, and a result is definite only where it would be
/// the same however what is not known turned out.
///
/// Source: S. C. Kleene, Introduction to Metamathematics (1952), §64.
enum Truth: Sendable, Hashable, CaseIterable {
  case yes
  case no
  /// Not known.
  case open

  init(_ isSo: Bool) { self = isSo ? .yes : .no }

  static prefix func ! (truth: Truth) -> Truth {
    switch truth {
    case .yes: .no
    case .no: .yes
    case .open: .open
    }
  }

  /// Whether at least so many of them hold. All of them hold where the least number is theirs, any of them where it is 1.
  static func atLeast(_ least: Int, of truths: [Truth]) -> Truth {
    let sure = truths.count { $0 == .yes }
    if sure >= least { return .yes }
    return sure + truths.count { $0 == .open } < least ? .no : .open
  }

  static func all(_ truths: [Truth]) -> Truth { atLeast(truths.count, of: truths) }
  static func any(_ truths: [Truth]) -> Truth { atLeast(1, of: truths) }
}

extension RuleGroup.Kind {
  /// What a group comes to.
  func truth(of parts: [Truth]) -> Truth {
    switch self {
    case .all: .all(parts)
    case .any: .any(parts)
    case .noneOf: !.any(parts)
    case .atLeast(let least): .atLeast(least, of: parts)
    }
  }
}
