import Database
import Kernel
import People
import TestKit
import Testing

@testable import Care

@Suite("Door visits: who may see them")
struct VisitAccessTests {
  private let me = PersonID(rawValue: 1)
  private let other = PersonID(rawValue: 2)

  @Test("Runner and supervisor see all of it, a visitor while it runs, and nobody else anything")
  func rules() {
    func access(
      _ roles: Set<Role>, runner: Bool = false, supervisor: Bool = false, running: Bool = true,
      door: Bool = false
    ) -> VisitAccess? {
      VisitAccess.of(
        CaseReader(person: me, roles: roles),
        to: VisitAccess.Facts(
          runner: runner ? me : other, supervisor: supervisor ? me : other, isRunning: running, hasDoor: door)
      )
    }
    #expect(access([.socialWorker], runner: true)?.mayArrange == true)
    #expect(access([.supervisor], supervisor: true)?.relation == .supervisor)
    #expect(
      access([.socialWorker], supervisor: true) == nil, "a role that was taken away takes the part with it")
    #expect(access([], runner: true) == nil)
    #expect(access([.committee, .operator, .governmentReader, .leader]) == nil)
    #expect(access([], door: true)?.relation == .visitor && access([], door: true)?.mayArrange == false)
    #expect(access([], running: false, door: true) == nil)
    #expect(access([.socialWorker], runner: true, running: false, door: true)?.mayVisit == false)
    #expect(access([.socialWorker], runner: true, door: true)?.mayVisit == true)
  }

  /// The query reads exactly what the rule allows, of campaigns and of doors, for anybody at any time.
  @Test("The scope of the queries and the rule draw the same line", arguments: TestEngine.available)
  func scope(_ engine: TestEngine) async throws {
    try await VisitFixture.with(engine) { fixture in
      var random = SeededGenerator(seed: 20_261_123)
      let people = [
        fixture.runner, fixture.supervisor, fixture.colleague, fixture.otherSupervisor, fixture.visitor,
        fixture.otherVisitor, fixture.committee,
      ]
      for _ in 0..<24 { try await makeAny(fixture, people, &random) }
      var (seen, hidden) = (0, 0)
      for _ in 0..<60 {
        let reader = CaseReader(
          person: try #require(people.randomElement(using: &random)),
          roles: Set(
            [Role.socialWorker, .supervisor, .committee, .resident].filter { _ in
              Bool.random(using: &random)
            }))
        fixture.clock.move(
          to: VisitFixture.firstDay + .days(Int64.random(in: -2...9, using: &random)))
        let found = try await compare(reader, fixture)
        seen += found.seen
        hidden += found.hidden
      }
      #expect(seen > 100 && hidden > 100, "\(seen) seen, \(hidden) hidden: the test compares too little")
    }
  }

  private func makeAny(
    _ fixture: VisitFixture, _ people: [PersonID], _ random: inout SeededGenerator
  ) async throws {
    var terms = fixture.terms()
    terms.runner = try #require(people.randomElement(using: &random))
    terms.supervisor = try #require(people.randomElement(using: &random))
    terms.startsAt = VisitFixture.firstDay + .days(Int64.random(in: -1...3, using: &random))
    terms.endsAt = terms.startsAt + .days(Int64.random(in: 1...5, using: &random))
    let state = try #require(VisitCampaign.State.allCases.randomElement(using: &random))
    let given = fixture.households.map { household in
      (
        household: household,
        visitor: Bool.random(using: &random) ? people.randomElement(using: &random) : nil,
        isListed: Int.random(in: 0...3, using: &random) > 0
      )
    }
    let (made, actor) = (terms, Actor(person: fixture.runner, role: .socialWorker))
    try await fixture.database.write(in: fixture.community) { transaction in
      let campaign = VisitCampaign(
        id: transaction.newIdentifier(), createdAt: transaction.now, createdBy: actor, state: state,
        terms: made, version: 1, events: 1)
      try VisitStore.insert(
        campaign, VisitEvent(.written(version: 1, made), at: transaction.now, by: actor), in: transaction)
      for entry in given {
        var door = VisitDoor(
          id: transaction.newIdentifier(), campaign: campaign.id, household: entry.household, source: .list,
          isListed: entry.isListed)
        try VisitDoorStore.insert([door], in: transaction)
        door.visitor = entry.isListed ? entry.visitor : nil
        try VisitDoorStore.update(door, in: transaction)
      }
    }
  }

  private func compare(
    _ reader: CaseReader, _ fixture: VisitFixture
  ) async throws -> (seen: Int, hidden: Int) {
    let community = fixture.community
    return try await fixture.database.read { snapshot in
      let now = snapshot.now
      let all = try snapshot.values("SELECT id FROM care_visit_campaign", as: VisitCampaignID.self)
      let listed = Set(
        try VisitStore.list(VisitScope(reader, at: now), limit: 1000, in: community, snapshot).map(\.id))
      let arranged = Set(
        try VisitStore.list(.arranging(reader), limit: 1000, in: community, snapshot).map(\.id))
      let visited = Set(
        try VisitStore.list(.visiting(reader, at: now), limit: 1000, in: community, snapshot).map(\.id))
      for id in all {
        let campaign = try #require(try VisitStore.find(id, in: community, snapshot))
        let doors = try VisitDoorStore.all(of: id, in: community, snapshot)
        let access = VisitAccess.of(
          reader,
          to: VisitAccess.Facts(
            runner: campaign.terms.runner, supervisor: campaign.terms.supervisor,
            isRunning: campaign.isRunning(at: now),
            hasDoor: doors.contains { $0.isListed && $0.visitor == reader.person }))
        #expect(listed.contains(id) == (access != nil))
        #expect(arranged.contains(id) == (access?.mayArrange ?? false))
        #expect(visited.contains(id) == (access?.mayVisit ?? false))
        guard let access else { continue }
        let found = try VisitDoorStore.doors(of: id, VisitDoorScope(access, reader), in: community, snapshot)
        #expect(found == doors.filter { access.sees($0, reader) })
        let own = try VisitDoorStore.doors(
          of: id, VisitDoorScope(access, reader, ownOnly: true), in: community, snapshot)
        #expect(own == doors.filter { access.mayVisit && $0.isListed && $0.visitor == reader.person })
      }
      return (listed.count, all.count - listed.count)
    }
  }
}
