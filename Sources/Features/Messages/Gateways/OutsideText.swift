package import Kernel
package import Web

/// All that leaves the machine of a message: what kind it is, and which community says so.
///
/// It is made of nothing else, so that no name, amount, item, address or code can stand in a text message
/// (issue 4: nothing personal in an SMS).
package struct OutsideText: Sendable, Equatable {
  package let kind: MessageKind
  package let language: Language
  /// The name of the community; at most 20 characters, as text services ask for.
  package let community: String
  /// The telephone of a human being in the community.
  package let phoneNumber: String

  package init(_ kind: MessageKind, from card: CommunityCard, in language: Language) {
    self.kind = kind
    self.language = language
    community = String(card.name[language].prefix(Self.valueLimit))
    phoneNumber = card.phoneNumber
  }

  /// Most characters of a value in a template of Alibaba Cloud SMS and of WeChat's `thing`.
  static let valueLimit = 20

  /// What it is about.
  package var matter: String { kind.headline[language] }

  /// The whole, for services that take sentences and for those who read what goes out.
  package var sentence: String {
    language == .chinese
      ? "\(community)：\(matter)。详情请打开暖邻，或致电 \(phoneNumber)。"
      : "\(community): \(matter). Open Nuanlin to read it, or call \(phoneNumber)."
  }
}
