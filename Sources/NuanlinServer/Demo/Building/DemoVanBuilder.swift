import Database
import Kernel
import People
import Resources

/// Vans of the demo that merchants share: one trip that was made last week, and one that is to come.
struct DemoVanBuilder: Sendable {
  let stage: DemoStage
  let town: DemoTownIDs

  private static let driver = "jiang-wei"

  private var entries: VanEntries { stage.switchboard.resources.vanEntries }

  func build() async throws {
    try await made()
    try await planned()
  }

  private func trip(leaving daysAgo: Int64) -> VanEntry {
    var trip = VanEntry(
      from: "崇明竖新镇", to: "3 号楼架空层", leavesAt: stage.day(daysAgo, 4, 30), returnsAt: stage.day(daysAgo, 13),
      vehicle: "小货车，有篷", crates: 20, kilograms: 500)
    trip.toPlace = town.places["pickup"]
    trip.note = "四点半在镇口加油站等，过时不候。回程是空车，也可以带东西。"
    trip.price = "一筐 3 元油钱"
    return trip
  }

  private func plan(_ trip: VanEntry, _ daysAgo: Int64) async throws -> VanTripID {
    let (entries, actor) = (entries, try stage.actor(Self.driver, as: .merchant))
    let party = Party.merchant(try await stage.merchant(of: Self.driver))
    let cipher = try await entries.cipher(of: stage.community.id)
    return try await stage.step(stage.day(daysAgo, 9)) { transaction in
      try entries.plan(trip, of: party, sealing: cipher, by: actor, in: transaction)
    }
  }

  private func ask(
    _ load: VanLoadEntry, for key: String, on trip: VanTripID, _ daysAgo: Int64, isConfirmed: Bool
  ) async throws -> AskedVanPart {
    let (entries, actor) = (entries, try stage.actor(key, as: .merchant))
    let (driver, party) = (
      try stage.actor(Self.driver, as: .merchant), Party.merchant(try await stage.merchant(of: key))
    )
    let cipher = try await entries.cipher(of: stage.community.id)
    let part = try await stage.step(stage.day(daysAgo, 12)) { transaction in
      try entries.ask(load, for: party, on: trip, sealing: cipher, by: actor, in: transaction)
    }
    guard isConfirmed else { return part }
    try await stage.step(stage.day(daysAgo, 18)) { transaction in
      try entries.confirm(part, by: driver, in: transaction)
    }
    return part
  }

  private func made() async throws {
    let trip = try await plan(trip(leaving: 6), 10)
    let radishes = try await ask(
      VanLoadEntry("白萝卜和山芋", at: "老港镇沙地路口", crates: 6, kilograms: 120), for: "qian-fugen", on: trip, 9,
      isConfirmed: true)
    let fish = try await ask(
      VanLoadEntry("泡沫箱装的鲜鱼", at: "竖新镇口", crates: 3, kilograms: 60), for: "chen-dagui", on: trip, 8,
      isConfirmed: true)
    let (entries, driver) = (entries, try stage.actor(Self.driver, as: .merchant))
    try await stage.step(stage.day(6, 14)) { transaction in
      try entries.finish(trip, carried: [radishes, fish], by: driver, in: transaction)
    }
  }

  private func planned() async throws {
    let trip = try await plan(trip(leaving: -3), 3)
    _ = try await ask(
      VanLoadEntry("二十斤装的新米", at: "竖新镇口", crates: 4, kilograms: 80), for: "fang-li", on: trip, 2,
      isConfirmed: true)
    _ = try await ask(
      VanLoadEntry("茭白，怕压", at: "练塘镇荷塘村", crates: 5, kilograms: 75), for: "tao-jing", on: trip, 1,
      isConfirmed: false)
  }
}
