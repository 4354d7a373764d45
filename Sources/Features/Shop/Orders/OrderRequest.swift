import Database
package import Kernel
import Security

/// What somebody asks of the order desk.
///
/// A class, though it never changes, so that the desk's queue and batches hand on one reference and not ten fields.
package final class OrderRequest: Sendable {
  package let community: CommunityID
  package let campaign: CampaignID
  /// Whose order it is, and the household that it counts for.
  package let person: PersonID
  package let household: HouseholdID
  /// Who asks, and in which role.
  package let actor: PersonID
  package let role: Role
  /// The client's key, 16–64 visible characters: the same key twice is one order.
  package let key: String
  /// On what ground the actor asks.
  package let authority: OrderAuthority
  package let command: Command
  /// SHA-256 of the command in one fixed form: tells a repeat from another request under the same key.
  package let digest: [UInt8]

  package enum Command: Sendable, Equatable {
    /// A new order. Lines of the same item are one line.
    case place([Wish], note: String)
    /// The order shall hold exactly these lines, seen at this revision.
    case change(OrderID, revision: Int64, [Wish], note: String)
    case cancel(OrderID, revision: Int64)
  }

  /// So many of an item.
  package struct Wish: Sendable, Equatable {
    package let item: CampaignItemID
    package let quantity: Int64
    /// Pieces more that the household would take to fill a case; 0 for goods that are sold by the piece.
    package let tolerance: Int64

    package init(item: CampaignItemID, quantity: Int64, tolerance: Int64 = 0) {
      self.item = item
      self.quantity = quantity
      self.tolerance = tolerance
    }
  }

  /// - Throws: `form.invalid` naming the field when a quantity is out of range, nothing is wished for, or there is
  ///   too much; `idempotency.key` when the key has another form.
  package init(
    community: CommunityID, campaign: CampaignID, person: PersonID, household: HouseholdID, actor: PersonID,
    role: Role, authority: OrderAuthority = .household, key: String, command: Command
  ) throws {
    guard IdempotencyKey.isUsable(key) else { throw Problem.idempotencyKeyUnusable }
    self.community = community
    self.campaign = campaign
    self.person = person
    self.household = household
    self.actor = actor
    self.role = role
    self.key = key
    self.authority = authority
    self.command = try Self.normalised(command)
    digest = Self.digest(campaign, household, self.command)
  }

  /// Sums lines of one item and sorts them, so that the same wish always reads the same.
  private static func normalised(_ command: Command) throws -> Command {
    switch command {
    case .place(let wishes, let note): .place(try merged(wishes), note: try checked(note))
    case .change(let order, let revision, let wishes, let note):
      .change(order, revision: revision, try merged(wishes), note: try checked(note))
    case .cancel: command
    }
  }

  private static func merged(_ wishes: [Wish]) throws -> [Wish] {
    var merged: [Wish] = []
    merged.reserveCapacity(wishes.count)
    let inOrder = wishes.indices.sorted { (wishes[$0].item, $0) < (wishes[$1].item, $1) }
    for index in inOrder {
      var wish = wishes[index]
      let before = merged.last.flatMap { $0.item == wish.item ? $0 : nil }
      guard (1...Order.quantityLimit).contains(wish.quantity),
        wish.quantity <= Order.quantityLimit - (before?.quantity ?? 0)
      else {
        throw Problem.invalid([
          FieldProblem(
            "lines[\(index)].quantity",
            Phrase("数量请填 1 到 \(Order.quantityLimit)。", "The quantity must be 1 to \(Order.quantityLimit)."))
        ])
      }
      if let before {
        merged.removeLast()
        wish = try wish.merged(with: before, at: index)
      }
      try wish.checkTolerance(at: index)
      merged.append(wish)
    }
    guard (1...Order.lineLimit).contains(merged.count) else {
      throw Problem.invalid([
        FieldProblem(
          "lines",
          merged.isEmpty
            ? Phrase("请至少选一样商品。", "Choose at least one item.")
            : Phrase("一单最多 \(Order.lineLimit) 样商品。", "An order has at most \(Order.lineLimit) items."))
      ])
    }
    return merged
  }

  private static func checked(_ note: String) throws -> String {
    guard note.count <= 200 else {
      throw Problem.invalid([
        FieldProblem("note", Phrase("备注最多 200 字。", "The note may have at most 200 characters."))
      ])
    }
    return note
  }

  private static func digest(
    _ campaign: CampaignID, _ household: HouseholdID, _ command: Command
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(128)
    func add(_ number: Int64) {
      withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
    func add(_ wishes: [Wish], _ note: String) {
      for wish in wishes {
        add(wish.item.rawValue)
        add(wish.quantity)
        // Below zero, as neither an item nor a note begins; nothing where there is none, so that keys of before stay good.
        if wish.tolerance != 0 { add(-wish.tolerance) }
      }
      bytes.append(contentsOf: note.utf8)
    }
    add(campaign.rawValue)
    add(household.rawValue)
    switch command {
    case .place(let wishes, let note):
      add(1)
      add(wishes, note)
    case .change(let order, let revision, let wishes, let note):
      add(2)
      add(order.rawValue)
      add(revision)
      add(wishes, note)
    case .cancel(let order, let revision):
      add(3)
      add(order.rawValue)
      add(revision)
    }
    return Digest(of: bytes).bytes
  }
}

/// What the desk answers once its decision is on disk. A class for the same reason as the request.
package final class OrderAnswer: Sendable {
  package let order: Order
  /// Whether the same request was answered before, and nothing happened now.
  package let isRepeated: Bool

  init(order: Order, isRepeated: Bool) {
    self.order = order
    self.isRepeated = isRepeated
  }
}
