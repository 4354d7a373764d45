import Database
import Kernel
import People

/// What helpers asked for a person and what came of it.
enum AssistedOrderPersonRows {
  /// What became an order is evidence of the person's word; what did not is nothing to anybody.
  static let assistedOrders: [PersonTable] = [
    PersonTable(
      "shop_assisted_order_line", Phrase("请人代下、没有下成的东西", "Goods asked for and not ordered"),
      ending: .deleted, columns: lineColumns
    ) { "assisted_order_id IN (\(asked(of: $0, "asked.state <> 'placed'")))" },
    PersonTable(
      "shop_assisted_visit", Phrase("请人代约、没有约成的服务", "Visits asked for and not booked"),
      ending: .deleted, columns: visitColumns
    ) { "assisted_order_id IN (\(asked(of: $0, "asked.state <> 'placed'")))" },
    PersonTable(
      "shop_assisted_order", Phrase("请人代下、没有下成的单", "Orders asked for and not placed"),
      ending: .deleted, columns: askedColumns
    ) { "person_id = \($0.person) AND state <> 'placed'" },
    PersonTable(
      "shop_assisted_order_line", Phrase("请人代下的东西", "Goods ordered by a helper"),
      ending: .kept(KeptRows.consent), columns: lineColumns
    ) { "assisted_order_id IN (\(asked(of: $0, "asked.state = 'placed'")))" },
    PersonTable(
      "shop_assisted_visit", Phrase("请人代约的服务", "Visits booked by a helper"),
      ending: .kept(KeptRows.consent), columns: visitColumns
    ) { "assisted_order_id IN (\(asked(of: $0, "asked.state = 'placed'")))" },
    PersonTable(
      "shop_assisted_order", Phrase("请人代下的单", "Orders placed by a helper"),
      ending: .clearedLater("note = ''"), columns: askedColumns
    ) { "person_id = \($0.person) AND state = 'placed'" },
  ]

  private static let lineColumns: [PersonColumn] = [
    .goods(item: "shop_assisted_order_line.item_id"),
    PersonColumn("quantity", Phrase("几份", "How many"), .number),
    PersonColumn("tolerance", Phrase("最多再多几份", "How many more at most"), .number),
  ]

  private static let visitColumns: [PersonColumn] = [
    PersonColumn("starts_at", Phrase("什么时候", "When"), .moment),
    PersonColumn(
      "service", Phrase("服务", "Service"),
      """
      (SELECT \(PersonColumn.bilingual("service.title_zh", "service.title_en")) FROM shop_service AS service
        WHERE service.id = shop_assisted_visit.service_id)
      """),
  ]

  private static let askedColumns: [PersonColumn] = [
    PersonColumn("drafted_at", Phrase("什么时候说的", "Asked"), .moment),
    PersonColumn("purpose", Phrase("要做什么", "What for"), .choice(purposes)),
    PersonColumn("role", Phrase("帮忙的人是", "The helper is"), stored(\Role.name)),
    PersonColumn("total", Phrase("总数", "Total"), .money),
    PersonColumn("note", Phrase("留言", "Note")),
    PersonColumn("state", Phrase("结果", "State"), stored(\AssistedOrder.State.name)),
    PersonColumn("confirmation", Phrase("我怎么点头的", "How I said yes"), stored(\ConfirmationWay.name)),
    PersonColumn("ended_at", Phrase("什么时候定的", "Decided"), .moment),
  ]

  /// What is asked for, of goods and of visits, in the words that are stored.
  static let purposes: [String: Phrase] = [
    OrderRequest.Command.Purpose.place.rawValue: Phrase("下单", "Place an order"),
    OrderRequest.Command.Purpose.change.rawValue: Phrase("改单", "Change an order"),
    OrderRequest.Command.Purpose.cancel.rawValue: Phrase("取消订单", "Cancel an order"),
    AssistedVisit.What.book.rawValue: Phrase("约服务", "Book a visit"),
    AssistedVisit.What.cancel.rawValue: Phrase("取消预约", "Cancel a visit"),
    AssistedVisit.What.agreeToMove.rawValue: Phrase("同意改时间", "Agree to another time"),
    AssistedVisit.What.refuseMove.rawValue: Phrase("不同意改时间", "Refuse another time"),
  ]

  static let supervision: [PersonTable] = [
    PersonTable(
      "shop_mandate_order", Phrase("按委托下的订单", "Orders under my mandates"), ending: .kept(KeptRows.trade),
      columns: [
        PersonColumn("placed_at", Phrase("什么时候", "When"), .moment),
        .orderNumber("shop_mandate_order.order_id"),
      ]
    ) { "person_id = \($0.person)" },
    PersonTable(
      "shop_drift_alarm", Phrase("代我下的单里不寻常的", "What was unusual about orders placed for me"),
      ending: .deletedLater,
      columns: [
        PersonColumn("raised_at", Phrase("什么时候发现的", "Noticed"), .moment),
        .orderNumber("shop_drift_alarm.order_id"),
        PersonColumn("kinds", Phrase("哪里不寻常", "What was unusual"), .choice(unusual)),
        PersonColumn("seen_at", Phrase("什么时候看过", "Looked at"), .moment),
      ]
    ) { "person_id = \($0.person)" },
  ]

  /// Every mixture of what is unusual, as it is stored.
  private static let unusual: [String: Phrase] = {
    var mixtures: [[DriftAlarm.Kind]] = [[]]
    for kind in DriftAlarm.Kind.allCases { mixtures += mixtures.map { $0 + [kind] } }
    return Dictionary(
      mixtures.map { kinds in
        (
          DriftAlarmStore.text(kinds),
          Phrase(
            kinds.map(\.name.chinese).joined(separator: "，"),
            kinds.map(\.name.english).joined(separator: ", "))
        )
      }
    ) { first, _ in first }
  }()

  /// What was asked for a person, as far as the condition says.
  private static func asked(of subject: DataSubject, _ condition: Query) -> Query {
    """
    SELECT asked.id FROM shop_assisted_order AS asked
    WHERE asked.community_id = \(subject.community) AND asked.person_id = \(subject.person) AND \(condition)
    """
  }
}
