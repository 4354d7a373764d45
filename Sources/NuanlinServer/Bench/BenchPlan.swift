import Kernel

/// What the benchmark measures, and how long: a value, so that a quick run differs only in its numbers.
package struct BenchPlan: Sendable, Equatable {
  /// Sizes of the catalogue.
  package let products: [Int]
  /// Orders already stored, growing.
  package let orders: [Int]
  /// The same two on PostgreSQL.
  package let postgresProducts: [Int]
  package let postgresOrders: [Int]
  /// Locked answers of a questionnaire, on SQLite; empty to leave analysis out.
  package let answers: [Int]
  /// Ties of a quarter whose network is computed, on SQLite; empty to leave it out.
  package let ties: [Int]
  /// Floor and subject take turns so many times; medians are told.
  package let rounds: Int
  package let pageSeconds: Int
  package let orderSeconds: Int

  /// All sizes, some 40 minutes on two cores.
  package static let full = BenchPlan(
    products: [100, 10_000, 100_000], orders: [0, 100_000, 1_000_000], postgresProducts: [10_000],
    postgresOrders: [0, 100_000], answers: [10_000, 50_000], ties: [100_000], rounds: 7, pageSeconds: 1,
    orderSeconds: 2)

  /// Small sizes, for a look within two minutes.
  package static let quick = BenchPlan(
    products: [100, 10_000], orders: [0, 100_000], postgresProducts: [100], postgresOrders: [0],
    answers: [10_000], ties: [10_000], rounds: 3, pageSeconds: 1, orderSeconds: 2)
}

extension BenchPlan {
  /// The same plan with one size instead of all, where one is given.
  package func limited(products: Int?, orders: Int?) -> BenchPlan {
    BenchPlan(
      products: products.map { [$0] } ?? self.products, orders: orders.map { [$0] } ?? self.orders,
      postgresProducts: products.map { [$0] } ?? postgresProducts,
      postgresOrders: orders.map { [$0] } ?? postgresOrders, answers: answers, ties: ties,
      rounds: rounds,
      pageSeconds: pageSeconds, orderSeconds: orderSeconds)
  }

  /// Analysis alone, of this many answers.
  package func limited(toAnswers answers: Int) -> BenchPlan {
    BenchPlan(
      products: [], orders: [], postgresProducts: [], postgresOrders: [], answers: [answers], ties: [],
      rounds: rounds, pageSeconds: pageSeconds, orderSeconds: orderSeconds)
  }

  /// The network alone, of this many ties.
  package func limited(toTies ties: Int) -> BenchPlan {
    BenchPlan(
      products: [], orders: [], postgresProducts: [], postgresOrders: [], answers: [], ties: [ties],
      rounds: rounds, pageSeconds: pageSeconds, orderSeconds: orderSeconds)
  }
}

/// How the benchmark was asked to run.
package struct BenchOptions: Sendable {
  package let plan: BenchPlan
  /// This program, for the servers that it starts as its children.
  package let executable: String
  /// The folder with the clients' scripts.
  package let scripts: String
  /// A folder is made in here and removed at the end; it must be on the kind of disk that is to be measured.
  package let folder: String
  /// An empty database; nil to measure SQLite alone.
  package let postgres: String?

  package init(plan: BenchPlan, executable: String, scripts: String, folder: String, postgres: String?) {
    self.plan = plan
    self.executable = executable
    self.scripts = scripts
    self.folder = folder
    self.postgres = postgres
  }
}

/// What one client saw in one round.
struct BenchRound: Sendable, Equatable {
  /// Answers a second, or for the engine alone: orders a second.
  var rate: Double
  /// Milliseconds; 0 where nothing waits for an answer.
  var median: Double = 0
  var slowest: Double = 0
  /// The client's part of all cores, 0–1.
  var client: Double = 0
  /// Orders that shared a commit on average; 0 for pages.
  var batch: Double = 0
  /// Seconds after the last answer until all that the orders cause, such as notices, was done; up to a second more than
  /// it took. 0 for pages.
  var aftermath: Double = 0

  init(rate: Double) {
    self.rate = rate
  }

  /// Reads the line that the clients' scripts print.
  /// - Throws: `bench.client` when there is none, or when answers were refused or broken.
  init(clientOutput text: String) throws {
    var values: [String: Double] = [:]
    let line = text.split(separator: "\n").last { $0.hasPrefix("measured ") } ?? ""
    for word in line.split(separator: " ").dropFirst() {
      let parts = word.split(separator: "=")
      if parts.count == 2 { values[String(parts[0])] = Double(parts[1]) }
    }
    guard let requests = values["requests"], let time = values["microseconds"], time > 0,
      let median = values["p50"], let slowest = values["p99"], values["refused"] == 0, values["broken"] == 0,
      requests > 0
    else { throw Problem.benchClient(text) }
    rate = requests * 1_000_000 / time
    self.median = median / 1000
    self.slowest = slowest / 1000
  }

  /// 0 without values.
  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  /// Each number's own median over the rounds; nil without rounds.
  static func middle(_ rounds: [BenchRound]) -> BenchRound? {
    guard !rounds.isEmpty else { return nil }
    func middle(_ part: (BenchRound) -> Double) -> Double { median(rounds.map(part)) }
    var result = BenchRound(rate: middle(\.rate))
    result.median = middle(\.median)
    result.slowest = middle(\.slowest)
    result.client = middle(\.client)
    result.batch = middle(\.batch)
    result.aftermath = middle(\.aftermath)
    return result
  }
}

extension Problem {
  static func benchClient(_ output: String) -> Problem {
    Problem(
      "bench.client", status: 500,
      Phrase("压测没有得到干净的结果：\(output)", "The load did not give a clean result: \(output)"))
  }

  static func bench(_ what: Phrase) -> Problem { Problem("bench.failed", status: 500, what) }
}
