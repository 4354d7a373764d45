import Foundation
import People

/// Reads doors as people paste them, one a line: `3号楼2单元501`, `3-2-501`, `桂花苑 502`, `Building 3, Unit 2, Room 501`.
enum VisitDoorLine {
  /// The most lines that are read at once.
  static let limit = 500

  /// - Returns: nil for what is no door.
  static func door(_ line: some StringProtocol) -> Door? {
    let parts = String(line).precomposedStringWithCompatibilityMapping
      .replacing(/(?i)\b(?:building|bldg|unit|room|rm|no)\b\.?/, with: " ")
      .replacing(/([0-9A-Za-z])\s*(?:号楼|单元|号|栋|幢|座|楼|门|室|房)/) { "\($0.1) " }
      .split { $0.isWhitespace || "-—–,，、/;；".contains($0) }
      .map(String.init)
    switch parts.count {
    case 2: return try? Door(building: parts[0], unit: "", room: parts[1])
    case 3: return try? Door(building: parts[0], unit: parts[1], room: parts[2])
    default: return nil
    }
  }

  /// The lines that hold something, with their numbers from 1.
  static func lines(_ text: String) -> [(number: Int, text: String)] {
    text.split(omittingEmptySubsequences: false) { $0.isNewline }.enumerated()
      .map { (number: $0.offset + 1, text: $0.element.trimmingCharacters(in: .whitespaces)) }
      .filter { !$0.text.isEmpty }
  }
}
