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

  var notices: MatchNotices { MatchNotices(ground: ground) }
  var parties: ResourceParties { ResourceParties(ground: ground) }

  /// Brings a need and what may meet it together.
  ///
  /// - Parameter side: for which side it is proposed.
  /// - Throws: `not_found`, `resources.posting_closed`, `resources.match_known`, `resources.match_self`,
  ///   `resources.offer_taken`.
  func propose(
    _ needID: PostingID, _ source: Match.Source, for side: Match.Side, by actor: Actor, isByWorker: Bool,
    in transaction: Transaction
  ) throws -> MatchID {
    if !isByWorker { try checkMay(needID, source, for: side, actor, in: transaction) }
    let need = try posting(needID, .need, in: transaction)
    let (meeting, mode) = try meeting(source, need, in: transaction)
    if meeting.party == need.party { throw Problem.matchSelf }
    try checkNew(need, source, for: side, isByWorker: isByWorker, in: transaction)
    let scores = try PostingDesk(ground: ground).score(
      need, [meeting], in: transaction.community, transaction)
    guard let score = scores.first else { throw Problem.matchNotPossible }
    if try share(of: need, source, in: transaction) == 0 { throw Problem.offerTaken }
    let match = Match(
      id: transaction.newIdentifier(), need: needID, source: source, needParty: need.party,
      giveParty: meeting.party, category: need.terms.category, score: score.total, mode: mode,
      state: .proposed, agreedBy: nil, units: 0, minutes: nil, price: nil, phones: [:], failure: nil,
      revision: 0, createdAt: transaction.now,
      answerBy: MatchRules.answerBy(need, meeting, at: transaction.now))
    try MatchStore.insert(match, in: transaction)
    let acting = MatchActor(actor: actor, side: side, isByWorker: isByWorker)
    try MatchStore.note(
      match.id, .proposed, side: side, by: actor, way(match, acting), in: transaction)
    try LapseMatch.schedule(match.id, at: match.answerBy, in: transaction)
    try note("resources.propose", match, acting, in: transaction)
    try notices.proposed(match, exceptFor: isByWorker ? nil : side, in: transaction)
    return match.id
  }

  /// Residents propose only for those for whom they act, and only what residents see.
  /// - Throws: `not_found`, so that nobody learns what there is.
  private func checkMay(
    _ needID: PostingID, _ source: Match.Source, for side: Match.Side, _ actor: Actor,
    in transaction: Transaction
  ) throws {
    let desk = PostingDesk(ground: ground)
    let need = try desk.find(needID, in: transaction)
    let offer = try source.offer.map { try desk.find($0, in: transaction) }
    let (own, other) = side == .need ? (need, offer) : (offer, need)
    guard let own else { throw Problem.notFound }
    try desk.checkOwn(own, actor, in: transaction)
    guard let other else { return }
    let isOwn = try parties.own(of: actor.person, in: transaction.community, transaction)
      .contains { $0.party == other.party }
    if other.terms.visibility == .station, !isOwn { throw Problem.notFound }
  }

  /// What was proposed and is not over is not proposed again; what the other side declined only by the
  /// station, so that nobody is asked over and over.
  private func checkNew(
    _ need: Posting, _ source: Match.Source, for side: Match.Side, isByWorker: Bool,
    in transaction: Transaction
  ) throws {
    let known = try MatchStore.of(need.id, in: transaction.community, transaction)
      .filter { $0.source == source }
    if known.contains(where: { !$0.state(at: transaction.now).isOver }) { throw Problem.matchKnown }
    if isByWorker { return }
    for match in known where match.state == .declined {
      let declined = try MatchStore.decliner(of: match.id, in: transaction.community, transaction)
      if declined == side.other { throw Problem.matchKnown }
    }
  }

  /// One side says yes; with the second yes both learn of each other. What is left of the offer is decided
  /// here.
  ///
  /// - Throws: `resources.match_not_possible`, `resources.posting_closed`, `resources.offer_taken`,
  ///   `resources.credit_limit`, `form.invalid` where the hours are missing.
  func agree(
    _ id: MatchID, _ deal: MatchDeal, seen: Int64, by acting: MatchActor, in transaction: Transaction
  ) throws {
    let match = try find(id, seen: seen, by: acting, in: transaction)
    let next = try next(match, .agree, acting, in: transaction)
    let need = try posting(match.need, .need, in: transaction)
    let (meeting, _) = try meeting(match.source, need, in: transaction)
    guard meeting.party == match.giveParty else { throw Problem.postingClosed }
    let agreed = try self.deal(match, deal)
    if match.mode == .credit, let minutes = agreed.minutes {
      try CreditDesk.check(minutes, from: match.needParty, to: match.giveParty, in: transaction)
    }
    let units = try share(of: need, match.source, in: transaction)
    if units == 0 { throw Problem.offerTaken }
    let answerBy = MatchRules.answerBy(need, meeting, at: transaction.now)
    try MatchStore.agree(
      id, by: acting.side, agreed, units: next == .agreed ? units : 0, answerBy: answerBy, in: transaction)
    try move(match, to: next, acting, in: transaction)
    if next == .agreedOnce { try LapseMatch.schedule(id, at: answerBy, in: transaction) }
  }

  /// What stands after the first yes is not changed by the second.
  private func deal(_ match: Match, _ said: MatchDeal) throws -> MatchDeal {
    var deal = said
    if match.state == .agreedOnce { deal = MatchDeal(minutes: match.minutes, price: match.price) }
    if match.mode == .gift { deal.minutes = nil }
    if match.mode == .credit, deal.minutes == nil { throw Problem.matchMinutes }
    return deal
  }

  /// Declines, begins or ends.
  /// - Throws: `resources.match_not_possible`, `resources.stale`, `not_found`.
  func step(
    _ id: MatchID, _ step: MatchStep, seen: Int64, by acting: MatchActor, in transaction: Transaction
  ) throws {
    guard step == .decline || step == .begin || step == .done else { throw Problem.matchNotPossible }
    let match = try find(id, seen: seen, by: acting, in: transaction)
    let next = try next(match, step, acting, in: transaction)
    try move(match, to: next, acting, in: transaction)
    if next == .done { try settle(match, in: transaction) }
    if next.isOver { try ForgetHelp.schedule(match: id, in: transaction) }
  }

  /// Gives up what had been agreed on, and says why; what was held of the offer is free again.
  /// - Throws: as `step`.
  func fail(
    _ id: MatchID, _ failing: MatchFailing, sealing cipher: FieldCipher, seen: Int64, by acting: MatchActor,
    in transaction: Transaction
  ) throws {
    let match = try find(id, seen: seen, by: acting, in: transaction)
    let next = try next(match, .failed, acting, in: transaction)
    try move(match, to: next, failure: failing.reason, acting, in: transaction)
    if !failing.text.isEmpty {
      try MatchTalkStore.setReason(failing.text, of: id, sealing: cipher, in: transaction)
    }
    try ForgetHelp.schedule(match: id, in: transaction)
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
        try ForgetHelp.schedule(posting: id, over: transaction.now, in: transaction)
      }
    }
  }

  // MARK: - Parts

  /// - Throws: `not_found` where somebody does not act for the side.
  func find(_ id: MatchID, by acting: MatchActor, in transaction: Transaction) throws -> Match {
    guard let match = try MatchStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    if acting.isByWorker { return match }
    let sides = try parties.sides(
      of: match, for: acting.actor.person, in: transaction.community, transaction)
    guard sides.contains(acting.side) else { throw Problem.notFound }
    return match
  }

  private func find(
    _ id: MatchID, seen: Int64, by acting: MatchActor, in transaction: Transaction
  ) throws -> Match {
    let match = try find(id, by: acting, in: transaction)
    guard match.revision == seen else { throw Problem.postingStale }
    return match
  }

  private func next(
    _ match: Match, _ step: MatchStep, _ acting: MatchActor, in transaction: Transaction
  ) throws -> Match.State {
    let next = MatchRules.next(
      match.state(at: transaction.now), step, by: acting.side, agreedBy: match.agreedBy, mode: match.mode)
    guard let next else { throw Problem.matchNotPossible }
    return next
  }

  private func move(
    _ match: Match, to state: Match.State, failure: MatchFailure? = nil, _ acting: MatchActor,
    in transaction: Transaction
  ) throws {
    try MatchStore.move(match.id, to: state, failure: failure, in: transaction)
    try MatchStore.note(
      match.id, state, side: acting.side, by: acting.actor, way(match, acting), in: transaction)
    try note("resources.match_step", match, acting, purpose: state.rawValue, in: transaction)
    try notices.moved(
      match, to: state, exceptFor: acting.isByWorker ? nil : acting.side, in: transaction)
  }

  private func way(_ match: Match, _ acting: MatchActor) -> MatchWay {
    acting.isByWorker
      ? .worker : ResourceParties.way(acting.actor.person, for: match.party(acting.side))
  }

  func note(
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
    _ source: Match.Source, _ need: Posting, in transaction: Transaction
  ) throws -> (MatchSource, Posting.Mode) {
    switch source {
    case .offer(let id):
      let offer = try posting(id, .offer, in: transaction)
      let isBoth = offer.terms.mode == .credit && need.terms.mode == .credit
      return (MatchSource(offer), isBoth ? .credit : .gift)
    case .asset(let id):
      let card = try AssetDirectory(directory: ground.directory).cards(
        of: [id], in: transaction.community, transaction)[id]
      guard let card, card.category == need.terms.category,
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
