import Kernel
import Web

/// The list of households that want paper, with the form that adds one.
struct PaperHouseholdPages {
  let say: Wording
  let token: String

  func page(_ households: [(id: HouseholdID, door: Phrase)], _ state: FormState) -> Page {
    let title = say("要纸单的住户", "Households that want paper")
    let rows = households.map { entry -> [HTML] in
      let parts = FormParts(.empty, say)
      return [
        "<a href=\"/desk/paper-households/\(entry.id)\">\(say(entry.door))</a>",
        parts.form(
          to: "/desk/paper-households", token: token,
          """
          \(parts.hidden("household", entry.id.description))\(parts.hidden("remove", "on"))\
          <button class="button quiet" aria-label="\(say("不再给 \(entry.door.chinese) 印", "No more paper for \(entry.door.english)"))">\(say("不再要了", "No more paper"))</button>
          """),
      ]
    }
    let list =
      rows.isEmpty
      ? PageParts.empty(say("名单是空的。", "The list is empty."))
      : PageParts.table(
        caption: title, isCaptionShown: false,
        columns: [TableColumn(say("门牌", "Door")), TableColumn(say("更改", "Change"))], rows: rows)
    let parts = FormParts(state, say)
    let form = parts.form(
      to: "/desk/paper-households", token: token,
      """
      \(parts.text("building", Phrase("楼号", "Building"), maximumLength: 20))\
      \(parts.text("unit", Phrase("单元", "Unit"), isRequired: false, maximumLength: 10))\
      \(parts.text("room", Phrase("房号", "Room"), maximumLength: 20))\
      \(parts.submit(Phrase("加上这一户", "Add this household")))
      """)
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p>\(say("每次印目录，都给这些住户印一张单子。", "Whenever a catalogue is printed, these households get a slip."))</p>
        \(list)\(PageParts.card(say("添一户", "Add a household"), form))
        """)
  }
}
