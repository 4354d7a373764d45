import Kernel
import Web

/// Reads what a leader fills in before a catalogue is printed.
enum PaperCatalogueForm {
  /// - Throws: `form.invalid` naming each wrong field.
  static func draft(_ form: Form, _ items: [DeskItem], offsetSeconds: Int) throws -> PaperCatalogueDraft {
    var reader = FormReader(form)
    let until = reader.moment("slips_until", offsetSeconds: offsetSeconds)
    var holds: [CampaignItemID: Int64] = [:]
    for entry in items {
      let units = reader.integer(
        "held-\(entry.item.id)", in: 0...CampaignItemDraft.unitLimit, isRequired: false)
      if let units, units > 0 { holds[entry.item.id] = units }
    }
    try reader.finish()
    guard let until else { throw Problem.internalFault }
    return PaperCatalogueDraft(slipsUntil: until, holds: holds)
  }

  /// Two hours before the cut-off, so that there is time to key the slips; the cut-off itself where that has passed.
  static func suggestion(_ campaign: Campaign, now: Timestamp, offsetSeconds: Int) -> FormState {
    let early = campaign.cutOffAt - .hours(2)
    let until = early > now ? early : campaign.cutOffAt
    return FormState(["slips_until": CivilDateTime(until, offsetSeconds: offsetSeconds).isoLocal])
  }
}
