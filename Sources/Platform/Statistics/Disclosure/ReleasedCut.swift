/// A cut as it was published: each count, or that it is left out. Why it is left out, nobody is told.
package struct ReleasedCut: Sendable, Hashable {
  package let cut: Cut
  /// The smallest number that is shown: 10 for the public, 5 for the station. Who may read at a number sees
  /// what was published at larger ones too.
  package let k: Int
  let shape: CutShape
  /// By cell, in the order of the shape; nil where it is left out.
  let figures: [Int?]

  init(cut: Cut, k: Int, shape: CutShape, figures: [Int?]) {
    self.cut = cut
    self.k = k
    self.shape = shape
    self.figures = figures
  }

  /// All cells with what is shown of them: group by group, totals last.
  package var cells: [(cell: CutCell, count: Int?)] {
    zip(shape.cells, figures).map { (cell: $0, count: $1) }
  }

  /// How many people gave these answers; the size of the group where all answers are meant. Nil where it is
  /// left out, or the cut has no such cell.
  package subscript(_ cell: CutCell) -> Int? {
    shape.index(of: cell).flatMap { figures[$0] }
  }
}

/// The text of a release, such as `q3/b0/f0:1+2#10#3#1+2#40,-,-,61,…`: the cut, k, the categories of each
/// question, those of each breakdown, the figures.
extension ReleasedCut: LosslessStringConvertible {
  package var description: String {
    let answers = shape.answers.map { String($0.count) }.joined(separator: ".")
    let groups = shape.groups.map { Cut.text($0, "+") }.joined(separator: ".")
    let figures = figures.map { $0.map(String.init) ?? "-" }.joined(separator: ",")
    return [cut.description, String(k), answers, groups, figures].joined(separator: "#")
  }

  /// - Returns: nil for a text that ``description`` never gives.
  package init?(_ description: String) {
    let parts = description.split(separator: "#", omittingEmptySubsequences: false)
    guard parts.count == 5, let cut = Cut(String(parts[0])), let k = Int(parts[1]) else { return nil }
    let answers = Cut.numbers(parts[2])
    let groups = parts[3].split(separator: ".").map { Cut.numbers($0, "+") }
    guard answers.count == cut.questions.count, groups.count == cut.breakdown.count,
      answers.allSatisfy((1...256).contains)
    else { return nil }
    let shape = CutShape(answers: answers.map { Array(0..<$0) }, groups: groups)
    let figures = parts[4].split(separator: ",").map { Int($0) }
    guard shape.count(upTo: figures.count) == figures.count else { return nil }
    self.init(cut: cut, k: k, shape: shape, figures: figures)
    guard self.description == description else { return nil }
  }
}
