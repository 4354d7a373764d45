/// By how much a table of broken numbers may miss what it has to keep: rounding alone.
private let tolerance = 1e-5

/// Finds what else has to be left out of a table until nothing that is hidden in it can be computed back.
///
/// What an attacker knows are sums of cells that are never negative. What they can say of a hidden sum is the range that it
/// takes over all tables that agree with what they know: the attacker's problem of cell suppression. A hidden sum is protected
/// when that range is wide enough, wherever it lies (sliding protection level; A. Hundepool et al., Statistical Disclosure
/// Control (2012), chapter 4; M. Fischetti and J. J. Salazar, “Solving the cell suppression problem on tabular data with linear
/// constraints”, Management Science 47 (2001)).
///
/// Two whole tables that agree with everything known, and are so far apart, prove it; each is added up in whole numbers
/// before it counts. Where the search finds no such pair, more is left out: a mistake can only hide too much.
struct SuppressionSearch {
  /// A sum that may be shown or left out.
  struct Offer {
    /// The cells that it is the sum of.
    let variables: [Int]
    /// What is lost without it.
    let loss: Int
  }

  /// A sum that must stay uncertain.
  struct Target {
    let variables: [Int]
    /// How wide its range has to be.
    let need: Int
  }

  /// A table that agrees with all that is known: where it differs from the true one.
  private struct Witness {
    let changes: [(variable: Int, by: Double)]
  }

  private struct Range {
    let target: Target
    /// How far below and above the truth it can lie, and which witnesses say so.
    var below = 0.0
    var above = 0.0
    var low: Int?
    var high: Int?

    var isEnough: Bool { below + above > Double(target.need) - tolerance }
  }

  private let truth: [Int]
  private let sums: [BoundedSimplex.Equation]
  private let fixed: Set<Int>
  let offers: [Offer]
  /// What each offer that is shown is called in the simplex method.
  private var handles: [Int?] = []
  private var offerOfHandle: [Int: Int] = [:]
  private let couldBeShown: [Bool]
  private var simplex: BoundedSimplex
  private var witnesses: [Witness] = []
  private var needed: Set<Int> = []
  private var scratch: [Double]

  /// Which offers are shown.
  private(set) var isShown: [Bool]

  /// - Parameters:
  ///   - truth: the cells.
  ///   - fixed: cells that are known.
  ///   - sums: what else is known.
  ///   - isShown: which offers are shown to begin with; the others never will be.
  init(
    truth: [Int], fixed: Set<Int>, sums: [BoundedSimplex.Equation], offers: [Offer], isShown: [Bool]
  ) {
    self.truth = truth
    self.fixed = fixed
    self.sums = sums
    self.offers = offers
    self.isShown = isShown
    couldBeShown = isShown
    scratch = [Double](repeating: 0, count: truth.count)
    simplex = BoundedSimplex(values: [], fixed: [], offers: [], equations: [])
    start()
  }

  /// Begins anew from the true table, with what is shown now.
  private mutating func start() {
    var equations = sums
    var single: Set<Int> = []
    handles = []
    for (offer, isShown) in zip(offers, isShown) {
      if !isShown {
        handles.append(nil)
      } else if offer.variables.count == 1 {
        handles.append(offer.variables[0])
        single.insert(offer.variables[0])
      } else {
        handles.append(truth.count + equations.count)
        equations.append(.init(plus: offer.variables, minus: [], isOffer: true))
      }
    }
    offerOfHandle = [:]
    for (offer, handle) in handles.enumerated() { if let handle { offerOfHandle[handle] = offer } }
    simplex = BoundedSimplex(values: truth, fixed: fixed, offers: single, equations: equations)
  }

  /// Leaves out offers, of those that help the one that loses least first, until all targets are protected.
  ///
  /// - Throws: `followsFromEarlier` when a target cannot be protected so.
  mutating func protect(_ targets: [Target]) throws(DisclosureRefusal) {
    var ranges = targets.map { Range(target: $0) }
    for witness in witnesses.indices { widen(&ranges, by: witness) }
    for place in ranges.indices where !ranges[place].isEnough {
      try protect(place, &ranges)
    }
    for range in ranges { needed.formUnion([range.low, range.high].compactMap { $0 }) }
  }

  private mutating func protect(_ place: Int, _ ranges: inout [Range]) throws(DisclosureRefusal) {
    var ways = [true, false]
    while true {
      var hindrances: [(offer: Int, up: Bool)] = []
      for up in ways {
        hindrances += explore(place, up: up, &ranges).map { ($0, up) }
        if ranges[place].isEnough { return }
      }
      if let next = hindrances.min(by: { losesLess($0.offer, $1.offer) }) {
        hide(next.offer)
        ways = [next.up]
      } else if ways.count == 1 {
        ways = [true, false]
      } else {
        throw .followsFromEarlier
      }
    }
  }

  /// Shows again what was left out in vain: that which no proof needs.
  /// - Returns: whether there was any. New differences can then be computed, which are to be looked at.
  mutating func showAgain() -> Bool {
    let kept = needed.sorted().map { witnesses[$0] }
    witnesses = kept
    needed = Set(kept.indices)
    var isAny = false
    for offer in offers.indices where couldBeShown[offer] && !isShown[offer] {
      if kept.contains(where: { abs(change(of: offers[offer].variables, in: $0)) > tolerance }) { continue }
      isShown[offer] = true
      isAny = true
    }
    if isAny { start() }
    return isAny
  }

  private func losesLess(_ one: Int, _ other: Int) -> Bool {
    (offers[one].loss, one) < (offers[other].loss, other)
  }

  private mutating func hide(_ offer: Int) {
    isShown[offer] = false
    if let handle = handles[offer] { simplex.give(handle) }
    handles[offer] = nil
  }

  /// Looks for a table in which a target is larger, or smaller.
  /// - Returns: the offers that kept it from being far enough away.
  private mutating func explore(_ place: Int, up: Bool, _ ranges: inout [Range]) -> [Int] {
    let range = ranges[place]
    let wanted = Double(range.target.need) - (up ? range.below : range.above)
    let sum = Double(range.target.variables.reduce(0) { $0 + truth[$1] })
    simplex.move(range.target.variables, up: up, to: sum + (up ? wanted : -wanted))
    var found = witness()
    if found == nil {
      // Rounding has added up: begin anew.
      start()
      simplex.move(range.target.variables, up: up, to: sum + (up ? wanted : -wanted))
      found = witness()
    }
    if let found {
      witnesses.append(found)
      widen(&ranges, by: witnesses.count - 1)
    }
    return ranges[place].isEnough ? [] : simplex.hindrances.compactMap { offerOfHandle[$0] }
  }

  private mutating func widen(_ ranges: inout [Range], by witness: Int) {
    for change in witnesses[witness].changes { scratch[change.variable] = change.by }
    for place in ranges.indices where !ranges[place].isEnough {
      let by = ranges[place].target.variables.reduce(0.0) { $0 + scratch[$1] }
      if -by > ranges[place].below { (ranges[place].below, ranges[place].low) = (-by, witness) }
      if by > ranges[place].above { (ranges[place].above, ranges[place].high) = (by, witness) }
    }
    for change in witnesses[witness].changes { scratch[change.variable] = 0 }
  }

  /// What the search has come to, if it is a table that agrees with all that is known.
  private mutating func witness() -> Witness? {
    var changes: [(variable: Int, by: Double)] = []
    for (variable, value) in simplex.table.enumerated() {
      let by = value - Double(truth[variable])
      if abs(by) < tolerance { continue }
      guard value > -tolerance, !fixed.contains(variable) else { return nil }
      changes.append((variable, by))
    }
    for change in changes { scratch[change.variable] = change.by }
    defer { for change in changes { scratch[change.variable] = 0 } }
    let keepsSums = sums.allSatisfy { sum in
      let plus = sum.plus.reduce(0.0) { $0 + scratch[$1] }
      return abs(plus - sum.minus.reduce(0.0) { $0 + scratch[$1] }) < tolerance
    }
    let keepsOffers = offers.indices.allSatisfy { offer in
      !isShown[offer] || abs(offers[offer].variables.reduce(0.0) { $0 + scratch[$1] }) < tolerance
    }
    return keepsSums && keepsOffers ? Witness(changes: changes) : nil
  }

  private func change(of variables: [Int], in witness: Witness) -> Double {
    let variables = Set(variables)
    return witness.changes.reduce(0) { $0 + (variables.contains($1.variable) ? $1.by : 0) }
  }
}
