import Database
import Kernel

/// The queries of what helpers ask for about visits.
enum AssistedVisitStore {
  static func visits(
    of asked: [AssistedOrderID], _ snapshot: Snapshot
  ) throws -> [AssistedOrderID: AssistedVisitRow] {
    let found = try snapshot.all(
      """
      SELECT assisted_order_id, service_id, worker_id, starts_at, terms, booking_id FROM shop_assisted_visit
      WHERE assisted_order_id IN \(list: asked)
      """
    ) { row in
      (
        id: try row[0] as AssistedOrderID,
        visit: AssistedVisitRow(
          service: try row[1], worker: try row[2], startsAt: try row[3], terms: try row[4],
          booking: try row[5])
      )
    }
    return Dictionary(found.map { ($0.id, $0.visit) }) { first, _ in first }
  }

  static func insert(
    _ visit: AssistedVisit, of asked: AssistedOrderID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO shop_assisted_visit (assisted_order_id, community_id, service_id, worker_id, starts_at, terms, booking_id)
      VALUES (\(asked), \(transaction.community), \(visit.service), \(visit.worker), \(visit.startsAt), \(visit.terms),
        \(visit.booking))
      """)
  }
}

/// One row, before what every such thing has is joined to it.
struct AssistedVisitRow: Sendable {
  let service: ServiceID
  let worker: WorkerID
  let startsAt: Timestamp
  let terms: [UInt8]
  let booking: BookingID?

  func visit(_ what: AssistedVisit.What, revision: Int64?, note: String) -> AssistedVisit {
    AssistedVisit(
      what: what, service: service, worker: worker, startsAt: startsAt, note: note, terms: terms,
      booking: booking, revision: revision)
  }
}
