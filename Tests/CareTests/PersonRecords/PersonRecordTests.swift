import Database
import Kernel
import People
import Security
import TestKit
import Testing

@testable import Care
@testable import People

/// What Care keeps about a person: known table by table, and gone for good when they are.
@Suite struct PersonRecordTests {
  private static func tables(_ station: CareStation, _ engine: TestEngine) async throws -> Set<String> {
    try await station.database.read { snapshot in
      switch engine {
      case .sqlite:
        Set(
          try snapshot.values(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'care/_%' ESCAPE '/'",
            as: String.self))
      case .postgres:
        Set(
          try snapshot.values(
            "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE tablename LIKE 'care/_%' ESCAPE '/'",
            as: String.self))
      }
    }
  }

  @Test(arguments: TestEngine.available)
  func `every table of Care is in the map, and each can be copied`(engine: TestEngine) async throws {
    try await CareStation.with(engine) { station in
      let records = station.care.personRecords(station.personKeys)
      let mapped =
        records.tables.map(\.table.description) + records.acts.map(\.table.description)
        + records.impersonal.map(\.table.description)
      #expect(try await Self.tables(station, engine) == Set(mapped))
      #expect(records.isConfidential)
      try await station.furnish()
      for person in [station.wang, station.xu] {
        let subject = station.subject(person)
        let part = try await station.database.read {
          try DataCopyStore.part(records, about: subject, opening: [:], $0)
        }
        #expect(!part.tables.isEmpty || !part.acts.isEmpty)
        let obstacles = try await station.database.read { try records.obstacles(subject, $0) }
        #expect(obstacles.isEmpty)
      }
      // Who has nothing to do with the station has nothing here.
      let nobody = station.subject(station.outsider)
      let part = try await station.database.read {
        try DataCopyStore.part(records, about: nobody, opening: [:], $0)
      }
      #expect(part.tables.isEmpty && part.acts.isEmpty)
    }
  }

  @Test(arguments: TestEngine.available)
  func `an open case ends with its person, and nothing breaks`(engine: TestEngine) async throws {
    try await CareStation.with(engine) { station in
      let id = try await station.furnish()
      let group = try await station.openGroup()
      let member = try await station.join(station.wang, group)
      let proposed = try await station.propose(station.li, group)
      try await station.erase(station.wang)
      try await station.erase(station.li)
      let file = try await station.file(id)
      #expect(file.standing.stage == .closure && file.standing.outcome == .disengaged)
      let (tasks, referrals, requests, members) = try await station.database.read {
        [community = station.community] snapshot in
        (
          try CaseTaskStore.open(of: [id], in: community, snapshot),
          try ReferralStore.referrals(of: id, in: community, snapshot),
          try RightsStore.requests(of: id, in: community, snapshot),
          try GroupMemberStore.members(of: group, in: community, snapshot)
        )
      }
      #expect(tasks.isEmpty)
      #expect(referrals.map(\.state) == [.revoked])
      #expect(requests.map(\.answer?.kind) == [.withdrawn])
      #expect(members.first { $0.id == member }?.state == .left)
      #expect(members.first { $0.id == proposed }?.state == .notAccepted)
      #expect(try await station.breaches() == [])
      #expect(try await station.groupBreaches() == [])
      let left: Int64 = try await station.database.read { [wang = station.wang] snapshot in
        try snapshot.value("SELECT count(*) FROM care_text WHERE person_id = \(wang)") ?? -1
      }
      #expect(left == 0)
      // The worker hears of it, by the number on the file.
      let told: [String] = try await station.database.read { [xu = station.xu] snapshot in
        try snapshot.values(
          "SELECT path FROM messages_message WHERE recipient_id = \(xu) AND kind = 'care.case_erased'")
      }
      #expect(told == ["/cases/\(id)"])
      // Done once more, as after a crash, it changes nothing.
      try await station.erase(station.wang)
      #expect(try await station.breaches() == [])
    }
  }

  @Test func `pages show what is gone as gone`() async throws {
    try await CareStation.with(.sqlite) { station in
      let id = try await station.furnish()
      try await station.erase(station.wang)
      let xu = try await station.browser(of: station.xu)
      for path in ["/cases/\(id)", "/cases/\(id)/rights", "/cases/\(id)/copy", "/cases"] {
        let page = try await xu.get(path)
        #expect(page.status == 200, "\(path)")
        #expect(!page.text.contains("一个人住"), "\(path)")
      }
      #expect(try await xu.get("/cases/\(id)").text.contains("已经按规定销毁"))
    }
  }

  @Test(arguments: TestEngine.available)
  func `an old copy of the database shows nothing about whoever was deleted`(
    engine: TestEngine
  ) async throws {
    try await CareStation.with(engine) { station in
      try await station.furnish()
      _ = try await station.openCase(of: station.li)
      // The rows as an old copy holds them; the key file is the same, and the folder is the one of today.
      let copied = try await station.database.read { [community = station.community] snapshot in
        try CareTextStore.texts(TextScope(condition: "1 = 1"), in: community, snapshot)
      }
      let own = copied.filter { $0.person == station.wang }
      #expect(own.count > 3)
      try await station.erase(station.wang)
      let opener = try await CareKeys(vault: try station.newVault()).opening(
        [station.wang, station.li], in: station.community)
      for text in own { #expect(try opener.open(text) == nil) }
      for text in copied where text.person == station.li { #expect(try opener.open(text) != nil) }
      let scope = KeyScope(community: station.community, dataClass: .casework, person: station.wang)
      #expect(try await station.personKeys.isDestroyed(scope))
      // Nor does anything begin anew.
      await #expect(throws: Problem.self) {
        _ = try await station.openCase(of: station.wang)
      }
    }
  }
}

extension CareStation {
  func subject(_ person: PersonID, household: HouseholdID? = nil) -> DataSubject {
    DataSubject(person: person, household: household, community: community)
  }

  /// An open case with something of most kinds in it: a referral that waits, a closing that waits, and a request.
  @discardableResult
  func furnish() async throws -> CaseID {
    let id = try await openCase()
    try await consent()
    try await move(id)
    try await self.in(id, as: xu) { [care] open, seal, transaction in
      let words = CareDocument([.strengths: "好", .goals: "目标", .note: "一句话", .summary: "完", .happened: "聊了"])
      try care.desk.assess(words, risk: .middle, &open, sealing: seal, in: transaction)
      try care.desk.move(
        .forward, words: CareDocument(), &open, seen: open.file.standing.events, sealing: seal,
        in: transaction)
      try care.desk.plan(
        words, reviewAt: transaction.now + .days(30), open, sealing: seal, in: transaction)
      for sensitivity in Sensitivity.allCases {
        try care.desk.write(
          CaseDesk.NoteDraft(
            kind: .progress, sensitivity: sensitivity,
            words: CareDocument([.note: "第 \(sensitivity.rawValue) 级的话"])), open, sealing: seal,
          in: transaction)
      }
      try care.desk.propose(.lostContact, words: words, open, sealing: seal, in: transaction)
      try care.referrals.write(
        to: .organisation, fields: [.name], words: words, open, sealing: seal, in: transaction)
    }
    try await ask(.copy, id)
    return id
  }

  @discardableResult
  func ask(
    _ kind: RightsRequest.Kind, _ id: CaseID, _ words: String = "", by person: PersonID? = nil
  ) async throws -> RightsRequest {
    let client = person ?? wang
    let seal = try await care.keys.sealing(client, in: community)
    return try await database.write(in: community) { [care] transaction in
      try care.rights.ask(
        kind, words: CareDocument([.correction: words]), of: id, by: client, offsetSeconds: 28_800,
        sealing: seal, in: transaction)
    }
  }

  /// As whoever deletes a person does it: what is under way ends, the rows of each table go as the map says, and the keys
  /// are destroyed.
  func erase(_ person: PersonID, household: HouseholdID? = nil) async throws {
    let records = care.personRecords(personKeys)
    let subject = subject(person, household: household)
    try await database.write(in: community) { transaction in
      try records.erase(subject, transaction)
      for table in records.tables {
        let name = Query(stringLiteral: table.table)
        let rows: Query = "community_id = \(subject.community) AND (\(table.isAbout(subject)))"
        switch table.ending {
        case .deleted:
          try transaction.forget(in: table.table) {
            try transaction.execute("DELETE FROM \(name) WHERE \(rows)")
          }
        case .cleared(let assignments):
          try transaction.forget(in: table.table) {
            try transaction.execute("UPDATE \(name) SET \(assignments) WHERE \(rows)")
          }
        case .kept, .clearedLater, .deletedLater: break
        }
      }
    }
    try await records.finish(subject)
    try await records.finish(subject)
  }
}
