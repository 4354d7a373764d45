import Database
import Kernel
import People
import Security
import Web

/// Where offers and needs are posted and taken back, and where it is found what meets what.
struct PostingDesk: Sendable {
  let ground: ResourceGround
  static let sourceLimit = 200

  private var parties: ResourceParties { ResourceParties(ground: ground) }

  /// Posts something for a party.
  ///
  /// - Parameter isByWorker: whether the station does it for a person.
  /// - Throws: `form.invalid` where it is over already, `forbidden` for a party for which the actor does not
  ///   act.
  func post(
    _ kind: Posting.Kind, _ terms: PostingTerms, of party: Party, sealing cipher: FieldCipher,
    by actor: Actor, isByWorker: Bool, in transaction: Transaction
  ) throws -> PostingID {
    if isByWorker {
      guard let person = party.person, try isKnown(person, in: transaction) else { throw Problem.notFound }
    } else {
      let own = try parties.own(of: actor.person, in: transaction.community, transaction)
      guard own.contains(where: { $0.party == party }) else { throw Problem.forbidden }
    }
    try check(terms, kind, of: party, in: transaction)
    let posting = Posting(
      id: transaction.newIdentifier(), kind: kind, party: party, terms: terms, state: .open, revision: 0,
      createdAt: transaction.now, createdBy: actor.person, createdAs: actor.role,
      expiresAt: PostingRules.expiry(terms, at: transaction.now))
    try PostingStore.insert(posting, sealing: cipher, in: transaction)
    try ForgetHelp.schedule(posting: posting.id, over: posting.expiresAt, in: transaction)
    try transaction.note(
      "resources.post", by: actor, of: posting.id.rawValue, onBehalfOf: isByWorker ? party.person : nil,
      purpose: kind.rawValue)
    return posting.id
  }

  /// Takes something back; whoever was asked meanwhile is told.
  /// - Throws: `not_found`, `resources.stale`, `resources.posting_closed`.
  func withdraw(
    _ id: PostingID, seen: Int64, by actor: Actor, isByWorker: Bool, in transaction: Transaction
  ) throws {
    let posting = try find(id, in: transaction)
    if !isByWorker { try checkOwn(posting, actor, in: transaction) }
    guard posting.revision == seen else { throw Problem.postingStale }
    guard posting.state == .open else { throw Problem.postingClosed }
    try PostingStore.move(id, to: .withdrawn, in: transaction)
    try ForgetHelp.schedule(posting: id, over: transaction.now, in: transaction)
    for match in try MatchStore.of(id, in: transaction.community, transaction) where match.state.isWaiting {
      try MatchStore.move(match.id, to: .declined, in: transaction)
      let side: Match.Side = match.need == id ? .need : .give
      let way =
        isByWorker ? MatchWay.worker : ResourceParties.way(actor.person, for: match.party(side))
      try MatchStore.note(match.id, .declined, side: side, by: actor, way, in: transaction)
      try ForgetHelp.schedule(match: match.id, in: transaction)
      try MatchNotices(ground: ground).moved(match, to: .declined, exceptFor: side, in: transaction)
    }
    try transaction.note(
      "resources.withdraw", by: actor, of: id.rawValue, onBehalfOf: isByWorker ? posting.party.person : nil)
  }

  // MARK: - Parts

  func find(_ id: PostingID, in snapshot: Transaction) throws -> Posting {
    guard let posting = try PostingStore.find(id, opening: nil, in: snapshot.community, snapshot) else {
      throw Problem.notFound
    }
    return posting
  }

  /// - Throws: `not_found`, so that nobody learns what there is.
  func checkOwn(_ posting: Posting, _ actor: Actor, in transaction: Transaction) throws {
    let own = try parties.own(of: actor.person, in: transaction.community, transaction)
    guard own.contains(where: { $0.party == posting.party }) else { throw Problem.notFound }
  }

  /// What the places of postings are called that residents may know of.
  func placeNames(
    of postings: [Posting], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PlaceID: Phrase] {
    let ids = Set(postings.compactMap(\.terms.place))
    return try PlaceDirectory().residentCards(of: ids, in: community, snapshot).mapValues(\.name)
  }

  private func isKnown(_ person: PersonID, in transaction: Transaction) throws -> Bool {
    try ground.directory.displayNames(of: [person], in: transaction.community, transaction)[person] != nil
  }

  private func check(
    _ terms: PostingTerms, _ kind: Posting.Kind, of party: Party, in transaction: Transaction
  ) throws {
    var problems = Problems()
    if terms.to <= transaction.now {
      problems.add("to", Phrase("结束的时间已经过了。", "This time is over already."))
    }
    if terms.from >= PostingRules.expiry(terms, at: transaction.now) {
      problems.add("from", Phrase("要在 90 天以内开始。", "It has to begin within 90 days."))
    }
    if let place = terms.place,
      try PlaceDirectory().residentCards(of: [place], in: transaction.community, transaction)[place] == nil
    {
      problems.add("place", Phrase("请从列表里选择。", "Please choose from the list."))
    }
    if let asset = terms.asset {
      let card = try AssetDirectory(directory: ground.directory).cards(
        of: [asset], in: transaction.community, transaction)[asset]
      for problem in PostingRules.problems(of: card, for: kind, terms.category, of: party) {
        problems.add(problem.field, problem.message)
      }
    }
    try problems.throwIfAny()
  }

  // MARK: - What meets it

  /// What may meet a need, or which needs an offer may meet: with the posting on the other side, or the entry
  /// of the map.
  struct Candidate: Sendable {
    let score: MatchScore
    /// Of the other side; nil for an entry of the asset map.
    let posting: Posting?
    let asset: AssetCard?
  }

  /// - Parameter isForResidents: false where the station looks, who sees all of it.
  func candidates(
    of posting: Posting, isForResidents: Bool, opening cipher: FieldCipher, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [Candidate] {
    var filter = PostingFilter()
    filter.kind = posting.kind == .need ? .offer : .need
    filter.category = posting.terms.category
    filter.isForResidents = isForResidents
    let others = try PostingStore.list(
      filter, limit: Self.sourceLimit, opening: cipher, in: community, snapshot)
    if posting.kind == .offer {
      return try needs(others, for: posting, in: community, snapshot)
    }
    let left = try open(others, in: community, snapshot)
    let byID = Dictionary(left.map { ($0.id, $0) }) { first, _ in first }
    let assets = try assets(for: posting, besides: left, in: community, snapshot)
    let cards = Dictionary(assets.map { ($0.id, $0) }) { first, _ in first }
    let sources = left.map(MatchSource.init) + assets.compactMap { Self.source($0, at: snapshot.now) }
    let scores = try score(posting, sources, in: community, snapshot)
    return scores.map { score in
      Candidate(
        score: score, posting: score.source.offer.flatMap { byID[$0] },
        asset: score.source.asset.flatMap { cards[$0] })
    }
  }

  /// Those of which something is left.
  private func open(
    _ postings: [Posting], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Posting] {
    let taken = try MatchStore.taken(of: Set(postings.map(\.id)), in: community, snapshot)
    return postings.filter { PostingRules.left($0.terms.units, taken: taken[$0.id] ?? []) > 0 }
  }

  /// Entries of the map that may meet a need, that one among them for which it was posted; those behind an
  /// offer that is shown anyway are left out, and what is lent to somebody just now.
  private func assets(
    for need: Posting, besides offers: [Posting], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [AssetCard] {
    let directory = AssetDirectory(directory: ground.directory)
    var cards = try directory.available(need.terms.category, in: community, snapshot)
    if let asked = need.terms.asset, !cards.contains(where: { $0.id == asked }),
      let card = try directory.cards(of: [asked], in: community, snapshot)[asked],
      card.category == need.terms.category
    {
      cards.append(card)
    }
    let offered = Set(offers.compactMap(\.terms.asset))
    let lent = try MatchStore.lent(of: Set(cards.map(\.id)), in: community, snapshot)
    return cards.filter { card in
      !lent.contains(card.id) && (card.id == need.terms.asset || !offered.contains(card.id))
    }
  }

  /// An entry of the map as what may meet a need; nil where nobody holds it.
  static func source(_ card: AssetCard, at moment: Timestamp) -> MatchSource? {
    guard let holder = card.holder, let category = card.category else { return nil }
    return MatchSource(
      asset: card.id, party: holder, category: category, place: card.place, from: moment,
      to: card.expiresAt)
  }

  private func needs(
    _ needs: [Posting], for offer: Posting, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Candidate] {
    var found: [Candidate] = []
    guard try !open([offer], in: community, snapshot).isEmpty else { return [] }
    for need in try open(needs, in: community, snapshot) {
      for score in try score(need, [MatchSource(offer)], in: community, snapshot) {
        found.append(Candidate(score: score, posting: need, asset: nil))
      }
    }
    return found.sorted { left, right in
      if left.score.total != right.score.total { return left.score.total > right.score.total }
      return (left.posting?.id.rawValue ?? 0) < (right.posting?.id.rawValue ?? 0)
    }
  }

  func score(
    _ need: Posting, _ sources: [MatchSource], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [MatchScore] {
    let places = Set(sources.compactMap(\.place) + [need.terms.place].compactMap(\.self))
    return Matching.candidates(
      for: need, among: sources,
      places: try distances(places, from: need.terms.place, in: community, snapshot),
      history: try MatchStore.kept(by: Set(sources.map(\.party)), in: community, snapshot))
  }

  private func distances(
    _ places: Set<PlaceID>, from here: PlaceID?, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PlaceDistances {
    // How far something is from what only the station knows of would tell where that is.
    let cards = try PlaceDirectory().residentCards(of: places, in: community, snapshot)
    guard let here, let origin = cards[here] else { return .none }
    let found = cards.compactMapValues { card -> Int64? in
      PlaceDirectory.metres(between: origin, card).map { Int64($0.rounded()) }
    }
    return PlaceDistances { from, to in from == here ? found[to] : found[from] }
  }
}
