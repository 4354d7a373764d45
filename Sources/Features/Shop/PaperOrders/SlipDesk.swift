package import Database
package import Kernel
package import People

/// Where slips become orders: one slip, one order, whoever keys it and however often.
package struct SlipDesk: Sendable {
  let books: Bookkeeping
  let directory: Directory

  package init(books: Bookkeeping, directory: Directory) {
    self.books = books
    self.directory = directory
  }

  /// Keys one slip: the order is placed and the slip is used in the same change, or neither.
  ///
  /// - Parameters:
  ///   - code: as it stands on the slip.
  ///   - campaign: where somebody keys the slips of one campaign alone; nil for any.
  ///   - roles: of the person who keys.
  /// - Returns: a conflict that names the slip as unknown where there is none, or none that the person may key.
  package func key(
    _ code: SlipCode, _ reading: SlipReading, in campaign: CampaignID? = nil, by person: PersonID,
    roles: Set<Role>, transaction: Transaction
  ) throws -> SlipOutcome {
    guard let slip = try PaperSlipStore.find(code, in: transaction.community, transaction),
      campaign == nil || campaign == slip.campaign,
      let found = try CampaignStore.find(slip.campaign, in: transaction.community, transaction),
      let keyer = SlipKeyer(person: person, roles: roles, leader: found.leader)
    else { return .conflict([SlipConflict(.unknownSlip, subject: code.description)]) }
    return try key(slip, reading, of: found, by: keyer, in: transaction)
  }

  private func key(
    _ slip: PaperSlip, _ reading: SlipReading, of campaign: Campaign, by keyer: SlipKeyer,
    in transaction: Transaction
  ) throws -> SlipOutcome {
    guard let catalogue = try PaperCatalogueStore.find(slip.catalogue, in: transaction.community, transaction)
    else { throw Problem.internalFault }
    let sheet = try PaperCatalogueStore.sheet(catalogue, of: campaign, transaction)
    if let keyed = slip.keyed {
      return .already(keyed, isSame: try isSame(reading, sheet, as: keyed.order, transaction))
    }
    if campaign.phase(at: transaction.now) != .open, campaign.phase(at: transaction.now) != .upcoming {
      return .conflict([SlipConflict(.late, subject: slip.code.description)])
    }
    guard
      try directory.household(of: slip.person, in: transaction.community, transaction) == slip.household
    else { return .conflict([SlipConflict(.moved, subject: slip.code.description)]) }
    let conflicts = try sheet.conflicts(with: reading)
    guard conflicts.isEmpty else { return .conflict(conflicts) }
    do {
      let order = try transaction.nested {
        try place(try request(for: slip, reading, sheet, by: keyer, in: transaction.community), transaction)
      }
      try finish(slip, order, by: keyer, in: transaction)
      return .placed(order)
    } catch let problem as Problem where problem.status < 500 {
      return .conflict(Self.refusals(problem))
    }
  }

  /// Whether a reading names what was ordered when the slip was keyed.
  private func isSame(
    _ reading: SlipReading, _ sheet: PaperSheet, as order: OrderID, _ transaction: Transaction
  ) throws -> Bool {
    let ordered = try OrderStore.find(order, in: transaction.community, transaction)?.lines ?? []
    var rest: [CampaignItemID: Int64] = [:]
    for line in ordered { rest[line.item, default: 0] += line.placedQuantity }
    for line in reading.lines {
      guard let item = sheet.item(line.code) else { return false }
      rest[item.id, default: 0] -= line.quantity
    }
    return rest.values.allSatisfy { $0 == 0 }
  }

  /// A refusal is thrown, so that nothing of it stays.
  private func place(_ request: OrderRequest, _ transaction: Transaction) throws -> Order {
    guard
      let answer = try OrderDesk.decide([request], books, .people(directory), in: transaction).first
    else { throw Problem.internalFault }
    return try answer.get().order
  }

  private func request(
    for slip: PaperSlip, _ reading: SlipReading, _ sheet: PaperSheet, by keyer: SlipKeyer,
    in community: CommunityID
  ) throws -> OrderRequest {
    let wishes = try reading.lines.map { line in
      guard let item = sheet.item(line.code) else { throw Problem.notFound }
      return OrderRequest.Wish(item: item.id, quantity: line.quantity)
    }
    return try OrderRequest(
      community: community, campaign: slip.campaign, person: slip.person, household: slip.household,
      actor: keyer.person, role: keyer.role, authority: .slip(slip.id), key: "paper-slip-\(slip.id)",
      command: .place(wishes, note: reading.note))
  }

  private func finish(
    _ slip: PaperSlip, _ order: Order, by keyer: SlipKeyer, in transaction: Transaction
  ) throws {
    try PaperSlipStore.markKeyed(slip.id, as: order, by: keyer.person, in: transaction)
    try transaction.publish(
      "shop.slip_keyed", subject: slip.id.rawValue,
      body: #"{"campaign":"\#(slip.campaign)","order":"\#(order.id)"}"#)
    try transaction.audit(
      AuditEntry(
        actor: keyer.person, role: keyer.role, onBehalfOf: slip.person, action: "shop.slip_key",
        object: slip.id.rawValue, detailDigest: order.requestDigest))
  }

  /// The desk's own words, line by line where it names lines.
  private static func refusals(_ problem: Problem) -> [SlipConflict] {
    problem.fields.isEmpty
      ? [SlipConflict(.refused, name: problem.title)]
      : problem.fields.map { SlipConflict(.refused, name: $0.message) }
  }
}
