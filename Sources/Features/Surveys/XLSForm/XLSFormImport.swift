import Interop
import Kernel

/// Reads a questionnaire from a workbook made for the tools of the XLSForm ecosystem.
///
/// What it reads has the names, types, choices and texts that pyxform gives; whatever it cannot use it refuses with sheet,
/// row and reason, or leaves out with a warning. Nothing is dropped in silence.
/// Source: field/socialwork.md §5 “XLSForm subset, precisely”; xlsform.org; pyxform 4.5.0.
enum XLSFormImport {
  /// Blocks while it reads; a workbook has at most 5 MB.
  ///
  /// - Returns: a definition without faults (`FormCheck`), and what was left out or is to be looked at.
  /// - Throws: `xlsform.refused` (422) with every reason; `file.*` where it is no workbook, or one too large.
  static func read(_ bytes: [UInt8]) throws -> (definition: FormDefinition, warnings: [XLSFormWarning]) {
    var report = XLSFormReport()
    let grids = try grids(of: StoredWorkbook(bytes), &report)
    guard let survey = grids[.survey] else {
      report.refuse(
        "survey", nil, nil,
        Phrase("没有叫 survey 的工作表。", "There is no sheet named survey."))
      try report.throwIfRefused()
      throw Problem.internalFault
    }
    let settings = table(grids[.settings], .settings, .unnamed, collapsing: false, &report)
    let read = XLSFormSettings(settings, &report)
    let base = read.defaultLanguage ?? .unnamed
    let choices = table(grids[.choices], .choices, base, collapsing: false, &report)
    let rows = XLSFormTable(
      survey, as: .survey, language: base, collapsing: read.cleansText, &report)
    var form = XLSFormWorkbook(settings: settings, choices: choices, survey: rows)
    let definition = form.definition(read, base: base, &report)
    try report.throwIfRefused()
    return (definition, XLSFormReport.inOrder(report.warnings))
  }

  private static func table(
    _ grid: SheetGrid?, _ kind: XLSFormSheet, _ language: FormLanguage, collapsing: Bool,
    _ report: inout XLSFormReport
  ) -> XLSFormTable {
    grid.map { XLSFormTable($0, as: kind, language: language, collapsing: collapsing, &report) }
      ?? XLSFormTable(missing: kind)
  }

  /// The sheets that make the form. Others are told; those whose content the form would need are refused.
  private static func grids(
    of workbook: StoredWorkbook, _ report: inout XLSFormReport
  ) throws -> [XLSFormSheet: SheetGrid] {
    var grids: [XLSFormSheet: SheetGrid] = [:]
    let names = workbook.sheetNames
    for (position, name) in names.enumerated() {
      let isOnly = names.count == 1
      if let sheet = XLSFormSheet(rawValue: name.lowercased()) ?? (isOnly ? .survey : nil) {
        if grids[sheet] != nil {
          report.refuse(
            name, nil, nil, Phrase("这样的工作表有两张。", "There are two sheets of this name."))
        }
        grids[sheet] = try workbook.grid(position)
      } else if ["external_choices", "entities", "osm"].contains(name.lowercased()) {
        guard let row = try workbook.grid(position).rows.first(where: { $0.number > 1 }) else { continue }
        report.refuse(
          name, row.number, nil,
          Phrase("不能用工作表 \(name)。", "The sheet \(name) cannot be used."))
      } else {
        report.warn(
          name, nil, nil,
          Phrase("这张工作表不是问卷的一部分，没有读。", "This sheet is no part of the form and was not read."))
      }
    }
    return grids
  }
}

/// The three sheets of a form, read and ready to be put together.
private struct XLSFormWorkbook {
  let settings: XLSFormTable
  let choices: XLSFormTable
  let survey: XLSFormTable

  /// - Parameter base: the language of texts that name none.
  mutating func definition(
    _ read: XLSFormSettings, base: FormLanguage, _ report: inout XLSFormReport
  ) -> FormDefinition {
    if !survey.headings.contains(where: { $0.meaning == .part(.kind) }) {
      report.refuse(
        survey.sheet, 1, FormPart.kind.rawValue,
        Phrase("缺少 type 这一列。", "The column type is missing."))
    }
    let languages = languages(base)
    var lists = XLSFormChoices(choices, &report)
    let asked = XLSFormSurvey(survey, lists, languages: languages, &report)
    lists = asked.choices
    let definition = FormDefinition(
      formID: read.formID, title: read.title, version: read.version, languages: languages,
      defaultLanguage: defaultLanguage(read, languages, &report),
      allowsDuplicateChoices: read.allowsDuplicateChoices,
      cleansText: read.cleansText, lists: lists.lists, items: asked.items
    ).cleaned
    let problems = FormCheck.problems(of: definition, missing: asked.missing)
    for problem in problems { tell(problem, asked, lists, &report) }
    checkReferences(&report)
    return definition
  }

  /// Many a file says `English` and has texts in `English (en)`; tools then begin with another language.
  private func defaultLanguage(
    _ read: XLSFormSettings, _ languages: [FormLanguage], _ report: inout XLSFormReport
  ) -> FormLanguage? {
    guard let language = read.defaultLanguage, !languages.contains(language) else {
      return read.defaultLanguage
    }
    report.warn(
      settings.sheet, 2, settings.title(of: .defaultLanguage),
      Phrase(
        "没有一列是“\(language.name)”写的，所以没有定默认语言。",
        "No column is in “\(language.name)”, so there is no default language."))
    return nil
  }

  private func languages(_ base: FormLanguage) -> [FormLanguage] {
    var languages = survey.languages
    for language in choices.languages + settings.languages where !languages.contains(language) {
      languages.append(language)
    }
    return languages.isEmpty ? [base] : languages
  }

  /// What refers to nothing is a mistake where it is left out as well, and other tools refuse it.
  private func checkReferences(_ report: inout XLSFormReport) {
    let names = Set(survey.rows.compactMap { $0[.name] })
    for table in [survey, settings] {
      for reference in table.references where !report.refuses(table.sheet, reference.row, reference.column) {
        guard let wanted = reference.names else {
          report.refuse(table.sheet, reference.row, reference.column, FormReferences.rule)
          continue
        }
        for name in wanted where !names.contains(name) {
          report.refuse(table.sheet, reference.row, reference.column, FormReferences.unknown(name))
        }
      }
    }
  }

  private func tell(
    _ problem: FormCheckProblem, _ asked: XLSFormSurvey, _ lists: XLSFormChoices,
    _ report: inout XLSFormReport
  ) {
    let table: XLSFormTable
    var row: Int?
    switch problem.place {
    case .form:
      let isSetting = [.formID, .title, .version, .defaultLanguage].contains(problem.part)
      table = isSetting ? settings : survey
      row = isSetting && !settings.rows.isEmpty ? 2 : nil
    case .item(_, let position):
      guard !asked.placeholders.contains(position) else { return }
      table = survey
      row = asked.rows[position]
    case .list(let name):
      table = choices
      row = lists.rows[name]?.first
    case .choice(let list, let position):
      table = choices
      let rows = lists.rows[list] ?? []
      row = rows.indices.contains(position) ? rows[position] : rows.first
    }
    let title = table.title(of: problem.part)
    if problem.isFault {
      report.refuse(table.sheet, row, title, problem.message)
    } else {
      report.warn(table.sheet, row, title, problem.message)
    }
  }
}
