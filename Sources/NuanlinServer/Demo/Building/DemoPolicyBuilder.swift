import Database
import Kernel
import People
import Policy

/// The policies that others of the demo point at.
struct DemoPolicyIDs: Sendable {
  let homeHelp: PolicyID
  let shopSubsidy: PolicyID
  let deliveryRelief: PolicyID
  let jobFair: PolicyID
}

/// The library of the demo: policies with their rules, written by a worker and published by the committee; neighbours who read
/// and follow them. One replaced an older one, one begins next month, and one has a second version by the end.
struct DemoPolicyBuilder: Sendable {
  let stage: DemoStage

  private var policy: Policy { stage.switchboard.policy }

  /// Two months ago and since.
  func publish() async throws -> DemoPolicyIDs {
    let old = try await add(
      DemoPolicies.oldShopSubsidy(issued: stage.date(800), effective: stage.date(790)), 64)
    let homeHelp = try await add(
      DemoPolicies.homeHelp(issued: stage.date(75), effective: stage.date(62)), 63)
    try await rule(DemoRules.homeHelp(from: stage.date(330), today: stage.date(63)), of: homeHelp, 63)
    let relief = try await add(
      DemoPolicies.deliveryRelief(
        issued: stage.date(66), effective: stage.date(61), expires: stage.date(-500)), 62)
    try await rule(DemoRules.deliveryRelief(today: stage.date(62)), of: relief, 62)
    let shop = try await add(
      DemoPolicies.shopSubsidy(
        issued: stage.date(60), effective: stage.date(58), expires: stage.date(-330), replacing: old), 59)
    try await rule(DemoRules.shopSubsidy(today: stage.date(59)), of: shop, 59)
    let jobs = try await add(
      DemoPolicies.jobFair(
        issued: stage.date(6), effective: stage.nextMonth, expires: stage.nextMonth.adding(days: 364)), 5)
    try await rule(DemoRules.jobFair(today: stage.nextMonth), of: jobs, 5)
    let made = DemoPolicyIDs(
      homeHelp: homeHelp, shopSubsidy: shop, deliveryRelief: relief, jobFair: jobs)
    try await readers(of: made)
    return made
  }

  private func add(_ content: PolicyContent, _ daysAgo: Int64) async throws -> PolicyID {
    let (library, author, publisher) = (policy.library, try stage.worker(), try stage.committee())
    return try await stage.step(stage.day(daysAgo)) { transaction in
      try library.add(content, writtenBy: author, by: publisher, in: transaction).id
    }
  }

  private func rule(_ document: String, of id: PolicyID, _ daysAgo: Int64) async throws {
    let (policy, author, publisher) = (policy, try stage.worker(), try stage.committee())
    try await stage.step(stage.day(daysAgo, 15)) { transaction in
      try policy.publishRule(document, of: id, writtenBy: author, by: publisher, in: transaction)
    }
  }

  /// Whoever is told of changes, and what was clear and what was not.
  private func readers(of made: DemoPolicyIDs) async throws {
    let policy = policy
    let neighbours = stage.neighbours(26, for: "policy-readers").map(\.person)
    let followers = try ["chen-hao", "zhao-guoqiang", "sun-yulan"].map(stage.person)
    let (student, foreigner) = (try stage.person("li-jiayi"), try stage.person("anna-keller"))
    try await stage.step(stage.day(40, 20)) { transaction in
      for person in neighbours + followers {
        try policy.read(1, of: made.homeHelp, isClear: true, by: person, in: transaction)
      }
      for person in followers { try policy.follow(made.homeHelp, by: person, in: transaction) }
      try policy.read(1, of: made.deliveryRelief, isClear: true, by: foreigner, in: transaction)
    }
    try await stage.step(stage.day(2, 19)) { transaction in
      try policy.follow(made.jobFair, by: student, in: transaction)
      try policy.read(1, of: made.jobFair, isClear: false, by: student, in: transaction)
    }
  }

  // MARK: - The second version

  /// Three days ago: what the district decided after the residents' report, with the rule that follows from it.
  func publishSecond(of id: PolicyID, because origin: PolicyOrigin) async throws {
    let (policy, author, publisher) = (policy, try stage.worker(), try stage.committee())
    let (issued, rule) = (
      stage.date(4), DemoRules.homeHelpSince(from: stage.date(330), today: stage.date(3))
    )
    try await stage.step(stage.day(3, 11)) { transaction in
      guard let first = try policy.library.newestContent(of: id, in: transaction.community, transaction)
      else { throw Problem.internalFault }
      try policy.library.publish(
        DemoPolicies.homeHelp(after: first, issued: issued), of: id, because: origin, writtenBy: author,
        by: publisher, in: transaction)
      try policy.publishRule(rule, of: id, writtenBy: author, by: publisher, in: transaction)
    }
  }
}
