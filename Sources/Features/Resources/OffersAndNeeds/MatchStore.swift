import Database
import Kernel
import People

extension Match.State: Storable {}
extension Match.Side: Storable {}
extension MatchFeedback.Rating: Storable {}

/// In what way somebody acted for a side of a match.
enum MatchWay: String, Sendable, CaseIterable, Storable {
  case own = "self"
  /// For the merchant or the organisation that they represent.
  case represented
  /// A worker, for the person.
  case worker
  /// Nobody: time went by.
  case clock
}

/// The queries of matches.
enum MatchStore {
  private static let columns: Query = """
    id, need_id, offer_id, asset_id, need_party_kind, need_party_id, give_party_kind, give_party_id, category,
    score, mode, state, agreed_side, units, minutes, price, need_shares, give_shares, reason, revision,
    created_at, answer_by
    """

  private static func read(_ row: borrowing Row) throws -> Match {
    let offer: PostingID? = try row[2]
    let asset: AssetID? = try row[3]
    guard let source = offer.map(Match.Source.offer) ?? asset.map(Match.Source.asset) else {
      throw Problem.internalFault
    }
    let needKind: Party.Kind = try row[4]
    let giveKind: Party.Kind = try row[6]
    let category: String = try row[8]
    let (needShares, giveShares): (Bool, Bool) = (try row[16], try row[17])
    return Match(
      id: try row[0], need: try row[1], source: source, needParty: Party(kind: needKind, id: try row[5]),
      giveParty: Party(kind: giveKind, id: try row[7]),
      category: ResourceCategory(rawValue: category) ?? .hands, score: try row[9], mode: try row[10],
      state: try row[11], agreedBy: try row[12], units: try row[13], minutes: try row[14],
      price: try row[15],
      sharesPhone: Set((needShares ? [Match.Side.need] : []) + (giveShares ? [Match.Side.give] : [])),
      reason: try row[18], revision: try row[19], createdAt: try row[20], answerBy: try row[21])
  }

  static func find(_ id: MatchID, in community: CommunityID, _ snapshot: Snapshot) throws -> Match? {
    try snapshot.first(
      "SELECT \(columns) FROM resources_match WHERE id = \(id) AND community_id = \(community)", read)
  }

  /// Those of some parties, the newest first.
  static func of(
    _ parties: [Party], limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Match] {
    if parties.isEmpty { return [] }
    let theirs = parties.map { party -> Query in
      """
      (need_party_kind = \(party.kind) AND need_party_id = \(party.id))
        OR (give_party_kind = \(party.kind) AND give_party_id = \(party.id))
      """
    }
    return try snapshot.all(
      """
      SELECT \(columns) FROM resources_match
      WHERE community_id = \(community) AND (\(Query.joined(theirs, by: " OR ")))
      ORDER BY id DESC LIMIT \(limit)
      """, read)
  }

  /// Those that are not over, for the station, the newest first.
  static func live(limit: Int, in community: CommunityID, _ snapshot: Snapshot) throws -> [Match] {
    try snapshot.all(
      """
      SELECT \(columns) FROM resources_match
      WHERE community_id = \(community) AND state IN ('proposed', 'agreed_once', 'agreed', 'under_way')
      ORDER BY id DESC LIMIT \(limit)
      """, read)
  }

  /// All of a posting, as need or as offer.
  static func of(_ posting: PostingID, in community: CommunityID, _ snapshot: Snapshot) throws -> [Match] {
    try snapshot.all(
      """
      SELECT \(columns) FROM resources_match
      WHERE community_id = \(community) AND (need_id = \(posting) OR offer_id = \(posting)) ORDER BY id
      """, read)
  }

  /// All of an entry of the asset map.
  static func of(_ asset: AssetID, in community: CommunityID, _ snapshot: Snapshot) throws -> [Match] {
    try snapshot.all(
      """
      SELECT \(columns) FROM resources_match
      WHERE community_id = \(community) AND asset_id = \(asset) ORDER BY id
      """, read)
  }

  /// How many matches each of these kept as the one who gave.
  static func kept(
    by parties: Set<Party>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Party: Int64] {
    var kept: [Party: Int64] = [:]
    for chunk in snapshot.chunks(of: Set(parties.map(\.id)).sorted()) {
      try snapshot.forEach(
        """
        SELECT give_party_kind, give_party_id, count(*) FROM resources_match
        WHERE community_id = \(community) AND state = 'done' AND give_party_id IN \(list: chunk)
        GROUP BY give_party_kind, give_party_id
        """
      ) { row in
        let kind: Party.Kind = try row[0]
        kept[Party(kind: kind, id: try row[1])] = try row[2]
      }
    }
    return kept
  }

  static func insert(_ match: Match, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO resources_match (\(columns), community_id, changed_at)
      VALUES (\(match.id), \(match.need), \(match.source.offer), \(match.source.asset),
        \(match.needParty.kind), \(match.needParty.id), \(match.giveParty.kind), \(match.giveParty.id),
        \(match.category.rawValue), \(match.score), \(match.mode), \(match.state), \(match.agreedBy),
        \(match.units), \(match.minutes), \(match.price), \(match.sharesPhone.contains(.need)),
        \(match.sharesPhone.contains(.give)), \(match.reason), \(match.revision), \(match.createdAt),
        \(match.answerBy), \(transaction.community), \(transaction.now))
      """)
  }

  /// Moves a match on.
  static func move(
    _ id: MatchID, to state: Match.State, reason: String? = nil, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE resources_match SET state = \(state), reason = \(reason), revision = revision + 1,
        changed_at = \(transaction.now)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  /// Keeps what was agreed and by whom.
  static func agree(
    _ id: MatchID, by side: Match.Side, _ deal: MatchDeal, units: Int64, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE resources_match SET agreed_side = coalesce(agreed_side, \(side)), minutes = \(deal.minutes),
        price = \(deal.price), units = \(units), answer_by = \(transaction.now + MatchRules.patience)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
    if deal.sharesPhone { try sharePhone(true, of: side, id, in: transaction) }
  }

  static func sharePhone(
    _ shares: Bool, of side: Match.Side, _ id: MatchID, in transaction: Transaction
  ) throws {
    let column: Query = side == .need ? "need_shares" : "give_shares"
    try transaction.execute(
      """
      UPDATE resources_match SET \(column) = \(shares)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  /// Keeps who did it.
  static func note(
    _ id: MatchID, _ state: Match.State, side: Match.Side?, by actor: Actor?, _ way: MatchWay,
    in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO resources_match_step (id, community_id, match_id, state, side, done_at, done_by_id,
        done_by_role, way)
      VALUES (\(transaction.newIdentifier(MatchKind.self)), \(transaction.community), \(id), \(state),
        \(side), \(transaction.now), \(actor?.person), \(actor?.role ?? Role.operator), \(way))
      """)
  }
}
