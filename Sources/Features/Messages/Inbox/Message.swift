import Database
package import Kernel
import Web

/// Something that one person is told, in both languages.
///
/// It is told once: the same kind about the same thing on the same occasion is the same message.
package struct Message: Sendable, Equatable {
  package let recipient: PersonID
  package let kind: MessageKind
  /// The thing that it is about, such as an order.
  package let subject: Int64
  /// Which time it happened to that thing: a few words that are the same however often it is told.
  package let occasion: String
  /// For the person alone: it stands in the inbox, on a slip and with those who ring up, and never leaves the machine. What
  /// a feature keeps encrypted has no place in it.
  package let text: Phrase
  /// The page of ours that says more; nil for none.
  package let path: String?

  package init(
    to recipient: PersonID, _ kind: MessageKind, about subject: Int64, occasion: String, _ text: Phrase,
    path: String? = nil
  ) {
    self.recipient = recipient
    self.kind = kind
    self.subject = subject
    self.occasion = occasion
    self.text = text
    self.path = path.flatMap { LocalPath.isLocal($0) ? $0 : nil }
  }
}

/// A message as it lies in the inbox.
struct InboxMessage: Sendable, Equatable {
  let id: MessageID
  let recipient: PersonID
  let kind: String
  let text: Phrase
  let path: String?
  let sentAt: Timestamp
  let expiresAt: Timestamp
  let readAt: Timestamp?

  var isRead: Bool { readAt != nil }
}
