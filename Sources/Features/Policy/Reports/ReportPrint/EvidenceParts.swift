import Kernel
import Web

/// The tables that a report rests on, as tables and as pictures of bars.
struct EvidenceParts: Sendable {
  private static let labelWidth = 136
  private static let barWidth = 154
  private static let pitch = 30

  let say: Wording

  /// What stands where the gate left a figure out.
  static let hidden = "·"

  /// `12`, `45.5%`, or the dot.
  func figure(_ figure: Int64?, _ unit: EvidenceTable.Unit) -> String {
    guard let figure else { return Self.hidden }
    switch unit {
    case .count: return "\(figure)"
    case .share:
      let tenths = (figure + 5) / 10
      return "\(tenths / 10).\(tenths % 10)%"
    }
  }

  func table(_ evidence: FrozenEvidence) -> HTML {
    let table = evidence.table
    let columns =
      [TableColumn(say(table.rowName))]
      + table.columns.map { TableColumn(say($0.name), isNumeric: true) }
    let rows = table.rows.map { row -> [HTML] in
      [HTML(text: say(row.name))]
        + zip(row.figures, table.columns).map { value, column in
          let isNone = column.unit == .share && table.hasNoShares(row)
          return HTML(text: isNone ? "" : figure(value, column.unit))
        }
    }
    return PageParts.table(caption: say(evidence.title), columns: columns, rows: rows)
      + (table.isAnyHidden ? "<p class=\"hint\">\(why)</p>" : .empty)
  }

  private var why: String {
    say(
      "“\(Self.hidden)”的地方人太少，或者能倒推出来，不写。",
      "Where “\(Self.hidden)” stands, the people are too few or could be worked out, so the figure is left out."
    )
  }

  /// Bars of the first column, with their figures; a figure that was left out has a dot and no bar. Sums and who did not
  /// answer, of which no share is told, stand in the table alone. Drawn from the frozen table and nothing else.
  func chart(_ evidence: FrozenEvidence) -> HTML {
    let table = evidence.table
    guard let column = table.columns.first else { return .empty }
    let answers = table.rows.filter { !table.hasNoShares($0) }
    let rows = answers.isEmpty ? table.rows : answers
    let figures = rows.map { $0.figures.first ?? nil }
    guard let highest = figures.compactMap(\.self).max(), highest > 0 else { return .empty }
    let bars = zip(rows, figures).enumerated().map { index, entry -> HTML in
      let (row, value) = entry
      let top = 8 + index * Self.pitch
      // Negative figures, as differences may be, have no length.
      let length = Int(max(0, value ?? 0) * Int64(Self.barWidth) / highest)
      let bar: HTML =
        value == nil
        ? .empty
        : "<rect class=\"series\" x=\"\(Self.labelWidth)\" y=\"\(top)\" width=\"\(length)\" height=\"18\"></rect>"
      return """
        <text x="\(Self.labelWidth - 6)" y="\(top + 14)" text-anchor="end">\(short(say(row.name)))</text>\(bar)\
        <text x="\(Self.labelWidth + length + 6)" y="\(top + 14)">\(figure(value, column.unit))</text>
        """
    }
    let (width, height) = (Self.labelWidth + Self.barWidth + 60, 12 + rows.count * Self.pitch)
    return """
      <svg class="chart of-bars" role="img" viewBox="0 0 \(width) \(height)"><title>\(say(evidence.title)) · \(say(column.name))</title>\
      <line class="axis" x1="\(Self.labelWidth)" y1="2" x2="\(Self.labelWidth)" y2="\(height - 4)"></line>\(bars)</svg>
      """
  }

  /// As much of a name as fits beside its bar; the table has all of it.
  private func short(_ name: String) -> String {
    let limit = say.language == .chinese ? 9 : 17
    return name.count > limit ? "\(name.prefix(limit - 1))…" : name
  }

  /// One piece with its picture and table, under its number.
  func full(_ number: Int, _ evidence: FrozenEvidence) -> HTML {
    let count = evidence.count.map { " n = \($0)" } ?? ""
    let notes = evidence.notes.map { "<p class=\"hint\">\(say($0))</p>" as HTML }
    return """
      <section id="e\(number)"><h3>E\(number) · \(say(evidence.title))</h3>\
      <p class="muted">\(say(evidence.source))\(count)</p>\(chart(evidence))\(table(evidence))\
      <p>\(say(evidence.sample))</p>\(notes)</section>
      """
  }
}
