import Database
import Kernel
import People

/// What a person, or their household, needs again and again.
enum StandingOrderPersonRows {
  /// What is needed tells how a household lives, so it goes; that orders followed from it stays with them.
  static let standingOrders: [PersonTable] = [
    PersonTable(
      "shop_standing_need", Phrase("固定单上的东西", "What my standing order asks for"), ending: .deleted,
      columns: needColumns("shop_standing_need.variant_id")
    ) { "standing_order_id IN (\(standing(of: $0)))" },
    PersonTable(
      "shop_standing_turn_line", Phrase("固定单每次的东西", "What became of each thing in each group-buy"),
      ending: .kept(KeptRows.trade),
      columns: [
        .goods(item: "shop_standing_turn_line.item_id"),
        PersonColumn("wanted", Phrase("要几份", "Wanted"), .number),
        PersonColumn("quantity", Phrase("下了几份", "Ordered"), .number),
        PersonColumn("price", Phrase("单价", "Price"), .money),
        PersonColumn("state", Phrase("怎么样", "State"), .choice(states)),
      ]
    ) { "turn_id IN (SELECT turn.id FROM shop_standing_turn AS turn WHERE \(turns(of: $0)))" },
    PersonTable(
      "shop_standing_turn", Phrase("固定单每次的结果", "What became of my standing order"),
      ending: .kept(KeptRows.trade),
      columns: [
        .campaign("shop_standing_turn.campaign_id"), .orderNumber("shop_standing_turn.order_id"),
        PersonColumn(
          "refusal", Phrase("没下成的原因", "Why nothing was ordered"),
          PersonColumn.bilingual("refusal_zh", "refusal_en")),
      ]
    ) { "standing_order_id IN (\(standing(of: $0)))" },
    PersonTable(
      "shop_standing_order", Phrase("固定单", "Standing orders"), ending: .kept(KeptRows.trade),
      columns: [
        PersonColumn("since", Phrase("从什么时候", "Since"), .moment),
        PersonColumn("paused_until", Phrase("停到什么时候", "Paused until"), .moment),
        PersonColumn("confirmation", Phrase("我怎么点头的", "How I said yes"), stored(\ConfirmationWay.name)),
        PersonColumn("ended_at", Phrase("什么时候停的", "Ended"), .moment),
      ]
    ) { "person_id = \($0.person) OR household_id = \($0.household)" },
  ]

  private static let states: [String: Phrase] = [
    StandingTurn.State.planned.rawValue: Phrase("等开团", "Planned"),
    StandingTurn.State.asked.rawValue: Phrase("贵了，在问", "Dearer; being asked"),
    StandingTurn.State.ordered.rawValue: Phrase("已下单", "Ordered"),
    StandingTurn.State.soldOut.rawValue: Phrase("没货了", "Sold out"),
    StandingTurn.State.declined.rawValue: Phrase("这次不要", "Not wanted this time"),
    StandingTurn.State.refused.rawValue: Phrase("没有下成", "Refused"),
  ]

  static let proposals: [PersonTable] = [
    PersonTable(
      "shop_standing_proposal_need", Phrase("别人替我写的固定单上的东西", "What was written down for me"),
      ending: .deleted, columns: needColumns("shop_standing_proposal_need.variant_id")
    ) {
      """
      proposal_id IN (SELECT proposal.id FROM shop_standing_proposal AS proposal
        WHERE proposal.community_id = \($0.community) AND proposal.person_id = \($0.person))
      """
    },
    PersonTable(
      "shop_standing_proposal", Phrase("我没有点头的固定单", "Standing orders that I did not agree to"),
      ending: .deleted, columns: proposalColumns
    ) { "person_id = \($0.person) AND state <> 'placed'" },
    PersonTable(
      "shop_standing_proposal", Phrase("我点头的固定单", "Standing orders that I agreed to"),
      ending: .deletedLater, columns: proposalColumns
    ) { "person_id = \($0.person) AND state = 'placed'" },
  ]

  private static let proposalColumns: [PersonColumn] = [
    PersonColumn("drafted_at", Phrase("什么时候写的", "Written"), .moment),
    PersonColumn("role", Phrase("写的人是", "Written by"), stored(\Role.name)),
    PersonColumn("state", Phrase("结果", "State"), stored(\AssistedOrder.State.name)),
    PersonColumn("confirmation", Phrase("我怎么点头的", "How I said yes"), stored(\ConfirmationWay.name)),
    PersonColumn("ended_at", Phrase("什么时候定的", "Decided"), .moment),
  ]

  private static func needColumns(_ variant: Query) -> [PersonColumn] {
    [
      .goods(variant: variant),
      PersonColumn("quantity", Phrase("几份", "How many"), .number),
      PersonColumn("rhythm", Phrase("多久一次", "How often"), stored(\StandingRhythm.name)),
      PersonColumn("price", Phrase("最多多少钱", "Price at most"), .money),
    ]
  }

  private static func standing(of subject: DataSubject) -> Query {
    """
    SELECT standing.id FROM shop_standing_order AS standing WHERE standing.community_id = \(subject.community)
      AND (standing.person_id = \(subject.person) OR standing.household_id = \(subject.household))
    """
  }

  private static func turns(of subject: DataSubject) -> Query {
    "turn.community_id = \(subject.community) AND turn.standing_order_id IN (\(standing(of: subject)))"
  }
}
