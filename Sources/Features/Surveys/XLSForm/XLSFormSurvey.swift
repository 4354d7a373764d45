import Kernel

/// The rows of the sheet `survey` as items, and where each of them stands in it.
struct XLSFormSurvey: Sendable {
  private(set) var items: [FormItem] = []
  /// For each item, a group before those inside it, the number of its row.
  private(set) var rows: [Int] = []
  /// Items that only keep the place of a refused row, so that what refers to it is not refused for that as well.
  private(set) var placeholders: Set<Int> = []
  /// Names of rows that were left out, with what to say to whoever refers to them.
  private(set) var missing: [String: Phrase] = [:]
  /// Where choices “other” were added, this has them too.
  private(set) var choices: XLSFormChoices

  private let table: XLSFormTable
  private let languages: [FormLanguage]
  private var open: [OpenBlock] = []

  private struct OpenBlock {
    let block: XLSFormType.Block
    let row: Int
    var item: FormItem
  }

  init(
    _ table: XLSFormTable, _ choices: XLSFormChoices, languages: [FormLanguage],
    _ report: inout XLSFormReport
  ) {
    self.table = table
    self.choices = choices
    self.languages = languages
    for row in table.rows { read(row, &report) }
    for block in open.reversed() {
      report.refuse(
        table.sheet, block.row, table.title(of: .kind),
        Phrase(
          "这一行开始的 \(block.item.name) 没有结束（end \(block.block.rawValue)）。",
          "What begins here, \(block.item.name), never ends (end \(block.block.rawValue))."))
    }
    while !open.isEmpty { close() }
  }

  private mutating func read(_ row: XLSFormTable.Row, _ report: inout XLSFormReport) {
    if let disabled = row.cells[.disabled], XLSFormWord.isYes(disabled) == true {
      report.warn(
        table.sheet, row.number, "disabled",
        Phrase("这一行写了停用，没有读。", "This row is disabled and was left out."))
      if let name = row[.name] { leaveOut(name, row.number) }
      return
    }
    guard let type = row[.kind] else { return readUntyped(row, &report) }
    if let text = row[.parameters], XLSFormRow.parameters(text) == nil {
      report.refuse(
        table.sheet, row.number, table.title(of: .parameters),
        Phrase("参数要写成 名=值，中间空一格。", "Parameters are written name=value, with spaces between them."))
    }
    switch XLSFormType(type) {
    case .item(let kind, let hasOther):
      guard let name = name(row, kind, &report) else { return }
      add(XLSFormRow(row, table).item(name, kind, &report), row.number)
      if hasOther { addOther(to: name, kind, row, &report) }
    case .begin(let block): begin(block, row, &report)
    case .end(let block): end(block, row, &report)
    case .dropped(let reason):
      report.warn(table.sheet, row.number, table.title(of: .kind), reason)
      checkLeftOut(row, type, &report)
    case .refused(let reason):
      report.refuse(table.sheet, row.number, table.title(of: .kind), reason)
      if let name = row[.name] { addPlaceholder(FormItem(name: name, kind: .text), row.number) }
    }
  }

  private func readUntyped(_ row: XLSFormTable.Row, _ report: inout XLSFormReport) {
    if row[.name] == nil, row.text(.label).isEmpty {
      report.warn(
        table.sheet, row.number, nil,
        Phrase("没有题型、名称和文字，这一行没有读。", "This row has no type, name or label and was left out."))
    } else {
      report.refuse(
        table.sheet, row.number, table.title(of: .kind),
        Phrase("没有写题型。", "It does not say of what type this is."))
    }
  }

  /// Notes may go without a name; pyxform calls them by their row.
  private func name(
    _ row: XLSFormTable.Row, _ kind: FormItem.Kind, _ report: inout XLSFormReport
  ) -> String? {
    if let name = row[.name] { return name }
    if kind == .note, row[.kind] == "note" { return "generated_note_name_\(row.number)" }
    report.refuse(
      table.sheet, row.number, table.title(of: .name), Phrase("没有写名称。", "It has no name."))
    return nil
  }

  /// A row that is left out has a name as any other: with a wrong one no tool takes the form.
  private mutating func checkLeftOut(
    _ row: XLSFormTable.Row, _ type: String, _ report: inout XLSFormReport
  ) {
    let isAudit = type == "audit"
    guard let name = row[.name] ?? (isAudit ? type : nil) else {
      _ = self.name(row, .hidden, &report)
      return
    }
    let title = table.title(of: .name)
    if isAudit, name != type {
      report.refuse(
        table.sheet, row.number, title, Phrase("audit 只能叫 audit。", "An audit is always named audit."))
    } else if !FormName.isValid(name) {
      report.refuse(table.sheet, row.number, title, FormName.rule)
    } else if table.rows.contains(where: { $0.number != row.number && $0[.name] == name && !Self.ends($0) }) {
      report.refuse(
        table.sheet, row.number, title,
        Phrase("名称“\(name)”用了两次。", "The name “\(name)” is used twice."))
    }
    leaveOut(name, row.number)
  }

  /// Rows that end a block often repeat its name.
  private static func ends(_ row: XLSFormTable.Row) -> Bool {
    if case .end? = row[.kind].map(XLSFormType.init) { true } else { false }
  }

  private mutating func leaveOut(_ name: String, _ row: Int) {
    missing[name] = Phrase(
      "这里用到“\(name)”，可是第 \(row) 行没有导入。", "This refers to “\(name)”, but row \(row) is left out.")
  }

  // MARK: - The tree

  private mutating func add(_ item: FormItem, _ row: Int) {
    rows.append(row)
    put(item)
  }

  private mutating func addPlaceholder(_ item: FormItem, _ row: Int) {
    placeholders.insert(rows.count)
    add(item, row)
  }

  private mutating func put(_ item: FormItem) {
    if open.isEmpty {
      items.append(item)
    } else {
      open[open.count - 1].item.items.append(item)
    }
  }

  private mutating func begin(
    _ block: XLSFormType.Block, _ row: XLSFormTable.Row, _ report: inout XLSFormReport
  ) {
    let name = name(row, .group, &report)
    if block != .group {
      report.refuse(
        table.sheet, row.number, table.title(of: .kind),
        Phrase(
          "还不能重复问一组题（repeat、loop）。",
          "Groups that are asked again and again (repeat, loop) cannot be used yet."))
    }
    if block != .group || name == nil { placeholders.insert(rows.count) }
    rows.append(row.number)
    let item = name.map { XLSFormRow(row, table).item($0, .group, &report) }
    open.append(
      OpenBlock(block: block, row: row.number, item: item ?? FormItem(name: row[.kind] ?? "", kind: .group)))
  }

  private mutating func end(
    _ block: XLSFormType.Block, _ row: XLSFormTable.Row, _ report: inout XLSFormReport
  ) {
    // Many authors repeat name, label and the like of the beginning.
    guard let last = open.last else {
      report.refuse(
        table.sheet, row.number, table.title(of: .kind),
        Phrase(
          "前面没有对应的开始（begin \(block.rawValue)）。", "Nothing began that ends here (begin \(block.rawValue))."))
      return
    }
    if last.block != block {
      report.refuse(
        table.sheet, row.number, table.title(of: .kind),
        Phrase(
          "第 \(last.row) 行开始的是 \(last.block.rawValue)（\(last.item.name)），不是 \(block.rawValue)。",
          "What is open since row \(last.row) is a \(last.block.rawValue) (\(last.item.name)), not a \(block.rawValue)."
        ))
    }
    close()
  }

  private mutating func close() {
    guard let block = open.popLast() else { return }
    put(block.item)
  }

  // MARK: - Other

  private mutating func addOther(
    to name: String, _ kind: FormItem.Kind, _ row: XLSFormTable.Row, _ report: inout XLSFormReport
  ) {
    guard let list = FormItem(name: name, kind: kind).list else { return }
    if row[.choiceFilter] != nil {
      report.refuse(
        table.sheet, row.number, table.title(of: .choiceFilter),
        Phrase(
          "有“or_other”的题不能筛选选项。请把“其他”直接写进选项表。",
          "With “or_other” choices cannot be filtered. Please write “other” into the list."))
    }
    _ = choices.addOther(to: list, in: languages)
    var question = FormItem(
      name: "\(name)_other", kind: .text, label: XLSFormOther.text(XLSFormOther.question, in: languages))
    question.relevant = "selected(${\(name)}, '\(XLSFormOther.choice)')"
    add(question, row.number)
    report.warn(
      table.sheet, row.number, table.title(of: .kind),
      Phrase(
        "“or_other”换成了选项“\(XLSFormOther.choice)”和一道填空题“\(question.name)”，请看看文字合不合适。",
        "Instead of “or_other” there are now a choice “\(XLSFormOther.choice)” and a question “\(question.name)”; please see whether their words fit."
      ))
  }
}
