import Crypto
package import Kernel

/// The place of an encrypted value. It is authenticated with the value, so that a ciphertext moved to another row,
/// column or community does not open.
package struct FieldAddress: Sendable, Hashable {
  package let table: String
  package let column: String
  package let row: String
  package let community: CommunityID

  package init<Row>(
    _ table: StaticString, _ column: StaticString, row: Identifier<Row>, community: CommunityID
  ) {
    self.table = table.description
    self.column = column.description
    self.row = row.description
    self.community = community
  }

  /// `table|column|row-id|community|ver`; none of the parts can contain a bar.
  func authenticated(version: UInt8) -> [UInt8] {
    Array("\(table)|\(column)|\(row)|\(community)|\(version)".utf8)
  }
}

/// Encrypts and opens the values of one scope: AES-256-GCM with a random nonce.
///
/// A value is `ver(1) ‖ key_id(4) ‖ nonce(12) ‖ ciphertext ‖ tag(16)`. Opening needs no waiting, so a cipher fetched
/// before a transaction is used inside it.
package struct FieldCipher: Sendable {
  static let version: UInt8 = 1
  /// Bytes that a value is longer than its text.
  package static let overhead = 33

  struct DataKey: Sendable {
    let id: UInt32
    let activeFrom: Timestamp
    let key: SymmetricKey
  }

  private let keys: [UInt32: SymmetricKey]
  private let newest: DataKey

  /// Nil when no key is active yet.
  init?(keys: [DataKey], at moment: Timestamp) {
    guard let newest = keys.filter({ $0.activeFrom <= moment }).max(by: { $0.id < $1.id }) else { return nil }
    self.newest = newest
    self.keys = Dictionary(keys.map { ($0.id, $0.key) }, uniquingKeysWith: { first, _ in first })
  }

  /// The number of the key that new values get.
  package var currentKey: UInt32 { newest.id }

  /// Whether the current key is a year old and should be followed by another (well before 2^32 random nonces).
  package func isRotationDue(at moment: Timestamp) -> Bool {
    moment - newest.activeFrom >= .days(365)
  }

  package func seal(_ text: String, at address: FieldAddress) throws -> [UInt8] {
    try seal(bytes: Array(text.utf8), at: address)
  }

  package func seal(bytes: [UInt8], at address: FieldAddress) throws -> [UInt8] {
    let sealed = try AES.GCM.seal(
      bytes, using: newest.key, authenticating: address.authenticated(version: Self.version))
    return [Self.version] + BigEndian.bytes(newest.id) + Array(sealed.nonce) + sealed.ciphertext + sealed.tag
  }

  /// - Throws: `vault.value_damaged` when the value was changed, cut or moved here from another place;
  ///   `vault.key_unknown` when its key is not (or no longer) among the keys of this scope.
  package func open(_ value: [UInt8], at address: FieldAddress) throws -> String {
    guard let text = String(validating: try openBytes(value, at: address), as: UTF8.self) else {
      throw Problem.vaultValueDamaged
    }
    return text
  }

  /// As `open`, for values that are no text.
  package func openBytes(_ value: [UInt8], at address: FieldAddress) throws -> [UInt8] {
    guard value.count >= Self.overhead, value[0] == Self.version, let id = Self.keyIdentifier(of: value)
    else {
      throw Problem.vaultValueDamaged
    }
    guard let key = keys[id] else { throw Problem.vaultKeyUnknown }
    guard let box = try? AES.GCM.SealedBox(combined: value.dropFirst(5)),
      let content = try? AES.GCM.open(
        box, using: key, authenticating: address.authenticated(version: value[0]))
    else { throw Problem.vaultValueDamaged }
    return Array(content)
  }

  /// The four bytes with which a stored value names its key, from its second byte on: for queries that look for values
  /// under another key.
  package static func keyMark(_ id: UInt32) -> [UInt8] { BigEndian.bytes(id) }

  /// The moment from which new values get the current key.
  package var currentSince: Timestamp { newest.activeFrom }

  /// The numbers of all keys that can be opened with, the current one among them.
  package var keyNumbers: Set<UInt32> { Set(keys.keys) }

  /// The number of the key that a stored value names; nil when it is too short to be one.
  package static func keyIdentifier(of value: [UInt8]) -> UInt32? {
    guard value.count >= overhead else { return nil }
    return BigEndian.number(value[1..<5], as: UInt32.self)
  }

  /// The value under the current key, or nil when it is there already: one step of a rotation.
  /// - Throws: as `open`.
  package func resealed(_ value: [UInt8], at address: FieldAddress) throws -> [UInt8]? {
    if Self.keyIdentifier(of: value) == newest.id { return nil }
    return try seal(bytes: openBytes(value, at: address), at: address)
  }
}

extension Problem {
  static let vaultValueDamaged = Problem(
    "vault.value_damaged", status: 500,
    Phrase("有一条加密的内容读不出来，可能被改动过。", "An encrypted entry cannot be read; it may have been changed."),
    advice: Phrase("请联系系统管理员运行 nuanlin check。", "Please ask the operator to run nuanlin check."))

  static let vaultKeyUnknown = Problem(
    "vault.key_unknown", status: 500,
    Phrase("这条内容的密钥已经不在了，读不出来。", "The key of this entry is no longer there, so it cannot be read."),
    advice: Phrase("如果它不是按规定销毁的，请联系系统管理员。", "If it was not destroyed on purpose, please tell the operator."))
}
