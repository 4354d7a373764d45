import Database
import Kernel
import People
import Security
import Web

/// Where room on a trip is asked for, given and taken back: each step is one transaction, audited. Transactions of a
/// community follow one another, so that two never get the same room.
struct VanPartDesk: Sendable {
  let ground: ResourceGround

  private var trips: VanTripDesk { VanTripDesk(ground: ground) }
  private var notices: VanTripNotices { VanTripNotices(ground: ground) }

  /// Asks for room; on trips that take whoever comes first it is theirs at once.
  /// - Throws: `form.invalid`, `not_found`, `forbidden` for a party for which the actor does not act, and why there is
  ///   no room for it.
  func ask(
    _ wish: VanWish, for party: Party, on id: VanTripID, sealing cipher: FieldCipher, by acting: VanActor,
    in transaction: Transaction
  ) throws -> VanPartID {
    let community = transaction.community
    try VanTripRules.check(wish)
    try trips.parties.check(party, by: acting.actor, isByWorker: acting.isByWorker, in: transaction)
    guard let trip = try VanTripStore.find(id, opening: nil, in: community, transaction) else {
      throw Problem.notFound
    }
    if trip.party == party { throw Problem.vanOwn }
    let open = try VanPartStore.open(of: party, in: community, transaction)
    if open.contains(where: { $0.trip == id }) { throw Problem.vanTwice }
    let taken = try VanPartStore.taken(on: [id], in: community, transaction)[id] ?? .nothing
    if let refusal = VanTripRules.refusal(wish.load, on: trip, beside: taken, at: transaction.now) {
      throw refusal
    }
    let part = VanPart(
      id: transaction.newIdentifier(), trip: id, party: party, load: wish.load, words: wish.words,
      state: trip.terms.answers == .atOnce ? .confirmed : .asked, revision: 0, askedAt: transaction.now,
      askedBy: acting.actor.person)
    try VanPartStore.insert(part, party, by: acting.actor, sealing: cipher, in: transaction)
    try notices.asked(part, on: trip, exceptFor: acting.actor.person, in: transaction)
    try trips.note("resources.van_ask", part.id.rawValue, of: party, by: acting, in: transaction)
    return part.id
  }

  /// Moves a part on. What was carried joins whoever drove and whoever had it.
  /// - Throws: `not_found`, for whom the part does not concern too; `forbidden` for a step that is not theirs;
  ///   `resources.van_stale`, `resources.van_not_possible`, `resources.van_too_late`.
  func move(
    _ id: VanPartID, to state: VanPart.State, seen: Int64, by acting: VanActor, in transaction: Transaction
  ) throws {
    let community = transaction.community
    guard let part = try VanPartStore.find(id, opening: nil, in: community, transaction),
      let trip = try VanTripStore.find(part.trip, opening: nil, in: community, transaction)
    else { throw Problem.notFound }
    let sides = try sides(of: part, on: trip, acting, in: transaction)
    // Others do not learn that it is there.
    if sides.isEmpty { throw Problem.notFound }
    guard VanTripRules.mayMove(to: state, sides) else { throw Problem.forbidden }
    guard part.revision == seen else { throw Problem.vanStale }
    if let refusal = VanTripRules.refusal(part, to: state, on: trip, by: sides, at: transaction.now) {
      throw refusal
    }
    try VanPartStore.move(id, to: state, by: acting.actor.person, in: transaction)
    if state == .carried { try trips.join(trip, part, in: transaction) }
    try notices.moved(part, to: state, on: trip, exceptFor: acting.actor.person, in: transaction)
    try trips.note(
      "resources.van_move", id.rawValue, of: part.party, by: acting, purpose: state.rawValue,
      in: transaction)
  }

  private func sides(
    of part: VanPart, on trip: VanTrip, _ acting: VanActor, in transaction: Transaction
  ) throws -> Set<VanSide> {
    if acting.isByWorker { return [.station] }
    let own = try trips.parties.own(of: acting.actor.person, in: transaction.community, transaction)
    return VanSide.sides(of: part, on: trip, for: Set(own.map(\.party)))
  }
}

extension VanSide {
  /// On which sides of a part somebody stands who acts for these.
  static func sides(of part: VanPart, on trip: VanTrip, for own: Set<Party>) -> Set<VanSide> {
    var sides: Set<VanSide> = []
    if let driver = trip.party, own.contains(driver) { sides.insert(.driver) }
    if let party = part.party, own.contains(party) { sides.insert(.joiner) }
    return sides
  }
}
