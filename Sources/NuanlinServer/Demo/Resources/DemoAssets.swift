import Kernel
import Resources

/// What groups, institutions and places of the demo have: written down and made sure of by the station.
enum DemoAssets {
  struct Found: Sendable {
    /// Stable: `cold-store`.
    let key: String
    let daysAgo: Int64
    let entry: AssetEntry
  }

  static func all(_ town: DemoTownIDs) -> [Found] {
    groups(town) + institutions(town) + places(town) + [swap(town)]
  }

  private static func holder(_ key: String, _ town: DemoTownIDs) -> Party? {
    town.organisations[key].map { .organisation($0) }
  }

  private static func groups(_ town: DemoTownIDs) -> [Found] {
    var choir = AssetEntry(
      .association, Phrase("桂花合唱队，周二唱歌", "Osmanthus choir, singing on Tuesdays"),
      "不识谱也行，先坐在后排听。唱完一起喝茶。", of: holder("choir", town))
    choir.category = .company
    choir.place = town.places["hall"]
    choir.times = "周二 14:00–16:00"
    choir.capacity = 40
    choir.audience = .everybody
    var sharpening = AssetEntry(
      .association, Phrase("红马甲义务磨刀", "Red vests sharpen knives"), "每月第一个周六，带刀来，用报纸包好。",
      of: holder("volunteers", town))
    sharpening.category = .repair
    sharpening.place = town.places["yard"]
    sharpening.times = "每月第一个周六 9:00–11:00"
    sharpening.audience = .everybody
    return [
      Found(key: "choir", daysAgo: 45, entry: choir),
      // A year ago but for ten days: it runs out soon.
      Found(key: "sharpening", daysAgo: 355, entry: sharpening),
    ]
  }

  private static func institutions(_ town: DemoTownIDs) -> [Found] {
    var cold = AssetEntry(
      .institution, Phrase("冷库", "Cold store"), "六立方米，四度，给社区的小商户和助餐点用。用之前说一声要放什么、放几天。",
      of: holder("cold-chain", town))
    cold.category = .storage
    cold.place = town.places["cold-room"]
    cold.tags = ["冷藏", "保鲜", "蔬菜", "cold", "fridge"]
    cold.times = "每天 6:00–20:00"
    cold.capacity = 6
    cold.conditions = "不放有气味的东西；用完擦干净。"
    var wheelchairs = AssetEntry(
      .institution, Phrase("借轮椅和助行器", "Wheelchairs and walkers on loan"), "三把轮椅、两个助行器，登记了就能推走，一次两星期。",
      of: holder("committee", town))
    wheelchairs.category = .goods
    wheelchairs.place = town.places["station"]
    wheelchairs.times = "周一至周六 8:30–17:30"
    wheelchairs.capacity = 5
    wheelchairs.audience = .everybody
    var window = AssetEntry(
      .institution, Phrase("小店办证，有人陪着填", "Help with the papers of a small shop"), "执照、食品经营许可、补贴，一个窗口问清楚。",
      of: holder("window", town))
    window.category = .marketInformation
    window.placeWords = "桂江街道营商服务窗口"
    window.times = "周一至周五上午"
    window.audience = .everybody
    return [
      Found(key: "cold-store", daysAgo: 40, entry: cold),
      Found(key: "wheelchairs", daysAgo: 55, entry: wheelchairs),
      Found(key: "window", daysAgo: 38, entry: window),
    ]
  }

  private static func places(_ town: DemoTownIDs) -> [Found] {
    var yard = AssetEntry(
      .place, Phrase("桂花院子的长桌", "The long table in the osmanthus yard"), "坐得下二十个人，有插座，有树荫。谁先到谁用。")
    yard.category = .place
    yard.place = town.places["yard"]
    yard.capacity = 20
    yard.audience = .everybody
    var room = AssetEntry(
      .place, Phrase("活动室的晚上", "Evenings in the common room"), "坐得下四十个人，有投影。晚上没有安排的时候，居民都可以来。",
      of: holder("committee", town))
    room.category = .place
    room.place = town.places["hall"]
    room.times = "晚上，没有安排的时候"
    room.audience = .everybody
    return [
      Found(key: "yard", daysAgo: 54, entry: yard), Found(key: "hall", daysAgo: 54, entry: room),
    ]
  }

  private static func swap(_ town: DemoTownIDs) -> Found {
    var swap = AssetEntry(
      .exchange, Phrase("周末换物摊", "Swap stall at the weekend"), "旧书、玩具、花盆，拿一样来，换一样走。不用钱。")
    swap.category = .goods
    swap.place = town.places["yard"]
    swap.times = "周日 9:00–11:00"
    swap.audience = .everybody
    return Found(key: "swap", daysAgo: 33, entry: swap)
  }

  /// What a merchant offers of the shop.
  static func lastBasket(of merchant: Party) -> AssetEntry {
    var entry = AssetEntry(
      .exchange, Phrase("提货日剩下的菜，半价", "What is left on pickup days, at half the price"),
      "提货快结束的时候，车上剩的菜半价给邻居，卖不完的送助餐点。", of: merchant)
    entry.category = .goods
    entry.placeWords = "3 号楼架空层"
    entry.times = "周二、周五 18:30 以后"
    entry.isAskedByMessage = true
    return entry
  }
}
