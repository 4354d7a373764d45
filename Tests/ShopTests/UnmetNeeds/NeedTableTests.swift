import Kernel
import Statistics
import TestKit
import Testing

@testable import Shop

@Suite("Tables of needs")
struct NeedTableTests {
  private typealias Case = AfterSalesTable.Case

  private func one(
    _ household: Int, _ merchant: Int, _ category: ProductCategory = .vegetables,
    _ fault: Claim.Fault = .spoiled
  ) -> Case {
    Case(
      category: category, fault: fault, household: HouseholdID(rawValue: Int64(household)),
      merchant: MerchantID(rawValue: Int64(merchant)))
  }

  private func building(
    _ number: Int, homes: Int, wishing: Int, isServed: Bool = false
  ) -> UnservedTable.Building {
    UnservedTable.Building(name: "\(number)", households: homes, wishing: wishing, isServed: isServed)
  }

  private func share(_ household: Int, own: Int, assisted: Int) -> AssistedShareTable.Share {
    AssistedShareTable.Share(household: HouseholdID(rawValue: Int64(household)), own: own, assisted: assisted)
  }

  private func figures(_ content: NeedTable.Content) -> [[Int64?]] { content.rows.map(\.figures) }

  // MARK: - Searches

  @Test("A word of nine households does not appear, not even by its name")
  func searches() throws {
    let content = try UnmetSearchTable.content(
      [("鸡蛋", 30), ("豆浆", 10), ("鸵鸟蛋", 9)].map { (NeedTerm(stored: $0.0), $0.1) }, of: 200)
    #expect(content.rows.map(\.name.chinese) == ["鸡蛋", "豆浆"])
    #expect(figures(content) == [[30], [10]])
    #expect(content.count == nil, "a sum of households would be another figure to subtract")
  }

  @Test("Nor does one that all but a few looked for, since that tells of the few")
  func nearlyAll() {
    #expect(throws: DisclosureRefusal.nothingToShow) {
      try UnmetSearchTable.content([(NeedTerm(stored: "鸡蛋"), 195)], of: 200)
    }
  }

  // MARK: - After-sales

  @Test("Cases of enough homes and merchants are shown, with the number of homes of the whole alone")
  func afterSales() throws {
    let content = try AfterSalesTable.content((1...40).map { one($0 % 30, $0 % 4) })
    #expect(content.rows.last?.figures.first == 40)
    #expect(content.count == 30)
  }

  @Test("What is mostly one merchant's is left out", arguments: [1, 2, 3])
  func dominance(others: Int) throws {
    // Of thirty cases of fruit the first merchant has all but one for each of the others: above 70 %.
    let fruit = (1...30).map { one($0, $0 <= others ? $0 + 1 : 1, .fruit, .damaged) }
    let vegetables = (1...60).map { one($0, $0 % 5, .vegetables, .spoiled) }
    let content = try AfterSalesTable.content(fruit + vegetables)
    let row = try #require(content.rows.first { $0.name == ProductCategory.fruit.name })
    #expect(row.figures.allSatisfy { $0 == nil })
    // The total is shown, so the rest of it must not give fruit back.
    #expect(content.rows.last?.figures.first == 90)
    #expect(content.rows.dropLast().compactMap { $0.figures[0] }.reduce(0, +) < 60)
    let even = (1...30).map { one($0, $0 % 3, .fruit, .damaged) }
    let fair = try AfterSalesTable.content(even + vegetables)
    #expect(fair.rows.first { $0.name == ProductCategory.fruit.name } != nil)
    #expect(fair.hidden < content.hidden)
  }

  @Test(
    "No case of few homes or of one merchant is shown or follows from the sums", arguments: UInt64(1)...60)
  func safe(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (homes, merchants) = (Int.random(in: 5...80, using: &random), Int.random(in: 1...6, using: &random))
    let cases = (0..<Int.random(in: 1...250, using: &random)).map { _ in
      one(
        Int.random(in: 1...homes, using: &random), Int.random(in: 1...merchants, using: &random),
        [.vegetables, .vegetables, .fruit, .eggs, .meat].randomElement(using: &random) ?? .fruit,
        [.spoiled, .spoiled, .missing, .damaged].randomElement(using: &random) ?? .missing)
    }
    let content: NeedTable.Content
    do { content = try AfterSalesTable.content(cases) } catch .nothingToShow { return }
    let (categories, faults) = (
      AfterSalesTable.Axis(cases, \.category), AfterSalesTable.Axis(cases, \.fault)
    )
    for (row, entry) in content.rows.enumerated() {
      for (column, figure) in entry.figures.enumerated() {
        guard let figure else { continue }
        let behind = cases.filter {
          (row == content.rows.count - 1 || categories.place(of: $0.category) == row)
            && (column == 0 || faults.place(of: $0.fault) == column - 1)
        }
        #expect(Int(figure) == behind.count)
        #expect(Set(behind.map(\.household)).count >= NeedTable.least)
        let largest = Dictionary(grouping: behind, by: \.merchant).values.map(\.count).max() ?? 0
        #expect(largest * 100 <= behind.count * NeedTable.dominance)
      }
    }
    // The total stands first in a row, and last among the rows.
    let numbers = figures(content).map { Array($0.dropFirst()) + [$0[0]] }
    #expect(Margins(numbers).determined.isEmpty)
  }

  @Test("The solver itself finds what can be computed")
  func solver() {
    #expect(Margins([[nil, 4, 7], [3, 4, 7], [6, 8, 14]]).determined == [0])
    #expect(Margins([[nil, nil, 7], [nil, nil, 7], [6, 8, 14]]).determined == [])
  }

  // MARK: - Buildings

  @Test("Small buildings are counted together until each figure holds")
  func bands() throws {
    let content = try UnservedTable.content(
      (1...8).map { building($0, homes: 40, wishing: $0 * 2, isServed: $0 == 3) })
    #expect(
      content.rows.map(\.name.chinese) == ["1号楼到4号楼", "5号楼", "6号楼", "7号楼", "8号楼", "合计"])
    #expect(figures(content) == [[14, 160], [10, 40], [12, 40], [14, 40], [16, 40], [66, 320]])
  }

  @Test("Where no band holds, the community is one; where that is too few, nothing is said")
  func oneBand() throws {
    let content = try UnservedTable.content((1...8).map { building($0, homes: 40, wishing: 2) })
    #expect(figures(content) == [[16, 320]])
    #expect(throws: DisclosureRefusal.nothingToShow) {
      try UnservedTable.content((1...8).map { building($0, homes: 40, wishing: 1) })
    }
    #expect(throws: DisclosureRefusal.nothingToShow) {
      try UnservedTable.content((1...8).map { building($0, homes: 40, wishing: 30, isServed: true) })
    }
  }

  @Test("No band tells of fewer than ten homes, on either side", arguments: UInt64(1)...60)
  func safeBands(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let buildings = (1...Int.random(in: 1...24, using: &random)).map { number in
      let homes = Int.random(in: 1...60, using: &random)
      return building(
        number, homes: homes, wishing: Int.random(in: 0...homes, using: &random),
        isServed: Bool.random(using: &random))
    }
    let content: NeedTable.Content
    do { content = try UnservedTable.content(buildings) } catch .nothingToShow { return }
    for row in content.rows {
      guard let unserved = row.figures[0] else { continue }
      #expect(unserved >= 10)
      if let homes = row.figures[1] { #expect(homes - unserved >= 10) }
    }
    if content.rows.count > 1 {
      #expect(content.hidden == 0)
      #expect(
        content.rows.dropLast().compactMap { $0.figures[0] }.reduce(0, +)
          == content.rows.last?.figures[0])
    }
  }

  // MARK: - Help

  @Test("A share is told of shown figures only")
  func shares() throws {
    let many = try AssistedShareTable.content(
      (1...20).map { share($0, own: 2, assisted: $0 > 8 ? 1 : 0) })
    #expect(figures(many) == [[40, 7_692], [12, 2_308], [52, 10_000]])
    #expect(many.count == 20)
    // Five homes are helped: neither they nor the rest of the sum are told.
    let few = try AssistedShareTable.content(
      (1...20).map { share($0, own: 2, assisted: $0 > 15 ? 1 : 0) })
    #expect(figures(few).map { $0[0] } == [nil, nil, 45])
    #expect(figures(few)[0][1] == nil && figures(few)[1][1] == nil)
  }

  @Test("One home that has nearly all of the orders is not seen in the sum")
  func dominatedShare() throws {
    let content = try AssistedShareTable.content(
      (1...20).map { share($0, own: 1, assisted: $0 == 1 ? 100 : 1) })
    #expect(content.rows[1].figures == [nil, nil])
    #expect(content.rows[2].figures == [nil, nil] && content.count == nil)
  }

  // MARK: - As they are stored

  @Test("A table is read as it was written, and nothing else is read")
  func stored() throws {
    let content = try AssistedShareTable.content(
      (1...20).map { share($0, own: 2, assisted: $0 > 15 ? 1 : 0) })
    #expect(NeedTable.Content(text: content.text) == content)
    #expect(NeedTable.Content(text: content.text + " x") == nil)
    #expect(NeedTable.Content(text: "{}") == nil)
    #expect(
      NeedTable.Content(text: content.text.replacing("null", with: "\"5\"", maxReplacements: 1)) == nil)
  }

  @Test("What is refused for a mistake of the program is not recorded as a result")
  func refusals() throws {
    #expect(try NeedRefusal(.nothingToShow) == .nothingToShow)
    for refusal in [DisclosureRefusal.malformed, .ledgerDiffers, .alreadyReleased] {
      #expect(throws: Problem.self) { try NeedRefusal(refusal) }
    }
  }
}

/// A table whose last row and last column are the sums of the others, and what of it follows from what is shown.
struct Margins {
  private let shown: [[Int64?]]

  init(_ shown: [[Int64?]]) { self.shown = shown }

  /// The places, counted row by row, of figures that are left out and have one solution only.
  var determined: Set<Int> {
    let columns = shown[0].count
    let unknown = shown.indices.flatMap { row in
      (0..<columns).filter { shown[row][$0] == nil }.map { row * columns + $0 }
    }
    func sign(_ place: Int, _ last: Int) -> Double { place == last ? -1 : 1 }
    let rows = shown.indices.map { row in
      (0..<columns).map { (row * columns + $0, sign($0, columns - 1)) }
    }
    let sums = (0..<columns).map { column in
      shown.indices.map { ($0 * columns + column, sign($0, shown.count - 1)) }
    }
    var matrix = (rows + sums).map { sum in
      unknown.map { cell in sum.first { $0.0 == cell }?.1 ?? 0 }
    }
    var pivots = 0
    for column in unknown.indices {
      guard let found = (pivots..<matrix.count).first(where: { abs(matrix[$0][column]) > 1e-9 }) else {
        continue
      }
      matrix.swapAt(pivots, found)
      let scale = matrix[pivots][column]
      matrix[pivots] = matrix[pivots].map { $0 / scale }
      for other in matrix.indices where other != pivots {
        let factor = matrix[other][column]
        matrix[other] = zip(matrix[other], matrix[pivots]).map { $0 - factor * $1 }
      }
      pivots += 1
    }
    return Set(
      matrix.compactMap { row in
        let used = row.indices.filter { abs(row[$0]) > 1e-9 }
        return used.count == 1 ? unknown[used[0]] : nil
      })
  }
}
