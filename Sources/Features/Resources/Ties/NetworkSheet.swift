import Interop
import Kernel
import People
import Web

/// The figures of a quarter as a table for other programs: no more than the page shows.
struct NetworkSheet {
  let parts: NetworkParts

  func table(_ quarter: Quarter, _ shown: ShownNetwork) -> SheetTable {
    let say = parts.say
    let figures = parts.figures(shown).map { [SheetTable.Cell($0.term), SheetTable.Cell($0.value)] }
    let mix = zip(KindPair.allCases, shown.mix).map {
      [SheetTable.Cell(say($0.name)), SheetTable.Cell(parts.count($1))]
    }
    let brokers = shown.brokers.map { broker in
      [
        SheetTable.Cell("\(say("居中程度", "Betweenness")): \(parts.name(broker.party))"),
        SheetTable.Cell(parts.hundredths(broker.betweenness)),
      ]
    }
    return SheetTable(
      name: quarter.description, headings: [say(quarter.name), say("数", "Value")],
      rows: figures + mix + brokers)
  }
}
