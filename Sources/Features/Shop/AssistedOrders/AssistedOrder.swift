import Database
package import Kernel
package import People

/// What a helper is to order, book, change or cancel for somebody, as it was read back to that person.
///
/// It is nothing until the person confirms it; what is not confirmed in time is void.
package struct AssistedOrder: Sendable, Equatable {
  package let id: AssistedOrderID
  /// Whose order it is.
  package let person: PersonID
  package let household: HouseholdID
  package let helper: PersonID
  /// In which role the helper acts.
  package let role: Role
  package let mandate: MandateID
  package var matter: Matter
  /// The digest of what is asked for.
  package var digest: [UInt8]
  /// What it would cost, as it was read back.
  package var total: Money
  package var state: State
  /// How the person said yes; nil while they have not.
  package let confirmation: ConfirmationWay?
  /// The order that it became, or is about; nil for a new one that is not placed.
  package var order: OrderID?
  package let draftedAt: Timestamp
  /// Until when it may be confirmed.
  package var expiresAt: Timestamp

  /// What is asked for.
  package enum Matter: Sendable, Equatable {
    /// Goods of a campaign.
    case goods(CampaignID, OrderRequest.Command)
    /// Somebody's visit at an agreed time.
    case visit(AssistedVisit)
  }

  package enum State: String, Sendable, CaseIterable, Storable {
    /// For the person's word.
    case waiting
    case placed
    /// The person said no, or the helper took it back.
    case declined
    /// Nobody confirmed it in time.
    case void

    package var name: Phrase {
      switch self {
      case .waiting: Phrase("等本人确认", "Waiting for the person's word")
      case .placed: Phrase("已确认，已下单", "Confirmed and ordered")
      case .declined: Phrase("不要了", "Declined")
      case .void: Phrase("没有确认，已作废", "Not confirmed, void")
      }
    }
  }

  /// Whether it may still be confirmed.
  package func isOpen(at now: Timestamp) -> Bool { state == .waiting && now < expiresAt }

  /// The campaign of the goods; nil for visits.
  package var campaign: CampaignID? {
    if case .goods(let campaign, _) = matter { campaign } else { nil }
  }

  /// What is asked of the order desk; nil for visits.
  package var command: OrderRequest.Command? {
    if case .goods(_, let command) = matter { command } else { nil }
  }

  /// The visit that is asked about; nil for goods.
  package var visit: AssistedVisit? {
    if case .visit(let visit) = matter { visit } else { nil }
  }
}

extension OrderRequest.Command {
  /// What a command does, as it is stored.
  enum Purpose: String, Sendable, CaseIterable, Storable {
    case place
    case change
    case cancel
  }

  var purpose: Purpose {
    switch self {
    case .place: .place
    case .change: .change
    case .cancel: .cancel
    }
  }

  /// The revision of the order that was seen; nil for a new order.
  var revision: Int64? {
    switch self {
    case .place: nil
    case .change(_, let revision, _, _), .cancel(_, let revision): revision
    }
  }

  var note: String {
    switch self {
    case .place(_, let note), .change(_, _, _, let note): note
    case .cancel: ""
    }
  }

  /// Nil where the parts do not belong together.
  init?(
    _ purpose: Purpose, _ order: OrderID?, revision: Int64?, _ wishes: [OrderRequest.Wish], note: String
  ) {
    switch (purpose, order, revision) {
    case (.place, _, _): self = .place(wishes, note: note)
    case (.change, let order?, let revision?):
      self = .change(order, revision: revision, wishes, note: note)
    case (.cancel, let order?, let revision?): self = .cancel(order, revision: revision)
    default: return nil
    }
  }
}
