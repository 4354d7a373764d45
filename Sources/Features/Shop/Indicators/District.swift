import Kernel

/// A district as people write it, such as 崇明区: where a merchant is at home, and where the community is.
struct District: Sendable, Hashable {
  static let length = 2...20

  let name: String

  /// - Returns: nil unless it has two to twenty signs after spaces between and around them are left out.
  init?(_ typed: String) {
    let name = typed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let isPlain = name.unicodeScalars.allSatisfy { $0.value >= 32 && !(127..<160).contains($0.value) }
    guard Self.length.contains(name.unicodeScalars.count), isPlain else { return nil }
    self.name = name
  }
}

/// A district that was entered, and by whom.
struct EnteredDistrict: Sendable, Equatable {
  let district: District
  let by: PersonID
  let at: Timestamp
}
