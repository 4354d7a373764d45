package import Database
package import Kernel

/// The queries of workers and their hours.
package enum WorkerStore {
  static let columns: Query = """
    id, community_id, merchant_id, person_id, name_zh, name_en, introduction_zh, introduction_en, certificate,
    certificate_until, created_at, closed_at, picture_id
    """

  /// Nil when the community has none such.
  package static func find(_ id: WorkerID, in community: CommunityID, _ snapshot: Snapshot) throws -> Worker?
  {
    try workers("id = \(id) AND community_id = \(community)", snapshot).first
  }

  package static func find(
    _ ids: some Collection<WorkerID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Worker] {
    if ids.isEmpty { return [] }
    return try workers("id IN \(list: ids) AND community_id = \(community) ORDER BY id", snapshot)
  }

  /// Everybody of one merchant, the oldest first.
  package static func list(
    of merchant: MerchantID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Worker] {
    try workers("community_id = \(community) AND merchant_id = \(merchant) ORDER BY id", snapshot)
  }

  /// Who does a service and can be booked.
  package static func list(
    doing service: ServiceID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Worker] {
    try workers(doing(service, in: community), snapshot)
  }

  /// As whom a person does services, of whichever merchants.
  package static func list(
    ofPerson person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Worker] {
    try workers(ofPerson(person, in: community), snapshot)
  }

  static func doing(_ service: ServiceID, in community: CommunityID) -> Query {
    """
    id IN (SELECT worker_id FROM shop_worker_service WHERE service_id = \(service)) AND community_id = \(community)
      AND closed_at IS NULL ORDER BY id
    """
  }

  static func ofPerson(_ person: PersonID, in community: CommunityID) -> Query {
    "community_id = \(community) AND person_id = \(person) ORDER BY id"
  }

  /// - Parameter condition: one of those above.
  static func selecting(_ condition: Query) -> Query {
    "SELECT \(columns) FROM shop_worker WHERE \(condition)"
  }

  private static func workers(_ condition: Query, _ snapshot: Snapshot) throws -> [Worker] {
    var found = try snapshot.all(selecting(condition), Worker.init)
    if found.isEmpty { return [] }
    let ids = found.map(\.id)
    var services: [WorkerID: Set<ServiceID>] = [:]
    try snapshot.forEach(
      "SELECT worker_id, service_id FROM shop_worker_service WHERE worker_id IN \(list: ids)"
    ) { row in services[try row[0], default: []].insert(try row[1]) }
    var hours: [WorkerID: [WeeklyHours]] = [:]
    try snapshot.forEach(
      """
      SELECT worker_id, weekday, opens, closes FROM shop_worker_hours WHERE worker_id IN \(list: ids)
      ORDER BY worker_id, weekday, opens
      """
    ) { row in
      guard let one = WeeklyHours(weekday: try row[1], opens: try row[2], closes: try row[3]) else {
        throw DatabaseError.unexpectedValue("hours that do not exist")
      }
      hours[try row[0], default: []].append(one)
    }
    for index in found.indices {
      found[index].details.services = services[found[index].id] ?? []
      found[index].details.hours = hours[found[index].id] ?? []
    }
    return found
  }

  /// Everything from which a worker's free times follow. A person who does services for several merchants, or is entered
  /// twice at one, can be in one place only: what is promised of one of these is promised of them all.
  /// - Parameter booking: whose own time counts as free, since it is to be moved.
  package static func times(
    of worker: Worker, except booking: BookingID? = nil, _ snapshot: Snapshot
  ) throws -> WorkerTimes {
    let exceptions = try exceptions(of: worker.id, snapshot)
    let first = TimeBlock.blocks(from: snapshot.now, until: snapshot.now + .minutes(15)).lowerBound
    let taken: [Int64] = try snapshot.values(blocks(of: worker, from: first, except: booking))
    return WorkerTimes(
      hours: worker.details.hours, exceptions: exceptions.map(\.exception), taken: Set(taken),
      certificateUntil: worker.details.certificateUntil)
  }

  static func blocks(of worker: Worker, from first: Int64, except booking: BookingID?) -> Query {
    let workers: Query =
      worker.details.person.map {
        "worker_id IN (SELECT id FROM shop_worker WHERE community_id = \(worker.community) AND person_id = \($0))"
      } ?? "worker_id = \(worker.id)"
    return """
      SELECT block FROM shop_worker_block WHERE \(workers) AND block >= \(first)
        AND booking_id <> \(booking ?? BookingID(rawValue: 0))
      """
  }

  /// Exceptions that are not over, the earliest first.
  package static func exceptions(
    of worker: WorkerID, _ snapshot: Snapshot
  ) throws -> [(id: Int64, exception: HoursException)] {
    try snapshot.all(
      """
      SELECT id, kind, from_at, until_at FROM shop_worker_exception
      WHERE worker_id = \(worker) AND until_at > \(snapshot.now) ORDER BY until_at, id
      """
    ) { row in
      (id: try row[0], exception: HoursException(kind: try row[1], from: try row[2], until: try row[3]))
    }
  }

  // MARK: - Writing

  static func insert(_ worker: Worker, in transaction: Transaction) throws {
    let details = worker.details
    try transaction.execute(
      """
      INSERT INTO shop_worker (id, community_id, merchant_id, person_id, name_zh, name_en, introduction_zh,
        introduction_en, certificate, certificate_until, created_at)
      VALUES (\(worker.id), \(worker.community), \(worker.merchant), \(details.person), \(details.name.chinese),
        \(details.name.english), \(details.introduction.chinese), \(details.introduction.english),
        \(details.certificate), \(details.certificateUntil), \(worker.createdAt))
      """)
    try writeParts(of: worker, in: transaction)
  }

  static func update(_ worker: Worker, in transaction: Transaction) throws {
    let details = worker.details
    try transaction.execute(
      """
      UPDATE shop_worker SET person_id = \(details.person), name_zh = \(details.name.chinese),
        name_en = \(details.name.english), introduction_zh = \(details.introduction.chinese),
        introduction_en = \(details.introduction.english), certificate = \(details.certificate),
        certificate_until = \(details.certificateUntil), closed_at = \(worker.closedAt)
      WHERE id = \(worker.id) AND community_id = \(transaction.community)
      """)
    try transaction.execute("DELETE FROM shop_worker_service WHERE worker_id = \(worker.id)")
    try transaction.execute("DELETE FROM shop_worker_hours WHERE worker_id = \(worker.id)")
    try writeParts(of: worker, in: transaction)
  }

  static func writePicture(_ picture: PictureID?, of worker: Worker, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE shop_worker SET picture_id = \(picture)
      WHERE id = \(worker.id) AND community_id = \(transaction.community)
      """)
  }

  private static func writeParts(of worker: Worker, in transaction: Transaction) throws {
    var services = Rows(into: "shop_worker_service", "service_id", "worker_id", "community_id")
    for service in worker.details.services.sorted() { services.append(service, worker.id, worker.community) }
    try transaction.insert(services)
    var hours = Rows(into: "shop_worker_hours", "worker_id", "weekday", "opens", "closes", "community_id")
    for one in worker.details.hours {
      hours.append(worker.id, one.weekday, one.opens, one.closes, worker.community)
    }
    try transaction.insert(hours)
  }

  static func insert(_ exception: HoursException, of worker: WorkerID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO shop_worker_exception (id, community_id, worker_id, kind, from_at, until_at)
      VALUES (\(transaction.newIdentifier(WorkerKind.self)), \(transaction.community), \(worker), \(exception.kind),
        \(exception.from), \(exception.until))
      """)
  }

  static func removeException(_ id: Int64, of worker: WorkerID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      DELETE FROM shop_worker_exception
      WHERE id = \(id) AND worker_id = \(worker) AND community_id = \(transaction.community)
      """)
  }

  /// What a booking holds of its workers' time from now on: nothing else than this.
  static func hold(
    _ spans: [(worker: WorkerID, blocks: Range<Int64>)], for booking: BookingID, in transaction: Transaction
  ) throws {
    try transaction.execute("DELETE FROM shop_worker_block WHERE booking_id = \(booking)")
    var rows = Rows(into: "shop_worker_block", "worker_id", "block", "community_id", "booking_id")
    var held: Set<WorkerBlock> = []
    for span in spans {
      for block in span.blocks where held.insert(WorkerBlock(worker: span.worker, block: block)).inserted {
        rows.append(span.worker, block, transaction.community, booking)
      }
    }
    try transaction.insert(rows)
  }

  private struct WorkerBlock: Hashable {
    let worker: WorkerID
    let block: Int64
  }
}

extension Worker {
  init(_ row: borrowing Row) throws {
    self.init(
      id: try row[0], community: try row[1], merchant: try row[2],
      details: Details(
        person: try row[3], name: Phrase(try row[4], try row[5]),
        introduction: Phrase(try row[6], try row[7]),
        certificate: try row[8], certificateUntil: try row[9]),
      createdAt: try row[10], closedAt: try row[11], picture: try row[12])
  }
}
