package import Database
package import Kernel

/// The figures that a community looks at, and what each means. Whoever can count them fills in how.
///
/// Source: paper 5.3, field/socialwork.md §2.14. None has a direction: more is not always better, and a community is
/// compared with nobody but itself.
package enum IndicatorCatalogue {
  package typealias Reading =
    @Sendable (String, Timestamp, Timestamp, CommunityID, Snapshot) throws -> IndicatorValue?

  /// Those that the shop can count, by their codes.
  package static func shop(read: @escaping Reading) -> [IndicatorSource] {
    entries.map { entry in
      IndicatorSource(code: entry.code, name: entry.name, definition: entry.definition) {
        try read(entry.code, $0, $1, $2, $3)
      }
    }
  }

  /// Nobody counts it yet.
  package static let jobsKept = IndicatorSource(
    code: "jobs_kept", name: Phrase("做满 90 天的工作", "Jobs kept for 90 days"),
    definition: IndicatorDefinition(
      meaning: Phrase(
        "经社区介绍或培训后上岗的人里，90 天后还在做的。",
        "Of those who began a job through the community or its training: who still has it after 90 days."),
      origin: Phrase("培训和就业的记录", "Records of training and jobs"), unit: .share,
      counted: Phrase("还在岗的人", "people still at work"),
      whole: Phrase("上岗满 90 天的人", "people who began 90 days ago")
    ), read: { _, _, _, _ in nil })

  private typealias Entry = (code: String, name: Phrase, definition: IndicatorDefinition)

  private static let entries: [Entry] = households + service + money

  private static let households: [Entry] = [
    (
      "households_reached", Phrase("这个月用到的家庭", "Homes reached"),
      IndicatorDefinition(
        meaning: Phrase(
          "这个月至少拿到过一次东西的家庭，一家只算一次。",
          "Homes that received something in the month, each counted once."),
        origin: Phrase("取货和送货的记录", "Records of pickups and deliveries"), unit: .count,
        counted: Phrase("户", "homes"))
    ),
    (
      "elder_share", Phrase("用长辈版的家庭", "Homes that read in large type"),
      IndicatorDefinition(
        meaning: Phrase(
          "这个月拿到东西、同意算进统计的家庭里，订东西的人自己选了长辈版（大字）的。我们不问年纪，选大字的不一定是老人。",
          "Of the homes that received something and agreed to be counted: those where somebody with an order chose large type. Nobody is asked their age, and not everybody who chose it is old."
        ),
        origin: Phrase("取货记录和各人选的版面", "Records of pickups and the view that people chose"), unit: .share,
        counted: Phrase("用长辈版的户", "homes that read in large type"), whole: Phrase("户", "homes"),
        within: "households_reached")
    ),
    (
      "assisted_share", Phrase("别人代下的单", "Orders that others placed"),
      IndicatorDefinition(
        meaning: Phrase(
          "这个月拿到的、同意算进统计的订单里，由别人代下的。学会自己下单的人多了会变少，来求助的人多了会变多：两样都是好事。",
          "Of the orders received by those who agreed to be counted: those that somebody placed for them. They get fewer as people learn to order alone, and more as people ask for help: both are good."
        ),
        origin: Phrase("订单的记录", "Records of orders"), unit: .share,
        counted: Phrase("代下的单", "orders placed by others"), whole: Phrase("单", "orders"))
    ),
  ]

  private static let service: [Entry] = [
    (
      "fulfilment", Phrase("订的都到了", "Goods that came in full"),
      IndicatorDefinition(
        meaning: Phrase(
          "这个月结束的团购里，订的每一样，数量全都到了的。",
          "Of all lines ordered in the group-buys that ended: those that came in full."),
        origin: Phrase("到货的记录", "Records of arrivals"), unit: .share,
        counted: Phrase("全到的", "lines in full"), whole: Phrase("订的", "lines"), isNothingHarmless: true)
    ),
    (
      "claims_in_time", Phrase("售后按时答复", "Claims answered in time"),
      IndicatorDefinition(
        meaning: Phrase(
          "这个月该答复的售后里，团长和商户按时答复的。",
          "Of the claims due in the month: those that leaders and merchants answered in time."),
        origin: Phrase("售后的记录", "Records of claims"), unit: .share,
        counted: Phrase("按时答复的", "answers in time"), whole: Phrase("该答复的", "answers due"),
        isNothingHarmless: true)
    ),
  ]

  private static let money: [Entry] = [
    (
      "local_spending", Phrase("留在本区的花费", "Spending that stays in the district"),
      IndicatorDefinition(
        meaning: Phrase(
          "这个月拿到的东西，按折扣和退款前的价钱算，花在本区商户的。没写在哪个区的商户不算。",
          "Of what was received, at prices before discounts and refunds: what was spent at merchants of the district. Merchants whose district is not entered are left out."
        ),
        origin: Phrase("取货记录和商户所在的区", "Records of pickups and the districts of merchants"), unit: .moneyShare,
        counted: Phrase("花在本区的", "spent in the district"), whole: Phrase("一共花的", "spent in all"),
        isNothingHarmless: true)
    )
  ]
}
