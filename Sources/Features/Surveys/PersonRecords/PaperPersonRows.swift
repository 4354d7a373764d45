import Database
import Kernel
import People
import Security

/// What sheets of paper keep about those who filled them in, until the answer is stored, and about those who keyed them in.
enum PaperPersonRows {
  static let tables = [
    PersonTable(
      "surveys_paper_entry",
      Phrase("您填的纸质问卷，录入了还没存好的", "Your questionnaire on paper, keyed in and not stored yet"),
      ending: .deleted,
      columns: [
        PersonColumn("keyed_at", Phrase("什么时候录的", "Keyed in"), .moment),
        PersonColumn(
          "content", Phrase("录入的内容", "What was keyed in"),
          .sealed(.survey, row: "id", shown: { KeyedSheet.shown(stored: $0) })),
      ], isAbout: { "person_id = \($0.person)" })
  ]

  static let acts = [
    PersonActs(
      "surveys_paper_batch", Phrase("印的纸质问卷", "Batches of paper made"), by: "made_by_id", at: "made_at"),
    PersonActs("surveys_paper_sheet", Phrase("定下来的纸质问卷", "Sheets of paper settled"), by: "settled_by_id"),
    PersonActs(
      "surveys_paper_entry", Phrase("录入的纸质问卷", "Sheets of paper keyed in"), by: "keyer_id", at: "keyed_at"),
    PersonActs(
      "surveys_paper_tally",
      Phrase("和人一起录的题（号码在前）", "Questions keyed in with somebody, as the first of the two"),
      by: "first_keyer_id"),
    PersonActs(
      "surveys_paper_tally",
      Phrase("和人一起录的题（号码在后）", "Questions keyed in with somebody, as the second of the two"),
      by: "second_keyer_id"),
  ]

  static let impersonal: [ImpersonalTable] = []
}
