import Database
import Kernel
import People
import Security

/// What interviews and observation keep about those who spoke, and about those who took notes and coded.
enum InterviewPersonRows {
  private static let ofRecord: @Sendable (DataSubject) -> Query = { subject in
    """
    record_id IN (SELECT record.id FROM surveys_record AS record
      WHERE record.community_id = \(subject.community) AND record.speaker_id = \(subject.person))
    """
  }

  private static let kinds = Dictionary(
    MaterialKind.allCases.map { ($0.rawValue, $0.name) }, uniquingKeysWith: { first, _ in first })

  /// In the order in which a deletion ends them: words first, the link to who said them last.
  static let tables = [
    PersonTable(
      "surveys_record_text", Phrase("访谈里记下的您的话", "What was noted when you were interviewed"),
      ending: .deleted,
      columns: [
        PersonColumn("written_at", Phrase("什么时候记的", "Written"), .moment),
        PersonColumn(
          "words", Phrase("记下的话", "What was noted"),
          .sealed(.survey, row: "id", shown: { FieldNotes.shown(stored: $0) })),
      ], isAbout: ofRecord),
    PersonTable(
      "surveys_quote", Phrase("引用您的话", "Quotes of you"), ending: .deleted,
      columns: [
        PersonColumn("written_at", Phrase("什么时候写的", "Written"), .moment),
        PersonColumn("words", Phrase("改写后的话", "In words that give nobody away"), .sealed(.survey, row: "id")),
      ], isAbout: { "speaker_id = \($0.person)" }),
    PersonTable(
      "surveys_record", Phrase("您接受过的访谈", "Interviews that you gave"),
      ending: .cleared("speaker_id = NULL"),
      columns: [
        PersonColumn("happened_at", Phrase("什么时候", "When"), .moment),
        PersonColumn("kind", Phrase("种类", "Kind"), .choice(kinds)),
        PersonColumn("minutes", Phrase("多少分钟", "Minutes"), .number),
        PersonColumn(
          "agreement", Phrase("您的同意", "Your agreement"),
          .choice(
            Dictionary(
              FieldRecord.Agreement.allCases.map { ($0.rawValue, $0.name) },
              uniquingKeysWith: { first, _ in first }))),
      ], isAbout: { "speaker_id = \($0.person)" }),
  ]

  static let acts = [
    PersonActs("surveys_study", Phrase("开始的研究", "Studies begun"), by: "made_by_id", at: "made_at"),
    PersonActs("surveys_study_event", Phrase("研究的步骤", "Steps of studies"), by: "actor_id", at: "happened_at"),
    PersonActs(
      "surveys_study_version", Phrase("写的提纲", "Guides written"), by: "written_by_id", at: "written_at"),
    PersonActs(
      "surveys_record", Phrase("做的访谈和观察", "Interviews and observation done"), by: "recorded_by_id",
      at: "recorded_at"),
    PersonActs("surveys_record_text", Phrase("写的笔记", "Notes written"), by: "written_by_id", at: "written_at"),
    PersonActs("surveys_code", Phrase("加的编码", "Codes added"), by: "made_by_id", at: "made_at"),
    PersonActs(
      "surveys_code_version", Phrase("写的编码", "Codes written"), by: "written_by_id", at: "written_at"),
    PersonActs("surveys_coding", Phrase("开始的编码", "Codings begun"), by: "made_by_id", at: "made_at"),
    PersonActs(
      "surveys_coding", Phrase("第一个编的", "Codings as the first coder"), by: "first_coder_id", at: "made_at"),
    PersonActs(
      "surveys_coding", Phrase("第二个编的", "Codings as the second coder"), by: "second_coder_id", at: "made_at"),
    PersonActs(
      "surveys_coding_judgement", Phrase("编过的段落", "Passages coded"), by: "coder_id", at: "judged_at"),
    PersonActs("surveys_coding_mark", Phrase("给的编码", "Codes given"), by: "coder_id"),
    PersonActs(
      "surveys_coding_consensus", Phrase("商量定的段落", "Passages settled"), by: "decided_by_id", at: "decided_at"),
    PersonActs(
      "surveys_theme_table", Phrase("公布的主题表", "Tables of themes published"), by: "published_by_id",
      at: "published_at"),
    PersonActs("surveys_quote", Phrase("写的引用", "Quotes written"), by: "written_by_id", at: "written_at"),
    PersonActs(
      "surveys_quote_agreement", Phrase("记下的同意", "Agreements written down"), by: "actor_id", at: "happened_at"
    ),
    PersonActs(
      "surveys_quote_agreement", Phrase("见证的同意", "Agreements witnessed"), by: "witness_id", at: "happened_at"),
  ]

  static let impersonal = [
    ImpersonalTable("surveys_study_standing", Phrase("研究进行到哪里", "How studies stand")),
    ImpersonalTable(
      "surveys_coding_unit", Phrase("编了哪些段落，没有话，也没有人名", "Which passages were coded, without words or names")),
    ImpersonalTable("surveys_coding_finding", Phrase("段落最后算什么", "What passages count as")),
    ImpersonalTable("surveys_theme_count", Phrase("主题表的数字", "The numbers of tables of themes")),
  ]
}
