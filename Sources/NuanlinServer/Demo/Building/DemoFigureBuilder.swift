import Database
import Kernel
import People
import Resources
import Shop

/// Where the demo's merchants are at home, and what is counted of the time before: ties, figures and the market's months.
struct DemoFigureBuilder: Sendable {
  let stage: DemoStage
  let town: DemoTownIDs

  private static let offset = DemoNeighbourhood.offsetSeconds
  /// The months that the demo has lived through.
  private static let months = 2
  private static let home = "桂江区"
  private static let districts = [
    ("jiang-wei", "崇明区"), ("tao-jing", "青浦区"), ("qian-fugen", "浦东新区"), ("zhou-lanying", "桂江区"),
    ("tang-yifan", "桂江区"), ("xi-meilin", "苏州市"), ("chen-dagui", "桂江区"), ("fang-li", "桂江区"),
  ]

  func build() async throws {
    var districts: [MerchantID: String] = [:]
    for (owner, district) in Self.districts {
      districts[try await stage.merchant(of: owner)] = district
    }
    let (entered, committee) = (districts, try stage.committee())
    try await stage.step(stage.day(50, 14)) { transaction in
      try MerchantDistricts.enter(home: Self.home, entered, by: committee, in: transaction)
    }
    let earlier = try lastQuarter(Set(entered.keys))
    let (figures, ties, directory) = (
      stage.switchboard.resources.figureEntries, stage.switchboard.resources.tieEntries,
      stage.switchboard.people.directory
    )
    try await stage.step(stage.now) { transaction in
      try MarketInformation.release(
        asking: directory, offsetSeconds: Self.offset, in: transaction)
      try figures.freeze(months: Self.months, offsetSeconds: Self.offset, in: transaction)
      try ties.record(earlier, in: transaction)
      try figures.gather(offsetSeconds: Self.offset, in: transaction)
    }
    _ = try await stage.switchboard.resources.networkWork.round()
  }

  // MARK: - The quarter before

  /// So many neighbours had something to do with others before the neighbourhood had this program.
  private static let neighbours = 60
  private static let gathering = 20

  /// What the station had on paper of the quarter that ended last, so that it has a picture as well.
  private func lastQuarter(_ merchants: Set<MerchantID>) throws -> [Tie] {
    let quarter = Quarter(stage.now, offsetSeconds: Self.offset).previous
    let moment = quarter.start(offsetSeconds: Self.offset) + .days(45)
    let neighbours = stage.neighbours(Self.neighbours, for: "last-quarter").map(\.person)
    var ties: [Tie] = []
    func add(_ kind: Tie.Kind, _ from: Party, _ to: Party) {
      ties.append(
        Tie(kind, from: from, to: to, at: moment, source: "paper", sourceID: Int64(ties.count + 1)))
    }
    let sellers = merchants.sorted()
    for (number, person) in neighbours.enumerated() {
      for (shop, seller) in sellers.enumerated() where (number + shop) % 3 != 0 {
        add(.traded, .merchant(seller), .person(person))
      }
    }
    for start in stride(from: 0, to: neighbours.count, by: Self.gathering) {
      let came = Set(neighbours[start..<min(start + Self.gathering, neighbours.count)])
      ties += CoAttendance.ties(of: came, at: moment, source: "paper", gathering: Int64(start + 1))
    }
    for (number, key) in ["committee", "chamber", "volunteers"].enumerated() {
      guard let id = town.organisations[key], sellers.count > number * 2 + 1 else { continue }
      add(.helped, .organisation(id), .merchant(sellers[number * 2]))
      add(.referred, .organisation(id), .merchant(sellers[number * 2 + 1]))
    }
    return ties
  }
}
