import Foundation
import Kernel
import Testing

@testable import Security

struct PersonKeyFolderFaultTests {
  @Test(arguments: [1, 9, 68, 70, 4095, 4096, 9000])
  func `a file of another length is damaged, and can be destroyed all the same`(length: Int) async throws {
    try await PersonKeyHouse.with { house in
      let scope = house.scope(1)
      #expect(try await house.folder.save(house.wrapped(scope)))
      let bytes = [UInt8](repeating: 1, count: length)
      try Data(bytes).write(to: house.file(scope))
      await #expect(throws: Problem.personKeyDamaged) { try await house.folder.load(scope) }
      await #expect(throws: Problem.personKeyDamaged) { try await house.vault().cipher(for: scope) }
      await #expect(throws: Problem.personKeyDamaged) {
        try await house.folder.rewrap(from: house.key, to: house.key)
      }
      #expect(try await house.folder.destroy(scope) == 1)
      #expect(try await house.folder.isDestroyed(scope))
    }
  }

  @Test func `a file of another version is damaged, a changed one does not open`() async throws {
    try await PersonKeyHouse.with { house in
      let scope = house.scope(1)
      #expect(try await house.folder.save(house.wrapped(scope)))
      let content = try [UInt8](Data(contentsOf: house.file(scope)))
      for (place, problem) in [(0, Problem.personKeyDamaged), (9, .vaultWrongKey), (68, .vaultWrongKey)] {
        var changed = content
        changed[place] ^= 6
        try Data(changed).write(to: house.file(scope))
        await #expect(throws: problem) { try await house.vault().existingCipher(for: scope) }
      }
    }
  }

  @Test func `a key in the file of another person does not open`() async throws {
    try await PersonKeyHouse.with { house in
      #expect(try await house.folder.save(house.wrapped(house.scope(1))))
      try FileManager.default.copyItem(at: house.file(house.scope(1)), to: house.file(house.scope(2)))
      await #expect(throws: Problem.vaultWrongKey) { try await house.vault().cipher(for: house.scope(2)) }
    }
  }

  @Test func `destroying that a power cut interrupted counts, and is done again`() async throws {
    try await PersonKeyHouse.with { house in
      let scope = house.scope(1)
      try await house.folder.destroy(house.scope(2))
      for length in [69, 1, 4000] {
        try Data(count: length).write(to: house.file(scope))
        #expect(try await house.folder.isDestroyed(scope))
        await #expect(throws: Problem.vaultKeyUnknown) { try await house.vault().cipher(for: scope) }
        #expect(try await house.folder.destroy(scope) == 1)
        #expect(try Data(contentsOf: house.file(scope)).isEmpty)
      }
    }
  }

  @Test(arguments: [0o750, 0o705, 0o701, 0o710, 0o720, 0o777])
  func `a folder that others may enter is refused`(mode: Int) async throws {
    try await PersonKeyHouse.with { house in
      let (folder, scope) = (house.folder, house.scope(1))
      #expect(try await folder.save(house.wrapped(scope)))
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.path)
      let problem = Problem.personKeysOpenToOthers
      await #expect(throws: problem) { try await folder.load(scope) }
      await #expect(throws: problem) { try await folder.save(house.wrapped(scope, 2)) }
      await #expect(throws: problem) { try await folder.destroy(scope) }
      await #expect(throws: problem) { try await folder.scopes() }
      await #expect(throws: problem) { try await house.vault().cipher(for: scope) }
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path)
      #expect(try await folder.load(scope).count == 1)
    }
  }

  @Test func `a path that is no folder, or cannot be made, is said to be so`() async throws {
    try await PersonKeyHouse.with { house in
      try Data().write(to: house.place)
      await #expect(throws: Problem.personKeysUnreadable) { try await house.folder.load(house.scope(1)) }
      let nowhere = PersonKeyFolder(path: house.place.path + "-none/keys")
      await #expect(throws: Problem.personKeysNotWritten) {
        try await nowhere.save(house.wrapped(house.scope(1)))
      }
    }
  }

  @Test func `scopes of communities, wrong numbers and destroyed keys are not taken`() async throws {
    try await PersonKeyHouse.with { house in
      let shared = KeyScope(community: house.community, dataClass: .contact)
      await #expect(throws: Problem.internalFault) { try await house.folder.load(shared) }
      await #expect(throws: Problem.internalFault) { try await house.folder.destroy(shared) }
      let scope = house.scope(1)
      await #expect(throws: Problem.internalFault) {
        try await house.folder.save(house.wrapped(scope).destroyed)
      }
      for id in [0, 2] as [UInt32] {
        let key = WrappedKey(scope: scope, id: id, bytes: RandomBytes.make(60), activeFrom: house.time.now)
        await #expect(throws: Problem.internalFault) { try await house.folder.save(key) }
      }
      let names = try house.names()
      #expect(names.isEmpty)
    }
  }

  @Test func `a save that is cut before the key has its name leaves nothing`() async throws {
    try await PersonKeyHouse.with { house in
      let (scope, other) = (house.scope(1), house.scope(2))
      #expect(try await house.folder.save(house.wrapped(other)))
      let content = try Data(contentsOf: house.file(other))
      for part in [content, content.prefix(20), Data()] {
        try part.write(to: house.temporary(scope))
        #expect(try await house.folder.load(scope).isEmpty)
        #expect(try await house.folder.scopes() == [other])
        #expect(try await house.vault().existingCipher(for: scope) == nil)
      }
      #expect(try await house.folder.save(house.wrapped(scope)))
      #expect(try await house.folder.load(scope).count == 1)
    }
  }

  @Test func `what an interrupted program left of a key is destroyed with it`() async throws {
    try await PersonKeyHouse.with { house in
      let (scope, left) = (house.scope(1), house.place.path + "-left")
      defer { try? FileManager.default.removeItem(atPath: left) }
      #expect(try await house.folder.save(house.wrapped(scope)))
      // Cut before the new content of a rewrapping had its name.
      try FileManager.default.copyItem(at: house.file(scope), to: house.temporary(scope))
      try FileManager.default.linkItem(atPath: house.temporary(scope).path, toPath: left)
      #expect(try await house.folder.destroy(scope) == 1)
      #expect(try house.names() == ["0000000000007-casework-0000000000001.1"])
      #expect(try Data(contentsOf: URL(filePath: left)).isEmpty)
    }
  }
}

struct PersonKeyFolderRewrapTests {
  @Test func `under a new key file all opens, under the old one nothing`() async throws {
    try await PersonKeyHouse.with { house in
      let (scope, gone) = (house.scope(1), house.scope(2))
      let new = try KeyEncryptionKey(bytes: RandomBytes.make(32))
      let value = try await house.vault().cipher(for: scope).seal("不变", at: house.address())
      _ = try await house.vault().cipher(for: gone)
      try await house.folder.destroy(gone)
      // Cut between the two names of a save: the file of the living key has a second name.
      try FileManager.default.linkItem(at: house.file(scope), to: house.temporary(scope))
      #expect(try await house.folder.rewrap(from: house.key, to: new) == 1)
      #expect(try house.names().count == 2)
      #expect(
        try await house.vault(new).existingCipher(for: scope)?.open(value, at: house.address()) == "不变")
      await #expect(throws: Problem.vaultWrongKey) { try await house.vault().cipher(for: scope) }
      #expect(try await house.folder.isDestroyed(gone))
    }
  }

  @Test func `interrupted half way it is started again`() async throws {
    try await PersonKeyHouse.with { house in
      let new = try KeyEncryptionKey(bytes: RandomBytes.make(32))
      let scopes = (1...9).map { house.scope($0) }
      let vault = house.vault()
      var values: [[UInt8]] = []
      for scope in scopes {
        values.append(try await vault.cipher(for: scope).seal("第一份", at: house.address()))
      }
      // A damaged key stops the first run wherever it comes to it.
      let whole = try Data(contentsOf: house.file(scopes[4]))
      try Data([1]).write(to: house.file(scopes[4]))
      await #expect(throws: Problem.personKeyDamaged) {
        try await house.folder.rewrap(from: house.key, to: new)
      }
      try whole.write(to: house.file(scopes[4]))
      // Whatever it reached by then: some under the new key and some under the old one, and a file half written.
      for scope in scopes[..<2] { try await rewrapAlone(scope, house, new) }
      try Data(whole.prefix(30)).write(to: house.temporary(scopes[8]))
      let count = try await house.folder.rewrap(from: house.key, to: new)
      #expect((1...7).contains(count))
      #expect(try house.names().count == 9)
      #expect(try await house.folder.rewrap(from: house.key, to: new) == 0)
      for (scope, value) in zip(scopes, values) {
        let cipher = try await house.vault(new).existingCipher(for: scope)
        #expect(try cipher?.open(value, at: house.address()) == "第一份")
      }
    }
  }

  /// One step of a run, where it had not been taken.
  private func rewrapAlone(_ scope: KeyScope, _ house: PersonKeyHouse, _ new: KeyEncryptionKey) async throws {
    let key = try #require(try await house.folder.load(scope).first)
    guard let moved = try? key.rewrapped(from: house.key, to: new) else { return }
    try FileManager.default.removeItem(at: house.file(scope))
    #expect(try await house.folder.save(moved))
  }

  @Test func `a key that neither file opens stops it`() async throws {
    try await PersonKeyHouse.with { house in
      let (third, new) = (
        try KeyEncryptionKey(bytes: RandomBytes.make(32)), try KeyEncryptionKey(bytes: RandomBytes.make(32))
      )
      _ = try await house.vault(third).cipher(for: house.scope(1))
      await #expect(throws: Problem.vaultWrongKey) { try await house.folder.rewrap(from: house.key, to: new) }
      _ = try await house.vault(third).cipher(for: house.scope(1))
      #expect(try house.names().count == 1)
    }
  }

  @Test func `nothing that is destroyed meanwhile comes back`() async throws {
    try await PersonKeyHouse.with { house in
      let keys = try [house.key, KeyEncryptionKey(bytes: RandomBytes.make(32))]
      let scopes = (1...40).map { house.scope($0) }
      for scope in scopes { #expect(try await house.folder.save(house.wrapped(scope))) }
      try await withThrowingTaskGroup { group in
        group.addTask {
          for round in 0..<4 {
            try await house.folder.rewrap(from: keys[round % 2], to: keys[(round + 1) % 2])
          }
        }
        group.addTask {
          for scope in scopes {
            let count = try await house.folder.destroy(scope)
            #expect(count == 1)
          }
        }
        try await group.waitForAll()
      }
      for scope in scopes { #expect(try await house.folder.isDestroyed(scope)) }
    }
  }

  @Test func `where there is no folder there is nothing to do`() async throws {
    try await PersonKeyHouse.with { house in
      let count = try await house.folder.rewrap(from: house.key, to: house.key)
      #expect(count == 0)
      #expect(!FileManager.default.fileExists(atPath: house.place.path))
    }
  }
}
