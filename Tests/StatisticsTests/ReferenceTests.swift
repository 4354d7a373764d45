import TestKit
import Testing

@testable import Statistics

/// Every figure agrees with scipy, statsmodels and pingouin, on a thousand random tables of each kind and on the classic ones.
@Suite(.enabled(if: PythonReference.isAvailable)) struct ReferenceTests {
  @Test func `every figure agrees with the reference to nine places`() async throws {
    let question = Question(seed: 20_261_128)
    let answer = try await PythonReference("Tests/StatisticsTests/reference.py").answer(
      question, as: Answer.self)
    try #require(answer.tables.count == question.tables.count && answer.tables.count > 1000)
    for (counts, expected) in zip(question.tables, answer.tables) { try compare(counts, expected) }
    try #require(answer.changes.count == question.changes.count)
    for (change, p) in zip(question.changes, answer.changes) {
      expect(McNemarTest(gained: change[0], lost: change[1]).pValue, p, "McNemar \(change)")
    }
    try #require(answer.ranks.count == question.ranks.count)
    for (differences, expected) in zip(question.ranks, answer.ranks) {
      let test = WilcoxonSignedRankTest(differences: differences)
      expect(test.statistic, expected.statistic, "Wilcoxon \(differences)")
      expect(test.pValue, expected.p, "Wilcoxon \(differences)")
    }
    try compareScales(question, answer)
    for (tail, expected) in zip(question.tails, answer.tails) {
      expect(
        ChiSquareDistribution.upperTail(tail.value, degreesOfFreedom: tail.degreesOfFreedom), expected,
        "tail of \(tail)")
    }
  }

  private func compare(_ counts: [[Int]], _ expected: Answer.Table) throws {
    let table = try #require(ContingencyTable(counts))
    let test = try #require(table.chiSquareTest)
    expect(test.statistic, expected.statistic, "X² of \(counts)")
    #expect(test.degreesOfFreedom == expected.degreesOfFreedom)
    expect(test.pValue, expected.p, "p of \(counts)")
    expect(try #require(table.cramersV), expected.v, "V of \(counts)")
    for (ours, theirs) in zip(table.expected.joined(), expected.expected.joined()) {
      expect(ours, theirs, "expected of \(counts)")
    }
    for (ours, theirs) in zip(table.adjustedResiduals.joined(), expected.residuals.joined()) {
      expect(try #require(ours), theirs, "residual of \(counts)")
    }
    #expect((table.yatesTest == nil) == (expected.yatesP == nil))
    if let yates = table.yatesTest, let statistic = expected.yatesStatistic, let p = expected.yatesP,
      let fisher = expected.fisherP
    {
      expect(yates.statistic, statistic, "Yates of \(counts)")
      expect(yates.pValue, p, "Yates of \(counts)")
      expect(try #require(table.fisherExactPValue), fisher, "Fisher of \(counts)")
    }
  }

  private func compareScales(_ question: Question, _ answer: Answer) throws {
    try #require(answer.kappas.count == question.kappas.count)
    for (counts, expected) in zip(question.kappas, answer.kappas) {
      let table = try #require(ContingencyTable(counts))
      let kappa = try #require(CohensKappa(table))
      expect(kappa.kappa, expected.kappa, "kappa of \(counts)")
      expect(kappa.standardError, expected.error, "error of kappa of \(counts)")
    }
    try #require(answer.alphas.count == question.alphas.count)
    for (answers, expected) in zip(question.alphas, answer.alphas) {
      expect(
        try #require(CronbachsAlpha(answers, .listwise)).alpha, expected.listwise, "alpha of \(answers)")
      expect(
        try #require(CronbachsAlpha(answers, .pairwise)).alpha, expected.pairwise, "alpha of \(answers)")
    }
    for (asked, expected) in zip(question.proportions, answer.intervals) {
      let interval = try #require(Proportion(asked[0], of: asked[1])).wilsonInterval()
      expect(interval.lowerBound, expected[0], "interval of \(asked)")
      expect(interval.upperBound, expected[1], "interval of \(asked)")
    }
    for (pValues, expected) in zip(question.pValues, answer.holm) {
      for (ours, theirs) in zip(HolmAdjustment.adjusted(pValues), expected) {
        expect(ours, theirs, "Holm of \(pValues)")
      }
    }
  }

  private func expect(_ ours: Double, _ theirs: Double, _ what: @autoclosure () -> String) {
    let isEqual = abs(ours - theirs) <= 1e-9 * max(1, abs(theirs))
    #expect(isEqual, "\(what()): \(ours) is not \(theirs)")
  }
}

/// What is sent to the reference.
private struct Question: Encodable {
  struct Tail: Encodable {
    let value: Double
    let degreesOfFreedom: Int

    func encode(to encoder: any Encoder) throws {
      var pair = encoder.unkeyedContainer()
      try pair.encode(value)
      try pair.encode(degreesOfFreedom)
    }
  }

  var tables: [[[Int]]] = Classics.tables
  var changes: [[Int]] = Classics.changes
  var ranks: [[Double]] = Classics.ranks
  var kappas: [[[Int]]] = Classics.kappas
  var alphas: [[[Double?]]] = [Classics.scale]
  var proportions: [[Int]] = [[0, 1], [1, 1], [0, 50_000], [50_000, 50_000], [81, 263]]
  var pValues: [[Double]] = [[0.01, 0.04, 0.03, 0.005], [1, 1], [0.5], [0, 0, 0.02]]
  var tails: [Tail] = [Tail(value: 0, degreesOfFreedom: 1), Tail(value: 1e-300, degreesOfFreedom: 2)]

  enum CodingKeys: String, CodingKey {
    case tables, changes, ranks, kappas, alphas, proportions, tails
    case pValues = "p_values"
  }

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var round = 0
    while tables.count < 1000 + Classics.tables.count {
      round += 1
      let largest = [3, 12, 200, 5000].randomElement(using: &random) ?? 12
      let side = round.isMultiple(of: 3) ? 2...2 : 2...6
      tables += Self.table(
        .random(in: side, using: &random), .random(in: side, using: &random), largest, &random)
      changes.append([.random(in: 0...largest, using: &random), .random(in: 0...largest, using: &random)])
      ranks.append(Self.differences(&random))
      let codes = Int.random(in: 2...5, using: &random)
      kappas += Self.table(codes, codes, largest, &random).filter { $0.count == $0[0].count }
      alphas.append(Self.scale(&random))
      let total = Int.random(in: 1...largest, using: &random)
      proportions.append([.random(in: 0...total, using: &random), total])
      // The reference takes long for these.
      if round.isMultiple(of: 20) {
        let tests = 0..<Int.random(in: 1...12, using: &random)
        pValues.append(tests.map { _ in .random(in: 0...0.2, using: &random) })
      }
      tails.append(
        Tail(
          value: .random(in: 0...(round.isMultiple(of: 2) ? 20 : 700), using: &random),
          degreesOfFreedom: .random(in: 1...(round.isMultiple(of: 3) ? 4 : 600), using: &random)))
    }
  }

  /// One table without empty lines, or none.
  private static func table(
    _ rows: Int, _ columns: Int, _ largest: Int, _ random: inout SeededGenerator
  ) -> [[[Int]]] {
    let counts = (0..<rows).map { _ in (0..<columns).map { _ in Int.random(in: 0...largest, using: &random) }
    }
    guard let table = ContingencyTable(counts)?.withoutEmptyLines, table.rows > 1, table.columns > 1 else {
      return []
    }
    return [table.counts]
  }

  /// Differences of a rating, with ties and zeros, or all of different sizes; some pair always differs.
  private static func differences(_ random: inout SeededGenerator) -> [Double] {
    let count = Int.random(in: 3...80, using: &random)
    if Bool.random(using: &random) {
      return (1...count).shuffled(using: &random).map {
        Bool.random(using: &random) ? Double($0) : -Double($0)
      }
    }
    return [1] + (0..<count).map { _ in Double(Int.random(in: -4...4, using: &random)) }
  }

  /// Answers of people to some items, with some left out, in which nothing stands still.
  private static func scale(_ random: inout SeededGenerator) -> [[Double?]] {
    let items = Int.random(in: 2...8, using: &random)
    let fixed: [[Double?]] = [
      (0..<items).map { Double($0 % 2 + 1) }, (0..<items).map { _ in 5 }, (0..<items).map { Double($0 % 3) },
    ]
    return fixed
      + (0..<Int.random(in: 4...40, using: &random)).map { _ in
        let person = Int.random(in: 1...5, using: &random)
        return (0..<items).map { _ in
          Int.random(in: 0..<8, using: &random) == 0
            ? nil : Double(max(1, min(5, person + Int.random(in: -1...1, using: &random))))
        }
      }
  }
}

/// What the reference says.
private struct Answer: Decodable {
  struct Table: Decodable {
    let statistic: Double
    let degreesOfFreedom: Int
    let p: Double
    let v: Double
    let expected: [[Double]]
    let residuals: [[Double]]
    let yatesStatistic: Double?
    let yatesP: Double?
    let fisherP: Double?

    enum CodingKeys: String, CodingKey {
      case statistic, p, v, expected, residuals
      case degreesOfFreedom = "degrees_of_freedom"
      case yatesStatistic = "yates_statistic"
      case yatesP = "yates_p"
      case fisherP = "fisher_p"
    }
  }
  struct Ranks: Decodable {
    let statistic: Double
    let p: Double
  }
  struct Kappa: Decodable {
    let kappa: Double
    let error: Double
  }
  struct Alpha: Decodable {
    let listwise: Double
    let pairwise: Double
  }

  let tables: [Table]
  let changes: [Double]
  let ranks: [Ranks]
  let kappas: [Kappa]
  let alphas: [Alpha]
  let intervals: [[Double]]
  let holm: [[Double]]
  let tails: [Double]
}

/// Data that textbooks use.
enum Classics {
  static let tables: [[[Int]]] = [
    // The lady tasting tea (Fisher 1935).
    [[3, 1], [1, 3]],
    // Aspirin and heart attacks (Agresti 2013, table 2.3).
    [[189, 10_845], [104, 10_933]],
    // Education and belief in an afterlife by three answers, a table with many degrees of freedom.
    [[9, 8, 27, 8, 47, 236], [23, 39, 88, 49, 179, 706], [28, 48, 89, 19, 104, 293]],
    // Hair and eyes (Snee 1974).
    [[68, 20, 15, 5], [119, 84, 54, 29], [26, 17, 14, 14], [7, 94, 10, 16]],
    [[1, 0], [0, 1]], [[50_000, 1], [1, 50_000]],
  ]
  /// Approval of a prime minister (Agresti 2013, table 11.1) first.
  static let changes = [[86, 150], [0, 0], [0, 1], [12, 12], [0, 40], [1, 2_000]]
  static let ranks: [[Double]] = [
    // Hamilton depression scores of nine patients (Hollander and Wolfe 1973, table 3.1).
    [-0.952, 0.147, -1.022, -0.43, -0.62, -0.59, -0.49, 0.08, -0.01],
    [1], [-1, 2], [1, 1, 1, 1], [0, 0, 1],
  ]
  /// Two doctors and the diagnoses of a hundred people (after Cohen 1960) first.
  static let kappas: [[[Int]]] = [
    [[25, 13, 12], [12, 2, 16], [3, 15, 2]], [[20, 5], [10, 15]], [[10, 0], [0, 10]], [[0, 10], [10, 0]],
  ]
  static let scale: [[Double?]] = [
    [2, 2, 3], [3, 3, 3], [4, 4, 5], [2, 1, nil], [5, 4, 4], [1, 2, 1], [nil, 3, 4],
  ]
}
