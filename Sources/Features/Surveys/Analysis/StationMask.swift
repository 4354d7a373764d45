import Kernel
import Statistics

/// What the station's own screens leave out, where those who answered were promised that nobody can be made out: numbers
/// below five, and what would give them back (field/socialwork.md §2.12).
///
/// It keeps one screen from giving somebody away. What leaves the station goes through the gate with its ledger
/// (``PublicationDesk``), which also minds what was published before.
struct StationMask: Sendable, Equatable {
  /// The smallest number that is shown; nil where names are known anyway.
  let least: Int?

  static let stationLeast = 5

  init(_ privacy: ResponsePrivacy) {
    least = privacy == .named ? nil : Self.stationLeast
  }

  /// Numbers that stand beside each other and whose sum is known.
  func shown(_ counts: [Int]) -> [Int?] {
    guard let least else { return counts }
    return SmallCells.shown(counts, least: least)
  }

  /// Numbers of which each has its own rest, as those who chose an option and those who did not.
  func shown(_ counts: [Int], of total: Int) -> [Int?] {
    guard let least else { return counts }
    return counts.map { $0 < least || total - $0 < least && total != $0 ? nil : $0 }
  }

  /// Whether figures about so many people may be shown.
  func allows(_ people: Int) -> Bool { people >= (least ?? 1) }

  /// Whether anything may be told of a question. Where not everybody was asked, few on either side would tell how few gave
  /// the answer that it hangs on.
  func allows(_ base: AnswerBase, ofEverybody isAskedOfAll: Bool) -> Bool {
    guard let least, !isAskedOfAll else { return true }
    return base.notAsked >= least && base.total - base.notAsked >= least
  }

  /// The cells of a table that are shown: by row, the total of the row last; the totals of the columns in the last row.
  func cells(_ table: ContingencyTable) -> [[Int?]] {
    let all = table.counts.map { $0 + [$0.reduce(0, +)] } + [table.columnTotals + [table.total]]
    guard let least else { return all }
    guard let release = Self.release(table, least) else {
      return all.map { $0.map { _ in nil } }
    }
    return (0...table.rows).map { row in
      (0...table.columns).map { column in
        release[CutCell([row < table.rows ? row : nil, column < table.columns ? column : nil])]
      }
    }
  }

  private static func release(_ table: ContingencyTable, _ least: Int) -> ReleasedCut? {
    var (rows, columns): ([UInt8], [UInt8]) = ([], [])
    for row in 0..<table.rows {
      for column in 0..<table.columns {
        rows += [UInt8](repeating: UInt8(row), count: table.counts[row][column])
        columns += [UInt8](repeating: UInt8(column), count: table.counts[row][column])
      }
    }
    guard table.rows <= 256, table.columns <= 256,
      let dataset = try? DisclosureDataset(
        breakdowns: [],
        questions: [
          DisclosureDataset.Column(rows, categories: table.rows),
          DisclosureDataset.Column(columns, categories: table.columns),
        ])
    else { return nil }
    return try? DisclosureGate.release(Cut(questions: [0, 1]), of: dataset, after: [], k: least)
  }
}
