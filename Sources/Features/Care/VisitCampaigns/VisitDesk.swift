package import Database
package import Kernel
package import Messages
package import People

/// Where campaigns of door visits are made, started and finished: each step is one transaction, an event that is never
/// changed, and an entry of the audit chain.
package struct VisitDesk: Sendable {
  let directory: Directory
  let messenger: Messenger

  package init(directory: Directory, messenger: Messenger) {
    self.directory = directory
    self.messenger = messenger
  }

  /// Makes a campaign, with nobody on its list yet.
  /// - Throws: `visit.own_part` unless the actor runs or supervises it; `assignment.*`.
  @discardableResult
  package func make(
    _ terms: VisitTerms, by reader: CaseReader, in transaction: Transaction
  ) throws -> VisitCampaign {
    guard [terms.runner, terms.supervisor].contains(reader.person) else { throw Problem.visitOwnPart }
    try check(terms, in: transaction)
    let actor = reader.visiting(terms.runner == reader.person ? .runner : .supervisor)
    let campaign = VisitCampaign(
      id: transaction.newIdentifier(), createdAt: transaction.now, createdBy: actor, state: .draft,
      terms: terms, version: 1, events: 1)
    try VisitStore.insert(
      campaign, VisitEvent(.written(version: 1, terms), at: transaction.now, by: actor), in: transaction)
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, action: "care.visit_make", object: campaign.id.rawValue,
        purpose: terms.purpose.rawValue))
    return campaign
  }

  /// Writes the papers anew; the versions before stay.
  /// - Throws: `visit.questions_frozen`, `visit.not_possible`, `visit.stale`, `assignment.*`.
  package func write(
    _ terms: VisitTerms, _ open: inout OpenVisit, seen: Int64, in transaction: Transaction
  ) throws {
    try open.requireArranging()
    try open.check(seen)
    let hasOutcomes = try VisitOutcomeStore.exist(
      of: open.id, in: transaction.community, transaction)
    if let refusal = VisitRules.refusal(toGive: terms, to: open.campaign, hasOutcomes: hasOutcomes) {
      throw refusal
    }
    try check(terms, in: transaction)
    if terms == open.campaign.terms { return }
    let version = open.campaign.version + 1
    try append(.written(version: version, terms), &open, in: transaction)
    try transaction.audit("care.visit_write", open, of: open.id.rawValue)
  }

  /// From now on visitors see their doors.
  /// - Throws: `visit.empty`, `visit.days_over`, `visit.not_possible`, `visit.stale`.
  package func start(_ open: inout OpenVisit, seen: Int64, in transaction: Transaction) throws {
    try open.requireArranging()
    try open.check(seen)
    let doors = try VisitDoorStore.all(of: open.id, in: transaction.community, transaction)
      .filter(\.isListed)
    if let refusal = VisitRules.refusal(toStart: open.campaign, doors: doors.count, at: transaction.now) {
      throw refusal
    }
    try append(.started, &open, in: transaction)
    try transaction.audit("care.visit_start", open, of: open.id.rawValue)
    try VisitNotices(messenger: messenger).given(
      Set(doors.compactMap(\.visitor)), open, in: transaction)
  }

  /// From now on visitors see nothing of it any more.
  /// - Throws: `visit.not_possible`, `visit.stale`.
  package func finish(_ open: inout OpenVisit, seen: Int64, in transaction: Transaction) throws {
    try open.requireArranging()
    try open.check(seen)
    if let refusal = VisitRules.refusal(toFinish: open.campaign) { throw refusal }
    try append(.finished, &open, in: transaction)
    try transaction.audit("care.visit_finish", open, of: open.id.rawValue)
  }

  /// A card for one door, made of what its maker hands over; nothing of it is kept anywhere. The worker of a case makes
  /// one with it for a volunteer, and notes the print in the case.
  ///
  /// - Parameters:
  ///   - nameForm: as the household wishes to be called.
  ///   - need: what is to be done, in a few words.
  ///   - phrase: what to say at the door.
  /// - Throws: `form.invalid` naming `need` or `phrase`.
  package static func card(
    nameForm: String, door: Phrase, need: String, phrase: String
  ) throws -> TaskCard {
    try TaskCard(nameForm: nameForm, door: door, need: need, phrase: phrase)
  }

  // MARK: - Parts

  private func append(
    _ what: VisitEvent.What, _ open: inout OpenVisit, in transaction: Transaction
  ) throws {
    try VisitStore.append(
      VisitEvent(what, at: transaction.now, by: open.actor), to: &open.campaign, in: transaction)
  }

  /// - Throws: `assignment.not_a_worker`, `assignment.not_a_supervisor`, `assignment.same`.
  private func check(_ terms: VisitTerms, in transaction: Transaction) throws {
    try StaffCheck(directory: directory).check(
      worker: terms.runner, supervisor: terms.supervisor, alone: .visitAlone, in: transaction)
  }
}

/// Whoever looks at names and doors of a campaign leaves a trace, before anything is shown.
enum VisitReadings {
  /// What was looked at or printed.
  enum Look: String, CaseIterable {
    case list
    case door
    case results
    case report
    case own
    case cards
  }

  static func note(_ open: OpenVisit, _ look: Look, of object: Int64, in transaction: Transaction) throws {
    let purpose = "\(open.access.relation.rawValue) \(look.rawValue)"
    switch look {
    case .cards, .report: try transaction.audit("care.visit_print", open, of: object, purpose: purpose)
    case .list, .door, .results, .own:
      try transaction.audit("care.visit_view", open, of: object, purpose: purpose)
    }
  }
}

extension Problem {
  static let visitOwnPart = Problem(
    "visit.own_part", status: 409,
    Phrase("您自己要主办，或者做督导。", "You have to run the visits yourself, or supervise them."),
    advice: Phrase("请在两项里选一项自己。", "Please choose yourself in one of the two."))

  static let visitAlone = Problem(
    "visit.alone", status: 409,
    Phrase("主办社工和督导不能是同一个人。", "The worker who runs them and the supervisor cannot be the same person."),
    advice: Phrase("请另选一位督导。", "Please choose another supervisor."))
}
