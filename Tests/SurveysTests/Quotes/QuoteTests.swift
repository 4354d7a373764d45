import Database
import Kernel
import People
import Security
import TestKit
import Testing

@testable import Surveys

@Suite("Quotes: only what its speaker allows")
struct QuoteTests {
  private let words = "楼里没有电梯，一个月没下楼。"

  private func make(_ fixture: FieldFixture, phone: String?) async throws -> (StudyID, QuoteID) {
    let study = try await fixture.study()
    let record = try await fixture.record("没有电梯\n腿疼", of: study, phone: phone)
    let quote = try await fixture.write { [words] in
      try QuoteDesk(directory: fixture.people.directory).make(
        QuoteForm.Draft(passage: 1, words: words), of: record, in: study, by: fixture.asWorker,
        sealing: fixture.cipher, $0)
    }
    return (study, quote)
  }

  private func usable(_ fixture: FieldFixture, _ study: StudyID) async throws -> [String] {
    let source = QuoteSource(directory: fixture.people.directory, vault: fixture.staff.vault)
    let reading = try await source.reading(in: fixture.community)
    return try await fixture.database.read { try reading.usable(of: study, $0).map(\.words) }
  }

  private func consent(_ fixture: FieldFixture) async throws -> ConsentID {
    let person = fixture.neighbours[0]
    return try await fixture.write { transaction in
      let notice = try #require(try Consents.notice("story-publishing", in: transaction))
      return try Consents.record(
        Consents.Draft(
          subject: person, notice: notice, expires: transaction.now + .days(300),
          evidence: .electronic(person)),
        isGiven: true, by: Actor(person: person, role: .resident), in: transaction
      ).id
    }
  }

  @Test(arguments: TestEngine.available)
  func `somebody known is asked by the consent gate each time`(engine: TestEngine) async throws {
    try await FieldFixture.with(engine) { fixture in
      let (study, quote) = try await make(fixture, phone: FieldFixture.phone)
      #expect(try await usable(fixture, study) == [])
      fixture.clock.advance(by: .minutes(1))
      let consent = try await consent(fixture)
      fixture.clock.advance(by: .minutes(1))
      #expect(try await usable(fixture, study) == [words])
      let spoken = await FieldFixture.code {
        try await fixture.write {
          try QuoteDesk(directory: fixture.people.directory).agree(
            quote, of: study, seen: 1, witness: fixture.supervisor, by: fixture.asWorker,
            opening: fixture.cipher, in: $0)
        }
      }
      #expect(spoken == "quote.known_speaker")
      try await fixture.write {
        try Consents.withdraw(
          consent, by: Actor(person: fixture.neighbours[0], role: .resident), in: $0)
      }
      #expect(try await usable(fixture, study) == [], "gone at once")
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `somebody unknown agrees to these very words before a witness`(engine: TestEngine) async throws {
    try await FieldFixture.with(engine) { fixture in
      let (study, quote) = try await make(fixture, phone: nil)
      let desk = QuoteDesk(directory: fixture.people.directory)
      func agree(witness: PersonID, seen: Int64 = 1) async -> String? {
        await FieldFixture.code {
          try await fixture.write {
            try desk.agree(
              quote, of: study, seen: seen, witness: witness, by: fixture.asWorker, opening: fixture.cipher,
              in: $0)
          }
        }
      }
      #expect(try await usable(fixture, study) == [])
      #expect(await agree(witness: fixture.worker) == "quote.witness", "not whoever writes it down")
      #expect(await agree(witness: fixture.neighbours[1]) == "quote.witness")
      #expect(await agree(witness: fixture.colleague) == nil)
      #expect(try await usable(fixture, study) == [words])
      let other = "楼里没有电梯。"
      try await fixture.write {
        try desk.reword(
          other, quote, of: study, seen: 1, by: fixture.asColleague, sealing: fixture.cipher, in: $0)
      }
      #expect(try await usable(fixture, study) == [], "these are other words")
      #expect(await agree(witness: fixture.colleague) == "study.stale")
      #expect(await agree(witness: fixture.colleague, seen: 2) == nil)
      #expect(try await usable(fixture, study) == [other])
      try await fixture.write {
        try desk.takeBack(quote, of: study, by: fixture.asWorker, opening: fixture.cipher, in: $0)
      }
      #expect(try await usable(fixture, study) == [])
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `words that give somebody away are refused, and passages that are not there`(
    engine: TestEngine
  ) async throws {
    try await FieldFixture.with(engine) { fixture in
      let study = try await fixture.study()
      let record = try await fixture.record("没有电梯", of: study, phone: FieldFixture.phone)
      let open = try await fixture.record("还在改", of: study, isLocked: false)
      func make(_ words: String, _ passage: Int64 = 1, of record: FieldRecordID) async -> String? {
        await FieldFixture.code {
          _ = try await fixture.write {
            try QuoteDesk(directory: fixture.people.directory).make(
              QuoteForm.Draft(passage: passage, words: words), of: record, in: study, by: fixture.asWorker,
              sealing: fixture.cipher, $0)
          }
        }
      }
      #expect(await make("王阿姨说没有电梯", of: record) == "form.invalid")
      #expect(await make("打 13800138001 找我", of: record) == "form.invalid")
      #expect(await make("没有电梯", 2, of: record) == "not_found")
      #expect(await make("没有电梯", of: open) == "record.open")
      #expect(await make("六楼，没有电梯", of: record) == nil)
      #expect(QuoteRules.fault(of: "一百二十级台阶，12345 步", names: ["王阿姨"]) == nil)
    }
  }

  @Test func `the digest is of these words and this quote`() {
    let (one, two) = (QuoteID(rawValue: 1), QuoteID(rawValue: 2))
    #expect(QuoteRules.digest(words, of: one) == QuoteRules.digest(words, of: one))
    #expect(QuoteRules.digest(words, of: one) != QuoteRules.digest(words, of: two))
    #expect(QuoteRules.digest(words, of: one) != QuoteRules.digest("\(words)。", of: one))
  }
}
