import Database
import Kernel
import People
import Security
import TestKit
import Testing

@testable import Policy

@Suite("Eligibility: drafts and versions")
struct RuleDeskTests {
  private let policy = EligibilityFixture.meals

  private func condition(_ years: Int64) -> RuleNode {
    .condition(RuleCondition(fact: .age, test: .atLeast(.fixed(years)), citation: .empty))
  }

  @Test(arguments: TestEngine.available)
  func `a rule is written step by step, published by somebody else, and the newest counts`(
    engine: TestEngine
  ) async throws {
    try await EligibilityFixture.with(engine) { fixture in
      try await fixture.publish(EligibilityFixture.mealsRule, of: policy)
      let first = try #require(try await fixture.shown(policy))
      #expect(first.version == 1 && first.content == EligibilityFixture.mealsRule)
      #expect(first.publishedBy == fixture.asSupervisor)
      #expect(try await fixture.draft(policy) == nil)
      try await fixture.publish(EligibilityFixture.shopsRule, of: policy)
      let second = try #require(try await fixture.shown(policy))
      #expect(second.version == 2 && second.content == EligibilityFixture.shopsRule)
      let versions = try await fixture.database.read {
        try RuleVersionStore.versions(of: policy, in: fixture.community, $0)
      }
      #expect(versions.map(\.version) == [2, 1])
      #expect(versions.map(\.content) == [EligibilityFixture.shopsRule, EligibilityFixture.mealsRule])
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `a step on an older state is refused and changes nothing`(engine: TestEngine) async throws {
    try await EligibilityFixture.with(engine) { fixture in
      let desk = fixture.eligibility.rules.desk
      func write(_ seen: Int64, _ actor: Actor) async -> String? {
        await eligibilityProblem {
          try await fixture.database.write(in: fixture.community) {
            try desk.write(.add(condition(60), under: .top), of: policy, seen: seen, by: actor, in: $0)
          }
        }
      }
      #expect(await write(1, fixture.asWorker) == "not_found", "there is no draft yet")
      try await fixture.database.write(in: fixture.community) {
        try desk.begin(policy, by: fixture.asWorker, in: $0)
      }
      let again = await eligibilityProblem {
        _ = try await fixture.database.write(in: fixture.community) {
          try desk.begin(policy, by: fixture.asColleague, in: $0)
        }
      }
      #expect(again == "rule.draft_open")
      #expect(await write(1, fixture.asWorker) == nil)
      #expect(await write(1, fixture.asColleague) == "rule.draft_stale")
      let draft = try #require(try await fixture.draft(policy))
      #expect(draft.revision == 2 && draft.content.rule.top.parts.count == 1)
      #expect(await write(2, fixture.asColleague) == nil)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `who wrote on it does not publish it, and neither does a social worker`(engine: TestEngine)
    async throws
  {
    try await EligibilityFixture.with(engine) { fixture in
      let desk = fixture.eligibility.rules.desk
      func publish(_ seen: Int64, _ actor: Actor) async -> String? {
        await eligibilityProblem {
          _ = try await fixture.database.write(in: fixture.community) {
            try desk.publish(policy, seen: seen, by: actor, in: $0)
          }
        }
      }
      try await fixture.database.write(in: fixture.community) { transaction in
        try desk.begin(policy, by: fixture.asWorker, in: transaction)
        var seen: Int64 = 1
        let steps =
          EligibilityFixture.mealsRule.rule.top.parts.map { RuleStep.add($0, under: .top) }
          + EligibilityFixture.mealsRule.tests.map { RuleStep.setTest($0, at: nil) }
        for step in steps.dropLast() {
          try desk.write(step, of: policy, seen: seen, by: fixture.asWorker, in: transaction)
          seen += 1
        }
        // The supervisor writes a step, and so is one of its authors.
        try desk.write(
          steps[steps.count - 1], of: policy, seen: seen, by: fixture.asSupervisor, in: transaction)
      }
      let revision = try #require(try await fixture.draft(policy)).revision
      #expect(await publish(revision, fixture.asSupervisor) == "rule.own_draft")
      #expect(await publish(revision, fixture.asColleague) == "forbidden")
      #expect(await publish(revision - 1, fixture.asCommittee) == "rule.draft_stale")
      #expect(try await fixture.shown(policy) == nil)
      #expect(await publish(revision, fixture.asCommittee) == nil)
      #expect(try await fixture.shown(policy)?.content.rule == EligibilityFixture.mealsRule.rule)
    }
  }

  @Test(arguments: TestEngine.available)
  func `what fails its examples is not published`(engine: TestEngine) async throws {
    try await EligibilityFixture.with(engine) { fixture in
      let desk = fixture.eligibility.rules.desk
      let failing = GoldenTest(
        name: "应该不行", day: EligibilityFixture.today, facts: FactSheet.empty.with(.age, .exactly(80)),
        expected: .notEligible, missing: nil)
      let code = await eligibilityProblem {
        _ = try await fixture.database.write(in: fixture.community) { transaction in
          try desk.begin(policy, by: fixture.asWorker, in: transaction)
          try desk.write(
            .add(condition(60), under: .top), of: policy, seen: 1, by: fixture.asWorker, in: transaction)
          try desk.write(
            .setTest(failing, at: nil), of: policy, seen: 2, by: fixture.asWorker, in: transaction)
          try desk.publish(policy, seen: 3, by: fixture.asSupervisor, in: transaction)
        }
      }
      #expect(code == "rule.incomplete")
      let draft = try await fixture.draft(policy)
      #expect(draft == nil, "the whole transaction is undone")
    }
  }

  @Test(arguments: TestEngine.available)
  func `every step can be gone back to, and going back can be undone`(engine: TestEngine) async throws {
    try await EligibilityFixture.with(engine) { fixture in
      let desk = fixture.eligibility.rules.desk
      var maker = RuleMaker(seed: 11)
      var contents = [RuleSet.empty]
      try await fixture.database.write(in: fixture.community) {
        try desk.begin(policy, by: fixture.asWorker, in: $0)
      }
      for number in 0..<25 {
        let seen = Int64(contents.count)
        if number % 5 == 4 {
          let to = Int64(maker.number(1...contents.count))
          try await fixture.database.write(in: fixture.community) {
            try desk.restore(to, of: policy, seen: seen, by: fixture.asColleague, in: $0)
          }
          contents.append(contents[Int(to) - 1])
        } else {
          let step =
            number % 5 == 3
            ? RuleStep.remove(RulePath(places: [0]))
            : .add(.condition(maker.conditionWithoutStandard()), under: .top)
          let before = contents[contents.count - 1]
          let isPossible = (try? before.after(step)) != nil
          let code = await eligibilityProblem {
            try await fixture.database.write(in: fixture.community) {
              try desk.write(step, of: policy, seen: seen, by: fixture.asWorker, in: $0)
            }
          }
          #expect((code == nil) == isPossible)
          if isPossible { contents.append(try before.after(step)) }
        }
        let draft = try #require(try await fixture.draft(policy))
        #expect(draft.revision == Int64(contents.count))
        #expect(draft.content == contents[contents.count - 1])
      }
      let last = Int64(contents.count)
      let unknown = await eligibilityProblem {
        try await fixture.database.write(in: fixture.community) {
          try desk.restore(999, of: policy, seen: last, by: fixture.asWorker, in: $0)
        }
      }
      #expect(unknown == "not_found")
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `a rule that is taken down is nowhere until another is published`(engine: TestEngine) async throws {
    try await EligibilityFixture.with(engine) { fixture in
      let desk = fixture.eligibility.rules.desk
      try await fixture.publish(EligibilityFixture.shopsRule, of: EligibilityFixture.shops)
      func hints() async throws -> [PolicyHint] {
        try await fixture.database.read {
          try fixture.eligibility.hints.atShopOpening(in: fixture.community, $0)
        }
      }
      let path = "/policies/\(EligibilityFixture.shops)/check"
      #expect(try await hints() == [PolicyHint(title: Phrase("小店开办补贴", "Support for new shops"), path: path)])
      let jobs = try await fixture.database.read {
        try fixture.eligibility.hints.atJobs(in: fixture.community, $0)
      }
      #expect(jobs == [])
      let code = await eligibilityProblem {
        try await fixture.database.write(in: fixture.community) {
          try desk.takeDown(EligibilityFixture.shops, by: fixture.asWorker, in: $0)
        }
      }
      #expect(code == "forbidden")
      try await fixture.database.write(in: fixture.community) {
        try desk.takeDown(EligibilityFixture.shops, by: fixture.asCommittee, in: $0)
      }
      #expect(try await hints() == [])
      #expect(try await fixture.shown(EligibilityFixture.shops) == nil)
      #expect(try await fixture.breaches() == [])
      try await fixture.publish(EligibilityFixture.shopsRule, of: EligibilityFixture.shops)
      #expect(try await fixture.shown(EligibilityFixture.shops)?.version == 2)
      #expect(try await hints().count == 1)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test func `what was published is not changed, and a change behind the program's back shows`() async throws
  {
    try await EligibilityFixture.with(.sqlite) { fixture in
      try await fixture.publish(EligibilityFixture.mealsRule, of: policy)
      await #expect(throws: (any Error).self) {
        try await fixture.database.write(in: fixture.community) {
          _ = try $0.execute("UPDATE policy_rule_version SET content = '{}'")
        }
      }
      try await fixture.database.write(in: fixture.community) { transaction in
        try transaction.liftAppendOnly(from: "policy_rule_version")
        try transaction.execute(
          "UPDATE policy_rule_version SET content = replace(content, '\"number\":60', '\"number\":61')")
      }
      #expect(try await fixture.breaches().contains { $0.contains("policy.rule_version_changed") })
    }
  }

  @Test func `a stored version is read anew by its check`() {
    func fault(_ text: String, _ digest: [UInt8]? = nil) -> String? {
      EligibilityInvariants.fault(of: text, digest: digest ?? Digest(of: text).bytes)?.description
    }
    let good = EligibilityFixture.mealsRule.json
    #expect(fault(good) == nil)
    #expect(fault(good, [1]) == "policy.rule_version_changed")
    #expect(fault("{}") == "policy.rule_version_unreadable")
    #expect(fault(good.replacing(",\"is\":", with: ", \"is\":")) == "policy.rule_version_not_canonical")
    #expect(
      fault(good.replacing("\"number\":60,\"article\"", with: "\"number\":61,\"article\""))
        == "policy.rule_version_fails_examples")
  }
}

extension RuleMaker {
  /// A condition that compares with a number alone.
  mutating func conditionWithoutStandard() -> RuleCondition {
    while true {
      let condition = condition()
      if case .parameter? = condition.test.amount { continue }
      return condition
    }
  }
}
