import Activities
import Database
import Kernel
import People

/// Prize quizzes of the demo: one about home help that was drawn, with a winner who is named, and one that is open.
struct DemoQuizBuilder: Sendable {
  let stage: DemoStage

  private var quizzes: PrizeQuizzes { stage.switchboard.activities.quizzes }

  private typealias Content = QuizQuestion.Content

  private static let homeHelp: [Content] = [
    Content(
      wording: "高龄照护补贴，最早几岁可以申请？", options: ["70 岁", "80 岁", "90 岁"], right: 1,
      explanation: "满 80 周岁就可以，不用等过寿。", source: "桂江民发〔2026〕12号 第三条", topic: "养老"),
    Content(
      wording: "补贴的钱付给谁？", options: ["付给老人的儿女", "付给上门的机构", "存进社保卡"], right: 1,
      explanation: "直接付给上门的机构，老人只付差额。", source: "桂江民发〔2026〕12号 第五条", topic: "养老"),
    Content(
      wording: "走不动，怎么申请？", options: ["请居委会上门填表", "只能等儿女回来", "不能申请"], right: 0,
      explanation: "打居委会电话，有人上门。", source: "桂江民发〔2026〕12号 第六条", topic: "养老"),
    Content(
      wording: "交了表，多久有人上门看？", options: ["十个工作日内", "半年", "一年"], right: 0,
      explanation: "十个工作日内。", source: "桂江民发〔2026〕12号 第七条", topic: "养老"),
  ]

  private static let delivery: [Content] = [
    Content(
      wording: "低保家庭买菜送到家，配送费怎么算？", options: ["照付", "每月免八次", "付一半"], right: 1,
      explanation: "登记一次，每月免八次。", source: "桂江民发〔2026〕20号 第四条", topic: "救助"),
    Content(
      wording: "有人打电话说“先交手续费再发补贴”，怎么办？", options: ["先交了再说", "挂断，打居委会电话", "把验证码告诉他"],
      right: 1, explanation: "领补贴不收钱，也不要验证码。", source: "桂江民发〔2026〕20号 第九条", topic: "防骗"),
    Content(
      wording: "免配送费要去哪里登记？", options: ["居委会一楼窗口", "银行", "派出所"], right: 0,
      explanation: "居委会一楼 2 号窗口，只登记一次。", source: "桂江民发〔2026〕20号 第六条", topic: "救助"),
  ]

  // MARK: - The one that was drawn

  func drawn(with talk: ActivityID) async throws {
    let id = try await open(
      QuizTerms(
        title: "补贴知多少", opensAt: stage.day(20, 8), closesAt: stage.day(9, 20), threshold: 3,
        prizes: [QuizPrize(name: "五公斤大米", pieces: 2), QuizPrize(name: "环保袋", pieces: 6)],
        collectPlace: "社区服务站前台", collectDays: 30, activity: talk, questions: []),
      asking: Self.homeHelp, unit: .household, at: stage.day(21, 9))
    let quizzes = quizzes
    let cast = try ["chen-hao", "zhao-guoqiang", "li-jiayi", "sun-yulan"].map(stage.person)
    let persons = cast + stage.neighbours(52, for: "quiz-1").map(\.person)
    let answers = persons.indices.map { Self.answers(to: Self.homeHelp, by: $0) }
    try await stage.step(stage.day(15, 20)) { transaction in
      for (person, answers) in zip(persons, answers) {
        _ = try quizzes.entries.answer(answers, to: id, of: person, in: transaction)
      }
    }
    let (actor, elder) = (try stage.worker(), try stage.person("wang-xiuzhen"))
    try await stage.step(stage.day(14, 10)) { transaction in
      _ = try quizzes.entries.enter(
        QuizAnswers([1, 1, 0, 0]), .phone, to: id, for: elder, by: actor, in: transaction)
    }
    try await stage.step(stage.day(9, 20)) { try quizzes.drawing.draw(id, in: $0) }
    try await handOver(id)
  }

  /// Nearly everybody gets three or four of four right.
  private static func answers(to questions: [Content], by index: Int) -> QuizAnswers {
    var random = DemoRandom(key: "quiz/\(questions[0].wording)/\(index)")
    return QuizAnswers(
      questions.map { question in
        random.chance(perMille: 880)
          ? question.right : random.integer(in: 0...(question.options.count - 1))
      })
  }

  /// Five have fetched their prize; one of them does not mind to be named. Another answer of the cast to the same notice would
  /// take the place of what they agreed to elsewhere, and who wins is drawn by lot: so it is one of the others.
  private func handOver(_ id: QuizID) async throws {
    let (quizzes, actor, community) = (quizzes, try stage.worker(), stage.community.id)
    let winners = try await stage.switchboard.database.read {
      try quizzes.winners(of: id, in: community, $0)
    }
    let cast = Set(stage.community.cast.values)
    let named = winners.prefix(5).compactMap(\.person).first { !cast.contains($0) }
    let cipher = try await stage.switchboard.activities.programme.cipher(community)
    try await stage.step(stage.day(6, 16)) { transaction in
      for (index, winner) in winners.prefix(5).enumerated() {
        try quizzes.awards.handOver(
          winner.award.id, of: id, to: index == 3 ? .family : .winner, name: nil, sealing: cipher, by: actor,
          in: transaction)
      }
      // Should nobody but the cast have won, nobody is named.
      guard let named else { return }
      guard let notice = try Consents.notice("story-publishing", in: transaction) else {
        throw Problem.internalFault
      }
      try Consents.record(
        Consents.Draft(
          subject: named, notice: notice, categories: [.name], expires: transaction.now + .days(180),
          evidence: .electronic(named)),
        isGiven: true, by: Actor(person: named, role: .resident), in: transaction)
    }
  }

  // MARK: - The one that is open

  func open() async throws {
    let id = try await open(
      QuizTerms(
        title: "买菜不花冤枉钱", opensAt: stage.day(2, 8), closesAt: stage.day(-8, 20), threshold: 2,
        prizes: [QuizPrize(name: "一箱鸡蛋", pieces: 3)], collectPlace: "社区服务站前台", collectDays: 30,
        activity: nil, questions: []),
      asking: Self.delivery, unit: .person, at: stage.day(3, 16))
    let quizzes = quizzes
    let persons = try [stage.person("zhao-guoqiang")] + stage.neighbours(17, for: "quiz-2").map(\.person)
    let answers = persons.indices.map { Self.answers(to: Self.delivery, by: $0) }
    try await stage.step(stage.day(1, 19)) { transaction in
      for (person, answers) in zip(persons, answers) {
        _ = try quizzes.entries.answer(answers, to: id, of: person, in: transaction)
      }
    }
  }

  private func open(
    _ terms: QuizTerms, asking questions: [Content], unit: Quiz.Unit, at moment: Timestamp
  ) async throws -> QuizID {
    let (desk, actor) = (quizzes.desk, try stage.worker())
    return try await stage.step(moment) { transaction in
      let bank = try questions.map { try QuizQuestionDesk.write($0, by: actor, in: transaction) }
      let id = try desk.make(terms, asking: bank, unit: unit, by: actor, in: transaction)
      try desk.open(id, seen: 1, by: actor, in: transaction)
      return id
    }
  }
}
