import Database
import Foundation
import Hummingbird
import Kernel
import Logging
import People
import Synchronization
import TestKit
import Testing
import Web

@testable import Policy

/// A number that stands nowhere else is entered in a check in every way there is, and then looked for.
@Suite("Eligibility: what is entered is kept nowhere")
struct CheckCanaryTests {
  private static let mark = "73519"

  /// A rule on income with so many steps that the amount is typed.
  private static let rule: RuleSet = {
    let steps = (1...8).map { step in
      RuleNode.condition(
        RuleCondition(
          fact: .income, test: .atMost(.fixed(Int64(step) * 1000)),
          citation: RuleCitation(article: "第\(step)条", quote: "")))
    }
    func test(_ name: String, _ income: Int64, _ expected: EligibilityVerdict) -> GoldenTest {
      GoldenTest(
        name: name, day: EligibilityFixture.today, facts: FactSheet.empty.with(.income, .exactly(income)),
        expected: expected, missing: nil)
    }
    return RuleSet(
      rule: EligibilityRule(top: RuleGroup(kind: .any, citation: .empty, parts: steps), parameters: []),
      tests: [test("低", 800, .eligible), test("高", 9000, .notEligible)], places: [.checkout])
  }()

  @Test func `neither the database nor the log has a fact of a check`() async throws {
    let clock = MovableClock(EligibilityFixture.start)
    try await TestEngine.sqlite.withLocation(EligibilityFixture.migrations) { location in
      guard case .sqlite(let path) = location else { return }
      let log = LogKeeper()
      let database = try Database.open(
        location, migrations: EligibilityFixture.migrations, clock: clock.clock, logger: log.logger)
      let fixture = try await EligibilityFixture.open(database, clock)
      try await fixture.publish(Self.rule, of: EligibilityFixture.meals)
      let base = "/policies/\(EligibilityFixture.meals)"
      for person in [nil, fixture.resident] {
        let browser = try await listening(fixture, as: person, log)
        #expect(try await browser.get("\(base)/check").text.contains("name=\"fact_income\""))
        let answer = try await browser.post("\(base)/check", ["fact_income": Self.mark])
        #expect(answer.text.contains(Self.mark), "it was read")
        #expect(answer.location == nil)
        _ = try await browser.post("/policies/check", ["for": "checkout", "fact_income": Self.mark])
        let refused = try await browser.post("\(base)/check", ["fact_income": "\(Self.mark)9999"])
        #expect(refused.status == 422)
        // Programs have no cookie, and need no form.
        for number in [Self.mark, "\(Self.mark)9999"] where person == nil {
          let told = try await browser.send(
            .post, "/api/v1\(base)/check", json: #"{"facts":[{"fact":"income","number":\#(number)}]}"#)
          #expect(told.status == (number == Self.mark ? 200 : 422))
        }
      }
      let passing = try await listening(fixture, as: fixture.resident, log)
      _ = try await passing.get("\(base)/check")
      let told = try await passing.post(
        "\(base)/ask",
        ["idempotency_key": "check-canary-key-1", "pass_on": "on", "fact_income": Self.mark])
      #expect(told.status == 303)
      #expect(try await fixture.questions().map(\.hasFacts) == [true], "passed on, and sealed")
      database.close()
      let bytes = ["", "-wal"].compactMap { FileManager.default.contents(atPath: path + $0) }
      #expect(!bytes.isEmpty && bytes.contains { $0.range(of: Data("第8条".utf8)) != nil }, "it is looked at")
      for file in bytes { #expect(file.range(of: Data(Self.mark.utf8)) == nil) }
      #expect(!log.text.contains(Self.mark))
      #expect(log.text.contains("request"), "the log was on")
    }
  }

  /// A browser of which everything is logged.
  private func listening(
    _ fixture: EligibilityFixture, as person: PersonID?, _ log: LogKeeper
  ) async throws -> Browser {
    let inner = fixture.routes.responder(site: try fixture.site())
    let browser = Browser(
      LoggedResponder(inner: inner, logger: log.logger), host: EligibilityFixture.host, address: "203.0.113.7"
    )
    if let person {
      let session = try await fixture.people.openSession(
        of: person, level: .secondFactor, in: fixture.community)
      browser.setCookie("sid", session.token.text)
    }
    return browser
  }
}

/// Gives each request a log that keeps everything.
private struct LoggedResponder<Inner: HTTPResponder<WebContext>>: HTTPResponder {
  let inner: Inner
  let logger: Logger

  func respond(to request: Request, context: WebContext) async throws -> Response {
    try await inner.respond(
      to: request, context: WebContext(logger: logger, remoteAddress: "203.0.113.7"))
  }
}

/// Keeps everything that is logged.
private final class LogKeeper: Sendable {
  private let lines = Mutex<[String]>([])

  var text: String { lines.withLock { $0.joined(separator: "\n") } }

  var logger: Logger {
    var logger = Logger(label: "canary") { _ in Handler(keeper: self) }
    logger.logLevel = .trace
    return logger
  }

  private struct Handler: LogHandler {
    let keeper: LogKeeper
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      keeper.lines.withLock { $0.append("\(event.message) \(metadata) \(event.metadata ?? [:])") }
    }
  }
}
