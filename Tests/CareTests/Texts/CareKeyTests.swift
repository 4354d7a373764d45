import Database
import Kernel
import People
import Security
import TestKit
import Testing

@testable import Care

/// The keys of what is written: each person's own, changed in the background, and gone with the person.
@Suite struct CareKeyTests {
  private struct Killed: Error {}

  /// Ends a round at a step that was drawn, as a program that is killed there.
  private actor Fuse {
    private var left: Int

    init(_ steps: Int) { left = steps }

    func burn() throws {
      left -= 1
      if left < 0 { throw Killed() }
    }
  }

  @Test(arguments: TestEngine.available)
  func `a rotation that is killed a hundred times loses nothing`(engine: TestEngine) async throws {
    try await CareStation.with(engine) { station in
      let written = try await Self.write(station, clients: [station.wang, station.li], notes: 130)
      station.clock.advance(by: .days(366))
      var random = SeededGenerator(seed: 17)
      for _ in 0..<100 {
        let fuse = Fuse(Int.random(in: 0...4, using: &random))
        // A vault of its own each time: a program that starts again remembers nothing.
        let rotation = CareKeyRotation(
          database: station.database, vault: try station.newVault(), personKeys: station.personKeys,
          step: { try await fuse.burn() })
        do { try await rotation.round() } catch is Killed {}
        station.clock.advance(by: .minutes(Int64.random(in: 0...3, using: &random)))
        #expect(try await Self.read(station, Array(written.keys)) == written)
      }
      let vault = try station.newVault()
      let rotation = CareKeyRotation(
        database: station.database, vault: vault, personKeys: station.personKeys)
      try await rotation.round()
      #expect(try await rotation.round() == 0, "something was left under an old key")
      #expect(try await Self.read(station, Array(written.keys)) == written)
      station.clock.advance(by: CareKeyRotation.patience)
      try await rotation.round()
      for client in [station.wang, station.li] {
        let scope = KeyScope(community: station.community, dataClass: .casework, person: client)
        let living = try await station.personKeys.load(scope).filter { !$0.bytes.isEmpty }
        #expect(living.map(\.id) == [2], "old keys are destroyed, and rotated once for all those tries")
      }
      #expect(try await Self.read(station, Array(written.keys)) == written)
    }
  }

  @Test(arguments: TestEngine.available)
  func `whose key is destroyed cannot be read any more, not from an old copy either`(
    engine: TestEngine
  ) async throws {
    try await CareStation.with(engine) { station in
      let written = try await Self.write(station, clients: [station.wang, station.li], notes: 2)
      // What an old copy of the database holds: sealed words, and every key that lies in its tables.
      let copied = try await station.database.read { [community = station.community] snapshot in
        try CareTextStore.sealedOtherwise(than: 99, of: station.wang, limit: 100, in: community, snapshot)
      }
      let scopes: [String] = try await station.database.read {
        try $0.values("SELECT scope FROM people_data_key")
      }
      #expect(!copied.isEmpty && !scopes.contains { $0.contains("\(station.wang)") })
      let scope = KeyScope(community: station.community, dataClass: .casework, person: station.wang)
      try await station.personKeys.destroy(scope)
      station.vault.forget(scope)
      let opener = try await CareKeys(vault: try station.newVault()).opening(
        [station.wang, station.li], in: station.community)
      for text in copied { #expect(try opener.open(text) == nil) }
      let left = try await Self.read(station, Array(written.keys))
      #expect(left.count == written.count / 2)
      await #expect(throws: Problem.self) {
        try await CareKeys(vault: try station.newVault()).sealing(station.wang, in: station.community)
      }
    }
  }

  @Test func `words that were moved to another text, or changed by a bit, do not open`() async throws {
    try await CareStation.with(.sqlite) { station in
      _ = try await Self.write(station, clients: [station.wang], notes: 2)
      let texts = try await station.database.read { [community = station.community] snapshot in
        try CareTextStore.sealedOtherwise(than: 99, of: station.wang, limit: 100, in: community, snapshot)
      }
      let opener = try await station.care.keys.opening([station.wang], in: station.community)
      let moved = CareText(id: texts[0].id, person: station.wang, sealed: texts[1].sealed)
      #expect(throws: Problem.self) { try opener.open(moved) }
      var sealed = texts[0].sealed
      sealed[sealed.count - 20] ^= 1
      #expect(throws: Problem.self) {
        try opener.open(CareText(id: texts[0].id, person: station.wang, sealed: sealed))
      }
    }
  }

  // MARK: - Parts

  /// Notes in a case of each client, by their texts.
  private static func write(
    _ station: CareStation, clients: [PersonID], notes: Int
  ) async throws -> [CareTextID: String] {
    var written: [CareTextID: String] = [:]
    for client in clients {
      let id = try await station.openCase(of: client)
      let texts = try await station.in(id, as: station.xu) { [care = station.care] open, seal, transaction in
        try (0..<notes).map { number in
          let words = "\(client) 的第 \(number) 条"
          let note = try care.desk.write(
            CaseDesk.NoteDraft(
              kind: .progress, sensitivity: .confidential, words: CareDocument([.note: words])), open,
            sealing: seal, in: transaction)
          return (note.versions[0].text, words)
        }
      }
      for (text, words) in texts { written[text] = words }
    }
    return written
  }

  /// What of these texts can be read, with what is remembered of no earlier program.
  private static func read(
    _ station: CareStation, _ ids: [CareTextID]
  ) async throws -> [CareTextID: String] {
    let opener = try await CareKeys(vault: try station.newVault()).opening(
      [station.wang, station.li], in: station.community)
    let texts = try await station.database.read { [community = station.community] snapshot in
      try CareTextStore.texts(ids, TextScope(condition: "1 = 1"), in: community, snapshot)
    }
    return try opener.open(texts).mapValues { $0[.note] }
  }
}

extension CareStation {
  /// What another program on the same database and folder would have.
  func newVault() throws -> Vault {
    Vault(
      key: try KeyEncryptionKey(bytes: [UInt8](repeating: 7, count: 32)),
      storage: .stored(in: database).withPersons(personKeys), clock: clock.clock)
  }
}
