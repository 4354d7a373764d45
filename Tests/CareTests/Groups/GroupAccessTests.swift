import Database
import Kernel
import People
import TestKit
import Testing

@testable import Care

/// Who may see what of a group: the rule as values, and the same line drawn by the query.
@Suite struct GroupAccessTests {
  private static let me = PersonID(rawValue: 1)
  private static let other = PersonID(rawValue: 2)

  private static func access(
    _ roles: Set<Role>, leaders: [PersonID] = [other], supervisor: PersonID = other, isClosed: Bool = false
  ) -> GroupAccess? {
    GroupAccess.of(
      CaseReader(person: me, roles: roles),
      to: GroupAccess.Facts(
        staff: GroupStaff(leaders: leaders, supervisor: supervisor), isClosed: isClosed))
  }

  @Test func `leaders write, the supervisor reads and approves, and for everybody else there is no group`() {
    let leader = Self.access([.socialWorker], leaders: [Self.other, Self.me])
    #expect(leader?.relation == .leader && leader?.mayWrite == true && leader?.mayApprove == false)
    let supervisor = Self.access([.supervisor], supervisor: Self.me)
    #expect(supervisor?.relation == .supervisor)
    #expect(supervisor?.mayWrite == false && supervisor?.mayApprove == true)
    for role in Role.allCases {
      #expect(Self.access([role]) == nil, "\(role)")
      // Being named is nothing without the role.
      if role != .socialWorker { #expect(Self.access([role], leaders: [Self.me]) == nil, "\(role)") }
      if role != .supervisor { #expect(Self.access([role], supervisor: Self.me) == nil, "\(role)") }
    }
  }

  @Test func `a group that is over is read, and later scores are noted`() {
    let leader = Self.access([.socialWorker], leaders: [Self.me], isClosed: true)
    #expect(leader?.mayWrite == false && leader?.mayScore == true && leader?.mayStaff == false)
    let supervisor = Self.access([.supervisor], supervisor: Self.me, isClosed: true)
    #expect(supervisor?.mayApprove == false && supervisor?.mayScore == false)
  }

  @Test(arguments: TestEngine.available)
  func `the query and the rule draw the same line`(engine: TestEngine) async throws {
    try await CareStation.with(engine) { station in
      var random = SeededGenerator(seed: 2017)
      let people = [station.xu, station.lin, station.zheng, station.gao]
      let everybody = people + [station.committee, station.wang, station.outsider]
      try await station.sow(people, 120, &random)
      let roles: [Set<Role>] = [
        [.socialWorker], [.supervisor], [.socialWorker, .supervisor], [.committee], [.operator], [.resident],
        [.leader, .governmentReader], [],
      ]
      var seen = 0
      for person in everybody {
        for roles in roles {
          let reader = CaseReader(person: person, roles: roles)
          let (byQuery, byRule) = try await station.groupSight(reader)
          #expect(byQuery == byRule, "\(reader)")
          seen += byQuery.count
        }
      }
      #expect(seen > 100, "\(seen)")
    }
  }
}

extension CareStation {
  /// Writes groups with random staff, some of them over, as no rule would let anybody do it.
  func sow(_ people: [PersonID], _ count: Int, _ random: inout SeededGenerator) async throws {
    var staffs: [(GroupStaff, Bool)] = []
    for _ in 0..<count {
      let shuffled = people.shuffled(using: &random)
      let leaders = Array(shuffled.prefix(Int.random(in: 1...2, using: &random)))
      let supervisor = people.randomElement(using: &random) ?? zheng
      staffs.append((GroupStaff(leaders: leaders, supervisor: supervisor), Bool.random(using: &random)))
    }
    let sown = staffs
    try await database.write(in: community) { transaction in
      for (index, (staff, isClosed)) in sown.enumerated() {
        let actor = Actor(person: staff.supervisor, role: .supervisor)
        var group = CareGroup(
          id: transaction.newIdentifier(), number: Int64(index + 1), createdAt: transaction.now,
          createdBy: actor,
          terms: Self.terms().terms(
            version: 1, text: transaction.newIdentifier(), at: transaction.now, by: actor.person),
          standing: .new(staff))
        try GroupStore.insert(group, in: transaction)
        try GroupStore.append(
          GroupEvent(.created, at: transaction.now, by: actor), to: &group, in: transaction)
        if isClosed {
          try GroupStore.append(
            GroupEvent(
              .closed(at: .preparation, transaction.newIdentifier()), at: transaction.now, by: actor),
            to: &group, in: transaction)
        }
      }
    }
  }

  /// The groups that the query hands out, and those that the rule lets somebody see.
  func groupSight(
    _ reader: CaseReader
  ) async throws -> (byQuery: Set<CareGroupID>, byRule: Set<CareGroupID>) {
    try await database.read { [community] snapshot in
      let scope = GroupScope(reader)
      let listed = try [true, false].flatMap {
        try GroupStore.list(scope, isClosed: $0, limit: 1_000, in: community, snapshot)
      }
      let found = try listed.compactMap { try GroupStore.find($0.id, scope, in: community, snapshot) }
      #expect(found.count == listed.count)
      let everywhere = CaseReader(person: reader.person, roles: Set(Role.allCases))
      var all: [CareGroup] = []
      for person in [xu, lin, zheng, gao] {
        let everything = GroupScope(CaseReader(person: person, roles: everywhere.roles))
        for isClosed in [true, false] {
          all += try GroupStore.list(everything, isClosed: isClosed, limit: 1_000, in: community, snapshot)
        }
      }
      let byRule = GroupDoorkeeper().open(all, for: reader).map(\.id)
      for group in all where !byRule.contains(group.id) {
        #expect(try GroupStore.find(group.id, scope, in: community, snapshot) == nil)
      }
      return (Set(listed.map(\.id)), Set(byRule))
    }
  }
}

/// What is asked most often reads no whole table.
@Suite struct GroupQueryTests {
  @Test(arguments: TestEngine.available)
  func `the texts of a group are found by the group`(engine: TestEngine) async throws {
    try await CareStation.with(engine) { station in
      let id = try await station.openGroup()
      let open = try await station.view(id).open
      let plan = try await station.database.read { [community = station.community] snapshot in
        try snapshot.plan(
          """
          SELECT id, person_id, sealed FROM care_text WHERE community_id = \(community)
            AND \(TextScope(open).condition) ORDER BY id
          """)
      }
      // PostgreSQL reads a table of a few rows whole, whatever indexes there are.
      if engine == .sqlite { #expect(!plan.contains { $0.hasPrefix("SCAN") }, "\(plan)") }
    }
  }
}
