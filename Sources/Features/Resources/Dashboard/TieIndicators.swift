import Database
import Kernel

/// Ties of the neighbourhood's network, new and kept, by quarter. They are taken from what the report of the network shows, so
/// that the two pages never say more together than one does alone.
enum TieIndicators {
  /// As many quarters as the keeping of ties lets be compared.
  static let quarterCount = 8

  /// - Parameter last: the quarter that ended last.
  static func series(
    last: Quarter, least: Int64, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [IndicatorSeries] {
    let quarters = (1..<quarterCount).reduce(into: [last]) { quarters, _ in
      quarters.insert(quarters[0].previous, at: 0)
    }
    let reports = try quarters.map { quarter in
      (quarter: quarter, figures: try NetworkReportStore.find(quarter, in: community, snapshot)?.figures)
    }
    return series(reports, least: least)
  }

  static func series(
    _ reports: [(quarter: Quarter, figures: NetworkFigures?)], least: Int64
  ) -> [IndicatorSeries] {
    func points(_ number: (ShownNetwork) -> Int?) -> [IndicatorSeries.Point] {
      reports.map { quarter, figures in
        let shown = figures.flatMap { ShownNetwork($0, least: Int(least)) }.flatMap(number)
        return IndicatorSeries.Point(
          period: .quarter(quarter),
          shown: figures == nil ? .missing : shown.map { .count(Int64($0)) } ?? .hidden,
          version: figures == nil ? nil : 1)
      }
    }
    return [
      IndicatorSeries(
        code: "ties_new", name: Phrase("新结的来往", "New ties"),
        definition: definition(
          Phrase("这个季度有来往、上个季度没有的。", "Ties of the quarter that the one before did not have.")),
        points: points(\.new)),
      IndicatorSeries(
        code: "ties_kept", name: Phrase("一直有的来往", "Kept ties"),
        definition: definition(
          Phrase("这个季度和上个季度都有来往的。", "Ties of the quarter that the one before had as well.")),
        points: points(\.kept)),
    ]
  }

  private static func definition(_ which: Phrase) -> IndicatorDefinition {
    IndicatorDefinition(
      meaning: Phrase(
        "\(which.chinese)一对邻居、商户、单位帮过忙、做过买卖、一起参加过活动，算一个来往；只算同意算进统计的人。写到最近的 \(ShownNetwork.step)。季度过完才数；有人收回同意，重数以后会变。",
        "\(which.english) Two neighbours, merchants or organisations who helped each other, traded or came together are a tie; of persons those who agreed to be counted. Told to the nearest \(ShownNetwork.step), once the quarter is over; counted anew it changes where a consent was taken back."
      ),
      origin: Phrase("邻里网络的季报", "The network’s report of the quarter"), unit: .count,
      counted: Phrase("个来往", "ties"))
  }
}
