/// Some of up to 256 strata, as bits.
struct StratumSet: Hashable, Sendable {
  static let limit = 256

  private var bits: SIMD4<UInt64> = .zero

  init() {}

  init(_ strata: some Sequence<Int>) {
    for stratum in strata { insert(stratum) }
  }

  private init(_ bits: SIMD4<UInt64>) { self.bits = bits }

  mutating func insert(_ stratum: Int) {
    bits[stratum >> 6] |= 1 << UInt64(stratum & 63)
  }

  var isEmpty: Bool { bits == .zero }

  func contains(_ stratum: Int) -> Bool { bits[stratum >> 6] >> UInt64(stratum & 63) & 1 == 1 }

  func isSubset(of other: StratumSet) -> Bool { bits & ~other.bits == .zero }

  func subtracting(_ other: StratumSet) -> StratumSet { StratumSet(bits & ~other.bits) }

  func intersection(_ other: StratumSet) -> StratumSet { StratumSet(bits & other.bits) }

  func union(_ other: StratumSet) -> StratumSet { StratumSet(bits | other.bits) }

  /// In ascending order.
  var members: [Int] {
    var members: [Int] = []
    for word in 0..<4 {
      var rest = bits[word]
      while rest != 0 {
        members.append(word << 6 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
    return members
  }
}

/// People by their background, as far as some cuts tell them apart: the finest groups that figures can be
/// about.
struct Strata: Sendable {
  /// The breakdowns that some cut names, in ascending order.
  let variables: [Int]
  /// The stratum of each combination of background.
  let ofCombination: [Int]
  /// How many people are in each.
  let sizes: [Int]
  /// By stratum: for each of the variables a number that those share who are not told apart by it.
  let parts: [[Int]]
  /// By stratum: the background of somebody in it.
  private let examples: [[Int]]

  /// - Throws: `tooLarge` when there are more than a ``StratumSet`` holds.
  init(of dataset: DisclosureDataset, toldApartBy cuts: [Cut]) throws(DisclosureRefusal) {
    let variables = Set(cuts.flatMap(\.variables)).sorted()
    let partOfCategory = variables.map { Self.parts(of: $0, dataset.breakdowns[$0].categories, cuts) }
    var known: [[Int]: Int] = [:]
    var parts: [[Int]] = []
    var sizes: [Int] = []
    var examples: [[Int]] = []
    var ofCombination: [Int] = []
    for (combination, people) in zip(dataset.combinations, dataset.combinationSizes) {
      let key = zip(variables, partOfCategory).map { $1[combination[$0]] }
      let stratum = known[key] ?? parts.count
      if stratum == parts.count {
        known[key] = stratum
        parts.append(key)
        sizes.append(0)
        examples.append(combination)
      }
      sizes[stratum] += people
      ofCombination.append(stratum)
    }
    guard sizes.count <= StratumSet.limit else { throw .tooLarge }
    self.variables = variables
    self.ofCombination = ofCombination
    self.sizes = sizes
    self.parts = parts
    self.examples = examples
  }

  /// By category of a breakdown: the first category that no cut tells it apart from.
  private static func parts(of variable: Int, _ categories: Int, _ cuts: [Cut]) -> [Int] {
    var first: [[Int]: Int] = [:]
    return (0..<categories).map { category in
      let sight = cuts.map { cut in
        let passes = cut.filters.allSatisfy { $0.variable != variable || $0.categories.contains(category) }
        return passes ? (cut.breakdown.contains(variable) ? category : -1) : -2
      }
      first[sight] = first[sight] ?? category
      return first[sight] ?? category
    }
  }

  /// The strata of a group of a cut.
  func members(of group: [Int?], in cut: Cut) -> StratumSet {
    StratumSet(
      sizes.indices.filter { stratum in
        let background = examples[stratum]
        return cut.filters.allSatisfy { $0.categories.contains(background[$0.variable]) }
          && zip(cut.breakdown, group).allSatisfy { $1 == nil || background[$0] == $1 }
      })
  }

  func people(in strata: StratumSet) -> Int {
    strata.members.reduce(0) { $0 + sizes[$1] }
  }
}

extension Cut {
  /// The breakdowns that it names.
  var variables: [Int] { breakdown + filters.map(\.variable) }
}
