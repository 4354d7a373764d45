import Database
import Kernel
import People

extension Contact.Outcome: Storable {}

/// The queries of doors and calls that came to nothing.
enum ContactStore {
  static func insert(
    _ contact: Contact, of collector: Collector, in transaction: Transaction
  ) throws {
    let id: Identifier<Contact> = transaction.newIdentifier()
    try transaction.execute(
      """
      INSERT INTO surveys_contact (id, community_id, questionnaire_id, collector_id, outcome, noted_at,
        noted_by_id, noted_by_role)
      VALUES (\(id), \(transaction.community), \(collector.questionnaire), \(collector.id), \(contact.outcome),
        \(contact.at), \(contact.by.person), \(contact.by.role))
      """)
  }

  /// How often what happened, by collector.
  static func counts(
    of questionnaire: QuestionnaireID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CollectorID: [Contact.Outcome: Int64]] {
    var counts: [CollectorID: [Contact.Outcome: Int64]] = [:]
    try snapshot.forEach(
      """
      SELECT collector_id, outcome, COUNT(*) FROM surveys_contact
      WHERE questionnaire_id = \(questionnaire) AND community_id = \(community)
      GROUP BY collector_id, outcome
      """
    ) { row in
      let collector: CollectorID = try row[0]
      let outcome: Contact.Outcome = try row[1]
      counts[collector, default: [:]][outcome] = try row[2]
    }
    return counts
  }
}
