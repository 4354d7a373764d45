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
    score, mode, state, agreed_side, units, minutes, price, need_phone_id, give_phone_id, reason, revision,
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
    let (needPhone, givePhone): (PersonID?, PersonID?) = (try row[16], try row[17])
    let reason: String? = try row[18]
    return Match(
      id: try row[0], need: try row[1], source: source, needParty: Party(kind: needKind, id: try row[5]),
      giveParty: Party(kind: giveKind, id: try row[7]),
      category: ResourceCategory(rawValue: category) ?? .hands, score: try row[9], mode: try row[10],
      state: try row[11], agreedBy: try row[12], units: try row[13], minutes: try row[14],
      price: try row[15],
      phones: [Match.Side.need: needPhone, .give: givePhone].compactMapValues(\.self),
      failure: reason.flatMap(MatchFailure.init(rawValue:)), revision: try row[19], createdAt: try row[20],
      answerBy: try row[21])
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

  /// Those that are not over, for the station, the oldest first.
  static func live(limit: Int, in community: CommunityID, _ snapshot: Snapshot) throws -> [Match] {
    try snapshot.all(
      """
      SELECT \(columns) FROM resources_match
      WHERE community_id = \(community) AND state IN ('proposed', 'agreed_once', 'agreed', 'under_way')
      ORDER BY id LIMIT \(limit)
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

  /// How much of each of these postings was agreed on, as need or as offer; those of which nothing was are
  /// left out.
  static func taken(
    of postings: Set<PostingID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PostingID: [Int64]] {
    var taken: [PostingID: [Int64]] = [:]
    for chunk in snapshot.chunks(of: postings.sorted()) {
      for column in ["need_id", "offer_id"] as [Query] {
        try snapshot.forEach(
          """
          SELECT \(column), units FROM resources_match
          WHERE community_id = \(community) AND \(column) IN \(list: chunk)
            AND state IN ('agreed', 'under_way', 'done')
          """
        ) { row in taken[try row[0], default: []].append(try row[1]) }
      }
    }
    return taken
  }

  /// Those among these entries of the map that somebody has just now.
  static func lent(
    of assets: Set<AssetID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Set<AssetID> {
    var lent: Set<AssetID> = []
    for chunk in snapshot.chunks(of: assets.sorted()) {
      try snapshot.forEach(
        """
        SELECT asset_id FROM resources_match
        WHERE community_id = \(community) AND asset_id IN \(list: chunk)
          AND state IN ('agreed', 'under_way')
        """
      ) { row in lent.insert(try row[0]) }
    }
    return lent
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
        \(match.units), \(match.minutes), \(match.price), \(match.phones[.need]), \(match.phones[.give]),
        \(match.failure?.rawValue), \(match.revision), \(match.createdAt),
        \(match.answerBy), \(transaction.community), \(transaction.now))
      """)
  }

  /// Moves a match on. Nobody's number is shown any longer than both are in touch.
  static func move(
    _ id: MatchID, to state: Match.State, failure: MatchFailure? = nil, in transaction: Transaction
  ) throws {
    let phones: Query = state.isLive ? "" : ", need_phone_id = NULL, give_phone_id = NULL"
    try transaction.execute(
      """
      UPDATE resources_match SET state = \(state), reason = \(failure?.rawValue), revision = revision + 1,
        changed_at = \(transaction.now)\(phones)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  /// Keeps what was agreed and by whom.
  /// - Parameter answerBy: until when the other side may still say yes.
  static func agree(
    _ id: MatchID, by side: Match.Side, _ deal: MatchDeal, units: Int64, answerBy: Timestamp,
    in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE resources_match SET agreed_side = coalesce(agreed_side, \(side)), minutes = \(deal.minutes),
        price = \(deal.price), units = \(units), answer_by = \(answerBy)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  /// - Parameter person: whose number the other side may see; nil for nobody's.
  static func sharePhone(
    of person: PersonID?, _ side: Match.Side, _ id: MatchID, in transaction: Transaction
  ) throws {
    let column: Query = side == .need ? "need_phone_id" : "give_phone_id"
    try transaction.execute(
      """
      UPDATE resources_match SET \(column) = \(person)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  /// Why matches that ended after a moment did not work out, and how many for each reason.
  static func failures(
    since moment: Timestamp, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(reason: MatchFailure, count: Int64)] {
    let counts = try snapshot.all(
      """
      SELECT reason, count(*) FROM resources_match
      WHERE community_id = \(community) AND state = 'failed' AND changed_at > \(moment)
      GROUP BY reason
      """
    ) { row in
      let reason: String? = try row[0]
      let count: Int64 = try row[1]
      return (reason.flatMap(MatchFailure.init(rawValue:)) ?? .other, count)
    }
    return MatchFailure.allCases.compactMap { reason in
      let sum = counts.filter { $0.0 == reason }.reduce(0) { $0 + $1.1 }
      return sum == 0 ? nil : (reason, sum)
    }
  }

  /// Which side said no; nil where time went by or a posting was taken back for it.
  static func decliner(
    of id: MatchID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Match.Side? {
    let sides = try snapshot.all(
      """
      SELECT side FROM resources_match_step
      WHERE match_id = \(id) AND community_id = \(community) AND state = 'declined' ORDER BY id
      """
    ) { row -> Match.Side? in try row[0] }
    return sides.last.flatMap(\.self)
  }

  /// Whether the station answered for one of the sides, who cannot read what the other writes.
  static func isRelayed(_ id: MatchID, in community: CommunityID, _ snapshot: Snapshot) throws -> Bool {
    let count: Int64? = try snapshot.value(
      """
      SELECT count(*) FROM resources_match_step
      WHERE match_id = \(id) AND community_id = \(community) AND way = 'worker' AND state <> 'proposed'
      """)
    return (count ?? 0) > 0
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
