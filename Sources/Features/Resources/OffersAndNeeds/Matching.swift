import Kernel

/// What may meet a need: an offer, or an entry of the asset map.
struct MatchSource: Sendable, Equatable {
  let source: Match.Source
  let party: Party
  let category: ResourceCategory
  let from: Timestamp
  let to: Timestamp
  let place: PlaceID?
  let radius: Int64?
  let tongues: Set<Posting.Tongue>

  init(_ posting: Posting) {
    source = .offer(posting.id)
    party = posting.party
    category = posting.terms.category
    from = posting.terms.from
    to = posting.expiresAt
    place = posting.terms.place
    radius = posting.terms.radius
    tongues = posting.terms.tongues
  }

  init(
    asset: AssetID, party: Party, category: ResourceCategory, place: PlaceID?, from: Timestamp, to: Timestamp
  ) {
    source = .asset(asset)
    self.party = party
    self.category = category
    self.from = from
    self.to = to
    self.place = place
    radius = nil
    tongues = []
  }
}

/// How well something meets a need, each part with its reason.
struct MatchScore: Sendable, Equatable {
  let source: Match.Source
  let party: Party
  let parts: [Part]

  struct Part: Sendable, Equatable {
    let points: Int64
    let most: Int64
    let reason: Phrase
  }

  /// 0 to 100.
  var total: Int64 { parts.reduce(0) { $0 + $1.points } }
}

/// How far places are from each other, in metres; nil where it is not known.
struct PlaceDistances: Sendable {
  let metres: @Sendable (PlaceID, PlaceID) -> Int64?

  static let none = PlaceDistances { $0 == $1 ? 0 : nil }
}

/// Finds what may meet a need. Pure: the same for any order of what it is given.
enum Matching {
  /// Those that share at least the category and a moment: what the need was posted for, then the best; of
  /// equal ones the earlier entry.
  ///
  /// - Parameters:
  ///   - history: matches that were kept, by whoever gave.
  static func candidates(
    for need: Posting, among sources: [MatchSource], places: PlaceDistances = .none,
    history: [Party: Int64] = [:]
  ) -> [MatchScore] {
    sources.compactMap { score(need, $0, places, history) }.sorted { left, right in
      let (isLeft, isRight) = (isAskedFor(left.source, need), isAskedFor(right.source, need))
      if isLeft != isRight { return isLeft }
      return left.total != right.total ? left.total > right.total : order(left.source) < order(right.source)
    }
  }

  private static func isAskedFor(_ source: Match.Source, _ need: Posting) -> Bool {
    source.asset.map { $0 == need.terms.asset } ?? false
  }

  /// Ties are broken by the identifier: offers before the asset map.
  private static func order(_ source: Match.Source) -> (Int, Int64) {
    switch source {
    case .offer(let id): (0, id.rawValue)
    case .asset(let id): (1, id.rawValue)
    }
  }

  private static func score(
    _ need: Posting, _ source: MatchSource, _ places: PlaceDistances, _ history: [Party: Int64]
  ) -> MatchScore? {
    guard source.party != need.party, source.category == need.terms.category,
      let time = time(need, source), let place = place(need.terms, source, places)
    else { return nil }
    let category = MatchScore.Part(
      points: 40, most: 40,
      reason: Phrase(
        "都是“\(need.terms.category.name.chinese)”。", "Both are about \(need.terms.category.name.english)."))
    return MatchScore(
      source: source.source, party: source.party,
      parts: [
        category, place, time, tongue(need.terms.tongues, source.tongues), kept(history[source.party] ?? 0),
      ])
  }

  /// Nil where it is farther than one of them goes.
  private static func place(
    _ need: PostingTerms, _ source: MatchSource, _ places: PlaceDistances
  ) -> MatchScore.Part? {
    guard let here = need.place, let there = source.place else {
      return MatchScore.Part(
        points: 10, most: 20, reason: Phrase("没有写明两边的地点。", "One of the places is not named."))
    }
    if here == there {
      return MatchScore.Part(points: 20, most: 20, reason: Phrase("在同一个地方。", "At the same place."))
    }
    guard let metres = places.metres(here, there) else {
      return MatchScore.Part(
        points: 5, most: 20, reason: Phrase("不知道两个地方有多远。", "How far the places are is not known."))
    }
    let most = min(need.radius ?? .max, source.radius ?? .max)
    if metres > most { return nil }
    let points = max(0, 20 - metres / 250)
    return MatchScore.Part(
      points: points, most: 20, reason: Phrase("相距约 \(metres) 米。", "About \(metres) metres apart."))
  }

  /// Nil where they share no moment.
  private static func time(_ need: Posting, _ source: MatchSource) -> MatchScore.Part? {
    let (from, to) = (max(need.terms.from, source.from), min(need.expiresAt, source.to))
    guard from < to else { return nil }
    let shared = (to - from).wholeMicroseconds / 1_000_000
    let whole = max(1, (need.expiresAt - need.terms.from).wholeMicroseconds / 1_000_000)
    let points = min(20, max(1, shared * 20 / whole))
    return MatchScore.Part(
      points: points, most: 20,
      reason: points == 20
        ? Phrase("要的时间都可以。", "All of the time asked for suits.")
        : Phrase("要的时间里有一部分可以。", "A part of the time asked for suits."))
  }

  private static func tongue(
    _ need: Set<Posting.Tongue>, _ source: Set<Posting.Tongue>
  ) -> MatchScore.Part {
    if need.isEmpty || source.isEmpty {
      return MatchScore.Part(
        points: 5, most: 10, reason: Phrase("没有写明说什么话。", "The languages are not named."))
    }
    return need.isDisjoint(with: source)
      ? MatchScore.Part(points: 0, most: 10, reason: Phrase("说的话不一样。", "They share no language."))
      : MatchScore.Part(points: 10, most: 10, reason: Phrase("说得到一起。", "They share a language."))
  }

  private static func kept(_ count: Int64) -> MatchScore.Part {
    let points = min(10, max(0, count) * 2)
    return MatchScore.Part(
      points: points, most: 10,
      reason: count > 0
        ? Phrase("以前帮成过 \(count) 次。", "Helped \(count) times before.")
        : Phrase("还没有帮过忙。", "No help on record yet."))
  }
}
