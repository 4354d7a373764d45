import Kernel

/// The lists of choices of a workbook, and where each choice stands in it.
struct XLSFormChoices: Sendable {
  private(set) var lists: [FormChoiceList] = []
  /// By list: the row of each of its choices.
  private(set) var rows: [String: [Int]] = [:]

  init(_ table: XLSFormTable, _ report: inout XLSFormReport) {
    let columns = table.headings.compactMap { heading -> String? in
      if case .extra(let name) = heading.meaning { name } else { nil }
    }
    guard table.rows.isEmpty || Self.hasHeadings(table, &report) else { return }
    for row in table.rows {
      let label = row.text(.label)
      guard let list = row[.listName] else {
        let isRemark = row[.name] == nil && label.isEmpty
        if isRemark {
          report.warn(
            table.sheet, row.number, nil,
            Phrase("没有选项表、名称和文字，这一行没有读。", "This row has no list, name or label and was left out."))
        } else {
          report.refuse(
            table.sheet, row.number, table.title(of: .listName),
            Phrase("没有写是哪个选项表的。", "It does not say of which list this choice is."))
        }
        continue
      }
      guard let name = row[.name] else {
        report.refuse(
          table.sheet, row.number, table.title(of: .name), Phrase("选项没有名称。", "The choice has no name."))
        continue
      }
      let choice = FormChoice(
        name: name, label: label,
        columns: columns.compactMap { column in
          row.cells[.extra(column)].map { FormChoice.Column(column, $0) }
        })
      add(choice, to: list, row: row.number)
    }
  }

  private static func hasHeadings(_ table: XLSFormTable, _ report: inout XLSFormReport) -> Bool {
    let absent = [FormPart.listName, .name].filter { part in
      !table.headings.contains { $0.meaning == .part(part) }
    }
    for part in absent {
      report.refuse(
        table.sheet, 1, part.rawValue,
        Phrase("缺少 \(part.rawValue) 这一列。", "The column \(part.rawValue) is missing."))
    }
    return absent.isEmpty
  }

  private mutating func add(_ choice: FormChoice, to name: String, row: Int) {
    rows[name, default: []].append(row)
    if let index = lists.firstIndex(where: { $0.name == name }) {
      lists[index].choices.append(choice)
    } else {
      lists.append(FormChoiceList(name: name, choices: [choice]))
    }
  }

  /// Adds the choice “other” to a list that has none.
  /// - Returns: whether it was added.
  mutating func addOther(to name: String, in languages: [FormLanguage]) -> Bool {
    guard let index = lists.firstIndex(where: { $0.name == name }),
      !lists[index].choices.contains(where: { $0.name == XLSFormOther.choice })
    else { return false }
    lists[index].choices.append(
      FormChoice(name: XLSFormOther.choice, label: XLSFormOther.text(XLSFormOther.label, in: languages)))
    return true
  }
}

/// What `or_other` stands for: one more choice, and a question for those who choose it.
/// Source: pyxform, `OR_OTHER_CHOICE`; its words in English, and in Chinese where the form's language is.
enum XLSFormOther {
  static let choice = "other"
  static let label = Phrase("其他", "Other")
  static let question = Phrase("请说明。", "Specify other.")

  static func text(_ phrase: Phrase, in languages: [FormLanguage]) -> FormText {
    var text = FormText()
    for language in languages {
      text.byLanguage[language] = language.code?.hasPrefix("zh") == true ? phrase.chinese : phrase.english
    }
    return text
  }
}
