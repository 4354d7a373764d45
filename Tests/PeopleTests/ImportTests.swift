import Database
import Interop
import Kernel
import TestKit
import Testing

@testable import People

@Suite("Importing households")
struct ImportTests {
  private static let clerk = Actor(person: PersonID(rawValue: 1), role: .committee)

  private static func table(_ text: String) throws -> HouseholdImport {
    try HouseholdImport(try #require(SheetReader.readNow(Array(text.utf8)).first))
  }

  private static func store(_ table: HouseholdImport, _ place: Neighbourhood) async throws {
    let key = try IdempotencyKey(
      principal: clerk.person, operation: "import", key: "the-key-of-one-form", body: [])
    try await place.people.storeImport(table, key: key, in: place.community, by: clerk)
  }

  private static func counts(_ place: Neighbourhood) async throws -> [Int64?] {
    try await place.database.read { snapshot in
      [
        try snapshot.value("SELECT count(*) FROM people_household"),
        try snapshot.value("SELECT count(*) FROM people_person"),
      ]
    }
  }

  @Test("What the dry run counts is what is stored, for tables of many shapes", arguments: 1...12)
  func dryRunEqualsCommit(seed: UInt64) async throws {
    for engine in TestEngine.available {
      try await Neighbourhood.with(engine) { place in
        var random = SeededGenerator(seed: seed)
        _ = try await place.household("1", "1", "101")
        var text = "楼号,单元,房号,楼层,电梯,姓名,电话\n"
        var phone = 13_800_000_000
        for _ in 0..<Int.random(in: 1...30, using: &random) {
          let room = Int.random(in: 101...115, using: &random)
          let name = "邻居\(phone)"
          phone += 1
          let number = Bool.random(using: &random) ? String(phone) : ""
          text += "\(Int.random(in: 1...2, using: &random))号楼,1,\(room),,,\(name),\(number)\n"
        }
        let table = try Self.table(text)
        let before = try await Self.counts(place)
        let checked = try await place.people.checkImport(table, in: place.community)
        #expect(checked.problems == [])
        #expect(try await Self.counts(place) == before)
        for _ in 0..<2 { try await Self.store(table, place) }
        let after = try await Self.counts(place)
        #expect(after[0] == before[0].map { $0 + Int64(checked.newHouseholds) })
        #expect(after[1] == before[1].map { $0 + Int64(checked.newPersons) })
        #expect(try await place.breaches() == [])
      }
    }
  }

  @Test(
    "One bad line and nothing is stored; each is named",
    arguments: [
      ("3,1,,,,", "room"), (",1,301,,,", "building"), ("3,1,301,五,,", "floor"), ("3,1,301,,也许,", "lift"),
      ("3,1,301,,,老王,12345", "phone"), ("3,1,301,,,,13800138001", "name"), ("3,1,101,,,", "room"),
      ("3,1,101,9,,小王,", "floor"), ("3,1,101,,,老李,", "name"), ("3,1,301,,,老王,13800138000", "phone"),
    ])
  func badLine(line: String, field: String) async throws {
    for engine in TestEngine.available {
      try await Neighbourhood.with(engine) { place in
        _ = try await place.resident(phone: "13700137000")
        let text = "楼号,单元,房号,楼层,电梯,姓名,电话\n3,1,101,,,老李,13800138000\n\(line)\n3,1,103,,,\n"
        let table = try Self.table(text)
        let before = try await Self.counts(place)
        let checked = try await place.people.checkImport(table, in: place.community)
        #expect(checked.problems.map(\.field) == [field])
        #expect(checked.problems.map(\.line) == [3])
        #expect(
          await problemCode {
            try await Self.store(table, place)
          } == "form.invalid")
        #expect(try await Self.counts(place) == before)
      }
    }
  }

  @Test(
    "Doors and numbers that are registered already are named, on the lines that repeat them",
    arguments: TestEngine.available)
  func repeated(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      _ = try await place.resident(household: place.household("3", "1", "101"))
      let table = try Self.table(
        "building,unit,room,name,phone\n3,1,101,,\n3,1,102,女儿,13800138000\n")
      let checked = try await place.people.checkImport(table, in: place.community)
      #expect(checked.problems.map(\.line) == [2, 3])
      #expect(checked.problems.map(\.field) == ["room", "phone"])
    }
  }
}
