import Database
import Kernel
import People

/// What a person put into the basket, ordered and fetched.
enum OrderPersonRows {
  static let baskets: [PersonTable] = [
    PersonTable(
      "shop_basket_line", Phrase("菜篮", "Basket"), ending: .deleted,
      columns: [
        PersonColumn("changed_at", Phrase("什么时候放的", "Put in"), .moment),
        .goods(item: "shop_basket_line.item_id"),
        PersonColumn("quantity", Phrase("几份", "How many"), .number),
        PersonColumn("tolerance", Phrase("最多再多几份", "How many more at most"), .number),
      ]
    ) { "person_id = \($0.person)" }
  ]

  static let orders: [PersonTable] = [
    PersonTable(
      "shop_order_line", Phrase("订单里的东西", "What I ordered"), ending: .kept(KeptRows.trade),
      columns: [
        .orderNumber("shop_order_line.order_id"),
        PersonColumn("name", Phrase("东西", "Goods"), PersonColumn.bilingual("name_zh", "name_en")),
        PersonColumn("pack", Phrase("规格", "Pack"), PersonColumn.bilingual("pack_zh", "pack_en")),
        PersonColumn("placed_quantity", Phrase("下单时几份", "Ordered at first"), .number),
        PersonColumn("quantity", Phrase("后来几份", "Ordered in the end"), .number),
        PersonColumn("allocated", Phrase("分到几份", "Shared out"), .number),
        PersonColumn("collected", Phrase("取了几份", "Collected"), .number),
        PersonColumn("price", Phrase("单价", "Price"), .money),
        PersonColumn("grams", Phrase("称了几克", "Grams weighed"), .number),
        PersonColumn("charged", Phrase("按称重收", "Charged by weight"), .money),
        PersonColumn("discount", Phrase("减了", "Discount"), .money),
        PersonColumn("returned", Phrase("退货退的", "Given back for returns"), .money),
        PersonColumn("compensated", Phrase("赔的", "Made good"), .money),
        PersonColumn("forfeited", Phrase("没取留下的", "Kept as not fetched"), .money),
      ]
    ) { "order_id IN (\(PersonSelection.orders(of: $0)))" },
    PersonTable(
      "shop_order", Phrase("订单", "Orders"), ending: .cleared("note = ''"),
      columns: [
        PersonColumn("placed_at", Phrase("什么时候下的", "Placed"), .moment),
        PersonColumn("number", Phrase("订单号", "Order number"), .number),
        .campaign("shop_order.campaign_id"),
        PersonColumn("authority", Phrase("怎么下的", "How it was placed"), .choice(grounds)),
        PersonColumn("placed_total", Phrase("下单时的总数", "Total when placed"), .money),
        PersonColumn("total", Phrase("总数", "Total"), .money),
        PersonColumn("fulfilment", Phrase("到哪一步", "Goods"), stored(\Order.Fulfilment.name)),
        PersonColumn("payment", Phrase("付款", "Payment"), stored(\Order.Payment.name)),
        PersonColumn("note", Phrase("留言", "Note")),
        PersonColumn("changed_at", Phrase("最后改动", "Last changed"), .moment),
      ]
    ) { "person_id = \($0.person)" },
  ]

  /// On what ground an order was placed.
  private static let grounds: [String: Phrase] = [
    "household": Phrase("自己家下的", "By the household"),
    "assisted": Phrase("别人代下，本人点头", "By a helper, with the person's yes"),
    "booking": Phrase("预约服务", "By a booking"),
    "slip": Phrase("纸单", "On a paper slip"),
    "standing": Phrase("固定单", "By a standing order"),
    "group_text": Phrase("群接龙", "In the group chat"),
    "merchant": Phrase("替商户一起进货", "For a merchant, in a joint purchase"),
  ]

  static let quantities: [PersonTable] = [
    PersonTable(
      "shop_household_quantity", Phrase("我家每样订了几份", "How many of each my home ordered"),
      ending: .deletedLater,
      columns: [
        .goods(item: "shop_household_quantity.item_id"),
        PersonColumn("quantity", Phrase("几份", "How many"), .number),
      ]
    ) { "household_id = \($0.household)" },
    PersonTable(
      "shop_case_claim", Phrase("拼箱时要的", "Pieces asked for of shared cases"), ending: .kept(KeptRows.trade),
      columns: [
        PersonColumn("asked_at", Phrase("什么时候", "When"), .moment),
        .goods(item: "shop_case_claim.item_id"),
        PersonColumn("quantity_change", Phrase("加减几份", "Pieces more or fewer"), .number),
        PersonColumn("tolerance_change", Phrase("可多要的加减几份", "Tolerated pieces more or fewer"), .number),
      ]
    ) { "order_id IN (\(PersonSelection.orders(of: $0)))" },
    PersonTable(
      "shop_weighing", Phrase("称重记录", "Weighings"), ending: .kept(KeptRows.trade),
      columns: [
        PersonColumn("recorded_at", Phrase("什么时候", "When"), .moment),
        .orderNumber("shop_weighing.order_id"),
        PersonColumn("step", Phrase("做了什么", "What"), .choice(weighing)),
        PersonColumn("grams", Phrase("几克", "Grams"), .number),
        PersonColumn("charged", Phrase("收多少", "Charged"), .money),
      ]
    ) { "order_id IN (\(PersonSelection.orders(of: $0)))" },
  ]

  private static let weighing: [String: Phrase] = [
    "weighed": Phrase("称了", "Weighed"), "agreed": Phrase("同意了这个重量", "The weight was agreed to"),
  ]

  static let pickups: [PersonTable] = [
    PersonTable(
      "shop_pickup_line", Phrase("取走的份数", "Pieces handed over"), ending: .kept(KeptRows.trade),
      columns: [
        PersonColumn(
          "handed_at", Phrase("什么时候", "When"),
          "(SELECT pickup.handed_at FROM shop_pickup AS pickup WHERE pickup.id = shop_pickup_line.pickup_id)",
          .moment),
        PersonColumn("quantity", Phrase("几份", "How many"), .number),
      ]
    ) {
      """
      pickup_id IN (SELECT pickup.id FROM shop_pickup AS pickup
        WHERE pickup.order_id IN (\(PersonSelection.orders(of: $0))))
      """
    },
    PersonTable(
      "shop_pickup", Phrase("取货", "Pickups"), ending: .kept(KeptRows.trade),
      columns: [
        PersonColumn("handed_at", Phrase("什么时候", "When"), .moment),
        .orderNumber("shop_pickup.order_id"),
        PersonColumn("method", Phrase("怎么核对的", "How it was checked"), stored(\Pickup.Method.name)),
        PersonColumn("cash_received", Phrase("收了现金", "Cash taken"), .money),
        PersonColumn(
          "was_fetched", Phrase("是邻居代取的", "A neighbour fetched it"),
          "CAST(CASE WHEN fetched_by_id IS NULL THEN 0 ELSE 1 END AS BIGINT)", .yesNo),
      ]
    ) { "order_id IN (\(PersonSelection.orders(of: $0)))" },
  ]

  static let custody: [PersonTable] = [
    PersonTable(
      "shop_custody", Phrase("我的货经过的手", "Hands that my goods went through"), ending: .kept(KeptRows.goods),
      columns: custodyColumns + [PersonColumn("note", Phrase("说明", "Note"))]
    ) { "order_id IN (\(PersonSelection.orders(of: $0)))" },
    PersonTable(
      "shop_custody", Phrase("经过我手的货", "Goods that went through my hands"), ending: .kept(KeptRows.goods),
      columns: custodyColumns
    ) {
      let (leader, courier) = ("leader:\($0.person)", "courier:\($0.person)")
      return """
        from_party IN (\(leader), \(courier)) OR to_party IN (\(leader), \(courier))
        """
    },
  ]

  private static let custodyColumns: [PersonColumn] = [
    PersonColumn("recorded_at", Phrase("什么时候", "When"), .moment),
    .campaign("shop_custody.campaign_id"),
    PersonColumn("step", Phrase("哪一步", "Step"), stored(\CustodyRecord.Step.name)),
    PersonColumn("pieces", Phrase("几份", "Pieces"), .number),
  ]
}
