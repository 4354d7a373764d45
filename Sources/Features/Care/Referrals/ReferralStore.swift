import Database
import Kernel
import People

/// The queries of referrals.
enum ReferralStore {
  private static let columns: Query = """
    id, case_id, episode, destination, fields, text_id, made_at, made_by_id
    """

  /// All of a case, the newest first.
  static func referrals(
    of file: CaseID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Referral] {
    try referrals("case_id = \(file) AND community_id = \(community)", snapshot)
  }

  static func find(_ id: ReferralID, in community: CommunityID, _ snapshot: Snapshot) throws -> Referral? {
    try referrals("id = \(id) AND community_id = \(community)", snapshot).first
  }

  /// Those to the committee that were sent at some time, the newest first.
  static func toCommittee(
    limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Referral] {
    try referrals(
      """
      community_id = \(community) AND destination = 'committee' AND id IN (
        SELECT referral_id FROM care_referral_event
        WHERE community_id = \(community) AND state = 'sent' ORDER BY referral_id DESC LIMIT \(limit))
      """, snapshot)
  }

  private static func referrals(_ condition: Query, _ snapshot: Snapshot) throws -> [Referral] {
    let referrals = try snapshot.all(
      "SELECT \(columns) FROM care_referral WHERE \(condition) ORDER BY id DESC"
    ) { row in
      Referral(
        id: try row[0], caseID: try row[1], episode: try row[2], destination: try row[3],
        fields: try ChoiceList.choices(try row[4]), text: try row[5], madeAt: try row[6],
        madeBy: try row[7], events: [])
    }
    var events: [ReferralID: [ReferralEvent]] = [:]
    for part in snapshot.chunks(of: referrals.map(\.id)) {
      try snapshot.forEach(
        """
        SELECT referral_id, state, happened_at, actor_id, actor_role, text_id, consent_id
        FROM care_referral_event WHERE referral_id IN \(list: part) ORDER BY referral_id, sequence
        """
      ) { row in
        events[try row[0], default: []].append(
          ReferralEvent(
            state: try row[1], at: try row[2], actor: Actor(person: try row[3], role: try row[4]),
            text: try row[5], consent: try row[6]))
      }
    }
    return referrals.map { referral in
      Referral(
        id: referral.id, caseID: referral.caseID, episode: referral.episode,
        destination: referral.destination, fields: referral.fields, text: referral.text,
        madeAt: referral.madeAt, madeBy: referral.madeBy, events: events[referral.id] ?? [])
    }
  }

  static func insert(_ referral: Referral, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO care_referral (\(columns), community_id)
      VALUES (\(referral.id), \(referral.caseID), \(referral.episode), \(referral.destination),
        \(ChoiceList.text(referral.fields)), \(referral.text), \(referral.madeAt), \(referral.madeBy),
        \(transaction.community))
      """)
    for event in referral.events { try append(event, to: referral, at: 1, in: transaction) }
  }

  static func append(_ event: ReferralEvent, to referral: Referral, in transaction: Transaction) throws {
    try append(event, to: referral, at: referral.events.count + 1, in: transaction)
  }

  private static func append(
    _ event: ReferralEvent, to referral: Referral, at sequence: Int, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO care_referral_event (referral_id, sequence, community_id, state, happened_at, actor_id,
        actor_role, text_id, consent_id)
      VALUES (\(referral.id), \(sequence), \(transaction.community), \(event.state), \(event.at),
        \(event.actor.person), \(event.actor.role), \(event.text), \(event.consent))
      """)
  }

  /// How many referrals of one opening are still open.
  static func openCount(
    of file: CaseID, episode: Int64, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Int {
    try referrals(of: file, in: community, snapshot).count { $0.episode == episode && $0.state.isOpen }
  }
}
