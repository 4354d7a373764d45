import Kernel
import Statistics
import TestKit
import Testing

@testable import Shop

@Suite("Market information: what may be told")
struct MarketRuleTests {
  private static let start = Market.start

  private func line(
    _ number: Int, home: Int, merchant: Int, _ category: ProductCategory = .vegetables, price: Int64? = 500,
    hour: Int64 = 0
  ) -> SoldLine {
    let order = OrderID(rawValue: Int64(number))
    return SoldLine(
      order: order, position: 0, household: HouseholdID(rawValue: Int64(home)),
      person: PersonID(rawValue: Int64(home)), merchant: MerchantID(rawValue: Int64(merchant)),
      category: category, orderedAt: Self.start + .hours(hour), price: price.map { .fen($0) })
  }

  private func lines(_ random: inout SeededGenerator) -> [SoldLine] {
    let (homes, merchants) = (Int.random(in: 3...60, using: &random), Int.random(in: 1...6, using: &random))
    return (0..<Int.random(in: 1...220, using: &random)).map { number in
      let dear = Int64.random(in: 0...40, using: &random) * 25
      return line(
        number, home: Int.random(in: 1...homes, using: &random),
        merchant: Int.random(in: 1...merchants, using: &random),
        [.vegetables, .vegetables, .fruit, .eggs].randomElement(using: &random) ?? .fruit,
        price: Bool.random(using: &random) ? dear : 500 + dear, hour: Int64.random(in: 0...23, using: &random)
      )
    }
  }

  private func demand(_ lines: [SoldLine]) throws -> MarketMonth.Demand? {
    guard case .released(let demand) = try MarketRules.demand(lines, offsetSeconds: 28_800) else {
      return nil
    }
    return demand
  }

  @Test("No figure is of few homes, of few merchants or of one, and none follows", arguments: UInt64(1)...60)
  func demandIsSafe(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let lines = lines(&random)
    guard let demand = try demand(lines) else { return }
    let rows: [Int?] = (0..<demand.rows).map { $0 } + [nil]
    let columns: [Int?] = MarketMonth.Hours.allCases.map(\.rawValue) + [nil]
    for row in rows {
      for column in columns {
        guard let figure = demand.released[row, column] else { continue }
        let behind = lines.filter { isIn($0, demand, row: row, column: column) }
        #expect(figure == behind.count)
        #expect(Set(behind.map(\.household)).count >= MarketMonth.least)
        let parts = Dictionary(grouping: behind, by: \.merchant).values.map(\.count)
        #expect(parts.count >= MarketMonth.fewestMerchants)
        #expect((parts.max() ?? 0) * 100 <= behind.count * MarketMonth.dominance)
      }
    }
    let shown = rows.map { row in columns.map { demand.released[row, $0].map(Int64.init) } }
    #expect(Margins(shown).determined.isEmpty)
  }

  private func isIn(_ line: SoldLine, _ demand: MarketMonth.Demand, row: Int?, column: Int?) -> Bool {
    let place = demand.categories.firstIndex(of: line.category) ?? demand.categories.count
    let hour = CivilDateTime(line.orderedAt, offsetSeconds: 28_800).hour
    return (row == nil || row == place) && (column == nil || column == MarketMonth.Hours(hour: hour).rawValue)
  }

  @Test("One merchant with more than seven tenths of a kind hides it", arguments: [(9, true), (8, false)])
  func dominance(ofTwelve large: Int, isHidden: Bool) throws {
    // Of each twelve homes that buy fruit so many buy of one merchant, the rest of two others. Vegetables are even. Both are
    // bought at all hours, so that no empty hour has to be hidden beside them.
    let fruit = (0..<144).map {
      line($0, home: $0, merchant: $0 % 12 < large ? 1 : 2 + $0 % 2, .fruit, hour: Int64($0 / 12) * 2)
    }
    let greens = (200..<344).map { line($0, home: $0, merchant: $0 % 5, hour: Int64(($0 - 200) / 12) * 2) }
    let shown = try #require(try demand(fruit + greens))
    let place = try #require(shown.categories.firstIndex(of: .fruit))
    let columns: [Int?] = MarketMonth.Hours.allCases.map(\.rawValue) + [nil]
    let figures = columns.compactMap { shown.released[place, $0] }
    #expect(figures.isEmpty == isHidden)
    let bands = MarketRules.prices(fruit + greens).map(\.category)
    #expect(bands.contains(.fruit) != isHidden)
    #expect(bands.contains(.vegetables))
  }

  @Test(
    "A price band holds the middle half, and never ends at the lowest or highest", arguments: UInt64(1)...80)
  func pricesAreSafe(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let lines = lines(&random)
    for band in MarketRules.prices(lines) {
      let own = lines.filter { $0.category == band.category && $0.price != nil }
      let prices = own.compactMap(\.price?.minorUnits).sorted()
      #expect(Set(own.map(\.household)).count >= MarketMonth.least)
      let parts = Dictionary(grouping: own, by: \.merchant).values.map(\.count)
      #expect(parts.count >= MarketMonth.fewestMerchants)
      #expect((parts.max() ?? 0) * 100 <= own.count * MarketMonth.dominance)
      let (low, high) = (band.low.minorUnits, band.high.minorUnits)
      #expect(low != prices.first && high != prices.last)
      #expect(low.isMultiple(of: 50) && high.isMultiple(of: 50) && low < high)
      let within = prices.count { low <= $0 && $0 <= high }
      #expect(within * 2 >= prices.count)
    }
  }

  @Test("Goods by weight have no price for a pack")
  func weighed() {
    let lines = (0..<40).map { line($0, home: $0, merchant: $0 % 4, price: nil) }
    #expect(MarketRules.prices(lines).isEmpty)
  }

  @Test("Hours of the day fall into their bands")
  func hours() {
    for (hour, band) in [
      (0, 0), (7, 0), (8, 1), (10, 1), (11, 2), (14, 3), (17, 4), (19, 4), (20, 5), (23, 5),
    ] {
      #expect(MarketMonth.Hours(hour: hour).rawValue == band)
    }
  }

  @Test("A month is read as it was written, and nothing else is read", arguments: UInt64(1)...20)
  func stored(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let lines = lines(&random)
    let month = MarketMonth(
      month: SoldMarket.november, demand: try MarketRules.demand(lines, offsetSeconds: 28_800),
      prices: MarketRules.prices(lines), releasedAt: Self.start)
    let text = try month.text()
    #expect(MarketMonth(month.month, text: text, releasedAt: Self.start) == month)
    #expect(MarketMonth(month.month, text: text + "x", releasedAt: Self.start) == nil)
    #expect(MarketMonth(month.month, text: "{}", releasedAt: Self.start) == nil)
  }
}
