import Kernel
import Statistics
import Web

/// The pages where two questions are looked at together.
struct CrossPages {
  let say: Wording
  let material: AnalysisReader.Material

  /// What was asked for, as it stands in the address.
  struct Choice: Sendable {
    let row: String?
    let column: String?
    let split: String?
  }

  /// What came of it.
  enum Outcome {
    case nothingYet
    case notPossible
    case table(CrossTable, SplitCross?)
    case multiple(MultipleCross)
  }

  private var parts: AnalysisParts { AnalysisParts(say: say) }
  private var base: String { AnalysisPages.path(material.questionnaire.id) }
  private var alerts: [HTML] { AnalysisPages(say: say, material: material).alerts }
  private var mask: StationMask { material.mask }

  func cross(
    _ axes: [(value: String, name: Phrase)], rows: [(value: String, name: Phrase)], _ choice: Choice,
    _ outcome: Outcome
  ) -> Page {
    let heading = say("两题对着看", "Cross two questions")
    let shown: HTML =
      switch outcome {
      case .nothingYet: .empty
      case .notPossible:
        PageParts.notice(
          say("这两题不能放在一张表里，请另选。", "These two cannot stand in one table; please choose others."))
      // Beside the groups, the whole would give back what is left out of one of them.
      case .table(_, let split?) where mask.least != nil: layers(split)
      case .table(let table, let split): "\(one(table))\(split.map { layers($0) } ?? .empty)"
      case .multiple(let cross): multiple(cross)
      }
    let main: HTML = """
      <h1>\(heading)</h1><p class="lead">\(material.title)</p>\
      <form method="get" action="\(base)/cross" class="form panel">\
      \(parts.select("row", Phrase("行", "Rows"), rows, chosen: choice.row))\
      \(parts.select("column", Phrase("列", "Columns"), axes, chosen: choice.column))\
      \(parts.select("split", Phrase("再分开看", "Within groups of"), axes, chosen: choice.split, isRequired: false))\
      <p class="actions"><button class="button" type="submit">\(say("看", "Show"))</button></p></form>\
      \(shown)<p><a href="\(base)">\(say("返回统计", "Back to the analysis"))</a></p>
      """
    return Page(title: heading, kind: .staff, main: main, alerts: alerts)
  }

  private func one(_ cross: CrossTable) -> HTML {
    let title = say(
      "\(cross.rows.title.chinese) × \(cross.columns.title.chinese)",
      "\(cross.rows.title.english) × \(cross.columns.title.english)")
    let total = cross.table.total
    guard mask.allows(total), total > 0 else {
      return PageParts.card(title, "<p>\(say("人太少，不写。", "There are too few people to show anything."))</p>")
    }
    let note = say(
      "两题都答了的 \(total) 人；其余 \(cross.left) 人不在表里。",
      "\(total) answered both; \(cross.left) others are in no cell.")
    return PageParts.card(
      title,
      "<p class=\"muted\">\(note)</p>\(table(cross, title))<p class=\"muted\">\(say("每格：人数；占行；占列；期望数；调整残差（超过 ±2 的格子突出）。", "Each cell: people; of the row; of the column; expected; adjusted residual (beyond ±2 a cell stands out)."))</p>\(parts.test(cross.test))"
    )
  }

  private func table(_ cross: CrossTable, _ title: String) -> HTML {
    let cells = mask.cells(cross.table)
    let names = cross.columns.categories.map { say($0) } + [say("合计", "All")]
    let rows = (cross.rows.categories.map { say($0) } + [say("合计", "All")]).enumerated().map {
      row, name -> [HTML] in
      [HTML(text: name)]
        + names.indices.map { column in cell(cross.table, cells, row, column) }
    }
    return PageParts.table(
      caption: title, isCaptionShown: false,
      columns: [TableColumn(say(cross.rows.title))] + names.map { TableColumn($0, isNumeric: true) },
      rows: rows)
  }

  /// Shares, the expected count and the residual follow from totals, so that they are shown only where all of it is.
  private func cell(_ table: ContingencyTable, _ cells: [[Int?]], _ row: Int, _ column: Int) -> HTML {
    guard let count = cells[row][column] else { return parts.leftOut }
    guard row < table.rows, column < table.columns else { return "\(count)" }
    guard let rowTotal = cells[row][table.columns], let columnTotal = cells[table.rows][column],
      cells[table.rows][table.columns] != nil
    else { return "\(count)" }
    let ofRow = Proportion(count, of: rowTotal).map { AnalysisNumber.percent($0.share) } ?? "—"
    let ofColumn = Proportion(count, of: columnTotal).map { AnalysisNumber.percent($0.share) } ?? "—"
    let expected = AnalysisNumber.decimal(table.expected[row][column], 1)
    let residual = table.adjustedResiduals[row][column]
    let told = residual.map { AnalysisNumber.decimal($0, 1) } ?? "—"
    let mark: HTML = (residual.map { abs($0) > 2 } ?? false) ? "<strong>\(told)</strong>" : HTML(text: told)
    return "<strong>\(count)</strong><br>\(ofRow)；\(ofColumn)<br>\(expected)；\(mark)"
  }

  private func layers(_ split: SplitCross) -> HTML {
    let warning: HTML =
      split.isReversed
      ? PageParts.notice(
        say(
          "注意：分开以后，每一组的方向都和合在一起时相反（辛普森悖论）。请按组说，不要只说合计。",
          "Take care: within every group the direction is the other way than in all together (Simpson’s paradox). Please speak of the groups and not of the whole alone."
        ), .bad) : .empty
    let tables = zip(split.by.categories, split.layers).map { name, layer in
      "<h2>\(say(split.by.title))：\(say(name))</h2>\(one(layer))" as HTML
    }
    return "\(warning)\(HTML.joined(tables))"
  }

  private func multiple(_ cross: MultipleCross) -> HTML {
    let names = cross.columns.categories.map { say($0) }
    let rows = cross.options.map { option -> [HTML] in
      let cells = mask.cells(option.cross.table)
      let shares = names.indices.map { column -> HTML in
        let total = cells[2][column] ?? nil
        return parts.text(total.flatMap { parts.share(cells[0][column], of: $0) })
      }
      let probability = option.adjusted.map { AnalysisNumber.pValue($0) }
      let finding = option.adjusted.map { say(AnalysisFinding($0).name) }
      return [HTML(text: say(option.cross.rows.title))] + shares + [
        parts.text(probability), parts.text(finding),
      ]
    }
    let title = say(
      "\(cross.title.chinese) × \(cross.columns.title.chinese)",
      "\(cross.title.english) × \(cross.columns.title.english)")
    let table = PageParts.table(
      caption: title, isCaptionShown: false,
      columns: [TableColumn(say("选项", "Choice"))] + names.map { TableColumn($0, isNumeric: true) } + [
        TableColumn(say("p（霍尔姆校正）", "p (Holm)"), isNumeric: true), TableColumn(say("结果", "Finding")),
      ], rows: rows)
    return PageParts.card(
      title,
      "\(table)<p class=\"muted\">\(say("每个选项自己检验一次，一起校正，免得选项多了总会碰上一个。", "Each option is tested by itself and all of them are adjusted together, since among many one is always met by chance."))</p>"
    )
  }

  // MARK: - Before and after

  func pairs(
    _ options: [(value: String, name: Phrase)], before: String?, after: String?, _ pair: PairedComparison?,
    isAsked: Bool
  ) -> Page {
    let heading = say("前后对比", "Before and after")
    let shown: HTML =
      pair.map { comparison($0) }
      ?? (isAsked
        ? PageParts.notice(
          say(
            "这两题不能对比：选项要一样，而且是量表、数字，或者只有两个选项。",
            "These two cannot be compared: they need the same choices, and be points of a scale, numbers, or yes and no."
          ))
        : .empty)
    let main: HTML = """
      <h1>\(heading)</h1><p class="lead">\(say("同一个人前后各答一次，看变了没有。", "The same people, asked before and after: whether anything changed."))</p>\
      <form method="get" action="\(base)/pairs" class="form panel">\
      \(parts.select("before", Phrase("之前", "Before"), options, chosen: before))\
      \(parts.select("after", Phrase("之后", "After"), options, chosen: after))\
      <p class="actions"><button class="button" type="submit">\(say("看", "Show"))</button></p></form>\
      \(shown)<p><a href="\(base)">\(say("返回统计", "Back to the analysis"))</a></p>
      """
    return Page(title: heading, kind: .staff, main: main, alerts: alerts)
  }

  private func comparison(_ pair: PairedComparison) -> HTML {
    let title = say(
      "\(pair.before.chinese) → \(pair.after.chinese)", "\(pair.before.english) → \(pair.after.english)")
    guard mask.allows(pair.pairs), pair.pairs > 0 else {
      return PageParts.card(
        title, "<p>\(say("两次都答的人太少，不写。", "Too few answered both times to show anything."))</p>")
    }
    let shown = mask.shown(pair.movements)
    let names = [
      say("上升（或变成“是”）", "Up, or to yes"), say("没变", "The same"), say("下降（或变成“否”）", "Down, or to no"),
    ]
    let bars = zip(names, shown).map {
      AnalysisParts.Bar(name: $0, length: $1.map(Double.init), told: $1.map(String.init) ?? "—")
    }
    let table = PageParts.table(
      caption: title, isCaptionShown: false,
      columns: [
        TableColumn(say("变化", "Change")), TableColumn(say("人数", "People"), isNumeric: true),
        TableColumn(say("占两次都答的人", "Of those who answered both"), isNumeric: true),
      ],
      rows: zip(names, shown).map {
        [HTML(text: $0), parts.number($1), parts.text(parts.share($1, of: pair.pairs))]
      })
    let words: HTML =
      pair.pValue < AnalysisFinding.level
      ? "<p><strong>\(say("发现前后有变化（不说明是什么带来的）。", "A change was found (it does not say what brought it)."))</strong></p>"
      : "<p><strong>\(say("没看到明显变化（不等于没有变）。", "No change was seen (which does not mean that there is none)."))</strong></p>"
    return PageParts.card(title, "\(parts.chart(title, bars))\(table)<p>\(test(pair))</p>\(words)")
  }

  private func test(_ pair: PairedComparison) -> String {
    switch pair.content {
    case .yesNo(let test, _):
      say(
        "麦克尼马尔精确检验（双侧）：\(AnalysisNumber.pValue(test.pValue))",
        "McNemar’s exact test, two-sided: \(AnalysisNumber.pValue(test.pValue))")
    case .ordered(let test):
      say(
        "威尔科克森符号秩检验（双侧，\(test.method == .exact ? "精确" : "近似")）：\(AnalysisNumber.pValue(test.pValue))",
        "Wilcoxon’s signed-rank test, two-sided, \(test.method == .exact ? "exact" : "approximate"): \(AnalysisNumber.pValue(test.pValue))"
      )
    }
  }
}
