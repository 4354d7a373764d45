import Crypto
package import Kernel
import Synchronization

/// Hands out the keys that personal data is encrypted with. Keys are made when first needed, stored wrapped, and
/// remembered in memory for a minute.
package final class Vault: Sendable {
  private struct Remembered {
    var keys: [FieldCipher.DataKey]
    var at: Timestamp
  }

  private struct Memory {
    var scopes: [KeyScope: Remembered] = [:]
    /// How often something was forgotten: what was asked of the storage before that is not remembered after it.
    var forgotten = 0
  }

  /// For how long keys are remembered before the storage is asked again.
  private static let memory: Duration = .seconds(60)
  /// Scopes remembered at one time; beyond it all are forgotten, which costs a read each.
  private static let capacity = 4096

  private let key: KeyEncryptionKey
  private let storage: WrappedKeyStorage
  private let clock: Clock
  private let remembered = Mutex(Memory())

  package init(key: KeyEncryptionKey, storage: WrappedKeyStorage, clock: Clock) {
    self.key = key
    self.storage = storage
    self.clock = clock
  }

  /// The cipher for a scope; makes the scope's first key when there is none.
  /// - Throws: `vault.wrong_key`, `vault.key_unknown` when all its keys were destroyed, and what the storage throws.
  package func cipher(for scope: KeyScope) async throws -> FieldCipher {
    let now = clock.now()
    if let cipher = FieldCipher(keys: try await keys(of: scope, at: now), at: now) { return cipher }
    throw Problem.vaultKeyUnknown
  }

  /// The cipher for reading what a scope holds; never makes a key.
  /// - Returns: nil where the scope has no key, or all its keys were destroyed.
  /// - Throws: `vault.wrong_key`, and what the storage throws.
  package func existingCipher(for scope: KeyScope) async throws -> FieldCipher? {
    let now = clock.now()
    let keys = try await keys(of: scope, at: now, makesFirst: false)
    // Another program's clock may be ahead: its key opens what it sealed although it begins later by this clock.
    return FieldCipher(keys: keys, at: keys.map(\.activeFrom).min().map { max(now, $0) } ?? now)
  }

  /// The keys for blind indexes, pickup codes and form tokens. At start-up this also proves that the key file belongs
  /// to the database: with another one nothing is handed out.
  /// - Throws: `vault.wrong_key`, and what the storage throws.
  package func derivedKeys() async throws -> DerivedKeys {
    let scope = KeyScope(community: .machine, dataClass: .derivation)
    guard let root = try await keys(of: scope, at: clock.now()).min(by: { $0.id < $1.id }) else {
      throw Problem.vaultKeyUnknown
    }
    return DerivedKeys(root: root.key)
  }

  /// Adds a key to a scope. Old values stay readable; new ones use the new key from `delay` on.
  ///
  /// - Parameter delay: with several programs on one database at least two minutes, so that every one of them knows
  ///   the key before a value needs it; zero with a single program.
  /// - Returns: the number of the new key.
  /// - Throws: `vault.rotation_conflict` when another program rotates at the same time.
  @discardableResult
  package func rotate(_ scope: KeyScope, delay: Duration = .minutes(2)) async throws -> UInt32 {
    let now = clock.now()
    let newest = try await storage.load(scope).map(\.id).max() ?? 0
    let added = try makeKey(scope, id: newest + 1, activeFrom: now + delay)
    guard try await storage.save(added) else { throw Problem.vaultRotationConflict }
    forget(scope)
    return added.id
  }

  /// Forgets the keys of a scope, so that the next use asks the storage: after its keys were destroyed. A use that
  /// asked before and is answered after it does not bring them back.
  package func forget(_ scope: KeyScope) {
    remembered.withLock { memory in
      memory.scopes[scope] = nil
      memory.forgotten += 1
    }
  }

  private func keys(
    of scope: KeyScope, at now: Timestamp, makesFirst: Bool = true
  ) async throws -> [FieldCipher.DataKey] {
    let (held, forgotten) = remembered.withLock { ($0.scopes[scope], $0.forgotten) }
    if let held, now - held.at < Self.memory, now >= held.at { return held.keys }
    var stored = try await storage.load(scope)
    if stored.isEmpty {
      // Not remembered: otherwise a scope that has no key yet would for a minute look like one whose keys are gone.
      guard makesFirst else { return [] }
      // Whether this program's key or another's was first, what is stored afterwards is the truth.
      _ = try await storage.save(try makeKey(scope, id: 1, activeFrom: now))
      stored = try await storage.load(scope)
    }
    let keys = try stored.filter { !$0.bytes.isEmpty }.map { wrapped in
      guard wrapped.scope == scope else { throw Problem.vaultWrongKey }
      return FieldCipher.DataKey(
        id: wrapped.id, activeFrom: wrapped.activeFrom, key: try key.unwrap(wrapped))
    }
    remembered.withLock { memory in
      guard memory.forgotten == forgotten else { return }
      if memory.scopes.count >= Self.capacity { memory.scopes.removeAll(keepingCapacity: true) }
      memory.scopes[scope] = Remembered(keys: keys, at: now)
    }
    return keys
  }

  private func makeKey(_ scope: KeyScope, id: UInt32, activeFrom: Timestamp) throws -> WrappedKey {
    let bytes = try key.wrap(SymmetricKey(size: .bits256), scope: scope, id: id)
    return WrappedKey(scope: scope, id: id, bytes: bytes, activeFrom: activeFrom)
  }
}

extension Problem {
  static let vaultRotationConflict = Problem(
    "vault.rotation_conflict", status: 409,
    Phrase("另一个程序正在更换同一把密钥。", "Another program is changing the same key right now."),
    advice: Phrase("请稍等片刻再试。", "Please wait a moment and try again."))
}

/// Keys that all programs on one database share, derived from one stored root with a label for each use (HKDF-SHA256).
/// Changing the key file leaves them as they are; losing it loses them.
package struct DerivedKeys: Sendable {
  /// What a message key is for.
  package enum Use: String, Sendable, CaseIterable {
    case pickupCode = "pickup-code"
    case formToken = "form-token"
    case householdCard = "household-card"
    case deviceMark = "device-mark"
    case invitation
    case signInTicket = "sign-in-ticket"
    case spokenCode = "spoken-code"
    case paperSlip = "paper-slip"
    case cursor
    case wechatBinding = "wechat-binding"
    case surveyLink = "survey-link"
    case surveyLetter = "survey-letter"
    case activityCode = "activity-code"
    case quizSeed = "quiz-seed"
  }

  private let root: SymmetricKey

  init(root: SymmetricKey) {
    self.root = root
  }

  /// Keys from 32 known bytes: for tests and for programs that need no stored secrets.
  package init(root: [UInt8]) {
    self.root = SymmetricKey(data: root)
  }

  package func messageKey(_ use: Use) -> MessageKey {
    MessageKey(derived("message/\(use.rawValue)"))
  }

  /// The blind index of one column; each column's is another, so that equal values in two tables do not show.
  package func blindIndex(table: StaticString, column: StaticString) -> BlindIndex {
    BlindIndex(derived("blind-index/\(table.description).\(column.description)"))
  }

  private func derived(_ label: String) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: root, info: Array("nuanlin/\(label)/1".utf8), outputByteCount: 32)
  }
}
