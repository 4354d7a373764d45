import Kernel
import Security
import Web

/// The parts of pages about needs: what stands beneath a search that found nothing, and a table with its chart.
struct NeedParts {
  private static let pitch = 26
  private static let labelWidth = 150
  private static let barWidth = 180
  private static let hidden = "—"

  let say: Wording

  // MARK: - Beneath a search

  /// Says that the search was counted, and lets whoever looks say so aloud.
  ///
  /// - Parameter isTold: whether they just did.
  func offer(_ term: NeedTerm, isTold: Bool, token: String) -> HTML {
    let kept = say(
      "我们只记这个词，和这个月有几户找过；不记是谁、什么时候。满 \(NeedTable.least) 户找过的词，每月告诉社区和商户。",
      "We keep the word and how many homes looked for it this month; not who, and not when. Words of \(NeedTable.least) homes and more are told to the community and its merchants each month."
    )
    if isTold {
      return """
        \(PageParts.notice(say("记下了，谢谢您。", "Noted, thank you."), .good))<p class="hint">\(kept)</p>
        """
    }
    let form = FormParts(.empty, say)
    return form.form(
      to: "/search/wish", token: token,
      """
      \(form.hidden("term", term.text))<p class="hint">\(kept)</p>\
      \(form.submit(Phrase("想要这个，告诉社区", "I would like this: tell the community")))
      """)
  }

  // MARK: - A table

  /// - Parameter mayAsk: whether whoever reads it may write questionnaires.
  func section(_ table: NeedTable, mayAsk: Bool) -> HTML {
    let title = say(table.kind.name)
    let body: HTML =
      switch table.outcome {
      case .refused(let reason): PageParts.empty(say(reason.words))
      case .released(let content): released(content, of: table)
      }
    let asking: HTML =
      mayAsk
      ? """
      <p class="actions"><a class="button quiet" href="/surveys/new">\(say("为这件事出一份问卷", "Write a questionnaire about it"))</a></p>
      """ : .empty
    return """
      <section class="card" id="\(table.kind.rawValue)"><h2>\(title)</h2>\(body)\(asking)</section>
      """
  }

  private func released(_ content: NeedTable.Content, of table: NeedTable) -> HTML {
    let count: HTML =
      content.count.map { "<p>\(say("一共 \($0) 户。", "\($0) homes in all."))</p>" } ?? .empty
    let missing: HTML =
      content.hidden == 0
      ? .empty
      : """
      <p>\(say("有 \(content.hidden) 个数没写，用“\(Self.hidden)”表示。", "\(content.hidden) figures are left out and shown as “\(Self.hidden)”."))</p>
      """
    return """
      <p class="muted">\(say(content.sample))</p>\(count)\(chart(content, of: table))\(figures(content, table))\
      \(missing)\(content.notes.map { "<p class=\"hint\">\(say($0))</p>" as HTML })\
      <p class="hint">\(say("查证用的编号：数据", "For checking: data")) <code>\(short(table.dataDigest.description))</code>\(say("，算法", ", question")) \
      <code>\(short(table.queryDigest.description))</code></p>
      """
  }

  private func short(_ digest: String) -> String { String(digest.prefix(16)) }

  private func figures(_ content: NeedTable.Content, _ table: NeedTable) -> HTML {
    PageParts.table(
      caption: say(table.title), isCaptionShown: false,
      columns: [TableColumn(say(content.rowName))]
        + content.columns.map { TableColumn(say($0.name), isNumeric: true) },
      rows: content.rows.map { row in
        [HTML(text: say(row.name))] + zip(row.figures, content.columns).map { figure($0, $1.unit) }
      })
  }

  private func figure(_ figure: Int64?, _ unit: NeedTable.Column.Unit) -> HTML {
    guard let figure else {
      return """
        <span aria-hidden="true">\(Self.hidden)</span><span class="visually-hidden">\(say("不写", "left out"))</span>
        """
    }
    return HTML(text: words(figure, unit))
  }

  private func words(_ figure: Int64, _ unit: NeedTable.Column.Unit) -> String {
    switch unit {
    case .count: String(figure)
    case .share: "\(figure / 100).\(figure % 100 / 10)%"
    }
  }

  /// Bars of the first column, without the sum of them; what is left out has a dash and no bar.
  private func chart(_ content: NeedTable.Content, of table: NeedTable) -> HTML {
    let isSumAlone = content.rows.count == 1
    let rows = table.kind.hasTotal && !isSumAlone ? content.rows.dropLast() : content.rows[...]
    let figures = rows.map { $0.figures.first ?? nil }
    guard let unit = content.columns.first?.unit, let highest = figures.compactMap(\.self).max(), highest > 0
    else { return .empty }
    let bars = zip(rows, figures).enumerated().map { place, entry -> HTML in
      let top = 8 + place * Self.pitch
      let length = entry.1.map { Int($0 * Int64(Self.barWidth) / highest) } ?? 0
      let bar: HTML =
        entry.1 == nil
        ? .empty
        : "<rect class=\"series\" x=\"\(Self.labelWidth)\" y=\"\(top)\" width=\"\(length)\" height=\"18\"></rect>"
      return """
        <text x="\(Self.labelWidth - 6)" y="\(top + 14)" text-anchor="end">\(fitting(say(entry.0.name)))</text>\(bar)\
        <text x="\(Self.labelWidth + length + 6)" y="\(top + 14)">\(entry.1.map { words($0, unit) } ?? Self.hidden)</text>
        """
    }
    let (width, height) = (Self.labelWidth + Self.barWidth + 70, 12 + rows.count * Self.pitch)
    return """
      <svg class="chart of-bars" role="img" viewBox="0 0 \(width) \(height)"><title>\(say(table.title))</title>\
      <line class="axis" x1="\(Self.labelWidth)" y1="2" x2="\(Self.labelWidth)" y2="\(height - 4)"></line>\(bars)</svg>
      """
  }

  /// As much of a name as fits beside its bar; the table has all of it.
  private func fitting(_ name: String) -> String {
    let limit = say.language == .chinese ? 9 : 19
    return name.count > limit ? "\(name.prefix(limit - 1))…" : name
  }
}
