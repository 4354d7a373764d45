import Database
import Interop
import Kernel
import People
import TestKit
import Testing

@testable import Activities

/// The question bank.
@Suite struct QuizBankTests {
  @Test(arguments: TestEngine.available)
  func `a question is written anew by versions, and put away`(engine: TestEngine) async throws {
    try await QuizFixture.with(engine) { fixture in
      let id = fixture.questions[0]
      let changed = QuizFixture.content(9)
      // The right answer of the ninth would be none of its options.
      var content = changed
      content.right = 1
      let newer = content
      try await fixture.write {
        try QuizQuestionDesk.rewrite(id, newer, seen: 1, by: fixture.actor, in: $0)
      }
      let stale = await fixture.refusal {
        try await fixture.write {
          try QuizQuestionDesk.rewrite(id, newer, seen: 1, by: fixture.actor, in: $0)
        }
      }
      #expect(stale == "activities.quiz_question_stale")
      let versions = try await fixture.database.read {
        try QuizQuestionStore.versions(of: id, in: fixture.community, $0)
      }
      #expect(
        versions.map(\.version) == [2, 1] && versions.map(\.content) == [newer, QuizFixture.content(1)])
      try await fixture.write {
        try QuizQuestionDesk.retire(id, seen: 2, by: fixture.actor, in: $0)
      }
      let (bank, retired) = try await fixture.database.read {
        (
          try QuizQuestionStore.bank(in: fixture.community, $0),
          try QuizQuestionStore.retired(limit: 10, in: fixture.community, $0)
        )
      }
      #expect(Set(bank.map(\.id)) == Set(fixture.questions.dropFirst()) && retired.map(\.id) == [id])
      let gone = await fixture.refusal {
        try await fixture.write {
          try QuizQuestionDesk.rewrite(id, newer, seen: 2, by: fixture.actor, in: $0)
        }
      }
      #expect(gone == "not_found")
    }
  }

  @Test(arguments: TestEngine.available)
  func `what a running quiz asks stays, whatever becomes of the question`(engine: TestEngine) async throws {
    try await QuizFixture.with(engine) { fixture in
      let quiz = try await fixture.open()
      let id = fixture.questions[0]
      var content = QuizFixture.content(1)
      content.right = 3
      let newer = content
      try await fixture.write { transaction in
        try QuizQuestionDesk.rewrite(id, newer, seen: 1, by: fixture.actor, in: transaction)
        try QuizQuestionDesk.retire(id, seen: 2, by: fixture.actor, in: transaction)
      }
      let asked = try await fixture.database.read {
        try QuizQuestionStore.asked(in: quiz, version: 1, in: fixture.community, $0)
      }
      #expect(asked.map(\.content) == (1...4).map(QuizFixture.content))
      #expect(try await fixture.answer(quiz, fixture.neighbours[0]).rightCount == 4)
      #expect(try await fixture.breaches() == [])
    }
  }

  // MARK: - Tables

  private static func table(_ text: String) throws -> QuizQuestionImport {
    let tables = try SheetReader.readNow(Array(text.utf8))
    return try QuizQuestionImport(try #require(tables.first))
  }

  private static let head = "题目,选项A,选项B,选项C,答案,解释,出处,主题\n"

  @Test(arguments: TestEngine.available)
  func `a table of questions is taken as a whole`(engine: TestEngine) async throws {
    try await QuizFixture.with(engine) { fixture in
      let table = try Self.table(
        Self.head + "谁要验证码？,骗子,银行,,A,银行从不要。,,防骗\n医保卡能借人吗？,能,不能,要看,ｂ,法律不许。,沪医保〔2026〕3号 第八条,医保\n")
      #expect(table.problems(beside: []) == [])
      try await fixture.write { try QuizQuestionDesk.take(table, by: fixture.actor, in: $0) }
      let bank = try await fixture.database.read {
        try QuizQuestionStore.bank(in: fixture.community, $0)
      }
      let taken = try #require(bank.first { $0.content.topic == "医保" })
      #expect(bank.count == 6 && taken.content.right == 1 && taken.content.options == ["能", "不能", "要看"])
      #expect(taken.content.source == "沪医保〔2026〕3号 第八条")
      let again = await fixture.refusal {
        try await fixture.write { try QuizQuestionDesk.take(table, by: fixture.actor, in: $0) }
      }
      #expect(again == "form.invalid", "the bank has these already")
      #expect(try await fixture.count("SELECT count(*) FROM activities_quiz_question") == 6)
    }
  }

  @Test func `what is wrong is told by line and column`() throws {
    let table = try Self.table(
      Self.head + "甲？,是,否,,C,因为。,,防骗\n乙？,是,是,,A,因为。,,防骗\n,是,否,,A,因为。,,防骗\n丙？,是,,要看,A,因为。,,防骗\n"
        + "丁？,是,否,,A,,,防骗\n戊？,是,否,,Z,因为。,,防骗\n己？,是,否,,A,因为。,,防骗\n己？,是,否,,A,因为。,,防骗\n")
    let found = table.problems(beside: []).map { "\($0.line ?? 0) \($0.field)" }
    #expect(
      found == [
        "2 right", "3 option-2", "4 wording", "5 option-2", "6 explanation", "7 right", "9 wording",
      ])
  }

  @Test func `a table without its columns or without a line is refused`() {
    for text in ["题目,选项A,选项B\n甲？,是,否\n", Self.head] {
      var code: String?
      do { _ = try Self.table(text) } catch { code = (error as? Problem)?.code }
      #expect(code == "form.invalid")
    }
  }
}
