package import Database
package import Kernel
package import People
package import Security

/// An offer or a need as it is posted in one step.
package struct HelpEntry: Sendable {
  package let isNeed: Bool
  package let category: ResourceCategory
  package let text: String
  package let from: Timestamp
  package let to: Timestamp
  package var units: Int64?
  package var unit = ""
  package var place: PlaceID?
  package var isUrgent = false
  /// Whether hours are counted; nothing is otherwise.
  package var isCounted = false
  /// The entry of the map that it is about.
  package var asset: AssetID?

  package init(
    isNeed: Bool, _ category: ResourceCategory, _ text: String, from: Timestamp, to: Timestamp
  ) {
    self.isNeed = isNeed
    self.category = category
    self.text = text
    self.from = from
    self.to = to
  }

  fileprivate var terms: PostingTerms {
    PostingTerms(
      category: category, text: text, units: units, unit: unit, from: from, to: to, place: place,
      urgency: isUrgent ? .urgent : .calm, mode: isCounted ? .credit : .gift, asset: asset)
  }
}

/// Who does something with an offer, a need or what came of them, and for which side.
package struct HelpActor: Sendable {
  package let actor: Actor
  /// Whether the station does it for somebody.
  package let isByWorker: Bool

  package init(_ actor: Actor, isByWorker: Bool = false) {
    self.actor = actor
    self.isByWorker = isByWorker
  }
}

/// A side of a match.
package enum HelpSide: String, Sendable, CaseIterable {
  case need
  case give
}

/// What may become of help on which both agreed, beside its failure.
package enum HelpStep: Sendable, CaseIterable {
  case begin
  case done
  case decline
}

/// How a side found it.
package enum HelpRating: String, Sendable, CaseIterable {
  case good
  case fair
  case poor
}

/// Offers, needs and matches entered from elsewhere in the program, by the rules of their desks.
package struct HelpEntries: Sendable {
  let help: OffersAndNeeds

  /// What seals what is written of people.
  /// - Throws: what the storage of keys throws.
  package func cipher(of community: CommunityID) async throws -> FieldCipher {
    try await help.ground.cipher(community)
  }

  /// - Throws: as the desk of postings.
  package func post(
    _ entry: HelpEntry, of party: Party, sealing cipher: FieldCipher, by acting: HelpActor,
    in transaction: Transaction
  ) throws -> PostingID {
    try help.postings.post(
      entry.isNeed ? .need : .offer, entry.terms, of: party, sealing: cipher, by: acting.actor,
      isByWorker: acting.isByWorker, in: transaction)
  }

  /// Brings a need and an offer together.
  /// - Throws: as the desk of matches.
  package func propose(
    _ need: PostingID, _ offer: PostingID, for side: HelpSide, by acting: HelpActor,
    in transaction: Transaction
  ) throws -> MatchID {
    try help.matches.propose(
      need, .offer(offer), for: try matchSide(side), by: acting.actor, isByWorker: acting.isByWorker,
      in: transaction)
  }

  /// Brings a need and an entry of the map together.
  /// - Throws: as the desk of matches.
  package func propose(
    _ need: PostingID, asset: AssetID, for side: HelpSide, by acting: HelpActor, in transaction: Transaction
  ) throws -> MatchID {
    try help.matches.propose(
      need, .asset(asset), for: try matchSide(side), by: acting.actor, isByWorker: acting.isByWorker,
      in: transaction)
  }

  /// One side says yes.
  /// - Parameter minutes: how long it takes; needed where hours are counted.
  /// - Throws: as the desk of matches.
  package func agree(
    _ id: MatchID, _ side: HelpSide, minutes: Int64? = nil, by acting: HelpActor, in transaction: Transaction
  ) throws {
    try help.matches.agree(
      id, MatchDeal(minutes: minutes), seen: try revision(id, transaction), by: try actor(acting, side),
      in: transaction)
  }

  /// - Throws: as the desk of matches.
  package func step(
    _ id: MatchID, _ step: HelpStep, _ side: HelpSide, by acting: HelpActor, in transaction: Transaction
  ) throws {
    let taken: MatchStep =
      switch step {
      case .begin: .begin
      case .done: .done
      case .decline: .decline
      }
    try help.matches.step(
      id, taken, seen: try revision(id, transaction), by: try actor(acting, side), in: transaction)
  }

  /// What both had agreed on does not come about since something came up.
  /// - Throws: as the desk of matches.
  package func fail(
    _ id: MatchID, because text: String, _ side: HelpSide, sealing cipher: FieldCipher, by acting: HelpActor,
    in transaction: Transaction
  ) throws {
    try help.matches.fail(
      id, MatchFailing(reason: .hindered, text: text), sealing: cipher, seen: try revision(id, transaction),
      by: try actor(acting, side), in: transaction)
  }

  /// A few words to the other side.
  /// - Throws: as the desk of matches.
  package func write(
    _ text: String, in id: MatchID, _ side: HelpSide, sealing cipher: FieldCipher, by acting: HelpActor,
    in transaction: Transaction
  ) throws {
    try help.matches.write(
      text, in: id, sealing: cipher, by: try actor(acting, side), in: transaction)
  }

  /// - Throws: as the desk of matches.
  package func rate(
    _ id: MatchID, _ rating: HelpRating, _ text: String, _ side: HelpSide, sealing cipher: FieldCipher,
    by acting: HelpActor, in transaction: Transaction
  ) throws {
    guard let rating = MatchFeedback.Rating(rawValue: rating.rawValue) else { throw Problem.internalFault }
    try help.matches.giveFeedback(
      MatchFeedback(side: try matchSide(side), rating: rating, text: text), of: id, sealing: cipher,
      by: try actor(acting, side), in: transaction)
  }

  // MARK: - Parts

  private func matchSide(_ side: HelpSide) throws -> Match.Side {
    guard let side = Match.Side(rawValue: side.rawValue) else { throw Problem.internalFault }
    return side
  }

  private func actor(_ acting: HelpActor, _ side: HelpSide) throws -> MatchActor {
    MatchActor(actor: acting.actor, side: try matchSide(side), isByWorker: acting.isByWorker)
  }

  private func revision(_ id: MatchID, _ transaction: Transaction) throws -> Int64 {
    guard let match = try MatchStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    return match.revision
  }
}

extension Resources {
  /// Where offers and needs are entered from elsewhere in the program.
  package var helpEntries: HelpEntries { HelpEntries(help: offersAndNeeds) }
}
