import Database
import Kernel
import People
import Resources
import Shop

/// Where the demo's merchants are at home, and what is counted of the time before: ties, figures and the market's months.
struct DemoFigureBuilder: Sendable {
  let stage: DemoStage

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
    let (figures, directory) = (
      stage.switchboard.resources.figureEntries, stage.switchboard.people.directory
    )
    try await stage.step(stage.now) { transaction in
      try MarketInformation.release(
        asking: directory, offsetSeconds: Self.offset, in: transaction)
      try figures.freeze(months: Self.months, offsetSeconds: Self.offset, in: transaction)
      try figures.gather(offsetSeconds: Self.offset, in: transaction)
    }
    _ = try await stage.switchboard.resources.networkWork.round()
  }
}
