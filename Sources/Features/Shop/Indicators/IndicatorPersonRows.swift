import Kernel
import People

/// What the tables of indicators and of market information keep about a person: who entered a district.
enum IndicatorPersonRows {
  static let acts: [PersonActs] = [
    PersonActs(
      "shop_home_district", Phrase("填本社区在哪个区", "Entering the community’s district"), by: "set_by_id",
      at: "set_at"),
    PersonActs(
      "shop_merchant_district", Phrase("填商户在哪个区", "Entering districts of merchants"), by: "set_by_id",
      at: "set_at"),
  ]

  static let impersonal: [ImpersonalTable] = [
    ImpersonalTable(
      "shop_market_month",
      Phrase(
        "给商户看的每月行情，只有十户以上的合计",
        "What merchants are told of a month, in totals of ten homes at least"))
  ]

  static let retentionRules: [RetentionRule] = [
    RetentionRule(
      Phrase("给商户看的每月行情", "What merchants are told of each month"),
      term: Phrase("一直留着，只有合计", "It stays, with totals alone"),
      reason: Phrase("好跟以前的月份比", "So that months can be compared"))
  ]
}
