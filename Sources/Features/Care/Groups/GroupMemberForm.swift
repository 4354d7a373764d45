import Database
import Kernel
import People
import Web

/// Reads who is proposed, what became of them, and their scores.
enum GroupMemberForm {
  /// Reads who is proposed. Somebody without a telephone is proposed from their own page.
  static func proposal(_ form: Form, _ desk: GroupDesk, _ offsetSeconds: Int) throws -> GroupFormDoor.Filled {
    var reader = FormReader(form)
    let named: PersonID? = reader.identifier("person", isRequired: false)
    let phone = named == nil ? reader.text("phone", length: 1...40) : nil
    try reader.finish()
    return GroupFormDoor.Filled { open, _, transaction in
      let person: PersonID? =
        if let named { named } else {
          try desk.directory.person(withPhone: phone ?? "", in: transaction.community, transaction)
        }
      guard let person else { throw Problem.casePersonUnknown }
      try desk.propose(person, open, in: transaction)
    }
  }

  /// Reads what came of the talk.
  static func screening(_ form: Form, _ id: GroupMemberID, _ desk: GroupDesk) throws -> GroupFormDoor.Filled {
    var reader = FormReader(form)
    let state = reader.choice("decision", of: GroupMemberState.self)
    let words = reader.words([.screening, .reason], required: [.screening])
    if let state, ![.accepted, .notAccepted, .referred].contains(state) { throw Problem.groupMemberNotThere }
    try reader.finish()
    guard let state else { throw Problem.internalFault }
    return step(id, desk, to: state, words: words)
  }

  /// Reads what the person said.
  static func answer(_ form: Form, _ id: GroupMemberID, _ desk: GroupDesk) throws -> GroupFormDoor.Filled {
    var reader = FormReader(form)
    let state = reader.choice("answer", of: GroupMemberState.self)
    let speaker = reader.choice("said_by", of: GroupAnswer.Speaker.self)
    let method = reader.choice("method", of: PlanAgreement.self)
    let words = reader.words([.remark])
    if let state, state != .joined, state != .declined { throw Problem.groupMemberNotThere }
    try reader.finish()
    guard let state, let speaker, let method else { throw Problem.internalFault }
    return step(id, desk, to: state, answer: GroupAnswer(by: speaker, method: method), words: words)
  }

  /// Reads why somebody leaves.
  static func leaving(_ form: Form, _ id: GroupMemberID, _ desk: GroupDesk) throws -> GroupFormDoor.Filled {
    var reader = FormReader(form)
    let words = reader.words([.reason], required: [.reason])
    try reader.finish()
    return step(id, desk, to: .left, words: words)
  }

  private static func step(
    _ id: GroupMemberID, _ desk: GroupDesk, to state: GroupMemberState, answer: GroupAnswer? = nil,
    words: CareDocument
  ) -> GroupFormDoor.Filled {
    GroupFormDoor.Filled(about: [id]) { open, seal, transaction in
      try desk.step(id, to: state, answer: answer, words: words, open, sealing: seal, in: transaction)
    }
  }

  /// Reads scores of several members; an empty field was not measured.
  static func scores(_ form: Form, _ desk: GroupDesk, _ offsetSeconds: Int) throws -> GroupFormDoor.Filled {
    var reader = FormReader(form)
    let measure = reader.choice("measure", of: OutcomeScore.Measure.self)
    let phase = reader.choice("phase", of: OutcomeScore.Phase.self)
    var values: [GroupMemberID: Int64] = [:]
    for member in form.members("score") {
      guard let text = reader.raw("score-\(member)") else { continue }
      if let value = DecimalText.parse(text, decimals: 0), measure?.range.contains(value) ?? true {
        values[member] = value
      } else if let measure {
        let problem = FieldProblem.outside(measure, "score-\(member)")
        reader.add(problem.field, problem.message)
      }
    }
    if values.isEmpty, reader.problems.isEmpty {
      reader.add("measure", Phrase("还没有填一个分数。", "No score was entered yet."))
    }
    try reader.finish()
    guard let measure, let phase else { throw Problem.internalFault }
    let written = values
    return GroupFormDoor.Filled { open, _, transaction in
      try desk.score(written, measure, phase, open, in: transaction)
    }
  }
}
