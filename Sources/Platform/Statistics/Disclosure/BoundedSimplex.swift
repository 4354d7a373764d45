/// Searches among all tables that keep some sums for one in which a chosen sum is as large, or as small, as
/// can be.
///
/// The simplex method for variables with bounds (Dantzig 1955; V. Chvátal, Linear Programming (1983), chapter
/// 8). A dense tableau tells how each basic variable moves with each of the others; the true table fits all
/// sums, so the search begins there, and goes on from corner to corner, whatever it is asked for next. It
/// calculates in floating point: what it finds is a proposal, which ``SuppressionSearch`` adds up for itself
/// in whole numbers.
struct BoundedSimplex {
  /// A sum that is kept: of some variables, less some others.
  struct Equation {
    let plus: [Int]
    let minus: [Int]
    /// Whether it may be given up later.
    let isOffer: Bool
  }

  /// Entries below it are noise: the tableau holds fractions of small numbers.
  private static let noise = 1e-9
  private static let pivot = 1e-7
  /// How far from a whole number a value may be that means it, and how large it may be.
  private static let wholeness = 1e-4
  private static let largest = 1e15
  /// How many columns are tried for each step.
  private static let looks = 8

  private let variables: Int
  /// Where each variable stands, with the bounds widened, and without.
  private var values: [Double]
  private var exact: [Double]
  private var lower: [Double]
  private var upper: [Double]
  private let isOffer: [Bool]
  /// Row by row: how each basic variable moves with each of the others.
  private var tableau: [Double]
  /// How what is looked for moves with each of the others.
  private var slopes: [Double]
  private let stride: Int
  private var basic: [Int]
  private var others: [Int]
  /// How many entries of the tableau were calculated so far, a measure of time that is the same on every
  /// machine.
  private(set) var work: Int

  /// - Parameters:
  ///   - values: the true table.
  ///   - fixed: variables that never move.
  ///   - offers: variables that do not move until they are given up.
  init(values: [Int], fixed: Set<Int>, offers: Set<Int>, equations: [Equation]) {
    variables = values.count
    let sums = equations.map { equation in
      equation.plus.reduce(0) { $0 + values[$1] } - equation.minus.reduce(0) { $0 + values[$1] }
    }
    let home = (values + sums).map(Double.init)
    self.values = home
    exact = home
    let moves = values.indices.map { !fixed.contains($0) && !offers.contains($0) } + sums.map { _ in false }
    let slack = home.indices.map { $0 < values.count && !moves[$0] ? 0 : Self.slack($0) }
    lower = home.indices.map { (moves[$0] ? 0 : home[$0]) - slack[$0] }
    upper = home.indices.map { moves[$0] ? .infinity : home[$0] + slack[$0] }
    isOffer = values.indices.map(offers.contains) + equations.map(\.isOffer)
    others = values.indices.filter { !fixed.contains($0) }
    stride = max(1, others.count)
    slopes = [Double](repeating: 0, count: stride)
    basic = equations.indices.map { values.count + $0 }
    var column = [Int](repeating: -1, count: values.count)
    for (place, variable) in others.enumerated() { column[variable] = place }
    tableau = [Double](repeating: 0, count: equations.count * stride)
    work = tableau.count
    for (row, equation) in equations.enumerated() {
      for variable in equation.plus where column[variable] >= 0 {
        tableau[row * stride + column[variable]] += 1
      }
      for variable in equation.minus where column[variable] >= 0 {
        tableau[row * stride + column[variable]] -= 1
      }
    }
  }

  /// Bounds are a little wider than they are, each by its own, so that no two are reached together and every
  /// step moves something (Charnes' perturbation, 1952).
  private static func slack(_ variable: Int) -> Double {
    1e-6 * (1 + Double((UInt64(variable) &* 0x9E37_79B9_7F4A_7C15) >> 40) / Double(1 << 24))
  }

  /// The table of the last search that came furthest of all whole ones on its way; nil where it met none.
  private(set) var whole: [Int]?
  private(set) var isWhole = true

  /// The variables that do not stand at whole numbers.
  var broken: Set<Int> {
    Set((0..<variables).filter { abs(exact[$0] - exact[$0].rounded()) > Self.wholeness })
  }

  /// Notes the table if it is whole.
  private mutating func note() {
    isWhole = (0..<variables).allSatisfy {
      abs(exact[$0] - exact[$0].rounded()) <= Self.wholeness && abs(exact[$0]) < Self.largest
    }
    if isWhole { whole = exact[..<variables].map { Int($0.rounded()) } }
  }

  /// Gives up an offer: a variable, or the sum of an equation (they come after all variables).
  mutating func give(_ offer: Int) {
    if offer < variables {
      lower[offer] = -Self.slack(offer)
      upper[offer] = .infinity
    } else {
      if let column = others.firstIndex(of: offer) { bringIn(column) }
      if let row = basic.firstIndex(of: offer) { remove(row) }
    }
  }

  /// Makes the variable of a column basic, by the pivot that is closest to one and so keeps fractions small.
  private mutating func bringIn(_ column: Int) {
    let row = basic.indices.filter { abs(tableau[$0 * stride + column]) > Self.pivot }.min { one, other in
      abs(abs(tableau[one * stride + column]) - 1) < abs(abs(tableau[other * stride + column]) - 1)
    }
    if let row { exchange(row, column) } else { drop(column) }
  }

  /// Pushes every variable that is neither basic nor at a bound to one: the table is then a corner.
  private mutating func settle() {
    var column = 0
    while column < others.count {
      let variable = others[column]
      if values[variable] == lower[variable] || values[variable] == upper[variable] {
        column += 1
      } else if let step = step(column, -1) {
        take(step)
      }
    }
  }

  /// Moves from corner to corner towards a larger (or smaller) sum of some variables.
  ///
  /// - Parameter wanted: how large (or small) is enough.
  mutating func move(_ sum: [Int], up: Bool, to wanted: Double) {
    settle()
    whole = nil
    note()
    look(for: sum, up ? 1 : -1)
    for _ in 0..<(200 + 20 * (others.count + basic.count)) {
      let value = sum.reduce(0.0) { $0 + exact[$1] }
      if up ? value >= wanted : value <= wanted { return }
      guard let step = bestStep() else { return }
      take(step)
      note()
    }
  }

  /// After a search that did not come far enough: the offers that stood in its way, variables and equations
  /// (which come after all variables). If there is none, giving offers up does not help.
  var hindrances: [Int] {
    others.indices.filter { column in
      let variable = others[column]
      return isOffer[variable] && upper[variable].isFinite && abs(slopes[column]) > Self.pivot
    }.map { others[$0] }
  }

  private mutating func look(for sum: [Int], _ sign: Double) {
    var weight: [Int: Double] = [:]
    for variable in sum { weight[variable] = sign }
    for column in others.indices { slopes[column] = weight[others[column]] ?? 0 }
    for (row, variable) in basic.enumerated() {
      guard let weight = weight[variable] else { continue }
      for column in others.indices { slopes[column] += weight * tableau[row * stride + column] }
    }
  }

  /// A move of one variable until something reaches a bound: the variable itself, or a basic one, which then
  /// leaves.
  private struct Step {
    let column: Int
    let direction: Double
    let length: Double
    let leaving: Int?
  }

  /// Of the columns that promise most for each step, the one that brings most.
  private func bestStep() -> Step? {
    let promising = others.indices.filter { column in
      let slope = slopes[column]
      let variable = others[column]
      return abs(slope) > Self.pivot && upper[variable] == .infinity
        && (slope > 0 || values[variable] > lower[variable])
    }.sorted { abs(slopes[$0]) > abs(slopes[$1]) }
    var best: (step: Step, gain: Double)?
    for column in promising.prefix(Self.looks) {
      guard let step = step(column, slopes[column] > 0 ? 1 : -1) else { continue }
      let gain = abs(slopes[column]) * step.length
      if gain > best?.gain ?? -1 { best = (step, gain) }
    }
    return best?.step
  }

  private func step(_ column: Int, _ direction: Double) -> Step? {
    let variable = others[column]
    var length = direction > 0 ? upper[variable] - values[variable] : values[variable] - lower[variable]
    var leaving: Int?
    for row in basic.indices {
      let rate = tableau[row * stride + column] * direction
      guard abs(rate) > Self.pivot else { continue }
      let moved = basic[row]
      let room = max(0, rate > 0 ? upper[moved] - values[moved] : values[moved] - lower[moved]) / abs(rate)
      if room < length { (length, leaving) = (room, row) }
    }
    return length.isFinite
      ? Step(column: column, direction: direction, length: length, leaving: leaving) : nil
  }

  /// Carries out a step, and makes what stopped it stand at its bound.
  private mutating func take(_ step: Step) {
    let variable = others[step.column]
    let stopped = step.leaving.map { basic[$0] } ?? variable
    let rate = step.leaving.map { tableau[$0 * stride + step.column] } ?? 1
    let isRising = rate * step.direction > 0
    let bound = isRising ? upper[stopped] : lower[stopped]
    let exactBound = bound + (isRising ? -1 : 1) * Self.slack(stopped)
    let exactLength = (exactBound - exact[stopped]) / rate
    for row in basic.indices {
      let rate = tableau[row * stride + step.column]
      if rate == 0 { continue }
      values[basic[row]] += rate * step.direction * step.length
      exact[basic[row]] += rate * exactLength
    }
    values[variable] += step.direction * step.length
    exact[variable] += exactLength
    values[stopped] = bound
    exact[stopped] = exactBound
    if let leaving = step.leaving { exchange(leaving, step.column) }
  }
}

/// The tableau.
extension BoundedSimplex {
  private mutating func remove(_ row: Int) {
    let last = basic.count - 1
    if row < last {
      basic[row] = basic[last]
      for column in others.indices { tableau[row * stride + column] = tableau[last * stride + column] }
    }
    basic.removeLast()
    tableau.removeLast(stride)
  }

  /// Makes the variable of a column basic in place of that of a row. A variable that never moves again is
  /// dropped.
  private mutating func exchange(_ row: Int, _ column: Int) {
    let leaving = basic[row]
    let start = row * stride
    let scale = 1 / tableau[start + column]
    let width = others.count
    let stride = stride
    let rows = basic.count
    work += width * rows
    tableau.withUnsafeMutableBufferPointer { tableau in
      for place in start..<start + width { tableau[place] *= -scale }
      tableau[start + column] = 0
      for other in 0..<rows where other != row {
        let first = other * stride
        let factor = tableau[first + column]
        if factor == 0 { continue }
        for place in 0..<width {
          let entry = tableau[first + place] + factor * tableau[start + place]
          tableau[first + place] = abs(entry) < Self.noise ? 0 : entry
        }
        tableau[first + column] = factor * scale
      }
      let factor = slopes[column]
      for place in 0..<width { slopes[place] += factor * tableau[start + place] }
      slopes[column] = factor * scale
      tableau[start + column] = scale
    }
    basic[row] = others[column]
    others[column] = leaving
    if upper[leaving].isFinite, !isOffer[leaving] { drop(column) }
  }

  private mutating func drop(_ column: Int) {
    let last = others.count - 1
    others[column] = others[last]
    slopes[column] = slopes[last]
    for row in basic.indices { tableau[row * stride + column] = tableau[row * stride + last] }
    others.removeLast()
  }
}
