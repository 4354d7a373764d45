import Foundation
import Kernel
import People
import Security
import TestKit
import Testing

@testable import Database
@testable import Policy

@Suite("Proposals: what was voted stays secret")
struct BallotSecrecyTests {
  /// Households that vote one after another, and the box after each of them.
  private static let voters = 120

  @Test(arguments: TestEngine.available)
  func `neither the number nor the order of ballots tells in which order they were given`(
    engine: TestEngine
  ) async throws {
    try await ProposalFixture.with(engine, more: Self.voters) { fixture in
      let id = try await fixture.voted()
      let box = try await fixture.box()
      var given: [BallotID] = []
      for (index, household) in fixture.households.dropFirst(15).enumerated() {
        try await fixture.vote(
          1 + index % 3, household, by: PersonID(rawValue: Int64(index + 1)), on: id, box: box)
        fixture.clock.advance(by: .seconds(1))
        let now: [BallotID] = try await fixture.database.read {
          try $0.values("SELECT id FROM policy_proposal_ballot WHERE proposal_id = \(id)")
        }
        given += Set(now).subtracting(given)
      }
      #expect(given.count == Self.voters)
      #expect(abs(Self.rankCorrelation(given)) < 0.5, "lots are not drawn by time")
      if engine == .sqlite {
        let stored: [BallotID] = try await fixture.database.read {
          try $0.values("SELECT id FROM policy_proposal_ballot NOT INDEXED")
        }
        #expect(stored == given.sorted(), "what lies on the disk lies in the order of the lots")
        let roll: [HouseholdID] = try await fixture.database.read {
          try $0.values("SELECT household_id FROM policy_proposal_roll NOT INDEXED")
        }
        #expect(roll == roll.sorted())
      }
    }
  }

  /// Spearman's rank correlation of the values with the order in which they stand.
  private static func rankCorrelation(_ values: [BallotID]) -> Double {
    let ranks = Dictionary(values.sorted().enumerated().map { ($1, $0) }) { first, _ in first }
    let squares = values.enumerated().map { place, value in
      let difference = Double(place - (ranks[value] ?? 0))
      return difference * difference
    }
    let count = Double(values.count)
    return 1 - 6 * squares.reduce(0, +) / (count * (count * count - 1))
  }

  @Test(arguments: TestEngine.available)
  func `ballots are sealed, of one length, and each is another`(engine: TestEngine) async throws {
    try await ProposalFixture.with(engine) { fixture in
      let id = try await fixture.voted()
      try await fixture.vote([1, 1, 1, 2, 2, 3, 1, 1, 1, 1, 2, 3], on: id)
      let box = try await fixture.box()
      let community = fixture.community
      let ballots = try await fixture.database.read {
        try BallotStore.ballots(on: id, in: community, $0)
      }
      #expect(ballots.count == 12)
      #expect(Set(ballots.map(\.choice.count)) == [FieldCipher.overhead + 1])
      #expect(Set(ballots.map(\.choice)).count == 12)
      let opened = try box.count(ballots, choices: 3, in: community)
      #expect(opened == [7, 3, 2])
      let moved = [SealedBallot(id: ballots[0].id, choice: ballots[1].choice)]
      let code = await ProposalFixture.code { _ = try box.count(moved, choices: 3, in: community) }
      #expect(code == "vault.value_damaged", "a ballot opens at its own lot alone")
      let foreign = await ProposalFixture.code {
        _ = try box.count([try box.seal(9, in: community)], choices: 3, in: community)
      }
      #expect(foreign == "proposal.ballot_damaged", "what is no choice is not counted")
    }
  }

  @Test func `the box holds nothing but a lot and a sealed byte`() async throws {
    try await ProposalFixture.with(.sqlite) { fixture in
      let columns = try await fixture.database.read {
        try $0.values(
          "SELECT name FROM pragma_table_info('policy_proposal_ballot') ORDER BY name", as: String.self)
      }
      #expect(columns == ["choice", "community_id", "id", "proposal_id"])
      let roll = try await fixture.database.read {
        try $0.values(
          "SELECT name FROM pragma_table_info('policy_proposal_roll') ORDER BY name", as: String.self)
      }
      #expect(
        roll == [
          "community_id", "entered_by_id", "entered_by_role", "household_id", "method", "proposal_id",
          "voted_at", "voted_by_id",
        ])
    }
  }

  @Test(arguments: TestEngine.available)
  func `neither the stored answer nor the audit chain differs with the choice`(
    engine: TestEngine
  ) async throws {
    try await ProposalFixture.with(engine) { fixture in
      let id = try await fixture.voted()
      for (index, choice) in ["1", "2", "3", "1"].enumerated() {
        let browser = try await fixture.browser(of: fixture.residents[index][0])
        _ = try await browser.get("/proposals/\(id)/vote")
        let answer = try await browser.post(
          "/proposals/\(id)/vote", ["idempotency_key": "secrecy-test-key-0001", "choice": choice])
        #expect(answer.status == 303 && answer.location == "/proposals/\(id)/vote?done=1")
      }
      let worker = try await fixture.browser(of: fixture.worker)
      _ = try await worker.get("/proposal-desk/\(id)/votes")
      for (room, choice) in [("110", "1"), ("111", "2")] {
        let answer = try await worker.post(
          "/proposal-desk/\(id)/votes",
          [
            "idempotency_key": "secrecy-desk-key-\(room)", "building": "3", "unit": "1", "room": room,
            "method": "paper", "choice": choice,
          ])
        #expect(answer.status == 303)
      }
      let digests = try await fixture.database.read {
        try $0.values(
          "SELECT request_digest FROM platform_idempotency WHERE operation = 'POST /proposals/vote'",
          as: [UInt8].self)
      }
      #expect(
        digests.count == 4 && Set(digests).count == 1, "the digest knows the proposal and not the choice")
      let answers = try await fixture.database.read {
        try $0.values(
          "SELECT answer FROM platform_idempotency WHERE operation LIKE 'POST /proposal%/vote%'",
          as: [UInt8].self)
      }
      #expect(answers.count == 6 && answers.allSatisfy(\.isEmpty))
      let audited = try await fixture.database.read {
        try $0.all(
          """
          SELECT purpose, detail_digest FROM platform_audit WHERE action = 'policy.proposal_vote' ORDER BY sequence
          """
        ) { row in (purpose: try row[0] as String, digest: try row[1] as [UInt8]) }
      }
      #expect(audited.map(\.purpose) == ["own", "own", "own", "own", "paper", "paper"])
      #expect(audited.allSatisfy { $0.digest.isEmpty })
    }
  }

  /// A digest of what was sent must not be found by trying all choices.
  @Test func `no digest that is stored comes of the form with a choice`() async throws {
    try await ProposalFixture.with(.sqlite) { fixture in
      let id = try await fixture.voted()
      let browser = try await fixture.browser(of: fixture.residents[0][0])
      _ = try await browser.get("/proposals/\(id)/vote")
      let key = "secrecy-test-key-0002"
      _ = try await browser.post("/proposals/\(id)/vote", ["idempotency_key": key, "choice": "2"])
      let stored = try await fixture.database.read {
        try #require(
          try $0.value("SELECT request_digest FROM platform_idempotency WHERE key = \(key)", as: [UInt8].self)
        )
      }
      let path = "/proposals/\(id)/vote"
      for choice in ["1", "2", "3"] {
        for text in [
          "\(path)|idempotency_key=\(key)&choice=\(choice)", "\(path)|choice=\(choice)",
          "\(path)|\(id)|\(choice)",
          choice,
        ] {
          let tried = try IdempotencyKey(
            principal: fixture.residents[0][0], operation: "POST /proposals/vote", key: key,
            body: Array(text.utf8))
          #expect(tried.requestDigest != stored)
        }
      }
    }
  }

  /// A word that stands on the ballot alone is looked for in every column of every table.
  @Test func `the word that was chosen stands nowhere but where it was announced`() async throws {
    try await ProposalFixture.with(.sqlite) { fixture in
      let word = "紫藤架子"
      let id = try await fixture.voted(fixture.voting(options: [word, "葡萄架子"]))
      let browser = try await fixture.browser(of: fixture.residents[0][0])
      _ = try await browser.get("/proposals/\(id)/vote")
      let check = try await browser.post("/proposals/\(id)/vote/check", ["choice": "1"])
      #expect(check.text.contains(word), "it is read back before it is sent")
      #expect(
        try await fixture.number("SELECT count(*) FROM policy_proposal_roll") == 0, "looking stores nothing")
      let key = try #require(check.hidden("idempotency_key"))
      #expect(
        try await browser.post("/proposals/\(id)/vote", ["idempotency_key": key, "choice": "1"]).status == 303
      )
      let found = try await fixture.database.read { snapshot in
        let columns = try snapshot.all(
          """
          SELECT master.name, info.name FROM sqlite_master AS master, pragma_table_info(master.name) AS info
          WHERE master.type = 'table' AND master.name NOT LIKE 'sqlite_%' AND master.name NOT LIKE '%_search%'
          """
        ) { row in (table: try row[0] as String, column: try row[1] as String) }
        return try columns.filter { place in
          let query = Query(
            text: "SELECT 1 FROM \(place.table) WHERE instr(CAST(\(place.column) AS TEXT), $1) > 0",
            values: [.text(word)])
          return try snapshot.exists(query)
        }.map { "\($0.table).\($0.column)" }
      }
      #expect(found == ["policy_proposal_voting.options"])
    }
  }

  @Test(arguments: TestEngine.available)
  func `no page shows a total before the end, nor what a household voted`(engine: TestEngine) async throws {
    try await ProposalFixture.with(engine) { fixture in
      let id = try await fixture.voted()
      try await fixture.vote([1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3], on: id)
      let member = try await fixture.browser(of: fixture.residents[0][1])
      let page = try await member.get("/proposals/\(id)/vote")
      #expect(page.text.contains("您家已经投过票了") && page.text.contains("12 户"))
      for name in ["name=\"choice\"", "同意", "弃权"] { #expect(!page.text.contains(name), "\(name)") }
      let worker = try await fixture.browser(of: fixture.worker)
      for path in ["/proposals/\(id)", "/proposal-desk/\(id)"] {
        let text = try await worker.get(path).text
        #expect(text.contains("12 户") && !text.contains("票数"), "\(path)")
      }
      _ = try await fixture.count(id)
      let later = try await fixture.browser(of: fixture.worker)
      for path in ["/proposals/\(id)", "/proposal-desk/\(id)"] {
        let text = try await later.get(path).text
        #expect(text.contains("票数") && text.contains("通过了"), "\(path)")
      }
    }
  }
}
