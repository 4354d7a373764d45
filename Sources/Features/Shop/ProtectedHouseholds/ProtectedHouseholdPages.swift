import Kernel
import Web

/// The list of protected households, with the form that adds one.
struct ProtectedHouseholdPages {
  let say: Wording
  let token: String

  func page(
    _ protected: [(household: HouseholdID, since: Timestamp, label: Phrase?)],
    _ choices: [(id: HouseholdID, label: Phrase)]
  ) -> HTML {
    let parts = FormParts(.empty, say)
    let rows = protected.map { entry -> [HTML] in
      let remove = parts.form(
        to: "/protected-households", token: token,
        """
        \(parts.hidden("household", entry.household.description))\(parts.hidden("remove", "on"))\
        \(parts.submit(Phrase("不再列入", "Take off the list")))
        """)
      return [HTML(text: entry.label.map { say($0) } ?? "—"), HTML(text: say.day(entry.since)), remove]
    }
    let table = PageParts.table(
      caption: say("优先照顾的家庭", "Protected households"),
      columns: [TableColumn(say("门牌", "Door")), TableColumn(say("从", "Since")), TableColumn("")], rows: rows)
    let options = choices.sorted { say($0.label) < say($1.label) }.map {
      (value: $0.id.description, name: $0.label)
    }
    let form = parts.form(
      to: "/protected-households", token: token,
      """
      \(parts.select("household", Phrase("门牌", "Door"), options: options, hint: Phrase("最近八周下过单的家庭。", "Households that ordered within eight weeks.")))\
      \(parts.submit(Phrase("列入优先照顾", "Protect this household")))
      """)
    return """
      <h1>\(say("优先照顾的家庭", "Protected households"))</h1>
      <p>\(say("团购约定“先照顾有需要的家庭”时，货不够也先满足他们。团长只看到“优先 n 份”，看不到是谁。", "Where a group-buy serves households in need first, a shortage does not reach them. Leaders read “reserved n” and never who."))</p>
      \(rows.isEmpty ? PageParts.empty(say("名单是空的。", "The list is empty.")) : table)<h2>\(say("添加", "Add"))</h2>\(form)
      """
  }
}
