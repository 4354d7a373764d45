import Kernel
import People
import Statistics
import Web

/// What is shown once both coders are done: how far they agree, where they differ, and what it counts as.
struct ComparisonPages {
  let say: Wording
  let token: String
  let study: StudyID

  private var pages: CodingPages { CodingPages(say: say, token: token, study: study) }

  struct View: Sendable {
    let coding: Coding
    let pairs: [CodedPair]
    let agreement: CodingAgreement
    let consensus: [Int64: CodingConsensus]
    /// Names of all codes, retired ones among them.
    let codes: [ThemeCodeID: String]
    /// Whether the reader may decide and settle.
    let maySettle: Bool
  }

  func comparison(_ view: View, key: String) -> HTML {
    table(view) + differences(view) + settle(view, key)
  }

  // MARK: - Agreement

  private func table(_ view: View) -> HTML {
    let agreement = view.agreement
    let rows = agreement.codes.map { line -> [HTML] in
      [
        HTML(text: view.codes[line.code] ?? "—"), HTML(text: String(line.both)),
        HTML(text: String(line.firstOnly)), HTML(text: String(line.secondOnly)),
        HTML(text: String(line.neither)),
      ] + figures(line.measure)
    }
    let columns =
      [
        TableColumn(say("编码", "Code")), TableColumn(say("都给了", "Both"), isNumeric: true),
        TableColumn(say("只有第一个人", "First only"), isNumeric: true),
        TableColumn(say("只有第二个人", "Second only"), isNumeric: true),
        TableColumn(say("都没给", "Neither"), isNumeric: true),
      ] + Self.figureColumns(say)
    let overall: HTML =
      agreement.overall.map { measure in
        let figures = figures(measure)
        return PageParts.definitions([
          (say("所有编码合起来：一致的比例", "Over all codes: share agreed"), figures[0]), ("κ", figures[1]),
          (say("标准误", "Standard error"), figures[2]), (say("95% 区间", "95 % interval"), figures[3]),
        ])
      } ?? .empty
    return PageParts.card(
      say("两个人有多一致", "How far they agree"),
      """
      <p>\(say("共比 \(agreement.passages) 段。κ 是扣掉碰巧一致以后还剩多少（Cohen 1960）。", "\(agreement.passages) passages were compared. Kappa is what agreement is left beyond chance (Cohen 1960)."))</p>\
      \(PageParts.table(caption: say("每个编码", "Code by code"), columns: columns, rows: rows))\(overall)\(convention)
      """)
  }

  private static func figureColumns(_ say: Wording) -> [TableColumn] {
    [
      TableColumn(say("一致的比例", "Share agreed"), isNumeric: true), TableColumn("κ", isNumeric: true),
      TableColumn(say("标准误", "Standard error"), isNumeric: true),
      TableColumn(say("95% 区间", "95 % interval"), isNumeric: true),
    ]
  }

  /// Share, kappa, standard error, interval; a dash where chance explains everything and there is no kappa.
  private func figures(_ measure: CodingAgreement.Measure?) -> [HTML] {
    guard let measure else { return Array(repeating: HTML(text: "—"), count: 4) }
    let share = HTML(text: "\(Decimals.text(measure.observed * 100, 1))%")
    guard let kappa = measure.kappa, let interval = measure.interval else {
      return [share, HTML(text: "—"), HTML(text: "—"), HTML(text: "—")]
    }
    return [
      share, HTML(text: Decimals.text(kappa.kappa, 2)),
      HTML(text: Decimals.text(kappa.standardError, 3)),
      HTML(text: "\(Decimals.text(interval.lowerBound, 2)) – \(Decimals.text(interval.upperBound, 2))"),
    ]
  }

  private var convention: HTML {
    let items = CodingAgreement.convention.map { "<li>\($0.from) · \(say($0.name))</li>" as HTML }
    return """
      <details><summary>\(say("常见的分档（只是约定）", "A common scale (a convention only)"))</summary><ul>\(items)</ul>\
      <p>\(say("出自 Landis 和 Koch（1977）。它没有道理上的依据，κ 的高低还跟一个编码用得多不多有关，所以这里只报数字。", "From Landis and Koch (1977). Nothing compels it, and kappa also hangs on how often a code is used, so only the numbers are reported here."))</p></details>
      """
  }

  // MARK: - Differences

  private func differences(_ view: View) -> HTML {
    let differing = view.pairs.filter { !$0.agrees }
    let title = say("不一样的段落", "Where they differ")
    guard !differing.isEmpty else {
      return PageParts.card(title, "<p>\(say("没有。", "Nowhere."))</p>")
    }
    let rows = differing.map { pair -> [HTML] in
      let decided = view.consensus[pair.unit]
      let number: HTML = """
        <a href="\(pages.path(view.coding.id))/differences/\(pair.unit)">\(say("第 \(pair.unit) 段", "Passage \(pair.unit)"))</a>
        """
      return [
        number, names(pair.first, view), names(pair.second, view),
        decided.map { names($0.codes, view) } ?? PageParts.tag(say("还没商量", "Not settled"), .notice),
      ]
    }
    return PageParts.card(
      title,
      PageParts.table(
        caption: title, isCaptionShown: false,
        columns: [
          TableColumn(say("段落", "Passage")), TableColumn(say("第一个人", "First coder")),
          TableColumn(say("第二个人", "Second coder")), TableColumn(say("商量的结果", "Decided")),
        ], rows: rows))
  }

  private func names(_ codes: Set<ThemeCodeID>, _ view: View) -> HTML {
    codes.isEmpty
      ? HTML(text: say("没有编码", "No code"))
      : HTML(text: codes.sorted().map { view.codes[$0] ?? "—" }.joined(separator: say("、", ", ")))
  }

  private func settle(_ view: View, _ key: String) -> HTML {
    let isOpen = view.pairs.contains { !$0.agrees && view.consensus[$0.unit] == nil }
    if let settledAt = view.coding.settledAt {
      return PageParts.notice(
        say(
          "\(say.day(settledAt, inYear: 0)) 定了，已经计入主题表。",
          "Settled on \(say.day(settledAt, inYear: 0)) and counted in the themes."),
        .good)
    }
    guard view.maySettle else { return .empty }
    guard !isOpen else {
      return
        "<p class=\"hint\">\(say("不一样的都商量好，才能定。", "It can be settled once all differences are decided."))</p>"
    }
    return PageParts.button(
      say("都商量好了，定下来", "All decided: settle it"), to: "\(pages.path(view.coding.id))/settle",
      token: token, key: "\(key)-settle")
  }

  // MARK: - One difference

  func difference(
    _ pair: CodedPair, of view: View, words: String?, choices: [ThemeCode], key: String, alerts: [HTML]
  ) -> Page {
    let title = say("第 \(pair.unit) 段", "Passage \(pair.unit)")
    let path = pages.path(view.coding.id)
    let decided = view.consensus[pair.unit]?.codes
    let content: HTML = """
      \(pages.choices(choices, view.coding.scheme, decided ?? pair.first.intersection(pair.second)))\
      <p class="actions"><button class="button" type="submit">\(say("记下商量的结果", "Write down what was decided"))</button></p>
      """
    let form: HTML =
      view.maySettle && view.coding.settledAt == nil
      ? """
      <section class="panel">\(FormParts(.empty, say).form(to: "\(path)/differences/\(pair.unit)", token: token, idempotencyKey: key, content))</section>
      """ : .empty
    let main: HTML = """
      <h1>\(title)</h1>\(pages.passage(words))\
      \(PageParts.definitions([(say("第一个人", "First coder"), names(pair.first, view)), (say("第二个人", "Second coder"), names(pair.second, view)), (say("商量的结果", "Decided"), decided.map { names($0, view) } ?? HTML(text: "—"))]))\
      \(form)<p><a href="\(path)">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }
}
