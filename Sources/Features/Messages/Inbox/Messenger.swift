package import Database
import Kernel
package import People
import Web

/// Sends messages: the one way in which any feature tells a person something.
///
/// A message is written in the transaction of whatever it tells of: the inbox row, and the first delivery by the way that
/// its recipient chose. What goes out goes out later, so that a service which hangs holds nobody up.
package struct Messenger: Sendable {
  let directory: Directory
  /// The ways for which a service is set up.
  let services: Set<MessageWay>

  package init(directory: Directory, services: Set<MessageWay>) {
    self.directory = directory
    self.services = services
  }

  /// Tells persons something; each message once, however often it is sent.
  ///
  /// Persons who were disabled, and those of other communities, are told nothing. In a practice community nothing leaves
  /// the inbox.
  /// - Returns: how many of them were new.
  @discardableResult
  package func send(_ messages: [Message], in transaction: Transaction) throws -> Int {
    let new = try MessageStore.new(among: messages, in: transaction)
    guard !new.isEmpty, let card = try directory.community(transaction.community, transaction) else {
      return 0
    }
    let reach = try directory.reach(of: new.map(\.recipient), in: transaction.community, transaction)
    let told = new.filter { reach[$0.recipient].map { !$0.isDisabled } ?? false }
    if told.isEmpty { return 0 }
    let written = told.map { (id: transaction.newIdentifier(MessageRowKind.self), message: $0) }
    let isFirst = try RetentionStore.isEmpty(in: transaction.community, transaction)
    try MessageStore.insert(written, in: transaction)
    if isFirst { try ForgetMessages.begin(in: transaction) }
    guard !card.isPractice else { return written.count }
    let recipients = try RecipientStore.recipients(reach, in: transaction.community, transaction)
    let deliveries = written.compactMap { id, message -> Delivery? in
      guard let recipient = recipients[message.recipient] else { return nil }
      return first(of: message, id, for: recipient, card, in: transaction)
    }
    try DeliveryStore.insert(deliveries, in: transaction)
    if !deliveries.isEmpty { transaction.touch(.messageDeliveries) }
    return written.count
  }

  private func first(
    of message: Message, _ id: MessageID, for recipient: Recipient, _ card: CommunityCard,
    in transaction: Transaction
  ) -> Delivery? {
    guard let way = recipient.ways(for: message.kind, services: services).first else { return nil }
    return Delivery(
      id: transaction.newIdentifier(), message: id, recipient: message.recipient, way: way, position: 1,
      dueAt: recipient.earliest(
        way, message.kind, from: transaction.now, offsetSeconds: card.offsetSeconds))
  }
}

extension Topic {
  /// Touched when there is something to deliver.
  package static let messageDeliveries = Topic("messages.delivery")
}
