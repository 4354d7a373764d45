import Database
import Kernel

/// What must always hold of mandates and spoken codes: a part of `nuanlin check`.
enum MandateInvariants {
  private static let limit = Invariant.limit
  private static let pageSize = 500

  static let invariants: [Invariant] = [
    Invariant(
      "people.mandate_of_strangers", [.identifier("mandate")],
      """
      SELECT mandate.id FROM people_mandate AS mandate
      LEFT JOIN people_person AS principal
        ON principal.id = mandate.principal_id AND principal.community_id = mandate.community_id
      LEFT JOIN people_person AS helper
        ON helper.id = mandate.helper_id AND helper.community_id = mandate.community_id
      WHERE principal.id IS NULL OR helper.id IS NULL ORDER BY mandate.id LIMIT \(limit)
      """),
    Invariant(
      "people.mandate_row_without_mandate", [.identifier("mandate")],
      """
      SELECT part.mandate_id FROM (
        SELECT mandate_id, community_id FROM people_mandate_revision
        UNION ALL SELECT mandate_id, community_id FROM people_mandate_end
        UNION ALL SELECT mandate_id, community_id FROM people_mandate_picture) AS part
      LEFT JOIN people_mandate AS mandate
        ON mandate.id = part.mandate_id AND mandate.community_id = part.community_id
      WHERE mandate.id IS NULL ORDER BY part.mandate_id LIMIT \(limit)
      """),
    Invariant(
      "people.spoken_code_without_sheet", [.identifier("person"), "generation", "number"],
      """
      SELECT used.person_id, used.generation, used.number FROM people_spoken_code_use AS used
      LEFT JOIN people_spoken_sheet AS sheet ON sheet.community_id = used.community_id
        AND sheet.person_id = used.person_id AND sheet.generation = used.generation
      WHERE sheet.person_id IS NULL OR used.used_at < sheet.printed_at
      ORDER BY used.person_id, used.generation, used.number LIMIT \(limit)
      """),
  ]

  static func breaches(_ snapshot: Snapshot) throws -> [Breach] {
    var found = try snapshot.breaches(of: invariants)
    var last = MandateID(rawValue: 0)
    while true {
      let page = try MandateStore.all(after: last, limit: pageSize, snapshot)
      found += page.flatMap { MandateRules.breaches(of: $0) }.prefix(limit)
      guard page.count == pageSize, let end = page.last else { return found }
      last = end.id
    }
  }
}

extension MandateRules {
  /// Where a mandate's history is none that the rules allow.
  static func breaches(of mandate: Mandate) -> [Breach] {
    var found: [Breach] = []
    func add(_ name: StaticString, _ revision: MandateRevision) {
      found.append(Breach(name, "mandate \(mandate.id), revision \(revision.sequence)"))
    }
    var before: [MandateRevision] = []
    for revision in mandate.revisions {
      if revision.sequence != Int64(before.count) + 1
        || revision.askedAt < before.last?.askedAt ?? mandate.validFrom
      {
        add("people.mandate_out_of_order", revision)
      }
      let waits = revision.effectiveAt > revision.askedAt
      if waits, revision.effectiveAt < revision.askedAt + pause {
        add("people.mandate_waited_too_short", revision)
      }
      if before.isEmpty || waits, let refusal = refusalOfAsking(revision, mandate) {
        add(
          refusal == .mandateByHelper ? "people.mandate_by_helper" : "people.mandate_not_by_principal",
          revision)
      }
      if !before.isEmpty, !waits, widens(revision, after: before, mandate) {
        add("people.mandate_widened_at_once", revision)
      }
      if let expires = revision.changes.expires, expires > revision.askedAt + longest {
        add("people.mandate_too_long", revision)
      }
      before.append(revision)
    }
    if let first = before.first, !first.changes.isComplete || first.effectiveAt != mandate.validFrom {
      add("people.mandate_begins_without_terms", first)
    }
    if before.isEmpty { found.append(Breach("people.mandate_without_terms", "mandate \(mandate.id)")) }
    return found
  }

  private static func refusalOfAsking(_ revision: MandateRevision, _ mandate: Mandate) -> Problem? {
    revision.askedAt == mandate.validFrom
      ? refusalToGive(revision.asking, principal: mandate.principal, helper: mandate.helper)
      : refusalToWiden(revision.asking, principal: mandate.principal, helper: mandate.helper)
  }

  private static func widens(
    _ revision: MandateRevision, after before: [MandateRevision], _ mandate: Mandate
  ) -> Bool {
    func terms(_ revisions: [MandateRevision]) -> MandateTerms {
      Mandate(
        id: mandate.id, principal: mandate.principal, helper: mandate.helper, validFrom: mandate.validFrom,
        revisions: revisions, revokedAt: nil
      ).terms(at: revision.effectiveAt)
    }
    let (old, new) = (terms(before), terms(before + [revision]))
    return !split(new, current: old, promised: old).later.isEmpty
  }
}

extension MandateChanges {
  fileprivate var isComplete: Bool {
    matters != nil && merchants != nil && perOrder != nil && perDay != nil && perMonth != nil
      && payWays != nil
      && expires != nil && confirmations != nil && familyKey != nil && alertPerson != nil
      && statementCopy != nil
  }
}
