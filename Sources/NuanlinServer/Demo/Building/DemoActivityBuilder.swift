import Activities
import Database
import Kernel
import People
import Policy
import Security

/// Activities of the demo: a residents' meeting three weeks ago, a talk last week, and a salon next week that is full.
struct DemoActivityBuilder: Sendable {
  let stage: DemoStage

  private var programme: ActivityProgramme { stage.switchboard.activities.programme }

  // MARK: - Three weeks ago

  /// The meeting at which neighbours spoke of carrying groceries upstairs.
  func meeting() async throws -> ActivityID {
    let id = try await announce(
      ActivityTerms(
        kind: .meeting, title: "居民会议：老人买菜难，怎么办", description: "坐下来聊一聊：楼上的老人怎么买菜，邻居能帮什么，要跟区里说什么。",
        agenda: ["上个月问卷里说了什么", "大家的办法", "要不要投票"], organiser: try stage.person("xu-anran"),
        partner: "桂花里居委会", place: "社区服务站一楼活动室", startsAt: stage.day(21, 19),
        endsAt: stage.day(21, 20, 30), signUpClosesAt: stage.day(21, 19)), on: stage.day(30))
    try await signUp(stage.neighbours(24, for: "meeting").map(\.person), for: id, at: stage.day(25, 20))
    var marks = DoorMarks()
    marks.numbers = Set(1...19)
    marks.names = ["王秀珍", "老李"]
    marks.nameless = 6
    try await hold(
      id, marks, at: stage.day(21, 19, 5),
      Minutes.Content(
        audience: .residents,
        discussed: "到了二十七位。问卷里，没有电梯的楼里多数人说拎菜上楼吃力。有人说帮一次容易，天天帮难；有人担心陌生人上门。",
        decisions: ["先试“每周两次，把菜拎到老人家门口”，投票决定", "志愿者戴工牌，两人一组"],
        nextSteps: "社工把提案挂到网上，投票一个星期。"),
      ActivitySatisfaction(veryGood: 11, good: 9, fair: 3, poor: 0), leads: "一位老人想先看看志愿者是谁。",
      closedAt: stage.day(20, 11))
    return id
  }

  // MARK: - Last week

  func talk(about policy: PolicyID) async throws -> ActivityID {
    let id = try await announce(
      ActivityTerms(
        kind: .lecture, title: "高龄照护补贴怎么领", description: "一条一条讲：谁能领、领多少、带什么、去哪里。现场可以帮您填表。",
        agenda: ["补贴是什么", "谁能申请", "现场填表"], organiser: try stage.person("ye-qing"),
        partner: "桂江区民政局", place: "社区服务站一楼活动室", startsAt: stage.day(7, 14, 30),
        endsAt: stage.day(7, 16), signUpClosesAt: stage.day(7, 12), capacity: 40, expense: .fen(18_000),
        subject: ActivitySubject(kind: "policy", id: policy.rawValue)), on: stage.day(17))
    let cast = try ["zhao-guoqiang", "sun-yulan"].map(stage.person)
    try await signUp(
      cast + stage.neighbours(20, for: "talk").map(\.person), for: id, at: stage.day(12, 9))
    var marks = DoorMarks()
    marks.numbers = Set(1...18)
    marks.names = ["张阿婆"]
    marks.nameless = 4
    try await hold(
      id, marks, at: stage.day(7, 14, 35),
      Minutes.Content(
        audience: .residents, discussed: "问得最多的是：和儿女住在一起算不算，收入怎么算。八位当场填了表。",
        decisions: ["下周三上午在服务站再帮填一次表"], nextSteps: "没来的十几户，社工打电话讲一遍。"),
      ActivitySatisfaction(veryGood: 13, good: 6, fair: 1, poor: 1), leads: "三位想请人上门看房子里的台阶。",
      closedAt: stage.day(7, 17))
    return id
  }

  // MARK: - Next week

  /// Twelve places are taken, and four wait.
  func salon() async throws {
    let id = try await announce(
      ActivityTerms(
        kind: .salon, title: "喝茶聊天：手机买菜的小窍门", description: "会用的教不会用的，带上手机和老花镜。\n来之前，欢迎先在“填问卷”里填一填五道题的小问卷。",
        organiser: try stage.person("xu-anran"), place: "社区练习店", startsAt: stage.day(-6, 14),
        endsAt: stage.day(-6, 16), signUpClosesAt: stage.day(-5, 18), capacity: 12,
        expense: .fen(6_000)), on: stage.day(4))
    let cast = try ["sun-yulan", "anna-keller", "li-jiayi"].map(stage.person)
    try await signUp(
      cast + stage.neighbours(13, for: "salon").map(\.person), for: id, at: stage.day(2, 18))
  }

  // MARK: - Parts

  private func announce(_ terms: ActivityTerms, on moment: Timestamp) async throws -> ActivityID {
    let (desk, actor) = (programme.desk, try stage.worker())
    return try await stage.step(moment) { transaction in
      let id = try desk.make(terms, by: actor, in: transaction)
      let seen = try desk.find(id, in: transaction).revision
      try desk.publish(id, seen: seen, by: actor, in: transaction)
      return id
    }
  }

  /// Most by themselves, every fourth by telephone.
  private func signUp(_ persons: [PersonID], for id: ActivityID, at moment: Timestamp) async throws {
    let (programme, actor) = (programme, try stage.worker())
    try await stage.step(moment) { transaction in
      for (index, person) in persons.enumerated() {
        let isByPhone = index % 4 == 3
        try programme.signUps.take(
          person, isByPhone ? .phone : .selfService, in: try programme.desk.find(id, in: transaction),
          by: isByPhone ? actor : Actor(person: person, role: .resident), in: transaction)
      }
    }
  }

  /// The door, the minutes in the evening, and what was counted afterwards.
  private func hold(
    _ id: ActivityID, _ marks: DoorMarks, at moment: Timestamp, _ minutes: Minutes.Content,
    _ satisfaction: ActivitySatisfaction, leads: String, closedAt: Timestamp
  ) async throws {
    let (programme, actor) = (programme, try stage.worker())
    let cipher = try await programme.cipher(stage.community.id)
    try await stage.step(moment) { transaction in
      _ = try programme.checkIns.tick(
        marks, at: try programme.desk.find(id, in: transaction), sealing: cipher, by: actor, in: transaction)
    }
    try await stage.step(closedAt) { transaction in
      let held = try programme.desk.find(id, in: transaction)
      try MinutesDesk.write(minutes, of: held, seen: 0, sealing: cipher, by: actor, in: transaction)
      try programme.desk.close(
        id, satisfaction, leads: leads, expense: held.terms.expense, seen: held.revision, sealing: cipher,
        by: actor, in: transaction)
    }
  }
}
