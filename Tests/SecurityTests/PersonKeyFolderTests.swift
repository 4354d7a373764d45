import Foundation
import Kernel
import Synchronization
import Testing

@testable import Security

/// A folder for one test, with vaults over it, and the database's table beside it in memory.
struct PersonKeyHouse: Sendable {
  let place: URL
  let community = CommunityID(rawValue: 7)
  let time = MovableClock(Timestamp(seconds: 1_800_000_000))
  let key: KeyEncryptionKey
  let table = Table()

  /// What the database would keep of the keys.
  final class Table: Sendable {
    private let rows = Mutex<[WrappedKey]>([])
    var all: [WrappedKey] { rows.withLock { $0 } }
    var storage: WrappedKeyStorage {
      WrappedKeyStorage(
        load: { scope in self.all.filter { $0.scope == scope } },
        save: { key in
          self.rows.withLock { rows in
            if rows.contains(where: { $0.scope == key.scope && $0.id == key.id }) { return false }
            rows.append(key)
            return true
          }
        })
    }
  }

  static func with(_ body: (PersonKeyHouse) async throws -> Void) async throws {
    let place = FileManager.default.temporaryDirectory.appending(path: "person-keys-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: place) }
    try await body(PersonKeyHouse(place: place, key: KeyEncryptionKey(bytes: RandomBytes.make(32))))
  }

  /// The folder as one more program sees it.
  var folder: PersonKeyFolder { PersonKeyFolder(path: place.path) }

  /// One more program.
  func vault(_ key: KeyEncryptionKey? = nil, _ folder: PersonKeyFolder? = nil) -> Vault {
    Vault(
      key: key ?? self.key, storage: table.storage.withPersons(folder ?? self.folder), clock: time.clock)
  }

  func scope(_ person: Int64, _ dataClass: DataClass = .casework) -> KeyScope {
    KeyScope(community: community, dataClass: dataClass, person: PersonID(rawValue: person))
  }

  func address(_ row: Int64 = 1) -> FieldAddress {
    FieldAddress("care_text", "sealed", row: Identifier<Self>(rawValue: row), community: community)
  }

  /// A key of this number that is stored nowhere yet.
  func wrapped(_ scope: KeyScope, _ id: UInt32 = 1) async throws -> WrappedKey {
    let table = Table()
    let vault = Vault(key: key, storage: table.storage, clock: time.clock)
    while table.all.count < id { try await vault.rotate(scope, delay: .zero) }
    return try #require(table.all.last)
  }

  func file(_ scope: KeyScope, _ id: UInt32 = 1) throws -> URL {
    let person = try #require(scope.person)
    return place.appending(path: "\(scope.community)-\(scope.dataClass.rawValue)-\(person).\(id)")
  }

  /// As an interrupted program leaves it.
  func temporary(_ scope: KeyScope, _ id: UInt32 = 1) throws -> URL {
    try URL(filePath: file(scope, id).path + ".00112233aabbccdd.new")
  }

  /// The names in the folder, without the lock.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: place.path).filter { $0 != ".lock" }.sorted()
  }

  func mode(_ url: URL) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int
  }
}

struct PersonKeyFolderTests {
  @Test func `a person's key lies in a file of its owner's, and nothing of it in the database`() async throws
  {
    try await PersonKeyHouse.with { house in
      let scope = house.scope(1)
      let value = try await house.vault().cipher(for: scope).seal("独居", at: house.address())
      _ = try await house.vault().cipher(for: KeyScope(community: house.community, dataClass: .casework))
      #expect(house.table.all.map(\.scope.person) == [nil])
      #expect(try house.names() == ["0000000000007-casework-0000000000001.1"])
      #expect(try house.mode(house.place) == 0o700)
      #expect(try house.mode(house.file(scope)) == 0o600)
      let content = try [UInt8](Data(contentsOf: house.file(scope)))
      #expect(content.count == 69)
      #expect(content[0] == 1)
      #expect(content[1..<9].reduce(0) { $0 << 8 | Int64($1) } == house.time.now.microseconds)
      // Another program, later.
      house.time.advance(by: .days(1))
      #expect(try await house.vault().existingCipher(for: scope)?.open(value, at: house.address()) == "独居")
      #expect(try await house.folder.scopes() == [scope])
    }
  }

  @Test func `of programs that save one number together a single one is told that it did`() async throws {
    try await PersonKeyHouse.with { house in
      for person in 1...20 as ClosedRange<Int64> {
        let scope = house.scope(person)
        let saved = try await withThrowingTaskGroup(of: WrappedKey?.self) { group in
          for _ in 0..<8 {
            let (folder, key) = (house.folder, try await house.wrapped(scope))
            group.addTask { try await folder.save(key) ? key : nil }
          }
          return try await group.reduce(into: []) { $0 += $1.map { [$0] } ?? [] }
        }
        #expect(saved.count == 1)
        #expect(try await house.folder.load(scope) == saved)
      }
      #expect(try house.names().count == 20)
    }
  }

  @Test func `programs that meet a new person together end with one key`() async throws {
    try await PersonKeyHouse.with { house in
      let scope = house.scope(1)
      let values = try await withThrowingTaskGroup(of: [UInt8].self) { group in
        for _ in 0..<8 {
          let vault = house.vault()
          group.addTask { try await vault.cipher(for: scope).seal("同一把", at: house.address()) }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      let cipher = try await house.vault().cipher(for: scope)
      for value in values { #expect(try cipher.open(value, at: house.address()) == "同一把") }
    }
  }

  @Test func `reading makes no key, and does not hide the first one that is made`() async throws {
    try await PersonKeyHouse.with { house in
      let (here, there) = (house.vault(), house.vault())
      #expect(try await here.existingCipher(for: house.scope(1)) == nil)
      #expect(!FileManager.default.fileExists(atPath: house.place.path))
      #expect(try await house.folder.scopes().isEmpty)
      // The clock of the other program is ahead.
      house.time.advance(by: .seconds(2))
      let value = try await there.cipher(for: house.scope(1)).seal("新", at: house.address())
      house.time.advance(by: .seconds(-2))
      #expect(
        try await here.existingCipher(for: house.scope(1))?.open(value, at: house.address()) == "新")
    }
  }

  @Test func `what was destroyed stays closed, and no new key takes its place`() async throws {
    try await PersonKeyHouse.with { house in
      let (vault, scope, other) = (house.vault(), house.scope(1), house.scope(2))
      let value = try await vault.cipher(for: scope).seal("忘了我", at: house.address())
      let kept = try await vault.cipher(for: other).seal("留着我", at: house.address())
      try await vault.rotate(scope, delay: .zero)
      _ = try await vault.cipher(for: scope)
      #expect(try await !house.folder.isDestroyed(scope))
      // A second name of each file shows what became of its content.
      let names = try [1, 2].map { id in (try house.file(scope, id), house.place.path + "-\(id)") }
      defer { for (_, second) in names { try? FileManager.default.removeItem(atPath: second) } }
      for (file, second) in names {
        try FileManager.default.linkItem(atPath: file.path, toPath: second)
        #expect(try Data(contentsOf: URL(filePath: second)).count == 69)
      }
      #expect(try await house.folder.destroy(scope) == 2)
      vault.forget(scope)
      for (_, second) in names { #expect(try Data(contentsOf: URL(filePath: second)).isEmpty) }
      for vault in [vault, house.vault()] {
        #expect(try await vault.existingCipher(for: scope) == nil)
        await #expect(throws: Problem.vaultKeyUnknown) { try await vault.cipher(for: scope) }
        #expect(try await vault.cipher(for: other).open(kept, at: house.address()) == "留着我")
      }
      #expect(try await house.folder.load(scope).map(\.bytes) == [[], []])
      #expect(try await house.folder.isDestroyed(scope))
      #expect(try await house.folder.destroy(scope) == 0)
      #expect(try await !house.folder.save(house.wrapped(scope, 2)))
      #expect(try await house.folder.scopes() == [scope, other])
      // Somebody who comes back begins anew: what was written before stays closed.
      try await vault.rotate(scope, delay: .zero)
      let cipher = try await vault.cipher(for: scope)
      #expect(cipher.currentKey == 3)
      #expect(throws: Problem.vaultKeyUnknown) { try cipher.open(value, at: house.address()) }
    }
  }

  @Test func `an old copy of the database does not open with the folder of today`() async throws {
    try await PersonKeyHouse.with { house in
      let scope = house.scope(1)
      let value = try await house.vault().cipher(for: scope).seal("三年前", at: house.address())
      let old = PersonKeyFolder(path: house.place.path + "-old")
      defer { try? FileManager.default.removeItem(atPath: old.path) }
      try FileManager.default.copyItem(atPath: house.place.path, toPath: old.path)
      try await house.folder.destroy(scope)
      // The copy: the value, and every wrapped key that the database ever held, with the right key file.
      #expect(house.table.all.isEmpty)
      #expect(try await house.vault().existingCipher(for: scope) == nil)
      await #expect(throws: Problem.vaultKeyUnknown) { try await house.vault().cipher(for: scope) }
      // Why no older copies of the folder may be kept.
      let before = try await house.vault(nil, old).existingCipher(for: scope)
      #expect(try before?.open(value, at: house.address()) == "三年前")
    }
  }

  @Test func `somebody who is gone without ever having had a key gets none`() async throws {
    try await PersonKeyHouse.with { house in
      let scope = house.scope(1)
      let count = try await house.folder.destroy(scope)
      #expect(count == 0)
      #expect(try house.names() == ["0000000000007-casework-0000000000001.1"])
      #expect(try await house.folder.isDestroyed(scope))
      #expect(try await house.folder.scopes() == [scope])
      await #expect(throws: Problem.vaultKeyUnknown) { try await house.vault().cipher(for: scope) }
      #expect(try await house.vault().existingCipher(for: scope) == nil)
      #expect(try await !house.folder.save(house.wrapped(scope)))
      #expect(try await !house.folder.isDestroyed(house.scope(1, .health)))
    }
  }

  @Test func `a first key that was lost is not made anew after the others were destroyed`() async throws {
    try await PersonKeyHouse.with { house in
      let scope = house.scope(1)
      for id in 1...2 as ClosedRange<UInt32> {
        #expect(try await house.folder.save(house.wrapped(scope, id)))
      }
      try FileManager.default.removeItem(at: house.file(scope))
      #expect(try await house.folder.destroy(scope) == 1)
      await #expect(throws: Problem.vaultKeyUnknown) { try await house.vault().cipher(for: scope) }
      #expect(try Data(contentsOf: house.file(scope, 2)).isEmpty)
    }
  }

  @Test func `whoever makes a key while the person is deleted has none afterwards`() async throws {
    try await PersonKeyHouse.with { house in
      for person in 1...60 as ClosedRange<Int64> {
        let scope = house.scope(person)
        try await withThrowingTaskGroup { group in
          for _ in 0..<3 {
            let vault = house.vault()
            group.addTask { _ = try? await vault.cipher(for: scope) }
          }
          group.addTask { try await house.folder.destroy(scope) }
          try await group.waitForAll()
        }
        #expect(try await house.folder.isDestroyed(scope))
      }
    }
  }

  @Test func `dropping an old key leaves the others`() async throws {
    try await PersonKeyHouse.with { house in
      let (vault, scope) = (house.vault(), house.scope(1))
      let old = try await vault.cipher(for: scope).seal("旧", at: house.address(1))
      try await vault.rotate(scope, delay: .zero)
      let new = try await vault.cipher(for: scope).seal("新", at: house.address(2))
      try await house.folder.drop(scope, id: 1)
      vault.forget(scope)
      let cipher = try await vault.cipher(for: scope)
      #expect(throws: Problem.vaultKeyUnknown) { try cipher.open(old, at: house.address(1)) }
      #expect(try cipher.open(new, at: house.address(2)) == "新")
      #expect(try await !house.folder.isDestroyed(scope))
      try await house.folder.drop(scope, id: 1)
      try await house.folder.drop(scope, id: 9)
      #expect(try await house.folder.load(scope).count == 2)
    }
  }
}

struct VaultForgettingTests {
  /// A storage that answers once its door is open.
  private final class SlowStorage: Sendable {
    private struct State {
      var keys: [WrappedKey] = []
      var asked: [CheckedContinuation<Void, Never>] = []
      var isSlow = false
    }
    private let state = Mutex(State())

    var storage: WrappedKeyStorage {
      WrappedKeyStorage(
        load: { _ in
          let keys = self.state.withLock { $0.keys }
          await withCheckedContinuation { waiting in
            let isSlow = self.state.withLock { state in
              if state.isSlow { state.asked.append(waiting) }
              return state.isSlow
            }
            if !isSlow { waiting.resume() }
          }
          return keys
        },
        save: { key in
          self.state.withLock { $0.keys.append(key) }
          return true
        })
    }

    var isAsked: Bool { state.withLock { !$0.asked.isEmpty } }
    func hold() { state.withLock { $0.isSlow = true } }
    func destroyAll() { state.withLock { state in state.keys = state.keys.map(\.destroyed) } }
    func answer() {
      let asked = state.withLock { state in
        state.isSlow = false
        return state.asked
      }
      for waiting in asked { waiting.resume() }
    }
  }

  @Test func `an answer from before the destroying does not bring a forgotten key back`() async throws {
    let slow = SlowStorage()
    let key = try KeyEncryptionKey(bytes: RandomBytes.make(32))
    let clock = Clock { Timestamp(seconds: 1_800_000_000) }
    let scope = KeyScope(
      community: CommunityID(rawValue: 7), dataClass: .casework, person: PersonID(rawValue: 1))
    _ = try await Vault(key: key, storage: slow.storage, clock: clock).cipher(for: scope)
    let vault = Vault(key: key, storage: slow.storage, clock: clock)
    slow.hold()
    async let early = vault.cipher(for: scope)
    while !slow.isAsked { await Task.yield() }
    slow.destroyAll()
    vault.forget(scope)
    slow.answer()
    #expect(try await early.currentKey == 1)
    await #expect(throws: Problem.vaultKeyUnknown) { try await vault.cipher(for: scope) }
    #expect(try await vault.existingCipher(for: scope) == nil)
  }
}
