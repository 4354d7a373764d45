import Kernel
import People
import Web

/// What a leader answers about a line: one of the choices, another door, other words, or nothing of it.
enum ChatAnswerForm {
  /// What the line says from now on; empty leaves it out.
  /// - Parameter isEntered: whether a household is entered at a door.
  /// - Throws: `form.invalid` naming `door` or `text`; `chat.stale` for a choice that is not there.
  static func text(_ form: Form, of row: ChatRow, isEntered: (Door) throws -> Bool) throws -> String {
    if try form["leave_out"] != nil { return "" }
    if let typed = try form["door"] { return row.entry.at(try door(typed, isEntered)) }
    if let typed = try form["text"] {
      let text = typed.filter { !$0.isNewline && $0 != ChatMark.open && $0 != ChatMark.close }
      guard text.contains(where: { !$0.isWhitespace }), text.count <= 300 else {
        throw Problem.invalid([
          FieldProblem(
            "text", Phrase("请写 1 到 300 个字；不要这行就按「这行不算」。", "Write 1 to 300 characters, or leave the line out.")
          )
        ])
      }
      return text
    }
    guard let question = Int(try form["question"] ?? ""), row.questions.indices.contains(question),
      let choice = Int(try form["choice"] ?? ""), row.questions[question].choices.indices.contains(choice)
    else { throw Problem.chatStale }
    return row.questions[question].choices[choice].text
  }

  /// The door that somebody typed, in whatever form.
  private static func door(_ typed: String, _ isEntered: (Door) throws -> Bool) throws -> ChatDoor {
    let characters = Array(ChatFolding.folded(typed).filter { $0 != " " })
    let read = characters.isEmpty ? nil : ChatDoorReader.door(in: characters, at: 0, afterItem: false)
    var candidates: [ChatDoor] = read.map { $0.candidates } ?? []
    let parts = typed.split { " -/，,".contains($0) }.map(String.init)
    if read == nil, parts.count == 2 { candidates = [ChatDoor(building: parts[0], room: parts[1])] }
    if read == nil, parts.count == 3 {
      candidates = [ChatDoor(building: parts[0], unit: parts[1], room: parts[2])]
    }
    for candidate in candidates {
      let units = candidate.unit.isEmpty ? [""] + (1...12).map(String.init) : [candidate.unit]
      for unit in units {
        guard let door = try? Door(building: candidate.building, unit: unit, room: candidate.room) else {
          continue
        }
        // A room that is there in several units is asked about in the next step.
        if try isEntered(door) { return candidate.unit.isEmpty ? candidate : ChatDoor(door) }
      }
    }
    throw Problem.invalid([
      FieldProblem(
        "door",
        Phrase("「\(typed)」没有登记的住户，请看看门牌。", "No household is registered at “\(typed)”. Please check the door.")
      )
    ])
  }
}

extension ChatDoor {
  init(_ door: Door) { self.init(building: door.building, unit: door.unit, room: door.room) }
}
