import Activities
import Database
import Kernel
import People
import Policy

/// Proposals of the demo: one from the residents' meeting that households voted on and that is half done, one that is being
/// discussed, and one that has just come in.
struct DemoProposalBuilder: Sendable {
  let stage: DemoStage

  private var policy: Policy { stage.switchboard.policy }

  // MARK: - The one that was voted on

  /// Three weeks ago to the day before yesterday.
  func decided(at meeting: ActivityID, about homeHelp: PolicyID) async throws -> ProposalID {
    let (desk, actor) = (policy.proposalDesk, try stage.worker())
    let id = try await stage.step(stage.day(20, 14)) { transaction in
      let id = try desk.submit(
        ProposalDraft(
          title: "每周两次，把菜拎到老人家门口",
          text: "没有电梯的六栋楼，志愿者两人一组，每周二、周五下午把团购的菜拎到 75 岁以上老人的家门口。不进门，不收钱，戴工牌。",
          policy: homeHelp, meeting: ProposalMeetingID(rawValue: meeting.rawValue)),
        for: .meeting(by: actor), in: transaction)
      try desk.screen(
        .accepted(because: "居民会议上大家都想试，先请没到会的邻居也说说。"), of: id, seen: 1, by: actor,
        in: transaction)
      return id
    }
    try await discuss(id)
    try await vote(on: id)
    try await answer(id)
    try await track(id)
    return id
  }

  private func discuss(_ id: ProposalID) async throws {
    let (desk, actor) = (policy.proposalDesk, try stage.worker())
    let said: [(String, ContributionDraft)] = [
      ("chen-hao", ContributionDraft(stance: .supporting, text: "我下班早的话可以帮一班，七号楼到一号楼不远。")),
      ("zhao-guoqiang", ContributionDraft(stance: .supporting, text: "我天天搬箱子，多拎几袋不算什么。")),
      ("li-jiayi", ContributionDraft(stance: .question, text: "志愿者怎么排班？学生周五下午可以。")),
      (
        "anna-keller", ContributionDraft(stance: .neutral, text: "Please tell people how to say no politely.")
      ),
      ("sun-yulan", ContributionDraft(stance: .supporting, text: "五楼，老伴腿不好，最好提前打个电话。")),
    ]
    let persons = try said.map { (try stage.person($0.0), $0.1) }
    try await stage.step(stage.day(19, 20)) { transaction in
      try desk.record(
        ContributionDraft(stance: .against, text: "有人担心时间长了没人坚持。"), of: id, by: actor,
        in: transaction)
      for (person, draft) in persons { try desk.say(draft, of: id, by: person, in: transaction) }
    }
  }

  /// One vote for each household: most on the site, some on paper, a few said to a worker.
  private func vote(on id: ProposalID) async throws {
    let (ballots, actor) = (policy.ballots, try stage.worker())
    let voting = ProposalVoting(
      options: [], opensAt: stage.day(18, 8), closesAt: stage.day(12, 20),
      rule: DecisionRule(majority: .simple, quorum: Rate(basisPoints: 1_000) ?? .none))
    try await stage.step(stage.day(18, 7)) { transaction in
      try ballots.announce(voting, of: id, seen: 2, by: actor, in: transaction)
    }
    let box = try await policy.ballotBox(of: stage.community.id)
    let cast = try ["chen-hao", "zhao-guoqiang", "li-jiayi", "anna-keller", "sun-yulan"].map(stage.neighbour)
    let votes = (cast + stage.neighbours(153, for: "vote")).enumerated().map { index, home in
      var random = DemoRandom(key: "vote/\(index)")
      let choice = [1, 2, 3][random.position(weights: [80, 13, 7]) ?? 0]
      let voice: HouseholdVote.Voice =
        home.described.phone == nil
        ? .keyed(.spoken, by: actor) : index % 5 == 4 ? .keyed(.paper, by: actor) : .own(home.person)
      return (choice, HouseholdVote(household: home.household, voice: voice))
    }
    try await stage.step(stage.day(14, 19)) { transaction in
      for (choice, vote) in votes {
        try ballots.vote(choice, vote, on: id, sealing: box, in: transaction)
      }
    }
    try await stage.step(stage.day(12, 20, 30)) { transaction in
      try ballots.count(id, seen: 3, opening: box, by: actor, in: transaction)
    }
  }

  private func answer(_ id: ProposalID) async throws {
    let (results, actor, committee) = (policy.results, try stage.worker(), try stage.committee())
    let dueAt = stage.day(-2, 0)
    try await stage.step(stage.day(11, 9)) { transaction in
      try results.send(
        ProposalSending(addressee: .committee, reference: nil, dueAt: dueAt), id, seen: 4, by: actor,
        in: transaction)
    }
    try await stage.step(stage.day(8, 16)) { transaction in
      try results.answer(
        ProposalAnswer(
          outcome: .accepted, text: "同意试行三个月。居委会出工牌和保险，服务站排班；每月看一次，不好就改。",
          addressee: .committee, reference: nil, answeredAt: transaction.now),
        to: id, seen: 5, by: committee.person, holding: [.committee], in: transaction)
    }
  }

  /// Weights of 40, 40 and 20; the first step is done and the second a quarter through: half of all.
  private func track(_ id: ProposalID) async throws {
    let (results, actor) = (policy.results, try stage.worker())
    let (start, end) = (stage.day(7, 0), stage.day(-80, 0))
    let steps = try await stage.step(stage.day(7, 10)) { transaction in
      try results.begin("三个月试行：招志愿者、排班、上门。", of: id, seen: 6, by: actor, in: transaction)
      return try [("招志愿者、办工牌和保险", 40), ("六栋楼轮流上门", 40), ("三个月后回头看", 20)].map {
        try results.add(
          ResultActionDraft(title: $0.0, weight: $0.1, startsAt: start, endsAt: end), to: id, by: actor,
          in: transaction)
      }
    }
    let reports: [(ResultActionID, ResultReport)] = [
      (
        steps[0],
        ResultReport(
          status: .done, progress: 100,
          entry: ResultEntryDraft(text: "十四位邻居报了名，工牌和保险都办好了。", day: stage.day(5, 0)))
      ),
      (
        steps[1],
        ResultReport(
          status: .underway, progress: 25,
          entry: ResultEntryDraft(text: "一号楼、二号楼开始了，第一次送了十一户。", day: stage.day(2, 0)))
      ),
    ]
    try await stage.step(stage.day(1, 17)) { transaction in
      for (step, report) in reports {
        try results.report(report, on: step, of: id, by: actor, in: transaction)
      }
    }
  }

  // MARK: - Others

  func others() async throws {
    let (desk, actor) = (policy.proposalDesk, try stage.worker())
    let (father, student, neighbour) = (
      try stage.person("chen-hao"), try stage.person("li-jiayi"), try stage.person("zhao-guoqiang")
    )
    let id = try await stage.step(stage.day(4, 21)) { transaction in
      try desk.submit(
        ProposalDraft(
          title: "3 号楼提货点装一盏感应灯", text: "冬天五点多天就黑了，提货的时候看不清台阶，老人容易绊。"),
        for: .resident(father), in: transaction)
    }
    try await stage.step(stage.day(3, 10)) { transaction in
      try desk.screen(
        .accepted(because: "说得具体，请大家看看装在哪里好。"), of: id, seen: 1, by: actor, in: transaction)
    }
    try await stage.step(stage.day(2, 20)) { transaction in
      try desk.say(
        ContributionDraft(stance: .supporting, text: "信箱上面有现成的线，装那里省事。"), of: id, by: neighbour,
        in: transaction)
    }
    try await stage.step(stage.day(1, 22)) { transaction in
      _ = try desk.submit(
        ProposalDraft(title: "周末也开练习店", text: "平时上课，周二来不了。能不能每月有一个周六？"),
        for: .resident(student), in: transaction)
    }
  }
}
