import Database
import Kernel
import People
import Shop

/// One line of a past order that its household collected.
struct DemoPurchase: Sendable {
  let productKey: String
  /// Position in `DemoCommunity.households`.
  let household: Int
  let order: OrderID
  let item: CampaignItemID
  let collectedAt: Timestamp

  /// What was collected of goods that `DemoReviews` speaks of.
  static func all(
    in orders: [(demo: DemoOrder, placed: Order?)], of campaign: DemoCampaign, _ items: [CampaignItem]
  ) -> [DemoPurchase] {
    orders.flatMap { demo, placed -> [DemoPurchase] in
      guard let placed, let collectedAt = demo.collectedAt else { return [] }
      return demo.lines.compactMap { line in
        let key = campaign.template.items[line.item].product.key
        guard DemoReviews.productKeys.contains(key) else { return nil }
        return DemoPurchase(
          productKey: key, household: demo.household, order: placed.id, item: items[line.item].id,
          collectedAt: collectedAt)
      }
    }
  }
}

/// Lets households of the demo review what they collected, and merchants and the leader answer: through the rules that
/// people are under, at hours at which people write.
struct DemoReviewBuilder: Sendable {
  let builder: DemoBuilder
  let community: DemoCommunityIDs
  /// In the order of time.
  let bought: [DemoPurchase]

  /// A review on its way into the history.
  private struct Planned {
    let review: DemoReview
    let purchase: DemoPurchase
    let position: Int
    let writtenAt: Timestamp
    var random: DemoRandom
  }

  private struct Step {
    let at: Timestamp
    let review: Int
    /// Nil for the review itself.
    let voice: ReviewRemark.Voice?
  }

  private static let leaderKey = "lin-xiaoyun"
  private var database: Database { builder.switchboard.database }

  func write() async throws {
    let planned = try await plan()
    let steps = planned.enumerated().flatMap { number, review in self.steps(of: review, number: number) }
    for step in steps.filter({ $0.at < builder.now }).sorted(by: { ($0.at, $0.review) < ($1.at, $1.review) })
    {
      builder.clock.move(to: step.at)
      try await database.write(in: community.id) { transaction in
        try perform(step, planned[step.review], in: transaction)
      }
    }
    builder.tell("  \(planned.count) 条评价。 \(planned.count) reviews.")
  }

  /// Each review finds a line of its product that nobody has reviewed, and a time before the present.
  private func plan() async throws -> [Planned] {
    let byProduct = Dictionary(grouping: bought.filter(isNeighbours), by: \.productKey)
    return try await database.read { snapshot in
      var taken: Set<String> = []
      return try DemoReviews.all.compactMap { review in
        let candidates = byProduct[review.productKey] ?? []
        if candidates.isEmpty { return nil }
        var random = DemoRandom(key: "review/\(review.productKey)/\(review.text)")
        let start = random.integer(in: 0...(candidates.count - 1))
        let pause = Duration.minutes(Int64(random.integer(in: 120...3600)))
        for purchase in candidates[start...] + candidates[..<start] {
          let writtenAt = Self.awake(purchase.collectedAt + pause)
          guard writtenAt < builder.now, !taken.contains("\(purchase.order)/\(purchase.item)"),
            let position = try position(of: purchase, snapshot)
          else { continue }
          taken.insert("\(purchase.order)/\(purchase.item)")
          return Planned(
            review: review, purchase: purchase, position: position, writtenAt: writtenAt, random: random)
        }
        return nil
      }
    }
  }

  /// The leader's own household praises nobody.
  private func isNeighbours(_ purchase: DemoPurchase) -> Bool {
    DemoNeighbourhood.community.households[purchase.household].castKey != Self.leaderKey
  }

  /// Nil where the line came to nothing in a shortage.
  private func position(of purchase: DemoPurchase, _ snapshot: Snapshot) throws -> Int? {
    try OrderStore.find(purchase.order, in: community.id, snapshot)?.lines
      .first { $0.item == purchase.item && $0.collected > 0 }?.position
  }

  private func steps(of planned: Planned, number: Int) -> [Step] {
    var random = planned.random
    func after(_ moment: Timestamp, hours: ClosedRange<Int>) -> Timestamp {
      Self.awake(moment + .minutes(Int64(random.integer(in: hours.lowerBound * 60...hours.upperBound * 60))))
    }
    var steps = [Step(at: planned.writtenAt, review: number, voice: nil)]
    if planned.review.merchant != nil {
      steps.append(Step(at: after(planned.writtenAt, hours: 3...30), review: number, voice: .merchant))
    }
    if planned.review.leader != nil {
      steps.append(Step(at: after(planned.writtenAt, hours: 2...40), review: number, voice: .leader))
    }
    if planned.review.followUp != nil {
      steps.append(Step(at: after(planned.writtenAt, hours: 150...230), review: number, voice: .household))
    }
    return steps
  }

  /// Nobody writes between ten at night and seven in the morning.
  private static func awake(_ moment: Timestamp) -> Timestamp {
    let hour = CivilDateTime(moment, offsetSeconds: DemoNeighbourhood.offsetSeconds).hour
    return hour >= 22 || hour < 7 ? moment + .hours(9) : moment
  }

  private func perform(_ step: Step, _ planned: Planned, in transaction: Transaction) throws {
    let order = planned.purchase.order
    switch step.voice {
    case nil:
      let draft = ReviewDraft(planned.review.rating, try ReviewText(planned.review.text, by: .household))
      try ReviewStore.write(
        draft, at: planned.position, of: order, by: author(planned, transaction), in: transaction)
    case .household?:
      try ReviewStore.followUp(
        try ReviewText(planned.review.followUp ?? "", by: .household), at: planned.position, of: order,
        by: author(planned, transaction), in: transaction)
    case .merchant?, .leader?:
      try answer(step.voice, planned, in: transaction)
    }
  }

  private func answer(
    _ voice: ReviewRemark.Voice?, _ planned: Planned, in transaction: Transaction
  ) throws {
    let isMerchant = voice == .merchant
    let key = isMerchant ? planned.review.owner : Self.leaderKey
    guard
      let shown = try ReviewStore.find(
        planned.position, of: planned.purchase.order, in: community.id, transaction),
      let person = key.flatMap({ community.cast[$0] }),
      let answerer = ReviewAnswerer(
        person: person, roles: [isMerchant ? .merchant : .leader], merchants: [shown.review.merchant],
        of: shown.review)
    else { throw Problem.internalFault }
    let words = isMerchant ? planned.review.merchant : planned.review.leader
    try ReviewStore.answer(try ReviewText(words ?? "", by: answerer.voice), by: answerer, in: transaction)
  }

  private func author(_ planned: Planned, _ snapshot: Snapshot) throws -> ReviewAuthor {
    let household = community.households[planned.purchase.household]
    return ReviewAuthor(
      person: community.buyerIDs[planned.purchase.household], household: household,
      members: try builder.switchboard.people.directory.persons(of: household, in: community.id, snapshot))
  }
}
