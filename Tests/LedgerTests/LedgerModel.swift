import Kernel
import TestKit

@testable import Ledger

/// What the books should say, kept in dictionaries and worked out anew from what happened: paid, sold, promised, handed
/// over, given for a purpose, told by a bank. It shares no rule with the Ledger but the terms of a campaign.
struct LedgerModel: Sendable {
  struct Order: Sendable {
    let id: OrderID
    let campaign: Int
    /// What the household keeps of each line.
    var kept: [Int64]
    /// Made up for at somebody's cost, though the sale stands.
    var compensated: Int64 = 0
    var paid: Int64 = 0
    var promised: Int64 = 0
    var refunded: Int64 = 0
    /// What of it was paid by vouchers, in that order.
    var byVoucher: [VoucherPayment] = []

    var sold: Int64 { kept.reduce(0, +) }
    /// Positive when money is held for goods, negative when goods are not paid for.
    var held: Int64 { paid - promised - refunded - sold + compensated }
    /// What of the household's own money has not gone back and was not promised.
    var ownLeft: Int64 { paid - promised - refunded - byVoucher.reduce(0) { $0 + $1.left } }
  }

  struct VoucherPayment: Sendable {
    let voucher: Int
    /// What of it has not gone back.
    var left: Int64
  }

  struct Voucher: Sendable {
    let id: VoucherID
    let fund: Int
    var left: Int64
    var isEnded = false
  }

  /// A line of the bank's statement, and what is not explained of it, with its sign.
  struct Line: Sendable {
    let id: StatementLineID
    var left: Int64
    var answers = 0
    /// What was said of it and may be taken back.
    var standing: [Answer] = []
  }

  struct Answer: Sendable {
    let id: ExplanationID
    let kind: Explanation.Kind
    let amount: Int64
    /// Where it pays an order: which one.
    var order: Int?
  }

  struct Campaign: Sendable {
    let id: CampaignID
    let terms: SaleTerms
    let merchants: [MerchantID]
    let commission: Rate
    var isMatured = false
  }

  var campaigns: [Campaign]
  var orders: [Order]
  var inHand: [PersonID: Int64] = [:]
  var box: Int64 = 0
  var bank: Int64 = 0
  var paidOut: [Party: Int64] = [:]
  var funds: [(id: FundID, left: Int64)] = []
  /// What the fund that has a part in campaigns took in of it.
  var takenIn: Int64 = 0
  var vouchers: [Voucher] = []
  var lines: [Line] = []
  var fees: Int64 = 0
  var borne: Int64 = 0
  /// What each party made up for.
  var compensated: [Party: Int64] = [:]
  /// How often something was refused, by the code of the problem.
  var refusals: [String: Int] = [:]

  static let fund = FundID(rawValue: 5)

  init(_ random: inout SeededGenerator) {
    campaigns = []
    for number in Int64(0)..<3 {
      func rate(_ basisPoints: Int64) -> Rate { Rate(basisPoints: basisPoints) ?? .none }
      var terms = SaleTerms(leader: PersonID(rawValue: 1 + number % 2))
      terms.platform = rate(Int64.random(in: 0...700, using: &random))
      if number == 1 { terms.carrier = (person: PersonID(rawValue: 9), rate: rate(333)) }
      if number >= 1 { terms.fund = (fund: Self.fund, rate: rate(77)) }
      campaigns.append(
        Campaign(
          id: CampaignID(rawValue: 100 + number), terms: terms,
          merchants: [MerchantID(rawValue: 31), MerchantID(rawValue: 32 + number)],
          commission: rate(Int64.random(in: 0...3_000, using: &random))))
    }
    orders = (0..<12).map { Order(id: OrderID(rawValue: Int64(1_000 + $0)), campaign: $0 % 3, kept: [0, 0]) }
  }

  func campaign(of order: Int) -> Campaign { campaigns[orders[order].campaign] }

  /// What each party is to have of what one line is worth: the exact share, rounded down, and then fen by fen to whoever
  /// is furthest below theirs.
  func parts(_ worth: Int64, _ line: Int, of campaign: Campaign) -> [Party: Int64] {
    var weights: [(Party, Int64)] = [
      (.person(campaign.terms.leader), campaign.commission.basisPoints),
      (.community, campaign.terms.platform.basisPoints),
    ]
    if let carrier = campaign.terms.carrier {
      weights.insert((.person(carrier.person), carrier.rate.basisPoints), at: 1)
    }
    if let fund = campaign.terms.fund {
      weights.insert((.fund(fund.fund), fund.rate.basisPoints), at: weights.count - 1)
    }
    weights.insert((.merchant(campaign.merchants[line]), 10_000 - weights.reduce(0) { $0 + $1.1 }), at: 0)
    var parts = weights.map { worth * $0.1 / 10_000 }
    while parts.reduce(0, +) < worth {
      var furthest = 0
      for index in parts.indices
      where worth * weights[index].1 - parts[index] * 10_000 > worth * weights[furthest].1 - parts[furthest]
        * 10_000
      {
        furthest = index
      }
      parts[furthest] += 1
    }
    return Dictionary(zip(weights.map(\.0), parts), uniquingKeysWith: +)
  }

  /// The balance of every account that is not zero, positive on the debit side.
  var balances: [Account: Int64] {
    var balances: [Account: Int64] = [Account(.cashBox): box, Account(.bank): bank]
    for (person, amount) in inHand { balances[Account(.cashInHand, .person(person))] = amount }
    for order in orders {
      balances[Account(.orderDeposit, .order(order.id))] = -max(0, order.held)
      balances[Account(.orderReceivable, .order(order.id))] = max(0, -order.held)
      balances[Account(.refundDue, .order(order.id))] = -order.promised
      let campaign = campaigns[order.campaign]
      for (line, worth) in order.kept.enumerated() {
        for (party, part) in parts(worth, line, of: campaign) {
          let account =
            campaign.isMatured ? Account(.payable, party) : Account(.earned, party, campaign: campaign.id)
          balances[account, default: 0] -= part
        }
      }
    }
    for (party, amount) in paidOut { balances[Account(.payable, party), default: 0] += amount }
    for (party, amount) in compensated { balances[Account(.payable, party), default: 0] += amount }
    for fund in funds { balances[Account(.fund, .fund(fund.id))] = -fund.left }
    balances[Account(.payable, .fund(Self.fund)), default: 0] += takenIn
    balances[Account(.fund, .fund(Self.fund))] = -takenIn
    for voucher in vouchers { balances[Account(.voucher, .voucher(voucher.id))] = -voucher.left }
    balances[Account(.suspense)] = -lines.reduce(0) { $0 + $1.left }
    balances[Account(.gatewayFee)] = fees
    balances[Account(.writeOff)] = borne
    return balances.filter { $0.value != 0 }
  }

  /// Money goes back to a voucher, or to its fund once it has ended.
  mutating func giveBack(_ amount: Int64, to voucher: Int) {
    if vouchers[voucher].isEnded {
      funds[vouchers[voucher].fund].left += amount
    } else {
      vouchers[voucher].left += amount
    }
  }

  /// So much of what is held for an order is promised back: the household's own money first, and what came from vouchers
  /// goes back onto them at once, the latest first.
  mutating func promise(_ amount: Int64, of order: Int) {
    let own = min(amount, orders[order].ownLeft)
    orders[order].promised += own
    var rest = amount - own
    for index in orders[order].byVoucher.indices.reversed() where rest > 0 {
      let part = min(rest, orders[order].byVoucher[index].left)
      orders[order].byVoucher[index].left -= part
      orders[order].refunded += part
      giveBack(part, to: orders[order].byVoucher[index].voucher)
      rest -= part
    }
  }

  /// Goods of the campaign cannot be returned any more.
  mutating func mature(_ campaign: Int) {
    guard !campaigns[campaign].isMatured else { return }
    campaigns[campaign].isMatured = true
    takenIn += max(0, payable(.fund(Self.fund)))
  }

  /// What a party may be paid.
  func payable(_ party: Party) -> Int64 { -(balances[Account(.payable, party)] ?? 0) }
}
