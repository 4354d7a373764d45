import Database
import Kernel
import Security
import TestKit
import Testing

@testable import Surveys

@Suite("Coding: tables of themes")
struct ThemeTableTests {
  @Test func `too few people are told neither from those who said it nor from those who did not`() {
    for asked in Int64(0)...20 {
      for voices in 0...asked {
        let isShown = ThemeRules.shown(voices, of: asked)
        let isFew = (1...4).contains(voices) || (1...4).contains(asked - voices) || asked < 5
        #expect(isShown == !isFew, "\(voices) of \(asked)")
      }
    }
  }

  @Test func `a table that leaves the station has no small number in it`() {
    func count(_ voices: Int64, _ asked: Int64) -> ThemeCount {
      ThemeCount(
        code: ThemeCodeID(rawValue: voices + 1), name: "电梯", kind: .interview, voices: voices, asked: asked)
    }
    let table = ThemeTable(
      id: ThemeTableID(rawValue: 1), study: StudyID(rawValue: 1), title: "下楼难",
      publishedAt: FieldFixture.start, digest: Digest(of: ""),
      counts: [count(6, 12), count(3, 12), count(0, 12), count(9, 12), count(2, 4)])
    #expect(table.rows.map(\.voices) == [6, nil, 0, nil, nil])
    #expect(table.rows.map(\.asked) == [12, 12, 12, 12, nil])
  }

  @Test(arguments: TestEngine.available)
  func `people are counted and not passages, and a published table stays`(engine: TestEngine) async throws {
    try await FieldFixture.with(engine) { fixture in
      let study = try await fixture.study()
      // The same resident twice, somebody else, and an observation.
      try await fixture.record("没有电梯\n还是电梯", of: study, phone: FieldFixture.phone)
      try await fixture.record("又说电梯", of: study, phone: FieldFixture.phone)
      try await fixture.record("腿疼", of: study)
      try await fixture.record("树下坐着四个人", .observation, of: study)
      let lift = try await fixture.code("电梯", of: study)
      let nothing = await FieldFixture.code {
        _ = try await fixture.write { try ThemeDesk().publish(study, by: fixture.asWorker, in: $0) }
      }
      #expect(nothing == "themes.nothing")
      let id = try await fixture.begin(study)
      try await fixture.settleAlike([[lift], [lift], [lift], [], []], id, study)
      let counts = try await fixture.database.read {
        try ThemeDesk().counts(of: study, in: fixture.community, $0)
      }
      #expect(counts.map(\.kind) == [.interview, .observation])
      #expect(counts.map(\.voices) == [1, 0] && counts.map(\.asked) == [2, 1])
      let table = try await fixture.write { try ThemeDesk().publish(study, by: fixture.asWorker, in: $0) }
      let again = await FieldFixture.code {
        _ = try await fixture.write { try ThemeDesk().publish(study, by: fixture.asWorker, in: $0) }
      }
      #expect(again == "themes.unchanged")
      let (kept, listed) = try await fixture.database.read { snapshot in
        (
          try InterviewEvidence().table(table, in: fixture.community, snapshot),
          try InterviewEvidence().list(in: fixture.community, snapshot)
        )
      }
      #expect(kept?.counts == counts && listed.map(\.id) == [table])
      #expect(kept.map { ThemeRules.digest($0.title, $0.counts) == $0.digest } == true)
      #expect(kept?.rows.allSatisfy { $0.voices == nil && $0.asked == nil } == true)
      let browser = try await fixture.browser(of: fixture.supervisor)
      let page = try await browser.get("/studies/\(study)/themes/\(table)")
      #expect(page.status == 200 && page.text.contains("不单列") && !page.text.contains("1 / 2"))
      #expect(try await browser.get("/studies/\(study)/themes").text.contains("1 / 2"))
    }
  }
}
