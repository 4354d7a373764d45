package import Database
import Kernel
package import Security

/// Gives every person's words a new key once a year, in the background: adds a key, writes new words with it, seals the
/// old words anew in small batches, and destroys the old key ninety days later when nothing is sealed with it any more.
///
/// Each step stands by itself, so that a program which is ended between any two of them loses nothing: the next round finds
/// what is left to do in what is stored. Source: field/reliability.md §3.5.
package struct CareKeyRotation: Sendable {
  /// Texts that one transaction seals anew: it holds the writer for some milliseconds.
  private static let batch = 100
  /// How long after its successor became current an old key is kept: copies of the database from before can so long be
  /// restored.
  package static let patience: Duration = .days(90)

  let database: Database
  let vault: Vault
  let personKeys: PersonKeyFolder
  /// Called between steps; a test ends the round there.
  let step: @Sendable () async throws -> Void

  package init(
    database: Database, vault: Vault, personKeys: PersonKeyFolder,
    step: @escaping @Sendable () async throws -> Void = {}
  ) {
    self.database = database
    self.vault = vault
    self.personKeys = personKeys
    self.step = step
  }

  /// Does what is to be done now.
  ///
  /// - Parameters:
  ///   - everything: whether keys are followed by new ones before they are a year old, as after one may have leaked.
  ///   - delay: after how long a new key is used; see `Vault.rotate`.
  /// - Returns: how many texts were sealed anew.
  @discardableResult
  package func round(everything: Bool = false, delay: Duration = .minutes(2)) async throws -> Int {
    var sealed = 0
    for scope in try await scopes() {
      guard let cipher = try await vault.existingCipher(for: scope) else { continue }
      let isDue = everything || cipher.isRotationDue(at: database.clock.now())
      // A key that was added and is not current yet: an earlier round got so far.
      if isDue, cipher.keyNumbers.max() == cipher.currentKey {
        try await step()
        try await vault.rotate(scope, delay: delay)
      }
      sealed += try await seal(scope)
      try await drop(scope)
    }
    try await endKeys(delay: delay)
    return sealed
  }

  private func scopes() async throws -> [KeyScope] {
    try await database.read { snapshot in
      let persons = try CareTextStore.sealedPersons(snapshot).map {
        KeyScope(community: $0.community, dataClass: .casework, person: $0.person)
      }
      let common = try CareTextStore.communitiesWithCommonTexts(snapshot).map {
        KeyScope(community: $0, dataClass: .casework)
      }
      return persons + common
    }
  }

  /// Seals the words of one scope with its current key.
  func seal(_ scope: KeyScope) async throws -> Int {
    var count = 0
    while let cipher = try await vault.existingCipher(for: scope) {
      try await step()
      let done = try await database.write(in: scope.community) { transaction in
        let texts = try CareTextStore.sealedOtherwise(
          than: cipher.currentKey, of: scope.person, limit: Self.batch, in: scope.community, transaction)
        // Whose keys are gone, as in an old copy of the database that was put back, stay as they are.
        let readable = texts.filter { cipher.holdsKey(of: $0.sealed) }
        for text in readable {
          let address = FieldAddress.careText(text.id, in: scope.community)
          guard let resealed = try cipher.resealed(text.sealed, at: address) else { continue }
          try CareTextStore.reseal(text, resealed, in: transaction)
        }
        return readable.count
      }
      count += done
      if done < Self.batch { break }
    }
    return count
  }

  /// Destroys the keys of a person that came before the current one, once nothing is sealed with them. The common keys of
  /// communities stay: they are no person's, and older copies of the database need them.
  private func drop(_ scope: KeyScope) async throws {
    guard scope.person != nil, let cipher = try await vault.existingCipher(for: scope),
      database.clock.now() >= cipher.currentSince + Self.patience
    else { return }
    _ = try await dropEarlierKeys(of: scope, than: cipher)
  }

  /// Destroys every key of a person before the cipher's current one, once nothing is sealed with them.
  /// - Returns: false where something is.
  func dropEarlierKeys(of scope: KeyScope, than cipher: FieldCipher) async throws -> Bool {
    let old = cipher.keyNumbers.filter { $0 < cipher.currentKey }
    guard !old.isEmpty else { return true }
    let isUsed = try await database.read { snapshot in
      try !CareTextStore.sealedOtherwise(
        than: cipher.currentKey, of: scope.person, limit: 1, in: scope.community, snapshot
      ).isEmpty
    }
    if isUsed { return false }
    for id in old.sorted() {
      try await step()
      try await personKeys.drop(scope, id: id)
    }
    vault.forget(scope)
    return true
  }
}
