import Database
import Kernel
import People

/// Who may fetch for whom, and where a person's bags stood.
enum PickupPersonRows {
  /// A leave that was used is what a handover rests on; one that was not is nothing to anybody.
  static let proxies: [PersonTable] = [
    PersonTable(
      "shop_pickup_proxy", Phrase("我家托邻居代取，没有用过", "Neighbours whom my home let fetch and who never did"),
      ending: .deleted, columns: proxyColumns
    ) { "household_id = \($0.household) AND NOT \(isUsed)" },
    PersonTable(
      "shop_pickup_proxy", Phrase("我家托邻居代取", "Neighbours who fetched for my home"),
      ending: .kept(KeptRows.goods), columns: proxyColumns
    ) { "household_id = \($0.household) AND \(isUsed)" },
    PersonTable(
      "shop_pickup_proxy", Phrase("邻居托我代取，没有用过", "Neighbours who let me fetch, where I never did"),
      ending: .deleted, columns: proxyColumns
    ) { "(\(asked($0))) AND NOT \(isUsed)" },
    PersonTable(
      "shop_pickup_proxy", Phrase("邻居托我代取", "Neighbours for whom I fetched"),
      ending: .kept(KeptRows.goods), columns: proxyColumns
    ) { "(\(asked($0))) AND \(isUsed)" },
    PersonTable(
      "shop_pickup_finding", Phrase("给邻居看的码", "The code by which a neighbour finds me"), ending: .deleted,
      columns: [PersonColumn("expires_at", Phrase("用到什么时候", "Good until"), .moment)]
    ) { "person_id = \($0.person)" },
  ]

  private static let proxyColumns: [PersonColumn] = [
    PersonColumn("asked_at", Phrase("什么时候托的", "Asked"), .moment),
    PersonColumn("until", Phrase("到什么时候", "Until"), .moment),
    PersonColumn("state", Phrase("现在", "State"), stored(\PickupProxy.State.name)),
    PersonColumn("answered_at", Phrase("什么时候答复的", "Answered"), .moment),
    PersonColumn("ended_at", Phrase("什么时候停的", "Ended"), .moment),
  ]

  private static let isUsed: Query = """
    EXISTS (SELECT 1 FROM shop_pickup AS pickup WHERE pickup.proxy_id = shop_pickup_proxy.id)
    """

  /// The leaves of other households that a person was asked to take, or agreed to.
  private static func asked(_ subject: DataSubject) -> Query {
    """
    neighbour_id = \(subject.person) OR addressed_person_id = \(subject.person)
      OR addressed_household_id = \(subject.household)
    """
  }

  static let shelves: [PersonTable] = [
    PersonTable(
      "shop_shelf_place", Phrase("袋子放在哪里", "Where my bags stood"), ending: .deletedLater,
      columns: [
        PersonColumn("placed_at", Phrase("什么时候", "When"), .moment),
        .orderNumber("shop_shelf_place.order_id"),
        PersonColumn("place", Phrase("哪里", "Where")),
      ]
    ) { "order_id IN (\(PersonSelection.orders(of: $0)))" }
  ]
}
