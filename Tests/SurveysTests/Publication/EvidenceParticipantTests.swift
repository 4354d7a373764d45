import Database
import Kernel
import People
import TestKit
import Testing

@testable import Surveys

@Suite("Published tables: who is told what came of them")
struct EvidenceParticipantTests {
  @Test(arguments: TestEngine.available)
  func `everybody of the households that answered is named once, part by part`(engine: TestEngine)
    async throws
  {
    try await AnswerFixture.with(engine) { fixture in
      let households = try await fixture.station.households(
        (0..<40).map { (building: "3", unit: "1", room: "\(100 + $0)") })
      // In another order than that of the households, and of the last ten nobody answers.
      let homes = (0..<80).map { households[$0 * 7 % 40] }
      let persons = try await fixture.station.persons(
        try homes.enumerated().map { try TestStation.person("居民\($0.offset)", home: $0.element) })
      let version = try await fixture.open(privacy: .separated, unit: .household)
      let id = version.questionnaire
      let collector = try await fixture.collect(id, by: .link)
      for (number, household) in households.prefix(30).enumerated() {
        let place = try #require(homes.firstIndex(of: household))
        try await fixture.take(
          number, through: collector, of: version, from: .person(persons[place], household: household),
          key: "answer-\(number)")
      }
      let evidence = try await publish("lift", of: id, fixture)
      let expected = zip(persons, homes).filter { households.prefix(30).contains($0.1) }.map(\.0).sorted()
      var told: [PersonID] = []
      repeat {
        let part = try await fixture.database.read {
          [community = fixture.community, directory = fixture.staff.directory, last = told.last] in
          try SurveyEvidence().participants(
            of: evidence, after: last, limit: 7, directory: directory, in: community, $0)
        }
        told += part
        if part.count < 7 { break }
      } while told.count <= persons.count
      #expect(told == expected && told.count == 60)
      let tables = try await fixture.database.read { [community = fixture.community] in
        try SurveyEvidence().tables(least: SurveyEvidence.leastForEveryone, in: community, $0)
      }
      #expect(tables.map(\.id) == [evidence] && SurveyEvidence.leastForEveryone == 10)
    }
  }

  /// Closes and locks a questionnaire and publishes a table of one question for everybody.
  private func publish(
    _ question: String, of id: QuestionnaireID, _ fixture: AnswerFixture
  ) async throws -> EvidenceID {
    try await fixture.close(id)
    let (community, worker) = (fixture.community, fixture.worker)
    let found = try await fixture.database.read { try QuestionnaireStore.find(id, in: community, $0) }
    let seen = try #require(found).events
    try await fixture.write {
      try LockDesk().request(id, LockSpec(breakdowns: []), seen: seen, by: worker, in: $0)
    }
    #expect(try await LockWork(database: fixture.database, vault: fixture.vault).round() == 1)
    let reader = PublicationReader(staff: fixture.staff)
    let source = try await reader.source(id, in: community)
    let query = PublicationQuery(question: question, breakdowns: [], filter: nil, audience: .everyone)
    let judged = try await reader.judged(query, of: source, in: community)
    return try await fixture.write { try PublicationDesk().publish(judged, by: worker, in: $0) }
  }
}
