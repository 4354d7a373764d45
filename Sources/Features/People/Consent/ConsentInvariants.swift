import Database
import Kernel

/// What must always hold of notices and consents: a part of `nuanlin check`.
enum ConsentInvariants {
  private static let limit = Invariant.limit
  private static let pageSize = 500

  static let invariants: [Invariant] = [
    Invariant(
      "people.consent_of_stranger", [.identifier("consent")],
      """
      SELECT consent.id FROM people_consent AS consent
      LEFT JOIN people_person AS person
        ON person.id = consent.subject_id AND person.community_id = consent.community_id
      WHERE person.id IS NULL ORDER BY consent.id LIMIT \(limit)
      """),
    Invariant(
      "people.consent_event_without_consent", [.identifier("consent")],
      """
      SELECT event.consent_id FROM people_consent_event AS event
      LEFT JOIN people_consent AS consent
        ON consent.id = event.consent_id AND consent.community_id = event.community_id
      WHERE consent.id IS NULL ORDER BY event.consent_id LIMIT \(limit)
      """),
    Invariant(
      "people.consent_events_with_gaps", [.identifier("consent"), "events", "last"],
      """
      SELECT consent_id, count(*), max(sequence) FROM people_consent_event
      GROUP BY consent_id HAVING count(*) <> max(sequence) ORDER BY consent_id LIMIT \(limit)
      """),
  ]

  static func breaches(_ snapshot: Snapshot) throws -> [Breach] {
    var found = try snapshot.breaches(of: invariants)
    var notices: [NoticeID: Notice] = [:]
    for notice in try ConsentStore.allNotices(snapshot) {
      notices[notice.id] = notice
      if notice.content.digest != notice.digest {
        found.append(Breach("people.notice_digest_differs", "notice \(notice.id)"))
      }
    }
    var last = ConsentID(rawValue: 0)
    while true {
      let page = try ConsentStore.all(after: last, limit: pageSize, snapshot)
      found += page.flatMap { breaches(of: $0, notices[$0.terms.notice]) }.prefix(limit)
      guard page.count == pageSize, let end = page.last else { return found }
      last = end.id
    }
  }

  /// Where a consent is none to its notice, or its history none that the rules allow.
  static func breaches(of consent: Consent, _ notice: Notice?) -> [Breach] {
    var found: [Breach] = []
    func add(_ name: StaticString) { found.append(Breach(name, "consent \(consent.id)")) }
    if let notice {
      let isGiven = !consent.events.contains { $0.kind == .refused }
      if ConsentRules.refusal(
        of: consent.terms, to: notice, askedAt: consent.askedAt, isGiven: isGiven) != nil
      {
        add("people.consent_beyond_notice")
      }
    } else {
      add("people.consent_without_notice")
    }
    let terms = consent.terms
    if ConsentRules.refusal(
      of: terms.evidence, for: terms.subject, recipient: terms.recipient, by: consent.askedBy) != nil
    {
      add("people.consent_without_evidence")
    }
    if !isLegal(consent.events, askedAt: consent.askedAt) { add("people.consent_events_out_of_order") }
    return found
  }

  private static func isLegal(_ events: [ConsentEvent], askedAt: Timestamp) -> Bool {
    guard events.first?.kind == .requested, events.first?.at == askedAt else { return false }
    return zip(events, events.dropFirst()).allSatisfy { before, after in
      before.kind.successors.contains(after.kind) && before.at <= after.at
    }
  }
}
