import Database
import Kernel
import People

/// What the tables of group work keep about a member: their own way, attendance and scores, and nothing of the others.
enum GroupPersonRows {
  private static let ofMember: @Sendable (DataSubject) -> Query = { subject in
    """
    member_id IN (SELECT member.id FROM care_group_member AS member
      WHERE member.community_id = \(subject.community) AND member.person_id = \(subject.person))
    """
  }

  static let tables = [
    PersonTable(
      "care_group_member", Phrase("参加的小组", "Groups"), ending: .kept(CareKept.figures),
      columns: [
        .moment("proposed_at", Phrase("提名", "Proposed")),
        .choice("state", Phrase("怎样了", "How it stands")) { (state: GroupMemberState) in state.name },
        .moment("joined_at", Phrase("参加", "Joined")), .moment("left_at", Phrase("离开", "Left")),
      ], isAbout: { "person_id = \($0.person)" }),
    PersonTable(
      "care_group_member_event", Phrase("参加小组的经过", "Your way through groups"),
      ending: .kept(CareKept.figures),
      columns: [
        .moment("happened_at", Phrase("时间", "When")),
        .choice("state", Phrase("怎样了", "What")) { (state: GroupMemberState) in state.name },
        .choice("said_by", Phrase("谁说的", "Said by")) { (speaker: GroupAnswer.Speaker) in speaker.name },
        .choice("method", Phrase("怎么说的", "How")) { (method: PlanAgreement) in method.name },
      ], isAbout: ofMember),
    PersonTable(
      "care_group_attendance", Phrase("小组出席", "Attendance of group meetings"),
      ending: .kept(CareKept.figures),
      columns: [
        PersonColumn(
          "held_at", Phrase("哪一节", "Meeting"),
          """
          (SELECT held.held_at FROM care_group_session_version AS held
            WHERE held.session_id = care_group_attendance.session_id
              AND held.version = care_group_attendance.version)
          """, .moment),
        .choice("presence", Phrase("来没来", "Presence")) { (presence: GroupPresence) in presence.name },
        .number("participation", Phrase("参与程度（0–3）", "Taking part (0–3)")),
      ], isAbout: ofMember),
    PersonTable(
      "care_group_score", Phrase("小组里的分数", "Scores in groups"), ending: .kept(CareKept.figures),
      columns: [
        .choice("measure", Phrase("量什么", "Measure")) { (measure: OutcomeScore.Measure) in measure.name },
        .choice("phase", Phrase("什么时候", "When")) { (phase: OutcomeScore.Phase) in phase.name },
        .number("value", Phrase("分数", "Score")), .moment("scored_at", Phrase("日期", "Date")),
      ], isAbout: ofMember),
    PersonTable(
      "care_group_practice", Phrase("在练习店里做的", "What you did in the practice shop"),
      ending: .kept(CareKept.figures),
      columns: [
        .moment("from_at", Phrase("从", "From")), .moment("until_at", Phrase("到", "Until")),
        .number("steps", Phrase("步数", "Steps")), .number("traps_met", Phrase("遇到的骗局", "Scams met")),
        .number("traps_seen", Phrase("识破的骗局", "Scams seen through")),
        .number("orders", Phrase("订单", "Orders")),
      ], isAbout: ofMember),
    // Which text belongs to which member: nothing in it is for reading.
    PersonTable(
      "care_group_text", Phrase("小组里写下的话", "What was written in groups"), ending: .kept(CareKept.traces),
      columns: [], isAbout: ofMember),
  ]
}
