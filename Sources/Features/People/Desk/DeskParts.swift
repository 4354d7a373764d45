import Kernel
import Web

/// Small parts that the pages of the people desk share.
enum DeskParts {
  static func tags(_ roles: Set<Role>, _ say: Wording) -> HTML {
    HTML.joined(roles.sorted().map { PageParts.tag(say($0.name)) }, separator: " ")
  }
}
