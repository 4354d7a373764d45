import Database
import Kernel
import Web

/// Shows goods as on sale again once their hold has lapsed: the desk looks at the clock, pages that are kept do not.
enum LapseListingHold {
  static let kind: StaticString = "shop.lapse_listing_hold"

  static let handler = JobHandler(kind) { transaction, job in
    guard case .string(let text)? = try JSON(Array(job.body.utf8))["source"], let source = Int64(text)
    else { return }
    try ListingHoldStore.touch(source, in: transaction)
  }

  static func schedule(_ source: Int64, at moment: Timestamp, in transaction: Transaction) throws {
    try transaction.schedule(kind, key: String(source), at: moment, body: #"{"source":"\#(source)"}"#)
  }

  static func cancel(_ source: Int64, in transaction: Transaction) throws {
    try transaction.cancelJob(kind, key: String(source))
  }
}
