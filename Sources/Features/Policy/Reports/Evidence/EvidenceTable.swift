package import Kernel
package import Security
import Web

/// Figures that a report may rest on: nothing in them tells of fewer people than may be told, since whoever hands them out
/// has put them through their gate (field/socialwork.md §2.12). What the gate left out stays left out.
package struct EvidenceTable: Sendable, Equatable {
  /// A column of figures.
  package struct Column: Sendable, Equatable {
    package let name: Phrase
    package let unit: Unit

    package init(_ name: Phrase, _ unit: Unit = .count) {
      self.name = name
      self.unit = unit
    }
  }

  /// What a figure counts.
  package enum Unit: String, Sendable, CaseIterable {
    case count
    /// Hundredths of a per cent.
    case share
  }

  package struct Row: Sendable, Equatable {
    package let name: Phrase
    /// By column; nil where the gate left the figure out.
    package let figures: [Int64?]

    package init(_ name: Phrase, _ figures: [Int64?]) {
      self.name = name
      self.figures = figures
    }
  }

  package static let columnLimit = 12
  package static let rowLimit = 60

  /// What the rows are: `回答`, `Answer`.
  package let rowName: Phrase
  package let columns: [Column]
  package let rows: [Row]

  /// - Returns: nil for a table of no or too many rows or columns, and for rows that do not fill their columns.
  package init?(rowName: Phrase, columns: [Column], rows: [Row]) {
    guard (1...Self.columnLimit).contains(columns.count), (1...Self.rowLimit).contains(rows.count),
      rows.allSatisfy({ $0.figures.count == columns.count })
    else { return nil }
    self.rowName = rowName
    self.columns = columns
    self.rows = rows
  }

  /// Whether a figure was left out.
  var isAnyHidden: Bool {
    rows.contains { row in
      zip(row.figures, columns).contains { $0 == nil && !($1.unit == .share && hasNoShares(row)) }
    }
  }

  /// Whether a row tells counts and no share, as sums do and those who did not answer: no share was left out of it.
  func hasNoShares(_ row: Row) -> Bool {
    let figures = zip(row.figures, columns)
    let shares = figures.filter { $1.unit == .share }
    return !shares.isEmpty && shares.allSatisfy { $0.0 == nil }
      && figures.contains { $1.unit == .count && $0 != nil }
  }
}

/// A table with all that a report has to say of it, as it was when it was chosen: whatever becomes of its source, the report
/// keeps saying the same.
package struct FrozenEvidence: Sendable, Equatable {
  package let title: Phrase
  /// Where it comes from: `问卷“买菜难不难”`.
  package let source: Phrase
  /// How many answered or were counted; nil where that may not be told, or means nothing.
  package let count: Int64?
  package let table: EvidenceTable
  /// Who was reached, how, and who was not.
  package let sample: Phrase
  /// What has to be known beside the figures.
  package let notes: [Phrase]
  /// The page of ours where the questions stand, for the appendix; nil for none.
  package let path: String?
  /// Over the data that was counted.
  package let dataDigest: Digest
  /// Over what was asked of it.
  package let queryDigest: Digest

  package init(
    title: Phrase, source: Phrase, count: Int64?, table: EvidenceTable, sample: Phrase, notes: [Phrase] = [],
    path: String? = nil, dataDigest: Digest, queryDigest: Digest
  ) {
    self.title = title
    self.source = source
    self.count = count
    self.table = table
    self.sample = sample
    self.notes = notes
    self.path = path
    self.dataDigest = dataDigest
    self.queryDigest = queryDigest
  }
}

// MARK: - As it is stored

extension FrozenEvidence {
  /// The frozen copy as JSON: always the same text for the same evidence, so that its digest names it.
  var text: String {
    var json = JSONWriter(capacity: 2048)
    json.object { json in
      json.write("title", title)
      json.write("source", source)
      json.field("count", count)
      json.write("row_name", table.rowName)
      json.array("columns", table.columns) { json, column in
        json.object { json in
          json.write("name", column.name)
          json.field("unit", column.unit.rawValue)
        }
      }
      json.array("rows", table.rows) { json, row in
        json.object { json in
          json.write("name", row.name)
          json.array("figures", row.figures) { json, figure in json.value(figure) }
        }
      }
      json.write("sample", sample)
      json.array("notes", notes) { json, note in json.object { $0.write(note) } }
      json.field("path", path)
      json.field("data_digest", dataDigest.description)
      json.field("query_digest", queryDigest.description)
    }
    return json.text
  }

  /// Reads what ``text`` wrote; nil for anything else.
  init?(text: String) {
    guard let json = try? JSON(Array(text.utf8)), let title = json["title"]?.phrase,
      let source = json["source"]?.phrase, let rowName = json["row_name"]?.phrase,
      let sample = json["sample"]?.phrase, let data = json["data_digest"]?.string.flatMap(Digest.init(hex:)),
      let query = json["query_digest"]?.string.flatMap(Digest.init(hex:)),
      let columns = json["columns"]?.elements?.map(EvidenceTable.Column.init(json:)),
      let rows = json["rows"]?.elements?.map(EvidenceTable.Row.init(json:)),
      let notes = json["notes"]?.elements?.map(\.phrase),
      let table = EvidenceTable(
        rowName: rowName, columns: columns.compactMap(\.self), rows: rows.compactMap(\.self)),
      !columns.contains(nil), !rows.contains(nil), !notes.contains(nil)
    else { return nil }
    self.init(
      title: title, source: source, count: json["count"]?.integer, table: table, sample: sample,
      notes: notes.compactMap(\.self), path: json["path"]?.string, dataDigest: data, queryDigest: query)
  }
}

extension EvidenceTable.Column {
  fileprivate init?(json: JSON) {
    guard let name = json["name"]?.phrase,
      let unit = json["unit"]?.string.flatMap(EvidenceTable.Unit.init(rawValue:))
    else { return nil }
    self.init(name, unit)
  }
}

extension EvidenceTable.Row {
  fileprivate init?(json: JSON) {
    guard let name = json["name"]?.phrase, let figures = json["figures"]?.elements,
      figures.allSatisfy({ $0 == .null || $0.integer != nil })
    else { return nil }
    self.init(name, figures.map(\.integer))
  }
}

extension JSON {
  fileprivate var string: String? { if case .string(let text) = self { text } else { nil } }
  fileprivate var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
  fileprivate var elements: [JSON]? { if case .array(let elements) = self { elements } else { nil } }

  fileprivate var phrase: Phrase? {
    guard let chinese = self["zh"]?.string, let english = self["en"]?.string else { return nil }
    return Phrase(chinese, english)
  }
}

extension JSONWriter {
  fileprivate mutating func write(_ name: StaticString, _ phrase: Phrase) {
    object(name) { $0.write(phrase) }
  }

  fileprivate mutating func write(_ phrase: Phrase) {
    field("zh", phrase.chinese)
    field("en", phrase.english)
  }
}

extension Digest {
  /// Reads 64 hexadecimal digits in lower case; nil for anything else.
  init?(hex text: String) {
    guard let bytes = Hexadecimal.decode(text), Hexadecimal.encode(bytes) == text else { return nil }
    self.init(stored: bytes)
  }
}
