import Database
import Kernel
import People
import TestKit
import Testing

@testable import Policy

@Suite("Proposals: the desk")
struct ProposalDeskTests {
  @Test(arguments: TestEngine.available)
  func `a proposal goes from the first word to the last result, and every step is kept`(
    engine: TestEngine
  ) async throws {
    try await ProposalFixture.with(engine) { fixture in
      let id = try await fixture.tracked()
      let actor = fixture.asWorker
      let steps = try await fixture.write { [proposals = fixture.proposals] transaction in
        try ["量尺寸", "安装"].map {
          try proposals.results.add(
            ResultActionDraft(title: $0, weight: $0 == "安装" ? 3 : 1), to: id, by: actor, in: transaction)
        }
      }
      for (step, progress) in [(steps[0], 100), (steps[1], 50)] {
        let report = ResultReport(
          status: progress == 100 ? .done : .underway, progress: progress,
          entry: ResultEntryDraft(text: "办了", day: fixture.clock.now))
        try await fixture.write { [proposals = fixture.proposals] in
          try proposals.results.report(report, on: step, of: id, by: actor, in: $0)
        }
      }
      let half = try await fixture.database.read { [community = fixture.community] in
        try ResultStore.result(of: id, in: community, $0)
      }
      #expect(half?.progress == 63 && half?.entries == 4, "(100 + 3 × 50) ÷ 4 = 62.5")
      #expect(try await fixture.breaches() == [])
      let note = ResultEntryDraft(
        text: "办法也改了", day: fixture.clock.now, policy: ProposalFixture.policy.id)
      let done = ResultReport(
        status: .done, progress: 100, entry: ResultEntryDraft(text: "装好了", day: fixture.clock.now))
      try await fixture.write { [proposals = fixture.proposals] transaction in
        try proposals.results.note(note, on: id, by: actor, in: transaction)
        try proposals.results.report(done, on: steps[1], of: id, by: actor, in: transaction)
      }
      let seen = try await fixture.find(id).standing.events
      try await fixture.write { [proposals = fixture.proposals] in
        try proposals.results.finish(id, seen: seen, by: actor, in: $0)
      }
      let events = try await fixture.events(id)
      #expect(
        events.map(\.change.step) == [
          .submitted, .accepted, .votingSet, .counted, .sent, .answered, .tracked, .finished,
        ])
      let entries = try await fixture.database.read { [community = fixture.community] in
        try ResultStore.entries(of: id, in: community, $0)
      }
      #expect(entries.count == 6 && entries.map(\.policyVersion).contains(3), "the policy's version is kept")
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `what the form did not see, it does not decide`(engine: TestEngine) async throws {
    try await ProposalFixture.with(engine) { fixture in
      let id = try await fixture.submit()
      let actor = fixture.asWorker
      let decide: @Sendable (Int64) async -> String? = { seen in
        await ProposalFixture.code {
          try await fixture.write {
            try fixture.proposals.desk.screen(
              ProposalScreening(change: .accepted(reason: "好")), of: id, seen: seen, by: actor, in: $0)
          }
        }
      }
      #expect(await decide(0) == "proposal.stale")
      #expect(await decide(1) == nil)
      #expect(await decide(1) == "proposal.stale")
      #expect(await decide(2) == "proposal.not_possible")
    }
  }

  @Test(arguments: TestEngine.available)
  func `nothing is merged into what is not open, nor into itself`(engine: TestEngine) async throws {
    try await ProposalFixture.with(engine) { fixture in
      let (waiting, id) = (try await fixture.submit("还没看的"), try await fixture.submit("要并的"))
      for target in [waiting, id, ProposalID(rawValue: 5)] {
        let code = await ProposalFixture.code {
          try await fixture.screen(id, .merged(into: target, reason: "一样"))
        }
        #expect(code == "form.invalid")
      }
      let open = try await fixture.open("开着的")
      try await fixture.screen(id, .merged(into: open, reason: "一样"))
      #expect(try await fixture.find(id).standing.mergedInto == open)
      #expect(
        try await fixture.messages(to: fixture.residents[0][0]).contains("您的提案和一个相近的并在一起了。"))
    }
  }

  @Test(arguments: TestEngine.available)
  func `who writes for whom is kept, and a meeting has no author`(engine: TestEngine) async throws {
    try await ProposalFixture.with(engine) { fixture in
      let (actor, author) = (fixture.asWorker, fixture.residents[13][0])
      let draft = ProposalDraft(
        title: "楼道灯", text: "太暗", policy: ProposalFixture.policy.id, meeting: ProposalFixture.meeting.id)
      let ids = try await fixture.write { [proposals = fixture.proposals] transaction in
        try [ProposalVoice.forResident(author, by: actor), .meeting(by: actor)].map {
          try proposals.desk.submit(draft, for: $0, in: transaction)
        }
      }
      let (own, meeting) = (try await fixture.find(ids[0]), try await fixture.find(ids[1]))
      #expect(own.author == author && own.household == fixture.households[13] && own.madeBy == actor)
      #expect(meeting.author == nil && meeting.household == nil && meeting.origin == .meeting)
      let behalf = try await fixture.database.read {
        try $0.values(
          "SELECT on_behalf_of_id FROM platform_audit WHERE action = 'policy.proposal_submit' ORDER BY sequence",
          as: PersonID?.self)
      }
      #expect(behalf == [author, nil])
      let strange = await ProposalFixture.code {
        _ = try await fixture.write { [proposals = fixture.proposals] in
          try proposals.desk.submit(
            ProposalDraft(title: "楼道灯", text: "太暗", policy: PolicyID(rawValue: 1)),
            for: .meeting(by: actor), in: $0)
        }
      }
      #expect(strange == "form.invalid", "a policy that is none")
      let homeless = await ProposalFixture.code { _ = try await fixture.submit(by: fixture.worker) }
      #expect(homeless == "household.needed")
    }
  }

  @Test(arguments: TestEngine.available)
  func `only whoever is asked answers, and a department's letter is recorded by staff`(
    engine: TestEngine
  ) async throws {
    try await ProposalFixture.with(engine) { fixture in
      let id = try await fixture.voted()
      try await fixture.vote([1, 1], on: id)
      _ = try await fixture.count(id)
      try await fixture.send(id)
      let station = await ProposalFixture.code {
        try await fixture.answer(id, by: fixture.worker, holding: [.socialWorker])
      }
      #expect(station == "forbidden", "the station does not speak for the committee")
      try await fixture.send(id, to: .department("街道民政科"))
      let stale = await ProposalFixture.code { try await fixture.answer(id) }
      #expect(stale == "proposal.not_possible", "the committee is not asked any more")
      try await fixture.answer(
        id, .partly, to: .department("街道民政科"), by: fixture.worker, holding: [.socialWorker])
      let answer = try await fixture.database.read { [community = fixture.community] in
        try AnswerStore.answer(to: id, in: community, $0)
      }
      #expect(answer?.outcome == .partly && answer?.addressee == .department("街道民政科"))
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `a vote that did not pass asks nobody for an answer`(engine: TestEngine) async throws {
    try await ProposalFixture.with(engine) { fixture in
      let id = try await fixture.voted(fixture.voting(quorum: 5000))
      try await fixture.vote(Array(repeating: 1, count: 7), on: id)
      let counted = try await fixture.count(id)
      #expect(!counted.isPassed && counted.count.turnout == 7 && counted.count.households == 15)
      let code = await ProposalFixture.code { try await fixture.send(id) }
      #expect(code == "proposal.not_possible")
      let evidence = try await fixture.database.read { [community = fixture.community] in
        try ProposalEvidence.of(id, in: community, $0)
      }
      #expect(evidence?.turnout == 7 && evidence?.totals == nil, "seven votes are told as a turnout alone")
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `votes are refused before and after, of strangers, and for what is no choice`(
    engine: TestEngine
  ) async throws {
    try await ProposalFixture.with(engine) { fixture in
      let id = try await fixture.open()
      let voting = fixture.voting()
      try await fixture.announce(voting, id)
      let box = try await fixture.box()
      let person = fixture.residents[0][0]
      let code: @Sendable (Int, HouseholdID) async -> String? = { number, household in
        await ProposalFixture.code {
          try await fixture.vote(number, household, by: person, on: id, box: box)
        }
      }
      #expect(await code(1, fixture.households[0]) == "proposal.vote_not_open")
      fixture.clock.move(to: voting.opensAt)
      #expect(await code(4, fixture.households[0]) == "proposal.no_choice")
      #expect(await code(0, fixture.households[0]) == "proposal.no_choice")
      #expect(await code(1, fixture.stranger) == "not_found", "a household of another community")
      #expect(await code(1, fixture.households[0]) == nil)
      #expect(await code(2, fixture.households[0]) == "proposal.household_voted")
      let early = await ProposalFixture.code {
        let seen = try await fixture.find(id).standing.events
        try await fixture.write {
          try fixture.proposals.ballots.count(id, seen: seen, opening: box, by: fixture.asWorker, in: $0)
        }
      }
      #expect(early == "proposal.voting_open")
      fixture.clock.move(to: voting.closesAt)
      #expect(await code(1, fixture.households[1]) == "proposal.vote_not_open")
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `what is said is hidden with a reason, reported once by each, and stays where staff say so`(
    engine: TestEngine
  ) async throws {
    try await ProposalFixture.with(engine) { fixture in
      let id = try await fixture.open()
      let (actor, author) = (fixture.asWorker, fixture.residents[1][0])
      let said = try await fixture.write { [proposals = fixture.proposals] transaction in
        try proposals.desk.say(
          ContributionDraft(stance: .against, text: "太贵了"), of: id, by: author, in: transaction)
        try proposals.desk.record(
          ContributionDraft(stance: .question, text: "谁来装？"), of: id, by: actor, in: transaction)
        return try ContributionStore.page(
          of: id, after: nil, limit: 10, in: transaction.community, transaction)
      }
      #expect(said.map(\.isSaidAtMeeting) == [false, true] && said[1].author == nil)
      let first = said[0].id
      for reporter in [fixture.residents[2][0], fixture.residents[2][0], fixture.residents[3][0]] {
        try await fixture.write {
          try fixture.proposals.desk.report(first, of: id, by: reporter, in: $0)
        }
      }
      let reported: @Sendable () async throws -> [ProposalID] = {
        try await fixture.database.read {
          try ContributionStore.reported(limit: 10, in: fixture.community, $0)
        }
      }
      #expect(try await reported() == [id])
      fixture.clock.advance(by: .minutes(1))
      let judge: @Sendable (String?) async throws -> Void = { reason in
        try await fixture.write {
          try fixture.proposals.desk.judge(first, of: id, hiddenBecause: reason, by: actor, in: $0)
        }
      }
      try await judge(nil)
      #expect(try await reported() == [])
      fixture.clock.advance(by: .minutes(1))
      try await fixture.write {
        try fixture.proposals.desk.report(first, of: id, by: fixture.residents[4][0], in: $0)
      }
      #expect(try await reported() == [id], "a later report is looked at again")
      try await judge("里面有人名")
      let shown = try await fixture.database.read { [community = fixture.community] in
        try ContributionStore.page(of: id, after: nil, limit: 10, in: community, $0)
      }
      #expect(shown.map(\.hiddenBecause) == ["里面有人名", nil] && shown[0].reports == 3)
      #expect(await ProposalFixture.code { try await judge("再一次") } == "not_found")
      #expect(try await reported() == [])
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `nothing is said to what is not open`(engine: TestEngine) async throws {
    try await ProposalFixture.with(engine) { fixture in
      let draft = ContributionDraft(stance: .supporting, text: "好")
      let say: @Sendable (ProposalID) async -> String? = { id in
        await ProposalFixture.code {
          try await fixture.write {
            try fixture.proposals.desk.say(draft, of: id, by: fixture.residents[0][0], in: $0)
          }
        }
      }
      let (waiting, voted) = (try await fixture.submit(), try await fixture.voted())
      #expect(await say(waiting) == "not_found")
      #expect(await say(voted) == "proposal.discussion_over")
    }
  }

  @Test(arguments: TestEngine.available)
  func `people are told in parts, once, and an answer that is late is asked for every week`(
    engine: TestEngine
  ) async throws {
    try await ProposalFixture.with(engine) { fixture in
      let id = try await fixture.voted()
      try await fixture.runJobs()
      #expect(
        try await fixture.messages(to: fixture.residents[14][0]) == ["“3号楼门口装扶手”开始投票，一户一票。"])
      #expect(try await fixture.messages(to: fixture.residents[14][1]) == [], "one person of a household")
      try await fixture.vote([1, 1, 1], on: id)
      fixture.clock.advance(by: .days(4))
      try await fixture.runJobs()
      #expect(
        try await fixture.messages(to: fixture.committee) == ["“3号楼门口装扶手”投票结束了，请计票。"])
      _ = try await fixture.count(id)
      try await fixture.send(id)
      for days in [11, 7, 1] as [Int64] {
        fixture.clock.advance(by: .days(days))
        try await fixture.runJobs()
        try await fixture.runJobs()
      }
      let late = try await fixture.messages(to: fixture.committee).filter { $0.contains("到期") }
      #expect(late.count == 2, "on the day and a week later")
      try await fixture.answer(id)
      fixture.clock.advance(by: .days(8))
      try await fixture.runJobs()
      #expect(try await fixture.messages(to: fixture.committee).filter { $0.contains("到期") }.count == 2)
      let told = "“3号楼门口装扶手”有了正式答复。"
      #expect(try await fixture.messages(to: fixture.residents[1][0]).contains(told))
      #expect(!(try await fixture.messages(to: fixture.residents[5][0]).contains(told)), "it did not vote")
    }
  }

  @Test(arguments: TestEngine.available)
  func `a vote that was called off tells nobody that it opens`(engine: TestEngine) async throws {
    try await ProposalFixture.with(engine) { fixture in
      let id = try await fixture.open()
      try await fixture.announce(fixture.voting(), id)
      let seen = try await fixture.find(id).standing.events
      try await fixture.write {
        try fixture.proposals.ballots.callOff(
          id, because: "再想想", seen: seen, by: fixture.asWorker, in: $0)
      }
      fixture.clock.advance(by: .days(5))
      try await fixture.runJobs()
      #expect(try await fixture.messages(to: fixture.residents[14][0]) == [])
      #expect(try await fixture.breaches() == [])
    }
  }
}
