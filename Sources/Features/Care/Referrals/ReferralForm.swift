import Kernel
import People
import Web

/// Reads a referral: only the texts of ticked fields are kept.
enum ReferralForm {
  /// Where the words of each category stand.
  static let places: [(category: DataCategory, field: CareDocument.Field)] = [
    (.name, .sharedName), (.phone, .sharedPhone), (.door, .sharedDoor),
    (.circumstances, .sharedCircumstances), (.health, .sharedHealth),
  ]

  static func read(_ form: Form, _ care: CaseDesk, _ offsetSeconds: Int) throws -> CaseFormDoor.Write {
    var reader = FormReader(form)
    let destination = reader.choice("destination", of: Referral.Destination.self)
    var words = reader.words(
      [.organisation, .purpose],
      required: destination == .organisation ? [.organisation, .purpose] : [.purpose])
    var fields: Set<DataCategory> = []
    for (category, field) in places {
      guard let text = reader.lines(field.rawValue, length: 1...2000, isRequired: false) else { continue }
      words[field] = text
      fields.insert(category)
    }
    if fields.isEmpty {
      reader.add(
        CareDocument.Field.sharedName.rawValue,
        Phrase("请至少写一样要告诉对方的。", "Please write at least one thing that they are told."))
    }
    try reader.finish()
    guard let destination else { throw Problem.internalFault }
    let desk = ReferralDesk(directory: care.directory, messenger: care.messenger)
    let (told, written) = (fields, words)
    return { open, seal, transaction in
      try desk.write(
        to: destination, fields: told, words: written, open, sealing: seal, in: transaction)
    }
  }
}
