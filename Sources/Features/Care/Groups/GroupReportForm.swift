import Kernel
import Web

/// Reads what a group came to, and the supervisor's word on it.
enum GroupReportForm {
  private enum Decision: String, CaseIterable {
    case approved
    case sentBack = "sent_back"
  }

  static func report(_ form: Form, _ desk: GroupDesk, _ offsetSeconds: Int) throws -> GroupFormDoor.Filled {
    var reader = FormReader(form)
    let version = reader.integer("version", in: 1...1_000_000) ?? 0
    let count = reader.integer("goals", in: 1...Int64(GroupTerms.mostGoals)) ?? 0
    var goals: [(result: GroupReport.Result, words: CareDocument)] = []
    for index in 0..<count {
      let result = reader.choice("goal-\(index + 1)", of: GroupReport.Result.self)
      let words = reader.lines("goal-words-\(index + 1)", length: 1...2000, isRequired: false)
      if let result { goals.append((result, CareDocument([.evaluation: words ?? ""]))) }
    }
    let words = reader.words(GroupReport.fields, required: GroupReport.required)
    try reader.finish()
    let draft = GroupDesk.ReportDraft(version: version, goals: goals, words: words)
    return GroupFormDoor.Filled { open, seal, transaction in
      try desk.report(draft, open, sealing: seal, in: transaction)
    }
  }

  static func decision(_ form: Form, _ id: GroupReportID, _ desk: GroupDesk) throws -> GroupFormDoor.Filled {
    var reader = FormReader(form)
    let decision = reader.choice("decision", of: Decision.self)
    let words = reader.words([.remark], required: decision == .sentBack ? [.remark] : [])
    try reader.finish()
    guard let decision else { throw Problem.internalFault }
    return GroupFormDoor.Filled { open, seal, transaction in
      try desk.decide(
        id, isApproved: decision == .approved, words: words, &open, sealing: seal, in: transaction)
    }
  }
}
