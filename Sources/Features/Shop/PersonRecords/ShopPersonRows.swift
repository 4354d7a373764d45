package import Database
import Kernel
package import People

extension Shop {
  /// All that the Shop keeps about persons. For a deletion the subject has a household only where nobody else
  /// belongs to it any more: only then does anything of the household go.
  ///
  /// A table stands before the one by which its rows are found: the lists are carried out in their order.
  package var personRecords: PersonRecords {
    let standingOrders = standingOrderDesk
    return PersonRecords(
      Phrase("买菜、送货和服务", "Shopping, deliveries and services"), tables: Self.personTables,
      acts: RolePersonRows.all + UnmetNeedPersonRows.acts + IndicatorPersonRows.acts,
      impersonal: ImpersonalRows.all + UnmetNeedPersonRows.impersonal + IndicatorPersonRows.impersonal,
      obstacles: { try PersonObstacleStore.obstacles(of: $0, $1) },
      erase: { try PersonErasureStore.erase($0, standingOrders, in: $1) })
  }

  /// The orders that are a person's own, for the books about them.
  package static func orders(of subject: DataSubject) -> Query { PersonSelection.orders(of: subject) }

  /// How long the Shop keeps what.
  package static let retentionRules: [RetentionRule] =
    [
      RetentionRule(
        Phrase("订单、取货、售后、评价的星", "Orders, pickups, claims and stars"),
        term: Phrase(
          "一直留着；注销以后只剩编号，售后里的话三年后抹掉",
          "They stay; after deletion as numbers alone, and the words of claims are wiped three years later"),
        reason: Phrase(
          "《电子商务法》第三十一条，交易记录至少三年", "E-Commerce Law art. 31: records of sales for three years at least")),
      RetentionRule(
        Phrase("愿望、固定单、纸单、菜篮", "Wishes, standing orders, paper slips, baskets"),
        term: Phrase("您收回或注销的当天", "Until you take them back or are deleted"),
        reason: Phrase("替您办事要用", "To do for you what you asked")),
      RetentionRule(
        Phrase("送货时看望的记录", "How you were found when your bag came"), term: Phrase("90 天", "90 days"),
        reason: Phrase("看得出最近好不好", "To see how you have been lately")),
      RetentionRule(
        Phrase(
          "货架照片；群接龙的原文；售后照片和练习店",
          "Photos of shelves; texts of the chat; photos of claims and the practice shop"
        ),
        term: Phrase("14 天；30 天；180 天", "14 days; 30 days; 180 days"),
        reason: Phrase("核对过就用不着了", "Nobody needs them once they were checked")),
    ] + UnmetNeedPersonRows.retentionRules + IndicatorPersonRows.retentionRules

  private static let personTables: [PersonTable] =
    OrderPersonRows.baskets + OrderPersonRows.orders + OrderPersonRows.quantities + OrderPersonRows.pickups
    + OrderPersonRows.custody + PickupPersonRows.proxies + PickupPersonRows.shelves
    + AfterSalesPersonRows.claims + AfterSalesPersonRows.losses + AfterSalesPersonRows.reviews
    + AssistedOrderPersonRows.assistedOrders + AssistedOrderPersonRows.supervision
    + StandingOrderPersonRows.standingOrders + StandingOrderPersonRows.proposals
    + PaperOrderPersonRows.slips + PaperOrderPersonRows.chats + DeliveryPersonRows.wishes
    + DeliveryPersonRows.rounds + DeliveryPersonRows.care + ServicePersonRows.bookings
    + TradePersonRows.merchants + TradePersonRows.workers + PracticePersonRows.learning
}
