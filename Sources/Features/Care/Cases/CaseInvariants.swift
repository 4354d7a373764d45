import Database
import Kernel

/// What must always hold of cases and of what is written in them: a part of `nuanlin check`.
enum CaseInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    Invariant(
      "care.case_without_standing", [.identifier("case")],
      """
      SELECT file.id FROM care_case AS file
      LEFT JOIN care_case_standing AS standing ON standing.case_id = file.id
        AND standing.community_id = file.community_id AND standing.person_id = file.person_id
      WHERE standing.case_id IS NULL ORDER BY file.id LIMIT \(limit)
      """),
    Invariant(
      "care.case_events_with_gaps", [.identifier("case"), "events", "last"],
      """
      SELECT case_id, count(*), max(sequence) FROM care_case_event
      GROUP BY case_id HAVING count(*) <> max(sequence) ORDER BY case_id LIMIT \(limit)
      """),
    Invariant(
      "care.text_of_nobody", [.identifier("text")],
      """
      SELECT text.id FROM care_text AS text
      LEFT JOIN care_case AS file ON file.id = text.case_id
      WHERE text.case_id IS NOT NULL AND (file.id IS NULL OR file.person_id <> text.person_id)
      ORDER BY text.id LIMIT \(limit)
      """),
    Invariant(
      "care.referral_without_consent", [.identifier("referral")],
      """
      SELECT referral_id FROM care_referral_event WHERE state = 'sent' AND consent_id IS NULL
      ORDER BY referral_id LIMIT \(limit)
      """),
    Invariant(
      "care.glass_reviewed_by_its_breaker", [.identifier("glass")],
      """
      SELECT glass.id FROM care_glass AS glass
      JOIN care_glass_review AS review ON review.glass_id = glass.id
      WHERE review.reviewed_by_id = glass.broken_by_id ORDER BY glass.id LIMIT \(limit)
      """),
  ]

  /// Replays the events of every case: each step through a gate that held, and a standing that is what they come to.
  static func breaches(_ snapshot: Snapshot) throws -> [Breach] {
    var found = try snapshot.breaches(of: invariants)
    for (file, community) in try CaseStore.all(snapshot) {
      let events = try CaseStore.events(of: file.id, in: community, snapshot)
      found += breaches(of: file, events)
      if found.count > limit { break }
    }
    return found
  }

  static func breaches(of file: CaseFile, _ events: [CaseEvent]) -> [Breach] {
    var found: [Breach] = []
    func add(_ name: StaticString) { found.append(Breach(name, "case \(file.id)")) }
    guard events.first?.what == .created else {
      add("care.case_without_beginning")
      return found
    }
    var standing = CaseStanding.new(at: file.createdAt)
    for event in events {
      if !isLegal(event.what, after: standing) { add("care.case_events_out_of_order") }
      standing = standing.after(event)
    }
    if standing != file.standing { add("care.case_standing_differs") }
    if zip(events, events.dropFirst()).contains(where: { $0.at > $1.at }) {
      add("care.case_events_out_of_time")
    }
    return found
  }

  /// Whether a step leads from where the case stood, with what its gate asks for.
  private static func isLegal(_ what: CaseEvent.What, after standing: CaseStanding) -> Bool {
    switch what {
    case .created: standing.events == 0
    case .assigned, .judged, .grounded: standing.stage != .closure
    case .moved(let from, let to, let evidence):
      from == standing.stage
        && (to == CaseRules.before(from)
          || to == from.next && to != .closure && isEvident(from, evidence, standing))
    case .closed(let from, let outcome, _): from == standing.stage && outcome.mayEnd(from)
    case .reopened: standing.stage == .closure
    }
  }

  private static func isEvident(_ from: CaseStage, _ evidence: Int64?, _ standing: CaseStanding) -> Bool {
    standing.worker != nil && (evidence != nil || from == .intake && standing.basis != nil)
  }
}
