import Kernel
import Web

/// The copy of all that is kept about a person, as a page that prints well and as a file for programs.
enum DataCopyPages {
  static func page(_ copy: DataCopy, _ say: Wording, back: String) -> Page {
    let title = say("\(copy.name) 的信息", "Data about \(copy.name)")
    let parts = copy.parts.map { part(of: $0, say) }
    let nothing: HTML = copy.parts.isEmpty ? PageParts.empty(say("什么也没存。", "Nothing is kept.")) : .empty
    let main: HTML = """
      <div class="print"><h1>\(title)</h1>\
      <p>\(say("\(say.dateTime(copy.madeAt)) 打印。里面没有别人的信息。社工写的个案文字，请向您的社工要。", "Made \(say.dateTime(copy.madeAt)). It holds nothing about others. For the words of casework, ask your social worker."))</p>\
      \(parts)\(nothing)</div>\
      <p class="actions"><a class="button quiet" href="\(back)">\(say("打印后返回", "Back after printing"))</a></p>
      """
    return Page(title: title, kind: .print, main: main)
  }

  private static func part(of part: DataCopy.Part, _ say: Wording) -> HTML {
    let tables = part.tables.map { table -> HTML in
      """
      <h3>\(say(table.title))</h3>\
      \(PageParts.table(caption: say(table.title), isCaptionShown: false, columns: table.columns.map { TableColumn(say($0.title)) }, rows: table.rows.map { $0.map { HTML(text: text($0, say)) } }))
      """
    }
    let acts = part.acts.map { act -> HTML in "<li>\(say(act.title))：\(span(act, say))</li>" }
    let done: HTML =
      acts.isEmpty
      ? .empty
      : "<h3>\(say("我办过的事、提到我的地方", "What I did for others, and where I am named"))</h3><ul>\(acts)</ul>"
    return "<section><h2>\(say(part.name))</h2>\(tables)\(done)</section>"
  }

  private static func span(_ act: DataCopy.Act, _ say: Wording) -> String {
    let count = say.count(act.count, "次", "time")
    guard let first = act.first, let last = act.last else { return count }
    return "\(count) (\(say.day(first)) – \(say.day(last)))"
  }

  private static func text(_ cell: DataCopy.Cell, _ say: Wording) -> String {
    switch cell {
    case .empty: "—"
    case .text(let text): text
    case .number(let number): String(number)
    case .yesNo(let isTrue): isTrue ? say("是", "yes") : say("否", "no")
    case .moment(let moment): say.dateTime(moment)
    case .money(let amount): say.money(amount)
    case .choice(_, let name): say(name)
    case .size(let bytes): "\((bytes + 1023) / 1024) KB"
    }
  }

  /// The same for programs: amounts in fen, moments by RFC 3339, choices by their stored words.
  static func file(_ copy: DataCopy) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("made_at", copy.madeAt)
      json.field("name", copy.name)
      json.array("parts", copy.parts) { json, part in
        json.object { json in
          json.field("name", part.name.chinese)
          json.array("tables", part.tables) { json, table in self.table(table, &json) }
          json.array("acts", part.acts) { json, act in
            json.object { json in
              json.field("table", act.name.description)
              json.field("what", act.title.chinese)
              json.field("count", act.count)
              if let first = act.first { json.field("first_at", first) }
              if let last = act.last { json.field("last_at", last) }
            }
          }
        }
      }
    }
    return json.bytes
  }

  private static func table(_ table: DataCopy.Table, _ json: inout JSONWriter) {
    json.object { json in
      json.field("table", table.name.description)
      json.field("title", table.title.chinese)
      json.array("rows", table.rows) { json, row in
        json.object { json in
          for (column, cell) in zip(table.columns, row) { field(column.name, cell, &json) }
        }
      }
    }
  }

  private static func field(_ name: StaticString, _ cell: DataCopy.Cell, _ json: inout JSONWriter) {
    switch cell {
    case .empty: break
    case .text(let text), .choice(let text, _): json.field(name, text)
    case .number(let number): json.field(name, number)
    case .size(let bytes): json.field(name, bytes)
    case .yesNo(let isTrue): json.field(name, isTrue)
    case .moment(let moment): json.field(name, moment)
    case .money(let amount): json.field(name, amount.minorUnits)
    }
  }
}
