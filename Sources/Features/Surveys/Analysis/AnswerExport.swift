import Interop
import Kernel
import Security

/// Locked answers, one row each, for other programs: a table, the book that says what every code means, and the syntax for SPSS.
///
/// There is no name, no time and no identifier in it, whatever the questionnaire promised. Rows stand in the order of their
/// random names, which says nothing of who gave them or when.
struct AnswerExport: Sendable {
  /// Why there is no answer, below nought so that no answer is mistaken for it; what was left empty stays empty.
  static func code(_ status: AnswerStatus) -> Int? {
    switch status {
    case .answered, .missing: nil
    case .refused: -8
    case .notAsked: -9
    }
  }

  /// One column of the table.
  struct Column: Sendable, Equatable {
    /// A name that SPSS takes, each once.
    let name: String
    let label: Phrase
    let kind: Kind
    /// By code.
    let values: [(code: String, label: Phrase)]
    let place: Int?
    let option: Int?

    enum Kind: Sendable, Equatable {
      case code
      case number
      case text
    }

    static func == (one: Column, other: Column) -> Bool {
      one.name == other.name && one.kind == other.kind && one.place == other.place
        && one.option == other.option
    }
  }

  let data: SurveyData
  let columns: [Column]

  init(_ data: SurveyData) {
    self.data = data
    columns = Self.columns(of: data)
  }

  private static func columns(of data: SurveyData) -> [Column] {
    var names = VariableNames()
    var columns = [
      Column(
        name: names.next("way"), label: Phrase("怎么收的", "How it came in"), kind: .code,
        values: Collector.Kind.allCases.enumerated().map { ("\($0.offset + 1)", $0.element.name) },
        place: nil,
        option: nil),
      Column(
        name: names.next("language"), label: Phrase("用的语言", "Language"), kind: .code,
        values: data.languages.enumerated().map { ("\($0.offset + 1)", Phrase(same: $0.element)) },
        place: nil,
        option: nil),
    ]
    for (place, item) in data.items.enumerated() {
      columns += Self.columns(of: item, at: place, &names)
    }
    return columns
  }

  private static func columns(
    of item: SurveyItem, at place: Int, _ names: inout VariableNames
  ) -> [Column] {
    switch item.kind {
    case .single where item.numbers == nil:
      return [
        Column(
          name: names.next(item.name), label: item.title, kind: .code,
          values: item.optionNames.enumerated().map { ("\($0.offset + 1)", $0.element) }, place: place,
          option: nil)
      ]
    case .multiple, .rank:
      let isRank = item.kind == .rank
      return item.optionNames.enumerated().map { option, name in
        Column(
          name: names.next("\(item.name)_\(option + 1)"),
          label: Phrase(
            "\(item.title.chinese)：\(name.chinese)", "\(item.title.english): \(name.english)"),
          kind: isRank ? .number : .code,
          values: isRank
            ? [("0", Phrase("没排", "Not ranked"))]
            : [("0", Phrase("没选", "Not chosen")), ("1", Phrase("选了", "Chosen"))],
          place: place, option: option)
      }
    case .single, .number, .moment, .text:
      // Numbers that were offered as points are their own codes.
      let isNumber = item.kind == .single || item.kind == .number
      return [
        Column(
          name: names.next(item.name), label: item.title, kind: isNumber ? .number : .text, values: [],
          place: place, option: nil)
      ]
    }
  }

  // MARK: - Tables

  var answers: SheetTable {
    SheetTable(
      name: "answers", headings: columns.map(\.name),
      rows: (0..<data.count).map { row in columns.map { cell($0, row) } })
  }

  private func cell(_ column: Column, _ row: Int) -> SheetTable.Cell {
    guard let place = column.place else {
      return .number("\((column.name == columns[0].name ? data.modes[row] : data.languageCodes[row]) + 1)")
    }
    guard let content = data.columns[place], let status = AnswerStatus(rawValue: content.statuses[row]) else {
      return .empty
    }
    guard status == .answered else {
      return Self.code(status).map { .number(String($0)) } ?? .empty
    }
    switch content.values {
    case .single(let codes):
      return .number(
        column.kind == .number ? data.items[place].options[Int(codes[row])].name : "\(codes[row] + 1)")
    case .multiple(let options), .rank(let options):
      return .number("\(column.option.map { options[$0][row] } ?? 0)")
    case .number(let numbers): return .number(Self.decimal(numbers[row]))
    case .moment(let texts), .text(let texts): return texts.isEmpty ? .empty : SheetTable.Cell(texts[row])
    }
  }

  /// Without an exponent, which spreadsheets would not take as a number.
  private static func decimal(_ number: Double) -> String {
    let text = AnalysisNumber.plain(number).replacing("−", with: "-")
    return Double(text) == number || "\(number)".contains("e") ? text : "\(number)"
  }

  /// What every column and every code means, and what is known of the whole.
  func book(_ lock: AnswerLock, _ note: SampleNote, isAsLocked: Bool) -> SheetTable {
    var rows: [[SheetTable.Cell]] = [
      [.text("lock"), .empty, .text(lock.digest.description), .text(lock.digest.description)],
      [.text("n"), .number(String(data.count)), Self.state(isAsLocked).0, Self.state(isAsLocked).1],
      [.text("sample"), .empty, .text(note.phrase.chinese), .text(note.phrase.english)],
      [.text("*"), .empty, .text("没填"), .text("Left empty")],
      [.text("*"), .number("-8"), .text("不想说"), .text("Would rather not say")],
      [.text("*"), .number("-9"), .text("没问到"), .text("Not asked")],
    ]
    for column in columns {
      rows.append([
        .text(column.name), .empty, SheetTable.Cell(column.label.chinese),
        SheetTable.Cell(column.label.english),
      ])
      rows += column.values.map { value in
        [
          .text(column.name), .number(value.code), SheetTable.Cell(value.label.chinese),
          SheetTable.Cell(value.label.english),
        ]
      }
    }
    return SheetTable(name: "codebook", headings: ["column", "code", "中文", "English"], rows: rows)
  }

  private static func state(_ isAsLocked: Bool) -> (SheetTable.Cell, SheetTable.Cell) {
    isAsLocked
      ? (.text("和封存时一样"), .text("As it was locked"))
      : (.text("封存以后有人要求删掉了自己的回答"), .text("Some were deleted at their wish after the locking"))
  }
}

/// Names that SPSS takes: a letter first, then letters, digits, underscores and periods; at most 64 bytes, none twice whatever
/// the case, and no word of the language itself. Source: IBM SPSS Statistics Command Syntax Reference, “Variable Names”.
struct VariableNames: Sendable {
  private var taken: Set<String> = [
    "ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH",
  ]
  private static let most = 64

  mutating func next(_ wanted: String) -> String {
    let allowed = wanted.unicodeScalars.map { scalar -> Character in
      let isKept = scalar.isASCII && (scalar.properties.isAlphabetic || (48...57).contains(scalar.value))
      return isKept ? Character(scalar) : "_"
    }
    var name = String(allowed)
    if name.first?.isLetter != true { name = "v" + name }
    name = String(name.prefix(Self.most))
    // A period or an underscore at the end means something else there.
    while name.hasSuffix("_") { name.removeLast() }
    var unique = name
    var number = 2
    while !taken.insert(unique.uppercased()).inserted {
      unique = "\(name.prefix(Self.most - 8))_\(number)"
      number += 1
    }
    return unique
  }
}
