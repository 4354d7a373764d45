import Database
import Kernel
import People
import TestKit
import Testing

@testable import Care

/// Who may see what of a case: the rule as values, and the same line drawn by the query.
@Suite struct CaseAccessTests {
  private static let me = PersonID(rawValue: 1)
  private static let other = PersonID(rawValue: 2)
  private static let client = PersonID(rawValue: 3)

  private static func access(
    _ roles: Set<Role>, worker: PersonID? = other, supervisor: PersonID? = PersonID(rawValue: 9),
    stage: CaseStage = .intervention, basis: CareBasis = .statutory(.danger), glass: Bool = false,
    client: PersonID = client
  ) -> CaseAccess? {
    CaseAccess.of(
      CaseReader(person: me, roles: roles),
      to: CaseAccess.Facts(
        person: client, worker: worker, supervisor: supervisor, stage: stage, basis: basis,
        glassIsOpen: glass))
  }

  @Test func `roles without a part in casework see nothing, whatever stands in the case`() {
    for role in Role.allCases where !CaseReader.roles.contains(role) {
      for stage in CaseStage.allCases {
        for glass in [true, false] {
          #expect(
            Self.access([role], worker: Self.me, supervisor: Self.me, stage: stage, glass: glass) == nil)
          #expect(Self.access([role], worker: nil, supervisor: nil, stage: stage, glass: glass) == nil)
        }
      }
    }
  }

  @Test func `a worker sees all of their own case and nothing of another's`() {
    let own = Self.access([.socialWorker], worker: Self.me)
    #expect(own?.relation == .worker && own?.ceiling == .confidential && own?.mayWrite == true)
    #expect(own?.mayApprove == false && own?.mayAssign == false)
    #expect(Self.access([.socialWorker]) == nil)
    // Being named as supervisor is nothing without the role.
    #expect(Self.access([.socialWorker], supervisor: Self.me) == nil)
    #expect(Self.access([.socialWorker], worker: nil, supervisor: nil) == nil)
  }

  @Test func `a supervisor reads and approves their team's cases, and assigns what waits`() {
    let own = Self.access([.supervisor], supervisor: Self.me)
    #expect(own?.relation == .supervisor && own?.ceiling == .sensitive)
    #expect(own?.mayWrite == false && own?.mayApprove == true && own?.mayAssign == true)
    #expect(Self.access([.supervisor]) == nil)
    let waiting = Self.access([.supervisor], worker: nil, supervisor: nil)
    #expect(waiting?.relation == .duty && waiting?.ceiling == .ordinary && waiting?.mayWrite == false)
  }

  @Test func `without consent nothing more is written, and the supervisor sees the outlines alone`() {
    for stage in CaseStage.allCases {
      let worker = Self.access([.socialWorker], worker: Self.me, stage: stage, basis: .none)
      #expect(worker?.mayWrite == (stage == .intake), "\(stage)")
      #expect(worker?.mayEnd == true)
      let supervisor = Self.access([.supervisor], supervisor: Self.me, stage: stage, basis: .none)
      let isPast = stage == .intake || stage == .closure
      #expect(supervisor?.ceiling == (isPast ? .sensitive : .ordinary), "\(stage)")
    }
  }

  @Test func `a broken glass opens for reading and for nothing else`() {
    let opened = Self.access([.socialWorker], glass: true)
    #expect(opened?.relation == .glass && opened?.ceiling == .sensitive)
    #expect(opened?.mayWrite == false && opened?.mayEnd == false && opened?.mayApprove == false)
  }

  @Test func `nobody reads a case about themselves at the desk`() {
    for roles: Set<Role> in [[.socialWorker], [.supervisor], [.socialWorker, .supervisor]] {
      #expect(Self.access(roles, worker: Self.me, supervisor: Self.me, glass: true, client: Self.me) == nil)
    }
  }

  @Test(arguments: TestEngine.available)
  func `the query and the rule draw the same line`(engine: TestEngine) async throws {
    try await CareStation.with(engine) { station in
      var ids: [CaseID] = []
      for client in [station.wang, station.li, station.lin, station.gao] {
        for worker in [station.xu, station.lin, station.gao] where worker != client {
          ids.append(try await station.openCase(of: client, worker: worker))
        }
        ids.append(try await station.openCase(of: client, waits: true))
      }
      let broken = ids[1]
      try await station.breakGlass(broken, as: station.xu)
      let people = [
        station.xu, station.lin, station.zheng, station.gao, station.committee, station.wang,
        station.outsider,
      ]
      let roles: [Set<Role>] = [
        [.socialWorker], [.supervisor], [.socialWorker, .supervisor], [.committee], [.resident], [],
      ]
      for hours in [0, 4] {
        station.clock.advance(by: .hours(Int64(hours)))
        for person in people {
          for roles in roles {
            let reader = CaseReader(person: person, roles: roles)
            let (byQuery, byRule) = try await station.sight(reader)
            #expect(byQuery == byRule, "\(reader)")
          }
        }
      }
    }
  }
}

extension CareStation {
  func breakGlass(_ id: CaseID, as person: PersonID) async throws {
    let reader = reader(person)
    let client = try await file(id).person
    let seal = try await care.keys.sealing(client, in: community)
    try await database.write(in: community) { [care] transaction in
      try care.glass.smash(
        id, .danger, words: CareDocument([.reason: "邻居说三天没见到人了"]), for: reader, offsetSeconds: 28_800,
        sealing: seal, in: transaction)
    }
  }

  /// The cases that the query hands out, and those that the rule lets somebody see.
  func sight(_ reader: CaseReader) async throws -> (byQuery: Set<CaseID>, byRule: Set<CaseID>) {
    try await database.read { [community, care] snapshot in
      let scope = CaseScope(reader, at: snapshot.now)
      let listed = try [true, false].flatMap {
        try CaseStore.list(scope, isOpen: $0, limit: 1_000, in: community, snapshot)
      }
      let all = try CaseStore.all(snapshot).map(\.file)
      let open = try care.desk.doorkeeper.open(all, for: reader, in: community, snapshot)
      return (Set(listed.map(\.id)), Set(open.map(\.id)))
    }
  }
}
