import Kernel
import Web

/// What the leader typed about the goods that came.
enum ArrivalForm {
  /// Items whose number was left empty have not come yet and are left out.
  /// - Throws: `form.invalid` naming each field.
  static func entries(_ form: Form, items: [CampaignItemID]) throws -> [ArrivalEntry] {
    var reader = FormReader(form)
    var entries: [ArrivalEntry] = []
    for item in items {
      let use = reader.choice("surplus.\(item)", of: SurplusUse.self, isRequired: false)
      let note = reader.text("note.\(item)", length: 1...200, isRequired: false)
      guard
        let arrived = reader.integer("arrived.\(item)", in: 0...ArrivalEntry.limit, isRequired: false)
      else { continue }
      entries.append(ArrivalEntry(item: item, arrived: arrived, surplusUse: use, note: note ?? ""))
    }
    try reader.finish()
    return entries
  }

  /// What stands in the form at first: what was counted, or what was ordered.
  static func initial(_ items: [ListItem], _ arrivals: [CampaignItemID: Arrival]) -> FormState {
    var values: [String: String] = [:]
    for item in items {
      let arrival = arrivals[item.id]
      values["arrived.\(item.id)"] = String(arrival?.arrived ?? item.ordered)
      values["surplus.\(item.id)"] = (arrival?.surplusUse ?? SurplusUse.none).rawValue
      values["note.\(item.id)"] = arrival?.note ?? ""
    }
    return FormState(values)
  }
}
