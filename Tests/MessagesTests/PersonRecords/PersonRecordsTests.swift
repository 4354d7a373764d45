import Kernel
import People
import TestKit
import Testing

@testable import Database
@testable import Messages

@Suite("What Messages keeps of persons")
struct PersonRecordsTests {
  private static let tables = [
    "messages_delivery", "messages_message", "messages_preference", "messages_wechat",
  ]

  @Test("is named in the map, and so is each column that names somebody", arguments: TestEngine.available)
  func complete(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      let records = station.messages.personRecords
      #expect(records.tables.map(\.table.description) == Self.tables)
      var declared: [String] = []
      for case .text(let text) in messagesMigrations.flatMap(\.statements) {
        guard let name = text.firstMatch(of: /CREATE TABLE ([a-z_]+)/)?.1 else { continue }
        declared.append(String(name))
        let condition =
          records.tables.first { $0.table.description == name }?.isAbout(subject(station.wang, station)).text
          ?? ""
        let roles = records.acts.filter { $0.table.description == name }.map(\.by.description)
        for match in text.matches(of: /\b((?:[a-z]+_)?by_id|person_id|recipient_id)\s+BIGINT/) {
          #expect(condition.contains(match.1) || roles.contains(String(match.1)), "\(name).\(match.1)")
        }
      }
      #expect(declared.sorted() == Self.tables)
    }
  }

  @Test("is copied for the person alone, and goes with the person", arguments: TestEngine.available)
  func erased(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      for person in [station.wang, station.li] {
        try await station.send([station.message(to: person), station.message(Station.placed, to: person)])
        try await station.prefer(MessagePreference(ways: [.wechat, .call]), person)
        try await station.bindWeChat(person)
      }
      for person in [station.wang, station.li] {
        #expect(try await copies(of: person, station) == [2, 2, 1, 1])
      }
      try await erase(station.wang, station)
      #expect(try await copies(of: station.wang, station) == [0, 0, 0, 0])
      #expect(try await copies(of: station.li, station) == [2, 2, 1, 1])
      #expect(try await station.breaches() == [])
      station.clock.advance(by: .days(1))
      try await station.messages.deliveries.round()
      try await station.messages.deliveries.giveUpExpired()
      #expect(try await copies(of: station.wang, station) == [0, 0, 0, 0])
      #expect(try await station.breaches() == [])
      try await erase(station.wang, station)
      #expect(MessageRecords.wayNames["wechat,call"]?.english == "WeChat, A telephone call")
      #expect(MessageRecords.wayNames.count == 65)
    }
  }

  @Test(
    "what was to be sent is not sent, and calls in hand are free for others", arguments: TestEngine.available)
  func waiting(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      try await station.send([station.message()])
      try await erase(station.wang, station)
      try await station.messages.deliveries.round()
      #expect(station.sms.carried.isEmpty)
      try await station.prefer(MessagePreference(ways: [.call]), station.li)
      try await station.send([station.message(to: station.li)])
      let call = try #require(try await station.deliveries(of: station.li).first)
      let (community, worker) = (station.community, station.worker)
      try await station.database.write(in: community) { transaction in
        let isTaken = try CallStore.take(
          call, by: worker, until: transaction.now + CallRules.inHand, in: transaction)
        #expect(isTaken)
      }
      try await erase(worker, station)
      let (free, holder) = try await station.database.read { snapshot in
        (
          try DeliveryStore.waiting(.call, until: snapshot.now, limit: 5, in: community, snapshot).map(\.id),
          try CallStore.holder(of: call.id, in: community, snapshot)
        )
      }
      #expect(free == [call.id])
      #expect(holder == nil)
      #expect(try await station.breaches() == [])
    }
  }

  // MARK: - What the map says

  private func subject(_ person: PersonID, _ station: Station) -> DataSubject {
    DataSubject(person: person, household: nil, community: station.community)
  }

  /// How many rows of each table the person's copy has; every expression of the copy is asked for.
  private func copies(of person: PersonID, _ station: Station) async throws -> [Int] {
    let (records, subject) = (station.messages.personRecords, subject(person, station))
    return try await station.database.read { snapshot in
      try records.tables.map { table in
        let columns = Query.joined(table.columns.map(\.expression), by: ", ")
        return try snapshot.all(
          """
          SELECT \(columns) FROM \(Query(stringLiteral: table.table))
          WHERE community_id = \(subject.community) AND (\(table.isAbout(subject))) ORDER BY 1
          """
        ) { _ in 1 }.count
      }
    }
  }

  /// Deletes the person: everything that Messages keeps of persons goes.
  private func erase(_ person: PersonID, _ station: Station) async throws {
    let (records, subject) = (station.messages.personRecords, subject(person, station))
    try await station.database.write(in: station.community) { transaction in
      try records.erase(subject, transaction)
      for table in records.tables {
        guard case .deleted = table.ending else { throw Problem.internalFault }
        try transaction.execute(
          """
          DELETE FROM \(Query(stringLiteral: table.table))
          WHERE community_id = \(subject.community) AND (\(table.isAbout(subject)))
          """)
      }
    }
  }
}
