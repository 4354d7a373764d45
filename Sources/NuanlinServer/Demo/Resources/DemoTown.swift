import Kernel
import Resources

/// A promise of the demo and what became of it.
struct DemoPromise: Sendable {
  let entry: PromiseEntry
  /// Days from now on which it ends, before now where they are negative; nil where no end was named.
  let endsInDays: Int64?
  /// When it was seen whether it was kept.
  let keepings: [(daysAgo: Int64, entry: KeepingEntry)]

  init(
    _ entry: PromiseEntry, endsInDays: Int64? = nil, _ keepings: [(daysAgo: Int64, entry: KeepingEntry)] = []
  ) {
    self.entry = entry
    self.endsInDays = endsInDays
    self.keepings = keepings
  }
}

/// An organisation of the demo with what it does and what it promised.
struct DemoOrganisation: Sendable {
  let key: String
  let entry: OrganisationEntry
  /// Each with the keys of the places where it is given.
  var services: [(entry: ServiceEntry, places: [String])] = []
  var promises: [DemoPromise] = []
}

/// A place of the demo, with the key of the organisation that keeps it.
struct DemoPlace: Sendable {
  let key: String
  let keeper: String?
  let entry: PlaceEntry
}

/// The places of Osmanthus Lane beside its buildings. Addresses and numbers are invented.
enum DemoTown {
  static let province = Phrase("上海市（示范）", "Shanghai (demo)")
  static let city = Phrase("上海市（示范）", "Shanghai (demo)")
  static let postalCode = "000000"

  /// Entered once there is a shop that it belongs to.
  static let backRoom = PlaceEntry(
    kind: .storeroom, name: Phrase("便民店后间", "Back room of the corner store"),
    address: "桂花里 5 号楼 1 单元 102 后门",
    description: "阴凉、有货架，早上送货的车停得下。", hours: "周一至周日 5:00–21:00", isStepFree: true, isPublic: false,
    onPlan: (-80, 88))

  /// Entered with the back room, when places could be booked.
  static let meetingRoom = PlaceEntry(
    kind: .venue, name: Phrase("服务站小会议室", "Small meeting room of the station"),
    address: "桂花里 5 号楼 1 单元 101 里间",
    description: "坐得下十二个人，有白板和热水。", hours: "周一至周日 8:30–20:30", isStepFree: true, onPlan: (-95, 88))

  static let places: [DemoPlace] = [
    DemoPlace(
      key: "station", keeper: "committee",
      entry: PlaceEntry(
        kind: .office, name: Phrase("社区服务站", "Community service station"), address: "桂花里 5 号楼 1 单元 101",
        description: "办事、问事、借轮椅，都来这里。", hours: "周一至周六 8:30–17:30", phone: "021-0000-0100",
        isStepFree: true, onPlan: (-95, 96))),
    DemoPlace(
      key: "pickup", keeper: "committee",
      entry: PlaceEntry(
        kind: .pickupPoint, name: Phrase("3 号楼架空层提货点", "Pickup point under Building 3"),
        address: "桂花里 3 号楼底层", description: "有遮雨，有长椅，有两辆小推车可借。", hours: "周二 16:00–19:00；周五 16:00–19:00",
        isStepFree: true, onPlan: (63, 92))),
    DemoPlace(
      key: "hall", keeper: "committee",
      entry: PlaceEntry(
        kind: .venue, name: Phrase("活动室", "Common room"), address: "桂花里 5 号楼 2 单元 101",
        description: "坐得下四十个人，有投影。", hours: "周一至周日 9:00–20:30", isStepFree: true, onPlan: (-60, 96))),
    DemoPlace(
      key: "cold-room", keeper: "cold-chain",
      entry: PlaceEntry(
        kind: .storeroom, name: Phrase("小冷库", "Small cold room"), address: "桂花里储藏室西头",
        description: "六平方米，四度。用之前找服务站拿钥匙。", hours: "周一至周日 6:00–20:00", isStepFree: true,
        isPublic: false, onPlan: (-45, 27))),
    DemoPlace(
      key: "yard", keeper: nil,
      entry: PlaceEntry(
        kind: .openSpace, name: Phrase("桂花院子", "Osmanthus yard"), address: "桂花里南边",
        description: "早上打拳，傍晚下棋，周末有换物摊。", isStepFree: true, onPlan: (-100, -60))),
    DemoPlace(
      key: "clinic", keeper: nil,
      entry: PlaceEntry(
        kind: .office, name: Phrase("社区卫生站", "Clinic"), address: "桂花里 0 弄东门", description: "量血压、换药、开常用药。",
        hours: "周一至周五 8:00–11:30、13:30–17:00；周六 8:00–11:30", phone: "021-0000-0311", isStepFree: true,
        onPlan: (150, -45))),
    DemoPlace(
      key: "market", keeper: "chamber",
      entry: PlaceEntry(
        kind: .shop, name: Phrase("桂江菜场", "Guijiang market hall"), address: "桂花里 0 弄东南角",
        hours: "周一至周日 6:00–18:30", phone: "021-0000-0312", isStepFree: true, onPlan: (148, -102))),
    DemoPlace(
      key: "corner-store", keeper: nil,
      entry: PlaceEntry(
        kind: .shop, name: Phrase("桂花小卖部", "Corner store"), address: "桂花里 5 号楼 1 单元 102",
        hours: "周一至周日 7:00–21:00", isStepFree: false, onPlan: (-80, 96))),
    DemoPlace(
      key: "reading-room", keeper: "choir",
      entry: PlaceEntry(
        kind: .venue, name: Phrase("楼下书屋", "Reading room"), address: "桂花里 7 号楼底层",
        description: "借书自己登记，看完放回去。", hours: "周三 14:00–17:00；周六 9:00–17:00", isStepFree: true,
        onPlan: (113, 92))),
    DemoPlace(
      key: "tool-shed", keeper: "volunteers",
      entry: PlaceEntry(
        kind: .storeroom, name: Phrase("工具间", "Tool shed"), address: "桂花里 6 号楼后面",
        description: "梯子、电钻、手推车，登记了就能借。", isStepFree: false, isPublic: false, onPlan: (50, 55))),
  ]
}
