import Database
import Kernel
import People

/// What the tables of reports keep about a person: who of the station wrote them, and who follows one. No resident is named in
/// what a report says.
enum ReportPersonRows {
  static let tables = [
    PersonTable(
      "policy_report_follow", Phrase("我关注的报告", "Reports that I follow"), ending: .deleted,
      columns: [PersonColumn("followed_at", Phrase("时间", "When"), .moment)],
      isAbout: { "person_id = \($0.person)" })
  ]

  static let acts = [
    PersonActs("policy_report", Phrase("开始的报告", "Reports begun"), by: "made_by_id", at: "made_at"),
    PersonActs(
      "policy_report_event", Phrase("报告里的步骤", "Steps of reports"), by: "actor_id", at: "happened_at"),
    PersonActs(
      "policy_report_evidence", Phrase("选的资料", "Evidence chosen"), by: "chosen_by_id", at: "chosen_at"),
  ]

  static let impersonal = [
    ImpersonalTable("policy_report_standing", Phrase("报告走到哪一步", "How far reports are")),
    ImpersonalTable(
      "policy_report_author", Phrase("哪些工作人员写的，只有编号", "Which staff wrote them, as numbers alone")),
    ImpersonalTable("policy_report_plan", Phrase("要问什么、怎么问", "What is asked, and how")),
    ImpersonalTable("policy_report_finding", Phrase("发现", "Findings")),
    ImpersonalTable(
      "policy_report_finding_evidence", Phrase("发现根据哪些资料", "Which evidence findings rest on")),
    ImpersonalTable("policy_report_recommendation", Phrase("建议", "Recommendations")),
    ImpersonalTable(
      "policy_report_recommendation_finding",
      Phrase("建议根据哪些发现", "Which findings recommendations rest on")),
    ImpersonalTable(
      "policy_report_check", Phrase("居民听过草稿，只记几个人", "How many residents heard a draft")),
    ImpersonalTable("policy_report_sending", Phrase("送到哪个部门", "To which department reports went")),
    ImpersonalTable("policy_report_reply", Phrase("部门的答复", "What departments replied")),
    ImpersonalTable("policy_report_answer", Phrase("对每条建议的答复", "What was answered to each recommendation")),
    ImpersonalTable("policy_report_change", Phrase("改了什么", "What came of reports")),
    ImpersonalTable("policy_report_telling", Phrase("告诉了多少人", "How many were told")),
  ]
}
