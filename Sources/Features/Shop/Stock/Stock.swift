import Database
package import Kernel

/// How much of an item there is and how much of it is promised.
package struct StockLevel: Sendable, Equatable {
  /// The sequence number of the movement that led here; 0 before the first.
  package let sequence: Int64
  package let kind: StockKind
  /// Units set aside for this campaign; meaningless for goods on demand until they arrive.
  package let onHand: Int64
  /// Units that orders hold.
  package let promised: Int64
  /// Units held back for slips on paper; nobody else can order them until they are returned.
  package let held: Int64

  package init(sequence: Int64 = 0, kind: StockKind, onHand: Int64 = 0, promised: Int64 = 0, held: Int64 = 0)
  {
    self.sequence = sequence
    self.kind = kind
    self.onHand = onHand
    self.promised = promised
    self.held = held
  }

  /// Units that everyone can still order; nil where there is no limit.
  package var left: Int64? {
    kind == .limited ? max(0, onHand - promised - held) : nil
  }

  /// - Parameter taken: how many of them were held back for paper before.
  func promising(_ change: Int64, fromHeld taken: Int64 = 0) -> StockLevel {
    StockLevel(
      sequence: sequence + 1, kind: kind, onHand: onHand, promised: promised + change, held: held - taken)
  }

  func stocking(_ change: Int64) -> StockLevel {
    StockLevel(sequence: sequence + 1, kind: kind, onHand: onHand + change, promised: promised, held: held)
  }

  func holding(_ change: Int64) -> StockLevel {
    StockLevel(sequence: sequence + 1, kind: kind, onHand: onHand, promised: promised, held: held + change)
  }
}

/// One change of an item's stock. Movements are only ever added; the level is what the last one says, and the sum of
/// all changes must give the same.
package struct StockMovement: Sendable, Equatable {
  package let item: CampaignItemID
  package let reason: Reason
  package let order: OrderID?
  package let onHandChange: Int64
  package let promisedChange: Int64
  /// The level after this movement.
  package let level: StockLevel
  package let actor: PersonID
  package var heldChange: Int64 = 0

  package enum Reason: String, Sendable, CaseIterable, Storable {
    /// The leader set units aside for the campaign, or corrected their number.
    case set
    case ordered
    case changed
    case cancelled
    /// The campaign failed or was called off.
    case released
    /// The close rounded what orders hold to whole cases.
    case cases
    /// What came differs from what was set aside.
    case arrival
    /// Handed over: it is neither on hand nor promised any more.
    case collected
    /// Held back for slips on paper.
    case held
    /// Held back for paper and not needed: everyone can order it again.
    case returned
  }
}
