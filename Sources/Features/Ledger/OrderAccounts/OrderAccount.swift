package import Kernel

/// How one order stands in the books: what was paid ahead of the goods, what goods went out ahead of the money, and what
/// was promised back. None of the three can be negative, so no more is refunded than was paid.
package struct OrderAccount: Sendable, Equatable {
  package let order: OrderID
  package let campaign: CampaignID
  /// Paid, and the goods are not handed over yet.
  package var deposit: Money
  /// Handed over, and not paid yet.
  package var receivable: Money
  /// Promised back to the household and not paid out yet.
  package var refundDue: Money

  package init(
    _ order: OrderID, campaign: CampaignID, deposit: Money = .zero, receivable: Money = .zero,
    refundDue: Money = .zero
  ) {
    self.order = order
    self.campaign = campaign
    self.deposit = deposit
    self.receivable = receivable
    self.refundDue = refundDue
  }

  /// Money for the order: what is owed is paid first, the rest is held until the goods go out.
  func credit(_ amount: Money) throws -> [Journal.Entry] {
    let paid = min(amount, receivable)
    return [
      Journal.Entry(Account(.orderReceivable, .order(order)), try Money.zero.subtracting(paid)),
      Journal.Entry(Account(.orderDeposit, .order(order)), try paid.subtracting(amount)),
    ]
  }

  /// Goods of the order: what was paid ahead is used first, the rest is owed.
  func debit(_ amount: Money) throws -> [Journal.Entry] {
    let held = min(amount, deposit)
    return [
      Journal.Entry(Account(.orderDeposit, .order(order)), held),
      Journal.Entry(Account(.orderReceivable, .order(order)), try amount.subtracting(held)),
    ]
  }
}

/// Who has a part in what one campaign sells, as it was promised when the order was placed. What is left belongs to the
/// merchant. There is one level only: nobody earns on somebody else's earnings.
package struct SaleTerms: Sendable {
  package var leader: PersonID
  package var carrier: (person: PersonID, rate: Rate)?
  package var fund: (fund: FundID, rate: Rate)?
  package var platform: Rate

  package init(
    leader: PersonID, carrier: (person: PersonID, rate: Rate)? = nil, fund: (fund: FundID, rate: Rate)? = nil,
    platform: Rate = .none
  ) {
    self.leader = leader
    self.carrier = carrier
    self.fund = fund
    self.platform = platform
  }

  /// The parts of a line that is worth so much; they sum to it. Each is the exact share but for less than one fen.
  ///
  /// Source: largest remainder, field/reliability.md §3.11; the missing fen go to the merchant first.
  package func parts(of amount: Money, merchant: MerchantID, leaderRate: Rate) throws -> [(
    party: Party, amount: Money
  )] {
    var shares: [(party: Party, weight: Int64)] = [(.person(leader), leaderRate.basisPoints)]
    if let carrier { shares.append((.person(carrier.person), carrier.rate.basisPoints)) }
    if let fund { shares.append((.fund(fund.fund), fund.rate.basisPoints)) }
    shares.append((.community, platform.basisPoints))
    let given = shares.reduce(0) { $0 + $1.weight }
    guard given <= Rate.whole else { throw Problem.ratesTooHigh }
    shares.insert((.merchant(merchant), Rate.whole - given), at: 0)
    let amounts = LargestRemainder.split(amount.minorUnits, by: shares.map(\.weight))
    return zip(shares, amounts).map { ($0.party, Money(minorUnits: $1, currency: amount.currency)) }
  }
}

/// A change of what one order has received: goods went out, came back, or turned out to weigh something else.
package struct Sale: Sendable {
  /// A line before and after the change. Parts are taken of the whole and then compared, so that returning everything, in
  /// whatever pieces, takes back exactly what was given.
  package struct Line: Sendable, Equatable {
    package let merchant: MerchantID
    package let leaderRate: Rate
    /// What the goods that the household has, and keeps, were worth before …
    package let before: Money
    /// … and after.
    package let after: Money

    package init(merchant: MerchantID, leaderRate: Rate, before: Money, after: Money) {
      self.merchant = merchant
      self.leaderRate = leaderRate
      self.before = before
      self.after = after
    }
  }

  /// What a household gets back though the sale stands, at one party's cost.
  package struct Compensation: Sendable, Equatable {
    /// Who owes it out of what they earned or will earn: a person, or the community.
    package let bearer: Party
    package let amount: Money

    package init(bearer: Party, amount: Money) {
      self.bearer = bearer
      self.amount = amount
    }
  }

  package let source: Journal.Source
  package let order: OrderID
  package let campaign: CampaignID
  package let terms: SaleTerms
  package let lines: [Line]
  package let compensation: Compensation?

  package init(
    from source: Journal.Source, order: OrderID, campaign: CampaignID, terms: SaleTerms, lines: [Line],
    compensation: Compensation? = nil
  ) {
    self.compensation = compensation
    self.source = source
    self.order = order
    self.campaign = campaign
    self.terms = terms
    self.lines = lines
  }

  /// What the change is worth to the household's order; negative where goods came back, or were made up for.
  package var amount: Money {
    get throws {
      let goods = try lines.reduce(Money.zero) { try $0.adding($1.after.subtracting($1.before)) }
      return try goods.subtracting(compensation?.amount ?? .zero)
    }
  }

  /// - Parameter isMatured: whether the campaign's return window is over, so that parts are payable at once and what
  ///   comes back is taken from what is payable.
  /// - Returns: nil where nothing changes.
  func journal(on account: OrderAccount, isMatured: Bool) throws -> Journal? {
    var entries: [Journal.Entry] = []
    for line in lines where line.before != line.after {
      let before = try terms.parts(of: line.before, merchant: line.merchant, leaderRate: line.leaderRate)
      let after = try terms.parts(of: line.after, merchant: line.merchant, leaderRate: line.leaderRate)
      for (old, new) in zip(before, after) {
        let account =
          isMatured ? Account(.payable, new.party) : Account(.earned, new.party, campaign: campaign)
        entries.append(Journal.Entry(account, try old.amount.subtracting(new.amount)))
      }
    }
    if let compensation {
      entries.append(Journal.Entry(Account(.payable, compensation.bearer), compensation.amount))
    }
    let amount = try amount
    entries += try amount < .zero ? account.credit(Money.zero.subtracting(amount)) : account.debit(amount)
    guard entries.contains(where: { $0.amount != .zero }) else { return nil }
    return try Journal(.sale, from: source, campaign: campaign, entries)
  }
}

extension Problem {
  static let ratesTooHigh = Problem(
    "ledger.rates_too_high", status: 422,
    Phrase("各方的比例加起来超过了 100%。", "The shares add up to more than 100 %."),
    advice: Phrase("请把比例改小。", "Please lower them."))
}
