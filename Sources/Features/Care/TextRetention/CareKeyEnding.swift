import Database
import Kernel
import Security

extension CareKeyRotation {
  /// How long after a new key became current the ones before it are kept: whoever fetched one of them to seal a new case
  /// with has long written it by then.
  package static let overlap: Duration = .minutes(10)

  /// Destroys the keys of persons about whom all words were removed after their time.
  ///
  /// The person lives on and may come again, so their scope gets a new key first, and what was sealed meanwhile gets it
  /// too; then every key that sealed the removed words goes. Each step stands by itself: the next round finds what is left
  /// to do in what is stored. Where the person was deleted meanwhile, all keys are gone already.
  func endKeys(delay: Duration) async throws {
    for (community, person, asked) in try await database.read({ try TextRetentionStore.endingKeys($0) }) {
      let scope = KeyScope(community: community, dataClass: .casework, person: person)
      guard try await hasEnded(scope, asked: asked, delay: delay) else { continue }
      try await step()
      try await database.write(in: community) {
        try TextRetentionStore.keysEnded(of: person, asked: asked, in: $0)
      }
    }
  }

  private func hasEnded(_ scope: KeyScope, asked: Timestamp, delay: Duration) async throws -> Bool {
    guard let cipher = try await vault.existingCipher(for: scope) else { return true }
    guard cipher.currentSince >= asked else {
      // Otherwise a key was added already and is not current yet.
      if cipher.keyNumbers.max() == cipher.currentKey {
        try await step()
        try await vault.rotate(scope, delay: delay)
      }
      return false
    }
    guard database.clock.now() >= cipher.currentSince + Self.overlap else { return false }
    _ = try await seal(scope)
    return try await dropEarlierKeys(of: scope, than: cipher)
  }
}
