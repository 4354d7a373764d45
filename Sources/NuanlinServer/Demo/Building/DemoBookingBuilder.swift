import Database
import Kernel
import People
import Resources

/// Places of the demo that can be had for a time: a cold store, a meeting room and a shop's back room, with what was kept,
/// what is booked and what waits for a yes.
struct DemoBookingBuilder: Sendable {
  let stage: DemoStage
  let town: DemoTownIDs

  private static let offset = DemoNeighbourhood.offsetSeconds

  private var entries: BookingEntries { stage.switchboard.resources.bookingEntries }

  func build() async throws {
    let opened = try await open()
    try await keep(opened.cold)
    try await ask(opened)
  }

  // MARK: - Places

  private struct Opened: Sendable {
    let cold: PlaceID
    let meeting: PlaceID
    let back: PlaceID
  }

  private func open() async throws -> Opened {
    guard let cold = town.places["cold-room"], let chain = town.organisations["cold-chain"],
      let committee = town.organisations["committee"]
    else { throw Problem.internalFault }
    let (entries, network) = (entries, stage.switchboard.resources.networkEntries)
    let (worker, shopkeeper) = (try stage.worker(), try stage.person("fang-li"))
    return try await stage.step(stage.day(39, 16)) { transaction in
      let back = try network.enter(DemoTown.backRoom, keptBy: nil, by: worker, in: transaction)
      let meeting = try network.enter(DemoTown.meetingRoom, keptBy: committee, by: worker, in: transaction)
      try entries.open(cold, Self.coldStore(of: chain), by: worker, in: transaction)
      try entries.open(meeting, Self.meetingRoom(of: committee), by: worker, in: transaction)
      try entries.open(back, Self.backRoom(of: shopkeeper), by: worker, in: transaction)
      return Opened(cold: cold, meeting: meeting, back: back)
    }
  }

  private static func coldStore(of keeper: OrganisationID) -> BookableEntry {
    BookableEntry(
      keeper: .organisation(keeper), capacity: 6, unit: "立方米", slotMinutes: 60, longestMinutes: 840,
      rules: Phrase(
        "筐子写上店名。生熟分开，不放有气味的东西。用完擦干净，门关严。",
        "Write your name on the crates. Raw and cooked apart, nothing that smells. Wipe it, and shut the door well."
      ))
  }

  private static func meetingRoom(of keeper: OrganisationID) -> BookableEntry {
    BookableEntry(
      keeper: .organisation(keeper), capacity: 12, unit: "人", slotMinutes: 30, longestMinutes: 240,
      rules: Phrase(
        "用完把椅子放回原处，白板擦干净，关灯关空调。",
        "Put the chairs back, wipe the board and turn off the lights."))
  }

  private static func backRoom(of keeper: PersonID) -> BookableEntry {
    BookableEntry(
      keeper: .person(keeper), capacity: 10, unit: "筐", slotMinutes: 60, longestMinutes: 720,
      rules: Phrase("早上送货走后门，不堵路。", "Deliveries through the back door; keep the way free."),
      audience: .organisations, needsYes: false, price: "一筐一天 2 元")
  }

  // MARK: - Bookings

  /// A farm left cabbages in the cold store a week ago, and fetched them.
  private func keep(_ cold: PlaceID) async throws {
    let farm = try await stage.merchant(of: "qian-fugen")
    let (entries, offset) = (entries, Self.offset)
    let (farmer, keeper) = (try stage.actor("qian-fugen", as: .merchant), try stage.actor("lin-xiaoyun"))
    let wish = BookingEntry(
      .merchant(farm), from: stage.day(8, 7), to: stage.day(8, 17), amount: 3, "下雨收早了，六十棵卷心菜放一天。")
    let cipher = try await entries.cipher(of: stage.community.id)
    let booking = try await stage.step(stage.day(10, 12)) { transaction in
      try entries.book(
        wish, at: cold, offsetSeconds: offset, sealing: cipher, by: farmer, in: transaction)
    }
    try await stage.step(stage.day(10, 18)) { transaction in
      try entries.move(booking, to: .confirmed, by: keeper, in: transaction)
    }
    try await stage.step(stage.day(8, 17, 20)) { transaction in
      try entries.move(booking, to: .kept, by: keeper, in: transaction)
    }
  }

  private func ask(_ opened: Opened) async throws {
    let (lotus, fish) = (
      try await stage.merchant(of: "tao-jing"), try await stage.merchant(of: "chen-dagui")
    )
    guard let choir = town.organisations["choir"] else { throw Problem.internalFault }
    let lady = try stage.person("anna-keller")
    try await book(
      BookingEntry(.merchant(lotus), from: stage.day(-3, 6), to: stage.day(-3, 12), amount: 2, "茭白先冷一晚再分装。"),
      at: opened.cold, by: try stage.actor("tao-jing", as: .merchant))
    try await book(
      BookingEntry(
        .organisation(choir), from: stage.day(-5, 14), to: stage.day(-5, 16), amount: 10, "冬至歌会，领唱先练一遍。"),
      at: opened.meeting,
      by: try stage.actor("sun-yulan"), yes: try stage.actor("gu-jianping", as: .committee))
    try await book(
      BookingEntry(
        .person(lady), from: stage.day(-6, 10), to: stage.day(-6, 11, 30), amount: 8,
        "English story hour for children."), at: opened.meeting, by: try stage.actor("anna-keller"))
    try await book(
      BookingEntry(.merchant(fish), from: stage.day(-2, 6), to: stage.day(-2, 10), amount: 4, "咸鱼四筐，上午分完。"),
      at: opened.back, by: try stage.actor("chen-dagui", as: .merchant))
  }

  /// - Parameter keeper: who says yes on the same day; nil while nobody did.
  private func book(
    _ wish: BookingEntry, at place: PlaceID, by actor: Actor, yes keeper: Actor? = nil
  ) async throws {
    let (entries, offset) = (entries, Self.offset)
    let cipher = try await entries.cipher(of: stage.community.id)
    let booking = try await stage.step(stage.day(1, 11)) { transaction in
      try entries.book(
        wish, at: place, offsetSeconds: offset, sealing: cipher, by: actor, in: transaction)
    }
    guard let keeper else { return }
    try await stage.step(stage.day(1, 16)) { transaction in
      try entries.move(booking, to: .confirmed, by: keeper, in: transaction)
    }
  }
}
