import Kernel
import Web

/// What the driver takes along on paper: who is met where, and how much is loaded.
struct VanSheetPages {
  let say: Wording

  /// - Parameters:
  ///   - parts: what is agreed on alone.
  ///   - names: persons among them, for the driver has to know whom to meet.
  func sheet(
    _ trip: VanTrip, _ parts: [VanPart], _ names: [Party: Phrase], _ community: String, phone: String
  ) -> Page {
    let title = say("装车单", "Loading list")
    let rows = parts.map { part -> [HTML] in
      [
        HTML(text: VanTripParts(say: say).called(part.party, names)), "\(part.load.crates)",
        "\(part.load.kilograms)", HTML(text: part.words.place), "☐",
      ]
    }
    let total = parts.reduce(VanLoad.nothing) { $0 + $1.load }
    let table: HTML =
      rows.isEmpty
      ? "<p>\(say("还没有说好的货。", "Nothing is agreed on yet."))</p>"
      : PageParts.table(
        caption: say("说好的货", "What is agreed on"),
        columns: [
          TableColumn(say("谁的", "Whose")), TableColumn(say("筐", "Crates"), isNumeric: true),
          TableColumn(say("公斤", "Kilograms"), isNumeric: true),
          TableColumn(say("在哪里装", "Where to load")), TableColumn(say("装上了", "Loaded")),
        ], rows: rows)
    return Page(
      title: title, kind: .print,
      main: """
        <div class="print"><h1>\(title)</h1><p class="lead">\(say(trip.terms.route)) · \
        \(say.dateTime(trip.terms.leavesAt)) · \(trip.terms.vehicle)</p>\(table)\
        <p class="lead">\(say("一共 \(total.words.chinese)", "In all \(total.words.english)"))</p>\
        <p>\(community) · \(phone)</p></div>
        """)
  }
}
