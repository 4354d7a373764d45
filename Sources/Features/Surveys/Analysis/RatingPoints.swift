/// What the points of a rating are as numbers: those that a range offered, else 1, 2, 3 … from the lowest.
struct RatingPoints: Sendable, Hashable {
  /// In thousandths, as ``FormScale`` has them.
  private let lowest: Int64
  private let step: Int64

  /// Points that have no numbers of their own.
  static let places = RatingPoints(lowest: 1000, step: 1000)

  private init(lowest: Int64, step: Int64) {
    self.lowest = lowest
    self.step = step
  }

  /// - Returns: nil for options that are no rising numbers with one distance between them.
  init?(numbers names: [String]) {
    let numbers = names.compactMap { FormScale.number($0) }
    guard numbers.count == names.count, numbers.count > 1 else { return nil }
    let step = numbers[1] - numbers[0]
    guard step > 0, zip(numbers, numbers.dropFirst()).allSatisfy({ $1 - $0 == step }) else { return nil }
    self.init(lowest: numbers[0], step: step)
  }

  /// - Parameter place: 1 for the lowest point; the middle of two points lies between their places.
  func number(at place: Double) -> Double { (Double(lowest) + (place - 1) * Double(step)) / 1000 }
}

extension SurveyItem {
  /// The numbers that were offered as points, without words to them; nil for everything else.
  var numbers: RatingPoints? {
    guard isRating, options.allSatisfy({ $0.label == .none }) else { return nil }
    return RatingPoints(numbers: options.map(\.name))
  }

  /// In what its median and its mean are told.
  var points: RatingPoints { numbers ?? .places }
}
