import Foundation
import Kernel
import TestKit
import Testing

@testable import Surveys

/// Forms mean here what they mean to pyxform, the reader that the tools of the ecosystem share.
@Suite(.enabled(if: PythonReference.isAvailable)) struct PyxformTests {
  private struct Question: Encodable {
    var seed = 0
    var generated = 0
    var disturbed = 0
    var examples = false
    var workbooks: [Data] = []
  }

  private struct Answer: Decodable {
    let generated: [PyxformCase]
    let disturbed: [PyxformCase]
    let examples: [PyxformCase]
    let answers: [PyxformAnswer]
  }

  private func ask(_ question: Question) async throws -> Answer {
    try await PythonReference("Tests/SurveysTests/XLSForm/reference.py").answer(question)
  }

  /// What this program makes of a workbook: a form with warnings, or a refusal.
  private func read(_ one: PyxformCase) throws -> Result<(FormDefinition, [XLSFormWarning]), Problem> {
    do {
      let (form, warnings) = try XLSFormImport.read(Array(one.workbook))
      return .success((form, warnings))
    } catch let problem as Problem {
      return .failure(problem)
    }
  }

  @Test(.timeLimit(.minutes(15)))
  func `forms made at random mean the same, or are refused for a reason that was planted`() async throws {
    let cases = try await ask(Question(seed: 20_261_128, generated: 300)).generated
    try #require(cases.count == 300)
    var taken = 0
    for one in cases {
      let fates = Set(one.planted.map(\.fate))
      switch try read(one) {
      case .success(let (form, warnings)):
        taken += 1
        #expect(fates.isSubset(of: ["warned"]), "\(one.name) was to be refused")
        for planted in one.planted {
          let isTold = warnings.contains { told($0.sheet, $0.row, planted) }
          #expect(isTold, "\(one.name): \(planted) is not told in \(warnings)")
        }
        try compare(form, one)
      case .failure(let problem):
        #expect(!fates.isDisjoint(with: ["refused", "broken"]), "\(one.name): \(problem.fields)")
        for planted in one.planted where planted.fate != "warned" {
          let isTold = problem.fields.contains {
            told(String($0.field.prefix { $0 != "." }), $0.line, planted)
          }
          #expect(isTold, "\(one.name): \(planted) is not told in \(problem.fields)")
        }
      }
      #expect((one.answer.form == nil) == fates.contains("broken") || fates == ["refused"], "\(one.name)")
    }
    #expect(taken > 175)
  }

  private func told(_ sheet: String, _ row: Int?, _ planted: PyxformCase.Planted) -> Bool {
    sheet.lowercased() == planted.sheet && (planted.row == nil || planted.row == row)
  }

  private func compare(_ form: FormDefinition, _ one: PyxformCase) throws {
    let theirs = try #require(one.answer.form, "\(one.name): pyxform says \(one.answer.refusal ?? "")")
    let differences = PyxformComparison(form, theirs).differences
    #expect(differences.isEmpty, "\(one.name)")
  }

  @Test(.timeLimit(.minutes(15)))
  func `with anything at all in their cells they mean the same, or are refused`() async throws {
    let cases = try await ask(Question(seed: 7, disturbed: 300)).disturbed
    try #require(cases.count == 300)
    var taken = 0
    for one in cases {
      guard case .success(let (form, _)) = try read(one) else { continue }
      taken += 1
      try compare(form, one)
    }
    #expect(taken > 100)
  }

  @Test(.timeLimit(.minutes(15)))
  func `what is exported means the same to pyxform`() async throws {
    let forms = (0..<150).map { FormGenerator.form(seed: UInt64($0)) }
    let workbooks = try forms.map { Data(try XLSFormExport.bytes(of: $0)) }
    let answers = try await ask(Question(workbooks: workbooks)).answers
    try #require(answers.count == forms.count)
    for (seed, (form, answer)) in zip(forms, answers).enumerated() {
      let theirs = try #require(answer.form, "seed \(seed): pyxform says \(answer.refusal ?? "")")
      #expect(PyxformComparison(form, theirs).differences.isEmpty, "seed \(seed)")
    }
  }

  /// They come from the package registry when the test runs, as pyxform itself does, and are not kept.
  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["NUANLIN_REQUIRE_REFERENCES"] == "1"),
    .timeLimit(.minutes(15)))
  func `the example forms of pyxform mean the same, or are refused`() async throws {
    let cases = try await ask(Question(examples: true)).examples
    try #require(cases.count > 50)
    var taken = 0
    for one in cases {
      switch try read(one) {
      case .success(let (form, _)):
        taken += 1
        try compare(form, one)
      case .failure(let problem):
        #expect(!problem.fields.isEmpty, "\(one.name): \(problem)")
      }
    }
    #expect(taken >= 15)
  }
}
