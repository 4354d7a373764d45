import Database
import Kernel
import People
import Policy
import Surveys

/// Reports of the demo: one that changed a policy and came back to residents, one that waits at the government reader's desk,
/// and one that is being written.
struct DemoReportBuilder: Sendable {
  let stage: DemoStage
  let policies: DemoPolicyIDs
  let shopping: DemoSurveyBuilder.Shopping
  let study: DemoStudyBuilder.Made

  private var desk: ReportDesk { stage.switchboard.policy.reportDesk }

  /// A finding with the numbers of its evidence.
  private struct Found: Sendable {
    let text: String
    let evidence: Set<Int>
  }

  private struct Asked: Sendable {
    let text: String
    let findings: Set<Int>
    let aim: Recommendation.Aim
  }

  /// Everything that is written of one report.
  private struct Draft: Sendable {
    let plan: ReportPlan
    /// Source and code of each table, in the order of their numbers.
    let tables: [(source: String, code: String)]
    var quote: QuoteID?
    let findings: [Found]
    let recommendations: [Asked]
    let summary: String
  }

  // MARK: - The one that changed something

  /// From seven weeks ago to the day before yesterday.
  ///
  /// - Parameter vote: the proposal on which households voted.
  func changing(with vote: ProposalID) async throws {
    let id = try await write(
      Draft(
        plan: ReportPlan(
          title: "楼上的老人，菜怎么拿回家", question: "没有电梯的楼里，谁拿菜回家最难？照护补贴帮得上吗？",
          methods: [.questionnaire, .interview, .meeting], reach: "一百二十户问卷，三位老人和志愿者访谈，一次居民会议；白天不在家的住户问得少。",
          from: stage.date(54), to: stage.date(12)),
        tables: [
          ("surveys", shopping.byLift.description), ("interviews", study.themes.description),
          ("proposals", vote.description),
        ], quote: study.quote,
        findings: [
          Found(text: "回答的住户里，没有电梯的楼说“很难”的比例，比有电梯的楼高。看到有关系。", evidence: [1]),
          Found(text: "访谈和问卷里，老人说得多的是拎不动和爬楼；也有人说补贴管不到买菜。", evidence: [2, 4]),
          Found(text: "投了票的住户里，多数同意试行把菜拎到老人家门口。", evidence: [3]),
        ],
        recommendations: [
          Asked(text: "把陪同买菜、代买菜列入上门照护的范围。", findings: [1, 2], aim: .policy(policies.homeHelp)),
          Asked(
            text: "一个人住的老人，把申请补贴的年龄放低到 75 岁。", findings: [2, 3],
            aim: .policy(policies.homeHelp)),
        ],
        summary: "没有电梯的楼里，不少老人买得起菜，却拿不回家。现在的照护补贴管做饭打扫，不管买菜；75 到 79 岁一个人住的老人也领不到。居民已经投票试行互助，请区里把补贴也跟上。"
      ), from: 53, to: 11)
    try await approve(id, events: 5, on: 10, heard: 23)
    try await send(id, events: 7, on: 9, dueAt: stage.day(-22, 0), number: "桂花里社报〔2026〕1号")
    try await reply(id, events: 8)
    try await changed(id, events: 9)
  }

  private func reply(_ id: ReportID, events: Int64) async throws {
    let (desk, reader, day) = (desk, try stage.reader(), stage.date(5))
    try await stage.step(stage.day(5, 15)) { transaction in
      try desk.reply(
        ReportReplyDraft(
          outcome: .accepted, text: "报告收到，情况属实。两条建议都采纳，随文发布新的办法。", by: "桂江区民政局养老服务科",
          reference: "桂江民函〔2026〕88号", day: day,
          answers: [
            ReportReply.Answer(recommendation: 1, outcome: .accepted, text: "买菜列入照护项目，每月八次。"),
            ReportReply.Answer(recommendation: 2, outcome: .accepted, text: "75 岁以上独居老人可以申请。"),
          ]), to: id, seen: events, by: reader, in: transaction)
    }
  }

  /// The reply is published, the policy has its second version, and residents are told.
  private func changed(_ id: ReportID, events: Int64) async throws {
    let (desk, actor, policy) = (desk, try stage.worker(), policies.homeHelp)
    let report = try await stage.step(stage.day(4, 10)) { transaction in
      try desk.take(.replyPublished, id, seen: events, by: actor, in: transaction)
    }
    try await DemoPolicyBuilder(stage: stage).publishSecond(
      of: policy, because: ReportDesk.origin(report))
    try await stage.step(stage.day(2, 10)) { transaction in
      try desk.record(
        ReportResultDraft(policy: policy, text: "区民政局发了新的办法：买菜算照护，75 岁以上独居老人也能申请。"), of: id,
        seen: events + 1, by: actor, in: transaction)
      try desk.tell(
        "您说的话起了作用：照护补贴从现在起也管买菜，75 岁以上一个人住的老人也能申请。", of: id, seen: events + 2,
        by: actor, in: transaction)
    }
  }

  // MARK: - The one that waits

  /// Sent three weeks ago, and due next week.
  func waiting() async throws {
    let id = try await write(
      Draft(
        plan: ReportPlan(
          title: "送菜上门，配送费谁来出", question: "困难家庭用得上团购吗？配送费是不是一道坎？",
          methods: [.questionnaire, .records], reach: "问卷一百二十户；没有登记困难的家庭也在里面。",
          from: stage.date(54), to: stage.date(30)),
        tables: [("surveys", shopping.ways.description)],
        findings: [Found(text: "回答的住户里，用小区团购的不少，靠家里人带菜的也不少。", evidence: [1])],
        recommendations: [
          Asked(
            text: "免配送费的次数，请从每月八次放宽到十二次。", findings: [1],
            aim: .policy(policies.deliveryRelief)),
          Asked(
            text: "请街道给没有登记困难、但临时生病的家庭一个办法。", findings: [1],
            aim: .new(.street, department: "桂江街道办事处")),
        ], summary: "团购已经是不少住户买菜的办法。免配送费帮到了登记的家庭，次数有点紧；临时有难处的家庭还没有办法。"),
      from: 29, to: 24)
    try await approve(id, events: 5, on: 23, heard: 9)
    try await send(id, events: 7, on: 22, dueAt: stage.day(-6, 0), number: "桂花里社报〔2026〕2号")
  }

  // MARK: - The one that is being written

  func writing() async throws {
    let (desk, actor, colleague) = (desk, try stage.colleague(), try stage.worker())
    let (supervisor, table) = (try stage.supervisor(), shopping.ways.description)
    let plan = ReportPlan(
      title: "手机买菜，谁还不会", question: "哪些人想学、怎么教最管用？", methods: [.questionnaire, .observation],
      reach: "问卷里答了的住户，练习店里看到的情况。", from: stage.date(20), to: stage.date(-20))
    let id = try await stage.step(stage.day(6, 9)) { transaction in
      try desk.plan(
        plan, authors: [colleague.person], supervisor: supervisor.person, by: actor, in: transaction)
    }
    try await stage.step(stage.day(3, 16)) { transaction in
      try desk.choose(source: "surveys", code: table, for: id, by: actor, in: transaction)
      try desk.lockEvidence(id, seen: 1, by: actor, in: transaction)
      try desk.writeFinding(
        "回答的住户里，用买菜软件的比用团购的少。", evidence: [1], number: nil, of: id, by: actor, in: transaction)
    }
  }

  // MARK: - Steps that they have in common

  /// Planned, evidence locked, findings and recommendations written: five events.
  private func write(_ draft: Draft, from start: Int64, to end: Int64) async throws -> ReportID {
    let (desk, actor, colleague) = (desk, try stage.worker(), try stage.colleague())
    let supervisor = try stage.supervisor()
    let id = try await stage.step(stage.day(start, 9)) { transaction in
      try desk.plan(
        draft.plan, authors: [colleague.person], supervisor: supervisor.person, by: actor, in: transaction)
    }
    let quotes = try await stage.switchboard.policy.quotes(of: stage.community.id)
    try await stage.step(stage.day(end, 9)) { transaction in
      for table in draft.tables {
        try desk.choose(source: table.source, code: table.code, for: id, by: actor, in: transaction)
      }
      if let quote = draft.quote {
        try desk.chooseQuote(quote.description, among: quotes, for: id, by: actor, in: transaction)
      }
      try desk.lockEvidence(id, seen: 1, by: actor, in: transaction)
    }
    try await stage.step(stage.day(end, 11)) { transaction in
      for found in draft.findings {
        try desk.writeFinding(
          found.text, evidence: found.evidence, number: nil, of: id, by: actor, in: transaction)
      }
      try desk.take(.findingsDone, id, seen: 2, by: actor, in: transaction)
      for asked in draft.recommendations {
        try desk.writeRecommendation(
          Recommendation(number: 0, text: asked.text, findings: asked.findings, aim: asked.aim), of: id,
          by: actor, in: transaction)
      }
      try desk.take(.recommendationsDone, id, seen: 3, by: actor, in: transaction)
      try desk.writeSummary(draft.summary, of: id, by: actor, in: transaction)
      try desk.complete(id, asksCommittee: true, seen: 4, by: actor, in: transaction)
    }
    return id
  }

  /// Read to residents, and approved by the supervisor the same evening: two events.
  private func approve(_ id: ReportID, events: Int64, on daysAgo: Int64, heard: Int64) async throws {
    let (desk, actor, supervisor) = (desk, try stage.worker(), try stage.supervisor())
    let check = ReportCheckDraft(
      way: .residents, day: stage.date(daysAgo), heard: heard, comments: "念给大家听了。大家说就是这样，有人请把“爬楼”写在前面。",
      outcome: .remarks)
    try await stage.step(stage.day(daysAgo, 15)) { transaction in
      try desk.check(check, of: id, seen: events, by: actor, in: transaction)
    }
    try await stage.step(stage.day(daysAgo, 18)) { transaction in
      try desk.judge(.approved, of: id, seen: events + 1, by: supervisor, in: transaction)
    }
  }

  private func send(
    _ id: ReportID, events: Int64, on daysAgo: Int64, dueAt: Timestamp, number: String
  ) async throws {
    let (desk, actor) = (desk, try stage.worker())
    try await stage.step(stage.day(daysAgo, 10)) { transaction in
      try desk.send(
        ReportSendingDraft(
          department: "桂江区民政局", contact: "养老服务科，021-0000-0130", channel: .desk, ourNumber: number,
          theirReference: nil, dueAt: dueAt), id, seen: events, by: actor, in: transaction)
    }
  }
}
