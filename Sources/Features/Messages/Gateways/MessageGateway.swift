package import Kernel
package import Security

/// A service outside that carries messages: text messages, or those of a WeChat official account.
///
/// What it tells us is a value, never an error: whatever did not come or cannot be read is `unknown`, and is asked for again.
package protocol MessageGateway: Sendable {
  /// `sms` or `wechat`.
  var way: MessageWay { get }

  /// Asks for it to be carried.
  func send(_ message: OutgoingMessage) async -> SendingOutcome

  /// How it stands with a message that was sent, or may have been.
  /// - Parameter receipt: the service's number of it, where it gave one.
  func receipt(of message: OutgoingMessage, receipt: String?) async -> ReceiptOutcome
}

/// What goes out: an address, and text in which nothing personal can stand.
package struct OutgoingMessage: Sendable {
  package enum Address: Sendable, Hashable {
    case phone(PhoneNumber)
    /// How WeChat names the person to our official account.
    case openID(String)
  }

  /// The same in every try, so that a service that took it once does not take it again.
  package let id: DeliveryID
  package let address: Address
  package let text: OutsideText
  /// The inbox, for those who can follow a link; nil where the program has no public address.
  package let link: String?
  /// When the tries began of which any may have reached the service.
  package let firstTriedAt: Timestamp

  package init(
    id: DeliveryID, address: Address, text: OutsideText, link: String?, firstTriedAt: Timestamp
  ) {
    self.id = id
    self.address = address
    self.text = text
    self.link = link
    self.firstTriedAt = firstTriedAt
  }
}

/// What came of asking a service to carry a message. Codes are the service's own, or stable ones of ours.
package enum SendingOutcome: Sendable, Equatable {
  /// With the service's number of it.
  case accepted(receipt: String?)
  /// Never by this way: a number that cannot be, a person who does not want it, a template that does not fit.
  case refused(code: String)
  /// Not carried now; it may be later.
  case later(code: String)
  /// Nobody knows whether it was carried.
  case unknown(code: String)
}

/// What a service says of a message later.
package enum ReceiptOutcome: Sendable, Equatable {
  case delivered
  case undelivered(code: String)
  /// It was taken, and nothing is known of its arrival.
  case pending
  /// The service has no such message.
  case absent
  /// The service cannot be asked, but takes each of our numbers only once: sending it again does no harm.
  case takesNumberOnce
  case unknown(code: String)
}
