import Database
import Kernel
import Security
import TestKit
import Testing

@testable import People

@Suite("What is stored about people")
struct DirectoryTests {
  @Test(
    "The directory names people, doors and buildings of its own community only",
    arguments: TestEngine.available)
  func directory(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      let home = try await place.household()
      let person = try await place.resident(household: home)
      let other = try await place.otherCommunity()
      let otherHome = try await place.household("8", "", "808", in: other)
      let stranger = try await place.resident("外人", household: otherHome, in: other)
      let doors = try await place.people.directory.doors(of: place.community)
      let directory = place.people.directory
      try await place.database.read { snapshot throws in
        let community = place.community
        #expect(
          try directory.displayNames(of: [person, stranger], in: community, snapshot) == [person: "王阿姨"])
        #expect(try directory.household(of: person, in: community, snapshot) == home)
        #expect(try directory.household(of: stranger, in: community, snapshot) == nil)
        #expect(try directory.buildings(of: [home, otherHome], in: community, snapshot) == [home: "3"])
        #expect(try doors.labels(of: [home, otherHome], snapshot)[home]?.chinese == "3号楼 2单元 501")
        #expect(try doors.labels(of: [home, otherHome], snapshot).count == 1)
        #expect(
          try directory.persons(withPhoneEnding: "8000", among: [person, stranger], in: community, snapshot)
            == [person])
        #expect(
          try directory.persons(withPhoneEnding: "8001", among: [person], in: community, snapshot) == [])
        #expect(try directory.persons(withPhoneEnding: "8000", among: [], in: community, snapshot) == [])
        #expect(try directory.householdCount(of: community, snapshot) == 1)
        #expect(try directory.communities(snapshot) == [community, other])
      }
    }
  }

  @Test(
    "Those who belong to many households are named part by part, each once, and nobody else",
    arguments: TestEngine.available)
  func personsOfHouseholds(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      let other = try await place.otherCommunity()
      let abroad = try await place.household("8", "", "808", in: other)
      _ = try await place.resident("外人", household: abroad, in: other)
      // More households than one statement asks about, and people in another order than theirs.
      let households = try await place.people.createHouseholds(
        try (0..<1300).map { try HouseholdDraft(door: Door(building: "3", unit: "1", room: "\($0 + 1)")) },
        in: place.community)
      let homes = (0..<1300).map { households[$0 * 7 % 1300] } + (0..<300).map { households[$0 * 3] }
      let persons = try await place.people.createPersons(
        try homes.enumerated().map { try PersonDraft(displayName: "邻居\($0.offset)", household: $0.element) }
          + [PersonDraft(displayName: "没有住户")], in: place.community)
      let asked = Set(households.prefix(1200))
      let expected = zip(persons, homes).filter { asked.contains($0.1) }.map(\.0)
      let directory = place.people.directory
      try await place.database.read { [community = place.community] snapshot throws in
        func part(_ households: some Collection<HouseholdID>, _ last: PersonID?, _ limit: Int) throws
          -> [PersonID]
        {
          try directory.persons(of: households, after: last, limit: limit, in: community, snapshot)
        }
        #expect(try part(Array(asked) + [abroad], nil, 10_000) == expected)
        var named: [PersonID] = []
        while named.count < expected.count {
          let next = try part(asked, named.last, 400)
          #expect(next.count == min(400, expected.count - named.count))
          if next.isEmpty { break }
          named += next
        }
        #expect(named == expected && expected.count == 1500)
        #expect(try part(asked, named.last, 400) == [])
        #expect(try part([], nil, 10) == [])
        #expect(try part([abroad], nil, 10) == [])
      }
    }
  }

  @Test("Of many who register one door or one number at once, one does", arguments: TestEngine.available)
  func racedIndexes(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      let spellings = ["3号楼", "３栋", "03", "Building 3"]
      let codes = await withTaskGroup(of: String?.self) { group in
        for attempt in 0..<20 {
          group.addTask {
            await problemCode { _ = try await place.household(spellings[attempt % 4], "2", "501") }
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(codes.count { $0 == nil } == 1)
      #expect(codes.count { $0 == "household.exists" } == 19)
      let numbers = ["13800138000", "+86 138 0013 8000", "１３８００１３８０００"]
      let phones = await withTaskGroup(of: String?.self) { group in
        for attempt in 0..<12 {
          group.addTask { await problemCode { _ = try await place.resident(phone: numbers[attempt % 3]) } }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(phones.count { $0 == nil } == 1)
      #expect(phones.count { $0 == "person.phone_taken" } == 11)
    }
  }

  @Test("Numbers and doors stand nowhere in the database as they are", arguments: TestEngine.available)
  func encrypted(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      _ = try await place.resident(household: place.household("3", "2", "50177"))
      let values: [[UInt8]] = try await place.database.read { snapshot in
        try snapshot.values("SELECT phone FROM people_person")
          + snapshot.values("SELECT door FROM people_household")
          + snapshot.values("SELECT phone_index FROM people_person")
      }
      #expect(values.count == 3)
      for value in values {
        let text = String(decoding: value, as: UTF8.self)
        #expect(!text.contains("13800138000") && !text.contains("50177"))
      }
    }
  }

  @Test(
    "People and households of other communities are never found by their identifiers",
    arguments: TestEngine.available)
  func otherCommunities(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      let person = try await place.resident(household: place.household())
      let other = try await place.otherCommunity()
      let actor = Actor(person: PersonID(rawValue: 1), role: .operator)
      let people = place.people
      let codes = [
        await problemCode {
          try await people.setDisabled(true, person, in: other, by: actor, actorRoles: [.operator])
        },
        await problemCode {
          try await people.changeRole(
            .leader, of: person, isGrant: true, in: other, by: actor, actorRoles: [.operator])
        },
        await problemCode {
          _ = try await people.revealPhone(of: person, for: .care, in: other, by: actor)
        },
        await problemCode {
          try await people.removeSecondFactor(of: person, in: other, by: actor, actorRoles: [.operator])
        },
        await problemCode {
          try await people.confirmMembership(of: person, seen: place.clock.now, in: other, by: actor)
        },
        await problemCode { try await people.declineMembership(of: person, in: other, by: actor) },
        await problemCode {
          try await people.requestMembership(
            of: person, at: try Door(building: "1", unit: "", room: "1"), in: other)
        },
      ]
      #expect(codes == Array(repeating: "not_found", count: codes.count))
      #expect(try await people.search("王阿姨", in: other, mayFindByPhone: true) == [])
      #expect(try await people.search("13800138000", in: other, mayFindByPhone: true) == [])
    }
  }

  @Test(
    "People are found by name, building and whole number, the number only by those who may",
    arguments: TestEngine.available)
  func search(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      let wang = try await place.resident(household: place.household())
      let li = try await place.resident(
        "李大爷", phone: "13900139000", household: place.household("4", "1", "101"))
      func find(_ words: String, phone: Bool = true) async throws -> [PersonID] {
        try await place.people.search(words, in: place.community, mayFindByPhone: phone).map(\.person.id)
      }
      #expect(try await find("阿姨") == [wang])
      #expect(try await find("4号楼") == [li])
      #expect(try await find("139 0013 9000") == [li])
      #expect(try await find("139 0013 9000", phone: false) == [])
      #expect(try await find("没有这个人") == [])
    }
  }

  @Test("A check names an account without its person and a broken chain", arguments: TestEngine.available)
  func breaches(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      let person = try await place.resident(household: place.household())
      #expect(try await place.breaches() == [])
      try await place.database.write(in: place.community) { transaction in
        try transaction.execute("DELETE FROM people_person WHERE id = \(person)")
        try transaction.liftAppendOnly(from: "platform_audit")
        try transaction.execute("UPDATE platform_audit SET purpose = 'other' WHERE sequence = 2")
      }
      let names = Set(try await place.breaches().map(\.name))
      #expect(names == ["people.account_without_person", "audit.chain_broken"])
    }
  }

  @Test("Twelve hundred households with their people are one commit each", arguments: TestEngine.available)
  func bulk(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      let drafts = try (0..<1200).map { number in
        try HouseholdDraft(
          door: Door(building: "\(number / 140 + 1)", unit: "\(number % 4 + 1)", room: "\(100 + number)"))
      }
      let households = try await place.people.createHouseholds(drafts, in: place.community)
      let hash = try await place.people.hasher.hash("x")
      let persons = try households.enumerated().map { number, household in
        var draft = try PersonDraft(
          displayName: "邻居\(number)", household: household,
          phone: PhoneNumber(typed: "138\(10_000_000 + number)"))
        draft.passwordHash = hash
        return draft
      }
      let ids = try await place.people.createPersons(persons, in: place.community)
      #expect(Set(ids).count == 1200)
      #expect(try await place.breaches() == [])
    }
  }

  @Test("The questions of every request are answered by an index", arguments: TestEngine.available)
  func plans(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      guard engine == .sqlite else { return }
      let plans = try await place.database.read { snapshot in
        try [
          snapshot.plan(
            "SELECT 1 FROM people_session WHERE hash = \([1] as [UInt8]) AND community_id = \(place.community)"
          ),
          snapshot.plan(
            "SELECT 1 FROM people_person WHERE community_id = \(place.community) AND phone_index = \([1] as [UInt8])"
          ),
          snapshot.plan(
            "SELECT role FROM people_role WHERE community_id = \(place.community) AND person_id = \(1)"),
        ].flatMap { $0 }
      }
      #expect(!plans.contains { $0.hasPrefix("SCAN") })
    }
  }
}
