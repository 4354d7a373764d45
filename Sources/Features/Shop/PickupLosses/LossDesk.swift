package import Database
package import Kernel
package import People
import Web

/// Where bags that are not there are reported and looked for: each step is one transaction, up to the claim that follows
/// when a bag stays lost.
package struct LossDesk: Sendable {
  let directory: Directory
  let books: Bookkeeping
  let claims: ClaimDesk

  package init(directory: Directory, books: Bookkeeping) {
    self.directory = directory
    self.books = books
    claims = ClaimDesk(directory: directory, books: books)
  }

  /// A household says that its bag is not there, wherever the books have it. While one report is open, saying it again is
  /// the same report.
  /// - Throws: `not_found` for every order but the household's own, `loss.too_early`, `loss.nothing_there`,
  ///   `loss.not_fetched`, `claim.too_late`.
  package func report(
    _ id: OrderID, household: HouseholdID, by person: PersonID, in transaction: Transaction
  ) throws -> LossReport {
    let community = transaction.community
    guard let order = try OrderStore.find(id, in: community, transaction), order.household == household,
      let campaign = try CampaignStore.find(order.campaign, in: community, transaction)
    else { throw Problem.notFound }
    if let open = try LossStore.reports(of: id, in: community, transaction).last, open.state.isOpen {
      return open
    }
    try LossRules.check(order, campaign, now: transaction.now)
    let report = LossReport(
      id: transaction.newIdentifier(), order: id, campaign: order.campaign, point: campaign.pickupPoint,
      household: household, reportedBy: person, reportedAt: transaction.now, state: .reported,
      dueAt: transaction.now + LossReport.answerTime, foundAt: "", mistakenOrder: nil, sequence: 1)
    try LossStore.insert(report, in: transaction)
    try PassOnLoss.schedule(report, in: transaction)
    try transaction.audit(
      AuditEntry(
        actor: person, role: .resident, onBehalfOf: person == order.person ? nil : order.person,
        action: "shop.loss_report", object: report.id.rawValue))
    try transaction.publish(
      "shop.loss_reported", subject: report.id.rawValue,
      body: #"{"order":"\#(id)","campaign":"\#(order.campaign)"}"#)
    return report
  }

  /// Whoever runs the campaign says how the search stands.
  /// - Throws: `not_found`, `loss.own_bag`, `loss.stale`, `loss.closed`, `pickup.with_courier` for a bag that is on its way
  ///   and so not lost, `form.invalid` naming `where` or `number`.
  package func answer(
    _ id: LossReportID, _ outcome: LossOutcome, seen: Int64, by person: PersonID, roles: Set<Role>,
    in transaction: Transaction
  ) throws -> LossReport {
    let community = transaction.community
    guard let report = try LossStore.find(id, in: community, transaction),
      let campaign = try CampaignStore.find(report.campaign, in: community, transaction),
      let actor = CampaignActor(person: person, roles: roles, leader: campaign.leader)
    else { throw Problem.notFound }
    if try directory.household(of: person, in: community, transaction) == report.household {
      throw Problem.lossOwnBag
    }
    guard report.sequence == seen else {
      throw report.state.isOpen ? Problem.lossStale : .lossClosed(report.state)
    }
    return try write(outcome, of: report, campaign, by: actor, isByItself: false, in: transaction)
  }

  /// - Parameter isByItself: whether nobody said so and the time ran out.
  func write(
    _ outcome: LossOutcome, of report: LossReport, _ campaign: Campaign, by actor: CampaignActor,
    isByItself: Bool, in transaction: Transaction
  ) throws -> LossReport {
    var other: Order?
    if case .mistaken(let number) = outcome {
      other = try OrderStore.find(
        number: number, ofCampaign: campaign.id, in: transaction.community, transaction)
    }
    let after = try LossRules.after(outcome, of: report, other: other)
    if after.state == .lost, try RoundStore.isUnderWay(after.order, in: transaction.community, transaction) {
      throw Problem.bagsAreUnderWay
    }
    try LossStore.update(after, by: isByItself ? nil : actor.person, in: transaction)
    if after.state == .lost { try goOn(after, campaign, by: actor, in: transaction) }
    if !after.state.isOpen { try PassOnLoss.cancel(after, in: transaction) }
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, action: "shop.loss_answer", object: after.id.rawValue,
        purpose: isByItself ? "\(after.state.rawValue), out of time" : after.state.rawValue))
    try transaction.publish(
      "shop.loss_changed", subject: after.id.rawValue,
      body: #"{"order":"\#(after.order)","state":"\#(after.state.rawValue)"}"#)
    return after
  }

  /// The goods leave the leader's hands, and after-sales takes over with what is known already.
  private func goOn(
    _ report: LossReport, _ campaign: Campaign, by actor: CampaignActor, in transaction: Transaction
  ) throws {
    let community = transaction.community
    if campaign.phase(at: transaction.now) == .pickup {
      try HandoverWriter(books: books).lose(report.order, campaign, by: actor, in: transaction)
    }
    guard let order = try OrderStore.find(report.order, in: community, transaction) else {
      throw Problem.internalFault
    }
    let lost = try PickupStore.lost(of: order.id, in: community, transaction)
    let known = try ClaimStore.claims(of: order.id, in: community, transaction)
    for (position, pieces) in LossRules.missing(order, lost: lost, known) {
      _ = try claims.report(
        ClaimReport(order: order.id, position: position, fault: .missing, pieces: pieces), picture: nil,
        key: "loss-\(report.id)-\(position)", household: report.household, by: report.reportedBy,
        told: report.reportedAt, in: transaction)
    }
  }
}

/// What happens to a report by itself: when nobody said what became of the bag in time, it counts as lost.
enum PassOnLoss {
  static let kind: StaticString = "shop.pass_on_loss"

  static func handler(_ desk: LossDesk) -> JobHandler {
    JobHandler(kind) { transaction, job in
      guard case .string(let text)? = try JSON(Array(job.body.utf8))["report"],
        let id = LossReportID(text),
        let report = try LossStore.find(id, in: transaction.community, transaction), report.state.isOpen,
        let campaign = try CampaignStore.find(report.campaign, in: transaction.community, transaction),
        let actor = CampaignActor(person: campaign.leader, roles: [.leader], leader: campaign.leader)
      else { return }
      guard transaction.now >= report.dueAt else { return try schedule(report, in: transaction) }
      if try RoundStore.isUnderWay(report.order, in: transaction.community, transaction) {
        return try schedule(report, at: transaction.now + courierTime, in: transaction)
      }
      _ = try desk.write(.lost, of: report, campaign, by: actor, isByItself: true, in: transaction)
    }
  }

  /// After how long a bag that is with a courier is looked at again.
  private static let courierTime = Duration.hours(1)

  /// - Parameter time: nil for when the answer is due.
  static func schedule(
    _ report: LossReport, at time: Timestamp? = nil, in transaction: Transaction
  ) throws {
    try transaction.schedule(
      kind, key: report.id.description, at: time ?? report.dueAt, body: #"{"report":"\#(report.id)"}"#)
  }

  static func cancel(_ report: LossReport, in transaction: Transaction) throws {
    try transaction.cancelJob(kind, key: report.id.description)
  }
}
