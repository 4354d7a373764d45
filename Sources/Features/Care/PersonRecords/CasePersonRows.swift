import Database
import Kernel
import People

/// What the tables of casework keep about the client: that, when and of which kind. The words are in none of them; they lie
/// sealed in `care_text`, and the worker hands them out.
enum CasePersonRows {
  static let tables = texts + cases + papers + papersInParts + referrals + looks + own

  private static let ofCase: @Sendable (DataSubject) -> Query = { subject in
    """
    case_id IN (SELECT file.id FROM care_case AS file
      WHERE file.community_id = \(subject.community) AND file.person_id = \(subject.person))
    """
  }

  private static let ofPerson: @Sendable (DataSubject) -> Query = { "person_id = \($0.person)" }

  /// `G-0017` is case 17.
  private static let file = PersonColumn(
    "case_number", Phrase("个案编号", "Case"),
    "(SELECT file.number FROM care_case AS file WHERE file.id = case_id)", .number)

  private static let episode = PersonColumn.number("episode", Phrase("第几次开案", "Which opening"))

  // MARK: - Words

  /// Stands first: which words of visits are the household's is asked of the outcomes, which lose their mark later.
  private static let texts = [
    PersonTable(
      "care_text", Phrase("写下的话（由社工交给您）", "What was written (your worker hands it to you)"), ending: .deleted,
      columns: [file, .moment("written_at", Phrase("写于", "Written"))],
      isAbout: { subject in
        let home: Query = VisitPersonRows.ofHousehold(subject)
        return """
          person_id = \(subject.person) OR id IN (SELECT outcome.text_id FROM care_visit_outcome AS outcome
            WHERE outcome.door_id IN (SELECT door.id FROM care_visit_door AS door
              WHERE door.community_id = \(subject.community) AND \(home)))
          """
      })
  ]

  // MARK: - Cases

  private static let eventNames: [String: Phrase] = [
    "created": Phrase("开了个案", "Opened"), "assigned": Phrase("分派", "Assigned"),
    "judged": Phrase("评风险", "Judged"), "grounded": Phrase("法定依据", "Ground in law"),
    "moved": Phrase("换阶段", "Moved on"), "closed": Phrase("结案", "Closed"),
    "reopened": Phrase("重新开案", "Opened again"),
  ]

  private static let cases = [
    PersonTable(
      "care_case", Phrase("个案", "Cases"), ending: .kept(CareKept.figures),
      columns: [
        .number("number", Phrase("个案编号", "Case")), .moment("created_at", Phrase("开案", "Opened")),
        .choice("field", Phrase("哪方面", "About")) { (field: CaseField) in field.name },
        .choice("source", Phrase("来源", "Source")) { (source: CaseSource) in source.name },
      ], isAbout: ofPerson),
    PersonTable(
      "care_case_standing", Phrase("个案现在怎样", "How cases stand"), ending: .kept(CareKept.figures),
      columns: [
        file, .choice("stage", Phrase("阶段", "Stage")) { (stage: CaseStage) in stage.name }, episode,
        .choice("risk", Phrase("风险", "Risk")) { (risk: CaseRisk) in risk.name },
        .number("intensity", Phrase("密度", "Intensity")),
        .choice("basis", Phrase("法定依据", "Ground in law")) { (basis: StatutoryBasis) in basis.name },
        .choice("outcome", Phrase("怎么结束", "Ended")) { (outcome: CaseOutcome) in outcome.name },
        .moment("review_at", Phrase("下次回顾", "Next review")),
        .moment("opened_at", Phrase("开案", "Opened")), .moment("closed_at", Phrase("结案", "Closed")),
      ], isAbout: ofPerson),
    PersonTable(
      "care_case_event", Phrase("个案的经过", "What happened in cases"), ending: .kept(CareKept.figures),
      columns: [
        file, .moment("happened_at", Phrase("时间", "When")),
        PersonColumn("kind", Phrase("做了什么", "What"), .choice(eventNames)),
        .choice("to_stage", Phrase("到哪一步", "To")) { (stage: CaseStage) in stage.name },
      ], isAbout: ofCase),
    PersonTable(
      "care_task", Phrase("社工要办的事", "Tasks of your worker"), ending: .kept(CareKept.figures),
      columns: [
        file, .choice("kind", Phrase("什么事", "What")) { (kind: CaseTask.Kind) in kind.name },
        .moment("due_at", Phrase("期限", "Due")), .moment("ended_at", Phrase("办好", "Done")),
      ], isAbout: ofCase),
  ]

  // MARK: - Papers

  private static let papers = [
    PersonTable(
      "care_assessment", Phrase("预估", "Assessments"), ending: .kept(CareKept.figures),
      columns: [
        file, .moment("made_at", Phrase("写于", "Written")),
        .choice("risk", Phrase("风险", "Risk")) { (risk: CaseRisk) in risk.name },
      ], isAbout: ofCase),
    PersonTable(
      "care_plan", Phrase("计划", "Plans"), ending: .kept(CareKept.figures),
      columns: [
        file, .number("version", Phrase("第几版", "Version")), .moment("made_at", Phrase("写于", "Written")),
        .moment("review_at", Phrase("回顾", "Looked over")),
      ], isAbout: ofCase),
    PersonTable(
      "care_intervention", Phrase("介入", "What was done"), ending: .kept(CareKept.figures),
      columns: [
        file, .moment("done_at", Phrase("时间", "When")),
        .choice("kind", Phrase("怎么做的", "Kind")) { (kind: Intervention.Kind) in kind.name },
        .number("minutes", Phrase("分钟", "Minutes")),
      ], isAbout: ofCase),
    PersonTable(
      "care_note", Phrase("记录", "Notes"), ending: .kept(CareKept.figures),
      columns: [
        file, .moment("written_at", Phrase("写于", "Written")),
        .choice("kind", Phrase("哪一类", "Kind")) { (kind: CaseNote.Kind) in kind.name },
      ], isAbout: ofCase),
    PersonTable(
      "care_closing", Phrase("结案报告", "Closings"), ending: .kept(CareKept.figures),
      columns: [
        file, .moment("made_at", Phrase("写于", "Written")),
        .choice("outcome", Phrase("怎么结束", "Ended")) { (outcome: CaseOutcome) in outcome.name },
        PersonColumn("has_view", Phrase("写了您的看法", "Your view is in it"), .yesNo),
      ], isAbout: ofCase),
    PersonTable(
      "care_outcome_score", Phrase("打分", "Scores"), ending: .kept(CareKept.figures),
      columns: [
        file,
        .choice("measure", Phrase("量什么", "Measure")) { (measure: OutcomeScore.Measure) in measure.name },
        .choice("phase", Phrase("什么时候", "When")) { (phase: OutcomeScore.Phase) in phase.name },
        .number("value", Phrase("分数", "Score")),
        .choice("rated_by", Phrase("谁打的", "By")) { (rater: OutcomeScore.Rater) in rater.name },
        .moment("scored_at", Phrase("日期", "Date")),
      ], isAbout: ofCase),
  ]

  private static let papersInParts = [
    PersonTable(
      "care_plan_event", Phrase("计划的经过", "What became of plans"), ending: .kept(CareKept.figures),
      columns: [
        .moment("happened_at", Phrase("时间", "When")),
        .choice("kind", Phrase("怎样了", "What")) { (kind: CarePlanEvent.Kind) in kind.name },
        .choice("method", Phrase("您怎么说的", "How you said so")) { (method: PlanAgreement) in method.name },
      ],
      isAbout: { subject in
        "plan_id IN (SELECT plan.id FROM care_plan AS plan WHERE plan.\(ofCase(subject)))"
      }),
    PersonTable(
      "care_note_version", Phrase("记录改过几次", "How notes were mended"), ending: .kept(CareKept.figures),
      columns: [
        .number("version", Phrase("第几次", "Version")), .moment("written_at", Phrase("写于", "Written")),
      ],
      isAbout: { subject in
        "note_id IN (SELECT note.id FROM care_note AS note WHERE note.\(ofCase(subject)))"
      }),
    PersonTable(
      "care_closing_decision", Phrase("督导对结案的答复", "The supervisor’s word on closings"),
      ending: .kept(CareKept.figures),
      columns: [
        PersonColumn("is_approved", Phrase("批准", "Approved"), .yesNo),
        .moment("decided_at", Phrase("时间", "When")),
      ],
      isAbout: { subject in
        "closing_id IN (SELECT closing.id FROM care_closing AS closing WHERE closing.\(ofCase(subject)))"
      }),
  ]

  // MARK: - Referrals

  private static let referrals = [
    PersonTable(
      "care_referral", Phrase("转介", "Referrals"), ending: .kept(CareKept.figures),
      columns: [
        file, .moment("made_at", Phrase("写于", "Written")),
        .choice("destination", Phrase("转给谁", "To")) { (to: Referral.Destination) in to.name },
        PersonColumn("fields", Phrase("告诉对方的几样", "What is told")),
      ], isAbout: ofCase),
    PersonTable(
      "care_referral_event", Phrase("转介的经过", "What became of referrals"), ending: .kept(CareKept.figures),
      columns: [
        .moment("happened_at", Phrase("时间", "When")),
        .choice("state", Phrase("怎样了", "What")) { (state: ReferralState) in state.name },
      ],
      isAbout: { subject in
        "referral_id IN (SELECT referral.id FROM care_referral AS referral WHERE referral.\(ofCase(subject)))"
      }),
  ]

  // MARK: - Emergency looks

  private static let looks = [
    PersonTable(
      "care_glass", Phrase("紧急查看", "Emergency looks"), ending: .kept(CareKept.traces),
      columns: [
        file, .moment("broken_at", Phrase("时间", "When")),
        .choice("reason", Phrase("原因", "Why")) { (reason: BrokenGlass.Reason) in reason.name },
        .moment("closes_at", Phrase("到", "Until")),
      ], isAbout: ofPerson),
    PersonTable(
      "care_glass_review", Phrase("紧急查看的复核", "Reviews of emergency looks"), ending: .kept(CareKept.traces),
      columns: [
        .moment("reviewed_at", Phrase("时间", "When")),
        PersonColumn("is_justified", Phrase("应该看", "Justified"), .yesNo),
      ],
      isAbout: { subject in
        "glass_id IN (SELECT glass.id FROM care_glass AS glass WHERE glass.person_id = \(subject.person))"
      }),
  ]

  // MARK: - The client's own word

  private static let own = [
    PersonTable(
      "care_feedback", Phrase("您对社工的评价", "What you said of your worker"), ending: .kept(CareKept.figures),
      columns: [file, .moment("given_at", Phrase("时间", "When"))]
        + Feedback.Question.allCases.map(answer), isAbout: ofCase),
    PersonTable(
      "care_rights_request", Phrase("您对记录的要求", "What you asked about your record"),
      ending: .kept(CareKept.traces),
      columns: [
        file, .choice("kind", Phrase("什么要求", "What")) { (kind: RightsRequest.Kind) in kind.name },
        .moment("asked_at", Phrase("提出", "Asked")), .moment("due_at", Phrase("期限", "Due")),
      ], isAbout: ofPerson),
    PersonTable(
      "care_rights_answer", Phrase("对要求的答复", "Answers to what you asked"), ending: .kept(CareKept.traces),
      columns: [
        .choice("kind", Phrase("答复", "Answer")) { (kind: RightsAnswer.Kind) in kind.name },
        .choice("handing", Phrase("怎么给的", "How")) { (handing: RightsAnswer.Handing) in handing.name },
        .moment("handed_at", Phrase("给的日子", "Handed over")),
        .moment("answered_at", Phrase("时间", "When")),
      ],
      isAbout: { subject in
        """
        request_id IN (SELECT request.id FROM care_rights_request AS request
          WHERE request.person_id = \(subject.person))
        """
      }),
    PersonTable(
      "care_key_end", Phrase("到期销毁的密钥", "Keys destroyed after their time"), ending: .deleted,
      columns: [
        .moment("asked_at", Phrase("到期", "Due")), .moment("ended_at", Phrase("销毁", "Destroyed")),
      ], isAbout: ofPerson),
    PersonTable(
      "care_self_approval", Phrase("批准自己写的东西", "Approving what you wrote yourself"),
      ending: .kept(CareKept.traces),
      columns: [
        .moment("granted_at", Phrase("给的时间", "Granted")), .moment("until", Phrase("到", "Until")),
      ], isAbout: ofPerson),
  ]

  private static func answer(_ question: Feedback.Question) -> PersonColumn {
    let names = PersonColumn.names { (answer: Feedback.Answer) in answer.name }
    switch question {
    case .privacy: return PersonColumn("privacy", question.name, .choice(names))
    case .listening: return PersonColumn("listening", question.name, .choice(names))
    case .choices: return PersonColumn("choices", question.name, .choice(names))
    case .deciding: return PersonColumn("deciding", question.name, .choice(names))
    }
  }
}
