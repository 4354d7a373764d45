package import Kernel

/// What one party has a part in: still in the return window, payable, and by campaign.
package struct PartyAccount: Sendable, Equatable {
  package let party: Party
  /// Of campaigns whose goods may still be returned, by campaign.
  package var earned: [CampaignID: Money]
  /// Matured, less what was paid out and what was taken back; negative where more was taken back than is left, which the
  /// next campaign pays first.
  package var payable: Money

  package init(_ party: Party, earned: [CampaignID: Money] = [:], payable: Money = .zero) {
    self.party = party
    self.earned = earned
    self.payable = payable
  }

  package var frozen: Money { Money(minorUnits: earned.values.reduce(0) { $0 + $1.minorUnits }) }

  var isEmpty: Bool { payable == .zero && earned.values.allSatisfy { $0 == .zero } }
}

/// One movement on a party's account, as its statement shows it.
package struct PartyMovement: Sendable, Equatable {
  package let journal: JournalID
  package let kind: Journal.Kind
  package let source: Journal.Source.Kind
  package let at: Timestamp
  package let campaign: CampaignID?
  /// The order whose goods it comes from, where it comes from goods.
  package let order: OrderID?
  /// What the goods were worth, of which this is the part; nil for payouts.
  package let goods: Money?
  /// Positive for what the party earned, negative for what was taken back or paid out.
  package let amount: Money
}

extension PartyMovement {
  /// What happened, as the party reads it: goods change hands for several reasons.
  package var name: Phrase {
    if kind == .fundReceived { return Phrase("归入专项资金", "Put into the fund") }
    guard kind == .sale else { return kind.name }
    return switch source {
    case .afterSales: Phrase("售后扣回", "After-sales")
    case .weighing: Phrase("称重后补记", "Weighed, and agreed to")
    case .order: Phrase("付了没来取", "Paid for and not fetched")
    default: kind.name
    }
  }
}
