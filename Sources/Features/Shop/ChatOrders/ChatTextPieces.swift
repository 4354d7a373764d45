/// A piece of a line, with the characters that it was read from.
struct ChatPiece: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    case item(ChatVocabulary.Naming)
    case variant(Set<Int>)
    /// A letter or a number of the list.
    case code(Set<Int>)
    case amount(ChatAmount)
    case times
    case plus
    /// 各, 都, each: what follows holds for everything before.
    case each
    case door(ChatDoor)
    /// What could be a door, with the doors that it could be.
    case vagueDoor([ChatDoor])
    case cancel
    case change
    /// As our own signs say it: the numbers count instead of those before.
    case changed
    case addition
    case besides
    case asAbove
    /// A sign that takes something back: what, it does not say.
    case crossed
    /// Money, telephone numbers, thanks: nothing that is ordered.
    case aside
    case space
    /// A comma, a bracket, "and".
    case comma
    case unknown
  }

  var kind: Kind
  let text: String

  var isBreak: Bool { kind == .space || kind == .comma }
}

/// So much or so many: thousandths, and what they are counted in.
struct ChatAmount: Sendable, Equatable {
  let thousandths: Int
  let counter: Counter?

  enum Counter: Sendable, Equatable {
    /// 份, 件: whatever it is sold in.
    case any
    case word(String)
    case grams(Int64)
    /// A sum of pieces or of money.
    case total
  }
}
