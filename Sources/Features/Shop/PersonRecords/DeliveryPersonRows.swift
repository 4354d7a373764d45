import Database
import Kernel
import People
import Security

/// How a person wants goods brought home, and what was brought there.
///
/// What is kept of a household is about everyone who lives there. For a deletion the subject has a household
/// only when nobody else belongs to it any more, so that nothing of it goes while somebody still lives there.
enum DeliveryPersonRows {
  static let wishes: [PersonTable] = [
    PersonTable(
      "shop_delivery_wish", Phrase("我家要怎么送", "How my home wants deliveries"), ending: .deleted,
      columns: [
        PersonColumn("set_at", Phrase("什么时候说的", "Said"), .moment),
        PersonColumn("mode", Phrase("要不要送", "When to deliver"), stored(\DeliveryWish.Mode.name)),
        PersonColumn("time_window", Phrase("什么时候在家", "At home"), stored(\DeliveryWindow.name)),
        PersonColumn("may_leave_at_door", Phrase("可以放门口", "May be left at the door"), .yesNo),
        PersonColumn("note", Phrase("给送货人的话", "For the courier"), .sealed(.contact, row: "household_id")),
      ]
    ) { "household_id = \($0.household)" },
    PersonTable(
      "shop_delivery_neighbour", Phrase("我家请邻居代收", "The neighbour whom my home asked to take bags"),
      ending: .deleted, columns: neighbourColumns
    ) { "household_id = \($0.household)" },
    PersonTable(
      "shop_delivery_neighbour", Phrase("邻居请我代收", "Neighbours who asked me to take bags"),
      ending: .deleted, columns: neighbourColumns
    ) { "neighbour_id = \($0.person) OR neighbour_household_id = \($0.household)" },
    PersonTable(
      "shop_delivery_order", Phrase("这一单要不要送", "Whether an order is brought home"), ending: .deletedLater,
      columns: [
        PersonColumn("set_at", Phrase("什么时候说的", "Said"), .moment),
        .orderNumber("shop_delivery_order.order_id"),
        PersonColumn("is_wished", Phrase("要送", "Bring it"), .yesNo),
      ]
    ) { "order_id IN (\(PersonSelection.orders(of: $0)))" },
  ]

  private static let neighbourColumns: [PersonColumn] = [
    PersonColumn("asked_at", Phrase("什么时候请的", "Asked"), .moment),
    PersonColumn("agreed_at", Phrase("什么时候答应的", "Agreed"), .moment),
  ]

  static let rounds: [PersonTable] = [
    PersonTable(
      "shop_stop_outcome", Phrase("送到门口的结果", "What couriers reported of my door"),
      ending: .kept(KeptRows.goods),
      columns: [
        PersonColumn("happened_at", Phrase("什么时候", "When"), .moment),
        PersonColumn("kind", Phrase("怎么样", "What"), stored(\StopOutcome.Kind.name)),
        PersonColumn("cash", Phrase("收了现金", "Cash taken"), .money),
      ]
    ) {
      """
      stop_id IN (SELECT stop.id FROM shop_round_stop AS stop
        WHERE stop.community_id = \($0.community) AND stop.person_id = \($0.person))
      """
    },
    PersonTable(
      "shop_round_order", Phrase("送货上门的订单", "Orders brought home"), ending: .kept(KeptRows.goods),
      columns: [
        .orderNumber("shop_round_order.order_id"),
        PersonColumn("pieces", Phrase("几份", "Pieces"), .number),
        PersonColumn("is_open", Phrase("还在送", "Still on its way"), .yesNo),
      ]
    ) { "order_id IN (\(PersonSelection.orders(of: $0)))" },
    PersonTable(
      "shop_round_stop", Phrase("送到我家的一站", "Deliveries to my door"), ending: .kept(KeptRows.goods),
      columns: [
        PersonColumn(
          "started_at", Phrase("什么时候出发的", "Set out"),
          "(SELECT round.started_at FROM shop_round AS round WHERE round.id = shop_round_stop.round_id)",
          .moment
        ),
        PersonColumn("bags", Phrase("几袋", "Bags"), .number),
        PersonColumn("time_window", Phrase("什么时候在家", "At home"), stored(\DeliveryWindow.name)),
        PersonColumn("may_leave_at_door", Phrase("可以放门口", "May be left at the door"), .yesNo),
      ]
    ) { "person_id = \($0.person)" },
  ]

  static let care: [PersonTable] = [
    PersonTable(
      "shop_protected_household", Phrase("我家在照顾名单上", "My home is served first when goods are short"),
      ending: .deleted, columns: [PersonColumn("granted_at", Phrase("从什么时候", "Since"), .moment)]
    ) { "household_id = \($0.household)" },
    PersonTable(
      "shop_wellbeing_contact", Phrase("不对劲时告诉谁", "Who is told when something is wrong"), ending: .deleted,
      columns: contactColumns
    ) { "person_id = \($0.person)" },
    PersonTable(
      "shop_wellbeing_contact", Phrase("别人不对劲时告诉我", "I am told when something is wrong with a neighbour"),
      ending: .deleted, columns: contactColumns
    ) { "contact_id = \($0.person)" },
    PersonTable(
      "shop_wellbeing_tap", Phrase("送货人看望的结果", "How couriers found me"), ending: .deleted,
      columns: [
        PersonColumn("tapped_at", Phrase("什么时候", "When"), .moment),
        PersonColumn("finding", Phrase("怎么样", "What"), stored(\WellbeingFinding.name)),
        PersonColumn("note", Phrase("说明", "Note"), .sealed(.health, row: "id")),
      ]
    ) { "person_id = \($0.person)" },
    PersonTable(
      "shop_wellbeing_told", Phrase("为我通知了谁", "That somebody was told of me"), ending: .deleted,
      columns: [
        PersonColumn("told_at", Phrase("什么时候", "When"), .moment),
        PersonColumn("step", Phrase("告诉了", "Told"), stored(\WellbeingStep.name)),
      ]
    ) {
      """
      concern_id IN (SELECT concern.id FROM shop_wellbeing_concern AS concern
        WHERE concern.community_id = \($0.community) AND concern.person_id = \($0.person))
      """
    },
    PersonTable(
      "shop_wellbeing_concern", Phrase("请人来看我", "When somebody was asked to look after me"), ending: .deleted,
      columns: [
        PersonColumn("opened_at", Phrase("什么时候", "When"), .moment),
        PersonColumn("cause", Phrase("为什么", "Why"), stored(\WellbeingConcern.Cause.name)),
        PersonColumn("step", Phrase("请到谁", "Who was asked last"), stored(\WellbeingStep.name)),
        PersonColumn("state", Phrase("现在", "State"), .choice(states)),
        PersonColumn("closed_at", Phrase("什么时候结束", "Ended"), .moment),
      ]
    ) { "person_id = \($0.person)" },
  ]

  private static let contactColumns: [PersonColumn] = [
    PersonColumn("set_at", Phrase("什么时候说的", "Said"), .moment),
    PersonColumn("kind", Phrase("作为", "As"), stored(\WellbeingStep.name)),
  ]

  private static let states: [String: Phrase] = [
    WellbeingConcern.State.open.rawValue: Phrase("等人去看", "Waiting for somebody"),
    WellbeingConcern.State.lookedAfter.rawValue: Phrase("有人在看", "Somebody is looking after it"),
    WellbeingConcern.State.closed.rawValue: Phrase("结束了", "Over"),
  ]
}
