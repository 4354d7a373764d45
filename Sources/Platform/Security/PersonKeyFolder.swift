import Foundation
import Kernel

/// Keeps the wrapped keys of single persons in a folder of their own, one file for each key, outside database and
/// backups: once a person's keys are destroyed here, no copy of the database, however old, can show their texts.
///
/// Programs that share a database share the folder too; a lock lets one of them change it at a time. What is destroyed
/// is overwritten where it lies. A drive that keeps snapshots keeps older keys with them, like any older copy.
package struct PersonKeyFolder: Sendable {
  package let path: String
  private let threads = BoundedThreads(threads: 2, waiting: 1024)

  /// - Parameter path: a folder that its owner alone may use (mode 0700); it is made when the first key is stored.
  package init(path: String) {
    self.path = path
  }

  /// All keys of a person's scope; a destroyed key is there without its bytes.
  /// - Throws: `vault.person_keys_open_to_others`, `vault.person_keys_unreadable`, `vault.person_key_damaged`.
  package func load(_ scope: KeyScope) async throws -> [WrappedKey] {
    guard scope.person != nil else { throw Problem.internalFault }
    return try await reading(orElse: []) { try $0.keys(of: scope) }
  }

  /// Stores a key durably, in whole or not at all. The numbers of a scope have no gaps.
  /// - Returns: false when this scope has a key of this number already, destroyed or not; then nothing changes.
  /// - Throws: `vault.person_keys_open_to_others`, `vault.person_keys_not_written`.
  package func save(_ key: WrappedKey) async throws -> Bool {
    try await changing { try $0.add(key) }
  }

  /// Makes everything that this person's keys encrypted unreadable for ever. What stays are empty files, so that no
  /// new key takes their numbers. A scope that never had a key gets such a file too: a database of former times that
  /// is put back cannot get a key for somebody who is gone.
  ///
  /// Done again it does no harm; interrupted, it has to be done again. A vault that used the keys has to forget them
  /// afterwards (`Vault.forget`); vaults of other programs do so within a minute.
  /// - Returns: how many keys were destroyed.
  /// - Throws: `vault.person_keys_open_to_others`, `vault.person_keys_not_written`.
  @discardableResult
  package func destroy(_ scope: KeyScope) async throws -> Int {
    try await changing { try $0.destroy(scope) }
  }

  /// Destroys one key of a scope: after a rotation, when no value uses it any more.
  /// - Throws: as `destroy`.
  package func drop(_ scope: KeyScope, id: UInt32) async throws {
    try await changing { try $0.drop(KeyFileName(scope, id)) }
  }

  /// The scopes that have any key, destroyed ones included: what the database names must be among them.
  /// - Throws: `vault.person_keys_open_to_others`, `vault.person_keys_unreadable`.
  package func scopes() async throws -> Set<KeyScope> {
    try await reading(orElse: []) { Set(try $0.names().filter { !$0.isTemporary }.map(\.scope)) }
  }

  /// Whether the scope had keys, or was to have none, and all are destroyed.
  /// - Throws: as `load`.
  package func isDestroyed(_ scope: KeyScope) async throws -> Bool {
    let keys = try await load(scope)
    return !keys.isEmpty && keys.allSatisfy { $0.bytes.isEmpty }
  }

  /// Puts every key under another key-encryption key. Interrupted, it can be started again.
  /// - Returns: how many keys were under the old one.
  /// - Throws: `vault.wrong_key` for a key that neither of the two opens, and as `load` and `save`.
  @discardableResult
  package func rewrap(from old: KeyEncryptionKey, to new: KeyEncryptionKey) async throws -> Int {
    let names = try await reading(orElse: []) { try $0.names().filter { !$0.isTemporary } }
    if names.isEmpty { return 0 }
    try await changing { try $0.removeTemporaries() }
    var count = 0
    // The lock is taken for each key alone, so that nobody waits for all of them.
    for name in names where try await changing({ try $0.rewrap(name, from: old, to: new) }) { count += 1 }
    try await changing { try $0.flush() }
    return count
  }

  /// The folder as a vault's storage, for scopes of single persons alone.
  package var storage: WrappedKeyStorage {
    WrappedKeyStorage(load: { try await load($0) }, save: { try await save($0) })
  }

  private func reading<Value: Sendable>(
    orElse nothing: Value, _ body: @escaping @Sendable (OpenKeyFolder) throws -> Value
  ) async throws -> Value {
    try await threads.run(busy: .personKeysBusy) { [path] in
      guard let folder = try OpenKeyFolder(path) else { return nothing }
      return try body(folder)
    }
  }

  private func changing<Value: Sendable>(
    _ body: @escaping @Sendable (OpenKeyFolder) throws -> Value
  ) async throws -> Value {
    try await threads.run(busy: .personKeysBusy) { [path] in
      let folder = try OpenKeyFolder.making(path)
      return try folder.locked { try body(folder) }
    }
  }
}

extension WrappedKeyStorage {
  /// Sends the keys of single persons to the folder; all others stay where they are.
  package func withPersons(_ folder: PersonKeyFolder) -> WrappedKeyStorage {
    let persons = folder.storage
    return WrappedKeyStorage(
      load: { try await ($0.person == nil ? self : persons).load($0) },
      save: { try await ($0.scope.person == nil ? self : persons).save($0) })
  }
}

/// `<community>-<class>-<person>.<id>`, and behind it `.<random>.new` while the file is being written.
private struct KeyFileName: Sendable {
  let scope: KeyScope
  let id: UInt32
  let isTemporary: Bool
  let text: String

  /// - Throws: `internal` for a scope that is not one person's.
  init(_ scope: KeyScope, _ id: UInt32) throws {
    guard let person = scope.person else { throw Problem.internalFault }
    self.scope = scope
    self.id = id
    isTemporary = false
    text = "\(scope.community)-\(scope.dataClass.rawValue)-\(person).\(id)"
  }

  /// Nil for any other file that may lie in the folder.
  init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 4 && parts[3] == "new" else { return nil }
    let names = parts[0].split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    guard names.count == 3, let community = CommunityID(names[0]),
      let dataClass = DataClass(rawValue: names[1]),
      let person = PersonID(names[2]), let id = UInt32(parts[1]), String(id) == parts[1]
    else { return nil }
    scope = KeyScope(community: community, dataClass: dataClass, person: person)
    self.id = id
    isTemporary = parts.count == 4
    self.text = text
  }

  /// A name that no other program chooses.
  func temporary() -> String { "\(text).\(Hexadecimal.encode(RandomBytes.make(8))).new" }
}

/// What a key's file holds: version(1) ‖ active_from in microseconds(8) ‖ wrapped key(60).
private enum KeyFileContent {
  static let version: UInt8 = 1
  static let wrapped = 60
  static let length = 9 + wrapped

  static func bytes(of key: WrappedKey) throws -> [UInt8] {
    guard key.bytes.count == wrapped else { throw Problem.internalFault }
    return [version] + BigEndian.bytes(key.activeFrom.microseconds) + key.bytes
  }

  /// A destroyed key is an empty file, or one of zeros where a power cut came before it was cut to nothing.
  static func key(_ bytes: [UInt8], _ name: KeyFileName) throws -> WrappedKey {
    if bytes.allSatisfy({ $0 == 0 }) {
      return WrappedKey(scope: name.scope, id: name.id, bytes: [], activeFrom: Timestamp(microseconds: 0))
    }
    guard bytes.count == length, bytes[0] == version else { throw Problem.personKeyDamaged }
    return WrappedKey(
      scope: name.scope, id: name.id, bytes: Array(bytes[9...]),
      activeFrom: Timestamp(microseconds: BigEndian.number(bytes[1..<9], as: Int64.self)))
  }
}

/// The folder while one operation uses it. Everything here blocks.
private final class OpenKeyFolder {
  private static let block = 4096
  private let path: String
  private let folder: Int32

  /// Nil when there is no such folder.
  init?(_ path: String) throws {
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if folder < 0, errno == ENOENT { return nil }
    guard folder >= 0 else { throw Problem.personKeysUnreadable }
    self.path = path
    self.folder = folder
    var status = stat()
    guard fstat(folder, &status) == 0 else { throw Problem.personKeysUnreadable }
    guard status.st_mode & 0o077 == 0 else { throw Problem.personKeysOpenToOthers }
  }

  deinit { close(folder) }

  /// Opens the folder, and makes it when there is none.
  static func making(_ path: String) throws -> OpenKeyFolder {
    if access(path, F_OK) != 0, mkdir(path, 0o700) == 0 {
      // Without this a power cut may lose the folder, and with it all keys that were stored meanwhile.
      let parent = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
      guard parent >= 0 else { throw Problem.personKeysNotWritten }
      defer { close(parent) }
      guard fsync(parent) == 0 else { throw Problem.personKeysNotWritten }
    }
    guard let folder = try OpenKeyFolder(path) else { throw Problem.personKeysNotWritten }
    return folder
  }

  /// Keeps all other programs, and threads of this one, from changing the folder meanwhile: what destroys keys must
  /// never meet what writes them.
  func locked<Value>(_ body: () throws -> Value) throws -> Value {
    let lock = openat(folder, ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else { throw Problem.personKeysNotWritten }
    defer { close(lock) }
    while flock(lock, LOCK_EX) != 0 {
      guard errno == EINTR else { throw Problem.personKeysNotWritten }
    }
    return try body()
  }

  /// Makes sure that names which came or went are so on the disk.
  func flush() throws {
    guard fsync(folder) == 0 else { throw Problem.personKeysNotWritten }
  }

  // MARK: - Reading

  /// Every key and every temporary file in the folder, in any order.
  func names() throws -> [KeyFileName] {
    guard let entries = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      throw Problem.personKeysUnreadable
    }
    return entries.compactMap { KeyFileName($0) }
  }

  /// Numbers have no gaps, so that nobody needs to go through all persons to find the keys of one.
  func keys(of scope: KeyScope) throws -> [WrappedKey] {
    var keys: [WrappedKey] = []
    for id in 1...UInt32.max {
      guard let key = try key(KeyFileName(scope, id)) else { break }
      keys.append(key)
    }
    return keys
  }

  private func key(_ name: KeyFileName) throws -> WrappedKey? {
    let file = openat(folder, name.text, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    if file < 0, errno == ENOENT { return nil }
    guard file >= 0 else { throw Problem.personKeysUnreadable }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: Self.block)
    let count = read(file, &bytes, Self.block)
    guard count >= 0 else { throw Problem.personKeysUnreadable }
    guard count < Self.block else { throw Problem.personKeyDamaged }
    return try KeyFileContent.key(Array(bytes.prefix(count)), name)
  }

  // MARK: - Writing

  func add(_ key: WrappedKey) throws -> Bool {
    let name = try KeyFileName(key.scope, key.id)
    guard try key.id == 1 || key.id > 1 && exists(KeyFileName(key.scope, key.id - 1)) else {
      throw Problem.internalFault
    }
    let temporary = try write(KeyFileContent.bytes(of: key), for: name)
    let failure = linkat(folder, temporary, folder, name.text, 0) == 0 ? 0 : errno
    unlinkat(folder, temporary, 0)
    guard failure == 0 || failure == EEXIST else { throw Problem.personKeysNotWritten }
    // Also for a key that another program has just stored: it is used from now on.
    try flush()
    return failure == 0
  }

  /// - Returns: false when the new key wraps this one already, or it is destroyed.
  func rewrap(_ name: KeyFileName, from old: KeyEncryptionKey, to new: KeyEncryptionKey) throws -> Bool {
    guard let key = try key(name), !key.bytes.isEmpty, (try? new.unwrap(key)) == nil else { return false }
    let temporary = try write(KeyFileContent.bytes(of: key.rewrapped(from: old, to: new)), for: name)
    guard renameat(folder, temporary, folder, name.text) == 0 else {
      unlinkat(folder, temporary, 0)
      throw Problem.personKeysNotWritten
    }
    return true
  }

  /// Takes away what interrupted programs left. Their content stays untouched: such a file may be a second name of a
  /// key that is in use.
  func removeTemporaries() throws {
    for name in try names() where name.isTemporary { unlinkat(folder, name.text, 0) }
    try flush()
  }

  private func exists(_ name: KeyFileName) -> Bool { faccessat(folder, name.text, F_OK, 0) == 0 }

  /// Writes a file that no program takes for a key yet, and makes sure that it is on the disk.
  private func write(_ bytes: [UInt8], for name: KeyFileName) throws -> String {
    let temporary = name.temporary()
    let file = openat(folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw Problem.personKeysNotWritten }
    defer { close(file) }
    guard Foundation.write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0 else {
      unlinkat(folder, temporary, 0)
      throw Problem.personKeysNotWritten
    }
    return temporary
  }

  // MARK: - Destroying

  func destroy(_ scope: KeyScope) throws -> Int {
    let first = try KeyFileName(scope, 1)
    let count = try erase(names().filter { $0.scope == scope })
    // Number 1 may be missing though others are there; without it the vault would make it anew.
    let file = openat(folder, first.text, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw Problem.personKeysNotWritten }
    defer { close(file) }
    guard fsync(file) == 0 else { throw Problem.personKeysNotWritten }
    try flush()
    return count
  }

  func drop(_ name: KeyFileName) throws {
    _ = try erase(names().filter { $0.scope == name.scope && $0.id == name.id })
    try flush()
  }

  /// Empties the keys' files and takes away what was left of writing them, which holds the same.
  /// - Returns: how many keys there were.
  private func erase(_ names: [KeyFileName]) throws -> Int {
    var count = 0
    for name in names where !name.isTemporary {
      if try erase(name.text) { count += 1 }
    }
    for name in names where name.isTemporary {
      _ = try erase(name.text)
      unlinkat(folder, name.text, 0)
    }
    return count
  }

  /// Overwrites a file where it lies, so that also its other names lead to nothing, and cuts it to length zero.
  /// - Returns: false when it was empty already.
  private func erase(_ name: String) throws -> Bool {
    let file = openat(folder, name, O_WRONLY | O_NOFOLLOW | O_CLOEXEC)
    guard file >= 0 else { throw Problem.personKeysNotWritten }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw Problem.personKeysNotWritten }
    let zeros = [UInt8](repeating: 0, count: Self.block)
    for start in stride(from: 0, to: Int(status.st_size), by: Self.block) {
      let count = min(Self.block, Int(status.st_size) - start)
      guard pwrite(file, zeros, count, off_t(start)) == count else { throw Problem.personKeysNotWritten }
    }
    guard fsync(file) == 0, ftruncate(file, 0) == 0, fsync(file) == 0 else {
      throw Problem.personKeysNotWritten
    }
    return status.st_size > 0
  }
}

extension Problem {
  static let personKeysOpenToOthers = Problem(
    "vault.person_keys_open_to_others", status: 500,
    Phrase(
      "存放个人密钥的文件夹别的用户也能进，程序不会使用它。",
      "Other users can enter the folder of personal keys, so it is not used."),
    advice: Phrase("请对它执行 chmod 700 后再试。", "Please run chmod 700 on it and try again."))

  static let personKeyDamaged = Problem(
    "vault.person_key_damaged", status: 500,
    Phrase("有一个人的密钥文件损坏了。", "The file with one person's key is damaged."),
    advice: Phrase(
      "请从文件夹的最新拷贝里恢复这个文件；没有它，写这个人的内容谁也读不出来。",
      "Please restore it from the latest copy of the folder; without it nobody can read what is written about them."
    ))

  static let personKeysUnreadable = Problem(
    "vault.person_keys_unreadable", status: 500,
    Phrase("存放个人密钥的文件夹读不了。", "The folder of personal keys cannot be read."),
    advice: Phrase(
      "请检查它所在的磁盘或网络盘是否在，并且归运行程序的用户所有。",
      "Please check that its disk or network drive is there, and that it belongs to the user who runs the program."
    ))

  static let personKeysNotWritten = Problem(
    "vault.person_keys_not_written", status: 500,
    Phrase("存放个人密钥的文件夹写不进去。", "The folder of personal keys could not be written to."),
    advice: Phrase(
      "请检查磁盘是否还有空间、文件夹是否可写；网络盘要支持文件锁和硬链接。",
      "Please check that the disk has room and the folder can be written to; a network drive needs locks and hard links."
    ))

  static let personKeysBusy = Problem(
    "vault.person_keys_busy", status: 503,
    Phrase("现在要读的内容有点多。", "Much is being read right now."),
    advice: Phrase("请等几秒钟再试一次。", "Please wait a few seconds and try again."), retryAfter: 2)
}
