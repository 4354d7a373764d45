import Database
import Kernel
import Messages
import People
import TestKit
import Testing

@testable import Care
@testable import People

/// Door visits of a household of which nobody is left.
@Suite struct VisitErasureTests {
  private static func households(_ station: CareStation) async throws -> [PersonID: HouseholdID] {
    try await station.database.read { [community = station.community] snapshot in
      var homes: [PersonID: HouseholdID] = [:]
      for person in [station.wang, station.li] {
        homes[person] = try snapshot.person(person, in: community)?.household
      }
      return homes
    }
  }

  /// A running campaign to two doors: 李叔 goes to 王阿姨 and reports of it, and 王阿姨 goes to 李叔.
  private static func visited(
    _ station: CareStation, _ homes: [PersonID: HouseholdID]
  ) async throws -> VisitCampaignID {
    let desk = VisitDesk(directory: station.people.directory, messenger: station.messages.messenger)
    let reader = station.reader(station.xu)
    let (wang, li, community) = (station.wang, station.li, station.community)
    let terms = VisitTerms(
      purpose: .scam, title: "防骗走访", task: "送卡", phrase: "您好", questions: [], startsAt: VisitFixture.firstDay,
      endsAt: VisitFixture.lastDayEnds, runner: station.xu, supervisor: station.zheng)
    let seal = try await station.care.keys.sealing(nil, in: community)
    return try await station.database.write(in: community) { transaction in
      let id = try desk.make(terms, by: reader, in: transaction).id
      var open = try VisitDoorkeeper.open(id, for: reader, in: community, transaction)
      let both = [wang, li].compactMap { homes[$0] }
      try desk.list(both, .door, open, in: transaction)
      for person in [wang, li] { try desk.ask(person, open, in: transaction) }
      let doors = try VisitDoorStore.all(of: id, in: community, transaction)
      for door in doors {
        let visitor = door.household == homes[wang] ? li : wang
        try desk.give(.door(door.id), to: visitor, open, in: transaction)
      }
      try desk.start(&open, seen: open.campaign.events, in: transaction)
      if let door = doors.first(where: { $0.household == homes[wang] }) {
        _ = try desk.report(
          VisitReport(
            key: "0123456789abcdef", door: door.id, kind: .seen, version: 1, note: "门口说的话",
            happenedAt: transaction.now), of: id, by: CaseReader(person: li, roles: [.resident]),
          sealing: seal, in: transaction)
      }
      return id
    }
  }

  @Test(arguments: TestEngine.available)
  func `what was said at a door goes with the last of its household`(engine: TestEngine) async throws {
    try await CareStation.with(engine) { station in
      let homes = try await Self.households(station)
      let id = try await Self.visited(station, homes)
      // While somebody else lives there, their visits stay.
      try await station.erase(station.wang, household: nil)
      #expect(try await Self.texts(station) == 1)
      #expect(try await station.breaches() == [])
      try await station.erase(station.wang, household: homes[station.wang])
      #expect(try await Self.texts(station) == 0)
      #expect(try await station.breaches() == [])
      let doors = try await station.database.read { [community = station.community] in
        try VisitDoorStore.all(of: id, in: community, $0)
      }
      #expect(doors.first { $0.household == homes[station.wang] }?.isListed == false)
      let other = doors.first { $0.household == homes[station.li] }
      #expect(other?.isListed == true && other?.visitor == nil)
    }
  }

  private static func texts(_ station: CareStation) async throws -> Int64 {
    try await station.database.read {
      try $0.value("SELECT count(*) FROM care_text WHERE person_id IS NULL") ?? -1
    }
  }
}
