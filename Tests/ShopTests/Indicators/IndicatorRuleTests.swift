import Kernel
import TestKit
import Testing

@testable import Shop

@Suite("Indicators of the shop: how they are counted")
struct IndicatorRuleTests {
  private func order(_ number: Int, home: Int, isOwn: Bool = true) -> HandedOrder {
    HandedOrder(
      order: OrderID(rawValue: Int64(number)), household: HouseholdID(rawValue: Int64(home)),
      person: PersonID(rawValue: Int64(home)), isOwn: isOwn)
  }

  private func spent(_ fen: Int64, home: Int, merchant: Int, in district: String?) -> Spending {
    Spending(
      household: HouseholdID(rawValue: Int64(home)), merchant: MerchantID(rawValue: Int64(merchant)),
      district: district.flatMap(District.init), fen: fen)
  }

  @Test("A home counts once, however often it was handed something")
  func reached() {
    let figure = IndicatorRules.reached([order(1, home: 1), order(2, home: 1), order(3, home: 2)])
    #expect(figure == ShopIndicators.Figure(2, households: 2))
    #expect(IndicatorRules.reached([]).numerator == 0)
  }

  @Test("Homes that read in large type, and orders that others placed")
  func shares() {
    let orders = [order(1, home: 1), order(2, home: 1, isOwn: false), order(3, home: 2), order(4, home: 3)]
    let elders = IndicatorRules.elderShare(orders, readers: [PersonID(rawValue: 1)])
    #expect(elders == ShopIndicators.Figure(1, of: 3, households: 1, otherHouseholds: 2))
    let assisted = IndicatorRules.assistedShare(orders)
    #expect(assisted == ShopIndicators.Figure(1, of: 4, households: 1, otherHouseholds: 3))
    #expect(IndicatorRules.elderShare([], readers: []) == nil)
    #expect(IndicatorRules.assistedShare([]) == nil)
  }

  @Test("A line is whole where all that was wanted came; what nobody wants any more does not count")
  func fulfilment() {
    func line(_ home: Int, wanted: Int64, _ allocated: Int64, merchant: Int? = nil) -> EndedLine {
      EndedLine(
        household: HouseholdID(rawValue: Int64(home)),
        merchant: MerchantID(rawValue: Int64(merchant ?? home)), wanted: wanted, allocated: allocated)
    }
    let lines = [
      line(1, wanted: 2, 2), line(1, wanted: 3, 2, merchant: 4), line(2, wanted: 1, 1), line(3, wanted: 0, 0),
    ]
    let figure = IndicatorRules.fulfilment(lines)
    #expect(figure == ShopIndicators.Figure(2, of: 3, households: 2, otherHouseholds: 1))
    let two = lines.dropFirst() + [line(5, wanted: 1, 1, merchant: 4)]
    #expect(IndicatorRules.fulfilment(Array(two))?.isDominated == true, "it is of two merchants")
    #expect(IndicatorRules.fulfilment([line(3, wanted: 0, 0)]) == nil)
  }

  @Test("Claims are counted as the clock that everybody sees counts them", arguments: UInt64(1)...30)
  func claims(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (start, until) = (Market.start, Market.start + .days(30))
    let turns = (0..<Int.random(in: 1...40, using: &random)).map { _ in
      let began = start + .hours(Int64.random(in: 0...600, using: &random))
      let answered: Timestamp? =
        Bool.random(using: &random) ? began + .hours(Int64.random(in: 0...48, using: &random)) : nil
      return HouseholdTurn(
        household: HouseholdID(rawValue: Int64.random(in: 1...9, using: &random)),
        merchant: MerchantID(rawValue: Int64.random(in: 1...4, using: &random)),
        turn: ClaimTurn(beganAt: began, dueAt: began + .hours(24), answeredAt: answered))
    }
    let clock = AnswerClock(turns.map(\.turn), now: until)
    let figure = try #require(IndicatorRules.claimsInTime(turns, until: until))
    #expect(figure.numerator == Int64(clock.inTime))
    #expect(figure.denominator == Int64(clock.answered))
    #expect(figure.households <= figure.numerator)
    let late = Int64(clock.late)
    #expect((figure.otherHouseholds ?? 0) <= late)
  }

  @Test("Spending is told apart by district, and what is about one merchant is marked")
  func spending() throws {
    let home = try #require(District("崇明区"))
    let even = (0..<6).map { spent(100, home: $0, merchant: $0, in: $0 < 3 ? "崇明区" : "浦东新区") }
    let figure = IndicatorRules.localSpending(even + [spent(900, home: 9, merchant: 9, in: nil)], home: home)
    #expect(figure == ShopIndicators.Figure(300, of: 600, households: 3, otherHouseholds: 3))
    let large = even + [spent(1_000, home: 1, merchant: 1, in: "崇明区")]
    #expect(IndicatorRules.localSpending(large, home: home)?.isDominated == true)
    let two = even.filter { $0.merchant.rawValue < 2 || $0.merchant.rawValue > 2 }
    #expect(IndicatorRules.localSpending(two, home: home)?.isDominated == true)
    #expect(IndicatorRules.localSpending([], home: home) == nil)
    #expect(IndicatorRules.localSpending([spent(5, home: 1, merchant: 1, in: nil)], home: home) == nil)
  }

  @Test("A part is of one merchant exactly where three do not share it", arguments: UInt64(1)...40)
  func dominance(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let spending = (0..<Int.random(in: 0...30, using: &random)).map { number in
      spent(
        Int64.random(in: 0...500, using: &random), home: number,
        merchant: Int.random(in: 1...5, using: &random), in: "崇明区")
    }
    let amounts = Dictionary(grouping: spending, by: \.merchant).values
      .map { $0.reduce(Int64(0)) { $0 + $1.fen } }.filter { $0 > 0 }
    let (sum, largest) = (amounts.reduce(0, +), amounts.max() ?? 0)
    let expected = sum > 0 && (amounts.count < 3 || largest * 10 > sum * 7)
    #expect(IndicatorRules.isDominated(spending) == expected)
  }

  @Test("A district is a short name without what nobody sees")
  func districts() {
    #expect(District(" 崇明  区 ")?.name == "崇明 区")
    for typed in ["", "区", String(repeating: "区", count: 21), "崇\u{7}明"] { #expect(District(typed) == nil) }
  }
}
