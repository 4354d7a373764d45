package import Database
import Kernel
package import People

extension MarketInformation {
  /// Releases the latest month that can be released now, without waiting for the round of the month.
  /// - Throws: what counting throws.
  package static func release(
    asking directory: Directory, offsetSeconds: Int, in transaction: Transaction
  ) throws {
    let open = NeedCalendar.open(at: transaction.now, offsetSeconds: offsetSeconds)
    guard let latest = open.last else { return }
    try MarketDesk(directory: directory).release(latest, in: transaction)
  }
}
