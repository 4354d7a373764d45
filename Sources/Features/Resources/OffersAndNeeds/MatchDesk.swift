import Database
import Kernel
import People
import Security

/// What is agreed beside the help itself.
struct MatchDeal: Sendable, Equatable {
  /// Nil where no hours are counted.
  var minutes: Int64?
  /// Nil for nothing.
  var price: Money?
  var sharesPhone = false
}

/// Who does something for which side of a match.
struct MatchActor: Sendable {
  let actor: Actor
  let side: Match.Side
  let isByWorker: Bool
}

/// Where matches are proposed, agreed on and brought to an end: each step is one transaction, and both sides
/// are told.
struct MatchDesk: Sendable {
  let ground: ResourceGround

  private var notices: MatchNotices { MatchNotices(ground: ground) }
  private var parties: PostingParties { PostingParties(ground: ground) }

  /// Brings a need and what may meet it together.
  ///
  /// - Parameter side: for which side it is proposed; nil where the station does it for neither.
  /// - Throws: `not_found`, `resources.posting_closed`, `resources.match_known`, `resources.match_self`,
  ///   `resources.offer_taken`.
  func propose(
    _ needID: PostingID, _ source: Match.Source, for side: Match.Side?, by actor: Actor, isByWorker: Bool,
    in transaction: Transaction
  ) throws -> MatchID {
    let need = try posting(needID, .need, in: transaction)
    let (meeting, mode) = try meeting(source, need, isByWorker: isByWorker, in: transaction)
    if meeting.party == need.party { throw Problem.matchSelf }
    if !isByWorker { try checkSeen(need, source, from: side, in: transaction) }
    if let side, !isByWorker {
      let own = try parties.own(of: actor.person, in: transaction.community, transaction).map(\.party)
      guard own.contains(side == .need ? need.party : meeting.party) else { throw Problem.notFound }
    }
    let known = try MatchStore.of(needID, in: transaction.community, transaction)
    if known.contains(where: { $0.source == source && !$0.state(at: transaction.now).isOver }) {
      throw Problem.matchKnown
    }
    let scores = try PostingDesk(ground: ground).score(
      need, [meeting], in: transaction.community, transaction)
    guard let score = scores.first else { throw Problem.matchNotPossible }
    if try share(of: need, source, in: transaction) == 0 { throw Problem.offerTaken }
    let match = Match(
      id: transaction.newIdentifier(), need: needID, source: source, needParty: need.party,
      giveParty: meeting.party, category: need.terms.category, score: score.total, mode: mode,
      state: .proposed, agreedBy: nil, units: 0, minutes: nil, price: nil, sharesPhone: [], reason: nil,
      revision: 0, createdAt: transaction.now, answerBy: transaction.now + MatchRules.patience)
    try MatchStore.insert(match, in: transaction)
    let way =
      isByWorker
      ? MatchWay.worker : PostingParties.way(actor.person, for: side.map(match.party) ?? need.party)
    try MatchStore.note(match.id, .proposed, side: side, by: actor, way, in: transaction)
    try LapseMatch.schedule(match.id, at: match.answerBy, in: transaction)
    try transaction.note("resources.propose", by: actor, of: match.id.rawValue)
    try notices.proposed(match, exceptFor: isByWorker ? nil : side, in: transaction)
    return match.id
  }

  /// Residents propose only what residents see.
  private func checkSeen(
    _ need: Posting, _ source: Match.Source, from side: Match.Side?, in transaction: Transaction
  ) throws {
    var other: Posting? = need
    if side == .need {
      other = try source.offer.map { try PostingDesk(ground: ground).find($0, in: transaction) }
    }
    if let other, other.terms.visibility == .station { throw Problem.notFound }
  }

  /// One side says yes; with the second yes both learn of each other. What is left of the offer is decided
  /// here.
  ///
  /// - Throws: `resources.match_not_possible`, `resources.posting_closed`, `resources.offer_taken`,
  ///   `resources.credit_limit`, `form.invalid` where the hours are missing.
  func agree(
    _ id: MatchID, _ deal: MatchDeal, seen: Int64, by acting: MatchActor, in transaction: Transaction
  ) throws {
    let match = try find(id, seen: seen, in: transaction)
    let next = try next(match, .agree, acting, in: transaction)
    let need = try posting(match.need, .need, in: transaction)
    _ = try meeting(match.source, need, isByWorker: true, in: transaction)
    let agreed = try self.deal(match, deal, acting)
    if match.mode == .credit, let minutes = agreed.minutes {
      try CreditDesk.check(minutes, from: match.needParty, to: match.giveParty, in: transaction)
    }
    let units = try share(of: need, match.source, in: transaction)
    if units == 0 { throw Problem.offerTaken }
    try MatchStore.agree(
      id, by: acting.side, agreed, units: next == .agreed ? units : 0, in: transaction)
    try move(match, to: next, acting, in: transaction)
    if next == .agreedOnce {
      try LapseMatch.schedule(id, at: transaction.now + MatchRules.patience, in: transaction)
    }
  }

  /// What stands after the first yes is not changed by the second.
  private func deal(_ match: Match, _ said: MatchDeal, _ acting: MatchActor) throws -> MatchDeal {
    var deal = said
    if match.state == .agreedOnce { (deal.minutes, deal.price) = (match.minutes, match.price) }
    if match.mode == .gift { deal.minutes = nil }
    if match.mode == .credit, deal.minutes == nil { throw Problem.matchMinutes }
    // Nobody but the person gives their own number away.
    deal.sharesPhone =
      said.sharesPhone && !acting.isByWorker && match.party(acting.side).person == acting.actor.person
    return deal
  }

  /// Declines, begins, ends or gives up.
  func step(
    _ id: MatchID, _ step: MatchStep, because reason: String? = nil, seen: Int64, by acting: MatchActor,
    in transaction: Transaction
  ) throws {
    let match = try find(id, seen: seen, in: transaction)
    let next = try next(match, step, acting, in: transaction)
    try move(match, to: next, reason: reason, acting, in: transaction)
    if next == .done { try settle(match, in: transaction) }
    if next.isOver { try ForgetHelp.schedule(match: id, in: transaction) }
  }

  private func settle(_ match: Match, in transaction: Transaction) throws {
    if match.mode == .credit, let minutes = match.minutes {
      try CreditStore.move(
        minutes, from: match.needParty, to: match.giveParty, for: match.id, in: transaction)
    }
    try TieRecorder(directory: ground.directory).record(
      [MatchRules.tie(match, at: transaction.now)], in: transaction)
    for id in [match.need, match.source.offer].compactMap(\.self) {
      let posting = try PostingStore.find(id, opening: nil, in: transaction.community, transaction)
      let taking = try MatchStore.of(id, in: transaction.community, transaction).filter(\.state.isTaking)
      let left = PostingRules.left(posting?.terms.units, taken: taking.map(\.units))
      if posting?.state == .open, left == 0, taking.allSatisfy({ $0.state == .done }) {
        try PostingStore.move(id, to: .ended, in: transaction)
      }
    }
  }

  /// Leaves the other side a few words. Both have to know of each other.
  func write(
    _ text: String, in id: MatchID, sealing cipher: FieldCipher, by acting: MatchActor,
    in transaction: Transaction
  ) throws {
    let match = try find(id, in: transaction)
    guard match.state.isLive else { throw Problem.matchNotPossible }
    try check(match, acting, in: transaction)
    let number = try MatchTalkStore.add(
      text, to: id, from: acting.side, by: acting.actor, isByWorker: acting.isByWorker, sealing: cipher,
      in: transaction)
    try note("resources.match_message", match, acting, in: transaction)
    try notices.wrote(number, in: match, from: acting.side, in: transaction)
  }

  /// Shows the other side one's own number from now on, or no more.
  func sharePhone(_ shares: Bool, in id: MatchID, by acting: MatchActor, in transaction: Transaction) throws {
    let match = try find(id, in: transaction)
    try check(match, acting, in: transaction)
    guard !match.state.isOver, !acting.isByWorker, match.party(acting.side).person == acting.actor.person
    else { throw Problem.matchNotPossible }
    try MatchStore.sharePhone(shares, of: acting.side, id, in: transaction)
    try note("resources.match_phone", match, acting, in: transaction)
  }

  /// Keeps how it was for a side.
  func giveFeedback(
    _ given: MatchFeedback, of id: MatchID, sealing cipher: FieldCipher, by acting: MatchActor,
    in transaction: Transaction
  ) throws {
    let match = try find(id, in: transaction)
    guard match.state == .done || match.state == .failed else { throw Problem.matchNotPossible }
    try check(match, acting, in: transaction)
    try MatchTalkStore.set(given, of: id, by: acting.actor, sealing: cipher, in: transaction)
    try note("resources.match_feedback", match, acting, in: transaction)
  }

  // MARK: - Parts

  func find(_ id: MatchID, in transaction: Transaction) throws -> Match {
    guard let match = try MatchStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    return match
  }

  private func find(_ id: MatchID, seen: Int64, in transaction: Transaction) throws -> Match {
    let match = try find(id, in: transaction)
    guard match.revision == seen else { throw Problem.postingStale }
    return match
  }

  /// - Throws: `not_found` where somebody does not act for the side.
  private func check(_ match: Match, _ acting: MatchActor, in transaction: Transaction) throws {
    if acting.isByWorker { return }
    let sides = try parties.sides(
      of: match, for: acting.actor.person, in: transaction.community, transaction)
    guard sides.contains(acting.side) else { throw Problem.notFound }
  }

  private func next(
    _ match: Match, _ step: MatchStep, _ acting: MatchActor, in transaction: Transaction
  ) throws -> Match.State {
    try check(match, acting, in: transaction)
    let next = MatchRules.next(
      match.state(at: transaction.now), step, by: acting.side, agreedBy: match.agreedBy, mode: match.mode)
    guard let next else { throw Problem.matchNotPossible }
    return next
  }

  private func move(
    _ match: Match, to state: Match.State, reason: String? = nil, _ acting: MatchActor,
    in transaction: Transaction
  ) throws {
    try MatchStore.move(match.id, to: state, reason: reason, in: transaction)
    let way =
      acting.isByWorker
      ? MatchWay.worker : PostingParties.way(acting.actor.person, for: match.party(acting.side))
    try MatchStore.note(match.id, state, side: acting.side, by: acting.actor, way, in: transaction)
    try note("resources.match_step", match, acting, purpose: state.rawValue, in: transaction)
    try notices.moved(
      match, to: state, exceptFor: acting.isByWorker ? nil : acting.side, in: transaction)
  }

  private func note(
    _ action: StaticString, _ match: Match, _ acting: MatchActor, purpose: String = "",
    in transaction: Transaction
  ) throws {
    try transaction.note(
      action, by: acting.actor, of: match.id.rawValue,
      onBehalfOf: acting.isByWorker ? match.party(acting.side).person : nil, purpose: purpose)
  }

  private func posting(
    _ id: PostingID, _ kind: Posting.Kind, in transaction: Transaction
  ) throws -> Posting {
    let posting = try PostingDesk(ground: ground).find(id, in: transaction)
    guard posting.kind == kind else { throw Problem.notFound }
    guard posting.isOpen(at: transaction.now) else { throw Problem.postingClosed }
    return posting
  }

  /// What may meet the need, and whether hours are counted: where both sides want it.
  private func meeting(
    _ source: Match.Source, _ need: Posting, isByWorker: Bool, in transaction: Transaction
  ) throws -> (MatchSource, Posting.Mode) {
    switch source {
    case .offer(let id):
      let offer = try posting(id, .offer, in: transaction)
      let isBoth = offer.terms.mode == .credit && need.terms.mode == .credit
      return (MatchSource(offer), isBoth ? .credit : .gift)
    case .asset(let id):
      let cards = try AssetDirectory(directory: ground.directory).available(
        need.terms.category, in: transaction.community, transaction)
      guard let card = cards.first(where: { $0.id == id }),
        let source = PostingDesk.source(card, at: transaction.now)
      else { throw Problem.postingClosed }
      return (source, .gift)
    }
  }

  /// How much of it goes to the need as it stands now; 0 where nothing is left.
  private func share(of need: Posting, _ source: Match.Source, in transaction: Transaction) throws -> Int64 {
    let community = transaction.community
    let ofNeed = try MatchStore.of(need.id, in: community, transaction).filter(\.state.isTaking)
    switch source {
    case .offer(let id):
      let offer = try PostingDesk(ground: ground).find(id, in: transaction)
      let ofOffer = try MatchStore.of(id, in: community, transaction).filter(\.state.isTaking)
      return PostingRules.share(
        need: need.terms.units, takenOfNeed: ofNeed.map(\.units), offer: offer.terms.units,
        takenOfOffer: ofOffer.map(\.units))
    case .asset(let id):
      // Lent to one at a time.
      let lent = try MatchStore.of(id, in: community, transaction).filter(\.state.isLive)
      return PostingRules.share(
        need: need.terms.units, takenOfNeed: ofNeed.map(\.units), offer: nil,
        takenOfOffer: lent.map(\.units))
    }
  }
}

extension Problem {
  static let matchMinutes = Problem.invalid([
    FieldProblem("minutes", Phrase("请写大约要多少分钟。", "Please say about how many minutes it takes."))
  ])
}
