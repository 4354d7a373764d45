import Database
import Kernel
import Security

extension FieldAddress {
  static func door(of household: HouseholdID, in community: CommunityID) -> FieldAddress {
    FieldAddress("people_household", "door", row: household, community: community)
  }
}

extension Snapshot {
  /// - Parameter cipher: of the community's contact data.
  func household(
    _ id: HouseholdID, in community: CommunityID, opening cipher: FieldCipher
  ) throws -> Household? {
    try households([id], in: community, opening: cipher).first
  }

  /// The households with these identifiers, in no particular order; those of other communities are left out.
  func households(
    _ ids: some Collection<HouseholdID>, in community: CommunityID, opening cipher: FieldCipher
  ) throws -> [Household] {
    try chunks(of: ids).flatMap { ids in
      try all(
        """
        SELECT id, building, door, floor, has_lift FROM people_household
        WHERE community_id = \(community) AND id IN \(list: ids)
        """
      ) { row in try Household(row, community, cipher) }
    }
  }

  /// One page of a building's households, in the order of their creation.
  func households(
    inBuilding building: String, of community: CommunityID, opening cipher: FieldCipher, limit: Int
  ) throws -> [Household] {
    try all(
      """
      SELECT id, building, door, floor, has_lift FROM people_household
      WHERE community_id = \(community) AND building = \(building) ORDER BY id LIMIT \(limit)
      """
    ) { row in try Household(row, community, cipher) }
  }

  func household(withDoor index: [UInt8], in community: CommunityID) throws -> HouseholdID? {
    try value(
      "SELECT id FROM people_household WHERE community_id = \(community) AND door_index = \(index)")
  }

  /// The households whose doors have these indexes, by their index.
  func households(withDoors indexes: [[UInt8]], in community: CommunityID) throws -> [[UInt8]: HouseholdID] {
    var found: [[UInt8]: HouseholdID] = [:]
    for part in chunks(of: indexes) {
      try forEach(
        """
        SELECT door_index, id FROM people_household
        WHERE community_id = \(community) AND door_index IN \(list: part)
        """
      ) { row in found[try row[0]] = try row[1] }
    }
    return found
  }

  /// The buildings of a community with the number of their households.
  func buildings(of community: CommunityID) throws -> [(building: String, households: Int64)] {
    try all(
      """
      SELECT building, count(*) FROM people_household WHERE community_id = \(community)
      GROUP BY building ORDER BY building
      """
    ) { row in (building: try row[0], households: try row[1]) }
  }
}

extension Household {
  fileprivate init(_ row: borrowing Row, _ community: CommunityID, _ cipher: FieldCipher) throws {
    let id: HouseholdID = try row[0]
    let unitAndRoom = try cipher.open(try row[2], at: .door(of: id, in: community))
    self.init(
      id: id, community: community, door: Door(stored: try row[1], unitAndRoom: unitAndRoom),
      floor: try row[3], hasLift: try row[4])
  }
}

extension Transaction {
  /// Stores households in one go.
  /// - Throws: `household.exists` (409) when a door among them is taken.
  func insert(
    _ households: [(HouseholdID, HouseholdDraft)], keys: PeopleKeys, sealing cipher: FieldCipher
  ) throws {
    var rows = Rows(
      into: "people_household", "id", "community_id", "building", "door", "door_index", "floor", "has_lift",
      "created_at")
    rows.reserve(households.count)
    for (id, draft) in households {
      let door = try cipher.seal(draft.door.unitAndRoom, at: .door(of: id, in: community))
      rows.append(values: [
        id.storedValue, community.storedValue, .text(draft.door.building), .bytes(door),
        .bytes(keys.index(of: draft.door, in: community)), draft.floor.storedValue,
        draft.hasLift.storedValue, now.storedValue,
      ])
    }
    do {
      try insert(rows)
    } catch DatabaseError.unique {
      throw Problem.householdExists
    }
  }
}

extension Problem {
  static let householdExists = Problem(
    "household.exists", status: 409,
    Phrase("这个门牌号已经登记过了。", "That door is already registered."),
    advice: Phrase("请在住户列表里查一查。", "Please look it up in the list of households."))
}
