import Foundation
package import Kernel

/// Where a household lives: building, unit and room, each in one agreed spelling.
package struct Door: Sendable, Hashable {
  /// `3` for 3号楼, or a name such as `桂花苑`.
  package let building: String
  /// `2` for 2单元; empty where a building has no units.
  package let unit: String
  package let room: String

  /// Reads what people write: `3号楼`, `３栋`, `Building 3` and `03` are one building.
  /// - Throws: `form.invalid` naming `building`, `unit` or `room`.
  package init(building: String, unit: String, room: String) throws {
    self.building = DoorSpelling.building(building)
    self.unit = DoorSpelling.unit(unit)
    self.room = DoorSpelling.room(room)
    var problems = Problems()
    if self.building.isEmpty || self.building.count > 20 {
      problems.add("building", Phrase("请写楼号，比如 3号楼。", "Please write the building, such as Building 3."))
    }
    if self.unit.count > 10 {
      problems.add("unit", Phrase("单元号太长了，比如写 2。", "The unit is too long; write 2, for example."))
    }
    if self.room.isEmpty || self.room.count > 20 {
      problems.add("room", Phrase("请写房号，比如 501。", "Please write the room, such as 501."))
    }
    for (field, text) in [("building", self.building), ("unit", self.unit), ("room", self.room)]
    where text.unicodeScalars.contains(where: { $0.value < 32 || $0 == "|" }) {
      problems.add(field, Phrase("这里有不能用的符号。", "There is a sign here that cannot be used."))
    }
    try problems.throwIfAny()
  }

  /// A door as it was stored.
  init(stored building: String, unitAndRoom: String) {
    self.building = building
    let parts = unitAndRoom.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    unit = String(parts[0])
    room = parts.count > 1 ? String(parts[1]) : ""
  }

  /// What is encrypted: unit and room.
  var unitAndRoom: String { "\(unit)|\(room)" }

  /// `3号楼 2单元 501`, `Building 3, Unit 2, Room 501`.
  package var label: Phrase {
    let building = Self.buildingName(self.building)
    if unit.isEmpty {
      return Phrase("\(building.chinese) \(room)", "\(building.english), Room \(room)")
    }
    return Phrase(
      "\(building.chinese) \(unit)单元 \(room)", "\(building.english), Unit \(unit), Room \(room)")
  }

  /// `3号楼`, `Building 3` for a building that has a number; its own name otherwise.
  package static func buildingName(_ building: String) -> Phrase {
    building.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
      ? Phrase("\(building)号楼", "Building \(building)") : Phrase(same: building)
  }
}

/// One spelling for each of the many ways in which people write the same door.
private enum DoorSpelling {
  static func building(_ text: String) -> String {
    plain(text, dropping: ["号楼", "栋", "幢", "号", "楼"], prefixes: ["BUILDING", "BLDG.", "BLDG", "NO.", "#"])
  }

  static func unit(_ text: String) -> String {
    plain(text, dropping: ["单元", "门"], prefixes: ["UNIT", "#"])
  }

  static func room(_ text: String) -> String {
    plain(text, dropping: ["室", "房", "号"], prefixes: ["ROOM", "RM.", "RM", "#"])
  }

  /// Narrow forms, upper case, no spaces, no counting word, no leading zeros.
  private static func plain(_ text: String, dropping suffixes: [String], prefixes: [String]) -> String {
    var plain = text.precomposedStringWithCompatibilityMapping.uppercased().filter { !$0.isWhitespace }
    for prefix in prefixes where plain.hasPrefix(prefix) && plain.count > prefix.count {
      plain.removeFirst(prefix.count)
      break
    }
    for suffix in suffixes where plain.hasSuffix(suffix) && plain.count > suffix.count {
      // 桂花楼 is a name; only after a number is 楼 a counting word.
      guard let last = plain.dropLast(suffix.count).last, last.isASCII else { continue }
      plain.removeLast(suffix.count)
      break
    }
    while plain.count > 1, plain.first == "0", plain.dropFirst().first?.isNumber == true {
      plain.removeFirst()
    }
    return plain
  }
}

/// The people behind one door.
package struct Household: Sendable, Equatable {
  package let id: HouseholdID
  package let community: CommunityID
  package let door: Door
  /// Counted from 1 at the ground; nil where nobody wrote it down.
  package let floor: Int64?
  package let hasLift: Bool?
}

/// A household to be created.
package struct HouseholdDraft: Sendable, Hashable {
  package let door: Door
  package let floor: Int64?
  package let hasLift: Bool?

  /// - Parameter floor: −5…200, nil when unknown.
  /// - Throws: `form.invalid` naming `floor`.
  package init(door: Door, floor: Int64? = nil, hasLift: Bool? = nil) throws {
    self.door = door
    self.floor = floor
    self.hasLift = hasLift
    if let floor, !(-5...200).contains(floor) {
      throw Problem.invalid([
        FieldProblem("floor", Phrase("楼层应在 -5 到 200 之间。", "The floor should be between -5 and 200."))
      ])
    }
  }
}

extension Door {
  /// The order of lists: by building, unit and room, numbers by their value.
  package static func isInOrder(_ left: Door, _ right: Door) -> Bool {
    for (one, other) in [(left.building, right.building), (left.unit, right.unit), (left.room, right.room)]
    where one != other {
      let (number, otherNumber) = (leadingNumber(one), leadingNumber(other))
      return number == otherNumber ? one < other : number < otherNumber
    }
    return false
  }

  private static func leadingNumber(_ text: String) -> Int {
    Int(text.prefix { $0.isASCII && $0.isNumber }) ?? .max
  }
}
