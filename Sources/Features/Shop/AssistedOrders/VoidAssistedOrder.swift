import Database
import Kernel
import Web

/// What nobody confirmed in time is void.
enum VoidAssistedOrder {
  static let kind: StaticString = "shop.void_assisted_order"

  static let handler = JobHandler(kind) { transaction, job in
    guard case .string(let text)? = try JSON(Array(job.body.utf8))["order"], let id = AssistedOrderID(text),
      let asked = try AssistedOrderStore.find(id, in: transaction.community, transaction)
    else { return }
    guard asked.state == .waiting else { return }
    guard transaction.now >= asked.expiresAt else { return try schedule(asked, in: transaction) }
    try AssistedOrderStore.end(id, as: .void, order: nil, in: transaction)
    try transaction.publish("shop.assisted_order_void", subject: id.rawValue)
  }

  static func schedule(_ asked: AssistedOrder, in transaction: Transaction) throws {
    try transaction.schedule(
      kind, key: asked.id.description, at: asked.expiresAt, body: #"{"order":"\#(asked.id)"}"#)
  }

  static func cancel(_ id: AssistedOrderID, in transaction: Transaction) throws {
    try transaction.cancelJob(kind, key: id.description)
  }
}
