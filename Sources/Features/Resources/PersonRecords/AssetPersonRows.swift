import Database
import Kernel
import People
import Security

/// What the tables of the asset map keep about a person.
enum AssetPersonRows {
  private static let assetName: Query = """
    (SELECT asset.name_zh FROM resources_asset AS asset WHERE asset.id = asset_id)
    """

  // Questions hang on entries and go first.
  static let tables: [PersonTable] = [
    PersonTable(
      "resources_asset_question", Phrase("问过和被问的本事", "Questions about what is offered"), ending: .deleted,
      columns: [
        PersonColumn("asked_at", Phrase("什么时候", "When"), .moment),
        PersonColumn("asset", Phrase("问的是", "About"), assetName),
        PersonColumn("text", Phrase("问的话", "Question"), .sealed(.contact, row: "id")),
        PersonColumn("answer", Phrase("回的话", "Answer"), .sealed(.contact, row: "id")),
        PersonColumn("answered_at", Phrase("什么时候回的", "Answered"), .moment),
      ]
    ) {
      """
      (asker_id = \($0.person) OR (receiver_kind = 'person' AND receiver_id = \($0.person))
        OR asset_id IN (SELECT id FROM resources_asset
          WHERE community_id = \($0.community) AND holder_kind = 'person' AND holder_id = \($0.person)))
      """
    },
    PersonTable(
      "resources_asset", Phrase("登的本事和故事", "Gifts and stories that I offer"), ending: .deleted,
      columns: columns
    ) { "holder_kind = 'person' AND holder_id = \($0.person)" },
  ]

  private static let columns: [PersonColumn] = [
    PersonColumn("created_at", Phrase("什么时候登的", "When"), .moment),
    PersonColumn(
      "kind", Phrase("种类", "Kind"),
      .choice(Dictionary(Asset.Kind.allCases.map { ($0.rawValue, $0.name) }) { first, _ in first })),
    PersonColumn(
      "gift", Phrase("哪一样", "What it is of"),
      .choice(Dictionary(Asset.Gift.allCases.map { ($0.rawValue, $0.name) }) { first, _ in first })),
    PersonColumn("is_taught", Phrase("愿意教别人", "Would teach it"), .yesNo),
    PersonColumn("name_zh", Phrase("名称", "Name")),
    PersonColumn("name_en", Phrase("英文名称", "Name in English")),
    PersonColumn("description", Phrase("说明", "Description"), .sealed(.contact, row: "id")),
    PersonColumn(
      "category", Phrase("用处", "Good for"),
      .choice(Dictionary(ResourceCategory.allCases.map { ($0.rawValue, $0.name) }) { first, _ in first })),
    PersonColumn("tags", Phrase("标签", "Tags")),
    PersonColumn("place_words", Phrase("地方", "Place")),
    PersonColumn("availability", Phrase("什么时候方便", "When it can be had")),
    PersonColumn("capacity", Phrase("最多几位", "For how many"), .number),
    PersonColumn("conditions", Phrase("条件", "Conditions")),
    PersonColumn(
      "visibility", Phrase("谁看得到", "Who sees it"),
      .choice(Dictionary(Asset.Visibility.allCases.map { ($0.rawValue, $0.name) }) { first, _ in first })),
    PersonColumn(
      "source", Phrase("从哪里来", "Source"),
      .choice(Dictionary(Asset.Source.allCases.map { ($0.rawValue, $0.name) }) { first, _ in first })),
    PersonColumn(
      "contact", Phrase("怎么转达", "How a question comes"),
      .choice(Dictionary(Asset.Contact.allCases.map { ($0.rawValue, $0.name) }) { first, _ in first })),
    PersonColumn("verified_at", Phrase("核实", "Verified"), .moment),
    PersonColumn("expires_at", Phrase("到期", "Runs out"), .moment),
    PersonColumn("withdrawn_at", Phrase("撤下", "Withdrawn"), .moment),
  ]

  static let acts: [PersonActs] = [
    PersonActs("resources_asset", Phrase("登的条目", "Entries written"), by: "created_by_id", at: "created_at"),
    PersonActs(
      "resources_asset", Phrase("核实的条目", "Entries verified"), by: "verified_by_id", at: "verified_at"),
    PersonActs(
      "resources_asset_question", Phrase("回的问题", "Questions answered"), by: "answered_by_id",
      at: "answered_at"),
  ]

  /// Every table stands in the lists above.
  static let impersonal: [ImpersonalTable] = []
}
