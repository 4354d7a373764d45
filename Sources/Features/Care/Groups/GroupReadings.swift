import Kernel

/// Every look into a group is an event of the audit chain.
enum GroupReadings: Looks {
  typealias Open = OpenGroup

  /// What was looked at.
  enum Look: String, CaseIterable {
    case group
    case member
    case session
    case report
    case print

    var name: Phrase {
      switch self {
      case .group: Phrase("看了小组", "Looked at the group")
      case .member: Phrase("看了一位组员", "Looked at a member")
      case .session: Phrase("看了一节记录", "Looked at a meeting")
      case .report: Phrase("看了小组报告", "Looked at the report")
      case .print: Phrase("打印了对外版", "Printed the report for others")
      }
    }
  }

  static let action: StaticString = "care.group_read"
}
