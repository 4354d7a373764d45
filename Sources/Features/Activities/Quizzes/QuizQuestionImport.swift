import Interop
import Kernel

/// A table of questions: checked line by line before anything is stored.
struct QuizQuestionImport: Sendable {
  static let columns: [Interop.TableColumn] =
    [
      .init(
        "wording", Phrase("题目", "Question"), aliases: ["问题", "题干", "text"], isRequired: true)
    ]
    + QuizOption.letters.enumerated().map { index, letter in
      .init(
        "option-\(index + 1)", Phrase("选项\(letter)", "Option \(letter)"), aliases: [letter],
        isRequired: index < 2)
    } + [
      .init(
        "right", Phrase("答案", "Answer"), aliases: ["正确答案", "正确选项", "right", "right answer"],
        isRequired: true),
      .init(
        "explanation", Phrase("解释", "Explanation"), aliases: ["解析", "说明"], isRequired: true),
      .init("source", Phrase("出处", "Source"), aliases: ["来源", "依据", "文号"]),
      .init("topic", Phrase("主题", "Topic"), aliases: ["类别", "分类"], isRequired: true),
    ]

  let lines: [ImportedValue<QuizQuestion.Content>]
  /// What is wrong in the file itself, in the order of the lines.
  private let problems: [FieldProblem]
  let unknownHeadings: [String]

  /// - Throws: `form.invalid` when a column is missing or doubled, and when there is no line.
  init(_ table: SheetTable) throws {
    let outcome = try TableImport(table, columns: Self.columns).dryRun(Self.content)
    if table.rows.isEmpty {
      throw Problem.invalid([
        FieldProblem("file", Phrase("表里一道题也没有。", "There is no question in the table."))
      ])
    }
    var firstLine: [String: Int] = [:]
    var doubled: [FieldProblem] = []
    for entry in outcome.values {
      if let first = firstLine[entry.value.wording] {
        doubled.append(
          FieldProblem(
            "wording", line: entry.line,
            Phrase("和第 \(first) 行是同一道题。", "This is the same question as on line \(first).")))
      } else {
        firstLine[entry.value.wording] = entry.line
      }
    }
    lines = outcome.values
    problems = outcome.problems + doubled
    unknownHeadings = outcome.unknownHeadings
  }

  /// Everything that keeps the table from being taken, in the order of its lines.
  ///
  /// - Parameter bank: the questions that there are.
  func problems(beside bank: [QuizQuestion]) -> [FieldProblem] {
    let known = Set(bank.map(\.content.wording))
    let again = lines.filter { known.contains($0.value.wording) }.map {
      FieldProblem(
        "wording", line: $0.line, Phrase("题库里已经有这道题。", "The bank has this question already."))
    }
    return (problems + again).sorted { ($0.line ?? 0) < ($1.line ?? 0) }
  }

  private static func content(_ row: inout ImportRow) -> QuizQuestion.Content? {
    typealias Rules = QuizQuestionRules
    let wording = row.required("wording", upTo: Rules.wordingLength.upperBound)
    let options = QuizOption.letters.indices.map { index in
      row.optional("option-\(index + 1)", upTo: Rules.optionLength.upperBound) ?? ""
    }
    let right =
      row.required("right").flatMap { _ in
        row.parsed(
          "right", orReport: Phrase("答案请写选项的字母，比如 B。", "The answer is the letter of an option, such as B."),
          QuizOption.position)
      }
    let explanation = row.required("explanation", upTo: Rules.explanationLength.upperBound)
    let source = row.optional("source", upTo: Rules.sourceLength.upperBound)
    let topic = row.required("topic", upTo: Rules.topicLength.upperBound)
    for (field, text) in [
      ("wording", wording), ("explanation", explanation), ("source", source), ("topic", topic),
    ]
      + options.enumerated().map({ ("option-\($0 + 1)", $1) })
    where text?.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) == true {
      row.report(field, Phrase("请写在一行里。", "Please write this on one line."))
    }
    if row.problems.isEmpty, let fault = Rules.fault(options, right: right) {
      row.report(fault.field, fault.message)
    }
    guard row.problems.isEmpty, let wording, let right, let explanation, let topic else { return nil }
    return QuizQuestion.Content(
      wording: wording, options: options.filter { !$0.isEmpty }, right: right, explanation: explanation,
      source: source ?? "", topic: topic)
  }
}
