import Kernel
import People

/// What people did in Care in a role: it is about others, so that it is told as numbers.
enum CareActRows {
  static let acts = cases + papers + groups + visits

  private static let cases = [
    PersonActs("care_text", Phrase("写下的话", "Texts written"), by: "author_id", at: "written_at"),
    PersonActs("care_case", Phrase("开的个案", "Cases opened"), by: "created_by_id", at: "created_at"),
    PersonActs("care_case_event", Phrase("个案里的步骤", "Steps in cases"), by: "actor_id", at: "happened_at"),
    PersonActs("care_case_standing", Phrase("正在办的个案", "Cases worked"), by: "worker_id"),
    PersonActs("care_case_standing", Phrase("正在督导的个案", "Cases supervised"), by: "supervisor_id"),
    PersonActs("care_task", Phrase("办好的事", "Tasks done"), by: "ended_by_id", at: "ended_at"),
    PersonActs("care_glass", Phrase("紧急查看", "Emergency looks"), by: "broken_by_id", at: "broken_at"),
    PersonActs(
      "care_glass_review", Phrase("复核的紧急查看", "Emergency looks reviewed"), by: "reviewed_by_id",
      at: "reviewed_at"),
    PersonActs(
      "care_self_approval", Phrase("给出的自批权", "Self-approvals granted"), by: "granted_by_id", at: "granted_at"),
    PersonActs(
      "care_rights_answer", Phrase("答复的要求", "Requests answered"), by: "answered_by_id", at: "answered_at"),
  ]

  private static let papers = [
    PersonActs("care_assessment", Phrase("写的预估", "Assessments"), by: "made_by_id", at: "made_at"),
    PersonActs("care_plan", Phrase("写的计划", "Plans"), by: "made_by_id", at: "made_at"),
    PersonActs("care_plan_event", Phrase("对计划做的", "Steps of plans"), by: "actor_id", at: "happened_at"),
    PersonActs(
      "care_intervention", Phrase("记的介入", "Interventions"), by: "recorded_by_id", at: "recorded_at"),
    PersonActs("care_note", Phrase("写的记录", "Notes"), by: "author_id", at: "written_at"),
    PersonActs("care_closing", Phrase("写的结案报告", "Closings"), by: "made_by_id", at: "made_at"),
    PersonActs(
      "care_closing_decision", Phrase("答复的结案报告", "Closings decided"), by: "decided_by_id", at: "decided_at"),
    PersonActs("care_referral", Phrase("写的转介", "Referrals"), by: "made_by_id", at: "made_at"),
    PersonActs(
      "care_referral_event", Phrase("对转介做的", "Steps of referrals"), by: "actor_id", at: "happened_at"),
    PersonActs("care_outcome_score", Phrase("记的分数", "Scores"), by: "recorded_by_id", at: "scored_at"),
  ]

  private static let groups = [
    PersonActs("care_group", Phrase("开的小组", "Groups opened"), by: "created_by_id", at: "created_at"),
    PersonActs(
      "care_group_terms", Phrase("写的小组计划", "Plans of groups"), by: "written_by_id", at: "written_at"),
    PersonActs("care_group_event", Phrase("小组里的步骤", "Steps of groups"), by: "actor_id", at: "happened_at"),
    PersonActs("care_group_event", Phrase("被请带小组", "Asked to lead"), by: "leader_id", at: "happened_at"),
    PersonActs(
      "care_group_event", Phrase("被请一起带小组", "Asked to lead beside another"), by: "second_leader_id",
      at: "happened_at"),
    PersonActs("care_group_standing", Phrase("带的小组", "Groups led"), by: "leader_id"),
    PersonActs("care_group_standing", Phrase("一起带的小组", "Groups led beside another"), by: "second_leader_id"),
    PersonActs("care_group_standing", Phrase("督导的小组", "Groups supervised"), by: "supervisor_id"),
    PersonActs(
      "care_group_member", Phrase("提名的组员", "Members proposed"), by: "proposed_by_id", at: "proposed_at"),
    PersonActs(
      "care_group_member_event", Phrase("登记的组员变动", "Steps of members"), by: "actor_id", at: "happened_at"),
    PersonActs(
      "care_group_session", Phrase("记的小组活动", "Meetings recorded"), by: "author_id", at: "recorded_at"),
    PersonActs("care_group_addendum", Phrase("写的补充", "Addenda"), by: "written_by_id", at: "written_at"),
    PersonActs(
      "care_group_practice", Phrase("读的练习结果", "Practice results read"), by: "read_by_id", at: "read_at"),
    PersonActs(
      "care_group_score", Phrase("记的小组分数", "Scores of groups"), by: "recorded_by_id", at: "scored_at"),
    PersonActs("care_group_report", Phrase("写的小组报告", "Reports of groups"), by: "made_by_id", at: "made_at"),
    PersonActs(
      "care_group_report_decision", Phrase("答复的小组报告", "Reports of groups decided"), by: "decided_by_id",
      at: "decided_at"),
  ]

  private static let visits = [
    PersonActs(
      "care_visit_campaign", Phrase("开的走访", "Campaigns of visits"), by: "created_by_id", at: "created_at"),
    PersonActs("care_visit_event", Phrase("走访里的步骤", "Steps of campaigns"), by: "actor_id", at: "happened_at"),
    PersonActs("care_visit_standing", Phrase("主持的走访", "Campaigns run"), by: "runner_id"),
    PersonActs("care_visit_standing", Phrase("督导的走访", "Campaigns supervised"), by: "supervisor_id"),
    PersonActs("care_visit_visitor", Phrase("请过的走访人", "Visitors asked"), by: "asked_by_id", at: "asked_at"),
    PersonActs("care_visit_door", Phrase("在您手上的门户", "Doors that are yours to visit"), by: "visitor_id"),
    PersonActs(
      "care_visit_door_event", Phrase("交给过您的门户", "Doors given to you"), by: "visitor_id", at: "happened_at"),
    PersonActs(
      "care_visit_door_event", Phrase("名单上的变动", "Changes of lists"), by: "actor_id", at: "happened_at"),
    PersonActs("care_visit_outcome", Phrase("报的走访", "Visits reported"), by: "visitor_id", at: "happened_at"),
  ]

  static let impersonal = [
    ImpersonalTable(
      "care_group_session_version",
      Phrase("整个小组的一节活动，不写单个人", "A meeting of a whole group; nobody by themselves is in it")),
    ImpersonalTable(
      "care_group_report_goal", Phrase("整个小组的目标", "The goals of a whole group")),
    ImpersonalTable(
      "care_visit_terms", Phrase("走访要做什么、问什么", "What visits are for and what is asked")),
  ]
}
