import Database
import Kernel
import People
import Security

/// What questionnaires keep about those who answered, and about those who made and collected them.
enum CollectionPersonRows {
  private static let ofParticipation: @Sendable (DataSubject) -> Query = { subject in
    "kind = \(Participation.Kind.person) AND subject_id = \(subject.person)"
  }

  private static let ofHome: @Sendable (DataSubject) -> Query = { subject in
    guard let household = subject.household else { return "1 = 0" }
    return "kind = \(Participation.Kind.household) AND subject_id = \(household)"
  }

  static let tables = [
    PersonTable(
      "surveys_response", Phrase("记名问卷里您的回答", "Your answers to questionnaires that carry names"),
      ending: .deleted,
      columns: [
        PersonColumn("answered_at", Phrase("什么时候", "When"), .moment),
        PersonColumn(
          "answers", Phrase("回答", "Answers"),
          .sealed(.survey, row: "id", shown: { ResponseAnswers.shown(stored: $0) })),
      ], isAbout: { "person_id = \($0.person)" }),
    PersonTable(
      "surveys_participation", Phrase("填过的问卷（不记答案）", "Questionnaires answered, without the answers"),
      ending: .deleted, columns: [], isAbout: ofParticipation),
    PersonTable(
      "surveys_participation",
      Phrase("家里填过的问卷（不记答案）", "Questionnaires your household answered, without the answers"),
      ending: .kept(
        Phrase("一户一份，家里还有别人", "One for each household, to which others belong")), columns: [],
      isAbout: ofHome),
  ]

  static let acts = [
    PersonActs(
      "surveys_questionnaire", Phrase("做的问卷", "Questionnaires made"), by: "created_by_id", at: "created_at"),
    PersonActs(
      "surveys_questionnaire_event", Phrase("问卷的步骤", "Steps of questionnaires"), by: "actor_id",
      at: "happened_at"),
    PersonActs(
      "surveys_questionnaire_draft", Phrase("最后改的问卷", "Questionnaires changed last"), by: "updated_by_id",
      at: "updated_at"),
    PersonActs(
      "surveys_questionnaire_version", Phrase("开的版本", "Versions opened"), by: "opened_by_id", at: "opened_at"),
    PersonActs(
      "surveys_collector", Phrase("开的收法", "Ways of collecting opened"), by: "created_by_id", at: "created_at"),
    PersonActs(
      "surveys_response", Phrase("替人记下的回答", "Answers written down for others"), by: "recorded_by_id",
      at: "answered_at"),
    PersonActs(
      "surveys_contact", Phrase("没问成的", "Doors and calls that came to nothing"), by: "noted_by_id",
      at: "noted_at"),
  ]

  static let impersonal = [
    ImpersonalTable(
      "surveys_questionnaire_standing", Phrase("问卷进行到哪里", "How questionnaires stand"))
  ]
}
