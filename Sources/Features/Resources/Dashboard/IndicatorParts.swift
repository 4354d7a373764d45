import Kernel
import Web

/// What the pages of figures share: a figure in words, its picture with its table, and what it means.
struct IndicatorParts {
  let say: Wording

  /// `312`, `30%`, or why there is nothing.
  func words(_ shown: ShownIndicator) -> String {
    switch shown {
    case .count(let number): String(number)
    case .part: shown.percent.map { "\($0)%" } ?? "—"
    case .hidden: say("不写，免得看出是谁", "Left out, so that nobody can be made out")
    case .missing: say("没有数", "No figure")
    }
  }

  /// The numbers behind a part: `12 / 40`.
  func behind(_ shown: ShownIndicator, _ definition: IndicatorDefinition) -> String? {
    guard case .part(let part, let whole) = shown else { return nil }
    return "\(number(part, definition)) / \(number(whole, definition))"
  }

  func number(_ number: Int64, _ definition: IndicatorDefinition) -> String {
    definition.unit == .moneyShare ? say.money(.fen(number)) : String(number)
  }

  /// The newest figure in a sentence.
  func newest(_ series: IndicatorSeries) -> HTML {
    guard series.isMeasured else { return "<p>\(say("还没有开始量。", "Not yet measured."))</p>" }
    guard let point = series.newest else {
      return
        "<p>\(say("人太少，或者大半是一家商户的，写出来会看出是谁，先不写。", "So few are behind it, or most of it is of one merchant, that somebody could be made out: it is left out."))</p>"
    }
    let unit = series.definition.unit == .count ? " \(say(series.definition.counted))" : ""
    let parts = behind(point.shown, series.definition).map { say("（\($0)）", " (\($0))") } ?? ""
    return """
      <p class="lead"><strong>\(words(point.shown))\(unit)</strong>\(parts) · \(say(point.period.name))</p>
      """
  }

  // MARK: - The picture and its table

  /// Over the months, with gaps where nothing may be told.
  func chart(_ series: IndicatorSeries) -> HTML {
    guard series.isMeasured else { return .empty }
    let chart = ChartParts(say: say)
    return chart.linePicture(data(series, [line(series)])) + chart.table(data(series, columns(series)))
  }

  private func data(_ series: IndicatorSeries, _ lines: [ChartData.Series]) -> ChartData {
    ChartData(
      title: say(series.name), stepName: series.counted.first.map { say($0.period.kind) } ?? "",
      steps: series.counted.map { point in
        let mark = series.isEarlier(point) ? say("（照以前的意思）", " (by its earlier meaning)") : ""
        return ChartData.Step(say(point.period.name) + mark, short: point.period.short)
      }, series: lines)
  }

  private func line(_ series: IndicatorSeries) -> ChartData.Series {
    let name = series.definition.unit == .count ? say(series.definition.counted) : say("占多少", "Share")
    return ChartData.Series(
      name,
      series.counted.map { point in
        switch point.shown {
        case .count(let number): .known(number, String(number))
        case .part: point.shown.percent.map { .known($0, "\($0)%") } ?? .hidden
        case .hidden: .hidden
        case .missing: .missing
        }
      })
  }

  /// The line, and for a part the numbers behind it.
  private func columns(_ series: IndicatorSeries) -> [ChartData.Series] {
    guard let whole = series.definition.whole else { return [line(series)] }
    func column(_ name: Phrase, _ number: (Int64, Int64) -> Int64) -> ChartData.Series {
      ChartData.Series(
        say(name),
        series.counted.map { point in
          switch point.shown {
          case .part(let part, let all):
            .known(number(part, all), self.number(number(part, all), series.definition))
          case .missing: .missing
          case .count, .hidden: .hidden
          }
        })
    }
    return [line(series), column(series.definition.counted) { part, _ in part }, column(whole) { $1 }]
  }

  // MARK: - What it means

  /// One tap away.
  func definition(_ series: IndicatorSeries) -> HTML {
    "<details><summary>\(say("这个数是什么意思", "What it means"))</summary>\(meaning(series))</details>"
  }

  /// The same where nobody can tap.
  func meaning(_ series: IndicatorSeries) -> HTML {
    let definition = series.definition
    let whole = definition.whole.map { [(term: say("占的是", "Of what"), value: HTML(text: say($0)))] } ?? []
    let earlier = definition.earlier.enumerated().map { place, meaning in
      (
        term: say("第 \(place + 1) 版的意思", "Meaning, version \(place + 1)"), value: HTML(text: say(meaning))
      )
    }
    return PageParts.definitions(
      [
        (term: say("意思", "Meaning"), value: HTML(text: say(definition.meaning))),
        (term: say("数的是", "Counted"), value: HTML(text: say(definition.counted))),
      ] + whole + [
        (term: say("从哪里来", "Where it comes from"), value: HTML(text: say(definition.origin))),
        (
          term: say("多好还是少好", "Is more better"),
          value: HTML(text: say("不一定，要一起看。", "Not by itself: look at it together."))
        ),
        (term: say("第几版", "Version"), value: HTML(text: String(definition.version))),
      ] + earlier)
  }

  func rules(least: Int64) -> HTML {
    """
    <p class="hint">\(say("只跟我们自己以前比，不跟别的社区、别的楼、别的人比。不到 \(least) 户（来往是 \(least) 个人）的数不写，写了百分比的，两边都够 \(least) 户。过完的月份，数就不再变。", "We compare ourselves with nobody but our own past: no other community, building or person. Numbers of fewer than \(least) homes (for ties, people) are left out, and behind a share both sides have that many. Once a month is over its numbers stay."))</p>
    """
  }
}
