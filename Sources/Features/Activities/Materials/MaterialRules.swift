import Kernel

/// What goes to the printer for one activity.
enum MaterialRules {
  enum Paper: String, Sendable, CaseIterable {
    case poster
    /// With names and numbers, for ticking at the door.
    case list
    /// Empty lines, for those who come without having signed up.
    case sheet
    case slips
    case agenda

    var name: Phrase {
      switch self {
      case .poster: Phrase("海报", "Poster")
      case .list: Phrase("签到名单", "List of who signed up")
      case .sheet: Phrase("空白签到表", "Empty sign-in sheet")
      case .slips: Phrase("满意度小条", "Satisfaction slips")
      case .agenda: Phrase("议程", "Agenda")
      }
    }
  }

  /// Lines of an empty sheet, two pages of A4.
  static let lines = 40
  /// Slips on one sheet.
  static let slips = 6
  /// Names on one list; the next ones are on another.
  static let names = 400
}
