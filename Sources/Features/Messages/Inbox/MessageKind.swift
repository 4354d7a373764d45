import Database
package import Kernel

/// What a message is about, as the feature that sends it says once.
///
/// Everything that leaves the machine is made of a kind and of the community alone, and a kind is made of text that stands
/// in the source: no name, amount, item, address or code can get into it.
package struct MessageKind: Sendable, Hashable {
  /// Stable and dotted: `shop.order_arrived`.
  package let code: String
  /// What it is called in the inbox.
  package let name: Phrase
  /// What it says outside, after the community's name: `您订的东西到了`. At most 20 characters in either language, since the
  /// services take no longer values.
  package let headline: Phrase
  /// Whether it may come during quiet hours, where the person agreed to that.
  package let isUrgent: Bool
  /// Whether it is worth a telephone call or a printed slip by itself; otherwise only those who asked for one get it.
  package let isWorthACall: Bool
  /// For how long it is worth bringing.
  package let patience: Duration

  /// - Parameters:
  ///   - name: Chinese, then English.
  ///   - headline: Chinese, then English.
  package init(
    _ code: StaticString, name: (StaticString, StaticString), headline: (StaticString, StaticString),
    isUrgent: Bool = false, isWorthACall: Bool = false, patience: Duration = .days(3)
  ) {
    self.code = code.description
    self.name = Phrase(name.0.description, name.1.description)
    self.headline = Phrase(headline.0.description, headline.1.description)
    self.isUrgent = isUrgent
    self.isWorthACall = isWorthACall
    self.patience = patience
  }
}

/// All kinds that the program knows, by their codes.
package struct MessageKinds: Sendable {
  private let byCode: [String: MessageKind]

  package init(_ kinds: [MessageKind]) {
    byCode = Dictionary(kinds.map { ($0.code, $0) }) { first, _ in first }
  }

  /// The kind of a stored message; one that the program does not know any more is a plain word from the community.
  package subscript(code: String) -> MessageKind { byCode[code] ?? Self.other }

  /// What each kind is called, by its code.
  var names: [String: Phrase] { byCode.mapValues(\.name) }

  private static let other = MessageKind(
    "messages.other", name: ("通知", "Notice"), headline: ("您有一条新消息", "you have a message"))
}
