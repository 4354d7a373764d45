import Database
import Kernel
import TestKit
import Testing

@testable import People

@Suite("Who reads in large type")
struct LargeTypeTests {
  @Test("Those who chose it, among those who are asked about", arguments: TestEngine.available)
  func readers(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      let home = try await place.household()
      let first = try await place.resident("甲", phone: "13700137001", household: home)
      let second = try await place.resident("乙", phone: "13700137002", household: home)
      let third = try await place.resident("丙", phone: "13700137003", household: home)
      try await place.database.write(in: place.community) { transaction in
        try transaction.setPreferences(of: first, language: nil, elderView: true)
        try transaction.setPreferences(of: second, language: nil, elderView: false)
      }
      let directory = place.people.directory
      let other = try await place.otherCommunity()
      func readers(_ persons: [PersonID], in community: CommunityID) async throws -> Set<PersonID> {
        try await place.database.read { try directory.largeTypeReaders(among: persons, in: community, $0) }
      }
      #expect(try await readers([first, second, third], in: place.community) == [first])
      #expect(try await readers([second, third], in: place.community).isEmpty)
      #expect(try await readers([], in: place.community).isEmpty)
      #expect(try await readers([first], in: other).isEmpty)
    }
  }
}
