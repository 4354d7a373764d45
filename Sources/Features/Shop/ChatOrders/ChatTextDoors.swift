/// Reads doors as people write them: 3-501, 3号楼501, 3#2-501, 三栋二单元五零一, A座1203室.
enum ChatDoorReader {
  struct Found {
    /// Nil where the door could be another.
    let door: ChatDoor?
    let candidates: [ChatDoor]
    let length: Int
  }

  static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }

  /// - Parameter afterItem: whether an amount is expected here, so that three digits alone are no room.
  static func door(in characters: [Character], at start: Int, afterItem: Bool) -> Found? {
    var reader = Reader(characters, start, afterItem: afterItem)
    if let found = reader.withBuilding() { return found }
    if afterItem { return nil }
    reader.place = start
    return reader.withoutBuilding()
  }

  /// Four digits without a sign between them: 3501 could be 3-501.
  private static func split(_ room: String) -> [ChatDoor] {
    guard room.count == 4, let first = room.first, first != "0" else { return [] }
    return [ChatDoor(building: String(first), room: String(room.dropFirst()))]
  }

  private struct Reader {
    let characters: [Character]
    var place: Int
    let start: Int
    let afterItem: Bool

    init(_ characters: [Character], _ start: Int, afterItem: Bool) {
      self.characters = characters
      self.afterItem = afterItem
      self.start = start
      place = start
    }

    private func at(_ place: Int) -> Character? { place < characters.count ? characters[place] : nil }

    private mutating func take(_ words: [String]) -> String? {
      for word in words {
        let end = place + word.count
        if end <= characters.count,
          zip(characters[place..<end], word).allSatisfy({ $0.lowercased() == String($1) })
        {
          place = end
          return word
        }
      }
      return nil
    }

    private mutating func skipSpaces() { while at(place) == " " { place += 1 } }

    /// A number of at most three digits, in either writing.
    private mutating func number() -> String? {
      let begin = place
      while let next = at(place), ChatDoorReader.isDigit(next) { place += 1 }
      if place > begin {
        guard place - begin <= 3 else { return nil }
        return plain(String(characters[begin..<place]))
      }
      guard let next = at(place), ChatNumber.isHan(next),
        let (value, length) = ChatNumber.han(characters[place...])
      else { return nil }
      place += length
      return String(value)
    }

    private func plain(_ digits: String) -> String {
      let trimmed = digits.drop { $0 == "0" }
      return trimmed.isEmpty ? digits : String(trimmed)
    }

    /// Three or four digits, perhaps with a letter: 501, 1203, 501A, 五零一.
    private mutating func room() -> String? {
      let begin = place
      while let next = at(place), ChatDoorReader.isDigit(next) { place += 1 }
      var text = String(characters[begin..<place])
      if text.isEmpty {
        let (digits, length) = ChatNumber.hanDigits(characters[place...])
        guard (3...4).contains(digits.count) else { return nil }
        (text, place) = (digits, place + length)
      }
      guard (3...4).contains(text.count) else { return nil }
      if let letter = at(place), "ABCDEFabcdef".contains(letter), !(at(place + 1).map(continues) ?? false) {
        text += letter.uppercased()
        place += 1
      }
      return isWeight ? nil : plain(text)
    }

    private func continues(_ character: Character) -> Bool {
      ChatDoorReader.isDigit(character) || ChatVocabulary.isLetter(character) || character == "×"
    }

    /// What is weighed or paid is no room: 500克.
    private var isWeight: Bool {
      guard let counter = ChatCounters.word(in: characters, at: place)?.counter else { return false }
      if case .grams = counter { return true }
      return counter == .any
    }

    private mutating func endRoom() {
      if take(["号房", "室", "房", "号", "户"]) != nil { return }
      if at(place) == "楼", !(at(place + 1).map(ChatDoorReader.isDigit) ?? false) { place += 1 }
    }

    mutating func withBuilding() -> Found? {
      if take(["building ", "bldg ", "block "]) != nil { return english() }
      let letter = at(place).flatMap { ChatVocabulary.isLetter($0) ? $0.uppercased() : nil }
      if letter != nil { place += 1 }
      guard let building = letter ?? number() else { return nil }
      let begin = place
      skipSpaces()
      if let word = take(["号楼", "栋", "幢", "座", "号", "#", "楼"]) {
        return afterBuilding(building, word)
      }
      place = begin
      guard !ChatNumber.isHan(characters[start]), take(["-", "/", "_", "\\", " - "]) != nil else {
        return letter == nil && !afterItem ? spaced(building, begin) : nil
      }
      return afterDash(building)
    }

    /// After 3号楼: perhaps a unit, then the room.
    private mutating func afterBuilding(_ building: String, _ word: String) -> Found? {
      let end = place
      skipJoint()
      var unit = ""
      let before = place
      if let number = number(), take(["单元", "门", "梯"]) != nil || isJointBeforeRoom {
        unit = number
        skipJoint()
      } else {
        place = before
      }
      if let room = room() {
        endRoom()
        return found(ChatDoor(building: building, unit: unit, room: room))
      }
      // 3号 alone may be an item's number, 3楼 a floor.
      guard ["号楼", "栋", "幢", "座"].contains(word) else { return nil }
      place = unit.isEmpty ? end : place
      return Found(door: nil, candidates: [], length: place - start)
    }

    private mutating func skipJoint() {
      while let next = at(place), " -,/".contains(next) { place += 1 }
    }

    /// In 3#2-501 the 2 is a unit.
    private var isJointBeforeRoom: Bool {
      guard let next = at(place), "-/".contains(next) else { return false }
      var digits = place + 1
      while let next = at(digits), ChatDoorReader.isDigit(next) { digits += 1 }
      return (3...4).contains(digits - place - 1)
    }

    private mutating func afterDash(_ building: String) -> Found? {
      skipSpaces()
      let begin = place
      if let unit = number() {
        skipSpaces()
        let isUnit = take(["单元", "门", "梯"]) != nil
        if isUnit { skipJoint() }
        if isUnit || take(["-", "/", "_", "\\"]) != nil {
          skipSpaces()
          if let room = room() {
            endRoom()
            return found(ChatDoor(building: building, unit: unit, room: room))
          }
        }
      }
      place = begin
      guard let room = room() else { return nil }
      endRoom()
      return found(ChatDoor(building: building, room: room))
    }

    /// `3 501` is a door, or a number and a room.
    private mutating func spaced(_ building: String, _ begin: Int) -> Found? {
      place = begin
      guard at(place) == " ", building.count <= 2, ChatDoorReader.isDigit(characters[start]),
        start == 0 || " ,、".contains(characters[start - 1])
      else { return nil }
      skipSpaces()
      guard let room = room() else { return nil }
      endRoom()
      guard !(at(place).map(continues) ?? false) else { return nil }
      return Found(
        door: nil, candidates: [ChatDoor(building: building, room: room)], length: place - start)
    }

    private mutating func english() -> Found? {
      let letter = at(place).flatMap { ChatVocabulary.isLetter($0) ? $0.uppercased() : nil }
      if letter != nil { place += 1 }
      guard let building = letter ?? number() else { return nil }
      var unit = ""
      while take([" ", ",", "-", "/"]) != nil {}
      if take(["unit "]) != nil { unit = number() ?? "" }
      while take([" ", ",", "-", "/"]) != nil {}
      _ = take(["room ", "rm ", "flat ", "apt "])
      guard let room = room() else { return nil }
      return found(ChatDoor(building: building, unit: unit, room: room))
    }

    private func found(_ door: ChatDoor) -> Found? {
      if let next = at(place), ChatDoorReader.isDigit(next) { return nil }
      return Found(door: door, candidates: [door], length: place - start)
    }

    /// A unit and a room, or a room alone.
    mutating func withoutBuilding() -> Found? {
      if let number = number(), take(["单元"]) != nil {
        skipJoint()
        if room() != nil {
          endRoom()
          return Found(door: nil, candidates: [], length: place - start)
        }
        _ = number
      }
      place = start
      guard let first = at(place), ChatDoorReader.isDigit(first), let room = room() else { return nil }
      let begin = place
      endRoom()
      if let next = at(place), continues(next) || next == "." { return nil }
      if place == begin, ChatCounters.word(in: characters, at: place) != nil { return nil }
      return Found(door: nil, candidates: ChatDoorReader.split(room), length: place - start)
    }
  }
}
