import Kernel
import Statistics

/// What the answers to one question add up to. Source of the rules: field/socialwork.md §2.7.
struct QuestionSummary: Sendable, Equatable {
  let place: Int
  let item: SurveyItem
  let base: AnswerBase
  let content: Content

  enum Content: Sendable, Equatable {
    case single(OptionCounts)
    case rating(OptionCounts, isReversed: Bool)
    /// Each option by itself; together they may pass 100 %.
    case multiple(OptionCounts)
    case rank([RankCount])
    case number(NumberSummary?)
    case moment([PeriodCount])
    case text
  }

  init(_ data: SurveyData, _ place: Int, isReversed: Bool = false) {
    self.place = place
    item = data.items[place]
    base = data.base(place)
    content = Self.content(data.columns[place], item, base, isReversed)
  }

  private static func content(
    _ column: SurveyColumn?, _ item: SurveyItem, _ base: AnswerBase, _ isReversed: Bool
  ) -> Content {
    guard let column else { return .text }
    switch column.values {
    case .single(let codes):
      var counts = [Int](repeating: 0, count: item.options.count)
      for row in column.statuses.indices where column.isAnswered(row) { counts[Int(codes[row])] += 1 }
      let options = OptionCounts(counts: counts, answered: base.answered)
      return item.isRating ? .rating(options, isReversed: isReversed) : .single(options)
    case .multiple(let options):
      return .multiple(
        OptionCounts(
          counts: options.map { $0.reduce(0) { $0 + Int($1) } }, answered: base.answered))
    case .rank(let options):
      return .rank(options.map(RankCount.init))
    case .number(let numbers):
      return .number(NumberSummary(column.statuses.indices.filter(column.isAnswered).map { numbers[$0] }))
    case .moment(let moments):
      return .moment(
        PeriodCount.counts(column.statuses.indices.filter(column.isAnswered).map { moments[$0] }))
    case .text: return .text
    }
  }
}

/// How many chose each option, among those who answered the question.
struct OptionCounts: Sendable, Equatable {
  /// In the order of the options.
  let counts: [Int]
  /// The denominator.
  let answered: Int

  /// By option; nil where nobody answered.
  var proportions: [Proportion?] { counts.map { Proportion($0, of: answered) } }

  /// The points of a scale from its lowest; nil where there are less than two.
  func rating(isReversed: Bool) -> RatingSummary? {
    let summary = RatingSummary(counts)
    return isReversed ? summary?.reversed : summary
  }
}

/// How an option was ranked by those who gave it a place.
struct RankCount: Sendable, Equatable {
  /// How many gave it any place.
  let ranked: Int
  /// How many put it first.
  let first: Int
  /// The mean of its places, from 1; nil where nobody gave it one.
  let mean: Double?

  init(_ places: [UInt8]) {
    let given = places.filter { $0 > 0 }
    ranked = given.count
    first = given.count { $0 == 1 }
    mean = given.isEmpty ? nil : Double(given.reduce(0) { $0 + Int($1) }) / Double(given.count)
  }
}

/// How many answers lie in one month, or for times of day in one hour.
struct PeriodCount: Sendable, Equatable {
  /// `2026-03`, or `14`.
  let period: String
  let count: Int

  static func counts(_ moments: [String]) -> [PeriodCount] {
    let periods = moments.map { moment in
      let isDay = moment.utf8.dropFirst(4).first == UInt8(ascii: "-")
      return String(moment.prefix(isDay ? 7 : 2))
    }
    return Dictionary(grouping: periods) { $0 }.map { PeriodCount(period: $0.key, count: $0.value.count) }
      .sorted { $0.period < $1.period }
  }
}

/// Where numbers lie.
struct NumberSummary: Sendable, Equatable {
  let count: Int
  let mean: Double
  /// Of a sample, with n − 1 below; nil for a single number.
  let standardDeviation: Double?
  /// The lower quartile, the median and the upper quartile by definition 7 of Hyndman and Fan (1996), as R and most
  /// spreadsheets have it: between the two nearest numbers in proportion.
  let quartiles: [Double]
  let bins: [Bin]

  /// Numbers from `from`, and below `to`.
  struct Bin: Sendable, Equatable {
    let from: Double
    let to: Double
    let count: Int
  }

  /// - Returns: nil for no numbers.
  init?(_ numbers: [Double]) {
    guard !numbers.isEmpty else { return nil }
    let sorted = numbers.sorted()
    let n = Double(sorted.count)
    let mean = sorted.reduce(0, +) / n
    count = sorted.count
    self.mean = mean
    standardDeviation =
      count > 1
      ? (sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)).squareRoot() : nil
    quartiles = [0.25, 0.5, 0.75].map { Self.quantile($0, of: sorted) }
    bins = Self.bins(sorted)
  }

  /// - Parameter sorted: in ascending order, at least one.
  static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
  }

  /// Up to about ten bins with round bounds, so that neither the smallest nor the largest number shows.
  private static func bins(_ sorted: [Double]) -> [Bin] {
    guard let first = sorted.first, let last = sorted.last else { return [] }
    let step = roundStep((last - first) / 8)
    let start = (first / step).rounded(.down) * step
    let count = Int(((last - start) / step).rounded(.down)) + 1
    var counts = [Int](repeating: 0, count: count)
    for number in sorted { counts[min(count - 1, max(0, Int((number - start) / step)))] += 1 }
    return counts.enumerated().map {
      Bin(from: start + Double($0.offset) * step, to: start + Double($0.offset + 1) * step, count: $0.element)
    }
  }

  /// The next of 1, 2, 5, 10, 20 … at or above; 1 where all numbers are the same.
  private static func roundStep(_ width: Double) -> Double {
    guard width > 0 else { return 1 }
    var power = 1.0
    while power > width { power /= 10 }
    while power * 10 <= width { power *= 10 }
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= width } ?? power * 10
  }
}

/// How well the questions of a scale hang together, and where people stand on it.
struct ScaleSummary: Sendable, Equatable {
  let name: String
  /// Both ways with people who left a question out, named with every figure.
  let listwise: CronbachsAlpha?
  let pairwise: CronbachsAlpha?
  /// The mean of the points of each person who answered every question.
  let scores: NumberSummary?

  /// - Parameter reversed: names of the questions that ask the opposite.
  init?(_ data: SurveyData, _ scale: AnswerScale, reversed: Set<String>) {
    let places = scale.items.compactMap(data.place)
    guard places.count == scale.items.count, places.count > 1 else { return nil }
    var people = [[Double?]](repeating: [], count: data.count)
    for place in places {
      guard let column = data.columns[place], case .single(let codes) = column.values else { return nil }
      let item = data.items[place]
      let isReversed = reversed.contains(item.name)
      for row in 0..<data.count {
        let point = isReversed ? item.options.count - Int(codes[row]) : Int(codes[row]) + 1
        people[row].append(column.isAnswered(row) ? Double(point) : nil)
      }
    }
    // Questions with different numbers are added up by their places.
    let all = Set(places.map { data.items[$0].points })
    let points = all.count == 1 ? all.first ?? .places : .places
    name = scale.name
    listwise = CronbachsAlpha(people, .listwise)
    pairwise = CronbachsAlpha(people, .pairwise)
    let whole = people.map { $0.compactMap(\.self) }.filter { $0.count == places.count }
    scores = NumberSummary(whole.map { points.number(at: $0.reduce(0, +) / Double(places.count)) })
  }
}
