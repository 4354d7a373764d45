import Kernel
import Statistics

/// The table of who placed the orders of those who are helped: themselves, or somebody for them.
///
/// Counted are the people whom the report of ordering alone counts (`IndependenceReport`): those for whom somebody ordered
/// within the year, and who agreed to statistics. The same people twice, so that the two cannot be subtracted.
enum AssistedShareTable {
  /// One household's orders of the month.
  struct Share: Sendable, Hashable {
    let household: HouseholdID
    let own: Int
    let assisted: Int
  }

  /// - Throws: why nothing is released.
  static func content(_ shares: [Share]) throws(DisclosureRefusal) -> NeedTable.Content {
    let shares = shares.filter { $0.own + $0.assisted > 0 }
    guard !shares.isEmpty else { throw .nothingToShow }
    let entries = shares.flatMap { share in
      [share.own, share.assisted].enumerated().filter { $0.element > 0 }.map { row, orders in
        // A household is its own contributor: one that ordered nearly everything would be seen in the sum.
        MagnitudeTable.Entry(
          row: row, column: 0, respondent: share.household.rawValue, contributor: share.household.rawValue,
          amount: orders)
      }
    }
    let released = try MagnitudeTable(rows: 2, columns: 1, entries)
      .release(after: [], k: NeedTable.least, percent: NeedTable.dominance)
    func row(_ name: Phrase, _ place: Int?) -> NeedTable.Row {
      let (orders, all) = (released[place, nil], released[nil, nil])
      let share = orders.flatMap { orders in
        all.flatMap { $0 > 0 ? Int64((orders * 20_000 + $0) / (2 * $0)) : nil }
      }
      return NeedTable.Row(name, [orders.map(Int64.init), share])
    }
    return NeedTable.Content(
      rowName: Phrase("谁下的", "Placed by"),
      columns: [
        NeedTable.Column(Phrase("订单", "Orders")), NeedTable.Column(Phrase("占", "Share"), .share),
      ],
      rows: [
        row(Phrase("自己家", "The household itself"), 0), row(Phrase("别人代下", "Somebody for it"), 1),
        row(Phrase("合计", "All"), nil),
      ], count: released[nil, nil] == nil ? nil : Int64(shares.count), sample: sample, notes: notes)
  }

  private static let sample = Phrase(
    "一年里有人代下过单、本人同意算进统计的邻居，这个月没取消的订单。没同意的一单也没算。",
    "Orders of the month, but for cancelled ones, of neighbours for whom somebody ordered within the year and who agreed to be counted. Nobody else’s are counted."
  )

  private static let notes = [
    Phrase(
      "不到 \(NeedTable.least) 户的数不写，一户占了 \(NeedTable.dominance)% 以上的也不写，能倒推出来的也不写。",
      "Numbers of fewer than \(NeedTable.least) households are left out, and so are those with more than \(NeedTable.dominance) % from one household, and whatever would give them back."
    )
  ]
}
