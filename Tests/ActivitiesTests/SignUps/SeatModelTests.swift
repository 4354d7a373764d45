import Database
import Kernel
import People
import TestKit
import Testing

@testable import Activities

/// What places and the line for them should be, kept as simply as can be.
private struct SeatModel {
  var capacity: Int
  /// In the order of asking.
  var line: [(person: PersonID, hasPlace: Bool)] = []
  var movedUp = 0

  private var taken: Int { line.count { $0.hasPlace } }

  mutating func take(_ person: PersonID) {
    if line.contains(where: { $0.person == person }) { return }
    line.append((person, taken < capacity))
  }

  mutating func cancel(_ person: PersonID) {
    line.removeAll { $0.person == person }
    fill()
  }

  mutating func fill() {
    while taken < capacity, let next = line.firstIndex(where: { !$0.hasPlace }) {
      line[next].hasPlace = true
      movedUp += 1
    }
  }
}

@Suite("Sign-ups: places and the line for them")
struct SeatModelTests {
  @Test(
    "Any moves give what a list on paper would give", arguments: TestEngine.available, [1, 2, 3] as [UInt64])
  func model(_ engine: TestEngine, _ seed: UInt64) async throws {
    try await ActivityFixture.with(engine) { fixture in
      var random = SeededGenerator(seed: seed)
      let id = try await fixture.make(capacity: 3)
      var model = SeatModel(capacity: 3)
      for step in 0..<120 {
        let person = fixture.neighbours[Int.random(in: 0..<fixture.neighbours.count, using: &random)]
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<6:
          try await fixture.take(person, id)
          model.take(person)
        case 6..<9:
          guard model.line.contains(where: { $0.person == person }) else { continue }
          try await fixture.cancel(person, id)
          model.cancel(person)
        default:
          let taken = model.line.count { $0.hasPlace }
          model.capacity = max(1, taken, model.capacity + Int.random(in: -2...2, using: &random))
          try await write(Int64(model.capacity), id, fixture)
          model.fill()
        }
        let stored = try await fixture.signUps(id)
        #expect(stored.map(\.person) == model.line.map(\.person), "seed \(seed), step \(step)")
        #expect(
          stored.map { $0.state == .confirmed } == model.line.map(\.hasPlace), "seed \(seed), step \(step)")
      }
      #expect(try await fixture.breaches() == [])
      #expect(try await fixture.messages(ActivityNotices.movedUp) == model.movedUp)
      #expect(model.movedUp > 0, "nobody ever waited: the test shows nothing")
    }
  }

  private func write(_ capacity: Int64, _ id: ActivityID, _ fixture: ActivityFixture) async throws {
    let seen = try await fixture.activity(id).revision
    let terms = fixture.terms(capacity: capacity)
    try await fixture.write {
      try fixture.programme.desk.write(terms, to: id, seen: seen, by: fixture.actor, in: $0)
    }
  }

  @Test("Many who ask for the last places at once get each one once", arguments: TestEngine.available)
  func race(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let id = try await fixture.make(capacity: 5)
      let cipher = try await fixture.programme.cipher(fixture.community)
      try await withThrowingTaskGroup(of: Void.self) { group in
        // Each neighbour asks four times; as many come by without an account.
        for turn in 0..<48 {
          let person = fixture.neighbours[turn % fixture.neighbours.count]
          group.addTask { _ = try await fixture.take(person, id) }
          guard turn % 4 == 0 else { continue }
          group.addTask {
            _ = try await fixture.write(id) { activity, transaction in
              try fixture.programme.signUps.takeNameless(
                nil, in: activity, sealing: cipher, by: fixture.actor, in: transaction)
            }
          }
        }
        try await group.waitForAll()
      }
      let signUps = try await fixture.signUps(id)
      #expect(signUps.count == 24)
      #expect(signUps.prefix(5).allSatisfy { $0.state == .confirmed }, "the first five have the places")
      #expect(signUps.dropFirst(5).allSatisfy { $0.state == .waiting })
      #expect(Set(signUps.compactMap(\.person)).count == 12)
      #expect(try await fixture.activity(id).confirmed == 5)
      #expect(try await fixture.breaches() == [])
      try await withThrowingTaskGroup(of: Void.self) { group in
        for person in fixture.neighbours { group.addTask { try await fixture.cancel(person, id) } }
        try await group.waitForAll()
      }
      let left = try await fixture.signUps(id)
      #expect(left.count == 12 && left.count { $0.state == .confirmed } == 5)
      #expect(left.prefix(5).allSatisfy { $0.state == .confirmed })
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("The tables refuse one place too many, and two rows of one person", arguments: TestEngine.available)
  func constraints(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let id = try await fixture.make(capacity: 1)
      let (first, second) = (fixture.neighbours[0], fixture.neighbours[1])
      try await fixture.take(first, id)
      await #expect(throws: DatabaseError.self) {
        try await fixture.write { transaction in
          try SignUpChangeStore.insert(
            transaction.newIdentifier(), in: id, .staff, .confirmed, person: second, by: nil,
            in: transaction)
        }
      }
      await #expect(throws: DatabaseError.self) {
        try await fixture.write { transaction in
          try SignUpChangeStore.insert(
            transaction.newIdentifier(), in: id, .staff, .waiting, person: first, by: nil, in: transaction)
        }
      }
      #expect(try await fixture.signUps(id).count == 1)
    }
  }
}
