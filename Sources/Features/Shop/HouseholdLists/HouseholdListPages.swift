import Kernel
import Web

/// A list of households, with the form that adds one by its door.
struct HouseholdListPages {
  let list: HouseholdList
  let say: Wording
  let token: String

  func page(
    _ households: [(id: HouseholdID, door: Phrase, since: Timestamp)], _ state: FormState
  ) -> Page {
    let title = say(list.title)
    let rows = households.map { entry -> [HTML] in
      [door(of: entry.id, entry.door), HTML(text: say.day(entry.since)), removal(of: entry.id, entry.door)]
    }
    let table =
      rows.isEmpty
      ? PageParts.empty(say("名单是空的。", "The list is empty."))
      : PageParts.table(
        caption: title, isCaptionShown: false,
        columns: [
          TableColumn(say("门牌", "Door")), TableColumn(say("从", "Since")), TableColumn(say("更改", "Change")),
        ], rows: rows)
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p>\(say(list.meaning))</p>
        \(table)\(PageParts.card(say("添一户", "Add a household"), addition(state)))
        """)
  }

  /// Whoever wants paper has a page of their own.
  private func door(of household: HouseholdID, _ door: Phrase) -> HTML {
    list == .paper ? "<a href=\"\(list.path)/\(household)\">\(say(door))</a>" : HTML(text: say(door))
  }

  private func removal(of household: HouseholdID, _ door: Phrase) -> HTML {
    let parts = FormParts(.empty, say)
    let words = list.removal(of: door)
    return parts.form(
      to: list.path, token: token,
      """
      \(parts.hidden("household", household.description))\(parts.hidden("remove", "on"))\
      <button class="button quiet" aria-label="\(say(words.name))">\(say(words.button))</button>
      """)
  }

  private func addition(_ state: FormState) -> HTML {
    let parts = FormParts(state, say)
    return parts.form(
      to: list.path, token: token,
      """
      \(parts.text("building", Phrase("楼号", "Building"), maximumLength: 20))\
      \(parts.text("unit", Phrase("单元", "Unit"), isRequired: false, maximumLength: 10))\
      \(parts.text("room", Phrase("房号", "Room"), maximumLength: 20))\
      \(parts.submit(Phrase("加上这一户", "Add this household")))
      """)
  }
}
