import Kernel
import Web

extension NeedTable.Content {
  /// As it is stored: always the same text for the same content.
  var text: String {
    var json = JSONWriter(capacity: 2048)
    json.object { json in
      json.object("row_name") { $0.write(rowName) }
      json.array("columns", columns) { json, column in
        json.object { json in
          json.write(column.name)
          json.field("unit", column.unit.rawValue)
        }
      }
      json.array("rows", rows) { json, row in
        json.object { json in
          json.write(row.name)
          json.array("figures", row.figures) { json, figure in json.value(figure) }
        }
      }
      json.field("count", count)
      json.object("sample") { $0.write(sample) }
      json.array("notes", notes) { json, note in json.object { $0.write(note) } }
    }
    return json.text
  }

  /// Reads what ``text`` wrote; nil for anything else.
  init?(text: String) {
    guard let json = try? JSON(Array(text.utf8)), let rowName = json["row_name"]?.phrase,
      let columns = json["columns"]?.elements?.map(NeedTable.Column.init(json:)), !columns.contains(nil),
      let rows = json["rows"]?.elements?.map(NeedTable.Row.init(json:)), !rows.contains(nil),
      let sample = json["sample"]?.phrase, let count = json["count"]?.figure,
      let notes = json["notes"]?.elements?.map(\.phrase), !notes.contains(nil)
    else { return nil }
    self.init(
      rowName: rowName, columns: columns.compactMap(\.self), rows: rows.compactMap(\.self), count: count,
      sample: sample, notes: notes.compactMap(\.self))
  }
}

extension NeedTable.Column {
  fileprivate init?(json: JSON) {
    guard let name = json.phrase, case .string(let text)? = json["unit"], let unit = Unit(rawValue: text)
    else { return nil }
    self.init(name, unit)
  }
}

extension NeedTable.Row {
  fileprivate init?(json: JSON) {
    guard let name = json.phrase, let figures = json["figures"]?.elements?.map(\.figure),
      !figures.contains(.none)
    else { return nil }
    self.init(name, figures.map { $0 ?? nil })
  }
}

extension JSON {
  fileprivate var elements: [JSON]? { if case .array(let elements) = self { elements } else { nil } }

  fileprivate var phrase: Phrase? {
    guard case .string(let chinese)? = self["zh"], case .string(let english)? = self["en"] else { return nil }
    return Phrase(chinese, english)
  }

  /// A number or a null that stands for what is left out; nil for anything else.
  fileprivate var figure: Int64?? {
    switch self {
    case .null: .some(nil)
    case .integer(let number): .some(number)
    default: .none
    }
  }
}

extension JSONWriter {
  fileprivate mutating func write(_ phrase: Phrase) {
    field("zh", phrase.chinese)
    field("en", phrase.english)
  }
}
