import Database
import Kernel
import People
import Resources
import Security

/// Fills the demo's map of what the neighbourhood has, and lets neighbours ask about it.
struct DemoAssetBuilder: Sendable {
  let stage: DemoStage
  let town: DemoTownIDs
  /// Of the present: one of the entries is older than the community's keys.
  let cipher: FieldCipher

  private var entries: AssetEntries { stage.switchboard.resources.assetEntries }

  /// - Returns: how many entries there are.
  func build() async throws -> Int {
    var found: [String: AssetID] = [:]
    for asset in DemoAssets.all(town) {
      found[asset.key] = try await enter(asset.entry, asset.daysAgo)
    }
    var gifts: [Given] = []
    for gift in DemoGifts.all {
      let owner = try person(gift.owner)
      let id = try await offer(
        gift.entry(.person(owner)), by: owner, gift.daysAgo, isVerified: gift.isVerified)
      gifts.append(Given(asset: id, owner: owner))
    }
    let merchant = Party.merchant(try await stage.merchant(of: "jiang-wei"))
    let farmer = try stage.person("jiang-wei")
    _ = try await offer(DemoAssets.lastBasket(of: merchant), by: farmer, 26, isVerified: true)
    try await ask(gifts, wheelchairs: found["wheelchairs"], room: found["hall"])
    return found.count + gifts.count + 1
  }

  /// What somebody offered.
  private struct Given: Sendable {
    let asset: AssetID
    let owner: PersonID
  }

  /// Neighbours by the order of their households: the same at each building of the demo.
  private func person(_ owner: DemoGifts.Owner) throws -> PersonID {
    switch owner {
    case .cast(let key): return try stage.person(key)
    case .neighbour(let number):
      let neighbours = stage.neighbours(DemoGifts.neighbours, for: "gifts")
      guard neighbours.indices.contains(number) else { throw Problem.internalFault }
      return neighbours[number].person
    }
  }

  private func enter(_ entry: AssetEntry, _ daysAgo: Int64) async throws -> AssetID {
    let (entries, cipher, worker) = (entries, cipher, try stage.worker())
    return try await stage.step(stage.day(daysAgo, 15)) { transaction in
      try entries.enter(entry, sealing: cipher, by: worker, in: transaction)
    }
  }

  private func offer(
    _ entry: AssetEntry, by person: PersonID, _ daysAgo: Int64, isVerified: Bool
  ) async throws -> AssetID {
    let (entries, cipher, worker) = (entries, cipher, try stage.worker())
    let id = try await stage.step(stage.day(daysAgo, 20)) { transaction in
      try entries.offer(entry, sealing: cipher, by: person, in: transaction)
    }
    guard isVerified else { return id }
    try await stage.step(stage.day(daysAgo - 1, 10)) { transaction in
      try entries.verify(id, by: worker, in: transaction)
    }
    return id
  }

  // MARK: - Questions

  private struct Asked: Sendable {
    let text: String
    let asset: AssetID
    let asker: String
    let daysAgo: Int64
    /// Nil while nobody answered.
    var answer: (text: String, by: Actor)?
  }

  /// Two that were answered, and two that wait: one for a neighbour, one for the station.
  private func ask(_ gifts: [Given], wheelchairs: AssetID?, room: AssetID?) async throws {
    guard let wheelchairs, let room, gifts.count > 1 else { return }
    let questions = [
      Asked(
        text: "Our kitchen tap drips. Could you have a look one morning?", asset: gifts[0].asset,
        asker: "anna-keller", daysAgo: 24,
        answer: (
          text: "可以的，周四上午九点我带工具来。", by: Actor(person: gifts[0].owner, role: .resident)
        )),
      Asked(
        text: "活动室周日晚上空着吗？想带孩子们看部老电影。", asset: room, asker: "chen-hao", daysAgo: 17,
        answer: (text: "周日晚上空着，七点开门，投影请先来试一试。", by: try stage.worker())),
      Asked(
        text: "孙阿姨，下周六我和同学想来学，要自己带糯米吗？", asset: gifts[1].asset, asker: "li-jiayi", daysAgo: 2),
      Asked(text: "我爱人要开刀，轮椅能不能借一个月？", asset: wheelchairs, asker: "zhao-guoqiang", daysAgo: 1),
    ]
    for question in questions { try await ask(question) }
  }

  private func ask(_ question: Asked) async throws {
    let (entries, cipher, asker) = (entries, cipher, try stage.person(question.asker))
    let asked = try await stage.step(stage.day(question.daysAgo, 19)) { transaction in
      try entries.ask(question.text, about: question.asset, sealing: cipher, by: asker, in: transaction)
    }
    guard let answer = question.answer else { return }
    try await stage.step(stage.day(question.daysAgo - 1, 9)) { transaction in
      try entries.answer(asked, answer.text, sealing: cipher, by: answer.by, in: transaction)
    }
  }
}
