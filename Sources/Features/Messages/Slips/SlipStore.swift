import Database
import Kernel

/// The queries of slips beyond those of deliveries.
enum SlipStore {
  /// Marks slips as printed and on their way: those that still wait, up to the newest that stood on the sheet.
  /// - Returns: how many.
  static func markPrinted(upTo newest: DeliveryID, in transaction: Transaction) throws -> Int {
    try transaction.execute(
      """
      UPDATE messages_delivery SET state = 'sent', due_at = NULL, turn = turn + 1, sent_at = \(transaction.now),
        first_tried_at = \(transaction.now)
      WHERE community_id = \(transaction.community) AND way = 'slip' AND state = 'queued'
        AND due_at <= \(transaction.now) AND id <= \(newest)
      """)
  }
}
