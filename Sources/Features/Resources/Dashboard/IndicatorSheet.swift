import Interop
import Kernel
import Web

/// The figures as a table for other programs: no more than the page shows.
struct IndicatorSheet {
  let say: Wording

  func table(_ all: [IndicatorSeries]) -> SheetTable {
    SheetTable(
      name: say("社区的数字", "Figures"),
      headings: [
        say("时间", "Time"), say("代号", "Code"), say("名称", "Name"), say("数", "Number"),
        say("总数", "Of"), say("百分比", "Per cent"), say("意思第几版", "Version of the meaning"),
        say("说明", "Note"),
      ],
      rows: all.flatMap { series in series.points.map { row(series, $0) } })
  }

  private func row(_ series: IndicatorSeries, _ point: IndicatorSeries.Point) -> [SheetTable.Cell] {
    let head = [
      SheetTable.Cell(point.period.code), SheetTable.Cell(series.code), SheetTable.Cell(say(series.name)),
    ]
    let version = point.version.map { SheetTable.Cell.number(String($0)) } ?? .empty
    let words = IndicatorParts(say: say).words(point.shown)
    switch point.shown {
    case .count(let number): return head + [.number(String(number)), .empty, .empty, version, .empty]
    case .part(let part, let whole):
      let percent = point.shown.percent.map { SheetTable.Cell.number(String($0)) } ?? .empty
      return head + [number(part, series), number(whole, series), percent, version, .empty]
    case .hidden, .missing: return head + [.empty, .empty, .empty, version, SheetTable.Cell(words)]
    }
  }

  private func number(_ number: Int64, _ series: IndicatorSeries) -> SheetTable.Cell {
    .number(series.definition.unit == .moneyShare ? Money.fen(number).decimal : String(number))
  }
}
