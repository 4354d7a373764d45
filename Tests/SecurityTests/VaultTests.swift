import Foundation
import Kernel
import Synchronization
import Testing

@testable import Security

/// Wrapped keys in memory, as the database would keep them.
private final class KeyTable: Sendable {
  private let rows = Mutex<[KeyScope: [UInt32: WrappedKey]]>([:])

  var storage: WrappedKeyStorage {
    WrappedKeyStorage(
      load: { scope in self.rows.withLock { Array(($0[scope] ?? [:]).values) } },
      save: { key in
        self.rows.withLock { rows in
          if rows[key.scope]?[key.id] != nil { return false }
          rows[key.scope, default: [:]][key.id] = key
          return true
        }
      })
  }

  func replaceAll(_ change: @Sendable (WrappedKey) throws -> WrappedKey) rethrows {
    try rows.withLock { rows in rows = try rows.mapValues { try $0.mapValues(change) } }
  }
}

struct VaultTests {
  private enum Row {}
  private let table = KeyTable()
  private let time = MovableClock(Timestamp(seconds: 1_800_000_000))
  private let scope = KeyScope(community: CommunityID(rawValue: 7), dataClass: .contact)

  private func key() throws -> KeyEncryptionKey { try KeyEncryptionKey(bytes: RandomBytes.make(32)) }

  private func vault(_ key: KeyEncryptionKey) -> Vault {
    Vault(key: key, storage: table.storage, clock: time.clock)
  }

  private func address(_ row: Int64, column: StaticString = "phone", community: Int64 = 7) -> FieldAddress {
    FieldAddress(
      "persons", column, row: Identifier<Row>(rawValue: row), community: CommunityID(rawValue: community))
  }

  @Test func `what was sealed opens in its place, and two seals of one text differ`() async throws {
    let cipher = try await vault(key()).cipher(for: scope)
    for text in ["", "+8613800138000", "三号楼二单元 301", String(repeating: "长", count: 5000)] {
      let value = try cipher.seal(text, at: address(1))
      #expect(value.count == text.utf8.count + FieldCipher.overhead)
      #expect(try cipher.open(value, at: address(1)) == text)
      #expect(try cipher.seal(text, at: address(1)) != value)
    }
  }

  @Test func `flipping any byte is an error`() async throws {
    let cipher = try await vault(key()).cipher(for: scope)
    let value = try cipher.seal("幸福里 3 号楼", at: address(1))
    for position in value.indices {
      for bit in 0..<8 {
        var changed = value
        changed[position] ^= 1 << UInt8(bit)
        #expect(throws: Problem.self) { try cipher.open(changed, at: address(1)) }
      }
    }
    for length in 0..<value.count {
      #expect(throws: Problem.vaultValueDamaged) {
        try cipher.open(Array(value.prefix(length)), at: address(1))
      }
    }
  }

  @Test func `a value moved to another row, column or community is an error`() async throws {
    let cipher = try await vault(key()).cipher(for: scope)
    let value = try cipher.seal("张阿姨", at: address(1))
    for place in [address(2), address(1, column: "name"), address(1, community: 8)] {
      #expect(throws: Problem.vaultValueDamaged) { try cipher.open(value, at: place) }
    }
  }

  @Test func `communities, classes and persons have keys of their own`() async throws {
    let vault = vault(try key())
    let value = try await vault.cipher(for: scope).seal("甲", at: address(1))
    let others = [
      KeyScope(community: CommunityID(rawValue: 8), dataClass: .contact),
      KeyScope(community: scope.community, dataClass: .health),
      KeyScope(community: scope.community, dataClass: .contact, person: PersonID(rawValue: 1)),
    ]
    for other in others {
      let cipher = try await vault.cipher(for: other)
      #expect(throws: Problem.vaultValueDamaged) { try cipher.open(value, at: address(1)) }
    }
  }

  @Test func `another key file is refused with a clear text`() async throws {
    _ = try await vault(key()).derivedKeys()
    let other = vault(try key())
    await #expect(throws: Problem.vaultWrongKey) { try await other.derivedKeys() }
  }

  @Test func `after a rotation old values open and new ones use the new key`() async throws {
    let vault = vault(try key())
    let old = try await vault.cipher(for: scope).seal("旧", at: address(1))
    #expect(try await vault.rotate(scope) == 2)
    let waiting = try await vault.cipher(for: scope)
    #expect(waiting.currentKey == 1)
    time.advance(by: .minutes(2))
    let cipher = try await vault.cipher(for: scope)
    #expect(cipher.currentKey == 2)
    #expect(try cipher.open(old, at: address(1)) == "旧")
    let moved = try #require(try cipher.resealed(old, at: address(1)))
    #expect(FieldCipher.keyIdentifier(of: moved) == 2)
    #expect(try cipher.open(moved, at: address(1)) == "旧")
    #expect(try cipher.resealed(moved, at: address(1)) == nil)
  }

  @Test func `a program that has not seen the rotation yet reads every value written meanwhile`() async throws
  {
    let shared = try key()
    let (here, there) = (vault(shared), vault(shared))
    _ = try await there.cipher(for: scope)
    try await here.rotate(scope)
    for second in 0..<200 as Range<Int64> {
      let value = try await here.cipher(for: scope).seal("\(second)", at: address(second))
      #expect(try await there.cipher(for: scope).open(value, at: address(second)) == "\(second)")
      time.advance(by: .seconds(1))
    }
    #expect(try await here.cipher(for: scope).currentKey == 2)
  }

  @Test func `programs that meet a new scope together end with one key`() async throws {
    let shared = try key()
    let vaults = (0..<8).map { _ in vault(shared) }
    let values = try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for vault in vaults {
        group.addTask { try await vault.cipher(for: scope).seal("同一把", at: address(1)) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let cipher = try await vault(shared).cipher(for: scope)
    for value in values { #expect(try cipher.open(value, at: address(1)) == "同一把") }
  }

  @Test func `a new key file after rewrapping reads all, the old one nothing`() async throws {
    let (old, new) = (try key(), try key())
    let value = try await vault(old).cipher(for: scope).seal("不变", at: address(1))
    let index = try await vault(old).derivedKeys().blindIndex(table: "persons", column: "phone")
    try table.replaceAll { try $0.rewrapped(from: old, to: new) }
    #expect(try await vault(new).cipher(for: scope).open(value, at: address(1)) == "不变")
    let after = try await vault(new).derivedKeys().blindIndex(table: "persons", column: "phone")
    #expect(after.value(of: "+8613800138000") == index.value(of: "+8613800138000"))
    await #expect(throws: Problem.vaultWrongKey) { try await vault(old).cipher(for: scope) }
  }

  @Test func `destroyed keys make values unreadable and are not replaced by others of their number`()
    async throws
  {
    let vault = vault(try key())
    let value = try await vault.cipher(for: scope).seal("忘了我", at: address(1))
    table.replaceAll { $0.destroyed }
    vault.forget(scope)
    await #expect(throws: Problem.vaultKeyUnknown) { try await vault.cipher(for: scope) }
    try await vault.rotate(scope, delay: .zero)
    let cipher = try await vault.cipher(for: scope)
    #expect(throws: Problem.vaultKeyUnknown) { try cipher.open(value, at: address(1)) }
  }

  @Test func `a key is due for rotation after a year`() async throws {
    let cipher = try await vault(key()).cipher(for: scope)
    #expect(!cipher.isRotationDue(at: time.now + .days(364)))
    #expect(cipher.isRotationDue(at: time.now + .days(365)))
  }

  @Test func `a blind index finds equal values in its own column only`() throws {
    let keys = DerivedKeys(root: RandomBytes.make(32))
    let phones = keys.blindIndex(table: "persons", column: "phone")
    #expect(phones.value(of: "+8613800138000").count == 16)
    #expect(phones.value(of: "+8613800138000") == phones.value(of: "+8613800138000"))
    #expect(phones.value(of: "+8613800138000") != phones.value(of: "+8613800138001"))
    let cards = keys.blindIndex(table: "cards", column: "phone")
    #expect(cards.value(of: "+8613800138000") != phones.value(of: "+8613800138000"))
  }
}

struct KeyFileTests {
  private func withFolder(_ body: (URL) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "key-file-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder)
  }

  @Test func `a new key file is readable by its owner only and is never overwritten`() async throws {
    try await withFolder { folder in
      let path = folder.appending(path: "key").path
      let created = try KeyEncryptionKey.create(path: path)
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o400)
      let table = KeyTable()
      let clock = Clock { Timestamp(seconds: 0) }
      _ = try await Vault(key: created, storage: table.storage, clock: clock).derivedKeys()
      let loaded = try KeyEncryptionKey.load(path: path)
      _ = try await Vault(key: loaded, storage: table.storage, clock: clock).derivedKeys()
      #expect(throws: Problem.keyFileExists) { try KeyEncryptionKey.create(path: path) }
    }
  }

  @Test(arguments: [0o440, 0o404, 0o444, 0o420, 0o640, 0o777])
  func `a key file that others can use is refused`(mode: Int) async throws {
    try await withFolder { folder in
      let path = folder.appending(path: "key").path
      _ = try KeyEncryptionKey.create(path: path)
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
      #expect(throws: Problem.keyFileOpenToOthers) { try KeyEncryptionKey.load(path: path) }
    }
  }

  @Test(arguments: [0, 1, 31, 33, 4096])
  func `a file of another length is no key`(length: Int) async throws {
    try await withFolder { folder in
      let path = folder.appending(path: "key").path
      let made = FileManager.default.createFile(
        atPath: path, contents: Data(RandomBytes.make(length)), attributes: [.posixPermissions: 0o400])
      #expect(made)
      #expect(throws: Problem.keyFileDamaged) { try KeyEncryptionKey.load(path: path) }
    }
  }

  @Test func `a missing file and a folder are told apart from a damaged one`() async throws {
    try await withFolder { folder in
      #expect(throws: Problem.keyFileMissing) {
        try KeyEncryptionKey.load(path: folder.appending(path: "none").path)
      }
      #expect(throws: Problem.keyFileDamaged) { try KeyEncryptionKey.load(path: folder.path) }
      #expect(throws: Problem.keyFileNotWritten) {
        try KeyEncryptionKey.create(path: folder.appending(path: "none/key").path)
      }
    }
  }
}
