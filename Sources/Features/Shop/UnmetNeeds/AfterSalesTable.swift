import Kernel
import Statistics

/// The table of what was reported after the sale: kinds of goods by what was wrong.
///
/// A figure is a number of cases. It is shown where at least ten households stand behind it, and no merchant has more than
/// 70 % of it, since everybody knows who sells what. How many households there were is told of the whole alone: two
/// measures of the same cells would narrow each other down. Kinds of goods and faults of fewer households than that are
/// counted together, so that not every figure is lost to the empty ones around it.
enum AfterSalesTable {
  /// One case.
  struct Case: Sendable, Hashable {
    let category: ProductCategory
    let fault: Claim.Fault
    let household: HouseholdID
    let merchant: MerchantID
  }

  /// What stands by itself, in its own order, and what is counted together.
  struct Axis<Value: Hashable & CaseIterable & Sendable>: Sendable {
    let shown: [Value]
    /// One more place for the rest, where anything is left.
    let places: Int

    init(_ cases: [Case], _ value: (Case) -> Value) {
      let households = Dictionary(grouping: cases, by: value).mapValues { Set($0.map(\.household)).count }
      shown = Value.allCases.filter { households[$0, default: 0] >= NeedTable.least }
      places = shown.count + (shown.count < Value.allCases.count ? 1 : 0)
    }

    func place(of value: Value) -> Int { shown.firstIndex(of: value) ?? shown.count }

    func names(_ name: (Value) -> Phrase, rest: Phrase) -> [Phrase] {
      shown.map(name) + (places > shown.count ? [rest] : [])
    }
  }

  /// - Throws: why nothing is released.
  static func content(_ cases: [Case]) throws(DisclosureRefusal) -> NeedTable.Content {
    guard !cases.isEmpty else { throw .nothingToShow }
    let (categories, faults) = (Axis(cases, \.category), Axis(cases, \.fault))
    let entries = cases.map { one in
      MagnitudeTable.Entry(
        row: categories.place(of: one.category), column: faults.place(of: one.fault),
        respondent: one.household.rawValue, contributor: one.merchant.rawValue, amount: 1)
    }
    let released = try MagnitudeTable(rows: categories.places, columns: faults.places, entries)
      .release(after: [], k: NeedTable.least, percent: NeedTable.dominance)
    func row(_ name: Phrase, _ place: Int?) -> NeedTable.Row {
      let columns: [Int?] = [nil] + (0..<faults.places).map { $0 }
      return NeedTable.Row(name, columns.map { released[place, $0].map(Int64.init) })
    }
    let households = Set(cases.map(\.household)).count
    let kinds = categories.names(\.name, rest: Phrase("其余的", "All other kinds"))
    return NeedTable.Content(
      rowName: Phrase("哪一类", "Kind of goods"),
      columns: [NeedTable.Column(Phrase("合计（件）", "All cases"))]
        + faults.names(\.name, rest: Phrase("其余的问题", "Anything else")).map { NeedTable.Column($0) },
      rows: kinds.enumerated().map { row($1, $0) } + [row(Phrase("合计", "All"), nil)],
      count: released[nil, nil] == nil ? nil : Int64(households), sample: sample, notes: notes)
  }

  private static let sample = Phrase(
    "这个月住户报的售后，撤回的不算；户数一户只算一次。",
    "What households reported in the month, but for what they took back; each household is counted once in the number of households."
  )

  private static let notes = [
    Phrase(
      "不到 \(NeedTable.least) 户的数不写；商户少于三家、或者一家占了 \(NeedTable.dominance)% 以上的也不写，免得说的就是这一家。",
      "Numbers of fewer than \(NeedTable.least) households are left out, and so are those of fewer than three merchants or with more than \(NeedTable.dominance) % from one, which would be about that merchant."
    ),
    Phrase(
      "能倒推出这些数的，也一起不写；太少的种类和问题并在一起算。",
      "So is whatever would give these numbers back; kinds and faults of too few households are counted together."
    ),
  ]
}
