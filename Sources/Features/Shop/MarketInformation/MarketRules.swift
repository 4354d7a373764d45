import Kernel
import Statistics

/// What may be told of a month's lines.
enum MarketRules {
  // MARK: - Demand

  /// How many lines of which kind were ordered in which hours. A figure is shown where at least ten households stand behind
  /// it and no merchant has more than 70 % of it, and where nothing that is shown gives back what is not.
  static func demand(_ lines: [SoldLine], offsetSeconds: Int) throws -> MarketMonth.DemandOutcome {
    do throws(DisclosureRefusal) {
      return .released(try table(lines, offsetSeconds: offsetSeconds))
    } catch {
      return .refused(try NeedRefusal(error))
    }
  }

  private static func table(
    _ lines: [SoldLine], offsetSeconds: Int
  ) throws(DisclosureRefusal) -> MarketMonth.Demand {
    if lines.isEmpty { throw .nothingToShow }
    let households = Dictionary(grouping: lines, by: \.category).mapValues {
      Set($0.map(\.household)).count
    }
    // Kinds of too few households are counted together, so that not every figure is lost to the empty ones around it.
    let shown = ProductCategory.allCases.filter { households[$0, default: 0] >= MarketMonth.least }
    let hasRest = shown.count < households.count
    let entries = lines.map { line in
      let hour = CivilDateTime(line.orderedAt, offsetSeconds: offsetSeconds).hour
      return MagnitudeTable.Entry(
        row: shown.firstIndex(of: line.category) ?? shown.count,
        column: MarketMonth.Hours(hour: hour).rawValue,
        respondent: line.household.rawValue, contributor: line.merchant.rawValue, amount: 1)
    }
    let table = try MagnitudeTable(
      rows: shown.count + (hasRest ? 1 : 0), columns: MarketMonth.Hours.allCases.count, entries)
    return MarketMonth.Demand(
      categories: shown, hasRest: hasRest,
      released: try table.release(after: [], k: MarketMonth.least, percent: MarketMonth.dominance))
  }

  // MARK: - Prices

  /// The middle half of the prices of each kind of which enough is known.
  static func prices(_ lines: [SoldLine]) -> [MarketMonth.PriceBand] {
    let byCategory = Dictionary(grouping: lines.filter { $0.price != nil }, by: \.category)
    return ProductCategory.allCases.compactMap { band(of: byCategory[$0] ?? [], $0) }
  }

  private static func band(of lines: [SoldLine], _ category: ProductCategory) -> MarketMonth.PriceBand? {
    guard Set(lines.map(\.household)).count >= MarketMonth.least, !isDominated(lines) else { return nil }
    let prices = lines.compactMap(\.price?.minorUnits).sorted()
    guard let lowest = prices.first, let highest = prices.last else { return nil }
    let (first, third) = (prices[(prices.count - 1) / 4], prices[(prices.count - 1) * 3 / 4])
    let step = step(of: third)
    var (low, high) = (first / step * step, (third + step - 1) / step * step)
    // Rounding moves both outwards; where one meets the very lowest or highest price it moves once more.
    if low == lowest { low -= step }
    if high == highest { high += step }
    guard low >= 0 else { return nil }
    return MarketMonth.PriceBand(category: category, low: .fen(low), high: .fen(high))
  }

  /// Whether what is said of these lines is said of one merchant.
  private static func isDominated(_ lines: [SoldLine]) -> Bool {
    let counts = Dictionary(grouping: lines, by: \.merchant).values.map(\.count)
    guard counts.count >= MarketMonth.fewestMerchants, let largest = counts.max() else { return true }
    return largest * 100 > lines.count * MarketMonth.dominance
  }

  /// Half a yuan for small things, more for dear ones, so that a band names no single product.
  private static func step(of price: Int64) -> Int64 {
    switch price {
    case ..<2_000: 50
    case ..<10_000: 200
    default: 1_000
    }
  }
}
