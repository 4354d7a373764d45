import Database
import Kernel

/// The cases that may exist for somebody, as a condition on `care_case_standing AS standing`. It draws the same line as
/// `CaseAccess.of`, so that a list reads no row that it would not show; a test holds the two against each other.
struct CaseScope: Sendable {
  let condition: Query

  init(_ reader: CaseReader, at now: Timestamp) {
    let me = reader.person
    var ways: [Query] = []
    if !reader.roles.isDisjoint(with: CaseReader.roles) {
      ways.append("standing.worker_id = \(me)")
      ways.append(
        """
        EXISTS (SELECT 1 FROM care_glass AS glass
          WHERE glass.case_id = standing.case_id AND glass.community_id = standing.community_id
            AND glass.broken_by_id = \(me) AND glass.broken_at <= \(now) AND glass.closes_at > \(now))
        """)
    }
    if reader.roles.contains(.supervisor) {
      ways.append("standing.supervisor_id = \(me)")
      ways.append("(standing.worker_id IS NULL AND standing.supervisor_id IS NULL)")
    }
    let any: Query = ways.isEmpty ? "1 = 0" : Query.joined(ways, by: " OR ")
    condition = "standing.person_id <> \(me) AND (\(any))"
  }
}

/// The sealed texts that somebody may read, as a condition on `care_text`: made of what `CaseAccess` said of each case,
/// so that the database hands out nothing that the rules did not allow.
struct TextScope: Sendable {
  let condition: Query

  /// - Parameter accesses: what may be seen of each case; cases that are not named stay closed.
  init(_ accesses: [CaseID: CaseAccess], reader: PersonID) {
    let byCeiling = Dictionary(grouping: accesses.keys) { accesses[$0]?.ceiling ?? .ordinary }
    let ways = byCeiling.sorted { $0.key < $1.key }.map { ceiling, cases -> Query in
      """
      (case_id IN \(list: cases.sorted()) AND (sensitivity <= \(ceiling)
        OR (sensitivity = \(Sensitivity.confidential) AND reader_id = \(reader))))
      """
    }
    condition = ways.isEmpty ? "1 = 0" : "(\(Query.joined(ways, by: " OR ")))"
  }

  /// The texts of one case that its own client may read, on their own page and in the copy of what is held: whatever was
  /// not told in confidence of others.
  static func client(_ person: PersonID, cases: [CaseID]) -> TextScope {
    TextScope(
      condition: """
        (person_id = \(person) AND case_id IN \(list: cases.sorted())
          AND sensitivity <= \(Sensitivity.sensitive))
        """)
  }

  /// What was shared or answered with one referral, for both its sides.
  static func referral(_ referral: ReferralID) -> TextScope {
    TextScope(
      condition: """
        (sensitivity = \(Sensitivity.ordinary) AND id IN (
          SELECT text_id FROM care_referral_event WHERE referral_id = \(referral)))
        """)
  }

  init(condition: Query) {
    self.condition = condition
  }
}
