package import Kernel

/// What a group of data is, for the choice of its key: losing or destroying one key loses this group alone.
package enum DataClass: String, Sendable, Hashable, CaseIterable {
  /// The key that blind indexes, pickup codes and form tokens derive from; one for the whole installation.
  case derivation
  /// Names, telephone numbers and addresses.
  case contact
  /// Second factors of accounts.
  case credential
  /// Details beside the audit chain.
  case audit
  /// Who paid from which account, and what they wrote with it.
  case finance
  /// Casework; with a person in its scope, so that one person's case can be made unreadable for ever.
  case casework
  /// Health and wellbeing.
  case health
  /// What people answer in questionnaires and say in interviews.
  case survey
  /// Votes until they are counted.
  case ballot
}

/// What a data key encrypts.
package struct KeyScope: Sendable, Hashable {
  package let community: CommunityID
  package let dataClass: DataClass
  /// Where one person's data has its own key; nil where a community shares one.
  package let person: PersonID?

  package init(community: CommunityID, dataClass: DataClass, person: PersonID? = nil) {
    self.community = community
    self.dataClass = dataClass
    self.person = person
  }

  /// A stable spelling, unique for each scope; fit to be a database key.
  package var text: String {
    "\(community)|\(dataClass.rawValue)|\(person.map { $0.description } ?? "")"
  }
}

/// A data key as it is stored: useless without the key-encryption key.
package struct WrappedKey: Sendable, Hashable {
  package let scope: KeyScope
  /// 1, 2, 3 … within its scope; written into every value that the key encrypts.
  package let id: UInt32
  /// nonce(12) ‖ ciphertext(32) ‖ tag(16); empty once the key was destroyed.
  package let bytes: [UInt8]
  /// The moment from which new values are encrypted with this key.
  package let activeFrom: Timestamp

  package init(scope: KeyScope, id: UInt32, bytes: [UInt8], activeFrom: Timestamp) {
    self.scope = scope
    self.id = id
    self.bytes = bytes
    self.activeFrom = activeFrom
  }

  /// What stays of the key when its values shall never be read again, old backups of them included. The row remains,
  /// so that no new key takes its number.
  package var destroyed: WrappedKey {
    WrappedKey(scope: scope, id: id, bytes: [], activeFrom: activeFrom)
  }

  /// The same data key under another key-encryption key: what changing the key file does to each stored row.
  /// - Throws: `vault.wrong_key` when `old` did not wrap it.
  package func rewrapped(from old: KeyEncryptionKey, to new: KeyEncryptionKey) throws -> WrappedKey {
    if bytes.isEmpty { return self }
    return WrappedKey(
      scope: scope, id: id, bytes: try new.wrap(old.unwrap(self), scope: scope, id: id),
      activeFrom: activeFrom)
  }
}

/// Where wrapped keys are kept; filled in by whoever owns the table.
package struct WrappedKeyStorage: Sendable {
  /// All keys of a scope, in any order.
  package let load: @Sendable (KeyScope) async throws -> [WrappedKey]
  /// Stores a key durably; false when this scope has a key of this number already (then nothing changes).
  package let save: @Sendable (WrappedKey) async throws -> Bool

  package init(
    load: @escaping @Sendable (KeyScope) async throws -> [WrappedKey],
    save: @escaping @Sendable (WrappedKey) async throws -> Bool
  ) {
    self.load = load
    self.save = save
  }
}
