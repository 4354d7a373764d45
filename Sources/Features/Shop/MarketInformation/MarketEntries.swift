package import Database
import Kernel
package import People

extension MarketInformation {
  /// Releases the months that can be released now, without waiting for the round of the month.
  /// - Throws: what counting throws.
  package static func release(
    asking directory: Directory, offsetSeconds: Int, in transaction: Transaction
  ) throws {
    let desk = MarketDesk(directory: directory)
    for month in NeedCalendar.open(at: transaction.now, offsetSeconds: offsetSeconds) {
      try desk.release(month, in: transaction)
    }
  }
}
