import Database
import Kernel
import People

/// The record of one case as its client gets it: everything that is ordinary or sensitive, and nothing that was told in
/// confidence. Source: PIPL art. 45; field/socialwork.md §2.5.
struct CaseCopy: Sendable {
  let file: CaseFile
  let person: String
  let documents: [CareTextID: CareDocument]
  /// Oldest first, like everything below.
  let events: [CaseEvent]
  let assessments: [Assessment]
  let plans: [CarePlan]
  let interventions: [Intervention]
  let notes: [CaseNote]
  /// Notes that were told in confidence and are left out.
  let leftOut: Int
  let scores: [OutcomeScore]
  let closings: [CaseClosing]
  let referrals: [Referral]
  let requests: [RightsRequest]
  let looks: [CaseReadings.Entry]
  let names: [PersonID: String]

  /// Who may make a copy: whoever works or supervises the case, as far as they may read what is in it. Nobody in an
  /// emergency.
  static func mayBeMade(_ access: CaseAccess) -> Bool {
    access.mayEnd && access.ceiling >= .sensitive
  }

  func words(_ text: CareTextID?) -> CareDocument? { text.flatMap { documents[$0] } }

  func name(_ person: PersonID?) -> String { person.flatMap { names[$0] } ?? "—" }
}

/// Puts together the copy of a case. Texts told in confidence are not even opened.
struct CaseCopyReading: Sendable {
  private static let looksShown = 1000

  let directory: Directory

  /// - Throws: `case.forbidden` for those who may not make one.
  func copy(
    _ open: OpenCase, _ opener: CareOpener, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> CaseCopy {
    guard CaseCopy.mayBeMade(open.access) else { throw Problem.caseForbidden }
    let id = open.id
    let seen = try CaseNoteStore.notes(
      of: id, open.access, reader: open.actor.person, in: community, snapshot)
    let hidden = try CaseNoteStore.hidden(
      of: id, open.access, reader: open.actor.person, in: community, snapshot)
    let notes = seen.filter { $0.sensitivity < .confidential }
    let events = try CaseStore.events(of: id, in: community, snapshot)
    let plans = try CarePlanStore.plans(of: id, in: community, snapshot)
    let referrals = try ReferralStore.referrals(of: id, in: community, snapshot)
    let looks = try CaseReadings.entries(of: id, limit: Self.looksShown, in: community, snapshot)
    var people = Set(events.map(\.actor.person) + notes.map(\.author) + looks.map(\.reader))
    people.formUnion(plans.flatMap { $0.events.map(\.actor.person) + [$0.madeBy] })
    for case .assigned(let worker, let supervisor) in events.map(\.what) {
      people.formUnion([worker, supervisor])
    }
    people.insert(open.file.person)
    let names = try directory.displayNames(of: people, in: community, snapshot)
    return CaseCopy(
      file: open.file, person: names[open.file.person] ?? "—",
      documents: try opener.open(texts(open, referrals, in: community, snapshot)), events: events,
      assessments: try AssessmentStore.assessments(of: id, in: community, snapshot).reversed(),
      plans: plans.reversed(),
      interventions: try InterventionStore.interventions(of: id, in: community, snapshot)
        .sorted { ($0.doneAt, $0.id) < ($1.doneAt, $1.id) },
      notes: notes.reversed(), leftOut: seen.count - notes.count + hidden,
      scores: try OutcomeScoreStore.scores(of: id, in: community, snapshot),
      closings: try CaseClosingStore.closings(of: id, in: community, snapshot).reversed(),
      referrals: referrals.reversed(),
      requests: try RightsStore.requests(of: id, in: community, snapshot).reversed(),
      looks: looks.reversed(), names: names)
  }

  /// What the client may read, and exactly what others were told.
  private func texts(
    _ open: OpenCase, _ referrals: [Referral], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CareText] {
    let own = try CareTextStore.texts(
      TextScope.client(open.file.person, cases: [open.id]), in: community, snapshot)
    return try own
      + referrals.flatMap { referral in
        try CareTextStore.texts(
          referral.events.compactMap(\.text), .referral(referral.id), in: community, snapshot)
      }
  }
}
