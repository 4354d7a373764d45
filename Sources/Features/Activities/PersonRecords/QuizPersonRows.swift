import Database
import Kernel
import People
import Security

/// What the tables of quizzes keep about a person, and about whoever runs them.
enum QuizPersonRows {
  private static let kept = Phrase(
    "只有抽奖号：少一个号，别人就没法验这次抽奖了",
    "Entry numbers alone: with one of them missing, nobody could check the draw any more")

  private static func names<Choice: RawRepresentable & CaseIterable>(
    _ wording: (Choice) -> Phrase
  ) -> [String: Phrase] where Choice.RawValue == String {
    Dictionary(Choice.allCases.map { ($0.rawValue, wording($0)) }) { first, _ in first }
  }

  /// Awards of a person's own numbers, on a column that names an award.
  private static func own(_ subject: DataSubject) -> Query {
    """
    SELECT award.id FROM activities_quiz_entrant AS entrant
    JOIN activities_quiz_entry AS entry ON entry.id = entrant.entry_id
    JOIN activities_quiz_award AS award ON award.quiz_id = entry.quiz_id AND award.number = entry.number
    WHERE entrant.community_id = \(subject.community) AND entrant.person_id = \(subject.person)
    """
  }

  // What hangs on whose an entry is comes before that is cleared.
  static let tables = [
    PersonTable(
      "activities_quiz_receiver", Phrase("您托谁来领奖", "Whom you sent for a prize"), ending: .deleted,
      columns: [
        PersonColumn("name", Phrase("称呼", "Name"), .sealed(.contact, row: "award_id"))
      ], isAbout: { "award_id IN (\(own($0)))" }),
    PersonTable(
      "activities_quiz_award_end", Phrase("奖品领了没有", "What became of your prizes"), ending: .kept(kept),
      columns: [
        PersonColumn("ended_at", Phrase("时间", "When"), .moment),
        PersonColumn(
          "kind", Phrase("结果", "What came of it"), .choice(names { (value: QuizAward.Kind) in value.name })),
        PersonColumn(
          "receiver", Phrase("谁来领的", "Who fetched it"),
          .choice(names { (value: QuizAward.Receiver) in value.name })),
      ], isAbout: { "award_id IN (\(own($0)))" }),
    PersonTable(
      "activities_quiz_award", Phrase("中的奖", "Prizes won"), ending: .kept(kept),
      columns: [
        PersonColumn("awarded_at", Phrase("中奖时间", "Won"), .moment),
        PersonColumn("number", Phrase("抽奖号", "Entry number"), .number),
        PersonColumn("collect_until", Phrase("最晚什么时候领", "To be fetched before"), .moment),
      ], isAbout: { "id IN (\(own($0)))" }),
    PersonTable(
      "activities_quiz_entry", Phrase("答的有奖问答", "Quizzes answered"), ending: .kept(kept),
      columns: [
        PersonColumn("entered_at", Phrase("时间", "When"), .moment),
        PersonColumn(
          "way", Phrase("怎么来的", "How it came"), .choice(names { (value: QuizEntry.Way) in value.name })),
        PersonColumn("right_count", Phrase("答对几题", "Right answers"), .number),
        PersonColumn("number", Phrase("抽奖号", "Entry number"), .number),
        PersonColumn(
          "bar", Phrase("为什么不进抽奖", "Why it is not in the draw"),
          .choice(names { (value: QuizEntry.Bar) in value.name })),
      ],
      isAbout: { subject in
        """
        id IN (SELECT entry_id FROM activities_quiz_entrant
          WHERE community_id = \(subject.community) AND person_id = \(subject.person))
        """
      }),
    // A household that has answered has done so, whoever of it is deleted.
    PersonTable(
      "activities_quiz_entrant", Phrase("您选的答案", "What you chose"),
      ending: .cleared(
        """
        person_id = NULL, answers = '',
        unit_id = CASE WHEN unit = 'person' THEN -entry_id ELSE unit_id END
        """),
      columns: [PersonColumn("answers", Phrase("每题选的字母", "The letter chosen for each question"))],
      isAbout: { "person_id = \($0.person)" }),
  ]

  static let acts = [
    PersonActs(
      "activities_quiz_question", Phrase("收起的题目", "Questions put away"), by: "retired_by_id", at: "retired_at"
    ),
    PersonActs(
      "activities_quiz_question_text", Phrase("写的题目", "Questions written"), by: "written_by_id",
      at: "written_at"),
    PersonActs("activities_quiz", Phrase("办的问答", "Quizzes made"), by: "created_by_id", at: "created_at"),
    PersonActs(
      "activities_quiz_terms", Phrase("写的问答", "Quizzes written"), by: "written_by_id", at: "written_at"),
    PersonActs(
      "activities_quiz_opening", Phrase("开放的问答", "Quizzes opened"), by: "opened_by_id", at: "opened_at"),
    PersonActs(
      "activities_quiz_entry", Phrase("替人录的答案", "Answers entered for others"), by: "entered_by_id",
      at: "entered_at"),
    PersonActs(
      "activities_quiz_award", Phrase("让下一位递补的奖", "Prizes given to the next"), by: "awarded_by_id",
      at: "awarded_at"),
    PersonActs(
      "activities_quiz_award_end", Phrase("发的奖、记的没领", "Prizes handed over or not fetched"), by: "ended_by_id",
      at: "ended_at"),
  ]

  static let impersonal = [
    ImpersonalTable("activities_quiz_item", Phrase("一次问答问哪些题", "Which questions a quiz asks")),
    ImpersonalTable("activities_quiz_prize", Phrase("一次问答的奖品", "The prizes of a quiz")),
    ImpersonalTable("activities_quiz_draw", Phrase("种子和几个号进抽奖", "The seed, and how many numbers were drawn")),
  ]
}
