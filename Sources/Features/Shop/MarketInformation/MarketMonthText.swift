import Foundation
import Kernel
import Statistics

extension MarketMonth {
  /// What of it is written down: always the same text for the same month.
  private struct Stored: Codable {
    struct Band: Codable {
      let category: String
      let low: Int64
      let high: Int64
    }

    var categories: [String] = []
    var hasRest = false
    var demand: String?
    var refusal: String?
    let prices: [Band]
  }

  func text() throws -> String {
    var stored = Stored(
      prices: prices.map {
        .init(category: $0.category.rawValue, low: $0.low.minorUnits, high: $0.high.minorUnits)
      })
    switch demand {
    case .released(let demand):
      stored.categories = demand.categories.map(\.rawValue)
      stored.hasRest = demand.hasRest
      stored.demand = demand.released.description
    case .refused(let reason): stored.refusal = reason.rawValue
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(stored), as: UTF8.self)
  }

  /// Reads what ``text()`` wrote; nil for anything else.
  init?(_ month: Month, text: String, releasedAt: Timestamp) {
    guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(text.utf8)),
      let demand = Self.demand(stored)
    else { return nil }
    let prices = stored.prices.compactMap { band in
      ProductCategory(rawValue: band.category).map {
        PriceBand(category: $0, low: .fen(band.low), high: .fen(band.high))
      }
    }
    guard prices.count == stored.prices.count else { return nil }
    self.init(month: month, demand: demand, prices: prices, releasedAt: releasedAt)
  }

  private static func demand(_ stored: Stored) -> DemandOutcome? {
    if let reason = stored.refusal.flatMap(NeedRefusal.init) {
      return stored.demand == nil ? .refused(reason) : nil
    }
    let categories = stored.categories.compactMap(ProductCategory.init)
    guard let released = stored.demand.flatMap(ReleasedMagnitudes.init),
      categories.count == stored.categories.count,
      released.rows == categories.count + (stored.hasRest ? 1 : 0),
      released.columns == Hours.allCases.count
    else { return nil }
    return .released(Demand(categories: categories, hasRest: stored.hasRest, released: released))
  }
}
