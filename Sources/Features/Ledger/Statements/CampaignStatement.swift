package import Kernel

/// One campaign's money on one page: what came in, what went back, what the goods were worth, and who has which part. Each
/// figure is a sum of entries, and the two equations that tie them together are checked before it is shown.
package struct CampaignStatement: Sendable, Equatable {
  /// One party's part.
  package struct Part: Sendable, Equatable {
    package let party: Party
    /// For goods that were handed over.
    package var earned: Money
    /// Taken back for goods that came back or weighed less; not negative.
    package var takenBack: Money

    package var net: Money {
      Money(minorUnits: earned.minorUnits - takenBack.minorUnits, currency: earned.currency)
    }
  }

  /// One order's line of the statement.
  package struct Order: Sendable, Equatable {
    package let order: OrderID
    package var received = Money.zero
    package var refunded = Money.zero
    /// Promised back and not paid yet.
    package var refundDue = Money.zero
    /// What the goods are worth that the household keeps.
    package var goods = Money.zero
    /// Paid, and the goods are still to come.
    package var held = Money.zero
    /// Handed over and not paid.
    package var owed = Money.zero
  }

  package private(set) var parts: [Part] = []
  package private(set) var orders: [Order] = []
  package private(set) var receivedBy: [PaymentChannel: Money] = [:]
  package private(set) var isMatured = false

  package var received: Money { sum(\.received) }
  package var refunded: Money { sum(\.refunded) }
  package var refundDue: Money { sum(\.refundDue) }
  package var goods: Money { sum(\.goods) }
  package var held: Money { sum(\.held) }
  package var owed: Money { sum(\.owed) }

  /// Whether everything adds up: the parts are the goods, and what came in is goods, refunds and what is held, less what is
  /// owed. The books cannot be written otherwise; a statement that does not add up must not be handed out.
  package var addsUp: Bool {
    let parts = parts.reduce(0) { $0 + $1.net.minorUnits }
    return parts == goods.minorUnits && orders.allSatisfy(\.addsUp)
  }

  private func sum(_ figure: KeyPath<Order, Money>) -> Money {
    Money(minorUnits: orders.reduce(0) { $0 + $1[keyPath: figure].minorUnits })
  }

  /// - Parameter journals: all of the campaign's.
  /// - Throws: `money.overflow`.
  package init(_ journals: [PostedJournal]) throws {
    var parts: [Party: Part] = [:]
    var orders: [OrderID: Order] = [:]
    for journal in journals.map(\.journal) {
      if journal.kind == .matured { isMatured = true }
      for entry in journal.entries {
        switch entry.account.party {
        case .order(let id): try orders[id, default: Order(order: id)].add(entry, of: journal.kind)
        default: break
        }
        guard journal.kind != .matured, [.earned, .payable].contains(entry.account.kind) else { continue }
        var part =
          parts[entry.account.party] ?? Part(party: entry.account.party, earned: .zero, takenBack: .zero)
        if entry.amount < .zero {
          part.earned = try part.earned.subtracting(entry.amount)
        } else {
          part.takenBack = try part.takenBack.adding(entry.amount)
        }
        parts[entry.account.party] = part
      }
      if journal.kind == .payment, let place = journal.entries.first(where: { $0.amount > .zero }) {
        let channel = PaymentChannel(of: place.account)
        receivedBy[channel] = try (receivedBy[channel] ?? .zero).adding(place.amount)
      }
    }
    self.parts = parts.values.sorted { $0.party < $1.party }
    self.orders = orders.values.sorted { $0.order < $1.order }
  }
}

extension CampaignStatement.Order {
  package var addsUp: Bool {
    received.minorUnits
      == goods.minorUnits + refunded.minorUnits + refundDue.minorUnits + held.minorUnits - owed.minorUnits
  }

  fileprivate mutating func add(_ entry: Journal.Entry, of kind: Journal.Kind) throws {
    switch entry.account.kind {
    case .orderDeposit: held = try held.subtracting(entry.amount)
    case .orderReceivable: owed = try owed.adding(entry.amount)
    case .refundDue: refundDue = try refundDue.subtracting(entry.amount)
    default: return
    }
    switch (kind, entry.account.kind) {
    case (.payment, _): received = try received.subtracting(entry.amount)
    case (.sale, _): goods = try goods.adding(entry.amount)
    case (.refundPaid, .refundDue): refunded = try refunded.adding(entry.amount)
    default: break
    }
  }
}

extension PaymentChannel {
  /// The way by which money came into this account.
  init(of account: Account) {
    self =
      switch (account.kind, account.party) {
      case (.gatewayClearing, .gateway(let channel)): channel
      case (.voucher, _): .voucher
      case (.bank, _): .bankTransfer
      default: .cash
      }
  }
}

extension Party: Comparable {
  /// Merchants first, the community last, as they stand on statements.
  private var rank: Int {
    switch self {
    case .order: 0
    case .merchant: 1
    case .person: 2
    case .fund: 3
    case .voucher: 4
    case .gateway: 5
    case .community: 6
    }
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.rank, left.stored.id) < (right.rank, right.stored.id)
  }
}
