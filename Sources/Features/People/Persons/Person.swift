package import Kernel

/// A human being known to a community, with or without an account.
package struct Person: Sendable, Equatable {
  package let id: PersonID
  package let community: CommunityID
  /// Set once the membership is confirmed; whoever merely says where they live has none.
  package let household: HouseholdID?
  package let displayName: String
  package let language: Language?
  package let elderView: Bool?
  package let createdAt: Timestamp
  package let disabledAt: Timestamp?
  /// Whether the person can sign in with a phone and a password.
  package let hasAccount: Bool
  package let hasPhone: Bool

  package var isDisabled: Bool { disabledAt != nil }
}

/// What a person may be called on a screen.
enum DisplayName {
  /// In Unicode code points.
  static let length = 1...40

  /// The name with outer and doubled spaces removed, or what is wrong with it.
  static func checked(_ text: String) -> Result<String, FieldProblem> {
    let name = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let scalars = name.unicodeScalars
    guard length.contains(scalars.count) else {
      return .failure(
        FieldProblem(
          "name", Phrase("请写称呼，最多 40 个字，比如 王阿姨。", "Please give a name of at most 40 characters.")))
    }
    let isPlain = scalars.allSatisfy { scalar in
      switch scalar.value {
      case 0..<32, 127..<160, 0x202A...0x202E, 0x2066...0x2069, 0x200B...0x200F: false
      default: true
      }
    }
    guard isPlain else {
      return .failure(
        FieldProblem(
          "name", Phrase("称呼里有看不见的符号，请去掉。", "There are invisible signs in the name; please remove them."))
      )
    }
    return .success(name)
  }
}
