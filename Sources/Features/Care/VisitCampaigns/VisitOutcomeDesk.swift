package import Database
package import Kernel
import Messages
import People

/// What somebody reports of one door, with the key under which the telephone keeps it.
package struct VisitReport: Sendable, Equatable {
  /// 16–64 visible characters: the same key twice is one report.
  package let key: String
  package let door: VisitDoorID
  package let kind: VisitOutcome.Kind
  /// When to come again, for `comeAgain` alone.
  package let comeAgainAt: Timestamp?
  /// The version of the terms whose questions stood on the page.
  package let version: Int64
  package let answers: VisitAnswers
  /// What the person agreed to have written down.
  package let note: String
  /// By the telephone's clock.
  package let happenedAt: Timestamp

  package init(
    key: String, door: VisitDoorID, kind: VisitOutcome.Kind, comeAgainAt: Timestamp? = nil, version: Int64,
    answers: VisitAnswers = VisitAnswers(), note: String = "", happenedAt: Timestamp
  ) {
    self.key = key
    self.door = door
    self.kind = kind
    self.comeAgainAt = kind == .comeAgain ? comeAgainAt : nil
    self.version = version
    self.answers = answers
    self.note = note
    self.happenedAt = happenedAt
  }

  /// What is sealed; empty where nothing was said.
  var words: CareDocument { CareDocument([.answers: answers.text, .note: note]) }
}

/// How a report ended.
package enum VisitReportAnswer: String, Sendable {
  case recorded
  case repeated
  /// Kept, but it came when the campaign was over or the door was no longer this visitor's.
  case late
}

extension VisitDesk {
  /// Takes one report, however late and however often it comes. A visitor whose doors were given to somebody else meanwhile,
  /// or whose campaign is over, is still heard: they stood there.
  ///
  /// - Parameter seal: of the community, for what is about no single person.
  /// - Throws: `not_found` unless the door was given to this person; `idempotency.*`, `visit.over`, `form.invalid`.
  package func report(
    _ report: VisitReport, of id: VisitCampaignID, by reader: CaseReader, sealing seal: CareSeal,
    in transaction: Transaction
  ) throws -> VisitReportAnswer {
    let (community, now) = (transaction.community, transaction.now)
    guard let campaign = try VisitStore.find(id, in: community, transaction), campaign.state != .draft,
      let door = try VisitDoorStore.find(report.door, of: id, in: community, transaction),
      try VisitDoorStore.wasGiven(door.id, to: reader.person, in: community, transaction)
    else { throw Problem.notFound }
    guard IdempotencyKey.isUsable(report.key) else { throw Problem.idempotencyKeyUnusable }
    if let earlier = try VisitOutcomeStore.find(
      key: report.key, by: reader.person, in: community, transaction)
    {
      guard earlier.door == door.id, earlier.kind == report.kind,
        earlier.comeAgainAt == report.comeAgainAt
      else { throw Problem.idempotencyMismatch }
      return .repeated
    }
    guard VisitRules.takesReports(campaign, at: now) else { throw Problem.visitOver }
    try check(report, of: id, in: transaction)
    var text: CareTextID?
    if !report.words.written.isEmpty {
      text = try seal.write(report.words, .ordinary, by: reader.person, in: transaction)
    }
    let isLate = !campaign.isRunning(at: now) || !door.isListed || door.visitor != reader.person
    let outcome = VisitOutcome(
      id: transaction.newIdentifier(), door: door.id, kind: report.kind, comeAgainAt: report.comeAgainAt,
      version: report.version, text: text, visitor: reader.visiting(.visitor),
      happenedAt: report.happenedAt, recordedAt: now, isLate: isLate)
    try VisitOutcomeStore.insert(outcome, key: report.key, of: id, in: transaction)
    try transaction.audit(
      AuditEntry(
        actor: outcome.visitor.person, role: outcome.visitor.role, action: "care.visit_outcome",
        object: door.id.rawValue, purpose: report.kind.rawValue))
    if report.kind == .followUp {
      try VisitNotices(messenger: messenger).followUp(outcome, of: campaign, in: transaction)
    }
    return isLate ? .late : .recorded
  }

  /// - Throws: `form.invalid` for answers to questions that were not asked, and a return without its time.
  private func check(
    _ report: VisitReport, of campaign: VisitCampaignID, in transaction: Transaction
  ) throws {
    var problems = Problems()
    let asked = try VisitStore.questions(of: campaign, in: transaction.community, transaction)
    if !(asked[report.version].map(report.answers.fit) ?? false) {
      problems.add(
        "version", Phrase("这些问题换过了，请打开新的页面再记。", "The questions have changed; please open the page anew."))
    }
    if report.kind == .comeAgain, report.comeAgainAt == nil {
      problems.add("again_at", Phrase("请写什么时候再来。", "Please say when to come again."))
    }
    try problems.throwIfAny()
  }
}
