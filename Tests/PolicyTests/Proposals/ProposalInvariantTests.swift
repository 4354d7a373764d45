import Database
import Kernel
import People
import TestKit
import Testing

@testable import Policy

@Suite("Proposals: the checks")
struct ProposalInvariantTests {
  @Test(arguments: TestEngine.available)
  func `checks name what was changed behind the program's back`(engine: TestEngine) async throws {
    try await ProposalFixture.with(engine) { fixture in
      let id = try await fixture.tracked()
      let actor = fixture.asWorker
      try await fixture.write { [proposals = fixture.proposals] in
        _ = try proposals.results.add(ResultActionDraft(title: "量尺寸"), to: id, by: actor, in: $0)
      }
      let open = try await fixture.voted()
      try await fixture.vote([1, 2, 3], on: open)
      #expect(try await fixture.breaches() == [])
      let changes: [(name: String, table: StaticString, change: Query)] = [
        (
          "policy.proposal_standing_differs", "policy_proposal_tally",
          "UPDATE policy_proposal_standing SET events = events + 1"
        ),
        (
          "policy.proposal_state_differs", "policy_proposal_tally",
          "UPDATE policy_proposal_standing SET state = 'discussion'"
        ),
        (
          "policy.proposal_step_impossible", "policy_proposal_event",
          "UPDATE policy_proposal_event SET kind = 'tracked' WHERE kind = 'finished' OR sequence = 2"
        ),
        (
          "policy.proposal_facts_differ", "policy_proposal_tally",
          "UPDATE policy_proposal_standing SET closes_at = closes_at + 1"
        ),
        (
          "policy.proposal_votes_differ", "policy_proposal_tally",
          "DELETE FROM policy_proposal_ballot WHERE id = (SELECT max(id) FROM policy_proposal_ballot)"
        ),
        (
          "policy.proposal_vote_untimely", "policy_proposal_roll",
          "UPDATE policy_proposal_roll SET voted_at = voted_at - 864000000000"
        ),
        (
          "policy.proposal_choice_unknown", "policy_proposal_tally",
          "UPDATE policy_proposal_tally SET number = 7 WHERE number = 3"
        ),
        (
          "policy.proposal_counted_early", "policy_proposal_count",
          "UPDATE policy_proposal_count SET counted_at = counted_at - 864000000000"
        ),
        (
          "policy.proposal_decision_differs", "policy_proposal_tally",
          "UPDATE policy_proposal_tally SET votes = 12 - votes WHERE number < 3"
        ),
        (
          "policy.proposal_answer_differs", "policy_proposal_answer",
          "UPDATE policy_proposal_answer SET outcome = 'refused'"
        ),
        (
          "policy.proposal_action_differs", "policy_proposal_tally",
          "UPDATE policy_proposal_action SET status = 'underway', progress = 30"
        ),
        (
          "policy.proposal_progress_differs", "policy_proposal_tally",
          "UPDATE policy_proposal_result SET progress = 30"
        ),
        (
          "policy.proposal_result_differs", "policy_proposal_tally",
          "UPDATE policy_proposal_result SET entries = entries + 1"
        ),
      ]
      for entry in changes {
        let found = await breaches(fixture, after: entry.change, lifting: entry.table)
        #expect(found.contains { $0.contains(entry.name) }, "\(entry.name) in \(found)")
      }
      #expect(try await fixture.breaches() == [], "every change was undone")
    }
  }

  private struct Undo: Error {
    let found: [String]
  }

  /// What is found when this was changed; the change is undone.
  private func breaches(
    _ fixture: ProposalFixture, after change: Query, lifting table: StaticString
  ) async -> [String] {
    do {
      try await fixture.write { transaction in
        try transaction.liftAppendOnly(from: table)
        try transaction.execute(change)
        throw Undo(
          found: try transaction.breaches(of: ProposalInvariants.invariants).map { "\($0)" })
      }
      return []
    } catch let undo as Undo {
      return undo.found
    } catch {
      return ["\(error)"]
    }
  }

  @Test(arguments: TestEngine.available)
  func `the database refuses a second vote and a changed history`(engine: TestEngine) async throws {
    try await ProposalFixture.with(engine) { fixture in
      let id = try await fixture.voted()
      try await fixture.vote([1], on: id)
      let vote = HouseholdVote(
        household: fixture.households[0], voice: .keyed(.paper, by: fixture.asWorker))
      await #expect(throws: DatabaseError.self) {
        try await fixture.write { try BallotStore.enter(vote, on: id, in: $0) }
      }
      let changes: [Query] = [
        "UPDATE policy_proposal_roll SET voted_at = 0", "DELETE FROM policy_proposal_event",
        "UPDATE policy_proposal SET title = ''",
      ]
      for change in changes {
        await #expect(throws: DatabaseError.self) { try await fixture.write { try $0.execute(change) } }
      }
    }
  }

  @Test(arguments: TestEngine.available)
  func `lists read no table from end to end`(engine: TestEngine) async throws {
    try await ProposalFixture.with(engine) { fixture in
      guard engine == .sqlite else { return }
      let plans = try await fixture.database.read { snapshot in
        try [
          "SELECT 1 FROM policy_proposal_standing WHERE community_id = 1 AND phase = 'open' AND proposal_id < 9 ORDER BY proposal_id DESC",
          "SELECT 1 FROM policy_proposal_contribution WHERE proposal_id = 1 AND id > 2 ORDER BY id",
          "SELECT count(*) FROM policy_proposal_roll WHERE proposal_id = 1 AND community_id = 1",
          "SELECT id FROM policy_proposal_ballot WHERE proposal_id = 1 ORDER BY id",
          "SELECT 1 FROM policy_proposal WHERE community_id = 1 AND author_id = 2 ORDER BY id DESC",
        ].flatMap { (query: Query) in try snapshot.plan(query) }
      }
      #expect(plans.allSatisfy { !$0.hasPrefix("SCAN") && !$0.contains("TEMP B-TREE") }, "\(plans)")
    }
  }
}
