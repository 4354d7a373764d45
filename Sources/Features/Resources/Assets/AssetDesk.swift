package import Database
import Kernel
package import People
package import Security

/// Where entries are made, changed, made sure of, prolonged and withdrawn: each step is one transaction and an entry of the
/// audit chain.
package struct AssetDesk: Sendable {
  let directory: Directory
  let merchants: MerchantDirectory

  private var gate: AssetGate { AssetGate(directory: directory) }

  /// - Parameter merchants: those of the Shop, who hold entries as well.
  package init(directory: Directory, merchants: MerchantDirectory) {
    self.directory = directory
    self.merchants = merchants
  }

  // MARK: - The station

  /// - Throws: `form.invalid` for a holder that there is not, or what does not go together.
  func make(
    _ terms: AssetTerms, description: String, sealing cipher: FieldCipher, by actor: Actor,
    in transaction: Transaction
  ) throws -> AssetID {
    try check(terms, in: transaction)
    return try insert(terms, description, source: .desk, sealing: cipher, by: actor, in: transaction)
  }

  /// What is of somebody else or of another kind from now on has to be made sure of anew.
  /// - Throws: `not_found`, `resources.asset_stale`, `resources.asset_ended`, `resources.asset_not_agreed`,
  ///   `form.invalid`.
  func write(
    _ terms: AssetTerms, description: String, to id: AssetID, seen: Int64, sealing cipher: FieldCipher,
    by actor: Actor, in transaction: Transaction
  ) throws {
    let asset = try find(id, seen: seen, in: transaction)
    // Whoever may not read what a person says of themselves may not write over it either.
    if try gate.shown([asset], to: .station, in: transaction.community, transaction).isEmpty {
      throw Problem.assetNotAgreed
    }
    try check(terms, in: transaction)
    try AssetStore.update(
      terms, description: description, of: id,
      isStillVerified: AssetRules.staysVerified(asset.terms, changedTo: terms), sealing: cipher,
      in: transaction)
    try transaction.note(
      "resources.asset_change", by: actor, of: id.rawValue,
      onBehalfOf: terms.holder?.person ?? asset.terms.holder?.person)
  }

  /// The station made sure that it holds: from now on those see it for whom it is, and its time begins anew.
  /// - Throws: `not_found`, `resources.asset_stale`, `resources.asset_ended`, `resources.asset_not_agreed`.
  func verify(_ id: AssetID, seen: Int64, by actor: Actor, in transaction: Transaction) throws {
    let asset = try find(id, seen: seen, in: transaction)
    if try gate.shown([asset], in: transaction.community, transaction).isEmpty {
      throw Problem.assetNotAgreed
    }
    let end = transaction.now + AssetRules.term(asset.terms.kind)
    try AssetStore.verify(id, by: actor, until: end, in: transaction)
    try AssetJobs.schedule(id, end: end, isWithdrawn: false, in: transaction)
    try transaction.note(
      "resources.asset_verify", by: actor, of: id.rawValue, onBehalfOf: asset.terms.holder?.person)
  }

  /// - Throws: `not_found`, `resources.asset_stale`, `resources.asset_ended`.
  func withdraw(_ id: AssetID, seen: Int64, by actor: Actor, in transaction: Transaction) throws {
    try end(try find(id, seen: seen, in: transaction), by: actor, in: transaction)
  }

  // MARK: - The holder

  /// Those whose entries are somebody's to keep: their own, and those of the merchants for whom they act.
  func parties(of person: PersonID, in community: CommunityID, _ snapshot: Snapshot) throws -> [Party] {
    [.person(person)] + (try merchants.represented(person, community, snapshot).map { .merchant($0.id) })
  }

  private func actor(_ person: PersonID, for holder: Party?) -> Actor {
    Actor(person: person, role: holder?.kind == .merchant ? .merchant : .resident)
  }

  /// Somebody offers what is theirs, or what a merchant for whom they act has. Of what is theirs they say in the same form
  /// that neighbours may see it.
  /// - Throws: `form.invalid`, `consent.*`.
  func offer(
    _ terms: AssetTerms, description: String, agrees: Bool, sealing cipher: FieldCipher,
    by person: PersonID, in transaction: Transaction
  ) throws -> AssetID {
    var own = terms
    let holder = terms.holder ?? .person(person)
    own.holder = holder
    guard try parties(of: person, in: transaction.community, transaction).contains(holder) else {
      throw Problem.assetHolderUnknown
    }
    try check(own, in: transaction)
    if own.isPersonal {
      try agree(person, agrees, isNeeded: own.visibility != .private, in: transaction)
    }
    return try insert(
      own, description, source: .own, sealing: cipher, by: actor(person, for: holder), in: transaction)
  }

  /// The holder says it in other words; the station looks at them before neighbours see them.
  /// - Throws: as `confirm`, and `form.invalid`.
  func rewrite(
    _ terms: AssetTerms, description: String, of id: AssetID, seen: Int64, sealing cipher: FieldCipher,
    by person: PersonID, in transaction: Transaction
  ) throws {
    let asset = try own(id, of: person, seen: seen, in: transaction)
    let changed = asset.terms.reworded(as: terms)
    try check(changed, in: transaction)
    try AssetStore.update(
      changed, description: description, of: id, isStillVerified: false, sealing: cipher, in: transaction)
    try transaction.note(
      "resources.asset_reword", by: actor(person, for: asset.terms.holder), of: id.rawValue,
      onBehalfOf: asset.terms.holder?.person)
  }

  /// What somebody kept to themselves is offered to neighbours; the station looks at it first.
  /// - Throws: as `confirm`, and `form.invalid`, `consent.*`.
  func show(
    _ id: AssetID, seen: Int64, agrees: Bool, by person: PersonID, in transaction: Transaction
  ) throws {
    let asset = try own(id, of: person, seen: seen, in: transaction)
    guard asset.terms.visibility == .private else { throw Problem.assetStale }
    try agree(person, agrees, isNeeded: true, in: transaction)
    try AssetStore.show(id, in: transaction)
    try transaction.note(
      "resources.asset_show", by: Actor(person: person, role: .resident), of: id.rawValue,
      onBehalfOf: person)
  }

  /// A yes already given is not asked for again.
  /// - Throws: `form.invalid` naming `agrees` where a yes is needed and was neither given now nor before.
  private func agree(
    _ person: PersonID, _ agrees: Bool, isNeeded: Bool, in transaction: Transaction
  ) throws {
    if agrees { return try GiftConsent.agree(person, in: transaction) }
    if isNeeded, try gate.agreed([person], in: transaction.community, transaction).isEmpty {
      throw Problem.assetNeedsYes
    }
  }

  /// It still holds: its time begins anew.
  /// - Throws: `not_found` for what is another's, `resources.asset_stale`, `resources.asset_ended`.
  func confirm(_ id: AssetID, seen: Int64, by person: PersonID, in transaction: Transaction) throws {
    let asset = try own(id, of: person, seen: seen, in: transaction)
    let end = transaction.now + AssetRules.term(asset.terms.kind)
    try AssetStore.prolong(id, until: end, in: transaction)
    try AssetJobs.schedule(id, end: end, isWithdrawn: false, in: transaction)
    try transaction.note(
      "resources.asset_confirm", by: actor(person, for: asset.terms.holder), of: id.rawValue,
      onBehalfOf: asset.terms.holder?.person)
  }

  /// - Throws: as `confirm`.
  func withdraw(_ id: AssetID, seen: Int64, by person: PersonID, in transaction: Transaction) throws {
    let asset = try own(id, of: person, seen: seen, in: transaction)
    try end(asset, by: actor(person, for: asset.terms.holder), in: transaction)
  }

  // MARK: - Other features

  /// Keeps what another feature learnt, once for each thing that it comes of. Until the station made sure of it nobody else
  /// sees it; what is a person's is kept only while they agree that neighbours see what they offer.
  /// - Throws: `resources.asset_not_agreed`, `form.invalid`.
  @discardableResult
  package func propose(
    _ proposal: AssetProposal, sealing cipher: FieldCipher, by actor: Actor = .machine,
    in transaction: Transaction
  ) throws -> AssetID {
    let community = transaction.community
    if let source = proposal.sourceID,
      let kept = try AssetStore.find(of: proposal.source, source, in: community, transaction)
    {
      return kept
    }
    if let person = proposal.holder?.person, try gate.agreed([person], in: community, transaction).isEmpty {
      throw Problem.assetNotAgreed
    }
    var terms = AssetTerms(
      kind: proposal.kind, gift: proposal.kind == .personGift ? .hand : nil, name: proposal.name)
    terms.category = proposal.category
    terms.holder = proposal.holder
    terms.placeWords = proposal.placeWords
    terms.availability.words = proposal.timeWords
    terms.visibility = .residents
    try check(terms, in: transaction)
    return try insert(
      terms, proposal.description, source: proposal.source, sourceID: proposal.sourceID, sealing: cipher,
      by: actor, in: transaction)
  }

  // MARK: - Parts

  private func insert(
    _ terms: AssetTerms, _ description: String, source: Asset.Source, sourceID: Int64? = nil,
    sealing cipher: FieldCipher, by actor: Actor, in transaction: Transaction
  ) throws -> AssetID {
    let end = transaction.now + AssetRules.term(terms.kind)
    let asset = Asset(
      id: transaction.newIdentifier(), terms: terms, source: source, sourceID: sourceID, revision: 0,
      createdAt: transaction.now, createdBy: actor, verifiedAt: nil, verifiedBy: nil, expiresAt: end,
      withdrawnAt: nil)
    try AssetStore.insert(asset, description: description, sealing: cipher, in: transaction)
    try AssetJobs.schedule(asset.id, end: end, isWithdrawn: false, in: transaction)
    try transaction.note(
      "resources.asset_make", by: actor, of: asset.id.rawValue, onBehalfOf: terms.holder?.person,
      purpose: terms.kind.rawValue)
    return asset.id
  }

  private func end(_ asset: Asset, by actor: Actor, in transaction: Transaction) throws {
    try AssetStore.withdraw(asset.id, in: transaction)
    try AssetJobs.schedule(
      asset.id, end: min(transaction.now, asset.expiresAt), isWithdrawn: true, in: transaction)
    try transaction.note(
      "resources.asset_withdraw", by: actor, of: asset.id.rawValue,
      onBehalfOf: asset.terms.holder?.person)
  }

  private func find(_ id: AssetID, seen: Int64, in transaction: Transaction) throws -> Asset {
    guard let asset = try AssetStore.find(id, in: transaction.community, transaction),
      asset.terms.visibility != .private
    else { throw Problem.notFound }
    return try current(asset, seen: seen)
  }

  private func own(
    _ id: AssetID, of person: PersonID, seen: Int64, in transaction: Transaction
  ) throws -> Asset {
    let community = transaction.community
    guard let asset = try AssetStore.find(id, in: community, transaction), let holder = asset.terms.holder,
      try parties(of: person, in: community, transaction).contains(holder)
    else { throw Problem.notFound }
    return try current(asset, seen: seen)
  }

  private func current(_ asset: Asset, seen: Int64) throws -> Asset {
    guard asset.revision == seen else { throw Problem.assetStale }
    guard asset.withdrawnAt == nil else { throw Problem.assetEnded }
    return asset
  }

  private func check(_ terms: AssetTerms, in transaction: Transaction) throws {
    try AssetRules.check(terms)
    let community = transaction.community
    if let place = terms.place, try PlaceStore.find(place, in: community, transaction) == nil {
      throw Problem.invalid([FieldProblem("place", Phrase("没有这个地方。", "There is no such place."))])
    }
    let isThere: Bool =
      if let person = terms.holder?.person {
        try directory.displayNames(of: [person], in: community, transaction)[person] != nil
      } else if let merchant = terms.holder?.merchant {
        try merchants.cards([merchant], community, transaction)[merchant] != nil
      } else if let organisation = terms.holder?.organisation {
        try OrganisationDirectory().cards(of: [organisation], in: community, transaction)[organisation] != nil
      } else { true }
    if isThere { return }
    throw Problem.assetHolderUnknown
  }
}
