import Kernel
import People
import Web

/// Reads what a group means to do, and who leads and supervises it.
enum GroupForm {
  private enum Intake: String, CaseIterable {
    case open
    case closed
  }

  /// What the two kinds of intake are called.
  static let intakes: [StaffOption] = [
    (Intake.closed.rawValue, Phrase("封闭：形成期以后不收人", "Closed: nobody joins once it has formed")),
    (Intake.open.rawValue, Phrase("开放：结束期以前都可以来", "Open: people may come until it ends")),
  ]

  static func terms(_ reader: inout FormReader) -> GroupDesk.TermsDraft? {
    let name = reader.text("name", length: GroupTerms.nameLength)
    let type = reader.choice("type", of: GroupType.self)
    let intake = reader.choice("intake", of: Intake.self)
    let minimum = reader.integer("minimum", in: GroupTerms.memberRange)
    let maximum = reader.integer("maximum", in: GroupTerms.memberRange)
    let sessions = reader.integer("sessions", in: GroupTerms.sessionRange)
    let budget = reader.money("budget", isRequired: false)
    let words = reader.words(GroupTerms.fields, required: [.goals])
    if let minimum, let maximum, maximum < minimum {
      reader.add("maximum", Phrase("最多人数不能比最少人数少。", "The largest number cannot be below the smallest."))
    }
    if GroupTerms.goals(words).count > GroupTerms.mostGoals {
      reader.add(
        CareDocument.Field.goals.rawValue,
        Phrase("最多写 \(GroupTerms.mostGoals) 个目标。", "At most \(GroupTerms.mostGoals) goals, please."))
    }
    guard let name, let type, let intake, let minimum, let maximum, let sessions else { return nil }
    return GroupDesk.TermsDraft(
      name: name, type: type, isOpen: intake == .open, minimum: minimum, maximum: maximum,
      sessions: sessions, budget: budget ?? .zero, words: words)
  }

  static func staff(_ reader: inout FormReader) -> GroupStaff? {
    let leader: PersonID? = reader.identifier("leader")
    let second: PersonID? = reader.identifier("second_leader", isRequired: false)
    let supervisor: PersonID? = reader.identifier("supervisor")
    guard let leader, let supervisor else { return nil }
    return GroupStaff(leaders: [leader] + [second].compactMap(\.self), supervisor: supervisor)
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func opening(_ form: Form) throws -> (terms: GroupDesk.TermsDraft, staff: GroupStaff) {
    var reader = FormReader(form)
    let terms = terms(&reader)
    let staff = staff(&reader)
    try reader.finish()
    guard let terms, let staff else { throw Problem.internalFault }
    return (terms, staff)
  }

  static func revision(_ form: Form, _ desk: GroupDesk, _ offsetSeconds: Int) throws -> GroupFormDoor.Filled {
    var reader = FormReader(form)
    let terms = terms(&reader)
    let seen = reader.seen()
    try reader.finish()
    guard let terms else { throw Problem.internalFault }
    return GroupFormDoor.Filled { open, seal, transaction in
      try desk.revise(terms, &open, seen: seen, sealing: seal, in: transaction)
    }
  }

  static func assignment(
    _ form: Form, _ desk: GroupDesk, _ offsetSeconds: Int
  ) throws -> GroupFormDoor.Filled {
    var reader = FormReader(form)
    let staff = staff(&reader)
    let seen = reader.seen()
    try reader.finish()
    guard let staff else { throw Problem.internalFault }
    return GroupFormDoor.Filled { open, _, transaction in
      try desk.assign(staff, &open, seen: seen, in: transaction)
    }
  }

  /// Reads a step between the stages.
  static func move(_ form: Form, _ desk: GroupDesk) throws -> GroupFormDoor.Filled {
    var reader = FormReader(form)
    let stage = reader.choice("stage", of: GroupStage.self)
    let words = reader.words([.reason])
    let seen = reader.seen()
    try reader.finish()
    guard let stage else { throw Problem.internalFault }
    return GroupFormDoor.Filled { open, seal, transaction in
      try desk.move(to: stage, words: words, &open, seen: seen, sealing: seal, in: transaction)
    }
  }
}
