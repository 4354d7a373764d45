import Kernel
import Statistics

/// One side of a table: a category for each row, or none where the person is not counted.
struct CrossAxis: Sendable, Equatable {
  let title: Phrase
  let categories: [Phrase]
  /// By row of the data; -1 where the person is not counted.
  let codes: [Int16]

  /// The people of the data in the categories of a question with single choices or of grouped numbers.
  /// - Returns: nil for any other question, and for a column that is not at hand.
  init?(_ data: SurveyData, _ place: Int, bounds: [Double]? = nil) {
    guard let column = data.columns[place] else { return nil }
    let item = data.items[place]
    title = item.title
    switch (column.values, bounds) {
    case (.single(let all), nil):
      categories = item.optionNames
      codes = column.statuses.indices.map { column.isAnswered($0) ? Int16(all[$0]) : -1 }
    case (.number(let numbers), let bounds?):
      categories = NumberBands.names(bounds)
      codes = column.statuses.indices.map {
        column.isAnswered($0) ? Int16(NumberBands.band(of: numbers[$0], bounds)) : -1
      }
    default: return nil
    }
  }

  /// Yes and no to one option of a question with several answers; who did not answer the question is not counted.
  init?(_ data: SurveyData, _ place: Int, option: Int) {
    guard let column = data.columns[place], case .multiple(let options) = column.values,
      options.indices.contains(option)
    else { return nil }
    title = data.items[place].optionNames[option]
    categories = Self.yesNo
    codes = column.statuses.indices.map { column.isAnswered($0) ? (options[option][$0] == 1 ? 0 : 1) : -1 }
  }

  static let yesNo = [Phrase("选了", "Chosen"), Phrase("没选", "Not chosen")]
}

/// Numbers put into groups by bounds that the author gave.
enum NumberBands {
  /// The band of a number: 0 is below the first bound, each bound begins the next.
  static func band(of number: Double, _ bounds: [Double]) -> Int { bounds.count { $0 <= number } }

  static func names(_ bounds: [Double]) -> [Phrase] {
    guard let first = bounds.first, let last = bounds.last else { return [Phrase("全部", "All")] }
    let text = AnalysisNumber.plain
    let between = zip(bounds, bounds.dropFirst()).map { low, high in
      Phrase("\(text(low)) 到不满 \(text(high))", "\(text(low)) to under \(text(high))")
    }
    return [Phrase("不满 \(text(first))", "Under \(text(first))")] + between
      + [Phrase("\(text(last)) 及以上", "\(text(last)) and over")]
  }
}

/// Two questions crossed, with what a textbook says of the table.
struct CrossTable: Sendable, Equatable {
  let rows: CrossAxis
  let columns: CrossAxis
  let table: ContingencyTable
  /// Who answered only one of the two, or neither: they are in no cell.
  let left: Int

  init?(_ rows: CrossAxis, _ columns: CrossAxis) {
    guard rows.codes.count == columns.codes.count, !rows.categories.isEmpty, !columns.categories.isEmpty
    else {
      return nil
    }
    let width = columns.categories.count
    var flat = [Int](repeating: 0, count: rows.categories.count * width)
    var counted = 0
    for (row, column) in zip(rows.codes, columns.codes) where row >= 0 && column >= 0 {
      flat[Int(row) * width + Int(column)] += 1
      counted += 1
    }
    guard
      let table = ContingencyTable(
        rows.categories.indices.map { Array(flat[($0 * width)..<(($0 + 1) * width)]) })
    else { return nil }
    self.rows = rows
    self.columns = columns
    self.table = table
    left = rows.codes.count - counted
  }

  var test: TableTest { TableTest(table) }
}

/// What is tested of a table. Categories that nobody is in are left out first: they tell nothing.
struct TableTest: Sendable, Equatable {
  /// Pearson's, without a correction.
  let pearson: ChiSquareTest?
  let cramersV: Double?
  /// Of 2 × 2 tables.
  let yates: ChiSquareTest?
  let fisher: Double?
  /// Set where Pearson's test may not be trusted.
  let warning: ExpectedCountWarning?

  init(_ table: ContingencyTable) {
    let whole = table.withoutEmptyLines
    pearson = whole?.chiSquareTest
    cramersV = whole?.cramersV
    yates = whole?.yatesTest
    fisher = whole.flatMap { $0.chiSquareTest == nil ? nil : $0.fisherExactPValue }
    warning = pearson == nil ? nil : whole?.expectedCountWarning
  }

  /// The probability that decides: Fisher's where small numbers spoil the other, else Pearson's. Nil where there is nothing
  /// to test, and where neither holds: then categories should be put together.
  var deciding: Double? { warning == nil ? pearson?.pValue : fisher }

  /// Whether a link was found; nil where it cannot be said.
  var finding: AnalysisFinding? { deciding.map { AnalysisFinding($0) } }
}

/// A question with several answers by groups: each option tested by itself, and all tests together held to one error.
struct MultipleCross: Sendable, Equatable {
  let title: Phrase
  let columns: CrossAxis
  let options: [Option]

  struct Option: Sendable, Equatable {
    /// Rows yes and no.
    let cross: CrossTable
    /// By Holm's method over all options; nil where there is nothing to test.
    let adjusted: Double?
  }

  init?(_ data: SurveyData, _ place: Int, by columns: CrossAxis) {
    let item = data.items[place]
    guard item.kind == .multiple else { return nil }
    let tables = item.options.indices.compactMap { option in
      CrossAxis(data, place, option: option).flatMap { CrossTable($0, columns) }
    }
    guard tables.count == item.options.count else { return nil }
    let tested = tables.indices.compactMap { index in tables[index].test.deciding.map { (index, $0) } }
    let adjusted = HolmAdjustment.adjusted(tested.map(\.1))
    let byTable = Dictionary(zip(tested.map(\.0), adjusted), uniquingKeysWith: { first, _ in first })
    title = item.title
    self.columns = columns
    options = tables.enumerated().map { Option(cross: $0.element, adjusted: byTable[$0.offset]) }
  }
}

/// A table within each group of a third question, and whether the groups turn round what all together show.
struct SplitCross: Sendable, Equatable {
  let by: CrossAxis
  let layers: [CrossTable]
  /// Simpson's paradox; only asked of 2 × 2 tables.
  let isReversed: Bool

  init?(_ rows: CrossAxis, _ columns: CrossAxis, by third: CrossAxis) {
    guard third.codes.count == rows.codes.count else { return nil }
    let layers = third.categories.indices.compactMap { category in
      CrossTable(rows.among(third, category), columns)
    }
    by = third
    self.layers = layers
    isReversed = SimpsonsParadox.isReversed(layers.map(\.table))
  }
}

extension CrossAxis {
  /// The same for those in one category of another; nobody else is counted.
  func among(_ other: CrossAxis, _ category: Int) -> CrossAxis {
    CrossAxis(
      title: title, categories: categories,
      codes: zip(codes, other.codes).map { Int($1) == category ? $0 : -1 })
  }

  init(title: Phrase, categories: [Phrase], codes: [Int16]) {
    self.title = title
    self.categories = categories
    self.codes = codes
  }
}

/// What a test says, in words that claim no more than it can.
enum AnalysisFinding: Sendable, Equatable {
  case linked
  case notSeen

  /// The usual bound.
  static let level = 0.05

  init(_ pValue: Double) { self = pValue < Self.level ? .linked : .notSeen }

  var name: Phrase {
    switch self {
    case .linked:
      Phrase(
        "发现有联系（不说明谁影响谁）。", "A link was found (it does not say what influences what).")
    case .notSeen:
      Phrase("没看到联系（不等于没有联系）。", "No link was seen (which does not mean that there is none).")
    }
  }
}

/// Figures as they are written.
enum AnalysisNumber {
  /// A number without needless noughts: `60`, `2.5`.
  static func plain(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : decimal(number, 2)
  }

  /// With a fixed number of decimals, rounded half away from nought.
  static func decimal(_ number: Double, _ decimals: Int) -> String {
    guard number.isFinite, abs(number) < 1e12 else { return "—" }
    var scale: Int64 = 1
    for _ in 0..<decimals { scale *= 10 }
    let scaled = Int64((abs(number) * Double(scale)).rounded())
    let sign = number < 0 && scaled > 0 ? "−" : ""
    guard decimals > 0 else { return "\(sign)\(scaled)" }
    let rest = String(scaled % scale)
    return "\(sign)\(scaled / scale).\(String(repeating: "0", count: decimals - rest.count))\(rest)"
  }

  /// `23.4%`.
  static func percent(_ share: Double) -> String { decimal(share * 100, 1) + "%" }

  /// `p = 0.032`, and `p < 0.001` for less.
  static func pValue(_ value: Double) -> String { value < 0.001 ? "p < 0.001" : "p = \(decimal(value, 3))" }
}
