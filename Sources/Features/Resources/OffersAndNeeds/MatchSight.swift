import Database
import Kernel
import People
import Security

/// What of matches may be seen at a moment, and by whom.
///
/// Before both agreed nobody learns more of the other than every neighbour does; a number is shown to the
/// other side alone, and only while both are in touch.
struct MatchSight: Sendable {
  let ground: ResourceGround

  private var parties: ResourceParties { ResourceParties(ground: ground) }

  /// Where matches stand at this moment: what waits lapses in the very second in which its need, or what may
  /// meet it, is taken back or over, whether or not that was written.
  func states(
    of matches: [Match], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [MatchID: Match.State] {
    let waiting = matches.filter { $0.state(at: snapshot.now).isWaiting }
    let postings = try PostingStore.find(
      Set(waiting.map(\.need) + waiting.compactMap(\.source.offer)), opening: nil, in: community, snapshot)
    let assets = try AssetDirectory(directory: ground.directory).cards(
      of: Set(waiting.compactMap(\.source.asset)), in: community, snapshot)
    func isOpen(_ id: PostingID) -> Bool { postings[id]?.isOpen(at: snapshot.now) ?? false }
    let isThere = waiting.map { match -> (MatchID, Bool) in
      switch match.source {
      case .offer(let offer): (match.id, isOpen(match.need) && isOpen(offer))
      case .asset(let asset): (match.id, isOpen(match.need) && assets[asset]?.holder == match.giveParty)
      }
    }
    let open = Set(isThere.filter(\.1).map(\.0))
    return Dictionary(
      matches.map { match in
        let state = match.state(at: snapshot.now)
        return (match.id, state.isWaiting && !open.contains(match.id) ? .lapsed : state)
      }
    ) { first, _ in first }
  }

  /// The numbers that those who act for some sides may see.
  func numbers(
    of match: Match, for sides: [Match.Side], _ phones: Phones, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [Match.Side: PhoneNumber] {
    guard match.state.isLive else { return [:] }
    var shown: [Match.Side: PhoneNumber] = [:]
    for side in Set(sides.map(\.other)) {
      guard let person = match.phones[side] else { continue }
      // Whoever acts for the side no longer is no part of it.
      let theirs = try parties.persons(for: match.party(side), in: community, snapshot)
      guard theirs.contains(person) else { continue }
      shown[side] = try phones.numbers(of: [person], snapshot)[person]
    }
    return shown
  }

  /// Sides of which nobody has a telephone; what concerns them the station passes on.
  func withoutPhone(
    _ match: Match, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Match.Side] {
    try Match.Side.allCases.filter { side in
      let persons = try parties.persons(for: match.party(side), in: community, snapshot)
      let reach = try ground.directory.reach(of: persons, in: community, snapshot)
      return !reach.isEmpty && !reach.values.contains(where: \.hasPhone)
    }
  }

  /// The need and the offer, as far as those who act for some sides may read them.
  func postings(
    _ match: Match, _ found: [PostingID: Posting], state: Match.State, for sides: [Match.Side],
    isStaff: Bool, at now: Timestamp
  ) -> [Posting] {
    let all: [(Match.Side, PostingID?)] = [(.need, match.need), (.give, match.source.offer)]
    return all.compactMap { side, id in
      guard let id, let posting = found[id] else { return nil }
      let isPublic = posting.isOpen(at: now) && posting.terms.visibility == .residents
      return isStaff || sides.contains(side) || state.isDisclosed || isPublic ? posting : nil
    }
  }
}
