import Database
import Kernel
import People

/// What a person did in a role: told as numbers, for what it was done to belongs to others.
enum RolePersonRows {
  static let orders: [PersonActs] = [
    PersonActs("shop_order", Phrase("下单（给自己或别人）", "Orders entered"), by: "placed_by_id", at: "placed_at"),
    PersonActs(
      "shop_assisted_order", Phrase("替别人拟的单", "Orders drafted"), by: "helper_id", at: "drafted_at"),
    PersonActs(
      "shop_assisted_order", Phrase("替家人点头的单", "Orders agreed to for others"), by: "confirmed_by_id",
      at: "ended_at"),
    PersonActs(
      "shop_mandate_order", Phrase("按委托替别人下的单", "Orders under others' mandates"), by: "helper_id",
      at: "placed_at"),
    PersonActs(
      "shop_drift_alarm", Phrase("请我看一眼的订单", "Orders that I was asked to look at"), by: "told_id",
      at: "raised_at"),
    PersonActs(
      "shop_drift_alarm", Phrase("我代下的单里请别人看一眼的", "Orders of mine for others that somebody looked at"),
      by: "helper_id", at: "raised_at"),
    PersonActs(
      "shop_standing_order", Phrase("替别人写的固定单", "Standing orders written for others"), by: "helper_id",
      at: "since"),
    PersonActs(
      "shop_standing_proposal", Phrase("替别人拟的固定单", "Standing orders drafted for others"), by: "helper_id",
      at: "drafted_at"),
    PersonActs(
      "shop_standing_proposal", Phrase("替家人点头的固定单", "Standing orders agreed to for others"),
      by: "confirmed_by_id", at: "ended_at"),
    PersonActs(
      "shop_chat_text", Phrase("贴的群接龙", "Lists pasted from the group chat"), by: "pasted_by_id",
      at: "pasted_at"),
    PersonActs(
      "shop_chat_correction", Phrase("改的群接龙", "Lines of such lists put right"), by: "corrected_by_id",
      at: "corrected_at"),
    PersonActs(
      "shop_chat_line", Phrase("从群接龙替别人下的单", "Orders entered from the group chat"), by: "placed_by_id",
      at: "placed_at"),
  ]

  static let paper: [PersonActs] = [
    PersonActs(
      "shop_paper_household", Phrase("登记的纸单住户", "Homes entered for paper"), by: "granted_by_id",
      at: "granted_at"),
    PersonActs(
      "shop_paper_catalogue", Phrase("打印的纸单目录", "Paper catalogues printed"), by: "printed_by_id",
      at: "printed_at"),
    PersonActs(
      "shop_paper_slip", Phrase("打印的纸单", "Paper slips printed"), by: "printed_by_id", at: "printed_at"),
    PersonActs("shop_paper_slip", Phrase("录入的纸单", "Paper slips keyed"), by: "keyed_by_id", at: "keyed_at"),
    PersonActs(
      "shop_slip_batch", Phrase("送上来的纸单批次", "Batches of paper slips sent"), by: "sent_by_id", at: "sent_at"),
    PersonActs(
      "shop_slip_entry", Phrase("处理的纸单问题", "Questions about paper slips settled"), by: "settled_by_id",
      at: "settled_at"),
  ]

  static let campaigns: [PersonActs] = [
    PersonActs("shop_campaign", Phrase("带的团购", "Group-buys led"), by: "leader_id", at: "created_at"),
    PersonActs(
      "shop_campaign", Phrase("答应送的团购", "Group-buys carried for"), by: "carrier_id", at: "created_at"),
    PersonActs(
      "shop_stock_movement", Phrase("改动的库存", "Changes of stock"), by: "actor_id", at: "moved_at"),
    PersonActs("shop_arrival", Phrase("登记的到货", "Arrivals counted"), by: "recorded_by_id", at: "recorded_at"),
    PersonActs("shop_weighing", Phrase("称的重量", "Goods weighed"), by: "recorded_by_id", at: "recorded_at"),
    PersonActs("shop_pickup", Phrase("交出的订单", "Orders handed over"), by: "handed_by_id", at: "handed_at"),
    PersonActs(
      "shop_pickup", Phrase("替邻居取的货", "Orders fetched for neighbours"), by: "fetched_by_id", at: "handed_at"),
    PersonActs(
      "shop_custody", Phrase("记下的交接", "Handovers recorded"), by: "recorded_by_id", at: "recorded_at"),
    PersonActs(
      "shop_pickup_proxy", Phrase("托邻居代取", "Neighbours asked to fetch"), by: "named_by_id", at: "asked_at"),
    PersonActs(
      "shop_pickup_proxy", Phrase("登记的代取", "Such leaves entered for others"), by: "entered_by_id",
      at: "asked_at"),
    PersonActs("shop_shelf_photo", Phrase("拍的货架照片", "Photos of shelves"), by: "taken_by_id", at: "taken_at"),
    PersonActs("shop_shelf_place", Phrase("放好的袋子", "Bags put in place"), by: "placed_by_id", at: "placed_at"),
    PersonActs(
      "shop_pickup_fix", Phrase("记下的自提点改进", "Changes at pickup points"), by: "entered_by_id", at: "entered_at"
    ),
    PersonActs(
      "shop_protected_household", Phrase("登记的照顾住户", "Homes entered to be served first"),
      by: "granted_by_id", at: "granted_at"),
    PersonActs("shop_listing_hold", Phrase("先停卖的东西", "Goods held back"), by: "held_by_id", at: "held_at"),
  ]

  static let afterSales: [PersonActs] = [
    PersonActs(
      "shop_claim", Phrase("我的团里的售后", "Claims in group-buys I led"), by: "leader_id", at: "reported_at"),
    PersonActs(
      "shop_claim_step", Phrase("售后里做的", "Steps taken in claims"), by: "actor_id", at: "happened_at"),
    PersonActs(
      "shop_claim_turn", Phrase("轮到我答复的售后", "Claims that were mine to answer"), by: "party_id", at: "began_at"
    ),
    PersonActs(
      "shop_loss_step", Phrase("找袋子时做的", "Steps taken for missing bags"), by: "actor_id", at: "happened_at"),
    PersonActs(
      "shop_review", Phrase("我的团收到的评价", "Reviews of group-buys I led"), by: "leader_id", at: "written_at"),
  ]

  static let rounds: [PersonActs] = [
    PersonActs(
      "shop_delivery_wish", Phrase("写下的送货要求", "Wishes for deliveries written down"), by: "set_by_id",
      at: "set_at"),
    PersonActs(
      "shop_delivery_neighbour", Phrase("请邻居代收", "Neighbours asked to take bags"), by: "asked_by_id",
      at: "asked_at"),
    PersonActs(
      "shop_delivery_order", Phrase("说了要不要送的订单", "Orders for which I said whether to bring them"),
      by: "set_by_id", at: "set_at"),
    PersonActs(
      "shop_delivery_offer", Phrase("开放送货的团购", "Group-buys opened for deliveries"), by: "set_by_id",
      at: "set_at"),
    PersonActs("shop_round", Phrase("送的货", "Rounds walked"), by: "courier_id", at: "started_at"),
    PersonActs("shop_round", Phrase("安排的送货", "Rounds arranged"), by: "made_by_id", at: "made_at"),
    PersonActs("shop_round", Phrase("结束的送货", "Rounds ended"), by: "ended_by_id", at: "ended_at"),
    PersonActs("shop_round_stop", Phrase("替邻居收的货", "Deliveries taken for neighbours"), by: "neighbour_id"),
    PersonActs(
      "shop_stop_outcome", Phrase("报的送货结果", "Outcomes reported at doors"), by: "reported_by_id",
      at: "happened_at"),
    PersonActs(
      "shop_wellbeing_contact", Phrase("写下的联系人", "Contacts written down"), by: "set_by_id", at: "set_at"),
    PersonActs(
      "shop_wellbeing_tap", Phrase("上门看望", "Neighbours looked after at doors"), by: "tapped_by_id",
      at: "tapped_at"),
    PersonActs(
      "shop_wellbeing_concern", Phrase("答应去看的邻居", "Neighbours whom I promised to look after"), by: "carer_id",
      at: "opened_at"),
    PersonActs(
      "shop_wellbeing_concern", Phrase("说了没事的邻居", "Neighbours of whom I said that all is well"),
      by: "closed_by_id", at: "closed_at"),
    PersonActs(
      "shop_wellbeing_told", Phrase("请我去看邻居", "Times I was asked to look after a neighbour"), by: "person_id",
      at: "told_at"),
  ]

  static let services: [PersonActs] = [
    PersonActs(
      "shop_service", Phrase("我负责的服务", "Services that I stand for"), by: "host_id", at: "created_at"),
    PersonActs(
      "shop_booking_step", Phrase("预约里做的", "Steps taken in bookings"), by: "actor_id", at: "happened_at"),
    PersonActs(
      "shop_booking_material", Phrase("答复的材料", "Answers about material"), by: "answered_by_id",
      at: "answered_at"),
    PersonActs("shop_practice", Phrase("带的练习店", "Practice shops led"), by: "leader_id", at: "made_at"),
    PersonActs(
      "shop_practice_learner", Phrase("发出的练习码", "Practice codes handed out"), by: "handed_out_by_id",
      at: "handed_out_at"),
    PersonActs(
      "shop_practice_step", Phrase("记下的练习", "Practice noted"), by: "noted_by_id", at: "noted_at"),
  ]

  /// Everything in every role.
  static let all: [PersonActs] = orders + paper + campaigns + afterSales + rounds + services
}
