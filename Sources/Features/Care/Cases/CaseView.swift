import Database
import Kernel
import People

/// Everything that the pages of a case show, opened as far as its reader may read.
struct CaseView: Sendable {
  let open: OpenCase
  let facts: CaseGateFacts
  let documents: [CareTextID: CareDocument]
  let events: [CaseEvent]
  let assessments: [Assessment]
  let plans: [CarePlan]
  let interventions: [Intervention]
  let notes: [CaseNote]
  /// Notes that are kept from this reader.
  let hiddenNotes: Int
  let closings: [CaseClosing]
  let referrals: [Referral]
  let tasks: [CaseTask]
  let scores: [OutcomeScore]
  let glasses: [BrokenGlass]
  let names: [PersonID: String]
  let consents: [Consent]

  var file: CaseFile { open.file }

  /// The words of a text; nil where they are not for this reader or were destroyed.
  func words(_ text: CareTextID?) -> CareDocument? { text.flatMap { documents[$0] } }

  func name(_ person: PersonID?) -> String { person.flatMap { names[$0] } ?? "—" }

  var status: CaseStatus {
    CaseRules.status(
      of: file.standing, facts, planWaits: plans.first?.state == .pending,
      closingWaits: closings.first.map { $0.episode == file.standing.episode && $0.decision == nil } ?? false,
      followsUp: tasks.contains { $0.kind == .followUp })
  }
}

/// Puts together what the pages of cases show.
struct CaseReading: Sendable {
  let desk: CaseDesk

  func view(
    _ open: OpenCase, _ opener: CareOpener, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> CaseView {
    let id = open.id
    let texts = try CareTextStore.texts(open.texts, in: community, snapshot)
    let events = try CaseStore.events(of: id, in: community, snapshot)
    let notes = try CaseNoteStore.notes(
      of: id, open.access, reader: open.actor.person, in: community, snapshot)
    let glasses = try GlassStore.glasses(of: id, in: community, snapshot)
    let plans = try CarePlanStore.plans(of: id, in: community, snapshot)
    let referrals = try ReferralStore.referrals(of: id, in: community, snapshot)
    var people = Set(events.map(\.actor.person) + notes.map(\.author) + notes.compactMap(\.reader))
    people.formUnion([open.file.person] + glasses.map(\.breaker.person) + glasses.compactMap(\.review?.by))
    people.formUnion(plans.flatMap { $0.events.map(\.actor.person) + [$0.madeBy] })
    people.formUnion(referrals.flatMap { $0.events.map(\.actor.person) })
    people.formUnion([open.file.standing.worker, open.file.standing.supervisor].compactMap(\.self))
    return CaseView(
      open: open, facts: try desk.facts(of: open, in: community, snapshot), documents: try opener.open(texts),
      events: events,
      assessments: try AssessmentStore.assessments(of: id, in: community, snapshot), plans: plans,
      interventions: try InterventionStore.interventions(of: id, in: community, snapshot), notes: notes,
      hiddenNotes: try CaseNoteStore.hidden(
        of: id, open.access, reader: open.actor.person, in: community, snapshot),
      closings: try CaseClosingStore.closings(of: id, in: community, snapshot), referrals: referrals,
      tasks: try CaseTaskStore.open(of: [id], in: community, snapshot),
      scores: try OutcomeScoreStore.scores(of: id, in: community, snapshot), glasses: glasses,
      names: try desk.directory.displayNames(of: people, in: community, snapshot),
      consents: try desk.directory.consents(
        of: open.file.person, code: CareNotices.service, in: community, snapshot
      ).map(\.0))
  }
}
