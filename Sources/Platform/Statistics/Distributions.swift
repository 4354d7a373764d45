#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The chi-square distribution: of a sum of squares of independent standard normal variables.
package enum ChiSquareDistribution {
  /// P(X ≥ `value`), for a positive number of degrees of freedom: Q(df/2, value/2), the regularized upper incomplete
  /// gamma function (NIST Digital Library of Mathematical Functions, 8.2.4).
  package static func upperTail(_ value: Double, degreesOfFreedom: Int) -> Double {
    precondition(degreesOfFreedom > 0, "a chi-square distribution has degrees of freedom")
    return IncompleteGamma.upper(Double(degreesOfFreedom) / 2, value / 2)
  }
}

/// The standard normal distribution.
package enum NormalDistribution {
  /// P(Z ≥ `value`) = erfc(value/√2)/2.
  package static func upperTail(_ value: Double) -> Double { erfc(value / 2.0.squareRoot()) / 2 }

  /// P(|Z| ≥ |`value`|) = erfc(|value|/√2).
  package static func bothTails(_ value: Double) -> Double { erfc(abs(value) / 2.0.squareRoot()) }

  /// The z above which a share of `tail` lies, 0 < tail < 1; 1.959963984540054 for 0.025.
  ///
  /// The tail is strictly decreasing, so it is found by bisection until no double lies between the bounds.
  package static func value(aboveWhich tail: Double) -> Double {
    precondition(tail > 0 && tail < 1, "a share of the distribution lies between 0 and 1")
    var low = -40.0
    var high = 40.0
    while true {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { return middle }
      if upperTail(middle) > tail { low = middle } else { high = middle }
    }
  }
}

/// The incomplete gamma function, regularized: P(a, x) + Q(a, x) = 1.
enum IncompleteGamma {
  /// Q(a, x) for a > 0.
  ///
  /// Below a + 1 the power series of P converges fast (DLMF 8.11.4), above it the continued fraction of Q (DLMF 8.9.2)
  /// by the modified Lentz algorithm (Press et al., Numerical Recipes, 3rd edition, 5.2 and 6.2).
  static func upper(_ shape: Double, _ value: Double) -> Double {
    if value.isNaN { return .nan }
    if value <= 0 { return 1 }
    if value.isInfinite { return 0 }
    let scale = exp(shape * log(value) - value - logGamma(shape))
    return value < shape + 1
      ? 1 - scale * series(shape, value) : scale * continuedFraction(shape, value)
  }

  /// Enough for both: their number of terms grows with the square root of the shape.
  private static let terms = 100_000
  private static let precision = 1e-16

  private static func series(_ shape: Double, _ value: Double) -> Double {
    var term = 1 / shape
    var sum = term
    var divisor = shape
    for _ in 0..<terms {
      divisor += 1
      term *= value / divisor
      sum += term
      if term < sum * precision { break }
    }
    return sum
  }

  private static func continuedFraction(_ shape: Double, _ value: Double) -> Double {
    let tiny = Double.leastNormalMagnitude / precision
    var b = value + 1 - shape
    var c = 1 / tiny
    var d = 1 / b
    var result = d
    for index in 1...terms {
      let step = Double(index)
      let a = step * (shape - step)
      b += 2
      d = 1 / nonZero(a * d + b, tiny)
      c = nonZero(b + a / c, tiny)
      let change = c * d
      result *= change
      if abs(change - 1) < precision * 2 { break }
    }
    return result
  }

  private static func nonZero(_ value: Double, _ tiny: Double) -> Double { abs(value) < tiny ? tiny : value }

  /// ln Γ(x) for x > 0; the reentrant form, since the other one writes the sign into a global variable.
  private static func logGamma(_ value: Double) -> Double {
    var sign: Int32 = 0
    return lgamma_r(value, &sign)
  }
}

/// A distribution over 0, 1, 2, … given by the ratio of neighbouring probabilities, so that no factorial is needed and
/// nothing overflows: weights are taken relative to the largest one.
struct DiscreteDistribution: Sendable {
  /// The smallest value.
  let first: Int
  /// The probability of each value from `first` on; they sum to one.
  let probabilities: [Double]

  /// - Parameters:
  ///   - values: what can come out; not empty.
  ///   - ratio: P(value + 1) / P(value), falling as value grows.
  init(_ values: ClosedRange<Int>, ratio: (Int) -> Double) {
    first = values.lowerBound
    var below = values.lowerBound
    var above = values.upperBound
    // The ratio falls, so the mode is the first value with a ratio below one.
    while below < above {
      let middle = below + (above - below) / 2
      if ratio(middle) < 1 { above = middle } else { below = middle + 1 }
    }
    let mode = below
    var weights = [Double](repeating: 0, count: values.count)
    weights[mode - first] = 1
    var weight = 1.0
    for value in mode..<max(mode, values.upperBound) {
      weight *= ratio(value)
      weights[value + 1 - first] = weight
    }
    weight = 1
    for value in (first..<mode).reversed() {
      weight /= ratio(value)
      weights[value - first] = weight
    }
    // Small weights first, so that their sum is not lost in a large one.
    let total = weights.sorted().reduce(0, +)
    probabilities = weights.map { $0 / total }
  }

  /// The binomial distribution of `trials` with even chances.
  static func evenBinomial(trials: Int) -> DiscreteDistribution {
    DiscreteDistribution(0...trials) { Double(trials - $0) / Double($0 + 1) }
  }

  /// How many marked things a draw of `drawn` from `population` holds of which `marked` are marked: the hypergeometric
  /// distribution.
  static func hypergeometric(population: Int, marked: Int, drawn: Int) -> DiscreteDistribution {
    DiscreteDistribution(max(0, drawn + marked - population)...min(drawn, marked)) { value in
      Double(marked - value) * Double(drawn - value)
        / (Double(value + 1) * Double(population - marked - drawn + value + 1))
    }
  }

  func probability(of value: Int) -> Double {
    probabilities.indices.contains(value - first) ? probabilities[value - first] : 0
  }

  /// The sum of the probabilities that satisfy a condition, small ones first.
  func sum(where isCounted: (Double) -> Bool) -> Double {
    min(1, probabilities.filter(isCounted).sorted().reduce(0, +))
  }

  /// P(X ≤ value).
  func lowerTail(_ value: Int) -> Double {
    min(1, probabilities.prefix(max(0, value - first + 1)).sorted().reduce(0, +))
  }
}
