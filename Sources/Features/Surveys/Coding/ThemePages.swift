import Kernel
import People
import Security
import Web

/// The pages of themes: the counts as the station sees them, and tables as they leave it.
struct ThemePages {
  let say: Wording
  let token: String
  let study: StudyID

  private var base: String { "\(StudyPages.path(study))/themes" }

  /// - Parameter tables: those that were published, the newest first.
  func overview(
    _ title: String, _ counts: [ThemeCount], _ tables: [ThemeTable], key: String, alerts: [HTML]
  ) -> Page {
    let heading = say("主题表", "Themes")
    let cells = counts.map { count in
      Cell(row: count.name, kind: count.kind, text: "\(count.voices) / \(count.asked)")
    }
    let publish: HTML =
      counts.isEmpty
      ? .empty
      : PageParts.button(
        say("定成一张表，报告里可以引用", "Freeze it as a table for reports"), to: base, token: token, key: key)
    let published = tables.map { table -> HTML in
      """
      <li><a href="\(base)/\(table.id)">\(say.dateTime(table.publishedAt, inYear: 0))</a> · \(say("指纹", "digest")) \(table.digest.description.prefix(12))</li>
      """
    }
    let list: HTML =
      published.isEmpty
      ? .empty : PageParts.card(say("定过的表", "Tables that were frozen"), "<ul>\(published)</ul>")
    let none = PageParts.empty(
      say("两个人编完、商量定了，才有数。", "There are counts once two coders have settled something."))
    let main: HTML = """
      <h1>\(heading)</h1><p class="lead">\(title)</p>\
      <p>\(say("一格是：说到的有几位（份）/ 这类材料一共几位（份）。同一个人说几次只算一次。", "Each cell: with how many it came up / how many there are of this kind. Whoever said it several times counts once."))</p>\
      \(counts.isEmpty ? none : grid(heading, cells))\(publish)\(list)\
      <p><a href="\(StudyPages.path(study))">\(say("返回研究", "Back to the study"))</a></p>
      """
    return Page(title: heading, kind: .staff, main: main, alerts: alerts)
  }

  /// A published table, as it may be handed on.
  func table(_ table: ThemeTable) -> Page {
    let few = say("不到 \(ShownCount.least)", "fewer than \(ShownCount.least)")
    let cells = table.rows.map { row in
      Cell(
        row: row.code, kind: row.kind,
        text: row.voices.map { "\($0) / \(row.asked.map(String.init) ?? few)" } ?? say("不单列", "not shown"))
    }
    let main: HTML = """
      <h1>\(table.title)</h1><p>\(say("主题表", "Themes")) · \(say.day(table.publishedAt, inYear: 0)) · \(table.id)</p>\
      \(grid(say("主题表", "Themes"), cells))\
      <p>\(say("一格是：说到的有几位（份）/ 这类材料一共几位（份）。两个人各自编码，不一致的商量定。说到的、没说到的不到 \(ShownCount.least) 位，或者这类材料总共不到 \(ShownCount.least) 位的，不单列，免得认出人来。", "Each cell: with how many it came up / how many there are of this kind. Two people coded on their own and settled what differed. Where fewer than \(ShownCount.least) said it, or did not, or fewer than \(ShownCount.least) were asked, it is not shown, so that nobody is made out."))</p>\
      <p class="hint">\(say("指纹", "Digest")) \(table.digest.description)</p>
      """
    return Page(title: table.title, kind: .print, main: main)
  }

  private struct Cell {
    let row: String
    let kind: MaterialKind
    let text: String
  }

  private func grid(_ caption: String, _ cells: [Cell]) -> HTML {
    let kinds = MaterialKind.allCases.filter { kind in cells.contains { $0.kind == kind } }
    var rows: [[HTML]] = []
    for start in stride(from: 0, to: cells.count, by: max(1, kinds.count)) {
      let line = cells[start..<min(start + kinds.count, cells.count)]
      rows.append([HTML(text: line.first?.row ?? "—")] + line.map { HTML(text: $0.text) })
    }
    return PageParts.table(
      caption: caption, isCaptionShown: false,
      columns: [TableColumn(say("编码", "Code"))] + kinds.map { TableColumn(say($0.name), isNumeric: true) },
      rows: rows)
  }
}
