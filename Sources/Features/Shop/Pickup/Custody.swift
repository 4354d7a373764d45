import Database
package import Kernel

/// One step of goods from lorry to hand: who gave how many pieces to whom. Records are only ever added.
package struct CustodyRecord: Sendable, Equatable {
  package let order: OrderID?
  package let step: Step
  package let from: Party
  package let to: Party
  /// Negative in a record that corrects an earlier one.
  package let pieces: Int64
  package let note: String
  package let recordedBy: PersonID
  package let recordedAt: Timestamp

  package enum Step: String, Sendable, CaseIterable, Storable {
    /// From a merchant to the leader.
    case arrived
    /// Surplus, from the leader to neighbours in need.
    case given
    /// Surplus that was spoiled.
    case wasted
    /// To a household, from the leader or from a courier. The record carries the identifier of its pickup.
    case handedOver = "handed_over"
    /// From the leader to a courier who brings it to the door. It is still the campaign's.
    case carriedOut = "carried_out"
    /// Back from the courier: nobody answered, it was not accepted, or the round was over.
    case carriedBack = "carried_back"

    package var name: Phrase {
      switch self {
      case .arrived: Phrase("到货", "Arrived")
      case .given: Phrase("多出的送人", "Surplus given away")
      case .wasted: Phrase("多出的处理掉", "Surplus thrown away")
      case .handedOver: Phrase("交到邻居手里", "Handed over")
      case .carriedOut: Phrase("交给送货人", "Taken along by the courier")
      case .carriedBack: Phrase("送货人带回", "Brought back by the courier")
      }
    }
  }

  /// Who holds the goods.
  package enum Party: Sendable, Hashable {
    case merchant(MerchantID)
    case leader(PersonID)
    case courier(PersonID)
    case household(HouseholdID)
    case charity
    case waste
    /// It left the pickup point and nobody knows with whom.
    case lost

    var stored: String {
      switch self {
      case .merchant(let id): "merchant:\(id)"
      case .leader(let id): "leader:\(id)"
      case .courier(let id): "courier:\(id)"
      case .household(let id): "household:\(id)"
      case .charity: "charity"
      case .waste: "waste"
      case .lost: "lost"
      }
    }

    init(stored text: String) throws {
      let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
      switch (parts.first, parts.count > 1 ? parts[1] : "") {
      case ("charity", ""): self = .charity
      case ("waste", ""): self = .waste
      case ("lost", ""): self = .lost
      case ("merchant", let id): self = .merchant(try Self.identifier(id))
      case ("leader", let id): self = .leader(try Self.identifier(id))
      case ("courier", let id): self = .courier(try Self.identifier(id))
      case ("household", let id): self = .household(try Self.identifier(id))
      default: throw DatabaseError.unexpectedValue("no party is called that")
      }
    }

    private static func identifier<Kind>(_ text: String) throws -> Identifier<Kind> {
      guard let identifier = Identifier<Kind>(text) else {
        throw DatabaseError.unexpectedValue("a party has no such identifier")
      }
      return identifier
    }
  }

  /// A record before it is written.
  struct Draft: Sendable, Equatable {
    let step: Step
    let from: Party
    let to: Party
    let pieces: Int64
    var note = ""
  }
}

extension CustodyRecord {
  /// The persons that it names.
  var people: [PersonID] {
    [from, to].compactMap { party in
      switch party {
      case .leader(let id), .courier(let id): id
      case .merchant, .household, .charity, .waste, .lost: nil
      }
    }
  }
}

/// How many pieces of a campaign came in, went out and should still be there.
package struct CustodyBalance: Sendable, Equatable {
  /// Counted off the lorry.
  package let arrived: Int64
  package let given: Int64
  package let wasted: Int64
  package let handedOver: Int64
  /// What the stock movements say is on hand.
  package let onHand: Int64

  /// What should still lie on the table.
  package var remaining: Int64 { arrived - given - wasted - handedOver }
  /// 0 when the two accounts agree; otherwise pieces that one of them does not explain.
  package var difference: Int64 { remaining - onHand }

  init(_ records: [CustodyRecord], onHand: Int64) {
    func sum(_ step: CustodyRecord.Step) -> Int64 {
      records.reduce(0) { $0 + ($1.step == step ? $1.pieces : 0) }
    }
    arrived = sum(.arrived)
    given = sum(.given)
    wasted = sum(.wasted)
    handedOver = sum(.handedOver)
    self.onHand = onHand
  }
}
