import Database
import Kernel
import People

/// What the tables of proposals keep about a person. What a household voted is in none of them.
enum ProposalPersonRows {
  private static let kept = Phrase(
    "哪户投过票要查得到，一户一票；投了什么没有记。",
    "That a household voted has to be verifiable, one vote for each; what it voted is not kept.")

  static let tables = [
    PersonTable(
      "policy_proposal", Phrase("我的提案", "My proposals"),
      ending: .cleared("author_id = NULL, household_id = NULL, wishes_name = 0"),
      columns: [
        PersonColumn("made_at", Phrase("时间", "When"), .moment), PersonColumn("title", Phrase("题目", "Title")),
        PersonColumn("body", Phrase("内容", "Words")),
        PersonColumn("wishes_name", Phrase("想署名", "With my name"), .yesNo),
      ], isAbout: { "author_id = \($0.person)" }),
    PersonTable(
      "policy_proposal_contribution", Phrase("我对提案说的话", "What I said of proposals"),
      ending: .cleared("author_id = NULL, household_id = NULL"),
      columns: [
        PersonColumn("written_at", Phrase("时间", "When"), .moment),
        PersonColumn(
          "stance", Phrase("意思", "Stance"), .choice(names { (stance: Contribution.Stance) in stance.name })),
        PersonColumn("body", Phrase("说的话", "Words")),
      ], isAbout: { "author_id = \($0.person)" }),
    PersonTable(
      "policy_proposal_report", Phrase("我举报的发言", "Remarks that I reported"), ending: .deleted,
      columns: [PersonColumn("reported_at", Phrase("时间", "When"), .moment)],
      isAbout: { "person_id = \($0.person)" }),
    // Two persons of one household: the deletion of one leaves what the other did.
    PersonTable(
      "policy_proposal_roll", Phrase("我替家里投的票", "Votes that I gave for my household"),
      ending: .cleared("voted_by_id = NULL"),
      columns: [PersonColumn("voted_at", Phrase("时间", "When"), .moment)],
      isAbout: { "voted_by_id = \($0.person)" }),
    PersonTable(
      "policy_proposal_roll", Phrase("我家投过的票", "Votes of my household"), ending: .kept(kept),
      columns: [
        PersonColumn("voted_at", Phrase("时间", "When"), .moment),
        PersonColumn(
          "method", Phrase("怎么投的", "How"), .choice(names { (method: BallotMethod) in method.name })),
      ],
      isAbout: { subject in
        guard let household = subject.household else { return "1 = 0" }
        return "household_id = \(household)"
      }),
  ]

  /// The words of an enumeration, each with its name.
  private static func names<Choice: RawRepresentable & CaseIterable>(
    _ wording: (Choice) -> Phrase
  ) -> [String: Phrase] where Choice.RawValue == String {
    Dictionary(Choice.allCases.map { ($0.rawValue, wording($0)) }) { first, _ in first }
  }

  static let acts = [
    PersonActs("policy_proposal", Phrase("写下的提案", "Proposals written down"), by: "made_by_id", at: "made_at"),
    PersonActs(
      "policy_proposal_event", Phrase("提案里的步骤", "Steps of proposals"), by: "actor_id", at: "happened_at"),
    PersonActs(
      "policy_proposal_contribution", Phrase("记下的会上发言", "Remarks noted at meetings"),
      by: "recorded_by_id", at: "written_at"),
    PersonActs(
      "policy_proposal_judgement", Phrase("看过的发言", "Remarks looked at"), by: "judged_by_id", at: "judged_at"),
    PersonActs(
      "policy_proposal_roll", Phrase("录入的选票", "Votes keyed in"), by: "entered_by_id", at: "voted_at"),
    PersonActs(
      "policy_proposal_count", Phrase("计过的票", "Votes counted"), by: "counted_by_id", at: "counted_at"),
    PersonActs(
      "policy_proposal_answer", Phrase("写的正式答复", "Official answers"), by: "recorded_by_id",
      at: "answered_at"),
    PersonActs(
      "policy_proposal_result", Phrase("开始公布的进度", "Trackers begun"), by: "begun_by_id", at: "begun_at"),
    PersonActs(
      "policy_proposal_entry", Phrase("记的办理经过", "Entries of trackers"), by: "written_by_id",
      at: "written_at"),
  ]

  static let impersonal = [
    ImpersonalTable(
      "policy_proposal_standing", Phrase("提案走到哪一步，不写人", "How far proposals are; nobody is in it")),
    ImpersonalTable(
      "policy_proposal_voting", Phrase("投什么、按什么规则", "What is voted on, and by which rule")),
    ImpersonalTable(
      "policy_proposal_ballot",
      Phrase(
        "封着的选票，不写谁投的、什么时候投的；计票时销毁",
        "Sealed ballots, without who gave them and when; destroyed at the count")),
    ImpersonalTable("policy_proposal_tally", Phrase("每个选项的总数", "Totals of the choices")),
    ImpersonalTable("policy_proposal_sending", Phrase("请哪个部门答复", "Which department is to answer")),
    ImpersonalTable("policy_proposal_action", Phrase("要办的步骤", "Steps of what is done")),
  ]
}
