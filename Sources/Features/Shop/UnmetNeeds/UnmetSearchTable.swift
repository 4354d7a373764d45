import Kernel
import Statistics

/// The table of what households looked for in vain.
///
/// Each row is a question of its own, asked of all households of the community: looked for it or not. Terms of too few
/// households do not appear, not even by their name, and there is no total: a household may stand behind several terms, so
/// nothing can be subtracted.
enum UnmetSearchTable {
  /// As many rows as anybody reads.
  static let rowLimit = 50

  /// - Parameters:
  ///   - counts: terms with their households, the most first.
  ///   - households: how many the community has.
  /// - Throws: why nothing is released.
  static func content(
    _ counts: [(term: NeedTerm, households: Int)], of households: Int
  ) throws(DisclosureRefusal) -> NeedTable.Content {
    var rows: [NeedTable.Row] = []
    for (term, count) in counts.prefix(rowLimit) {
      guard let shown = try shown(count, of: max(households, count)) else { continue }
      rows.append(NeedTable.Row(Phrase(same: term.text), [Int64(shown)]))
    }
    guard !rows.isEmpty else { throw .nothingToShow }
    return NeedTable.Content(
      rowName: Phrase("找的词", "Looked for"),
      columns: [NeedTable.Column(Phrase("户数", "Households"))], rows: rows, count: nil,
      sample: Phrase(
        "登录的住户在店里找、一样也没找到的词；一户一个月一个词只算一次，没登录的人不算。",
        "What signed-in households searched the shop for and found nothing; a household counts once for each word and month, and visitors do not count."
      ),
      notes: [
        Phrase(
          "不到 \(NeedTable.least) 户找过的词不写，数完就删掉；像人名、电话、门牌的词从来不记。",
          "Words of fewer than \(NeedTable.least) households are left out and deleted; what looks like a name, a number or a door is never kept."
        ),
        Phrase("最多写 \(rowLimit) 个词。", "At most \(rowLimit) words are shown."),
      ])
  }

  /// What the gate lets through of one term; nil for nothing.
  private static func shown(_ count: Int, of households: Int) throws(DisclosureRefusal) -> Int? {
    guard count > 0 else { return nil }
    let values = (0..<households).map { UInt8($0 < count ? 0 : 1) }
    let dataset = try DisclosureDataset(
      breakdowns: [], questions: [DisclosureDataset.Column(values, categories: 2)])
    do throws(DisclosureRefusal) {
      return try DisclosureGate.release(Cut(questions: [0]), of: dataset, after: [], k: NeedTable.least)[
        CutCell([0])]
    } catch .nothingToShow {
      return nil
    }
  }
}
