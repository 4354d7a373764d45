import Database
import Kernel
import People
import Resources

/// Neighbours of the demo who help each other: what waits, what is agreed and under way, what was done with hours counted,
/// and what did not work out.
struct DemoHelpBuilder: Sendable {
  let stage: DemoStage
  let town: DemoTownIDs

  private var entries: HelpEntries { stage.switchboard.resources.helpEntries }

  /// Who stands on a side of the demo's help.
  private struct Side: Sendable {
    let party: Party
    let acting: HelpActor
  }

  func build() async throws {
    try await offers()
    let repairs = try await repairs()
    try await counted()
    try await walk()
    try await desk()
    try await fruit()
    try await shops()
    try await agreed(to: repairs)
  }

  // MARK: - Who and what

  private func neighbour(_ key: String) throws -> Side {
    let person = try stage.person(key)
    return Side(party: .person(person), acting: HelpActor(Actor(person: person, role: .resident)))
  }

  private func organisation(_ organisation: String, _ key: String) throws -> Side {
    guard let id = town.organisations[organisation] else { throw Problem.internalFault }
    return Side(
      party: .organisation(id), acting: HelpActor(Actor(person: try stage.person(key), role: .resident)))
  }

  private func merchant(_ key: String) async throws -> Side {
    Side(
      party: .merchant(try await stage.merchant(of: key)),
      acting: HelpActor(try stage.actor(key, as: .merchant)))
  }

  private func entry(
    _ category: ResourceCategory, _ text: String, isNeed: Bool, until daysAhead: Int64, from daysAgo: Int64,
    times: Int64? = nil, isCounted: Bool = false
  ) -> HelpEntry {
    var entry = HelpEntry(
      isNeed: isNeed, category, text, from: stage.day(daysAgo), to: stage.day(-daysAhead, 18))
    entry.units = times
    entry.unit = times == nil ? "" : "次"
    entry.isCounted = isCounted
    return entry
  }

  @discardableResult
  private func post(_ entry: HelpEntry, _ side: Side, _ daysAgo: Int64, _ hour: Int64 = 19) async throws
    -> PostingID
  {
    let entries = entries
    let cipher = try await entries.cipher(of: stage.community.id)
    return try await stage.step(stage.day(daysAgo, hour)) { transaction in
      try entries.post(entry, of: side.party, sealing: cipher, by: side.acting, in: transaction)
    }
  }

  /// Asked for by whoever needs it.
  private func propose(
    _ need: PostingID, _ offer: PostingID, _ side: Side, _ daysAgo: Int64
  ) async throws -> MatchID {
    let entries = entries
    return try await stage.step(stage.day(daysAgo, 20)) { transaction in
      try entries.propose(need, offer, for: .need, by: side.acting, in: transaction)
    }
  }

  /// Both say yes, on one evening.
  private func agree(
    _ match: MatchID, needs: Side, gives: Side, minutes: Int64? = nil, _ daysAgo: Int64
  ) async throws {
    let entries = entries
    try await stage.step(stage.day(daysAgo, 20, 10)) { transaction in
      try entries.agree(match, .need, minutes: minutes, by: needs.acting, in: transaction)
    }
    try await stage.step(stage.day(daysAgo, 21)) { transaction in
      try entries.agree(match, .give, minutes: minutes, by: gives.acting, in: transaction)
    }
  }

  /// Done, with what both say of it.
  private func finish(
    _ match: MatchID, needs: Side, gives: Side, _ words: (needs: String, gives: String), _ daysAgo: Int64
  ) async throws {
    let entries = entries
    let cipher = try await entries.cipher(of: stage.community.id)
    try await stage.step(stage.day(daysAgo, 9)) { transaction in
      try entries.step(match, .begin, .give, by: gives.acting, in: transaction)
    }
    try await stage.step(stage.day(daysAgo, 11)) { transaction in
      try entries.step(match, .done, .need, by: needs.acting, in: transaction)
      try entries.rate(
        match, .good, words.needs, .need, sealing: cipher, by: needs.acting, in: transaction)
    }
    try await stage.step(stage.day(daysAgo, 18)) { transaction in
      try entries.rate(
        match, .good, words.gives, .give, sealing: cipher, by: gives.acting, in: transaction)
    }
  }

  // MARK: - What is open

  private func offers() async throws {
    try await post(
      entry(.errands, "提货日顺路，可以帮两户人家带菜上楼。", isNeed: false, until: 40, from: 15, times: 8),
      try organisation("volunteers", "zhao-guoqiang"), 15)
    try await post(
      entry(.company, "周二合唱，想来听的我去楼下接。", isNeed: false, until: 60, from: 12, times: 20),
      try organisation("choir", "sun-yulan"), 12)
    try await post(
      entry(.goods, "想借一台缝纫机，改两条裤子，用一个周末。", isNeed: true, until: 20, from: 3), try neighbour("anna-keller"), 3
    )
    try await post(
      entry(.marketInformation, "想知道邻居爱吃哪种米，好决定明年种什么。", isNeed: true, until: 50, from: 6),
      try await merchant("jiang-wei"), 6)
  }

  // MARK: - What was done, with hours counted

  /// - Returns: an offer of repairs of which some are left.
  private func repairs() async throws -> PostingID {
    let (gives, needs) = (try neighbour("zhao-guoqiang"), try neighbour("anna-keller"))
    let offer = try await post(
      entry(
        .repair, "小修小补，自行车、水龙头、门锁都行。", isNeed: false, until: 30, from: 28, times: 10, isCounted: true), gives,
      28)
    let need = try await post(
      entry(
        .repair, "A child's bicycle: the chain keeps coming off.", isNeed: true, until: 10, from: 22,
        times: 1,
        isCounted: true), needs, 22)
    let match = try await propose(need, offer, needs, 22)
    try await agree(match, needs: needs, gives: gives, minutes: 60, 21)
    try await finish(
      match, needs: needs, gives: gives,
      (needs: "The bicycle runs again, and my son learned how.", gives: "孩子很懂事，自己拧的螺丝。"), 19)
    return offer
  }

  private func counted() async throws {
    try await lesson()
    try await telephone()
  }

  private func lesson() async throws {
    let (gives, needs) = (try neighbour("anna-keller"), try neighbour("zhao-guoqiang"))
    let offer = try await post(
      entry(
        .teaching, "Half an hour of English, with tea.", isNeed: false, until: 45, from: 20, times: 6,
        isCounted: true),
      gives, 20)
    let need = try await post(
      entry(.teaching, "女儿在国外，想学几句英语跟外孙说话。", isNeed: true, until: 5, from: 16, times: 1, isCounted: true),
      needs, 16)
    let match = try await propose(need, offer, needs, 16)
    try await agree(match, needs: needs, gives: gives, minutes: 30, 15)
    try await finish(
      match, needs: needs, gives: gives, (needs: "学会了三句，回家就打了电话。", gives: "We laughed a lot."), 13)
  }

  private func telephone() async throws {
    let (gives, needs) = (try neighbour("chen-hao"), try neighbour("sun-yulan"))
    let offer = try await post(
      entry(.digital, "周末晚上帮看手机、电脑。", isNeed: false, until: 45, from: 18, times: 8, isCounted: true), gives,
      18)
    let need = try await post(
      entry(.digital, "手机存不下照片了，想请人教怎么腾地方。", isNeed: true, until: 8, from: 11, times: 1, isCounted: true),
      needs, 11)
    let match = try await propose(need, offer, needs, 11)
    try await agree(match, needs: needs, gives: gives, minutes: 45, 10)
    try await finish(
      match, needs: needs, gives: gives, (needs: "小陈有耐心，写了张纸条给我。", gives: "照片都留着，一张没少。"), 9)
  }

  // MARK: - What is on its way

  /// A worker wrote down what an elder without a telephone needs, and found somebody; both are still to answer.
  private func walk() async throws {
    let offer = try await post(
      entry(.company, "陪老人去卫生站、去菜场，走慢一点没关系。", isNeed: false, until: 60, from: 14, times: 12),
      try neighbour("zhao-guoqiang"), 14)
    let worker = HelpActor(try stage.worker(), isByWorker: true)
    let elder = Side(party: .person(try stage.person("wang-xiuzhen")), acting: worker)
    let need = try await post(
      entry(.company, "去卫生站复查血压，想有人陪着下三层楼。", isNeed: true, until: 7, from: 1, times: 1), elder, 2, 10)
    let entries = entries
    try await stage.step(stage.day(2, 10, 30)) { transaction in
      _ = try entries.propose(need, offer, for: .need, by: worker, in: transaction)
    }
  }

  /// Two students carry a desk upstairs with a neighbour: under way.
  private func desk() async throws {
    let (gives, needs) = (try neighbour("chen-hao"), try neighbour("li-jiayi"))
    let offer = try await post(
      entry(.hands, "周日上午有空，可以搭把手搬东西。", isNeed: false, until: 20, from: 8, times: 2), gives, 8)
    let need = try await post(
      entry(.hands, "旧书桌要从一楼搬到十二楼，电梯进得去，差一个人抬。", isNeed: true, until: 4, from: 5, times: 1), needs, 5)
    let match = try await propose(need, offer, needs, 5)
    try await agree(match, needs: needs, gives: gives, 4)
    let entries = entries
    let cipher = try await entries.cipher(of: stage.community.id)
    try await stage.step(stage.day(3, 20)) { transaction in
      try entries.write(
        "周日九点在一楼等您，带手套。", in: match, .need, sealing: cipher, by: needs.acting, in: transaction)
    }
    try await stage.step(stage.day(1, 9)) { transaction in
      try entries.step(match, .begin, .give, by: gives.acting, in: transaction)
    }
  }

  /// Agreed on, and something came up.
  private func fruit() async throws {
    let (gives, needs) = (try neighbour("li-jiayi"), try neighbour("chen-hao"))
    let offer = try await post(
      entry(.errands, "周五下午没课，可以帮邻居取一趟东西。", isNeed: false, until: 25, from: 17, times: 3), gives, 17)
    let need = try await post(
      entry(.errands, "周五加班，想请人代取一箱橘子。", isNeed: true, until: -11, from: 14, times: 1), needs, 14)
    let match = try await propose(need, offer, needs, 14)
    try await agree(match, needs: needs, gives: gives, 13)
    let entries = entries
    let cipher = try await entries.cipher(of: stage.community.id)
    try await stage.step(stage.day(12, 15)) { transaction in
      try entries.fail(
        match, because: "学校临时补课，没赶上提货时间，已经打过招呼。", .give, sealing: cipher, by: gives.acting, in: transaction)
    }
  }

  /// Both said yes yesterday evening: the tap is mended tomorrow.
  private func agreed(to offer: PostingID) async throws {
    let (gives, needs) = (try neighbour("zhao-guoqiang"), try neighbour("sun-yulan"))
    let need = try await post(
      entry(.repair, "厨房水龙头滴水，拧不紧。", isNeed: true, until: 6, from: 2, times: 1, isCounted: true), needs, 2)
    let match = try await propose(need, offer, needs, 2)
    try await agree(match, needs: needs, gives: gives, minutes: 45, 1)
  }

  // MARK: - Shops and organisations

  /// What the committee and the chamber did for small merchants: it joins them in the network.
  private func shops() async throws {
    let committee = try organisation("committee", "gu-jianping")
    let chamber = try organisation("chamber", "fang-li")
    let (bakery, lotus) = (try await merchant("tang-yifan"), try await merchant("tao-jing"))
    let room = try await post(
      entry(.place, "活动室周六上午空着，小商户办试吃可以用。", isNeed: false, until: 40, from: 26, times: 6), committee, 26)
    let tasting = try await post(
      entry(.place, "想请邻居试吃新做的面包，要一间能坐二十人的屋子。", isNeed: true, until: 6, from: 21, times: 1), bakery, 21)
    let held = try await propose(tasting, room, bakery, 21)
    try await agree(held, needs: bakery, gives: committee, 20)
    try await finish(
      held, needs: bakery, gives: committee, (needs: "来了三十几位，当天多订了十二份。", gives: "打扫得比原来还干净。"), 15)
    let prices = try await post(
      entry(.marketInformation, "菜场每周的批发价，可以发给种菜的农户。", isNeed: false, until: 40, from: 25, times: 20),
      chamber,
      25)
    let wish = try await post(
      entry(.marketInformation, "想知道茭白这个月的批发价，好定团购价。", isNeed: true, until: 5, from: 18, times: 1), lotus, 18)
    let told = try await propose(wish, prices, lotus, 18)
    try await agree(told, needs: lotus, gives: chamber, 17)
    try await finish(
      told, needs: lotus, gives: chamber, (needs: "一张表，清清楚楚。", gives: "下个月还发。"), 16)
  }
}
