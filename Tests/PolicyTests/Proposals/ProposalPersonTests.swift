import Database
import Kernel
import TestKit
import Testing

@testable import People
@testable import Policy

@Suite("Proposals: what is kept of a person")
struct ProposalPersonTests {
  @Test(arguments: TestEngine.available)
  func `whoever is deleted is no author and no voter any more, and the household's vote stays`(
    engine: TestEngine
  ) async throws {
    try await ProposalFixture.with(engine) { fixture in
      let person = fixture.residents[0][0]
      let id = try await fixture.voted()
      let said = ContributionDraft(stance: .supporting, text: "好")
      let other = try await fixture.open("楼道灯", by: fixture.residents[1][0])
      try await fixture.write { [proposals = fixture.proposals] in
        try proposals.desk.say(said, of: other, by: person, in: $0)
      }
      try await fixture.vote([1, 2], on: id)
      let subject = DataSubject(
        person: person, household: fixture.households[0], community: fixture.community)
      try await fixture.write {
        try ErasureStore.end(ProposalPersonRows.tables, about: subject, later: false, in: $0)
      }
      let proposal = try await fixture.find(id)
      #expect(proposal.author == nil && proposal.household == nil && proposal.title == "3号楼门口装扶手")
      let authors = try await fixture.number(
        "SELECT count(*) FROM policy_proposal_contribution WHERE author_id = \(person)")
      #expect(authors == 0)
      let voters = try await fixture.database.read {
        try $0.values(
          "SELECT voted_by_id FROM policy_proposal_roll ORDER BY household_id", as: PersonID?.self)
      }
      #expect(voters == [nil, fixture.residents[1][0]], "the vote of the household stays, and others' votes")
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `a name stands beside a proposal as long as its author wants it and agrees to be named`(
    engine: TestEngine
  ) async throws {
    try await ProposalFixture.with(engine) { fixture in
      let author = fixture.residents[0][0]
      let ids = [
        try await fixture.submit("要署名的", wishesName: true), try await fixture.submit("不署名的"),
      ]
      for id in ids { try await fixture.screen(id, .accepted(reason: "好")) }
      let bylines: @Sendable () async throws -> [Byline] = {
        let reading = ProposalReading(
          directory: fixture.people.directory, ports: .none, community: fixture.community)
        return try await fixture.database.read { snapshot in
          try ids.map { try reading.view(of: $0, snapshot).shown.byline }
        }
      }
      #expect(try await bylines() == [.building("3"), .building("3")])
      let consent = try await fixture.write { transaction in
        let notice = try #require(try Consents.notice("story-publishing", in: transaction))
        return try Consents.record(
          Consents.Draft(
            subject: author, notice: notice, expires: transaction.now + .days(100),
            evidence: ConsentEvidence(
              givenBy: .subject, giver: author, method: .spokenWithWitness, witness: fixture.committee,
              place: .home)),
          isGiven: true, by: fixture.asWorker, in: transaction
        ).id
      }
      #expect(try await bylines() == [.named("李0叔"), .building("3")])
      try await fixture.write {
        try Consents.withdraw(consent, by: Actor(person: author, role: .resident), in: $0)
      }
      #expect(try await bylines() == [.building("3"), .building("3")])
    }
  }
}
