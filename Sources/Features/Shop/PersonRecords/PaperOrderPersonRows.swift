import Database
import Kernel
import People

/// What stands about a person because they order on paper or in the group chat.
enum PaperOrderPersonRows {
  /// Conflicts and entries stand before slips: once a slip is gone nothing says whose they were.
  static let slips: [PersonTable] = [
    PersonTable(
      "shop_slip_conflict", Phrase("纸单上对不上的", "What did not fit on my paper slips"),
      ending: .kept(KeptRows.trade),
      columns: [
        PersonColumn("name", Phrase("什么", "What"), PersonColumn.bilingual("name_zh", "name_en")),
        PersonColumn("kind", Phrase("怎么对不上", "Why"), .choice(conflicts)),
        PersonColumn("wanted", Phrase("要的（份或分）", "Wanted, pieces or fen"), .number),
        PersonColumn("available", Phrase("有的（份或分）", "There was, pieces or fen"), .number),
      ]
    ) {
      """
      EXISTS (SELECT 1 FROM shop_slip_entry AS entry WHERE entry.batch_id = shop_slip_conflict.batch_id
        AND entry.position = shop_slip_conflict.position AND entry.slip_id IN (\(slips(of: $0, "1 = 1"))))
      """
    },
    PersonTable(
      "shop_slip_entry", Phrase("录入了、没有下单的纸单", "Paper slips that were keyed and not ordered"),
      ending: .cleared(
        """
        slip_id = NULL, note = '', typed_code = '',
          state = CASE WHEN state IN ('conflict', 'already_other') THEN 'dropped' ELSE state END
        """), columns: entryColumns
    ) { "order_id IS NULL AND slip_id IN (\(slips(of: $0, "slip.order_id IS NULL")))" },
    PersonTable(
      "shop_slip_entry", Phrase("录入的纸单", "Paper slips that were keyed"),
      ending: .clearedLater("note = ''"), columns: entryColumns
    ) { "slip_id IN (\(slips(of: $0, "slip.order_id IS NOT NULL")))" },
    PersonTable(
      "shop_paper_slip", Phrase("没有用过的纸单", "Paper slips that were not used"), ending: .deleted,
      columns: slipColumns
    ) { "person_id = \($0.person) AND order_id IS NULL" },
    PersonTable(
      "shop_paper_slip", Phrase("用过的纸单", "Paper slips that became orders"), ending: .kept(KeptRows.trade),
      columns: slipColumns
    ) { "person_id = \($0.person) AND order_id IS NOT NULL" },
    PersonTable(
      "shop_paper_household", Phrase("我家用纸单订货", "My home orders on paper"), ending: .deleted,
      columns: [PersonColumn("granted_at", Phrase("从什么时候", "Since"), .moment)]
    ) { "household_id = \($0.household)" },
  ]

  private static let slipColumns: [PersonColumn] = [
    PersonColumn("printed_at", Phrase("打印时间", "Printed"), .moment),
    .campaign("shop_paper_slip.campaign_id"),
    PersonColumn("code", Phrase("单子上的码", "Code on the slip")),
    PersonColumn("keyed_at", Phrase("录入时间", "Keyed"), .moment),
  ]

  private static let entryColumns: [PersonColumn] = [
    PersonColumn(
      "sent_at", Phrase("什么时候送到的", "Sent"),
      "(SELECT batch.sent_at FROM shop_slip_batch AS batch WHERE batch.id = shop_slip_entry.batch_id)",
      .moment),
    PersonColumn("lines", Phrase("录入的内容", "What was keyed")),
    PersonColumn("note", Phrase("留言", "Note")),
    PersonColumn("state", Phrase("结果", "State"), stored(\SlipBatch.State.name)),
    PersonColumn("settled_at", Phrase("什么时候处理的", "Settled"), .moment),
  ]

  private static let conflicts: [String: Phrase] = [
    SlipConflict.Kind.short.rawValue: Phrase("不够了", "Too few were left"),
    SlipConflict.Kind.priceHigher.rawValue: Phrase("比纸上贵", "Dearer than on paper"),
    SlipConflict.Kind.overMost.rawValue: Phrase("比写的总数多", "More than the sum that was written"),
    SlipConflict.Kind.unknownItem.rawValue: Phrase("没有这个编号的东西", "No goods with this code"),
    SlipConflict.Kind.unknownSlip.rawValue: Phrase("没有这张单子", "No slip with this code"),
    SlipConflict.Kind.late.rawValue: Phrase("已经截单", "After the cut-off"),
    SlipConflict.Kind.moved.rawValue: Phrase("已经搬走", "Moved away"),
    SlipConflict.Kind.unreadable.rawValue: Phrase("看不清", "Not readable"),
    SlipConflict.Kind.refused.rawValue: Phrase("没有下成", "Refused"),
  ]

  static let chats: [PersonTable] = [
    // What was pasted names all who wrote and cannot be taken apart; the leader may paste it again.
    PersonTable(
      "shop_chat_text", Phrase("有我在内的群接龙", "Lists from the group chat in which I stand"), ending: .deleted,
      columns: [
        PersonColumn("pasted_at", Phrase("什么时候贴的", "Pasted"), .moment),
        .campaign("shop_chat_text.campaign_id"),
        PersonColumn("content", Phrase("大小", "Size"), .size),
      ]
    ) {
      """
      campaign_id IN (SELECT line.campaign_id FROM shop_chat_line AS line
        WHERE line.community_id = \($0.community) AND line.person_id = \($0.person))
      """
    },
    PersonTable(
      "shop_chat_line", Phrase("从群接龙下的单", "Orders from the group chat"), ending: .cleared("mark = NULL"),
      columns: [
        PersonColumn("placed_at", Phrase("什么时候", "When"), .moment),
        .orderNumber("shop_chat_line.order_id"),
        PersonColumn("purpose", Phrase("要做什么", "What for"), .choice(AssistedOrderPersonRows.purposes)),
      ]
    ) { "person_id = \($0.person)" },
  ]

  /// Slips that are a person's own, as far as the condition says.
  private static func slips(of subject: DataSubject, _ condition: Query) -> Query {
    """
    SELECT slip.id FROM shop_paper_slip AS slip
    WHERE slip.community_id = \(subject.community) AND slip.person_id = \(subject.person) AND \(condition)
    """
  }
}
