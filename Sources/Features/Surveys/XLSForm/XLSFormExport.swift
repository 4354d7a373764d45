import Interop

/// Writes a questionnaire as a workbook for the tools of the XLSForm ecosystem.
///
/// Sheets, columns and rows stand in one order. Importing what was written gives the same definition again, for every one
/// without faults (`FormCheck`).
enum XLSFormExport {
  /// The bytes of an XLSX file.
  ///
  /// Blocks while it writes a temporary file; call it on a thread that may wait.
  /// - Throws: `file.cell_too_long`, `file.not_written`.
  static func bytes(of definition: FormDefinition) throws -> [UInt8] {
    try XLSXWriter.write([survey(definition), choices(definition), settings(definition)])
  }

  private static let texts: [FormPart] = [
    .label, .hint, .guidanceHint, .requiredMessage, .constraintMessage,
  ]

  /// The columns of the sheet `survey`, in their order.
  private static let columns: [FormPart] = [
    .kind, .name, .label, .hint, .guidanceHint, .required, .requiredMessage, .relevant, .constraint,
    .constraintMessage, .calculation, .defaultValue, .readOnly, .choiceFilter, .appearance, .parameters,
  ]

  private static func headings(_ part: FormPart, _ definition: FormDefinition) -> [String] {
    texts.contains(part)
      ? definition.languages.map { heading(part.rawValue, in: $0) } : [part.rawValue]
  }

  private static func heading(_ name: String, in language: FormLanguage) -> String {
    language == .unnamed ? name : "\(name)::\(language.name)"
  }

  private static func survey(_ definition: FormDefinition) -> SheetTable {
    SheetTable(
      name: XLSFormSheet.survey.rawValue, headings: columns.flatMap { headings($0, definition) },
      rows: rows(definition.items, definition.languages))
  }

  private static func rows(_ items: [FormItem], _ languages: [FormLanguage]) -> [[SheetTable.Cell]] {
    items.flatMap { item -> [[SheetTable.Cell]] in
      let row = columns.flatMap { cells(of: item, $0, languages) }
      guard item.kind == .group else { return [row] }
      let end = [SheetTable.Cell("end group"), SheetTable.Cell(item.name)]
      return [row] + rows(item.items, languages) + [end]
    }
  }

  private static func cells(
    of item: FormItem, _ part: FormPart, _ languages: [FormLanguage]
  ) -> [SheetTable.Cell] {
    func text(_ text: FormText) -> [SheetTable.Cell] {
      languages.map { SheetTable.Cell(text.byLanguage[$0] ?? "") }
    }
    let word: String?
    switch part {
    case .kind: word = type(of: item)
    case .name: word = item.name
    case .label: return text(item.label)
    case .hint: return text(item.hint)
    case .guidanceHint: return text(item.guidanceHint)
    case .required: word = item.required
    case .requiredMessage: return text(item.requiredMessage)
    case .relevant: word = item.relevant
    case .constraint: word = item.constraint
    case .constraintMessage: return text(item.constraintMessage)
    case .calculation: word = item.calculation
    case .defaultValue: word = item.defaultValue
    case .readOnly: word = item.readOnly
    case .choiceFilter: word = item.choiceFilter
    case .appearance: word = item.appearance.joined(separator: " ")
    case .parameters: word = item.parameters.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
    case .formID, .title, .version, .defaultLanguage, .listName: word = nil
    }
    return [SheetTable.Cell(word ?? "")]
  }

  private static func type(of item: FormItem) -> String {
    if item.kind == .group { return "begin group" }
    return item.list.map { "\(item.kind.word) \($0)" } ?? item.kind.word
  }

  private static func choices(_ definition: FormDefinition) -> SheetTable {
    let columns = definition.choiceColumns
    let labels = definition.languages.map { heading(FormPart.label.rawValue, in: $0) }
    let rows = definition.lists.flatMap { list in
      list.choices.map { choice -> [SheetTable.Cell] in
        let values = columns.map { name in choice.columns.first { $0.name == name }?.value ?? "" }
        let words = definition.languages.map { choice.label.byLanguage[$0] ?? "" }
        return ([list.name, choice.name] + words + values).map { SheetTable.Cell($0) }
      }
    }
    return SheetTable(
      name: XLSFormSheet.choices.rawValue,
      headings: [FormPart.listName.rawValue, FormPart.name.rawValue] + labels + columns, rows: rows)
  }

  private static func settings(_ definition: FormDefinition) -> SheetTable {
    let title = definition.title
    let first = definition.defaultLanguage ?? definition.languages.first ?? .unnamed
    var columns = [
      (FormPart.title.rawValue, title.text(in: first, or: definition.languages) ?? ""),
      (FormPart.formID.rawValue, definition.formID),
      (FormPart.version.rawValue, definition.version),
      (FormPart.defaultLanguage.rawValue, definition.defaultLanguage?.name ?? ""),
      ("allow_choice_duplicates", definition.allowsDuplicateChoices ? "yes" : "no"),
      ("clean_text_values", definition.cleansText ? "yes" : "no"),
    ]
    guard title.byLanguage.count > 1 || title.byLanguage[.unnamed] == nil else {
      return settings(columns)
    }
    for language in definition.languages {
      guard let words = title.byLanguage[language] else { continue }
      columns.append((heading(XLSFormHeading.translatedTitle, in: language), words))
    }
    return settings(columns)
  }

  private static func settings(_ columns: [(String, String)]) -> SheetTable {
    SheetTable(
      name: XLSFormSheet.settings.rawValue, headings: columns.map(\.0),
      rows: [columns.map { SheetTable.Cell($0.1) }])
  }
}
