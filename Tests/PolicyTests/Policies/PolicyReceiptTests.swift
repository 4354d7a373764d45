import Database
import Kernel
import People
import TestKit
import Testing

@testable import Policy

@Suite("Policy library: receipts")
struct PolicyReceiptTests {
  private func read(
    _ fixture: LibraryFixture, _ id: PolicyID, _ person: PersonID, _ answer: PolicyReceipt.Answer = .clear,
    version: Int64 = 1
  ) async throws {
    let receipts = fixture.receipts
    try await fixture.write { try receipts.read(version, of: id, answer, by: person, in: $0) }
  }

  private func receipt(
    _ fixture: LibraryFixture, _ id: PolicyID, _ person: PersonID, version: Int64 = 1
  ) async throws -> PolicyReceipt? {
    try await fixture.database.read {
      try PolicyReceiptStore.find(version, of: id, by: person, in: fixture.community, $0)
    }
  }

  @Test("Many taps at once are one receipt for each person and version", arguments: TestEngine.available)
  func race(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let id = try await fixture.publish(LibraryFixture.content())
      let persons = [fixture.wang, fixture.husband, fixture.li, fixture.zhou]
      try await withThrowingTaskGroup(of: Void.self) { group in
        for turn in 0..<60 {
          let answer: PolicyReceipt.Answer = turn.isMultiple(of: 3) ? .questions : .clear
          group.addTask { try await read(fixture, id, persons[turn % 4], answer) }
        }
        try await group.waitForAll()
      }
      #expect(try await fixture.count("SELECT count(*) FROM policy_receipt") == 4)
      #expect(try await fixture.count("SELECT count(*) FROM policy_question") == 4)
      for person in persons {
        #expect(try await receipt(fixture, id, person)?.hadQuestions == true)
      }
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("Whoever has questions is called back, and is told from nobody", arguments: TestEngine.available)
  func questions(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let id = try await fixture.publish(LibraryFixture.content())
      try await read(fixture, id, fixture.wang, .questions)
      try await read(fixture, id, fixture.li)
      try await read(fixture, id, fixture.li)
      let unclear = try #require(try await receipt(fixture, id, fixture.wang))
      #expect(!unclear.isClear && unclear.hadQuestions && unclear.source == .read)
      func counts() async throws -> PolicyReceiptCounts {
        try await fixture.database.read {
          try PolicyReceiptStore.counts(of: 1, id, in: fixture.community, $0)
        }
      }
      #expect(try await counts() == PolicyReceiptCounts(reached: 2, withQuestions: 1))
      #expect(try await counts().reached == .few)
      let (receipts, worker) = (fixture.receipts, fixture.asWorker)
      try await fixture.write {
        try receipts.record(.explained, 1, of: id, for: fixture.wang, by: worker, in: $0)
      }
      let clear = try #require(try await receipt(fixture, id, fixture.wang))
      #expect(clear.isClear && clear.hadQuestions && clear.source == .explained && clear.recordedBy == worker)
      #expect(
        try await fixture.count("SELECT count(*) FROM policy_question WHERE ended_at IS NULL") == 0,
        "what was asked is answered with it")
      #expect(try await counts() == PolicyReceiptCounts(reached: 2, withQuestions: 1))
    }
  }

  @Test("A receipt is of a version that counts or is to come", arguments: TestEngine.available)
  func current(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let id = try await fixture.publish(LibraryFixture.content())
      try await fixture.publish(LibraryFixture.content("高龄津贴", changed: "改名"), of: id)
      try await fixture.publish(
        LibraryFixture.content("尊老金", effective: LibraryFixture.day("2027-01-01"), changed: "又改名"), of: id)
      let old = await fixture.code { try await read(fixture, id, fixture.wang, version: 1) }
      #expect(old == "policy.old_version")
      #expect(await fixture.code { try await read(fixture, id, fixture.wang, version: 2) } == nil)
      #expect(await fixture.code { try await read(fixture, id, fixture.wang, version: 3) } == nil)
      #expect(await fixture.code { try await read(fixture, id, fixture.wang, version: 4) } == "not_found")
      let worker = fixture.asWorker
      let draft = try await fixture.write {
        try PolicyDesk.make(LibraryFixture.content("没发布"), by: worker, in: $0)
      }
      #expect(await fixture.code { try await read(fixture, draft, fixture.wang) } == "not_found")
      #expect(try await fixture.count("SELECT count(*) FROM policy_receipt") == 2)
    }
  }

  @Test(
    "The station finds a person by telephone or door, and never records itself",
    arguments: TestEngine.available)
  func persons(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let (receipts, community) = (fixture.receipts, fixture.community)
      func person(_ asked: PolicyExplainedForm.Asked) async throws -> PersonID {
        try await fixture.database.read { try receipts.person(asked, in: community, $0) }
      }
      #expect(try await person(.phone("138 0013 8001")) == fixture.wang)
      let single = try Door(building: "3号楼", unit: "2单元", room: "502")
      #expect(try await person(.door(single)) == fixture.li)
      let two = try Door(building: "3", unit: "2", room: "501")
      #expect(await fixture.code { _ = try await person(.door(two)) } == "form.invalid")
      #expect(try await person(.person(fixture.husband)) == fixture.husband)
      for asked in [
        PolicyExplainedForm.Asked.phone("13800138009"), .phone("不是号码"),
        .door(try Door(building: "9", unit: "", room: "1")),
      ] { #expect(await fixture.code { _ = try await person(asked) } == "form.invalid") }
      #expect(
        await fixture.code { _ = try await person(.person(PersonID(rawValue: 4))) } == "not_found")
      let id = try await fixture.publish(LibraryFixture.content())
      let worker = fixture.asWorker
      let own = await fixture.code {
        try await fixture.write {
          try receipts.record(.readAloud, 1, of: id, for: worker.person, by: worker, in: $0)
        }
      }
      #expect(own == "policy_receipt.own")
    }
  }
}
