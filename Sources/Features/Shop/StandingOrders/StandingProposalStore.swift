import Database
import Kernel
import People

/// The queries of what helpers wrote down and read back.
enum StandingProposalStore {
  static func find(
    _ id: StandingProposalID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> StandingProposal? {
    try list("id = \(id) AND community_id = \(community)", snapshot).first
  }

  /// What waits for the word of these persons, newest first.
  static func waiting(
    for persons: [PersonID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [StandingProposal] {
    if persons.isEmpty { return [] }
    return try list(
      """
      community_id = \(community) AND person_id IN \(list: persons) AND state = 'waiting'
        AND expires_at > \(snapshot.now) ORDER BY id DESC
      """, snapshot)
  }

  private static func list(_ condition: Query, _ snapshot: Snapshot) throws -> [StandingProposal] {
    let found = try snapshot.all(
      """
      SELECT id, person_id, household_id, helper_id, role, mandate_id, state, confirmation, drafted_at, expires_at
      FROM shop_standing_proposal WHERE \(condition)
      """, StandingProposalRow.init)
    if found.isEmpty { return [] }
    var needs: [StandingProposalID: [StandingNeed]] = [:]
    try snapshot.forEach(
      """
      SELECT proposal_id, variant_id, quantity, rhythm, price, basis FROM shop_standing_proposal_need
      WHERE proposal_id IN \(list: found.map(\.id)) ORDER BY proposal_id, position
      """
    ) { row in needs[try row[0], default: []].append(try StandingNeed(row, at: 1)) }
    return found.map { $0.proposal(needs[$0.id] ?? []) }
  }

  static func insert(
    _ proposal: StandingProposal, digest: [UInt8], in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO shop_standing_proposal (id, community_id, person_id, household_id, helper_id, role, mandate_id,
        digest, state, drafted_at, expires_at)
      VALUES (\(proposal.id), \(transaction.community), \(proposal.person), \(proposal.household),
        \(proposal.helper), \(proposal.role.rawValue), \(proposal.mandate), \(digest), \(proposal.state),
        \(proposal.draftedAt), \(proposal.expiresAt))
      """)
    var rows = Rows(
      into: "shop_standing_proposal_need", "proposal_id", "position", "community_id", "variant_id",
      "quantity",
      "rhythm", "price", "basis")
    for (position, need) in proposal.needs.enumerated() {
      rows.append(values: [proposal.id.storedValue] + need.values(position, transaction.community))
    }
    try transaction.insert(rows)
  }

  /// Ends what waits.
  static func end(
    _ id: StandingProposalID, as state: AssistedOrder.State,
    confirmed: (by: PersonID, way: ConfirmationWay)? = nil, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE shop_standing_proposal SET state = \(state), confirmation = \(confirmed?.way.rawValue),
        confirmed_by_id = \(confirmed?.by), ended_at = \(transaction.now)
      WHERE id = \(id) AND community_id = \(transaction.community) AND state = 'waiting'
      """)
  }
}

/// One row, before its needs are read.
private struct StandingProposalRow {
  let id: StandingProposalID
  private let person: PersonID
  private let household: HouseholdID
  private let helper: PersonID
  private let role: Role
  private let mandate: MandateID
  private let state: AssistedOrder.State
  private let confirmation: ConfirmationWay?
  private let draftedAt: Timestamp
  private let expiresAt: Timestamp

  init(_ row: borrowing Row) throws {
    id = try row[0]
    person = try row[1]
    household = try row[2]
    helper = try row[3]
    role = try row[4]
    mandate = try row[5]
    state = try row[6]
    confirmation = try row[7]
    draftedAt = try row[8]
    expiresAt = try row[9]
  }

  func proposal(_ needs: [StandingNeed]) -> StandingProposal {
    StandingProposal(
      id: id, person: person, household: household, helper: helper, role: role, mandate: mandate,
      needs: needs, state: state, confirmation: confirmation, draftedAt: draftedAt, expiresAt: expiresAt)
  }
}
