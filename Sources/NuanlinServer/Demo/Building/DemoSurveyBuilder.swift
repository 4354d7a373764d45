import Database
import Kernel
import People
import Security
import Surveys

/// Questionnaires of the demo: one of last month with its published tables, one that is open, and one that is being written.
struct DemoSurveyBuilder: Sendable {
  let stage: DemoStage

  private var surveys: Surveys { stage.switchboard.surveys }

  /// The questionnaire of last month, and the tables that reports rest on.
  struct Shopping: Sendable {
    let questionnaire: QuestionnaireID
    /// How hard it is, with and without a lift.
    let byLift: EvidenceID
    /// How people shop.
    let ways: EvidenceID
  }

  // MARK: - Last month

  /// Asked for three weeks by a link, by letters and by a worker at doors; closed, locked and published.
  func shopping() async throws -> Shopping {
    let (surveys, actor) = (surveys, try stage.worker())
    let (id, collectors) = try await stage.step(stage.day(54, 9)) { transaction in
      let id = try surveys.make(
        QuestionnaireTerms(
          title: "买菜难不难", purpose: "想知道大家买菜难在哪里，谁最需要帮忙。结果写成报告，交给区民政局。",
          privacy: .separated, unit: .household, allowsRefusal: false),
        asking: DemoQuestionnaires.shopping, by: actor, in: transaction)
      try surveys.open(id, by: actor, in: transaction)
      return (
        id,
        Collectors(
          link: try surveys.collect(id, by: .link, named: "楼群里的链接", by: actor, in: transaction),
          letters: try surveys.collect(
            id, by: .letter, named: "没有电梯的六栋楼的邀请信", letters: 60, by: actor, in: transaction),
          doors: try surveys.collect(id, by: .interviewer, named: "社工上门", by: actor, in: transaction))
      )
    }
    try await collect(collectors, by: actor)
    try await stage.step(stage.day(32, 20)) { try surveys.close(id, by: actor, in: $0) }
    try await stage.step(stage.day(31, 9)) { transaction in
      try surveys.lock(
        id,
        LockSpec(
          breakdowns: [LockSpec.Breakdown(item: "lift"), LockSpec.Breakdown(item: "shopper")],
          reversed: ["alone"], scales: [AnswerScale(name: "买菜吃力", items: ["heavy", "ask"])]),
        by: actor, in: transaction)
    }
    guard try await surveys.lockWork.round() == 1 else { throw Problem.internalFault }
    stage.builder.clock.move(to: stage.day(30, 10))
    let byLift = try await surveys.publish(
      "hard", across: ["lift"], of: id, by: actor, in: stage.community.id)
    stage.builder.clock.move(to: stage.day(30, 11))
    let ways = try await surveys.publish("ways", of: id, by: actor, in: stage.community.id)
    return Shopping(questionnaire: id, byLift: byLift, ways: ways)
  }

  private struct Collectors: Sendable {
    let link: Collector
    let letters: Collector
    let doors: Collector
  }

  /// The cast who answer by themselves; one more does so in English.
  private static let castOnline = ["chen-hao", "zhao-guoqiang", "li-jiayi", "sun-yulan"]
  /// Households that answered a letter, and those without a telephone that were asked at the door.
  private static let letters = 26
  private static let doors = 24
  private static let online = 70
  /// Households with a lift among those online.
  private static let towers = 46

  private func collect(_ collectors: Collectors, by actor: Actor) async throws {
    let (surveys, offset) = (surveys, DemoNeighbourhood.offsetSeconds)
    let cipher = try await surveys.cipher(of: stage.community.id)
    let given = try given(by: actor)
    try await stage.step(stage.day(47, 20)) { transaction in
      try surveys.take(
        given.online, through: collectors.link, offsetSeconds: offset, sealing: cipher, in: transaction)
    }
    try await stage.step(stage.day(41, 16)) { transaction in
      try surveys.take(
        given.doors, through: collectors.doors, offsetSeconds: offset, sealing: cipher, in: transaction)
      try surveys.note(
        absent: 9, refusing: 4, through: collectors.doors, by: actor, in: transaction)
    }
    let sheets = collectors.letters.sheets.map(Array.init) ?? []
    let letters = zip(sheets, given.letters).map { number, answers in
      Surveys.GivenAnswers(answers, by: .letter(number), language: DemoForm.chinese)
    }
    try await stage.step(stage.day(36, 18)) { transaction in
      try surveys.take(
        letters, through: collectors.letters, offsetSeconds: offset, sealing: cipher, in: transaction)
    }
  }

  private struct Given {
    var online: [Surveys.GivenAnswers] = []
    var doors: [Surveys.GivenAnswers] = []
    /// Who holds which letter nobody knows.
    var letters: [[String: String]] = []
  }

  /// Whoever has no telephone is asked at the door; of the others most answer online.
  private func given(by actor: Actor) throws -> Given {
    let all = stage.neighbours(400, for: "shopping")
    let doors =
      try [stage.neighbour("wang-xiuzhen")]
      + all.filter { $0.described.phone == nil }.prefix(Self.doors - 1)
    let reached = all.filter { $0.described.phone != nil }
    let climbing = reached.filter { !$0.described.hasLift }
    let online =
      try Self.castOnline.map(stage.neighbour)
      + reached.filter(\.described.hasLift).prefix(Self.towers)
      + climbing.prefix(Self.online - 5 - Self.towers)
    var places: [Bool: Int] = [:]
    func answers(_ home: DemoStage.Neighbour) -> [String: String] {
      let place = places[home.described.hasLift, default: 0]
      places[home.described.hasLift] = place + 1
      return DemoAnswers.shopping(
        hasLift: home.described.hasLift, kind: home.described.kind, place: place)
    }
    func named(
      _ home: DemoStage.Neighbour, _ language: FormLanguage = DemoForm.chinese, by recorder: Actor? = nil
    ) -> Surveys.GivenAnswers {
      Surveys.GivenAnswers(
        answers(home), by: .person(home.person, household: home.household), language: language,
        recordedBy: recorder)
    }
    var given = Given()
    given.online = online.map { named($0) } + [named(try stage.neighbour("anna-keller"), DemoForm.english)]
    given.doors = doors.map { named($0, by: actor) }
    given.letters = climbing.dropFirst(Self.online - 5 - Self.towers).prefix(Self.letters).map(answers)
    return given
  }

  // MARK: - Now

  /// Five questions that anybody may answer, without a name.
  func open() async throws {
    let (surveys, actor, community) = (surveys, try stage.worker(), stage.community.id)
    let (site, paper) = try await stage.step(stage.day(5, 9)) { transaction in
      let id = try surveys.make(
        QuestionnaireTerms(
          title: "服务站几点开门好", purpose: "五道题，两分钟。下个月按大家说的排班。", privacy: .anonymous, unit: .person,
          allowsRefusal: true),
        asking: DemoQuestionnaires.station, by: actor, in: transaction)
      try surveys.open(id, by: actor, in: transaction)
      _ = try surveys.collect(id, by: .kiosk, named: "服务站门口的平板", by: actor, in: transaction)
      return (
        try surveys.collect(id, by: .site, named: "网站上列出来", by: actor, in: transaction),
        try surveys.collect(id, by: .paper, named: "服务站前台的纸", by: actor, in: transaction)
      )
    }
    let cipher = try await surveys.cipher(of: community)
    try await stage.step(stage.day(1, 20)) { transaction in
      try surveys.take(
        (0..<17).map {
          Surveys.GivenAnswers(DemoAnswers.station($0), by: .nobody, language: DemoForm.chinese)
        }, through: site, offsetSeconds: DemoNeighbourhood.offsetSeconds, sealing: cipher, in: transaction)
    }
    try await onPaper(paper, by: actor)
  }

  /// Twelve sheets lie at the desk: three came back and were keyed twice alike, one differently, and one once.
  private func onPaper(_ collector: Collector, by actor: Actor) async throws {
    let (surveys, colleague, offset) = (
      surveys, try stage.colleague(), DemoNeighbourhood.offsetSeconds
    )
    let cipher = try await surveys.cipher(of: stage.community.id)
    let sheets = try await stage.step(stage.day(4, 9)) {
      try surveys.makeSheets(12, in: DemoForm.chinese, through: collector, by: actor, in: $0)
    }
    try await stage.step(stage.day(1, 11)) { transaction in
      for number in 1...5 {
        try surveys.key(
          DemoAnswers.station(100 + number), on: Int64(number), of: sheets, respondent: .nobody, by: actor,
          offsetSeconds: offset, sealing: cipher, in: transaction)
      }
    }
    try await stage.step(stage.day(1, 16)) { transaction in
      for number in 1...4 {
        var read = DemoAnswers.station(100 + number)
        if number == 4 { read["people"] = "7" }
        try surveys.key(
          read, on: Int64(number), of: sheets, respondent: .nobody, by: colleague, offsetSeconds: offset,
          sealing: cipher, in: transaction)
      }
    }
  }

  func draft() async throws {
    let (surveys, actor) = (surveys, try stage.colleague())
    try await stage.step(stage.day(1, 15)) { transaction in
      _ = try surveys.make(
        QuestionnaireTerms(
          title: "晚上走路亮不亮", purpose: "想知道哪里要装灯。", privacy: .anonymous, unit: .household,
          allowsRefusal: true),
        asking: DemoQuestionnaires.lights, by: actor, in: transaction)
    }
  }
}
