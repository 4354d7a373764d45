package import Database
package import Kernel
package import People
package import Security

/// An entry of the asset map as it is made in one step.
package struct AssetEntry: Sendable {
  /// What a person's gift is of, as ``Asset/Gift`` names it.
  package enum Gift: String, Sendable, CaseIterable {
    case head
    case hand
    case heart
  }

  /// Who sees it, as ``Asset/Visibility`` names it.
  package enum Audience: String, Sendable, CaseIterable {
    case `private`
    case station
    case residents
    case everybody = "public"
  }

  package let kind: Asset.Kind
  package let name: Phrase
  package let description: String
  package let holder: Party?
  package var gift: Gift?
  package var isTaught = false
  package var category: ResourceCategory?
  package var place: PlaceID?
  package var placeWords = ""
  /// When it can be had, in words.
  package var times = ""
  package var capacity: Int64?
  package var conditions = ""
  package var tags: [String] = []
  package var audience = Audience.residents
  /// Whether a question goes to the holder through a message here; through the station otherwise.
  package var isAskedByMessage = false

  package init(_ kind: Asset.Kind, _ name: Phrase, _ description: String, of holder: Party? = nil) {
    self.kind = kind
    self.name = name
    self.description = description
    self.holder = holder
  }

  fileprivate func terms() throws -> AssetTerms {
    guard let visibility = Asset.Visibility(rawValue: audience.rawValue) else { throw Problem.internalFault }
    return AssetTerms(
      kind: kind, gift: gift.flatMap { Asset.Gift(rawValue: $0.rawValue) }, isTaught: isTaught, name: name,
      category: category, holder: holder, tags: tags, place: place, placeWords: placeWords,
      availability: AssetAvailability(words: times), capacity: capacity, conditions: conditions,
      contact: isAskedByMessage ? .message : .station, visibility: visibility)
  }
}

/// A question about an entry that was asked, to be answered.
package struct AskedQuestion: Sendable {
  let id: AssetQuestionID
}

/// Entries of the asset map made from elsewhere in the program, by the rules of its desks.
package struct AssetEntries: Sendable {
  let map: AssetMap

  /// What seals what is written of people.
  /// - Throws: what the storage of keys throws.
  package func cipher(of community: CommunityID) async throws -> FieldCipher {
    try await map.ground.cipher(community)
  }

  /// The station writes something down and makes sure of it.
  /// - Throws: as the desk of the map.
  package func enter(
    _ entry: AssetEntry, sealing cipher: FieldCipher, by actor: Actor, in transaction: Transaction
  ) throws -> AssetID {
    let id = try map.desk.make(
      try entry.terms(), description: entry.description, sealing: cipher, by: actor, in: transaction)
    try map.desk.verify(id, seen: 0, by: actor, in: transaction)
    return id
  }

  /// Somebody offers what is theirs and agrees that neighbours see it; of what they keep to themselves nothing is asked.
  /// - Throws: as the desk of the map.
  package func offer(
    _ entry: AssetEntry, sealing cipher: FieldCipher, by person: PersonID, in transaction: Transaction
  ) throws -> AssetID {
    try map.desk.offer(
      try entry.terms(), description: entry.description, agrees: entry.audience != .private, sealing: cipher,
      by: person, in: transaction)
  }

  /// The station makes sure of what somebody offered.
  /// - Throws: as the desk of the map.
  package func verify(_ id: AssetID, by actor: Actor, in transaction: Transaction) throws {
    guard let asset = try AssetStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    try map.desk.verify(id, seen: asset.revision, by: actor, in: transaction)
  }

  /// - Throws: as the desk of questions.
  package func ask(
    _ text: String, about id: AssetID, sealing cipher: FieldCipher, by person: PersonID,
    in transaction: Transaction
  ) throws -> AskedQuestion {
    AskedQuestion(
      id: try map.questions.ask(text, about: id, sealing: cipher, by: person, in: transaction))
  }

  /// The one who was asked answers; the station where it was asked.
  /// - Throws: as the desk of questions.
  package func answer(
    _ question: AskedQuestion, _ text: String, sealing cipher: FieldCipher, by actor: Actor,
    in transaction: Transaction
  ) throws {
    try map.questions.answer(
      question.id, text, sealing: cipher, by: actor, asStation: ResourceStaff.roles.contains(actor.role),
      in: transaction)
  }
}

extension Resources {
  /// Where entries of the asset map are made from elsewhere in the program.
  package var assetEntries: AssetEntries { AssetEntries(map: assets) }
}
