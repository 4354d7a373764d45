import Kernel
import Web

/// How a preference is written in a form, and read from one.
enum PreferenceForm {
  /// What stands for no way at all.
  static let noWay = "none"
  /// What stands for the language of the person's pages.
  static let pageLanguage = "pages"
  /// The hours that can be chosen, in minutes since midnight.
  static let hours = (0..<24).map { $0 * 60 }

  /// - Throws: `form.invalid` naming each field.
  static func preference(_ form: Form) throws -> MessagePreference {
    var reader = FormReader(form)
    let first = way("first", isRequired: true, &reader)
    let second = way("second", isRequired: false, &reader)
    if let first = first ?? nil, let second = second ?? nil, first == second {
      reader.add("second", Phrase("请选另一种，或选“不用了”。", "Please choose another way, or none."))
    }
    let language = reader.raw("language", isRequired: true)
    let chosen = language.flatMap { Language(rawValue: $0) }
    if let language, language != pageLanguage, chosen == nil {
      reader.add("language", Phrase("请从列表里选择。", "Please choose from the list."))
    }
    let from = hour("quiet_from", &reader)
    let until = hour("quiet_until", &reader)
    try reader.finish()
    guard let first, let from, let until else { throw Problem.internalFault }
    // There is no other way than none.
    let ways = first.map { [$0, second ?? nil].compactMap(\.self) } ?? []
    return MessagePreference(
      ways: ways, language: chosen,
      quietHours: QuietHours(from: from, until: until),
      isUrgentAllowedAtNight: reader.isTicked("urgent_at_night"))
  }

  /// The outer value is nil where the field is empty or wrong, the inner one where no way was chosen.
  private static func way(_ name: String, isRequired: Bool, _ reader: inout FormReader) -> MessageWay?? {
    guard let text = reader.raw(name, isRequired: isRequired) else { return nil }
    if text == noWay { return .some(nil) }
    guard let way = MessageWay(rawValue: text) else {
      reader.add(name, Phrase("请从列表里选择。", "Please choose from the list."))
      return nil
    }
    return .some(way)
  }

  private static func hour(_ name: String, _ reader: inout FormReader) -> Int? {
    reader.integer(name, in: 0...1439).map { Int($0) }
  }

  static func values(_ preference: MessagePreference?, defaults: [MessageWay]) -> [String: String] {
    let ways = preference?.ways ?? defaults
    let quiet = preference?.quietHours ?? .ordinary
    var values = [
      "first": ways.first?.rawValue ?? noWay, "second": ways.dropFirst().first?.rawValue ?? noWay,
      "language": preference?.language?.rawValue ?? pageLanguage, "quiet_from": String(quiet.from),
      "quiet_until": String(quiet.until),
    ]
    if preference?.isUrgentAllowedAtNight == true { values["urgent_at_night"] = "on" }
    return values
  }
}
