import Kernel
import Web

/// A pickup point as the form sends it.
enum PickupPointForm {
  static let nameLength = 40
  static let noteLength = 500

  /// - Throws: `form.invalid` with every wrong field.
  static func details(_ form: Form) throws -> PickupPoint.Details {
    var reader = FormReader(form)
    let name = ProductForm.phrase("name", nameLength, &reader)
    let note = ProductForm.lines("note", noteLength, &reader)
    try reader.finish()
    guard let name else { throw Problem.internalFault }
    return PickupPoint.Details(name: name, note: note)
  }

  static func state(_ details: PickupPoint.Details) -> FormState {
    FormState([
      "name_zh": details.name.chinese, "name_en": details.name.typedEnglish,
      "note_zh": details.note.chinese, "note_en": details.note.typedEnglish,
    ])
  }
}
