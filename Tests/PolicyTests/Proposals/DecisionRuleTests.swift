import Kernel
import TestKit
import Testing

@testable import Policy

@Suite("Proposals: how votes decide")
struct DecisionRuleTests {
  private func rule(_ majority: DecisionRule.Majority, _ quorum: Int64 = 0) throws -> DecisionRule {
    DecisionRule(majority: majority, quorum: try #require(Rate(basisPoints: quorum)))
  }

  private func passes(_ rule: DecisionRule, _ votes: [Int], of households: Int) -> Bool {
    rule.winner(of: BallotCount(votes: votes, households: households), among: 1) != nil
  }

  @Test func `more than half is more than half, with those that abstain`() throws {
    let simple = try rule(.simple)
    #expect(!passes(simple, [5, 5, 0], of: 10))
    #expect(passes(simple, [6, 4, 0], of: 10))
    #expect(!passes(simple, [5, 3, 2], of: 10), "who abstains has voted")
    #expect(passes(simple, [5, 4, 0], of: 10))
    #expect(passes(simple, [1, 0, 0], of: 10))
    #expect(!passes(simple, [0, 0, 0], of: 10), "an empty box passes nothing")
  }

  @Test func `two thirds begin at two thirds`() throws {
    let twoThirds = try rule(.twoThirds)
    #expect(passes(twoThirds, [6, 3, 0], of: 9))
    #expect(!passes(twoThirds, [5, 3, 1], of: 9))
    #expect(!passes(twoThirds, [66, 34, 0], of: 100))
    #expect(passes(twoThirds, [67, 33, 0], of: 100))
    #expect(!passes(twoThirds, [0, 0, 0], of: 9))
  }

  @Test func `the quorum is a share of all households, and is reached exactly`() throws {
    let half = try rule(.simple, 5000)
    #expect(!passes(half, [4, 0, 0], of: 10))
    #expect(passes(half, [5, 0, 0], of: 10))
    #expect(!passes(half, [5, 0, 0], of: 11))
    #expect(passes(half, [6, 0, 0], of: 11))
    let third = try rule(.simple, 3334)
    #expect(!passes(third, [1, 0, 0], of: 3), "33.33 % is less than 33.34 %")
    #expect(passes(try rule(.simple, 10_000), [3, 0, 0], of: 3))
    #expect(passes(half, [0 + 3, 0, 2], of: 10), "who abstains counts for the quorum")
  }

  @Test func `of named options one wins, and abstaining never does`() throws {
    let simple = try rule(.simple)
    let count = BallotCount(votes: [2, 7, 1, 0], households: 20)
    #expect(simple.winner(of: count, among: 3) == 2)
    #expect(simple.winner(of: BallotCount(votes: [4, 4, 1, 0], households: 20), among: 3) == nil)
    #expect(simple.winner(of: BallotCount(votes: [1, 1, 0, 9], households: 20), among: 3) == nil)
  }

  @Test func `whatever is counted, a winner has its majority and nobody else has`() {
    var random = SeededGenerator(seed: 11)
    var winners = 0
    for _ in 0..<5000 {
      let options = Int.random(in: 1...8, using: &random)
      let votes = (0...options).map { _ in
        Int.random(in: 0...12, using: &random) * Int.random(in: 0...3, using: &random)
      }
      let turnout = votes.reduce(0, +)
      let households = turnout + Int.random(in: 0...40, using: &random)
      let quorum = Int64.random(in: 0...10_000, using: &random)
      let majority = DecisionRule.Majority.allCases.randomElement(using: &random) ?? .simple
      let rule = DecisionRule(majority: majority, quorum: Rate(basisPoints: quorum) ?? Rate.none)
      let winner = rule.winner(of: BallotCount(votes: votes, households: households), among: options)
      let share = { (index: Int) in Double(votes[index]) / Double(turnout) }
      let wins = (0..<options).filter { index in
        guard turnout > 0, Double(turnout) / Double(households) * 10_000 >= Double(quorum) - 1e-9 else {
          return false
        }
        return majority == .simple ? share(index) > 0.5 + 1e-12 : share(index) >= 2.0 / 3 - 1e-12
      }
      #expect(wins.count <= 1 && winner == wins.first.map { $0 + 1 }, "\(votes) of \(households), \(rule)")
      if winner != nil { winners += 1 }
    }
    #expect(winners > 200, "some win")
  }

  @Test func `totals are told from ten votes on`() {
    #expect(BallotCount(votes: [5, 4, 0], households: 30).shown == nil)
    #expect(BallotCount(votes: [5, 4, 1], households: 30).shown == [5, 4, 1])
  }

  @Test func `choices are numbered from one, and abstaining is the last`() {
    let yesNo = ProposalVoting(
      options: [], opensAt: Timestamp(seconds: 0), closesAt: Timestamp(seconds: 1),
      rule: DecisionRule(majority: .simple, quorum: Rate.none))
    #expect(yesNo.choice(1) == .yes && yesNo.choice(3) == .abstain)
    #expect(yesNo.choice(0) == nil && yesNo.choice(4) == nil && yesNo.winners == 1)
    let named = ProposalVoting(
      options: ["扶手", "坡道"], opensAt: Timestamp(seconds: 0), closesAt: Timestamp(seconds: 1),
      rule: DecisionRule(majority: .simple, quorum: Rate.none))
    #expect(named.choice(2) == .option("坡道") && named.choice(3) == .abstain && named.winners == 2)
  }
}
