import Care
import Database
import Kernel
import People

/// A group under way in the demo: neighbours who learn together to order, two meetings held, one of them in the practice
/// shop. One of those who were asked said no, and one is still to be talked with.
struct DemoGroupBuilder: Sendable {
  let builder: DemoBuilder
  let community: DemoCommunityIDs

  private var care: Care { builder.switchboard.care }
  private var now: Timestamp { builder.now }

  private static let leader = "xu-anran"
  private static let supervisor = "zheng-shumin"
  private static let yes = GroupAnswer(by: .person, method: .inPerson)
  /// What was said before anybody joined: by two of the cast, and by neighbours.
  private static let talks = [
    "会接电话，微信只看孩子发的照片。想自己买菜，怕按错了扣钱。", "用住户卡在平板上订过两次，想学看总价。",
    "儿子给买的手机，一直放在抽屉里。愿意来试试。", "眼睛不好，字要大一点。跟三楼的老姐妹一起来。",
    "以前做会计，算账快，想帮别人。",
  ]
  private static let goals = "四个人会自己下一单\n看得出三种骗局\n有一个以后能互相问的小圈子"

  /// Three weeks ago to eight days ago: asked, talked with, joined, measured, and met for the first time.
  func begin() async throws {
    let moment = builder.clock.now
    defer { builder.clock.move(to: moment) }
    builder.clock.move(to: now - .days(21))
    let group = try await open()
    let persons = try members()
    for person in persons {
      try await step(group) { desk, open, _, transaction in
        try desk.propose(person, open, in: transaction)
      }
    }
    builder.clock.move(to: now - .days(16))
    for (person, talk) in zip(persons, Self.talks) { try await join(person, after: talk, group) }
    try await decline(persons[Self.talks.count], group)
    builder.clock.move(to: now - .days(14))
    try await move(group, to: .formation)
    try await score(group, .shoppingEfficacy, [9, 11, 6, 8, 14])
    try await score(group, .scamQuiz, [5, 4, 3, 5, 8])
    builder.clock.move(to: now - .days(8))
    try await meet(
      group, ago: .hours(2), minutes: 90, .catalogueReading, [.opening, .focusing],
      CareDocument([
        .sessionPlan: "认识彼此；一起把商品单从头看到尾。",
        .process: "先说自己最近买过什么。商品单放大了贴在墙上，一样一样念，谁看懂了谁讲给旁边的人听。",
        .techniques: "从大家最熟的青菜讲起。", .next: "带上眼镜和手机，到练习店下一单。",
      ]),
      [
        (.present, 2, "念得很清楚，后来帮旁边的人找。"), (.present, 1, ""), (.late, 0, "坐在门边看，散了以后问了两句。"),
        (.present, 1, ""), (.present, 3, ""),
      ])
    builder.clock.move(to: now - .days(5))
    try await move(group, to: .transition)
  }

  /// Today: the second meeting, with what the practice shop saw of one of them.
  ///
  /// - Parameter code: whom somebody practised as within the last hour.
  func goOn(code: String) async throws {
    let id = try await group()
    try await move(id, to: .maturity)
    let session = try await meet(
      id, ago: .hours(1), minutes: 60, .practiceOrder, [.modelling],
      CareDocument([
        .sessionPlan: "每人在练习店下一单。", .process: "两个人一部平板，一个念一个按，再换过来。没有人急，按错了就退回去。",
        .next: "下次说说可疑的链接。",
      ]),
      [
        (.present, 3, "自己下了第一单，截了图给女儿看。"), (.present, 2, ""), (.present, 1, "第一次自己按了“确认”。"),
        (.excused, nil, ""), (.present, 2, ""),
      ])
    try await step(id) { desk, open, seal, transaction in
      guard let first = try Self.joined(open, in: transaction).first else { throw Problem.internalFault }
      let (from, until) = (transaction.now - .hours(1), transaction.now)
      try desk.read(
        [first.id: code], of: session, during: from..<until, open, sealing: seal, in: transaction)
    }
  }

  // MARK: - Steps

  private func open() async throws -> CareGroupID {
    let (leader, supervisor) = (try person(Self.leader), try person(Self.supervisor))
    let seal = GroupSeal(group: try await care.keys.sealing(nil, in: community.id))
    let desk = care.groups
    let draft = GroupDesk.TermsDraft(
      name: "手机买菜不求人", type: .education, isOpen: true, minimum: 4, maximum: 8, sessions: 6,
      budget: .fen(30_000),
      words: CareDocument([
        .theory: "社会学习：看别人做，自己做，再教给别人。", .goals: Self.goals, .place: "社区练习店，每周二下午两点。",
      ]))
    return try await builder.switchboard.database.write(in: community.id) { transaction in
      try desk.open(
        draft, GroupStaff(leaders: [leader], supervisor: supervisor),
        for: CaseReader(person: leader, roles: [.socialWorker]), sealing: seal, in: transaction
      ).id
    }
  }

  private func join(_ person: PersonID, after talk: String, _ group: CareGroupID) async throws {
    try await step(group) { desk, open, seal, transaction in
      let member = try Self.member(person, open, in: transaction)
      try desk.step(
        member, to: .accepted, words: CareDocument([.screening: talk]), open, sealing: seal, in: transaction)
      try desk.step(
        member, to: .joined, answer: Self.yes, words: CareDocument(), open, sealing: seal, in: transaction)
    }
  }

  private func decline(_ person: PersonID, _ group: CareGroupID) async throws {
    try await step(group) { desk, open, seal, transaction in
      let member = try Self.member(person, open, in: transaction)
      try desk.step(
        member, to: .declined, answer: GroupAnswer(by: .person, method: .byTelephone),
        words: CareDocument([.remark: "“周二要带孙子，谢谢你们想着我。”"]), open, sealing: seal, in: transaction)
    }
  }

  private func move(_ group: CareGroupID, to stage: GroupStage) async throws {
    try await step(group) { desk, open, seal, transaction in
      try desk.move(
        to: stage, words: CareDocument(), &open, seen: open.group.standing.events, sealing: seal,
        in: transaction)
    }
  }

  private func score(
    _ group: CareGroupID, _ measure: OutcomeScore.Measure, _ values: [Int64]
  ) async throws {
    try await step(group) { desk, open, _, transaction in
      let members = try Self.joined(open, in: transaction).map(\.id)
      try desk.score(
        Dictionary(uniqueKeysWithValues: zip(members, values)), measure, .baseline, open, in: transaction)
    }
  }

  @discardableResult
  private func meet(
    _ group: CareGroupID, ago: Duration, minutes: Int64, _ commerce: GroupCommerce,
    _ techniques: Set<GroupTechnique>, _ words: CareDocument,
    _ there: [(presence: GroupPresence, participation: Int64?, words: String)]
  ) async throws -> GroupSessionID {
    try await step(group) { desk, open, seal, transaction in
      let entries = zip(try Self.joined(open, in: transaction), there).map { member, was in
        GroupDesk.SessionDraft.Entry(
          member.id, was.presence, participation: was.participation, words: CareDocument([.note: was.words]))
      }
      return try desk.record(
        GroupDesk.SessionDraft(
          heldAt: transaction.now - ago, minutes: minutes, commerce: commerce, techniques: techniques,
          words: words, attendance: entries), open, sealing: seal, in: transaction
      ).id
    }
  }

  // MARK: - Parts

  private func person(_ key: String) throws -> PersonID {
    guard let person = community.cast[key] else { throw Problem.internalFault }
    return person
  }

  /// Those who were asked: five who joined, one who said no, and one whom nobody has talked with yet.
  private func members() throws -> [PersonID] {
    let neighbours = zip(DemoNeighbourhood.community.households, community.buyerIDs)
      .filter { $0.0.castKey == nil && (1940...1962).contains($0.0.members[0].birthYear) }
    return [try person("sun-yulan"), try person("wang-xiuzhen")] + neighbours.prefix(5).map(\.1)
  }

  private func group() async throws -> CareGroupID {
    let (member, id) = (try person("sun-yulan"), community.id)
    let groups = try await builder.switchboard.database.read {
      try GroupStore.groups(ofMember: member, in: id, $0)
    }
    guard let group = groups.first else { throw Problem.internalFault }
    return group.id
  }

  private static func member(
    _ person: PersonID, _ open: OpenGroup, in transaction: Transaction
  ) throws -> GroupMemberID {
    let members = try GroupMemberStore.members(of: open.id, in: transaction.community, transaction)
    guard let member = members.first(where: { $0.person == person }) else { throw Problem.internalFault }
    return member.id
  }

  private static func joined(_ open: OpenGroup, in transaction: Transaction) throws -> [GroupMember] {
    try GroupMemberStore.members(of: open.id, in: transaction.community, transaction).filter(\.hasJoined)
  }

  @discardableResult
  private func step<T: Sendable>(
    _ group: CareGroupID,
    _ work: @escaping @Sendable (GroupDesk, inout OpenGroup, GroupSeal, Transaction) throws -> T
  ) async throws -> T {
    let reader = CaseReader(person: try person(Self.leader), roles: [.socialWorker])
    var seals: [PersonID: CareSeal] = [:]
    for member in try members() {
      seals[member] = try await care.keys.sealing(member, in: community.id)
    }
    let seal = GroupSeal(group: try await care.keys.sealing(nil, in: community.id), members: seals)
    let desk = care.groups
    return try await builder.switchboard.database.write(in: community.id) { transaction in
      var open = try GroupDoorkeeper().open(group, for: reader, in: transaction.community, transaction)
      return try work(desk, &open, seal, transaction)
    }
  }
}
