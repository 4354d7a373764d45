import Database
import Kernel
import People

/// The queries of the list of a campaign, and of who goes to which door.
enum VisitDoorStore {
  private static let columns: Query = """
    door.id, door.campaign_id, door.household_id, door.source, door.visitor_id, door.is_listed, door.events
    """

  private static func read(_ row: borrowing Row) throws -> VisitDoor {
    VisitDoor(
      id: try row[0], campaign: try row[1], household: try row[2], source: try row[3], visitor: try row[4],
      isListed: try row[5], events: try row[6])
  }

  /// The doors of a campaign that are in scope, those that were taken off among them.
  static func doors(
    of campaign: VisitCampaignID, _ scope: VisitDoorScope, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [VisitDoor] {
    try snapshot.all(
      """
      SELECT \(columns) FROM care_visit_door AS door WHERE door.campaign_id = \(campaign)
        AND door.community_id = \(community) AND \(scope.condition) ORDER BY door.id
      """, read)
  }

  /// Every door of a campaign that its desk may arrange.
  static func all(
    of campaign: VisitCampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [VisitDoor] {
    try snapshot.all(
      """
      SELECT \(columns) FROM care_visit_door AS door WHERE door.campaign_id = \(campaign)
        AND door.community_id = \(community) ORDER BY door.id
      """, read)
  }

  static func find(
    _ id: VisitDoorID, of campaign: VisitCampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> VisitDoor? {
    try snapshot.first(
      """
      SELECT \(columns) FROM care_visit_door AS door WHERE door.id = \(id) AND door.campaign_id = \(campaign)
        AND door.community_id = \(community)
      """, read)
  }

  /// How many households stand on the list of each of these campaigns, and how many of them are one person's.
  static func counts(
    of campaigns: [VisitCampaignID], for person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [VisitCampaignID: (listed: Int, own: Int)] {
    var counts: [VisitCampaignID: (listed: Int, own: Int)] = [:]
    for part in snapshot.chunks(of: campaigns) {
      try snapshot.forEach(
        """
        SELECT campaign_id, count(*), CAST(sum(CASE WHEN visitor_id = \(person) THEN 1 ELSE 0 END) AS BIGINT)
        FROM care_visit_door WHERE community_id = \(community) AND campaign_id IN \(list: part)
          AND is_listed = 1 GROUP BY campaign_id
        """
      ) { row in counts[try row[0]] = (listed: try row[1], own: try row[2]) }
    }
    return counts
  }

  /// Whether somebody has a door of this campaign to go to.
  static func hasDoor(
    _ person: PersonID, of campaign: VisitCampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Bool {
    try snapshot.exists(
      """
      SELECT 1 FROM care_visit_door WHERE campaign_id = \(campaign) AND community_id = \(community)
        AND visitor_id = \(person) AND is_listed = 1
      """)
  }

  /// Whether a door was ever given to somebody, for what a telephone kept.
  static func wasGiven(
    _ door: VisitDoorID, to person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Bool {
    try snapshot.exists(
      """
      SELECT 1 FROM care_visit_door_event WHERE door_id = \(door) AND community_id = \(community)
        AND visitor_id = \(person)
      """)
  }

  static func insert(_ doors: [VisitDoor], in transaction: Transaction) throws {
    var rows = Rows(
      into: "care_visit_door", "id", "community_id", "campaign_id", "household_id", "source", "visitor_id",
      "is_listed", "events")
    rows.reserve(doors.count)
    for door in doors {
      rows.append(values: [
        door.id.storedValue, transaction.community.storedValue, door.campaign.storedValue,
        door.household.storedValue, door.source.storedValue, .null, door.isListed.storedValue,
        door.events.storedValue,
      ])
    }
    try transaction.insert(rows)
  }

  /// Keeps a door as its last event left it.
  static func update(_ door: VisitDoor, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE care_visit_door SET source = \(door.source), visitor_id = \(door.visitor),
        is_listed = \(door.isListed), events = \(door.events)
      WHERE id = \(door.id) AND community_id = \(transaction.community)
      """)
  }

  /// Keeps one event for each of these doors, each as the door's newest.
  static func insert(_ events: [(door: VisitDoor, event: VisitDoorEvent)], in transaction: Transaction) throws
  {
    var rows = Rows(
      into: "care_visit_door_event", "door_id", "sequence", "community_id", "kind", "source", "removal",
      "visitor_id", "happened_at", "actor_id", "actor_role")
    rows.reserve(events.count)
    for (door, event) in events {
      let parts = VisitDoorEventRow(event.what)
      rows.append(values: [
        door.id.storedValue, door.events.storedValue, transaction.community.storedValue, .text(parts.kind),
        parts.source.storedValue, parts.removal.storedValue, parts.visitor.storedValue,
        event.at.storedValue, event.actor.person.storedValue, event.actor.role.storedValue,
      ])
    }
    try transaction.insert(rows)
  }

  /// Everything that happened to a door, oldest first.
  static func events(
    of door: VisitDoorID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [VisitDoorEvent] {
    try snapshot.all(
      """
      SELECT kind, source, removal, visitor_id, happened_at, actor_id, actor_role FROM care_visit_door_event
      WHERE door_id = \(door) AND community_id = \(community) ORDER BY sequence
      """
    ) { row in
      let parts = VisitDoorEventRow(
        kind: try row[0], source: try row[1], removal: try row[2], visitor: try row[3])
      return VisitDoorEvent(
        try parts.what(), at: try row[4], by: Actor(person: try row[5], role: try row[6]))
    }
  }

  // MARK: - Visitors

  static func insertVisitor(
    _ person: PersonID, of campaign: VisitCampaignID, by actor: PersonID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO care_visit_visitor (campaign_id, person_id, community_id, asked_at, asked_by_id)
      VALUES (\(campaign), \(person), \(transaction.community), \(transaction.now), \(actor))
      ON CONFLICT (campaign_id, person_id) DO NOTHING
      """)
  }

  /// Everybody who was asked to go on this campaign, in the order of asking.
  static func visitors(
    of campaign: VisitCampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PersonID] {
    try snapshot.values(
      """
      SELECT person_id FROM care_visit_visitor WHERE campaign_id = \(campaign)
        AND community_id = \(community) ORDER BY asked_at, person_id
      """)
  }
}

/// How an event of a door stands in its row.
private struct VisitDoorEventRow {
  let kind: String
  let source: VisitDoor.Source?
  let removal: VisitDoor.Removal?
  let visitor: PersonID?

  init(kind: String, source: VisitDoor.Source?, removal: VisitDoor.Removal?, visitor: PersonID?) {
    self.kind = kind
    self.source = source
    self.removal = removal
    self.visitor = visitor
  }

  init(_ what: VisitDoorEvent.What) {
    switch what {
    case .listed(let source): self.init(kind: "listed", source: source, removal: nil, visitor: nil)
    case .removed(let removal): self.init(kind: "removed", source: nil, removal: removal, visitor: nil)
    case .given(let visitor): self.init(kind: "given", source: nil, removal: nil, visitor: visitor)
    }
  }

  /// - Throws: `DatabaseError.unexpectedValue` for a row that no event wrote.
  func what() throws -> VisitDoorEvent.What {
    switch kind {
    case "listed": if let source { return .listed(source) }
    case "removed": if let removal { return .removed(removal) }
    case "given": return .given(visitor)
    default: break
    }
    throw DatabaseError.unexpectedValue("no event of a door: \(kind)")
  }
}
