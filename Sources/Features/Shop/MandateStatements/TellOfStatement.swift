import Database
import Kernel
import Messages
import People
import Web

/// On the first morning of a month, whoever let others order in the month before is told that their statement is there.
enum TellOfStatement {
  static let kind: StaticString = "shop.tell_of_statement"
  /// Nine in the morning on the community's clock.
  private static let hour: Int64 = 9

  static func handler(_ directory: Directory, _ messenger: Messenger) -> JobHandler {
    JobHandler(kind) { transaction, job in
      let body = try JSON(Array(job.body.utf8))
      guard case .string(let mandateText)? = body["mandate"], case .string(let monthText)? = body["month"],
        let id = MandateID(mandateText), let month = Month(monthText),
        let mandate = try directory.mandate(id, in: transaction.community, transaction)
      else { return }
      let readers = [
        mandate.principal,
        try StatementCopy.reader(of: mandate, directory, in: transaction.community, transaction),
      ]
      // About the principal, whose statement is one however many helpers there were: it is told once.
      try messenger.send(
        readers.compactMap(\.self).map { reader in
          Message(
            to: reader, AssistedOrderNotice.statement, about: mandate.principal.rawValue,
            occasion: month.description,
            Phrase(
              "\(month.name.chinese)的账单好了：买了什么、谁代下的、花了多少。",
              "The statement of \(month.name.english) is ready: what was bought, by whom, for how much."),
            path: "/assisted-orders/statements/\(id)/\(month.description)")
        }, in: transaction)
    }
  }

  /// Schedules it for the month of an order under a mandate, once however many orders there are.
  static func schedule(
    _ mandate: MandateID, for order: Order, offsetSeconds: Int, in transaction: Transaction
  ) throws {
    let month = Month(order.placedAt, offsetSeconds: offsetSeconds)
    try transaction.schedule(
      kind, key: "\(mandate)-\(month.description)",
      at: month.next.start(offsetSeconds: offsetSeconds) + .hours(hour),
      body: #"{"mandate":"\#(mandate)","month":"\#(month.description)"}"#)
  }
}
