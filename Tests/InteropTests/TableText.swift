import TestKit

extension SeededGenerator {
  /// Text of the characters that tables stumble over.
  mutating func text() -> String {
    let pieces = [
      "鸡蛋", "a", "\"", ",", ";", "\t", "\r\n", "\n", "\r", "=", "+", "-", "@", "'", "''", "＝", "＠", " ", "　",
      "1",
      ".", "😀", "é", "_x0041_", "<", "&", "]]>", "𠮷", "\u{FEFF}", "|",
    ]
    return (0..<Int.random(in: 0...5, using: &self)).map { _ in pieces.randomElement(using: &self) ?? "" }
      .joined()
  }
}
