import Database
import Kernel
import TestKit
import Testing

@testable import Policy

@Suite("Policy library: lists and search")
struct PolicyListTests {
  @Test("Words of two characters are found wherever a version says them", arguments: TestEngine.available)
  func words(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let subsidy = try await fixture.publish(LibraryFixture.content("高龄津贴"))
      var loan = LibraryFixture.content("创业贷款", field: .work, level: .city)
      loan.words.documents = ["营业执照"]
      loan.english.title = "Loans for starting a business"
      let work = try await fixture.publish(loan)
      func found(_ text: String, _ field: PolicyField? = nil, _ level: PolicyLevel? = nil) async throws
        -> [PolicyID]
      {
        try await fixture.list(PolicyFilter(field: field, level: level, text: text)).policies.map(\.head.id)
      }
      #expect(try await found("津贴") == [subsidy])
      #expect(try await found("执照") == [work], "what to bring is searched")
      #expect(try await found("养老") == [subsidy], "so is the name of the field")
      #expect(try await found("loans BUSINESS") == [work])
      #expect(try await found("民政局") == [work, subsidy], "the newest first")
      #expect(try await found("民政局", .elders) == [subsidy])
      #expect(try await found("民政局", nil, .city) == [work])
      #expect(try await found("民政局", .elders, .city) == [])
      #expect(try await found("津帖") == [])
      #expect(try await found("津贴 执照") == [], "both words have to be there")
      #expect(try await found("  ·，") == [work, subsidy], "signs alone are no words")

      try await fixture.publish(
        LibraryFixture.content("尊老金", field: .relief, changed: "改了名"), of: subsidy)
      #expect(try await found("津贴") == [], "what a version says no more is not found")
      #expect(try await found("尊老") == [subsidy])
      #expect(try await found("尊老", .elders) == [], "and its field is another now")
    }
  }

  @Test("Lists go on where they stopped, each policy once", arguments: TestEngine.available)
  func pages(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      var made: [PolicyID] = []
      for number in 1...7 {
        made.append(
          try await fixture.publish(
            LibraryFixture.content(
              "补贴 \(number)",
              effective: number.isMultiple(of: 2)
                ? LibraryFixture.day("2027-01-01")
                : LibraryFixture.day("2026-01-01"))))
      }
      func all(_ filter: PolicyFilter) async throws -> [PolicyID] {
        var (found, key): ([PolicyID], PolicyID?) = ([], nil)
        repeat {
          let page = try await fixture.list(filter, after: key, limit: 2)
          #expect(page.policies.count <= 2)
          found += page.policies.map(\.head.id)
          key = page.next
        } while key != nil
        return found
      }
      let newestFirst = made.reversed() as [PolicyID]
      let inForce = [6, 4, 2, 0].map { made[$0] }
      #expect(try await all(PolicyFilter()) == newestFirst)
      #expect(try await all(PolicyFilter(text: "补贴")) == newestFirst)
      #expect(try await all(PolicyFilter(inForceOn: LibraryFixture.today)) == inForce)
      #expect(try await all(PolicyFilter(text: "补贴", inForceOn: LibraryFixture.today)) == inForce)
    }
  }

  @Test("The list of what is in force is what the rule says, on any day", arguments: TestEngine.available)
  func inForce(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      var random = SeededGenerator(seed: 20_261_123)
      let first = LibraryFixture.day("2026-11-01")
      var made: [PolicyID] = []
      for number in 0..<12 {
        func content(_ changed: String) -> PolicyContent {
          let effective = first.adding(days: Int64.random(in: 0...20, using: &random))
          let isOpen = Bool.random(using: &random)
          return LibraryFixture.content(
            "政策 \(number)\(changed)", effective: effective,
            expires: isOpen ? nil : effective.adding(days: Int64.random(in: 0...15, using: &random)),
            replaces: Bool.random(using: &random) ? made.randomElement(using: &random) : nil,
            changed: changed)
        }
        let id = try await fixture.publish(content(""))
        if Bool.random(using: &random) { try await fixture.publish(content("改"), of: id) }
        made.append(id)
      }
      for offset in Int64(-2)...40 {
        let day = first.adding(days: offset)
        let listed = try await fixture.list(PolicyFilter(inForceOn: day), on: day, limit: 100).policies
        let all = try await fixture.list(PolicyFilter(), on: day, limit: 100).policies
        #expect(all.map(\.head.id) == made.reversed(), "\(day.iso)")
        #expect(
          listed.map(\.head.id) == all.filter { $0.standing(on: day) == .inForce }.map(\.head.id),
          "\(day.iso)")
        for shown in all {
          let versions = try await fixture.database.read {
            try PolicyVersionStore.all(of: shown.head.id, in: fixture.community, $0)
          }
          let counting = Self.counting(versions.map(\.content.document.effective), on: day)
          #expect(shown.version.number == counting, "\(day.iso) \(shown.head.id)")
        }
      }
    }
  }

  /// What the query has to find: the newest version that has begun; where none has, the one that will count first.
  private static func counting(_ effective: [PolicyDay], on day: PolicyDay) -> Int64? {
    guard let earliest = effective.min() else { return nil }
    return effective.lastIndex { $0 <= max(day, earliest) }.map { Int64($0 + 1) }
  }

  @Test(
    "A version that was put right before its first day is shown as it was put right",
    arguments: TestEngine.available)
  func corrected(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let newYear = LibraryFixture.day("2027-01-01")
      let id = try await fixture.publish(LibraryFixture.content("高龄补帖", effective: newYear))
      try await fixture.publish(
        LibraryFixture.content("高龄补贴", effective: newYear, changed: "改了一个错字"), of: id)
      let shown = try #require(try await fixture.shown(id))
      #expect(shown.version.number == 2 && shown.standing(on: LibraryFixture.today) == .notYet)
      try await fixture.publish(
        LibraryFixture.content("高龄津贴", effective: newYear.adding(days: 30), changed: "二月起换名字"), of: id)
      #expect(try await fixture.shown(id)?.version.number == 2, "what begins later is not next")
    }
  }

  @Test("Until a new version begins, the one before counts", arguments: TestEngine.available)
  func coming(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let id = try await fixture.publish(LibraryFixture.content())
      let newYear = LibraryFixture.day("2027-01-01")
      try await fixture.publish(
        LibraryFixture.content("高龄补贴新办法", effective: newYear, changed: "明年起换新办法"), of: id)
      let now = try #require(try await fixture.shown(id))
      #expect(now.version.number == 1 && now.head.newest == 2)
      #expect(now.standing(on: LibraryFixture.today) == .inForce)
      #expect(try await fixture.shown(id, on: newYear)?.version.number == 2)
      let changed = try await fixture.database.read {
        try PolicyListStore.changed(on: LibraryFixture.today, limit: 5, in: fixture.community, $0)
      }
      #expect(changed.map(\.head.id) == [id])
    }
  }
}
