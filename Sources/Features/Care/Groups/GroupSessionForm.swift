import Kernel
import Web

/// Reads the record of a meeting, what is added to it, and practice codes.
enum GroupSessionForm {
  /// Chosen for whoever was not to come: a meeting that they did not miss.
  static let notExpected = "not_expected"

  static func record(_ form: Form, _ desk: GroupDesk, _ offsetSeconds: Int) throws -> GroupFormDoor.Filled {
    let draft = try draft(form, offsetSeconds)
    return GroupFormDoor.Filled(about: about(draft)) { open, seal, transaction in
      try desk.record(draft, open, sealing: seal, in: transaction)
    }
  }

  static func mending(
    _ form: Form, _ id: GroupSessionID, _ desk: GroupDesk, _ offsetSeconds: Int
  ) throws -> GroupFormDoor.Filled {
    let draft = try draft(form, offsetSeconds)
    return GroupFormDoor.Filled(about: about(draft)) { open, seal, transaction in
      try desk.mend(id, draft, open, sealing: seal, in: transaction)
    }
  }

  static func addendum(_ form: Form, _ id: GroupSessionID, _ desk: GroupDesk) throws -> GroupFormDoor.Filled {
    var reader = FormReader(form)
    let words = reader.words([.note], required: [.note], limit: 8000)
    try reader.finish()
    return GroupFormDoor.Filled { open, seal, transaction in
      try desk.add(words, to: id, open, sealing: seal, in: transaction)
    }
  }

  /// Reads the codes that members practised with, and around which time.
  static func codes(
    _ form: Form, _ id: GroupSessionID, _ desk: GroupDesk, _ offsetSeconds: Int
  ) throws -> GroupFormDoor.Filled {
    var reader = FormReader(form)
    let from = reader.moment("from", offsetSeconds: offsetSeconds)
    let until = reader.moment("until", offsetSeconds: offsetSeconds)
    var codes: [GroupMemberID: String] = [:]
    for member in form.members("code") {
      codes[member] = reader.text("code-\(member)", length: 1...40, isRequired: false)
    }
    if let from, let until, until <= from {
      reader.add("until", Phrase("结束要在开始以后。", "The end has to come after the beginning."))
    }
    if codes.isEmpty { reader.add("from", Phrase("还没有填一个练习码。", "No practice code was entered yet.")) }
    try reader.finish()
    guard let from, let until else { throw Problem.internalFault }
    let typed = codes
    return GroupFormDoor.Filled(about: Set(typed.keys)) { open, seal, transaction in
      try desk.read(typed, of: id, during: from..<until, open, sealing: seal, in: transaction)
    }
  }

  private static func about(_ draft: GroupDesk.SessionDraft) -> Set<GroupMemberID> {
    Set(draft.attendance.filter { !$0.words.written.isEmpty }.map(\.member))
  }

  private static func draft(_ form: Form, _ offsetSeconds: Int) throws -> GroupDesk.SessionDraft {
    var reader = FormReader(form)
    let heldAt = reader.moment("held_at", offsetSeconds: offsetSeconds)
    let minutes = reader.integer("minutes", in: GroupSession.minutesRange)
    let commerce = reader.choice("commerce", of: GroupCommerce.self)
    let ticked = form.all("technique").map(GroupTechnique.init)
    if ticked.contains(nil) { reader.add("technique", Phrase("请从列表里选择。", "Please choose from the list.")) }
    let words = reader.words(GroupSession.fields, required: GroupSession.required, limit: 8000)
    let attendance = form.members("presence").compactMap { entry(of: $0, &reader) }
    try reader.finish()
    guard let heldAt, let minutes, let commerce else { throw Problem.internalFault }
    return GroupDesk.SessionDraft(
      heldAt: heldAt, minutes: minutes, commerce: commerce, techniques: Set(ticked.compactMap(\.self)),
      words: words, attendance: attendance)
  }

  /// How one member was there; nil for whoever was not to come.
  private static func entry(
    of member: GroupMemberID, _ reader: inout FormReader
  ) -> GroupDesk.SessionDraft.Entry? {
    guard let chosen = reader.raw("presence-\(member)", isRequired: true) else { return nil }
    if chosen == notExpected { return nil }
    let presence = reader.choice("presence-\(member)", of: GroupPresence.self)
    let participation = reader.integer(
      "participation-\(member)", in: GroupAttendance.participationRange, isRequired: presence?.isThere == true
    )
    let about = reader.lines("about-\(member)", length: 1...2000, isRequired: false)
    guard let presence else { return nil }
    return GroupDesk.SessionDraft.Entry(
      member, presence, participation: presence.isThere ? participation : nil,
      words: CareDocument([.note: about ?? ""]))
  }
}
