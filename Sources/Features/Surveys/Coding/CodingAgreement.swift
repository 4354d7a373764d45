import Kernel
import Statistics

/// How far two coders agree: for each code whether a passage has it or not, and over all codes where a passage has one at most.
///
/// The numbers are those of `CohensKappa`; no words are put on them. Source: Cohen 1960; field/socialwork.md §2.7.
struct CodingAgreement: Sendable, Equatable {
  /// How many passages were compared.
  let passages: Int
  /// For each code that either of them used, or that is in use, in the order of the book.
  let codes: [Line]
  /// Over all codes; nil where a passage may have several.
  let overall: Measure?

  struct Line: Sendable, Equatable {
    let code: ThemeCodeID
    let both: Int
    let firstOnly: Int
    let secondOnly: Int
    let neither: Int
    let measure: Measure?
  }

  struct Measure: Sendable, Equatable {
    /// The share of passages on which they agree.
    let observed: Double
    /// Nil where both gave one and the same to every passage: then chance explains all of it.
    let kappa: CohensKappa?

    /// The 95 % interval of kappa by its large-sample standard error, within what kappa can be.
    var interval: ClosedRange<Double>? {
      guard let kappa else { return nil }
      let reach = NormalDistribution.value(aboveWhich: 0.025) * kappa.standardError
      return max(-1, kappa.kappa - reach)...min(1, kappa.kappa + reach)
    }
  }

  /// - Parameter codes: those to report on, in their order.
  init(_ pairs: [CodedPair], codes: [ThemeCodeID], scheme: Coding.Scheme) {
    passages = pairs.count
    self.codes = codes.map { Self.line($0, pairs) }
    overall = scheme == .single ? Self.overall(pairs, codes) : nil
  }

  private static func line(_ code: ThemeCodeID, _ pairs: [CodedPair]) -> Line {
    var counts = [[0, 0], [0, 0]]
    for pair in pairs { counts[pair.first.contains(code) ? 0 : 1][pair.second.contains(code) ? 0 : 1] += 1 }
    return Line(
      code: code, both: counts[0][0], firstOnly: counts[0][1], secondOnly: counts[1][0],
      neither: counts[1][1], measure: measure(counts))
  }

  /// Having no code is a choice like any other and has the last row and column.
  private static func overall(_ pairs: [CodedPair], _ codes: [ThemeCodeID]) -> Measure? {
    let places = Dictionary(zip(codes, codes.indices), uniquingKeysWith: { first, _ in first })
    let size = codes.count + 1
    var counts = Array(repeating: Array(repeating: 0, count: size), count: size)
    for pair in pairs {
      let row = pair.first.first.flatMap { places[$0] } ?? codes.count
      let column = pair.second.first.flatMap { places[$0] } ?? codes.count
      counts[row][column] += 1
    }
    return measure(counts)
  }

  private static func measure(_ counts: [[Int]]) -> Measure? {
    guard let table = ContingencyTable(counts), table.total > 0 else { return nil }
    let same = counts.indices.reduce(0) { $0 + counts[$1][$1] }
    return Measure(observed: Double(same) / Double(table.total), kappa: CohensKappa(table))
  }

  /// A scale that is often printed beside kappa. It is a convention and no test: how high kappa can be also hangs on how often
  /// a code is used. Source: Landis and Koch 1977, Biometrics 33, 159–174.
  static let convention: [(from: String, name: Phrase)] = [
    ("< 0", Phrase("差", "poor")), ("0.00–0.20", Phrase("极低", "slight")), ("0.21–0.40", Phrase("一般", "fair")),
    ("0.41–0.60", Phrase("中等", "moderate")), ("0.61–0.80", Phrase("较高", "substantial")),
    ("0.81–1.00", Phrase("几乎一致", "almost perfect")),
  ]
}

/// Numbers with so many decimals, rounded to the nearest: `0.63`, `−0.05`.
enum Decimals {
  /// - Parameter places: 1…6.
  static func text(_ value: Double, _ places: Int) -> String {
    let scale = (0..<places).reduce(1) { product, _ in product * 10 }
    let units = Int((abs(value) * Double(scale)).rounded())
    let digits = String(units % scale)
    let sign = value < 0 && units > 0 ? "−" : ""
    return "\(sign)\(units / scale).\(String(repeating: "0", count: places - digits.count))\(digits)"
  }
}
