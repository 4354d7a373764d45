import Kernel

/// Pictures of figures as inline SVG, each with its table beneath: for screens and for paper alike, without a script.
///
/// Nothing is told by colour alone: lines differ in their dashes and in the shape of their marks. Where a figure is
/// hidden or missing the line has a gap and the bar no length, and both begin at zero.
package struct ChartParts: Sendable {
  private static let width = 420
  /// The lines: where they begin and end, and their floor.
  private static let (left, right, top, floor) = (40, 404, 26, 146)
  /// So many words stand beneath the lines at most; more would run into each other.
  private static let mostWords = 6
  private static let pitch = 28
  private static let (labelWidth, barWidth) = (150, 180)
  private static let gapMark = "—"

  let say: Wording

  package init(say: Wording) {
    self.say = say
  }

  /// Lines over months or quarters, with their table.
  package func lines(_ data: ChartData) -> HTML { linePicture(data) + table(data) }

  /// Bars that lie one under another, with their table. One series is drawn; the table has all.
  package func bars(_ data: ChartData) -> HTML { barPicture(data) + table(data) }

  // MARK: - Lines

  /// The lines without their table. Empty where no figure is known.
  package func linePicture(_ data: ChartData) -> HTML {
    guard let highest = data.highest, !data.steps.isEmpty else { return .empty }
    let drawn = data.series.enumerated().map { place, series in
      segments(series, data, style: ChartStyle(place)) + marks(series, data, style: ChartStyle(place))
    }
    let scale: HTML = """
      <text x="\(Self.left - 10)" y="\(Self.floor + 5)" text-anchor="end">0</text>
      """
    let isHigh = highest > 0 && data.series.count > 1
    let top: HTML =
      isHigh ? "<text x=\"0\" y=\"\(Self.top - 10)\">\(data.highestWords ?? "")</text>" : .empty
    return """
      <svg class="chart of-bars" role="img" viewBox="0 0 \(Self.width) 176"><title>\(data.title)</title>\
      <desc>\(say("下面的表里有所有的数。", "The table beneath has all figures."))</desc>\
      <line class="axis" x1="\(Self.left - 6)" y1="\(Self.floor)" x2="\(Self.right + 6)" y2="\(Self.floor)"></line>\
      \(scale)\(top)\(stepWords(data))\(drawn)</svg>\(legend(data))
      """
  }

  private func x(_ step: Int, of count: Int) -> Int {
    count < 2 ? (Self.left + Self.right) / 2 : Self.left + step * (Self.right - Self.left) / (count - 1)
  }

  private func y(_ amount: Int64, _ data: ChartData) -> Int {
    Self.floor - data.length(of: amount, within: Self.floor - Self.top)
  }

  /// Whether words stand at a step: at the last one, and at others as far as there is room.
  private func hasWords(_ step: Int, of count: Int) -> Bool {
    let stride = max(1, (count + Self.mostWords - 1) / Self.mostWords)
    return (count - 1 - step) % stride == 0
  }

  private func stepWords(_ data: ChartData) -> HTML {
    let count = data.steps.count
    return HTML.joined(
      data.steps.enumerated().filter { hasWords($0.offset, of: count) }.map { place, step in
        """
        <text x="\(x(place, of: count))" y="\(Self.floor + 22)" text-anchor="middle">\(step.short)</text>
        """
      })
  }

  private func segments(_ series: ChartData.Series, _ data: ChartData, style: ChartStyle) -> HTML {
    let count = data.steps.count
    let pairs = zip(series.figures, series.figures.dropFirst()).enumerated()
    return HTML.joined(
      pairs.compactMap { step, pair in
        guard let from = pair.0.amount, let to = pair.1.amount else { return nil }
        return """
          <line class="\(style.name)" stroke-width="2" stroke-dasharray="\(style.dashes)" x1="\(x(step, of: count))" \
          y1="\(y(from, data))" x2="\(x(step + 1, of: count))" y2="\(y(to, data))"></line>
          """
      })
  }

  private func marks(_ series: ChartData.Series, _ data: ChartData, style: ChartStyle) -> HTML {
    let (count, isAlone) = (data.steps.count, data.series.count == 1)
    return HTML.joined(
      series.figures.enumerated().map { step, figure -> HTML in
        let x = x(step, of: count)
        switch figure {
        case .known(let amount, let words):
          let y = y(amount, data)
          let text: HTML =
            isAlone && hasWords(step, of: count)
            ? "<text x=\"\(x)\" y=\"\(y - 9)\" text-anchor=\"middle\">\(words)</text>" : .empty
          return style.mark(x: x, y: y) + text
        case .hidden where isAlone:
          return "<text x=\"\(x)\" y=\"\(Self.floor - 6)\" text-anchor=\"middle\">\(Self.gapMark)</text>"
        case .hidden, .missing: return .empty
        }
      })
  }

  /// Which line is which; nothing where there is one.
  private func legend(_ data: ChartData) -> HTML {
    if data.series.count < 2 { return .empty }
    let entries = data.series.enumerated().map { place, series -> HTML in
      let style = ChartStyle(place)
      return """
        <li><svg class="chart of-bars" viewBox="0 0 60 16" width="60" height="16" aria-hidden="true">\
        <line class="\(style.name)" stroke-width="2" stroke-dasharray="\(style.dashes)" x1="0" y1="8" x2="60" \
        y2="8"></line>\(style.mark(x: 30, y: 8))</svg> \(series.name)</li>
        """
    }
    return "<ul class=\"chart-legend\">\(entries)</ul>"
  }

  // MARK: - Bars

  /// The bars without their table. Empty where no figure is known.
  package func barPicture(_ data: ChartData) -> HTML {
    guard data.highest != nil, let series = data.series.first else { return .empty }
    let bars = zip(data.steps, series.figures).enumerated().map { place, entry -> HTML in
      let top = 8 + place * Self.pitch
      let length = entry.1.amount.map { data.length(of: $0, within: Self.barWidth) } ?? 0
      let bar: HTML =
        length == 0
        ? .empty
        : """
        <rect class="series" x="\(Self.labelWidth)" y="\(top)" width="\(length)" height="20"></rect>
        """
      return """
        <text x="\(Self.labelWidth - 6)" y="\(top + 15)" text-anchor="end">\(fitting(entry.0.short))</text>\(bar)\
        <text x="\(Self.labelWidth + length + 6)" y="\(top + 15)">\(words(entry.1))</text>
        """
    }
    let height = 12 + data.steps.count * Self.pitch
    return """
      <svg class="chart of-bars" role="img" viewBox="0 0 \(Self.width) \(height)"><title>\(data.title)</title>\
      <desc>\(say("下面的表里有所有的数。", "The table beneath has all figures."))</desc>\
      <line class="axis" x1="\(Self.labelWidth)" y1="2" x2="\(Self.labelWidth)" y2="\(height - 4)"></line>\(bars)</svg>
      """
  }

  private func words(_ figure: ChartData.Figure) -> String {
    switch figure {
    case .known(_, let words): words
    case .hidden, .missing: Self.gapMark
    }
  }

  /// As much of a name as fits beside its bar; the table has all of it.
  private func fitting(_ name: String) -> String {
    let limit = say.language == .chinese ? 9 : 19
    return name.count > limit ? "\(name.prefix(limit - 1))…" : name
  }

  // MARK: - The table

  /// The same figures in words.
  package func table(_ data: ChartData) -> HTML {
    let head = ([data.stepName] + data.series.map(\.name)).enumerated().map { place, name -> HTML in
      "<th scope=\"col\"\(attribute: "class", place > 0 ? "number" : nil)>\(name)</th>"
    }
    let rows = data.steps.enumerated().map { place, step -> HTML in
      let cells = data.series.map { series -> HTML in
        "<td class=\"number\" data-label=\"\(series.name)\">\(cell(series.figures[place]))</td>"
      }
      return "<tr><th scope=\"row\">\(step.name)</th>\(cells)</tr>"
    }
    return """
      <div class="table-frame" tabindex="0" role="region" aria-label="\(data.title)"><table class="stacking">\
      <caption>\(data.title)</caption><thead><tr>\(head)</tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }

  private func cell(_ figure: ChartData.Figure) -> HTML {
    let spoken: String
    switch figure {
    case .known(_, let words): return HTML(text: words)
    case .hidden: spoken = say("不写，免得看出是谁", "left out, so that nobody can be made out")
    case .missing: spoken = say("没有数", "no figure")
    }
    return """
      <span aria-hidden="true">\(Self.gapMark)</span><span class="visually-hidden">\(spoken)</span>
      """
  }
}

/// How one line is told from another where there are no colours.
private struct ChartStyle {
  private static let dashes: [StaticString] = ["none", "8 4", "2 4", "12 4 2 4"]

  private let place: Int

  /// - Parameter place: the line's, counted from 0; a fifth looks like the first.
  init(_ place: Int) {
    self.place = place % Self.dashes.count
  }

  var name: HTML { place.isMultiple(of: 2) ? "series" : "series-2" }
  var dashes: HTML { HTML(stringLiteral: Self.dashes[place]) }

  func mark(x: Int, y: Int) -> HTML {
    switch place {
    case 0: "<circle class=\"\(name)\" cx=\"\(x)\" cy=\"\(y)\" r=\"4\"></circle>"
    case 1: "<rect class=\"\(name)\" x=\"\(x - 4)\" y=\"\(y - 4)\" width=\"8\" height=\"8\"></rect>"
    case 2: "<path class=\"\(name)\" d=\"M\(x) \(y - 6) L\(x + 6) \(y + 5) L\(x - 6) \(y + 5) Z\"></path>"
    default:
      "<path class=\"\(name)\" d=\"M\(x) \(y - 6) L\(x + 6) \(y) L\(x) \(y + 6) L\(x - 6) \(y) Z\"></path>"
    }
  }
}
