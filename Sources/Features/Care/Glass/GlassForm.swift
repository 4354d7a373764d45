import Kernel
import Web

/// Reads why somebody breaks the glass.
enum GlassForm {
  /// How the case is named.
  enum Who: Sendable, Equatable {
    case number(Int64)
    case phone(String)
  }

  struct Filled: Sendable {
    let who: Who
    let reason: BrokenGlass.Reason
    let words: CareDocument
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func read(_ form: Form) throws -> Filled {
    var reader = FormReader(form)
    let typed = reader.text("phone", length: 1...40)
    let reason = reader.choice("reason", of: BrokenGlass.Reason.self)
    let words = reader.lines("words", length: 10...2000)
    try reader.finish()
    guard let typed, let reason, let words else { throw Problem.internalFault }
    return Filled(who: who(typed), reason: reason, words: CareDocument([.reason: words]))
  }

  /// `G-0017` and `g17` name a case; everything else is a telephone number.
  static func who(_ typed: String) -> Who {
    let text = typed.lowercased()
    if text.hasPrefix("g"), let number = Int64(text.dropFirst().drop { $0 == "-" || $0 == " " }) {
      return .number(number)
    }
    return .phone(typed)
  }
}
