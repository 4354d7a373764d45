import Kernel
import People
import Statistics

/// The table of homes that wish to have their goods brought and live where nobody brings any.
///
/// - A household *wishes* deliveries if it says "always bring it home" when the month is counted, or said within the month
///   of one order that it should be brought (`shop_delivery_wish`, `shop_delivery_order`).
/// - A building is *served* in the month if a carrier handed over bags of a round for at least one of its homes, at its door
///   or at the neighbour's whom it chose (`shop_stop_outcome` with the effect `handed_over`, by when it happened).
///
/// The buildings stand in the order of their numbers and are divided in halves, and these again, as long as each half has
/// enough homes to be shown: small buildings are counted together.
enum UnservedTable {
  struct Building: Sendable, Hashable {
    /// In its stored spelling.
    let name: String
    /// Homes in it, and those of them that wish deliveries.
    let households: Int
    let wishing: Int
    let isServed: Bool

    var unserved: Int { isServed ? 0 : min(wishing, households) }
  }

  /// Buildings that stand together, in the order of their numbers; never empty.
  struct Band: Sendable, Equatable {
    let buildings: [Building]

    var unserved: Int { buildings.reduce(0) { $0 + $1.unserved } }

    var name: Phrase {
      guard let first = buildings.first, let last = buildings.last, buildings.count > 1 else {
        return Door.buildingName(buildings.first?.name ?? "")
      }
      let (from, to) = (Door.buildingName(first.name), Door.buildingName(last.name))
      return Phrase("\(from.chinese)到\(to.chinese)", "\(from.english) to \(to.english)")
    }
  }

  /// How often buildings are divided at most: 32 bands are as many as anybody reads.
  private static let divisions = 5

  /// - Throws: why nothing is released.
  static func content(_ buildings: [Building]) throws(DisclosureRefusal) -> NeedTable.Content {
    let inOrder = buildings.filter { $0.households > 0 }.sorted { isInOrder($0.name, $1.name) }
    guard !inOrder.isEmpty else { throw .nothingToShow }
    for divisions in stride(from: divisions, through: 1, by: -1) {
      let bands = bands(of: inOrder, divisions: divisions)
      guard bands.count > 1, let release = try release(bands) else { continue }
      let content = content(bands, release)
      if content.hidden == 0 { return content }
    }
    let whole = [Band(buildings: inOrder)]
    guard let release = try release(whole) else { throw .nothingToShow }
    return content(whole, release)
  }

  /// Halves of halves, as long as each half holds enough homes.
  static func bands(of buildings: [Building], divisions: Int) -> [Band] {
    let whole = Band(buildings: buildings)
    guard divisions > 0, buildings.count > 1 else { return [whole] }
    let halves = [
      Array(buildings[..<(buildings.count / 2)]), Array(buildings[(buildings.count / 2)...]),
    ]
    guard halves.allSatisfy({ Band(buildings: $0).unserved >= NeedTable.least }) else { return [whole] }
    return halves.flatMap { bands(of: $0, divisions: divisions - 1) }
  }

  /// - Returns: nil where the gate lets nothing through; wider bands may be.
  /// - Throws: what is wrong with the figures themselves.
  private static func release(_ bands: [Band]) throws(DisclosureRefusal) -> ReleasedCut? {
    var (places, answers): ([UInt8], [UInt8]) = ([], [])
    for (place, band) in bands.enumerated() {
      let homes = band.buildings.reduce(0) { $0 + $1.households }
      places += [UInt8](repeating: UInt8(place), count: homes)
      answers += [UInt8](repeating: 0, count: band.unserved)
      answers += [UInt8](repeating: 1, count: homes - band.unserved)
    }
    let dataset = try DisclosureDataset(
      breakdowns: [DisclosureDataset.Column(places, categories: bands.count)],
      questions: [DisclosureDataset.Column(answers, categories: 2)])
    do throws(DisclosureRefusal) {
      return try DisclosureGate.release(
        Cut(questions: [0], breakdown: bands.count > 1 ? [0] : []), of: dataset, after: [], k: NeedTable.least
      )
    } catch {
      if error == .malformed || error == .ledgerDiffers { throw error }
      return nil
    }
  }

  private static func content(_ bands: [Band], _ release: ReleasedCut) -> NeedTable.Content {
    func row(_ name: Phrase, _ band: Int?) -> NeedTable.Row {
      let group = bands.count > 1 ? [band] : []
      return NeedTable.Row(name, [0, nil].map { release[CutCell([$0], in: group)].map(Int64.init) })
    }
    let total = row(Phrase("合计", "All"), nil)
    return NeedTable.Content(
      rowName: Phrase("楼", "Buildings"),
      columns: [
        NeedTable.Column(Phrase("想送、没人送到", "Wish it, nobody came")),
        NeedTable.Column(Phrase("住户", "Homes")),
      ], rows: (bands.count > 1 ? bands.enumerated().map { row($1.name, $0) } : []) + [total],
      count: total.figures[1], sample: sample, notes: notes)
  }

  /// Numbers by their value, names after them.
  private static func isInOrder(_ one: String, _ other: String) -> Bool {
    func number(_ text: String) -> Int { Int(text.prefix { $0.isASCII && $0.isNumber }) ?? .max }
    return (number(one), one) < (number(other), other)
  }

  private static let sample = Phrase(
    "全社区的住户。想送：说过“每次都送到家”，或者这个月有一单说要送。没人送到：这个月没有一趟送到过那栋楼。",
    "All homes of the community. Wishing means: “always bring it home”, or said so of an order in the month. Nobody came means: no round of the month brought bags to that building."
  )

  private static let notes = [
    Phrase(
      "不到 \(NeedTable.least) 户的数不写，能倒推出来的也不写；太小的楼并在一起算。",
      "Numbers of fewer than \(NeedTable.least) homes are left out, and whatever would give them back; small buildings are counted together."
    )
  ]
}
