import Database
import Kernel
import Web

/// What the order desk knows of goods held back for paper: a slip takes from what its own version holds first.
struct PaperHolds: Sendable {
  struct Key: Hashable, Sendable {
    let catalogue: PaperCatalogueID
    let item: CampaignItemID
  }

  /// The version that each slip belongs to.
  var catalogues: [PaperSlipID: PaperCatalogueID] = [:]
  /// What each version still holds.
  var left: [Key: Int64] = [:]
  /// What the batch has taken of it.
  private(set) var taken: [Key: Int64] = [:]

  /// What is held back for whoever asks on this ground.
  func left(of item: CampaignItemID, on authority: OrderAuthority) -> Int64 {
    key(item, authority).flatMap { left[$0] } ?? 0
  }

  /// Takes from what is held back, as far as it goes.
  /// - Returns: how many of the pieces were held back; the others are taken from what everyone can order.
  mutating func take(_ pieces: Int64, of item: CampaignItemID, on authority: OrderAuthority) -> Int64 {
    guard pieces > 0, let key = key(item, authority), let held = left[key], held > 0 else { return 0 }
    let part = min(held, pieces)
    left[key] = held - part
    taken[key, default: 0] += part
    return part
  }

  private func key(_ item: CampaignItemID, _ authority: OrderAuthority) -> Key? {
    guard case .slip(let slip) = authority, let catalogue = catalogues[slip] else { return nil }
    return Key(catalogue: catalogue, item: item)
  }
}

/// Returns to everyone what was held back for slips and not needed, exactly once: at the time that the version names, or
/// when the campaign closes or is called off, whichever comes first.
enum ReturnPaperHold {
  static let kind: StaticString = "shop.return_paper_hold"

  static let handler = JobHandler(kind) { transaction, job in
    guard case .string(let text)? = try JSON(Array(job.body.utf8))["catalogue"],
      let id = PaperCatalogueID(text)
    else { throw Problem.internalFault }
    guard let catalogue = try PaperCatalogueStore.find(id, in: transaction.community, transaction),
      catalogue.returnedAt == nil
    else { return }
    guard transaction.now >= catalogue.slipsUntil else { return try schedule(catalogue, in: transaction) }
    try giveBack(catalogue, in: transaction)
  }

  static func schedule(_ catalogue: PaperCatalogue, in transaction: Transaction) throws {
    try transaction.schedule(
      kind, key: catalogue.id.description, at: catalogue.slipsUntil,
      body: #"{"catalogue":"\#(catalogue.id)"}"#)
  }

  /// For a campaign that takes no more orders: nothing is held for anybody any more.
  static func returnAll(of campaign: Campaign, in transaction: Transaction) throws {
    for catalogue in try PaperCatalogueStore.list(of: campaign.id, in: campaign.community, transaction)
    where catalogue.returnedAt == nil {
      try giveBack(catalogue, in: transaction)
      try transaction.cancelJob(kind, key: catalogue.id.description)
    }
  }

  private static func giveBack(_ catalogue: PaperCatalogue, in transaction: Transaction) throws {
    guard try PaperHoldStore.markReturned(catalogue.id, in: transaction) else { return }
    let held = try PaperHoldStore.held(by: catalogue.id, in: transaction)
    var levels = try StockStore.levels(of: held.map(\.item), in: transaction)
    var movements: [StockMovement] = []
    for entry in held {
      guard let level = levels[entry.item]?.holding(-entry.units) else { throw Problem.internalFault }
      levels[entry.item] = level
      movements.append(
        StockMovement(
          item: entry.item, reason: .returned, order: nil, onHandChange: 0, promisedChange: 0, level: level,
          actor: catalogue.printedBy, heldChange: -entry.units))
    }
    try StockStore.append(movements, in: transaction)
    try transaction.publish(
      "shop.paper_hold_returned", subject: catalogue.id.rawValue,
      body: #"{"campaign":"\#(catalogue.campaign)","pieces":\#(held.reduce(0) { $0 + $1.units })}"#)
    transaction.touch(.campaignStock(catalogue.campaign))
  }
}
