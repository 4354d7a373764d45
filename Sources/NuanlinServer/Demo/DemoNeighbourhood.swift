package import Kernel

/// A building: its number, how its homes are laid out, and whether one must climb.
package struct DemoBuilding: Sendable, Hashable {
  /// 1 and up.
  package let number: Int
  package let name: Phrase
  package let units: Int
  package let floors: ClosedRange<Int>
  package let roomsPerFloor: Int
  package let hasLift: Bool
  /// Rooms that are not homes: the service station and the corner store.
  let notHomes: Set<DemoDoor>

  init(
    _ number: Int, units: Int, floors: ClosedRange<Int>, roomsPerFloor: Int, hasLift: Bool,
    notHomes: Set<DemoDoor> = []
  ) {
    self.number = number
    name = Phrase("\(number)号楼", "Building \(number)")
    self.units = units
    self.floors = floors
    self.roomsPerFloor = roomsPerFloor
    self.hasLift = hasLift
    self.notHomes = notHomes
  }

  /// Every home, by unit, floor and room, with its floor.
  var homes: [(door: DemoDoor, floor: Int)] {
    (1...units).flatMap { unit in
      floors.flatMap { floor in
        (1...roomsPerFloor).map { room in (DemoDoor(number, unit, "\(floor)0\(room)"), floor) }
      }
    }.filter { !notHomes.contains($0.door) }
  }
}

/// A place where orders are handed over.
package struct DemoPickupPoint: Sendable, Hashable {
  package let key: String
  package let name: Phrase
  package let address: Phrase
  /// When it is open and what to know before coming.
  package let notes: Phrase
}

/// A community of the demo.
package struct DemoCommunity: Sendable {
  package let key: String
  package let name: Phrase
  package let address: Phrase
  /// The number at the foot of every page. Invented: no area has exchange 0000.
  package let phone: String
  /// Nothing leaves a practice community.
  package let practice: Bool
  package let buildings: [DemoBuilding]
  package let pickupPoints: [DemoPickupPoint]
  package let households: [DemoHousehold]
}

/// Osmanthus Lane, a neighbourhood that does not exist, and the practice shop beside it.
package enum DemoNeighbourhood {
  /// China Standard Time, in seconds east of UTC.
  package static let offsetSeconds = 8 * 3600
  /// The year in which the people of the demo have the ages that are told of them.
  package static let year = 2026

  package static let community = DemoCommunity(
    key: "osmanthus-lane", name: Phrase("桂花里社区", "Osmanthus Lane"),
    address: Phrase("上海市（示范）桂花里 0 弄", "Lane 0, Guihuali (demo), Shanghai"),
    phone: "021-0000-0100", practice: false, buildings: buildings, pickupPoints: pickupPoints,
    households: DemoHouseholds.generate(buildings, seed: "osmanthus-lane", firstPhone: 1_000))

  package static let practiceCommunity = DemoCommunity(
    key: "practice", name: Phrase("练习小店", "Practice shop"),
    address: Phrase("社区服务站一楼活动室", "Activity room, ground floor of the service station"),
    phone: "021-0000-0100", practice: true, buildings: [practiceBuilding],
    pickupPoints: [practicePickupPoint],
    households: DemoHouseholds.generate([practiceBuilding], seed: "practice", firstPhone: 9_000))

  /// Six walk-ups of the nineties and three towers with lifts; 3 stands on pillars, 5 holds the service station.
  private static let buildings: [DemoBuilding] = [
    walkUp(1), walkUp(2),
    DemoBuilding(3, units: 2, floors: 2...20, roomsPerFloor: 4, hasLift: true),
    walkUp(4),
    walkUp(
      5,
      notHomes: [
        DemoDoor(5, 1, "101"), DemoDoor(5, 1, "102"), DemoDoor(5, 2, "101"),
      ]),
    walkUp(6),
    DemoBuilding(7, units: 2, floors: 1...20, roomsPerFloor: 4, hasLift: true),
    walkUp(8),
    DemoBuilding(9, units: 2, floors: 1...20, roomsPerFloor: 4, hasLift: true),
  ]

  private static func walkUp(_ number: Int, notHomes: Set<DemoDoor> = []) -> DemoBuilding {
    DemoBuilding(number, units: 5, floors: 1...6, roomsPerFloor: 4, hasLift: false, notHomes: notHomes)
  }

  private static let practiceBuilding = DemoBuilding(
    1, units: 1, floors: 1...4, roomsPerFloor: 3, hasLift: false)

  private static let pickupPoints: [DemoPickupPoint] = [
    DemoPickupPoint(
      key: "building-3", name: Phrase("3 号楼架空层", "Under Building 3"),
      address: Phrase("桂花里 3 号楼底层，信箱旁边", "Ground level of Building 3, beside the letter boxes"),
      notes: Phrase(
        "开团日 16:00–19:00 有人。有遮雨，有长椅，有两辆小推车可借。",
        "Staffed from 16:00 to 19:00 on pickup days. Sheltered, with a bench and two trolleys to borrow.")),
    DemoPickupPoint(
      key: "service-station", name: Phrase("社区服务站", "Community service station"),
      address: Phrase("桂花里 5 号楼 1 单元 101", "Building 5, Unit 1, Room 101"),
      notes: Phrase(
        "周一到周六 8:30–17:30，中午不关门。有冰箱，有坡道，轮椅能进。",
        "Monday to Saturday, 8:30 to 17:30, open over lunch. A refrigerator, and a ramp for wheelchairs.")),
  ]

  private static let practicePickupPoint = DemoPickupPoint(
    key: "practice-table", name: Phrase("练习提货桌", "Practice pickup table"),
    address: Phrase("社区服务站活动室", "Activity room of the service station"),
    notes: Phrase(
      "周三下午有志愿者陪您练。不用带钱，不用带袋子。",
      "Volunteers practise with you on Wednesday afternoons. Bring neither money nor a bag."))
}
