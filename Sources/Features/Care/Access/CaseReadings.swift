import Kernel

/// Every look into a case is an event of the audit chain, which the client can ask to see.
enum CaseReadings: Looks {
  typealias Open = OpenCase

  /// What was looked at.
  enum Look: String, CaseIterable {
    case file
    case search
    case print
    case referral

    var name: Phrase {
      switch self {
      case .file: Phrase("看了个案", "Looked at the case")
      case .search: Phrase("在自己的个案里找字", "Searched their own cases")
      case .print: Phrase("打印了", "Printed it")
      case .referral: Phrase("看了转介单", "Looked at the referral")
      }
    }
  }

  static let action: StaticString = "care.case_read"
}
