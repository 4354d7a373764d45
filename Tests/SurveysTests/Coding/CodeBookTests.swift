import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Surveys

@Suite("Coding: the code book")
struct CodeBookTests {
  private func code(_ id: Int64, below parent: Int64? = nil, isActive: Bool = true) -> ThemeCode {
    ThemeCode(
      id: ThemeCodeID(rawValue: id), study: StudyID(rawValue: 1), version: 1,
      content: ThemeCode.Content(
        name: "\(id)", definition: "", includeExample: "", excludeExample: "",
        parent: parent.map { ThemeCodeID(rawValue: $0) }), retiredFor: isActive ? nil : "不用了")
  }

  @Test func `a book is read from the wider codes to those below them`() {
    let book = [
      code(5), code(3, below: 5), code(1), code(4, below: 3), code(2, below: 5), code(9, below: 77),
    ]
    let ordered = CodeBookRules.ordered(book)
    #expect(ordered.map { $0.code.id.rawValue } == [1, 5, 2, 3, 4, 9])
    #expect(ordered.map(\.depth) == [0, 0, 1, 1, 2, 0])
  }

  @Test func `a code stands neither below itself nor too deep nor below what is retired`() {
    let book = [code(1), code(2, below: 1), code(3, below: 2), code(4, isActive: false), code(5)]
    func refuses(_ parent: Int64, for id: Int64?) -> Bool {
      CodeBookRules.refusal(
        of: ThemeCodeID(rawValue: parent), for: id.map { ThemeCodeID(rawValue: $0) }, among: book) != nil
    }
    #expect(!refuses(2, for: nil))
    #expect(refuses(3, for: nil), "a fourth level")
    #expect(refuses(3, for: 1) && refuses(1, for: 1), "a circle")
    #expect(refuses(4, for: nil) && refuses(99, for: nil))
    #expect(refuses(5, for: 1), "it takes two levels with it")
    #expect(!refuses(5, for: 2))
    #expect(CodeBookRules.refusal(of: nil, for: nil, among: book) == nil)
  }

  @Test(arguments: TestEngine.available)
  func `renaming keeps the code, retiring ends it, and every version stays`(engine: TestEngine) async throws {
    try await FieldFixture.with(engine) { fixture in
      let (study, desk) = (try await fixture.study(), CodeBookDesk())
      let id = try await fixture.code("电梯", of: study)
      let twice = await FieldFixture.code { _ = try await fixture.code("电梯", of: study) }
      #expect(twice == "form.invalid")
      let content = ThemeCode.Content(
        name: "没有电梯", definition: "说到楼里没有电梯", includeExample: "六楼走不动", excludeExample: "电梯坏了",
        parent: nil)
      func write(seen: Int64) async -> String? {
        await FieldFixture.code {
          try await fixture.write {
            try desk.write(content, id, of: study, seen: seen, by: fixture.asColleague, in: $0)
          }
        }
      }
      #expect(await write(seen: 2) == "study.stale")
      #expect(await write(seen: 1) == nil)
      try await fixture.write {
        try desk.retire(id, of: study, seen: 2, for: "分成两个", by: fixture.asWorker, in: $0)
      }
      #expect(await write(seen: 3) == "code.retired")
      let (all, versions) = try await fixture.database.read { snapshot in
        (
          try ThemeCodeStore.all(of: study, in: fixture.community, snapshot),
          try ThemeCodeStore.versions(of: id, in: fixture.community, snapshot)
        )
      }
      #expect(all.map(\.id) == [id] && all.first?.content == content && all.first?.retiredFor == "分成两个")
      #expect(versions.map(\.code.version) == [3, 2, 1])
      #expect(versions.map(\.code.content.name) == ["没有电梯", "没有电梯", "电梯"])
      let deleted = await FieldFixture.code {
        _ = try await fixture.write { try $0.execute("DELETE FROM surveys_code_version") }
      }
      #expect(deleted != nil, "the database itself refuses it")
      _ = try await fixture.code("电梯", of: study)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test func `codes come from a form as they were ticked`() throws {
    let (one, two) = (ThemeCodeID(rawValue: 1), ThemeCodeID(rawValue: 2))
    #expect(try CodingForm.codes(Form(["code": "\(one)", "code": "\(two)"])) == [one, two])
    #expect(try CodingForm.codes(Form(["code": ""])) == [])
    #expect(try CodingForm.codes(Form([:])) == [])
    #expect(throws: Problem.self) { try CodingForm.codes(Form(["code": "anything"])) }
  }
}
