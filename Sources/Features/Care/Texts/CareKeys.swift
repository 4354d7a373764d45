import Database
package import Kernel
package import Security

/// The keys of what is written about people: one for each person, and one of the community for what is about a group.
package struct CareKeys: Sendable {
  let vault: Vault

  package init(vault: Vault) {
    self.vault = vault
  }

  private func scope(_ person: PersonID?, _ community: CommunityID) -> KeyScope {
    KeyScope(community: community, dataClass: .casework, person: person)
  }

  /// What seals words about this person, fetched before the transaction in which it is used.
  /// - Throws: `care.person_deleted` where the person's key was destroyed, and what the storage of keys throws.
  package func sealing(_ person: PersonID?, in community: CommunityID) async throws -> CareSeal {
    guard let seal = try await sealingUnlessDeleted(person, in: community) else {
      throw Problem.carePersonDeleted
    }
    return seal
  }

  /// The same; nil where the person's key was destroyed, for what goes on without words about them.
  func sealingUnlessDeleted(_ person: PersonID?, in community: CommunityID) async throws -> CareSeal? {
    do {
      return CareSeal(
        person: person, community: community, cipher: try await vault.cipher(for: scope(person, community)))
    } catch let problem as Problem where problem.code == "vault.key_unknown" && person != nil {
      return nil
    }
  }

  /// What opens the words about these persons. Those whose keys were destroyed stay closed.
  package func opening(
    _ persons: some Sequence<PersonID?>, in community: CommunityID
  ) async throws -> CareOpener {
    var ciphers: [PersonID?: FieldCipher] = [:]
    for person in Set(persons) {
      ciphers[person] = try await vault.existingCipher(for: scope(person, community))
    }
    return CareOpener(community: community, ciphers: ciphers)
  }
}

/// Seals words about one person.
package struct CareSeal: Sendable {
  let person: PersonID?
  let community: CommunityID
  let cipher: FieldCipher

  /// Seals a document and keeps it.
  /// - Returns: the text's identifier, for the row that it belongs to.
  func write(
    _ document: CareDocument, case caseID: CaseID? = nil, _ sensitivity: Sensitivity,
    reader: PersonID? = nil, by author: PersonID, in transaction: Transaction
  ) throws -> CareTextID {
    let id: CareTextID = transaction.newIdentifier()
    let sealed = try cipher.seal(bytes: document.bytes, at: .careText(id, in: community))
    let terms = CareTextTerms(
      person: person, caseID: caseID, sensitivity: sensitivity, reader: reader, author: author)
    try CareTextStore.insert(id, sealed, terms, in: transaction)
    return id
  }
}

/// Opens words about some persons.
package struct CareOpener: Sendable {
  let community: CommunityID
  let ciphers: [PersonID?: FieldCipher]

  /// Nil for words whose key was destroyed: the person's last one, or one before it, as an old copy of the database may
  /// bring them back.
  /// - Throws: `vault.value_damaged` for words that were changed.
  func open(_ text: CareText) throws -> CareDocument? {
    guard let cipher = ciphers[text.person] else { return nil }
    if text.person != nil, !cipher.holdsKey(of: text.sealed) { return nil }
    return try CareDocument(bytes: cipher.openBytes(text.sealed, at: .careText(text.id, in: community)))
  }

  /// The texts that are still there to be read, by their identifiers.
  func open(_ texts: [CareText]) throws -> [CareTextID: CareDocument] {
    var documents: [CareTextID: CareDocument] = [:]
    for text in texts { documents[text.id] = try open(text) }
    return documents
  }
}

extension FieldCipher {
  /// Whether the key that a stored value names is still there. A value too short to name one was damaged, which opening it
  /// tells.
  func holdsKey(of value: [UInt8]) -> Bool {
    Self.keyIdentifier(of: value).map { keyNumbers.contains($0) } ?? true
  }
}

extension Problem {
  static let carePersonDeleted = Problem(
    "care.person_deleted", status: 409,
    Phrase("写本人的话已经全部删除，不能再写了。", "All words about this person were deleted, and no more can be written."),
    advice: Phrase("这个个案留着的只有次数和日期。", "Counts and dates are all that is left of the case."))
}
