/// Finds what else has to be left out of a table until nothing that is hidden in it can be computed back.
///
/// What an attacker knows are sums of cells that are never negative. What they can say of a hidden sum is the
/// range that it takes over all tables that agree with what they know: the attacker's problem of cell
/// suppression. A hidden sum is protected when that range is wide enough, wherever it lies: the sliding
/// protection level (A. Hundepool et al., Statistical Disclosure Control (2012), chapter 4; M. Fischetti and
/// J. J. Salazar, “Models and algorithms for optimizing cell suppression in tabular data with linear
/// constraints”, Journal of the American Statistical Association 95 (2000)).
///
/// Two tables that are so far apart prove it. People are whole, so only whole tables count: an attacker could
/// do no better by whole-number programming than these show. The search for them calculates in floating
/// point, but what it finds is rounded and then added up against everything known in whole numbers, without
/// any tolerance, before it counts. Where no such pair is found, more is left out: rounding, or a search that
/// ends early, can only hide too much.
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
    let changes: [(variable: Int, by: Int)]
  }

  private struct Range {
    let target: Target
    /// How far below and above the truth it can lie, and which witnesses say so.
    var below = 0
    var above = 0
    var low: Int?
    var high: Int?

    var isEnough: Bool { below + above >= target.need }
  }

  /// Entries of tableaus; some seconds. What takes longer is refused.
  private static let workLimit = 2_000_000_000

  private let truth: [Int]
  private let sums: [BoundedSimplex.Equation]
  private let fixed: Set<Int>
  private let offers: [Offer]
  /// What each offer that is shown is called in the simplex method.
  private var handles: [Int?] = []
  private var offerOfHandle: [Int: Int] = [:]
  private let couldBeShown: [Bool]
  private var simplex: BoundedSimplex
  private var witnesses: [Witness] = []
  private var needed: Set<Int> = []
  private var scratch: [Int]
  private var workBefore = 0

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
    scratch = [Int](repeating: 0, count: truth.count)
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
    workBefore += simplex.work
    simplex = BoundedSimplex(values: truth, fixed: fixed, offers: single, equations: equations)
  }

  /// Leaves out offers, of those that help the one that loses least first, until all targets are protected.
  ///
  /// - Throws: `followsFromEarlier` when a target cannot be protected so, `tooLarge` when it takes too long
  ///   to tell.
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
      guard workBefore + simplex.work < Self.workLimit else { throw .tooLarge }
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
      if kept.contains(where: { change(of: offers[offer].variables, in: $0) != 0 }) { continue }
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
    let target = ranges[place].target
    let wanted = target.need - (up ? ranges[place].below : ranges[place].above)
    let sum = target.variables.reduce(0) { $0 + truth[$1] }
    for isAnew in [false, true] where !ranges[place].isEnough {
      // Rounding may have added up, or the way may have led past all whole tables: another way begins at the
      // true one.
      if isAnew { start() }
      simplex.move(target.variables, up: up, to: Double(sum + (up ? wanted : -wanted)))
      guard let found = witness() else { continue }
      witnesses.append(found)
      widen(&ranges, by: witnesses.count - 1)
      if simplex.isWhole { break }
    }
    return ranges[place].isEnough ? [] : hindrances
  }

  /// The offers that hold the search up where it stands, and those that keep it from whole numbers.
  private var hindrances: [Int] {
    let broken = simplex.broken
    let ofBroken = offers.indices.filter { offer in
      isShown[offer] && !broken.isDisjoint(with: offers[offer].variables)
    }
    return simplex.hindrances.compactMap { offerOfHandle[$0] } + ofBroken
  }

  private mutating func widen(_ ranges: inout [Range], by witness: Int) {
    for change in witnesses[witness].changes { scratch[change.variable] = change.by }
    for place in ranges.indices where !ranges[place].isEnough {
      let by = ranges[place].target.variables.reduce(0) { $0 + scratch[$1] }
      if -by > ranges[place].below { (ranges[place].below, ranges[place].low) = (-by, witness) }
      if by > ranges[place].above { (ranges[place].above, ranges[place].high) = (by, witness) }
    }
    for change in witnesses[witness].changes { scratch[change.variable] = 0 }
  }

  /// What the search has come to, if it is a whole table that agrees with all that is known.
  private mutating func witness() -> Witness? {
    guard let table = simplex.whole else { return nil }
    let changes = truth.indices.compactMap { variable in
      table[variable] == truth[variable] ? nil : (variable: variable, by: table[variable] - truth[variable])
    }
    guard !changes.isEmpty, changes.allSatisfy({ !fixed.contains($0.variable) }),
      table.allSatisfy({ $0 >= 0 })
    else { return nil }
    for change in changes { scratch[change.variable] = change.by }
    defer { for change in changes { scratch[change.variable] = 0 } }
    func change(_ variables: [Int]) -> Int { variables.reduce(0) { $0 + scratch[$1] } }
    let keepsSums = sums.allSatisfy { change($0.plus) == change($0.minus) }
    let keepsOffers = offers.indices.allSatisfy { !isShown[$0] || change(offers[$0].variables) == 0 }
    return keepsSums && keepsOffers ? Witness(changes: changes) : nil
  }

  private func change(of variables: [Int], in witness: Witness) -> Int {
    let variables = Set(variables)
    return witness.changes.reduce(0) { $0 + (variables.contains($1.variable) ? $1.by : 0) }
  }
}
