import Database
import Kernel
import People

/// What a person found wrong, what they missed at the pickup point, and what they wrote about goods.
enum AfterSalesPersonRows {
  static let claims: [PersonTable] = [
    // Only the person can have wanted it kept: the people who answered have seen it.
    PersonTable(
      "shop_claim_picture", Phrase("售后照片", "Photos of claims"), ending: .deleted,
      columns: [
        PersonColumn("created_at", Phrase("什么时候", "When"), .moment),
        PersonColumn("large", Phrase("照片大小", "Size of the photo"), .size),
      ]
    ) { "claim_id IN (\(PersonSelection.claims(of: $0)))" },
    PersonTable(
      "shop_claim_step", Phrase("售后经过", "What became of my claims"), ending: .clearedLater("note = ''"),
      columns: [
        PersonColumn("happened_at", Phrase("什么时候", "When"), .moment),
        PersonColumn("what", Phrase("怎么样", "What"), stored(\ClaimStep.What.name)),
        PersonColumn("level", Phrase("轮到谁", "Whose turn"), stored(\Claim.Level.name)),
        PersonColumn("amount", Phrase("金额", "Amount"), .money),
        PersonColumn("bearer", Phrase("谁承担", "Borne by"), stored(\Remedy.Bearer.name)),
        PersonColumn("note", Phrase("说明", "Note")),
      ]
    ) { "claim_id IN (\(PersonSelection.claims(of: $0)))" },
    PersonTable(
      "shop_claim", Phrase("我报的售后", "Claims that I made"), ending: .clearedLater("note = ''"),
      columns: claimColumns + [PersonColumn("note", Phrase("我写的", "What I wrote"))]
    ) { "reported_by_id = \($0.person)" },
    PersonTable(
      "shop_claim", Phrase("家里人为我的订单报的售后", "Claims that my family made for my orders"),
      ending: .kept(KeptRows.trade), columns: claimColumns
    ) { "reported_by_id <> \($0.person) AND order_id IN (\(PersonSelection.orders(of: $0)))" },
  ]

  private static let claimColumns: [PersonColumn] = [
    PersonColumn("reported_at", Phrase("什么时候报的", "Reported"), .moment),
    .orderNumber("shop_claim.order_id"),
    PersonColumn("fault", Phrase("什么问题", "What was wrong"), stored(\Claim.Fault.name)),
    PersonColumn("pieces", Phrase("几份", "Pieces"), .number),
    PersonColumn("wish", Phrase("希望", "Wish"), stored(\Claim.Wish.name)),
    PersonColumn("state", Phrase("现在", "State"), stored(\Claim.State.name)),
    PersonColumn("refunded", Phrase("退了", "Given back"), .money),
  ]

  static let losses: [PersonTable] = [
    PersonTable(
      "shop_loss_step", Phrase("找袋子的经过", "The search for missing bags"), ending: .clearedLater("note = ''"),
      columns: [
        PersonColumn("happened_at", Phrase("什么时候", "When"), .moment),
        PersonColumn("state", Phrase("怎么样", "State"), stored(\LossReport.State.name)),
        PersonColumn("note", Phrase("说明", "Note")),
      ]
    ) {
      """
      report_id IN (SELECT report.id FROM shop_loss_report AS report
        WHERE report.community_id = \($0.community) AND report.reported_by_id = \($0.person))
      """
    },
    PersonTable(
      "shop_loss_report", Phrase("我报的丢袋子", "Missing bags that I reported"), ending: .kept(KeptRows.trade),
      columns: [
        PersonColumn("reported_at", Phrase("什么时候报的", "Reported"), .moment),
        .orderNumber("shop_loss_report.order_id"),
        PersonColumn("state", Phrase("现在", "State"), stored(\LossReport.State.name)),
        PersonColumn("due_at", Phrase("最晚什么时候答复", "Answer due"), .moment),
        PersonColumn("found_at", Phrase("在哪里找到的", "Found at")),
      ]
    ) { "reported_by_id = \($0.person)" },
  ]

  static let reviews: [PersonTable] = [
    PersonTable(
      "shop_review_remark", Phrase("我的追评", "What I said later"), ending: .deleted,
      columns: remarkColumns
    ) { "voice = 'household' AND review_id IN (\(reviews(of: $0)))" },
    PersonTable(
      "shop_review_remark", Phrase("我当团长时的回复", "What I answered as a leader"), ending: .deleted,
      columns: remarkColumns
    ) {
      """
      voice = 'leader' AND review_id IN (SELECT review.id FROM shop_review AS review
        WHERE review.community_id = \($0.community) AND review.leader_id = \($0.person))
      """
    },
    // The stars stay: without them the sum that everyone sees would change with whoever leaves.
    PersonTable(
      "shop_review", Phrase("我的评价", "My reviews"), ending: .cleared("body = ''"),
      columns: [
        PersonColumn("written_at", Phrase("什么时候", "When"), .moment),
        PersonColumn(
          "goods", Phrase("东西", "Goods"),
          """
          (SELECT \(PersonColumn.bilingual("product.name_zh", "product.name_en")) FROM shop_product AS product
            WHERE product.id = shop_review.product_id)
          """),
        PersonColumn("stars", Phrase("几颗星", "Stars"), .number),
        PersonColumn("body", Phrase("我写的", "What I wrote")),
      ]
    ) { "id IN (\(reviews(of: $0)))" },
  ]

  private static let remarkColumns: [PersonColumn] = [
    PersonColumn("written_at", Phrase("什么时候", "When"), .moment),
    PersonColumn("body", Phrase("写的话", "Words")),
  ]

  /// Reviews from before names were kept are those of whoever ordered.
  static func reviews(of subject: DataSubject) -> Query {
    """
    SELECT review.id FROM shop_review AS review
    WHERE review.community_id = \(subject.community) AND (review.written_by_id = \(subject.person)
      OR (review.written_by_id IS NULL AND review.order_id IN (\(PersonSelection.orders(of: subject)))))
    """
  }
}
