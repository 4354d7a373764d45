import Kernel
import Web

/// How far somebody orders by themselves, as a picture with its table.
enum IndependenceParts {
  static func part(_ independence: Independence, _ name: String, _ say: Wording) -> HTML {
    let months = independence.months
    guard months.contains(where: { $0.all > 0 }) else { return .empty }
    let rows = months.map { month -> [HTML] in
      [
        "\(say("\(month.year)年\(month.month)月", "\(month.year)-\(month.month)"))", "\(month.own)",
        "\(month.assisted)",
      ]
    }
    let next: HTML =
      independence.next.map {
        "<p>\(say("下一步可以试试：", "Next, perhaps: "))<strong>\(say($0.name))</strong></p>"
      } ?? .empty
    return PageParts.card(
      say("\(name)自己下单的越来越多吗？", "Does \(name) order more alone?"),
      """
      \(chart(months, say))\(next)\
      \(PageParts.table(caption: say("每月的订单", "Orders by month"), columns: [
        TableColumn(say("月份", "Month")), TableColumn(say("自己下的", "Alone"), isNumeric: true),
        TableColumn(say("代下的", "Assisted"), isNumeric: true),
      ], rows: rows))
      """)
  }

  /// Bars of one unit an order, what was ordered alone at the bottom.
  private static func chart(_ months: [Independence.Month], _ say: Wording) -> HTML {
    let most = max(1, months.map(\.all).max() ?? 1)
    let bars = months.enumerated().map { index, month -> HTML in
      let (x, unit) = (index * 50 + 10, 100.0 / Double(most))
      let own = Int(Double(month.own) * unit)
      let assisted = Int(Double(month.assisted) * unit)
      return """
        <rect class="series" x="\(x)" y="\(110 - own)" width="30" height="\(own)"></rect>\
        <rect class="series-2" x="\(x)" y="\(110 - own - assisted)" width="30" height="\(assisted)"></rect>\
        <text x="\(x + 15)" y="126" text-anchor="middle">\(say("\(month.month)月", "\(month.month)"))</text>
        """
    }
    return """
      <svg class="chart" viewBox="0 0 310 134" role="img" aria-label="\(say("每月自己下的单（下）和代下的单（上）", "Orders alone (below) and assisted (above) by month"))">\
      \(bars)<line class="axis" x1="0" y1="110" x2="310" y2="110"></line></svg>
      """
  }
}
