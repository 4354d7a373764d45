import Database
import Kernel
import People

/// How far the people of a community who are helped order by themselves, month by month: totals in which nobody can be made
/// out.
///
/// Counted are only those who agreed to be counted, at the moment of reading. Help is to make itself less needed:
/// field/socialwork.md §4, no. 2, and the indicator "independence" of §2.14; how small numbers are hidden: §2.12.
struct IndependenceReport: Sendable, Equatable {
  /// Fewer people than this are not told apart.
  static let least = ShownCount.least
  /// Numbers are told to the nearest multiple of this, so that two readings of the report do not tell what one person did
  /// in between.
  static let step: Int64 = 5
  /// Months that are shown, the present one included.
  static let monthCount = 12

  /// Orders of one kind, and from how many people they are.
  struct Cell: Sendable, Equatable {
    var orders: Int64
    var people: Int64

    init(orders: Int64 = 0, people: Int64 = 0) {
      self.orders = orders
      self.people = people
    }

    /// Whether it says something of so few people that it may not be shown. No order is nobody's.
    var isSmall: Bool { people > 0 && people < IndependenceReport.least }
  }

  struct Row: Sendable, Equatable {
    /// Placed by their household.
    var own: Cell
    /// Placed by somebody for them.
    var assisted: Cell
    /// Both; its people are counted once.
    var all: Cell

    init(own: Cell, assisted: Cell, all: Cell) {
      self.own = own
      self.assisted = assisted
      self.all = all
    }

    var cells: [Cell] { [own, assisted, all] }
  }

  /// A row as it may be shown, rounded to `step`; nil for a number that is left out.
  struct ShownRow: Sendable, Equatable {
    let own: Int64?
    let assisted: Int64?
    let all: Int64?

    /// Orders that somebody placed for them, of a hundred and rounded down; nil where a part of it is left out or nobody
    /// ordered.
    var assistedPercent: Int64? {
      guard let own, let assisted, own + assisted > 0 else { return nil }
      return assisted * 100 / (own + assisted)
    }
  }

  /// Oldest first.
  let months: [(month: Month, shown: ShownRow)]
  let total: ShownRow
  /// People who are counted.
  let counted: ShownCount
  /// People who are helped and are not counted, because they did not agree to it.
  let leftOut: ShownCount

  /// - Parameters:
  ///   - months: oldest first.
  ///   - total: over all months; its people are counted once.
  ///   - leftOut: how many people are helped and not counted.
  init(months: [(month: Month, row: Row)], total: Row, leftOut: Int64) {
    let shown = Self.shown(months.map(\.row) + [total])
    self.months = zip(months, shown).map { (month: $0.month, shown: $1) }
    self.total = shown[months.count]
    counted = Self.told(total.all.people)
    self.leftOut = Self.told(leftOut)
  }

  static func == (left: IndependenceReport, right: IndependenceReport) -> Bool {
    left.months.map(\.month) == right.months.map(\.month)
      && left.months.map(\.shown) == right.months.map(\.shown) && left.total == right.total
      && left.counted == right.counted && left.leftOut == right.leftOut
  }

  static func rounded(_ number: Int64) -> Int64 { (number + step / 2) / step * step }

  private static func told(_ people: Int64) -> ShownCount {
    let count = ShownCount(people)
    return if case .exactly(let people) = count { .exactly(rounded(people)) } else { count }
  }

  /// Leaves out every number of too few people, and as many others as keep it from being computed; the rest is rounded.
  ///
  /// Each number stands in two sums, that of its row (own and assisted make all) and that of its column (the months make the
  /// total). A left-out number is safe where no sum has it as its only unknown; and since there are but three columns, that is
  /// enough: what ties unknowns together then runs in a ring, along which their values can be shifted.
  /// - Parameter rows: the months, and the total last.
  static func shown(_ rows: [Row]) -> [ShownRow] {
    let cells = rows.map(\.cells)
    var isHidden = cells.map { $0.map(\.isSmall) }
    let sums: [[(row: Int, column: Int)]] =
      rows.indices.map { row in (0..<3).map { (row, $0) } }
      + (0..<3).map { column in rows.indices.map { ($0, column) } }
    func alone() -> [(row: Int, column: Int)]? {
      sums.first { sum in sum.count(where: { isHidden[$0.row][$0.column] }) == 1 }
    }
    while let sum = alone() {
      // The smallest number tells least; one of nobody tells nothing, so it hides little.
      let free = sum.filter { !isHidden[$0.row][$0.column] }
      guard
        let next = free.min(by: { left, right in
          let (one, two) = (cells[left.row][left.column], cells[right.row][right.column])
          return (one.people == 0 ? 1 : 0, one.orders) < (two.people == 0 ? 1 : 0, two.orders)
        })
      else { break }
      isHidden[next.row][next.column] = true
    }
    return zip(cells, isHidden).map { row, hidden in
      let told = zip(row, hidden).map { $1 ? nil : rounded($0.orders) }
      return ShownRow(own: told[0], assisted: told[1], all: told[2])
    }
  }
}
