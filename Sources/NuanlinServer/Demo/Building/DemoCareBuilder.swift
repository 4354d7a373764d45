import Care
import Database
import Kernel
import Messages
import People

/// The station's work in the demo: an elder who learns to order by herself, a neighbour who has just asked for help, and one
/// whose case is closed.
struct DemoCareBuilder: Sendable {
  let builder: DemoBuilder
  let community: DemoCommunityIDs

  private var care: Care { builder.switchboard.care }

  /// Weeks ago: the first word, a yes, an assessment, and a plan that waits for the supervisor.
  func begin() async throws {
    let elder = try await open(
      "wang-xiuzhen", .elder, .outreach,
      CareDocument([
        .concern: "独居，三楼没有电梯，最近不大下楼，说怕麻烦人。", .wish: "想自己决定买什么，不想事事靠别人。",
      ]))
    try await agree("wang-xiuzhen")
    try await step(elder) { desk, open, seal, transaction in
      try Self.forward(desk, &open, seal, transaction)
      try desk.assess(
        CareDocument([
          .strengths: "记性好，会过日子，一手好针线，楼里的孩子都认得她。",
          .assets: "对门陈昊每周来看她；二楼的老姐妹；社区练习店就在楼下。",
          .needs: "有人定期说说话；买菜不用爬楼；知道哪些电话是骗人的。", .shopping: "没有手机，用住户卡看过两次平板。",
          .ownWords: "“我眼睛还行，就是怕按错。”",
        ]), risk: .middle, &open, sealing: seal, in: transaction)
      try Self.forward(desk, &open, seal, transaction)
      let plan = try desk.plan(
        CareDocument([
          .goals: "三个月内能在平板上自己订一次菜。", .measures: "连续四周，每周一单，旁边有人也算。",
          .clientPart: "每周二到练习店坐半小时。", .workerPart: "头两次一起订，以后只在旁边看。",
          .othersPart: "送菜的人顺便看看她好不好。", .dates: "第四周、第八周各回顾一次。",
        ]), reviewAt: transaction.now + .days(60), open, sealing: seal, in: transaction)
      try desk.submit(plan.id, open, in: transaction)
    }
    try await approve(elder)
    try await step(elder) { desk, open, seal, transaction in
      guard let plan = try desk.newestPlan(of: open, in: transaction) else { throw Problem.internalFault }
      try desk.answer(
        plan, isAgreed: true, by: .inPerson, words: CareDocument([.remark: "“行，我试试。”"]), open,
        sealing: seal, in: transaction)
      try Self.forward(desk, &open, seal, transaction)
      try desk.score(.shoppingEfficacy, phase: .baseline, value: 8, by: .client, open, in: transaction)
    }
  }

  /// Now: what has been done since, and what waits.
  func goOn() async throws {
    guard let elder = try await caseOf("wang-xiuzhen") else { throw Problem.internalFault }
    try await step(elder) { desk, open, seal, transaction in
      for (days, minutes, kind, words) in Self.done {
        try desk.intervene(
          kind, minutes: minutes, doneAt: transaction.now - .days(days),
          words: CareDocument([.happened: words]), open, sealing: seal, in: transaction)
      }
      try desk.write(
        CaseDesk.NoteDraft(
          kind: .progress, sensitivity: .ordinary,
          words: CareDocument([.note: "今天她自己找到了青菜，按之前停下来看了看总价。"])), open, sealing: seal, in: transaction)
      try desk.score(.shoppingEfficacy, phase: .middle, value: 14, by: .client, open, in: transaction)
    }
    _ = try await open(
      "sun-yulan", .health, .asked, CareDocument([.concern: "老伴腿不好，想问问有没有人能帮忙上下楼。"]), waits: true)
    let closed = try await open(
      "zhao-guoqiang", .livelihood, .neighbours, CareDocument([.concern: "退休后没事做，邻居说他常一个人坐着。"]))
    try await step(closed) { desk, open, seal, transaction in
      try desk.propose(
        .notOpened,
        words: CareDocument([.summary: "聊过两次，他更想当志愿者，已经介绍给取货点。", .noView: "没有开案。"]), open, sealing: seal,
        in: transaction)
    }
  }

  /// Visits that warn of scams: a neighbour goes to ten doors of his staircase.
  func visit() async throws {
    let (runner, volunteer, supervisor) = (
      try person("xu-anran"), try person("zhao-guoqiang"), try person("zheng-shumin")
    )
    let desk = VisitDesk(
      directory: builder.switchboard.people.directory, messenger: builder.switchboard.messages.messenger)
    let reader = CaseReader(person: runner, roles: [.socialWorker])
    let (doors, now) = (Array(community.households.prefix(10)), builder.now)
    try await builder.switchboard.database.write(in: community.id) { transaction in
      let campaign = try desk.make(
        VisitTerms(
          purpose: .scam, title: "冬季防骗走访", task: "送一张防骗卡，讲一讲", phrase: "您好，我是社区的志愿者，来送一张防骗卡。",
          questions: [VisitQuestion("接到过可疑电话吗？", ["接到过", "没有", "说不好"])], startsAt: now - .days(1),
          endsAt: now + .days(6), runner: runner, supervisor: supervisor), by: reader, in: transaction)
      var open = try VisitDoorkeeper.open(campaign.id, for: reader, in: transaction.community, transaction)
      try desk.list(doors, .building, open, in: transaction)
      try desk.ask(volunteer, open, in: transaction)
      try desk.give(.rest, to: volunteer, open, in: transaction)
      try desk.start(&open, seen: open.campaign.events, in: transaction)
    }
  }

  private static let done: [(days: Int64, minutes: Int64, kind: Intervention.Kind, words: String)] = [
    (21, 40, .assistedOrder, "在平板上一起订了青菜和鸡蛋，读给她听，她自己点的头。"),
    (14, 30, .assistedOrder, "她来按，我在旁边念。按错一次，退回去重来。"), (3, 25, .homeVisit, "上门坐坐。说起有人打电话要她转账，她挂了。"),
  ]

  // MARK: - Parts

  private typealias Step = @Sendable (CaseDesk, inout OpenCase, CareSeal, Transaction) throws -> Void

  private func person(_ key: String) throws -> PersonID {
    guard let person = community.cast[key] else { throw Problem.internalFault }
    return person
  }

  private func open(
    _ key: String, _ field: CaseField, _ source: CaseSource, _ words: CareDocument, waits: Bool = false
  ) async throws -> CaseID {
    let (client, worker, supervisor) = (
      try person(key), try person("xu-anran"), try person("zheng-shumin")
    )
    let seal = try await care.keys.sealing(client, in: community.id)
    let desk = care.desk
    return try await builder.switchboard.database.write(in: community.id) { transaction in
      try desk.open(
        CaseDesk.Draft(
          person: client, field: field, source: source, words: words,
          assignment: waits ? nil : CaseDesk.Assignment(worker: worker, supervisor: supervisor)),
        sealing: seal,
        by: waits ? Actor(person: client, role: .resident) : Actor(person: worker, role: .socialWorker),
        in: transaction
      ).id
    }
  }

  private func caseOf(_ key: String) async throws -> CaseID? {
    let (client, id, desk) = (try person(key), community.id, care.desk)
    return try await builder.switchboard.database.read { try desk.cases(of: client, in: id, $0).first }
  }

  private func agree(_ key: String) async throws {
    let (client, worker, witness) = (try person(key), try person("xu-anran"), try person("zheng-shumin"))
    try await builder.switchboard.database.write(in: community.id) { transaction in
      guard let notice = try Consents.notice(CareNotices.service, in: transaction) else {
        throw Problem.internalFault
      }
      try Consents.record(
        Consents.Draft(
          subject: client, notice: notice, expires: transaction.now + .days(360),
          evidence: ConsentEvidence(
            givenBy: .subject, giver: client, method: .spokenWithWitness, witness: witness, place: .home)),
        isGiven: true, by: Actor(person: worker, role: .socialWorker), in: transaction)
    }
  }

  private func step(_ id: CaseID, as key: String = "xu-anran", _ work: @escaping Step) async throws {
    let reader = CaseReader(
      person: try person(key), roles: key == "xu-anran" ? [.socialWorker] : [.supervisor])
    let (desk, community) = (care.desk, community.id)
    let client = try await builder.switchboard.database.read { snapshot in
      try desk.open(id, for: reader, in: community, snapshot).file.person
    }
    let seal = try await care.keys.sealing(client, in: community)
    try await builder.switchboard.database.write(in: community) { transaction in
      var open = try desk.open(id, for: reader, in: community, transaction)
      try work(desk, &open, seal, transaction)
    }
  }

  private func approve(_ id: CaseID) async throws {
    try await step(id, as: "zheng-shumin") { desk, open, seal, transaction in
      guard let plan = try desk.newestPlan(of: open, in: transaction) else { throw Problem.internalFault }
      try desk.decide(
        plan, isApproved: true, words: CareDocument([.remark: "目标写得实在，同意。"]), open, sealing: seal,
        in: transaction)
    }
  }

  private static func forward(
    _ desk: CaseDesk, _ open: inout OpenCase, _ seal: CareSeal, _ transaction: Transaction
  ) throws {
    try desk.move(
      .forward, words: CareDocument(), &open, seen: open.file.standing.events, sealing: seal,
      in: transaction)
  }
}
