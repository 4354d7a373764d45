import Foundation

/// One line of the table: a figure beside its floor.
struct BenchFigure: Sendable, Equatable {
  enum Measure: String, Sendable, CaseIterable {
    case storefront = "storefront page, 24 items"
    case product = "product page"
    case catalogue = "JSON catalogue, 24 products"
    case spread = "orders, spread over items"
    case hot = "orders, one hot item"

    var isPage: Bool { self == .storefront || self == .product || self == .catalogue }
  }

  let engine: String
  let products: Int
  let orders: Int
  let measure: Measure
  let subject: BenchRound
  let floor: BenchRound
  /// Bytes of a page; orders to a commit.
  let size: Double

  var ratio: Double { floor.rate > 0 ? subject.rate / floor.rate : 0 }

  /// What is told as soon as it is known.
  var line: String {
    String(
      format: "%@, %d stored: %.0f a second beside %.0f, p99 %.1f ms", measure.rawValue, orders, subject.rate,
      floor.rate, subject.slowest)
  }
}

/// What one server as a whole took.
struct BenchProcess: Sendable, Equatable {
  let engine: String
  let products: Int
  let orders: Int
  /// Milliseconds from starting the process to the first good answer of `/readyz`, and of a bare server.
  let start: Double
  let bareStart: Double
  /// Resident megabytes after all loads, and of a bare server after its loads.
  let memory: Double
  let bareMemory: Double
}

/// All that a run measured, as one table and what it says of the aims.
struct BenchTable: Sendable {
  var figures: [BenchFigure] = []
  var processes: [BenchProcess] = []
  var analyses: [BenchAnalysis.Figure] = []
  var networks: [BenchTies.Figure] = []

  /// The tables as text, those without a line left out.
  var text: String {
    let tables = [figureRows, processRows, analysisRows, networkRows].filter { $0.count > 1 }.map(
      Self.aligned)
    return (tables + [aims.map(\.line).joined(separator: "\n")]).joined(separator: "\n\n")
  }

  private var figureRows: [[String]] {
    let heading = [
      "engine", "products", "stored", "measure", "per second", "floor", "ratio", "p50 ms", "p99 ms",
      "floor p99", "client", "size", "aftermath",
    ]
    return [heading]
      + figures.map { figure in
        [
          figure.engine, "\(figure.products)", "\(figure.orders)", figure.measure.rawValue,
          Self.number(figure.subject.rate, 0), Self.number(figure.floor.rate, 0),
          Self.number(figure.ratio * 100, 0) + " %", Self.number(figure.subject.median, 1),
          Self.number(figure.subject.slowest, 1),
          figure.measure.isPage ? Self.number(figure.floor.slowest, 1) : "–",
          Self.number(figure.subject.client * 100, 0) + " %",
          figure.measure.isPage
            ? Self.number(figure.size, 0) + " B" : Self.number(figure.size, 0) + " a commit",
          figure.measure.isPage ? "–" : Self.number(figure.subject.aftermath, 1) + " s",
        ]
      }
  }

  private var processRows: [[String]] {
    let heading = [
      "engine", "products", "stored", "start to ready", "bare start", "memory after load", "bare memory",
    ]
    return [heading]
      + processes.map { process in
        [
          process.engine, "\(process.products)", "\(process.orders)", Self.number(process.start, 0) + " ms",
          Self.number(process.bareStart, 0) + " ms", Self.number(process.memory, 0) + " MB",
          Self.number(process.bareMemory, 0) + " MB",
        ]
      }
  }

  private var analysisRows: [[String]] {
    [["answers", "analysis", "page", "floor", "size"]]
      + analyses.map { figure in
        [
          "\(figure.answers)", figure.analysis.rawValue, Self.number(figure.page, 0) + " ms",
          Self.number(figure.floor, 0) + " ms", "\(figure.bytes) B",
        ]
      }
  }

  private var networkRows: [[String]] {
    [["ties", "actors", "network", "floor", "progress told"]]
      + networks.map { figure in
        [
          "\(figure.ties)", "\(figure.actors)", Self.number(figure.report, 0) + " ms",
          Self.number(figure.floor, 0) + " ms", "\(figure.told) ×",
        ]
      }
  }

  struct Aim: Equatable {
    let name: String
    let figure: String
    let isMet: Bool

    var line: String { "\(isMet ? "met    " : "NOT MET") \(name): \(figure)" }
  }

  /// The aims that this run can speak of, each with its worst figure.
  var aims: [Aim] { pageAims + orderAims + slownessAims + processAims + analysisAims + networkAims }

  private var sqlite: [BenchFigure] { figures.filter { $0.engine == "SQLite" } }

  private var pageAims: [Aim] {
    guard let worst = sqlite.filter({ $0.measure == .storefront }).min(by: { $0.ratio < $1.ratio }) else {
      return []
    }
    return [
      Aim(
        name: "storefront page ≥ 50 % of its floor",
        figure: Self.number(worst.ratio * 100, 0) + " % at worst",
        isMet: worst.ratio >= 0.5)
    ]
  }

  private var orderAims: [Aim] {
    let orders = sqlite.filter { !$0.measure.isPage }
    guard let ratio = orders.map(\.ratio).min(), let rate = orders.map(\.subject.rate).min() else {
      return []
    }
    return [
      Aim(
        name: "orders ≥ 50 % of the engine alone", figure: Self.number(ratio * 100, 0) + " % at worst",
        isMet: ratio >= 0.5),
      Aim(
        name: "orders ≥ 10,000 a second on SQLite", figure: Self.number(rate, 0) + " at worst",
        isMet: rate >= 10_000),
    ]
  }

  /// p99 with the most stored orders against p99 with the fewest, for each measure.
  private var slownessAims: [Aim] {
    guard let least = sqlite.map(\.orders).min(), let most = sqlite.map(\.orders).max(), most > least
    else { return [] }
    return BenchFigure.Measure.allCases.compactMap { measure in
      let ratios = Set(sqlite.map(\.products)).compactMap { products -> Double? in
        let own = sqlite.filter { $0.measure == measure && $0.products == products }
        guard let before = own.first(where: { $0.orders == least })?.subject.slowest, before > 0,
          let after = own.first(where: { $0.orders == most })?.subject.slowest
        else { return nil }
        return after / before
      }
      return ratios.max().map { worst in
        Aim(
          name: "p99 at \(most) stored orders ≤ 1.3 × that at \(least), \(measure.rawValue)",
          figure: Self.number(worst, 2) + " × at worst", isMet: worst <= 1.3)
      }
    }
  }

  private var processAims: [Aim] {
    var aims: [Aim] = []
    if let start = processes.map(\.start).max() {
      aims.append(
        Aim(
          name: "start to ready ≤ 1 s", figure: Self.number(start, 0) + " ms at worst", isMet: start <= 1000))
    }
    let most = processes.map(\.products).max()
    if let most, let memory = processes.filter({ $0.products == most }).map(\.memory).max() {
      aims.append(
        Aim(
          name: "memory after load at \(most) products ≤ 200 MB",
          figure: Self.number(memory, 0) + " MB at worst",
          isMet: memory <= 200))
    }
    return aims
  }

  private var analysisAims: [Aim] {
    guard let most = analyses.map(\.answers).max(),
      let worst = analyses.filter({ $0.answers == most }).map(\.page).max()
    else { return [] }
    return [
      Aim(
        name: "analysis of \(most) answers ≤ 1 s", figure: Self.number(worst, 0) + " ms at worst",
        isMet: worst <= 1000)
    ]
  }

  private var networkAims: [Aim] {
    guard let most = networks.map(\.ties).max(),
      let worst = networks.filter({ $0.ties == most }).map(\.report).max()
    else { return [] }
    return [
      Aim(
        name: "network of \(most) ties ≤ 15 s", figure: Self.number(worst / 1000, 1) + " s at worst",
        isMet: worst <= 15_000)
    ]
  }

  private static func number(_ value: Double, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", value)
  }

  /// Columns as wide as their widest text; numbers to the right.
  static func aligned(_ rows: [[String]]) -> String {
    guard let first = rows.first else { return "" }
    let widths = first.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      row.indices.map { column in
        let text = row[column]
        let space = String(repeating: " ", count: widths[column] - text.count)
        let isNumber = rows.dropFirst().allSatisfy {
          $0[column].first?.isNumber ?? false || $0[column] == "–"
        }
        return isNumber ? space + text : text + space
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
