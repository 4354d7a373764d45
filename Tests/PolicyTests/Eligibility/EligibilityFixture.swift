import Database
import Kernel
import Messages
import People
import Security
import TestKit
import Testing
import Web

@testable import Policy

/// A station with a policy on meals for elders and one for shops, and the people who write, publish, check and answer. The clock
/// stands at Monday 16:00 local time.
struct EligibilityFixture: StationFixture {
  private static let ownMigrations = messagesMigrations + [eligibilityMigration]
  static let migrations = peopleMigrations + ownMigrations

  let station: TestStation
  let eligibility: Eligibility
  let worker: PersonID
  let colleague: PersonID
  let supervisor: PersonID
  let committee: PersonID
  let resident: PersonID
  let neighbour: PersonID

  static let meals = PolicyID(rawValue: 1001)
  static let shops = PolicyID(rawValue: 1002)
  /// Not published in the library.
  static let hidden = PolicyID(rawValue: 1003)

  static func with<T>(_ engine: TestEngine, _ body: (EligibilityFixture) async throws -> T) async throws -> T
  {
    try await TestStation.with(engine, ownMigrations) { try await body(try await open($0)) }
  }

  static func open(_ database: Database, _ clock: MovableClock) async throws -> EligibilityFixture {
    try await open(try await TestStation(database, clock))
  }

  private static func open(_ station: TestStation) async throws -> EligibilityFixture {
    let homes = try await station.households([("3", "2", "501"), ("3", "2", "502")])
    let persons = try await station.persons([
      TestStation.person("许社工", [.socialWorker]), TestStation.person("何社工", [.socialWorker]),
      TestStation.person("沈督导", [.supervisor]), TestStation.person("居委周", [.committee]),
      TestStation.person("王阿姨", home: homes[0]), TestStation.person("李叔", home: homes[1]),
    ])
    let directory = station.people.directory
    let eligibility = Eligibility(
      database: station.database, directory: directory, vault: station.vault,
      messenger: Messenger(directory: directory, services: []), shelf: shelf)
    return EligibilityFixture(
      station: station, eligibility: eligibility, worker: persons[0], colleague: persons[1],
      supervisor: persons[2],
      committee: persons[3], resident: persons[4], neighbour: persons[5])
  }

  static let shelf = PolicyShelf { policies, _, _ in
    let known = [
      (meals, Phrase("老年助餐补贴", "Meals for elders"), true),
      (shops, Phrase("小店开办补贴", "Support for new shops"), true),
      (hidden, Phrase("还没发布的", "Not published yet"), false),
    ]
    let cards = known.filter { policies.contains($0.0) }.map { id, title, isShown in
      PolicyCard(
        id: id, title: title, decidedBy: Phrase("区民政局", "The district's civil affairs bureau"),
        window: Phrase("街道一楼三号窗口", "Window 3"), phone: "021-5555 0199", isShown: isShown)
    }
    return Dictionary(cards.map { ($0.id, $0) }) { first, _ in first }
  }

  // MARK: - People

  var asWorker: Actor { Actor(person: worker, role: .socialWorker) }
  var asColleague: Actor { Actor(person: colleague, role: .socialWorker) }
  var asSupervisor: Actor { Actor(person: supervisor, role: .supervisor) }
  var asCommittee: Actor { Actor(person: committee, role: .committee) }

  // MARK: - Rules

  static let today = RuleMaker.day("2026-11-23")

  /// Sixty or more and registered here, or living alone; with four examples.
  static let mealsRule: RuleSet = {
    let old = RuleNode.condition(
      RuleCondition(
        fact: .age, test: .atLeast(.fixed(60)),
        citation: RuleCitation(article: "第三条", quote: "年满六十周岁")))
    let here = RuleNode.condition(
      RuleCondition(
        fact: .registration, test: .isOneOf([.thisDistrict]),
        citation: RuleCitation(article: "第四条", quote: "具有本区户籍")))
    let alone = RuleNode.condition(
      RuleCondition(fact: .alone, test: .isAnswered(true), citation: .empty))
    let either = RuleNode.group(RuleGroup(kind: .any, citation: .empty, parts: [here, alone]))
    func test(
      _ name: String, _ facts: [EligibilityFact: FactValue], _ expected: EligibilityVerdict,
      missing: Set<EligibilityFact>? = nil
    ) -> GoldenTest {
      GoldenTest(
        name: name, day: today, facts: FactSheet(facts) ?? .empty, expected: expected, missing: missing)
    }
    return RuleSet(
      rule: EligibilityRule(
        top: RuleGroup(kind: .all, citation: .empty, parts: [old, either]), parameters: []),
      tests: [
        test("刚满六十的本区老人", [.age: .exactly(60), .registration: .choice(.thisDistrict)], .eligible),
        test(
          "外地来的独居老人", [.age: .exactly(80), .registration: .choice(.elsewhere), .alone: .answer(true)],
          .eligible),
        test("差一岁", [.age: .exactly(59)], .notEligible),
        test(
          "和家人住的外地老人", [.age: .exactly(70), .registration: .choice(.elsewhere), .alone: .answer(false)],
          .notEligible),
        test("只说了年龄", [.age: .exactly(66)], .unknown, missing: [.registration, .alone]),
      ], places: [])
  }()

  /// A licence of at most a year, or an income that may be told in yuan; for the shop pages.
  static let shopsRule = RuleSet(
    rule: EligibilityRule(
      top: RuleGroup(
        kind: .all, citation: .empty,
        parts: [
          .condition(
            RuleCondition(
              fact: .licence, test: .isAnswered(true), citation: RuleCitation(article: "第二条", quote: "依法登记"))),
          .condition(
            RuleCondition(fact: .licenceAge, test: .atMost(.parameter("p1")), citation: .empty)),
          .condition(RuleCondition(fact: .age, test: .atLeast(.fixed(18)), citation: .empty)),
        ]),
      parameters: [
        RuleParameter(
          key: "p1", name: "开办期限",
          values: [
            RuleParameter.Value(
              from: RuleMaker.day("2026-01-01"), through: nil, amount: 12,
              citation: RuleCitation(article: "第五条", quote: "自登记之日起十二个月内"))
          ])
      ]),
    tests: [
      GoldenTest(
        name: "新店", day: today,
        facts: FactSheet([
          .licence: .answer(true), .licenceAge: .exactly(12), .age: .exactly(30),
        ]) ?? .empty, expected: .eligible, missing: nil),
      GoldenTest(
        name: "老店", day: today,
        facts: FactSheet([.licence: .answer(true), .licenceAge: .exactly(13)]) ?? .empty,
        expected: .notEligible, missing: nil),
    ], places: [.shopOpening, .checkout])

  /// Writes a set by the worker, in as many steps as it has parts, and publishes it by the supervisor.
  func publish(_ set: RuleSet, of policy: PolicyID) async throws {
    let desk = eligibility.rules.desk
    try await database.write(in: community) { transaction in
      let draft = try desk.begin(policy, by: asWorker, in: transaction)
      // Whatever an earlier version left goes first.
      var seen = draft.revision
      func write(_ step: RuleStep) throws {
        try desk.write(step, of: policy, seen: seen, by: asWorker, in: transaction)
        seen += 1
      }
      for _ in draft.content.rule.top.parts { try write(.remove(RulePath(places: [0]))) }
      for _ in draft.content.tests { try write(.removeTest(0)) }
      for parameter in draft.content.rule.parameters { try write(.removeParameter(key: parameter.key)) }
      for parameter in set.rule.parameters {
        try write(.addParameter(name: parameter.name))
        for value in parameter.values { try write(.setValue(key: parameter.key, value, replacing: nil)) }
      }
      for part in set.rule.top.parts { try write(.add(part, under: .top)) }
      for test in set.tests { try write(.setTest(test, at: nil)) }
      try write(.setPlaces(set.places))
      try desk.publish(policy, seen: seen, by: asSupervisor, in: transaction)
    }
  }

  func shown(_ policy: PolicyID) async throws -> RuleVersion? {
    try await database.read { try RuleVersionStore.shown(of: policy, in: community, $0) }
  }

  func draft(_ policy: PolicyID) async throws -> RuleDraft? {
    try await database.read { try RuleDraftStore.open(of: policy, in: community, $0) }
  }

  func questions() async throws -> [PolicyQuestion] {
    try await database.read {
      try PolicyQuestionStore.open(in: community, limit: 100, $0)
        + PolicyQuestionStore.ended(in: community, limit: 100, $0)
    }
  }

  func breaches() async throws -> [String] {
    try await database.read { try Eligibility.breaches($0).map { "\($0)" } }
  }

  func runJobs() async throws {
    try await JobRunner(database, handlers: eligibility.jobs).runDue()
  }

  // MARK: - Browsers

  func site() throws -> Site { try station.site(navigation: Eligibility.navigation) }

  var routes: Routes { station.routes { eligibility.register(on: &$0) } }

  /// - Parameter person: nil for somebody who is not signed in.
  func browser(of person: PersonID?, language: String = "zh") async throws -> Browser {
    try await station.browser(of: person, language: language, navigation: Eligibility.navigation) {
      eligibility.register(on: &$0)
    }
  }
}

/// The code of the problem that `work` throws; nil where it throws none.
func eligibilityProblem(_ work: () async throws -> Void) async -> String? {
  await Problem.code(thrownBy: work)
}
