import Database
import Kernel
import People

/// What the deletion of a person ends in the Shop before their rows go: what runs, or waits for an answer.
enum PersonErasureStore {
  /// - Parameter subject: with a household only where nobody else belongs to it any more.
  static func erase(
    _ subject: DataSubject, _ standingOrders: StandingOrderDesk, in transaction: Transaction
  ) throws {
    let actor = Actor(person: subject.person, role: .resident)
    try endStandingOrders(of: subject, standingOrders, by: actor, in: transaction)
    try endWaiting(of: subject, in: transaction)
    try endProxies(of: subject, by: actor, in: transaction)
    try leaveRounds(subject, in: transaction)
    try closeWorkers(of: subject, in: transaction)
    try forgetPictures(of: subject, in: transaction)
    try forgetShownReviews(of: subject, in: transaction)
  }

  /// A list stands on somebody's word: it ends with the person, even where a family goes on living there.
  private static func endStandingOrders(
    of subject: DataSubject, _ desk: StandingOrderDesk, by actor: Actor, in transaction: Transaction
  ) throws {
    let households: [HouseholdID] = try transaction.values(
      """
      SELECT household_id FROM shop_standing_order WHERE community_id = \(subject.community)
        AND ended_at IS NULL AND (person_id = \(subject.person) OR household_id = \(subject.household))
      ORDER BY id
      """)
    for household in households { try desk.end(household, by: actor, in: transaction) }
  }

  /// What waits for the word of somebody, where the person asked for it or it was asked for them.
  private static func endWaiting(of subject: DataSubject, in transaction: Transaction) throws {
    let asked: [AssistedOrderID] = try transaction.values(
      """
      SELECT id FROM shop_assisted_order WHERE community_id = \(subject.community) AND state = 'waiting'
        AND (person_id = \(subject.person) OR helper_id = \(subject.person)) ORDER BY id
      """)
    for id in asked {
      try AssistedOrderStore.end(id, as: .declined, order: nil, in: transaction)
      try VoidAssistedOrder.cancel(id, in: transaction)
    }
    let proposals: [StandingProposalID] = try transaction.values(
      """
      SELECT id FROM shop_standing_proposal WHERE community_id = \(subject.community) AND state = 'waiting'
        AND (person_id = \(subject.person) OR helper_id = \(subject.person)) ORDER BY id
      """)
    for id in proposals { try StandingProposalStore.end(id, as: .declined, in: transaction) }
  }

  private static func endProxies(
    of subject: DataSubject, by actor: Actor, in transaction: Transaction
  ) throws {
    let proxies: [PickupProxyID] = try transaction.values(
      """
      SELECT id FROM shop_pickup_proxy WHERE community_id = \(subject.community)
        AND state IN ('asked', 'accepted')
        AND (neighbour_id = \(subject.person) OR addressed_person_id = \(subject.person)
          OR household_id = \(subject.household) OR addressed_household_id = \(subject.household)) ORDER BY id
      """)
    for id in proxies { try PickupProxyStore.end(id, onWordBy: actor, in: transaction) }
  }

  /// A round that has not set out is walked by somebody else.
  private static func leaveRounds(_ subject: DataSubject, in transaction: Transaction) throws {
    let rounds: [RoundID] = try transaction.values(
      """
      SELECT id FROM shop_round WHERE community_id = \(subject.community) AND courier_id = \(subject.person)
        AND state = 'prepared' ORDER BY id
      """)
    for id in rounds { try RoundStore.setCourier(nil, of: id, in: transaction) }
  }

  private static func closeWorkers(of subject: DataSubject, in transaction: Transaction) throws {
    for var worker in try WorkerStore.list(ofPerson: subject.person, in: subject.community, transaction)
    where worker.closedAt == nil {
      worker.closedAt = transaction.now
      try WorkerStore.update(worker, in: transaction)
    }
  }

  /// Claims say themselves whether they have a picture, so that pages show no empty frame.
  private static func forgetPictures(of subject: DataSubject, in transaction: Transaction) throws {
    let claims: [ClaimID] = try transaction.values(
      """
      SELECT id FROM shop_claim WHERE community_id = \(subject.community) AND has_picture = 1
        AND reported_by_id = \(subject.person) ORDER BY id
      """)
    for id in claims { try ClaimStore.deletePicture(of: id, in: transaction) }
  }

  /// Pages keep reviews at hand, with their words.
  private static func forgetShownReviews(of subject: DataSubject, in transaction: Transaction) throws {
    let products: [ProductID] = try transaction.values(
      """
      SELECT DISTINCT product_id FROM shop_review WHERE community_id = \(subject.community)
        AND (leader_id = \(subject.person) OR id IN (\(AfterSalesPersonRows.reviews(of: subject))))
      """)
    for product in products { transaction.touch(.reviews(of: product)) }
  }
}
