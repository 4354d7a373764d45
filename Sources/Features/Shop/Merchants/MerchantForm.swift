import Kernel
import Web

/// What a merchant tells of itself, as the form sends it.
enum MerchantForm {
  static let nameLength = 40
  static let storyLength = 2000
  /// The tick by which a merchant wants to be on the map of what the neighbourhood has.
  static let map = "on_map"

  static func isForMap(_ form: Form) -> Bool { form.all(map).contains("on") }

  /// - Throws: `form.invalid` with every wrong field.
  static func details(_ form: Form) throws -> Merchant.Details {
    var reader = FormReader(form)
    let name = ProductForm.phrase("name", nameLength, &reader)
    let story = ProductForm.lines("story", storyLength, &reader)
    let licence = reader.text("licence", length: 1...60, isRequired: false)
    let phone = reader.text("phone", length: 3...30, isRequired: false)
    if let phone, !isDialled(phone) {
      reader.add("phone", Phrase("电话只写数字、空格、+ 和 -。", "A telephone number has digits, spaces, + and - only."))
    }
    let pattern = reader.text("label_pattern", length: 1...60, isRequired: false)
    let labels = pattern.flatMap(LabelPattern.init)
    if pattern != nil, labels == nil { reader.add("label_pattern", LabelPattern.rule) }
    try reader.finish()
    guard let name else { throw Problem.internalFault }
    return Merchant.Details(
      name: name, story: story, licence: licence ?? "", phone: phone ?? "", labels: labels)
  }

  static func state(_ details: Merchant.Details) -> FormState {
    FormState([
      "name_zh": details.name.chinese, "name_en": details.name.typedEnglish,
      "story_zh": details.story.chinese, "story_en": details.story.typedEnglish,
      "licence": details.licence, "phone": details.phone,
      "label_pattern": details.labels?.text ?? "",
    ])
  }

  private static func isDialled(_ text: String) -> Bool {
    text.utf8.contains { (48...57).contains($0) }
      && text.utf8.allSatisfy { (48...57).contains($0) || [32, 43, 45, 40, 41].contains($0) }
  }
}
