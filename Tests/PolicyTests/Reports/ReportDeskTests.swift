import Database
import Kernel
import Messages
import People
import Security
import Synchronization
import TestKit
import Testing

@testable import Policy

@Suite("Reports: the desk")
struct ReportDeskTests {
  @Test(arguments: TestEngine.available)
  func `numbers run through a year and begin anew with the next`(engine: TestEngine) async throws {
    try await ReportFixture.with(engine) { fixture in
      var numbers: [String] = []
      for _ in 0..<2 { numbers.append(try await fixture.document(fixture.plan()).report.number.description) }
      fixture.clock.advance(by: .days(60))
      numbers.append(try await fixture.document(fixture.plan()).report.number.description)
      #expect(numbers == ["2026-1", "2026-2", "2027-1"])
    }
  }

  @Test(arguments: TestEngine.available)
  func `a report has a supervisor who does not write it`(engine: TestEngine) async throws {
    try await ReportFixture.with(engine) { fixture in
      func code(_ supervisor: PersonID, _ authors: Set<PersonID> = []) async -> String? {
        await ProposalFixture.code { _ = try await fixture.plan(supervisor: supervisor, authors: authors) }
      }
      #expect(await code(fixture.supervisor) == nil)
      #expect(await code(fixture.colleague) == "form.invalid", "no supervisor")
      #expect(await code(fixture.supervisor, [fixture.supervisor]) == "form.invalid", "writes it")
      #expect(await code(fixture.supervisor, [fixture.residents[0]]) == "form.invalid", "no staff")
      #expect(await code(fixture.supervisor, [fixture.colleague]) == nil)
    }
  }

  @Test(arguments: TestEngine.available)
  func `a finding without evidence and a recommendation without an aim are refused`(
    engine: TestEngine
  ) async throws {
    try await ReportFixture.with(engine) { fixture in
      let (id, actor) = (try await fixture.plan(), fixture.asWorker)
      #expect(await ProposalFixture.code { try await fixture.lock(id) } == "report.incomplete")
      func finding(_ evidence: Set<Int>) async -> String? {
        await ProposalFixture.code {
          try await fixture.write { [desk = fixture.desk] in
            try desk.writeFinding("难。", evidence: evidence, number: nil, of: id, by: actor, in: $0)
          }
        }
      }
      #expect(await finding([]) == "form.invalid")
      #expect(await finding([1]) == "form.invalid", "there is no such evidence")
      try await fixture.write { [desk = fixture.desk] in
        try desk.choose(source: "surveys", code: "t1", for: id, by: actor, in: $0)
      }
      #expect(await finding([1]) == nil)
      func recommendation(_ findings: Set<Int>, _ aim: Recommendation.Aim?) async -> String? {
        await ProposalFixture.code {
          try await fixture.write { [desk = fixture.desk] in
            try desk.writeRecommendation(
              Recommendation(number: 0, text: "改", findings: findings, aim: aim), of: id, by: actor, in: $0)
          }
        }
      }
      #expect(await recommendation([1], nil) == "form.invalid")
      #expect(await recommendation([2], .new(.city, department: "市民政局")) == "form.invalid")
      #expect(await recommendation([1], .policy(PolicyID(rawValue: 77))) == "form.invalid", "unknown")
      #expect(await recommendation([1], .new(.city, department: "市民政局")) == nil)
      let used = await ProposalFixture.code {
        try await fixture.write { [desk = fixture.desk] in
          try desk.removeFinding(1, from: id, by: actor, in: $0)
        }
      }
      #expect(used == "report.in_use")
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `what a report rests on stays as it was, whatever becomes of its source`(
    engine: TestEngine
  ) async throws {
    try await ReportFixture.with(engine) { fixture in
      let id = try await fixture.report(in: .sent)
      let before = try await fixture.document(id)
      fixture.shelf.figure.withLock { $0 = 99 }
      let after = try await fixture.document(id)
      #expect(after.evidence == before.evidence && after.digest == before.digest)
      #expect(after.evidence[0].table == (try ReportFixture.evidence(42)))
      #expect(before.report.standing.digest == before.digest.description)
      let paper = try await fixture.browser().get("/reports/\(id)/print").text
      #expect(paper.contains(">42<") && !paper.contains(">99<"))
      #expect(paper.contains(before.digest.description), "whoever holds the paper can check it")
      #expect(paper.contains("·"), "what was left out stays left out")
      let late = await ProposalFixture.code {
        let actor = fixture.asWorker
        try await fixture.write { [desk = fixture.desk] in
          try desk.writeSummary("别的", of: id, by: actor, in: $0)
        }
      }
      #expect(late == "report.locked")
    }
  }

  @Test(arguments: TestEngine.available)
  func `words disappear from page and paper when whoever said them withdraws`(
    engine: TestEngine
  ) async throws {
    try await ReportFixture.with(engine) { fixture in
      let id = try await fixture.report(in: .sent)
      let visitor = try await fixture.browser()
      for path in ["/reports/\(id)", "/reports/\(id)/print"] {
        #expect(try await visitor.get(path).text.contains("爬四楼爬不动"), "\(path)")
      }
      let digest = try await fixture.document(id).digest
      fixture.shelf.quote.withLock { $0 = nil }
      for path in ["/reports/\(id)", "/reports/\(id)/print"] {
        let text = try await visitor.get(path).text
        #expect(!text.contains("爬四楼爬不动") && text.contains("不再同意引用"), "\(path)")
      }
      #expect(try await fixture.document(id).digest == digest, "the document is the same")
      let kept = try await fixture.database.read { snapshot in
        try snapshot.value(
          "SELECT count(*) FROM policy_report_evidence WHERE frozen LIKE '%爬四楼%' OR code LIKE '%爬四楼%'",
          as: Int.self)
      }
      #expect(kept == 0, "nothing of the words is stored")
    }
  }

  @Test(arguments: TestEngine.available)
  func `the day is reminded of a week before, when it comes, and every week after`(
    engine: TestEngine
  ) async throws {
    try await ReportFixture.with(engine) { fixture in
      let id = try await fixture.report(in: .sent)
      let due = try #require(try await fixture.document(id).report.standing.dueAt)
      let all = [fixture.worker, fixture.supervisor, fixture.government]
      func reminded() async throws -> Int {
        try await fixture.runJobs()
        let told = try await fixture.messages(ReportNotices.due)
        #expect(Set(told) == (told.isEmpty ? [] : Set(all)))
        return told.count
      }
      fixture.clock.move(to: due - .days(7) - .hours(1))
      #expect(try await reminded() == 0)
      fixture.clock.move(to: due - .days(7))
      #expect(try await reminded() == 3)
      fixture.clock.move(to: due - .hours(1))
      #expect(try await reminded() == 3)
      fixture.clock.move(to: due)
      #expect(try await reminded() == 6)
      fixture.clock.move(to: due + .days(7))
      #expect(try await reminded() == 9)
      try await fixture.reply(id)
      fixture.clock.move(to: due + .days(30))
      #expect(try await reminded() == 9, "a reply ends it")
    }
  }

  @Test(arguments: TestEngine.available)
  func `more time is asked for by the department and given by the station`(engine: TestEngine) async throws {
    try await ReportFixture.with(engine) { fixture in
      let id = try await fixture.report(in: .sent)
      let due = try #require(try await fixture.document(id).report.standing.dueAt)
      let (seen, government) = (try await fixture.seen(id), fixture.asGovernment)
      try await fixture.write { [desk = fixture.desk] in
        try desk.askForTime(
          until: due + .days(5), reason: "要开会", id, seen: seen, by: government, in: $0)
      }
      let asked = try await fixture.document(id).report.standing
      #expect(asked.dueAt == due && asked.askedUntil == due + .days(5), "asking moves nothing")
      #expect(
        await ProposalFixture.code {
          try await fixture.take(.extended(dueAt: due + .days(5)), id, by: government)
        } == "forbidden")
      let (next, worker) = (try await fixture.seen(id), fixture.asWorker)
      try await fixture.write { [desk = fixture.desk] in
        try desk.extend(id, to: due + .days(5), seen: next, by: worker, in: $0)
      }
      let given = try await fixture.document(id).report.standing
      #expect(given.dueAt == due + .days(5) && given.askedUntil == nil)
    }
  }

  @Test(arguments: TestEngine.available)
  func `a reply answers every recommendation and is read by everybody once it is published`(
    engine: TestEngine
  ) async throws {
    try await ReportFixture.with(engine) { fixture in
      let id = try await fixture.report(in: .sent)
      #expect(await ProposalFixture.code { try await fixture.reply(id, answers: []) } == "report.incomplete")
      try await fixture.reply(id)
      let visitor = try await fixture.browser()
      #expect(try await !visitor.get("/reports/\(id)").text.contains("明年试点"))
      #expect(try await !visitor.get("/reports/\(id)").text.contains("部分采纳"))
      try await fixture.take(.replyPublished, id)
      let page = try await visitor.get("/reports/\(id)").text
      #expect(page.contains("明年试点") && page.contains("先试一个街道") && page.contains("部分采纳"))
      #expect(
        await ProposalFixture.code { try await fixture.take(.replyPublished, id) } == "report.not_possible")
    }
  }

  @Test(arguments: TestEngine.available)
  func `a new version of a policy names the report, and only that one counts for it`(
    engine: TestEngine
  ) async throws {
    try await ReportFixture.with(engine) { fixture in
      let (worker, publisher) = (fixture.asWorker, fixture.asSecondSupervisor)
      let policy = try await fixture.write { transaction in
        let id = try PolicyDesk.make(LibraryFixture.content(), by: worker, in: transaction)
        try PolicyDesk.publish(id, seen: 1, by: publisher, in: transaction)
        return id
      }
      let id = try await fixture.report(in: .replied)
      #expect(
        await ProposalFixture.code { try await fixture.record(id, policy: policy) } == "form.invalid",
        "it has no version because of this report")
      let path = try await fixture.write { [desk = fixture.desk] in
        try desk.beginVersion(of: policy, because: id, by: worker, in: $0)
      }
      #expect(path.contains("\(policy)"))
      try await fixture.write { transaction in
        let content = LibraryFixture.content("高龄补贴和送菜", changed: "加上送菜")
        try PolicyDesk.write(content, of: policy, seen: 1, by: worker, in: transaction)
        try PolicyDesk.publish(policy, seen: 2, by: publisher, in: transaction)
      }
      try await fixture.record(id, policy: policy)
      let document = try await fixture.document(id)
      #expect(document.results.map(\.policy) == [policy] && document.results.map(\.version) == [2])
      #expect(document.report.standing.hasChangedPolicy)
      #expect(
        await ProposalFixture.code { try await fixture.record(id, policy: policy) } == "form.invalid",
        "one version counts once")
      #expect(try await fixture.browser().get("/reports/\(id)").text.contains("高龄补贴和送菜"))
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `residents are told once, whoever follows it and whoever took part`(engine: TestEngine) async throws {
    try await ReportFixture.with(engine) { fixture in
      let id = try await fixture.report(in: .changed)
      let people = fixture.residents
      try await fixture.write { transaction in
        for person in people.prefix(2) {
          try ReportTellingStore.follow(id, by: person, in: transaction)
          try ReportTellingStore.follow(id, by: person, in: transaction)
        }
      }
      // One follows and took part, one took part alone.
      fixture.shelf.participants.withLock { $0 = Array(people.suffix(2)) }
      #expect(await ProposalFixture.code { try await fixture.tell(id) } == "report.incomplete")
      try await fixture.take(.replyPublished, id)
      try await fixture.tell(id)
      try await fixture.runJobs()
      #expect(try await fixture.messages(ReportNotices.told).sorted() == people.sorted())
      let telling = try #require(try await fixture.document(id).telling)
      #expect(telling.told == 3 && telling.finishedAt != nil)
      try await fixture.write { [desk = fixture.desk] in try desk.tellPart(of: id, in: $0) }
      try await fixture.runJobs()
      #expect(try await fixture.messages(ReportNotices.told).count == 3)
      #expect(await ProposalFixture.code { try await fixture.tell(id) } == "report.not_possible")
      #expect(try await fixture.browser().get("/reports/\(id)").text.contains("明年试点送菜"))
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `many followers are told in parts`(engine: TestEngine) async throws {
    try await ReportFixture.with(engine) { fixture in
      let homes = try await fixture.people.createHouseholds(
        try (0..<3).map { try HouseholdDraft(door: Door(building: "8", unit: "", room: "\(100 + $0)")) },
        in: fixture.community)
      let many = try await fixture.people.createPersons(
        try (0..<ReportTelling.part + 30).map {
          try PersonDraft(displayName: "邻居\($0)", household: homes[$0 % 3])
        }, in: fixture.community)
      let id = try await fixture.report(in: .changed)
      try await fixture.write { transaction in
        for person in many { try ReportTellingStore.follow(id, by: person, in: transaction) }
      }
      try await fixture.take(.replyPublished, id)
      try await fixture.tell(id)
      try await fixture.runJobs()
      let told = try await fixture.messages(ReportNotices.told)
      #expect(told.count == many.count && Set(told) == Set(many))
    }
  }

  @Test(arguments: TestEngine.available)
  func `checks name what was changed behind the program's back`(engine: TestEngine) async throws {
    try await ReportFixture.with(engine) { fixture in
      let id = try await fixture.report(in: .told)
      #expect(try await fixture.breaches() == [])
      let changes: [(name: String, change: Query)] = [
        ("policy.report_standing_differs", "UPDATE policy_report_standing SET events = events + 1"),
        ("policy.report_state_differs", "UPDATE policy_report_standing SET state = 'replied'"),
        (
          "policy.report_own_approval", "UPDATE policy_report SET supervisor_id = \(fixture.secondSupervisor)"
        ),
        ("policy.report_finding_unsupported", "DELETE FROM policy_report_finding_evidence"),
        (
          "policy.report_recommendation_unsupported",
          "UPDATE policy_report_recommendation SET level = NULL, department = NULL"
        ),
        ("policy.report_digest_differs", "UPDATE policy_report_standing SET digest = 'x'"),
        ("policy.report_row_missing", "DELETE FROM policy_report_telling"),
        ("policy.report_told_unpublished", "UPDATE policy_report_standing SET published = 1"),
      ]
      for entry in changes {
        let found = await breaches(fixture, after: entry.change)
        #expect(found.contains { $0.contains(entry.name) }, "\(entry.name) in \(found)")
      }
      #expect(try await fixture.breaches() == [], "every change was undone")
      #expect(try await fixture.document(id).report.standing.state == .told)
    }
  }

  private struct Undone: Error {
    let found: [String]
  }

  /// What the checks name after a change, which is undone.
  private func breaches(_ fixture: ReportFixture, after change: Query) async -> [String] {
    do {
      try await fixture.write { transaction in
        try transaction.execute(change)
        throw Undone(
          found: try transaction.breaches(of: ReportInvariants.invariants).map { "\($0)" })
      }
      return []
    } catch let undone as Undone {
      return undone.found
    } catch {
      return ["\(error)"]
    }
  }
}
