/// The gate through which figures about people are published: the k-gate of field/socialwork.md §2.12.
///
/// A count is shown if it is at least k, and noughts are hidden too, since they say of everybody how they did
/// not answer. Beside each other, and beside everything that was published before, shown figures must not
/// give a hidden one back. An attacker is assumed to know the background of everybody (how many people of
/// which age live where) and every figure that they may read. What they can still say of a hidden count is
/// the range that it takes over all tables of whole numbers that agree with that. The rule:
///
/// - a count below k, in a group of n people, must have a range of at least min(k, n) from its smallest to
///   its largest value: k people wide, or, where the group is smaller than that, as wide as if nothing had
///   been published at all;
/// - a count of k or more that is left out to protect others must not be determined: it has more than one
///   possible value;
/// - the first holds also for groups that no cut names, but that subtraction could be about
///   (``AttackerView``).
///
/// How many did not answer (``DisclosureDataset/Column/open``) tells no answer, so such a count has no need
/// of its own: it is shown however small it is, nought too, of everybody and of every group. What is shown of
/// it the attacker knows like any other figure, and the rule for answers stays as it is. Where too few people
/// of a group are left who can have answered, or none, the answers are noughts and small numbers that the
/// count would give away; then, and only where leaving out answers does not help, it is left out as well, and
/// the totals or other groups with it that would give it back. It need not stay uncertain itself: the range
/// of the answers is proven with whatever is known of it.
///
/// This is the sliding protection level of cell suppression (A. Hundepool et al., Statistical Disclosure
/// Control (2012), chapter 4), with the attacker's problem of M. Fischetti and J. J. Salazar (2000), see
/// ``SuppressionSearch``. Nothing rests on rounding: each range is proven by two tables of whole people,
/// added up in whole numbers. Percentages follow from counts that are shown. That an attacker knows this
/// program, and asks why it hid what it hid, is not covered, as it is not in the literature.
///
/// The time is bounded by counted steps, not by a clock: the same question has the same answer on every
/// machine. What would take longer than some seconds is refused as `tooLarge`.
///
/// Readers of a smaller threshold, such as the station at 5, see what was published at larger ones too; each
/// release is judged for its own readers and for all of them.
///
/// `SmallCells` in Kernel follows the same rule for a single list of numbers whose sum is known and that
/// nothing else is published about; whatever is published twice, by groups or with filters goes through this
/// gate.
package enum DisclosureGate {
  /// What is shown of a cut. The same cut again is released as it was the first time.
  ///
  /// - Parameters:
  ///   - ledger: every release of this dataset so far, of whatever threshold.
  ///   - k: the smallest number that is shown, at least 2.
  /// - Throws: why nothing is released.
  package static func release(
    _ cut: Cut, of dataset: DisclosureDataset, after ledger: [ReleasedCut], k: Int
  ) throws(DisclosureRefusal) -> ReleasedCut {
    guard k > 1 else { throw .malformed }
    let cut = try cut.canonical(in: dataset)
    for release in ledger where try !CutTable(release.cut, of: dataset, k: release.k).agrees(with: release) {
      throw .ledgerDiffers
    }
    if let same = ledger.first(where: { $0.cut == cut && $0.k == k }) { return same }
    var table = try CutTable(cut, of: dataset, k: k)
    let thresholds = Set(ledger.map(\.k).filter { $0 < k }).union([k])
    for threshold in thresholds.sorted(by: >) {
      guard table.saysAnything else { throw .nothingToShow }
      var view = try AttackerView(of: table, in: dataset, after: ledger, k: threshold)
      table.hide(try view.suppress())
    }
    guard table.saysAnything else { throw .nothingToShow }
    return table.release
  }
}

/// A cut filled in, with what is shown of it.
struct CutTable {
  /// More cells than this are no table that anybody reads.
  static let cellLimit = 20_000

  let cut: Cut
  let k: Int
  let shape: CutShape
  private let counts: [Int]
  /// Which cells name open categories alone.
  private let isOpen: [Bool]
  private(set) var isShown: [Bool]

  /// - Parameter cut: a canonical one.
  /// - Throws: `tooLarge`; `malformed` for a cut that the dataset cannot answer.
  init(_ cut: Cut, of dataset: DisclosureDataset, k: Int) throws(DisclosureRefusal) {
    guard try cut.canonical(in: dataset) == cut else { throw .malformed }
    self.cut = cut
    self.k = k
    shape = CutShape(cut, in: dataset)
    guard let size = shape.count(upTo: Self.cellLimit) else { throw .tooLarge }
    var counts = [Int](repeating: 0, count: size)
    let strides = Self.strides(of: shape)
    var groups: [[Int]] = []
    var numbers: [[Int]: Int] = [:]
    let groupOfCombination = dataset.combinations.map { background -> Int? in
      guard cut.filters.allSatisfy({ $0.categories.contains(background[$0.variable]) }) else { return nil }
      let group = cut.breakdown.map { background[$0] }
      if numbers[group] == nil {
        numbers[group] = groups.count
        groups.append(group)
      }
      return numbers[group]
    }
    let patterns = dataset.counts(of: cut.questions, by: groupOfCombination, groups.count)
    for (pattern, people) in patterns.enumerated() {
      let answers = dataset.categories(of: pattern, cut.questions)
      for (number, group) in groups.enumerated() where people[number] > 0 {
        for index in Self.indices(of: group + answers, shape.groups + shape.answers, strides) {
          counts[index] += people[number]
        }
      }
    }
    self.counts = counts
    let isOpen = shape.cells.map { dataset.isOpen(cut.answers(of: $0)) }
    self.isOpen = isOpen
    isShown = zip(counts, isOpen).map { $0 >= k || $1 }
  }

  /// How many cells lie between one category and the next, for each axis.
  private static func strides(of shape: CutShape) -> [Int] {
    var strides: [Int] = []
    var stride = 1
    for axis in (shape.groups + shape.answers).reversed() {
      strides.append(stride)
      stride *= axis.count + 1
    }
    return strides.reversed()
  }

  /// The cell of these categories and all totals that it is part of.
  private static func indices(of categories: [Int], _ axes: [[Int]], _ strides: [Int]) -> [Int] {
    var indices = [0]
    for (place, axis) in axes.enumerated() {
      let own = axis.firstIndex(of: categories[place]) ?? axis.count
      indices = indices.flatMap { [$0 + own * strides[place], $0 + axis.count * strides[place]] }
    }
    return indices
  }

  /// Whether any answer is shown; the sizes of groups, and how many did not answer, are no release alone.
  var saysAnything: Bool {
    let cells = shape.cells
    return cells.indices.contains { place in
      isShown[place] && !isOpen[place] && cells[place].answers.contains { $0 != nil }
    }
  }

  mutating func hide(_ isLeftOut: [Bool]) {
    isShown = zip(isShown, isLeftOut).map { $0 && !$1 }
  }

  var release: ReleasedCut {
    ReleasedCut(cut: cut, k: k, shape: shape, figures: zip(counts, isShown).map { $1 ? $0 : nil })
  }

  /// Whether a release is one of this table: what it shows is true.
  func agrees(with release: ReleasedCut) -> Bool {
    release.shape == shape && zip(counts, release.figures).allSatisfy { $1 == nil || $0 == $1 }
  }
}
