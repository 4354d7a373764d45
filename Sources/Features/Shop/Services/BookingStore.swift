package import Database
package import Kernel

/// The queries of bookings.
package enum BookingStore {
  static let columns: Query = """
    id, service_id, merchant_id, worker_id, household_id, person_id, campaign_id, order_id, title_zh, title_en, place,
    price_basis, price, cap, answer_hours, free_hours, late_rate, minutes, buffer_minutes, starts_at, note,
    requested_at, answer_until, state, ended_by, is_objected, proposed_by, proposed_worker_id, proposed_at, arrived_at,
    finished_at, worked_minutes, labour, material, charged, after_note, revision, assisted_order_id
    """

  /// Nil when the community has none such.
  package static func find(_ id: BookingID, in community: CommunityID, _ snapshot: Snapshot) throws
    -> Booking?
  {
    try snapshot.first(
      "SELECT \(columns) FROM shop_booking WHERE id = \(id) AND community_id = \(community)", Booking.init)
  }

  /// The booking that an order pays for; nil for orders of goods.
  static func find(
    orderedAs order: OrderID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Booking? {
    try snapshot.first(ofOrder(order, in: community), Booking.init)
  }

  /// A household's bookings, newest first.
  package static func list(
    of household: HouseholdID, before last: BookingID? = nil, limit: Int, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [Booking] {
    try snapshot.all(ofHousehold(household, before: last, limit: limit, in: community), Booking.init)
  }

  /// How many requests of a household wait for their answers.
  static func countWaiting(
    of household: HouseholdID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Int {
    try snapshot.value(waiting(of: household, in: community)) ?? 0
  }

  /// What a merchant looks after, each read by itself: neither what is over nor what is agreed can hide what waits for an
  /// answer.
  enum DeskList: CaseIterable {
    /// For the merchant's word.
    case waiting
    case agreed
    case over

    fileprivate var condition: Query {
      switch self {
      case .waiting:
        """
        (state = 'requested' OR (state = 'accepted' AND proposed_by = 'household')) ORDER BY starts_at, id LIMIT 200
        """
      case .agreed:
        """
        state IN ('accepted', 'on_the_way', 'arrived')
          AND NOT (state = 'accepted' AND proposed_by IS NOT NULL AND proposed_by = 'household')
        ORDER BY starts_at, id LIMIT 200
        """
      case .over:
        """
        state NOT IN ('requested', 'accepted', 'on_the_way', 'arrived') ORDER BY starts_at DESC, id DESC LIMIT 50
        """
      }
    }
  }

  /// A merchant's bookings of the last two weeks and from then on: those that wait or are agreed by their time, those that
  /// are over from the newest.
  static func list(
    _ list: DeskList, of merchant: MerchantID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Booking] {
    try snapshot.all(
      ofMerchant(merchant, list, from: snapshot.now - .days(14), in: community), Booking.init)
  }

  /// The visits of workers that began before a moment and were not over by then: those that may still be begun or ended,
  /// and those that ended since.
  static func unfinished(
    of workers: [WorkerID], before start: Timestamp, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Booking] {
    if workers.isEmpty { return [] }
    return try snapshot.all(unfinishedOf(workers, before: start, in: community), Booking.init)
  }

  /// The visits of workers between two moments that were agreed, in their order.
  package static func visits(
    of workers: [WorkerID], from start: Timestamp, until end: Timestamp, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [Booking] {
    if workers.isEmpty { return [] }
    return try snapshot.all(ofWorkers(workers, from: start, until: end, in: community), Booking.init)
  }

  /// Bookings whose household objected before anything was decided about its money, so that the committee decides; oldest
  /// first.
  package static func objected(in community: CommunityID, _ snapshot: Snapshot) throws -> [Booking] {
    try snapshot.all(objectedTo(in: community), Booking.init)
  }

  /// What happened to a booking, in its order.
  package static func steps(
    of booking: BookingID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [BookingStep] {
    try snapshot.all(
      """
      SELECT what, party, happened_at, note FROM shop_booking_step
      WHERE booking_id = \(booking) AND community_id = \(community) ORDER BY sequence
      """
    ) { row in BookingStep(what: try row[0], party: try row[1], at: try row[2], note: try row[3]) }
  }

  package static func materials(
    of booking: BookingID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [VisitMaterial] {
    try snapshot.all(
      """
      SELECT position, name, amount, answer FROM shop_booking_material
      WHERE booking_id = \(booking) AND community_id = \(community) ORDER BY position
      """
    ) { row in
      VisitMaterial(position: try row[0], name: try row[1], amount: try row[2], answer: try row[3])
    }
  }

  /// What the order desk may do for a booking: place its one order, for whoever booked. Where a helper did, what the
  /// person confirmed is looked at in the same breath.
  static func ground(_ id: BookingID, in transaction: Transaction) throws -> OrderGround? {
    guard let booking = try find(id, in: transaction.community, transaction) else { return nil }
    var ground = OrderGround(
      person: booking.person, household: booking.household, campaign: booking.campaign,
      helper: booking.person, digest: nil, isOpen: booking.order == nil && booking.state == .requested)
    guard let id = booking.asked else { return ground }
    guard let asked = try AssistedOrderStore.ground(id, in: transaction), asked.person == booking.person
    else { return nil }
    ground.helper = asked.helper
    ground.isOpen = ground.isOpen && asked.isOpen
    ground.mandate = asked.mandate
    ground.confirmation = asked.confirmation
    return ground
  }

  // MARK: - Questions that people wait for, so that tests can see how they are answered

  static func ofHousehold(
    _ household: HouseholdID, before last: BookingID?, limit: Int, in community: CommunityID
  ) -> Query {
    """
    SELECT \(columns) FROM shop_booking WHERE community_id = \(community) AND household_id = \(household)
      AND id < \(last ?? BookingID(rawValue: .max)) ORDER BY id DESC LIMIT \(limit)
    """
  }

  static func waiting(of household: HouseholdID, in community: CommunityID) -> Query {
    """
    SELECT count(*) FROM shop_booking WHERE community_id = \(community) AND household_id = \(household)
      AND state = 'requested'
    """
  }

  static func ofMerchant(
    _ merchant: MerchantID, _ list: DeskList, from start: Timestamp, in community: CommunityID
  ) -> Query {
    """
    SELECT \(columns) FROM shop_booking WHERE community_id = \(community) AND merchant_id = \(merchant)
      AND starts_at >= \(start) AND \(list.condition)
    """
  }

  static func ofWorkers(
    _ workers: [WorkerID], from start: Timestamp, until end: Timestamp, in community: CommunityID
  ) -> Query {
    """
    SELECT \(columns) FROM shop_booking WHERE community_id = \(community) AND worker_id IN \(list: workers)
      AND starts_at >= \(start) AND starts_at < \(end) AND state IN ('accepted', 'on_the_way', 'arrived', 'done')
    ORDER BY starts_at, id
    """
  }

  /// A visit that has begun has no end of its own, so that an older one than this is found at the merchant's desk alone.
  static func unfinishedOf(
    _ workers: [WorkerID], before start: Timestamp, in community: CommunityID
  ) -> Query {
    """
    SELECT \(columns) FROM shop_booking WHERE community_id = \(community) AND worker_id IN \(list: workers)
      AND starts_at >= \(start - .days(31)) AND starts_at < \(start)
      AND (state IN ('accepted', 'on_the_way', 'arrived') OR (state = 'done' AND finished_at >= \(start)))
    ORDER BY starts_at, id
    """
  }

  static func ofOrder(_ order: OrderID, in community: CommunityID) -> Query {
    "SELECT \(columns) FROM shop_booking WHERE order_id = \(order) AND community_id = \(community)"
  }

  static func objectedTo(in community: CommunityID) -> Query {
    """
    SELECT \(columns) FROM shop_booking WHERE community_id = \(community) AND is_objected = 1
      AND EXISTS (
        SELECT 1 FROM shop_order AS placed
        WHERE placed.id = shop_booking.order_id AND placed.fulfilment IN ('placed', 'partly_collected'))
    ORDER BY id LIMIT 100
    """
  }

  // MARK: - Writing

  static func insert(_ booking: Booking, in transaction: Transaction) throws {
    var rows = Rows(
      into: "shop_booking", "id", "community_id", "service_id", "merchant_id", "worker_id", "household_id",
      "person_id", "campaign_id", "title_zh", "title_en", "place", "price_basis", "price", "cap",
      "answer_hours",
      "free_hours", "late_rate", "minutes", "buffer_minutes", "starts_at", "note", "requested_at",
      "answer_until",
      "state", "is_objected", "revision", "assisted_order_id")
    rows.append(values: [
      booking.id.storedValue, transaction.community.storedValue, booking.service.storedValue,
      booking.merchant.storedValue, booking.worker.storedValue, booking.household.storedValue,
      booking.person.storedValue, booking.campaign.storedValue, .text(booking.title.chinese),
      .text(booking.title.english), booking.place.storedValue, booking.price.basis.storedValue,
      booking.price.amount.storedValue, booking.price.cap.storedValue, .integer(booking.rules.answerHours),
      .integer(booking.rules.freeHours), booking.rules.lateRate.storedValue, .integer(booking.minutes),
      .integer(booking.bufferMinutes), booking.startsAt.storedValue, .text(booking.note),
      booking.requestedAt.storedValue, booking.answerUntil.storedValue, booking.state.storedValue,
      booking.isObjected.storedValue, .integer(booking.revision), booking.asked.storedValue,
    ])
    try transaction.insert(rows)
  }

  /// Writes everything that may change of a booking.
  static func update(_ booking: Booking, in transaction: Transaction) throws {
    let (proposal, outcome) = (booking.proposal, booking.outcome)
    try transaction.execute(
      """
      UPDATE shop_booking SET worker_id = \(booking.worker), order_id = \(booking.order),
        starts_at = \(booking.startsAt), state = \(booking.state), ended_by = \(booking.endedBy),
        is_objected = \(booking.isObjected), proposed_by = \(proposal?.by),
        proposed_worker_id = \(proposal?.worker), proposed_at = \(proposal?.startsAt),
        arrived_at = \(booking.arrivedAt), finished_at = \(outcome?.finishedAt),
        worked_minutes = \(outcome?.minutes), labour = \(outcome?.labour), material = \(outcome?.material),
        charged = \(outcome?.charged), after_note = \(outcome?.afterNote), revision = \(booking.revision)
      WHERE id = \(booking.id) AND community_id = \(transaction.community)
      """)
  }

  static func append(
    _ step: BookingStep, to booking: BookingID, by actor: PersonID?, in transaction: Transaction
  ) throws {
    let last: Int64 =
      try transaction.value(
        "SELECT coalesce(max(sequence), 0) FROM shop_booking_step WHERE booking_id = \(booking)") ?? 0
    try transaction.execute(
      """
      INSERT INTO shop_booking_step (booking_id, sequence, community_id, what, party, actor_id, happened_at, note)
      VALUES (\(booking), \(last + 1), \(transaction.community), \(step.what), \(step.party), \(actor), \(step.at),
        \(step.note))
      """)
  }

  static func insert(_ material: VisitMaterial, of booking: BookingID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO shop_booking_material (booking_id, position, community_id, name, amount, answer)
      VALUES (\(booking), \(material.position), \(transaction.community), \(material.name), \(material.amount),
        \(material.answer))
      """)
  }

  /// Writes the household's word on material that still waits for it.
  /// - Returns: whether it did wait.
  static func answer(
    _ answer: VisitMaterial.Answer, to position: Int64, of booking: BookingID, by person: PersonID,
    in transaction: Transaction
  ) throws -> Bool {
    try transaction.execute(
      """
      UPDATE shop_booking_material SET answer = \(answer), answered_by_id = \(person),
        answered_at = \(transaction.now)
      WHERE booking_id = \(booking) AND position = \(position) AND community_id = \(transaction.community)
        AND answer = 'waiting'
      """) == 1
  }
}

extension Booking {
  init(_ row: borrowing Row) throws {
    id = try row[0]
    service = try row[1]
    merchant = try row[2]
    worker = try row[3]
    household = try row[4]
    person = try row[5]
    campaign = try row[6]
    order = try row[7]
    title = Phrase(try row[8], try row[9])
    place = try row[10]
    price = ServicePrice(basis: try row[11], amount: try row[12], cap: try row[13])
    rules = VisitRules(answerHours: try row[14], freeHours: try row[15], lateRate: try row[16])
    minutes = try row[17]
    bufferMinutes = try row[18]
    startsAt = try row[19]
    note = try row[20]
    requestedAt = try row[21]
    answerUntil = try row[22]
    state = try row[23]
    endedBy = try row[24]
    isObjected = try row[25]
    if let by: Party = try row[26], let worker: WorkerID = try row[27], let at: Timestamp = try row[28] {
      proposal = Proposal(by: by, worker: worker, startsAt: at)
    } else {
      proposal = nil
    }
    arrivedAt = try row[29]
    if let finished: Timestamp = try row[30] {
      outcome = Outcome(
        finishedAt: finished, minutes: try row[31], labour: try row[32], material: try row[33],
        charged: try row[34], afterNote: try row[35])
    } else {
      outcome = nil
    }
    revision = try row[36]
    asked = try row[37]
  }
}
