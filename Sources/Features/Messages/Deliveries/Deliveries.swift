import Database
import Kernel
import Logging
import Metrics
import People
import Security
import Web

/// Brings messages to people through services outside.
///
/// A delivery is a row, so nothing is forgotten when the program stops. It is taken up in one transaction, the service is
/// asked outside any, and the outcome is written in another, by whoever took it up last. Many programs may do so on one
/// database: whoever comes second finds that it is not its turn. Where nobody knows whether a service took a message, it
/// is asked about that message before anything is sent again (field/reliability.md §3.7, “Outbound”).
package struct Deliveries: Sendable {
  let database: Database
  let directory: Directory
  let vault: Vault
  let kinds: MessageKinds
  let gateways: [MessageWay: any MessageGateway]
  /// Scheme and host under which people reach the program; nil where it has no public address.
  let publicURL: String?
  let logger: Logger

  private static let batchLimit = 100
  /// Services that are asked at the same time.
  private static let atOnce = 8
  private static let pauseAfterFault = Duration.minutes(5)

  /// What was taken up, with all that the service has to know.
  struct Work: Sendable {
    let delivery: Delivery
    let community: CommunityID
    let task: Delivery.Task
    let conditions: Delivery.Conditions
    let outgoing: OutgoingMessage?
  }

  /// Deals with everything whose time has come.
  /// - Returns: how many deliveries were taken up.
  @discardableResult
  package func round() async throws -> Int {
    var taken = 0
    while true {
      let due = try await database.read { try DeliveryStore.due(limit: Self.batchLimit, $0) }
      if due.isEmpty { return taken }
      var took = 0
      for start in stride(from: 0, to: due.count, by: Self.atOnce) {
        took += try await deal(with: due[start..<min(start + Self.atOnce, due.count)])
      }
      taken += took
      if due.count < Self.batchLimit || took == 0 { return taken }
    }
  }

  /// Lets go what nobody rang or printed in its time. It looks through all that waits for somebody, so once a minute is
  /// often enough.
  /// - Returns: how many deliveries were given up.
  @discardableResult
  package func giveUpExpired() async throws -> Int {
    var given = 0
    while true {
      let expired = try await database.read { try DeliveryStore.expired(limit: Self.batchLimit, $0) }
      for (community, due) in Dictionary(grouping: expired, by: \.community) {
        try await database.write(in: community) { try giveUp(due.map(\.id), in: $0) }
      }
      given += expired.count
      if expired.count < Self.batchLimit { return given }
    }
  }

  private func giveUp(_ expired: [DeliveryID], in transaction: Transaction) throws {
    for id in expired {
      // Somebody may have rung up meanwhile.
      guard let delivery = try DeliveryStore.find(id, in: transaction.community, transaction),
        delivery.state == .queued
      else { continue }
      try settle(
        delivery.ended(.givenUp, "messages.expired", at: transaction.now), from: delivery.turn,
        in: transaction)
    }
  }

  private func deal(with due: ArraySlice<DeliveryStore.Due>) async throws -> Int {
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for one in due { group.addTask { try await dealOrPutOff(one) } }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
  }

  /// What stands in the way of one delivery, such as a key that cannot be read, does not hold up those of other people.
  private func dealOrPutOff(_ due: DeliveryStore.Due) async throws -> Bool {
    do {
      return try await deal(with: due)
    } catch {
      try Task.checkCancellation()
      let code = (error as? Problem)?.code ?? "\(type(of: error))"
      logger.error("A delivery was put off", metadata: ["code": "\(code)", "delivery": "\(due.id)"])
      try await database.write(in: due.community) {
        try DeliveryStore.putOff(due.id, until: $0.now + Self.pauseAfterFault, in: $0)
      }
      return true
    }
  }

  /// - Returns: false when somebody else has taken it up.
  func deal(with due: DeliveryStore.Due) async throws -> Bool {
    let phones = try await directory.phones(of: due.community)
    let openIDs = try await WeChatBinding.cipher(vault, due.community)
    let work = try await database.write(in: due.community) {
      try takeUp(due, phones, openIDs, in: $0)
    }
    guard let work else { return false }
    guard work.task != .nothing, let outgoing = work.outgoing,
      let gateway = gateways[work.delivery.way]
    else { return true }
    var delivery = work.delivery
    if work.task == .ask {
      let answer = await gateway.receipt(of: outgoing, receipt: delivery.receipt)
      let now = database.clock.now()
      let task: Delivery.Task
      switch delivery.after(answer, at: now) {
      case .stand(let standing): (delivery, task) = (standing, .nothing)
      case .sendAgain(let again): (delivery, task) = again.brought(at: now, work.conditions)
      }
      guard task == .send else {
        try await write(delivery, of: work)
        return true
      }
    }
    let outcome = await gateway.send(outgoing)
    try await write(
      delivery.after(outcome, at: database.clock.now(), expiresAt: work.conditions.expiresAt), of: work)
    return true
  }

  // MARK: - Taking up

  private func takeUp(
    _ due: DeliveryStore.Due, _ phones: Phones, _ openIDs: FieldCipher, in transaction: Transaction
  ) throws -> Work? {
    guard let delivery = try DeliveryStore.find(due.id, in: due.community, transaction),
      let dueAt = delivery.dueAt, dueAt <= transaction.now,
      let message = try MessageStore.find(delivery.message, in: due.community, transaction),
      let card = try directory.community(due.community, transaction),
      let recipient = try RecipientStore.recipient(
        delivery.recipient, directory, in: due.community, transaction)
    else { return nil }
    let address = try address(of: delivery, phones, openIDs, in: transaction)
    let canCarry = address != nil && gateways[delivery.way] != nil
    // Where nothing can carry it, that is the reason to be told.
    let conditions = conditions(
      of: delivery, message, recipient, card, assumingChosen: !canCarry, at: transaction.now)
    let (taken, task) = delivery.takenUp(at: transaction.now, conditions)
    guard task == .nothing || canCarry else {
      let code = address == nil ? "messages.no_address" : "messages.no_service"
      var ended = taken.ended(.failed, code, at: transaction.now)
      ended.firstTriedAt = delivery.firstTriedAt
      try settle(ended, from: delivery.turn, in: transaction)
      return Work(
        delivery: ended, community: due.community, task: .nothing, conditions: conditions, outgoing: nil)
    }
    try settle(taken, from: delivery.turn, in: transaction)
    let outgoing = address.map {
      OutgoingMessage(
        id: taken.id, address: $0,
        text: OutsideText(kinds[message.kind], from: card, in: recipient.language),
        link: publicURL.map { "\($0)/account/messages" }, firstTriedAt: taken.firstTriedAt ?? transaction.now)
    }
    return Work(
      delivery: taken, community: due.community, task: task, conditions: conditions, outgoing: outgoing)
  }

  /// - Parameter isAssumed: whether the way counts as chosen, whatever the person chose.
  private func conditions(
    of delivery: Delivery, _ message: InboxMessage, _ recipient: Recipient, _ card: CommunityCard,
    assumingChosen isAssumed: Bool, at now: Timestamp
  ) -> Delivery.Conditions {
    let kind = kinds[message.kind]
    return Delivery.Conditions(
      earliest: recipient.earliest(delivery.way, kind, from: now, offsetSeconds: card.offsetSeconds),
      expiresAt: message.expiresAt, isRead: message.isRead,
      isChosen: isAssumed || recipient.isTold(by: delivery.way, of: kind, services: Set(gateways.keys)))
  }

  /// What decides whether somebody may do for a delivery what no service does; nil where it has no recipient any more.
  func conditions(of delivery: Delivery, in transaction: Transaction) throws -> Delivery.Conditions? {
    let community = transaction.community
    guard let message = try MessageStore.find(delivery.message, in: community, transaction),
      let card = try directory.community(community, transaction),
      let recipient = try RecipientStore.recipient(
        delivery.recipient, directory, in: community, transaction)
    else { return nil }
    return conditions(of: delivery, message, recipient, card, assumingChosen: false, at: transaction.now)
  }

  private func address(
    of delivery: Delivery, _ phones: Phones, _ openIDs: FieldCipher, in transaction: Transaction
  ) throws -> OutgoingMessage.Address? {
    switch delivery.way {
    case .sms:
      try phones.numbers(of: [delivery.recipient], transaction)[delivery.recipient].map { .phone($0) }
    case .wechat:
      try WeChatBindingStore.openID(of: delivery.recipient, opening: openIDs, transaction).map { .openID($0) }
    case .call, .slip: nil
    }
  }

  // MARK: - Writing

  private func write(_ delivery: Delivery, of work: Work) async throws {
    try await database.write(in: work.community) {
      try settle(delivery, from: work.delivery.turn, in: $0)
    }
    count(delivery)
  }

  /// Writes how a delivery stands; where it has ended without reaching anybody, the next way begins.
  func settle(_ delivery: Delivery, from turn: Int64, in transaction: Transaction) throws {
    guard try DeliveryStore.move(delivery, from: turn, in: transaction) else { return }
    if delivery.state == .failed || delivery.state == .givenUp {
      try goOn(after: delivery, in: transaction)
    }
  }

  private func goOn(after delivery: Delivery, in transaction: Transaction) throws {
    let community = transaction.community
    guard let message = try MessageStore.find(delivery.message, in: community, transaction), !message.isRead,
      message.expiresAt > transaction.now, let card = try directory.community(community, transaction),
      let recipient = try RecipientStore.recipient(
        delivery.recipient, directory, in: community, transaction), !recipient.isDisabled
    else { return }
    let tried = try DeliveryStore.list(of: message.id, in: community, transaction)
    let kind = kinds[message.kind]
    let ways = recipient.ways(for: kind, services: Set(gateways.keys))
    guard let next = Self.next(ways, after: tried.map(\.way)) else { return }
    try DeliveryStore.insert(
      [
        Delivery(
          id: transaction.newIdentifier(), message: message.id, recipient: message.recipient, way: next,
          position: tried.count + 1,
          dueAt: recipient.earliest(next, kind, from: transaction.now, offsetSeconds: card.offsetSeconds))
      ], in: transaction)
    transaction.touch(.messageDeliveries)
  }

  /// The first way that was not tried yet.
  static func next(_ ways: [MessageWay], after tried: [MessageWay]) -> MessageWay? {
    ways.first { !tried.contains($0) }
  }

  private func count(_ delivery: Delivery) {
    Counter(
      label: "messages_deliveries_total",
      dimensions: [("way", delivery.way.rawValue), ("state", delivery.state.rawValue)]
    ).increment()
    if let reason = delivery.reason {
      logger.notice(
        "A message was not taken by its service",
        metadata: ["way": "\(delivery.way.rawValue)", "code": "\(reason)"])
    }
  }
}

extension Deliveries {
  /// A service tells by itself what became of a message; a second time changes nothing.
  /// - Parameter receipt: the service's number of it; one that is not ours is left alone.
  func told(_ way: MessageWay, _ receipt: String, _ outcome: ReceiptOutcome) async throws {
    guard let found = try await database.read({ try DeliveryStore.find(way: way, receipt: receipt, $0) })
    else { return }
    try await database.write(in: found.community) { transaction in
      guard let delivery = try DeliveryStore.find(found.delivery.id, in: found.community, transaction),
        case .stand(let after) = delivery.after(outcome, at: transaction.now)
      else { return }
      try settle(after, from: delivery.turn, in: transaction)
    }
  }
}
