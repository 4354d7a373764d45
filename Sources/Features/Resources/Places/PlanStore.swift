import Database
import Kernel
import People

extension PlanFile.Ground: Storable {}

/// Something drawn on the kept plan.
enum PlanOutlineKind {}
typealias PlanOutlineID = Identifier<PlanOutlineKind>

struct KeptOutline: Sendable, Equatable {
  let id: PlanOutlineID
  let outline: PlanFile.Outline
  /// The place that was made of it.
  let place: PlaceID?

  /// Whether it waits to be taken as a place.
  var isProposed: Bool { outline.name != nil && place == nil }
}

/// The queries of the plan.
enum PlanStore {
  /// Where zero of the plan lies on the earth.
  static func centre(in community: CommunityID, _ snapshot: Snapshot) throws -> GeoPosition? {
    let found: GeoPosition?? = try snapshot.first(
      "SELECT latitude, longitude FROM resources_place_plan WHERE community_id = \(community)"
    ) { row in
      let (latitude, longitude): (Int64?, Int64?) = (try row[0], try row[1])
      return PlanNumbers.position(latitude, longitude)
    }
    return found ?? nil
  }

  /// What is drawn for those who see places of these sorts: everything but what was taken as a place that is closed or that
  /// they must not know of.
  static func outlines(
    seenBy visibilities: Set<Place.Visibility> = [.everybody], in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [KeptOutline] {
    let seen = visibilities.map(\.rawValue).sorted()
    return try snapshot.all(
      """
      SELECT id, ground, name_chinese, name_english, proposed_kind, shape, place_id
      FROM resources_place_outline WHERE community_id = \(community) AND (place_id IS NULL
        OR place_id IN (SELECT id FROM resources_place WHERE community_id = \(community)
          AND closed_at IS NULL AND visibility IN \(list: seen)))
      ORDER BY id LIMIT \(PlanFile.mostOutlines)
      """, read)
  }

  /// Everything on the plan, for the desk.
  static func all(in community: CommunityID, _ snapshot: Snapshot) throws -> [KeptOutline] {
    try snapshot.all(
      """
      SELECT id, ground, name_chinese, name_english, proposed_kind, shape, place_id
      FROM resources_place_outline WHERE community_id = \(community)
      ORDER BY id LIMIT \(PlanFile.mostOutlines)
      """, read)
  }

  static func find(
    _ id: PlanOutlineID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> KeptOutline? {
    try snapshot.first(
      """
      SELECT id, ground, name_chinese, name_english, proposed_kind, shape, place_id
      FROM resources_place_outline WHERE id = \(id) AND community_id = \(community)
      """, read)
  }

  private static func read(_ row: borrowing Row) throws -> KeptOutline {
    let (chinese, english): (String?, String?) = (try row[2], try row[3])
    let shape: String = try row[5]
    return KeptOutline(
      id: try row[0],
      outline: PlanFile.Outline(
        ground: try row[1], name: chinese.map { Phrase($0, english ?? $0) }, proposedKind: try row[4],
        shape: PlanShape(shape) ?? PlanShape(form: .line, rings: [])), place: try row[6])
  }

  /// Puts a plan in the place of the one before it. What was taken as a place stays taken, see ``PlaceRules/carried(from:to:)``.
  static func replace(_ plan: PlanFile, by actor: Actor, in transaction: Transaction) throws {
    let community = transaction.community
    let places = PlaceRules.carried(from: try all(in: community, transaction), to: plan.outlines)
    try transaction.execute("DELETE FROM resources_place_outline WHERE community_id = \(community)")
    try transaction.execute("DELETE FROM resources_place_plan WHERE community_id = \(community)")
    var head = Rows(
      into: "resources_place_plan", "community_id", "latitude", "longitude", "uploaded_at",
      "uploaded_by_id", "uploaded_by_role")
    head.append(values: [
      community.storedValue, PlanNumbers.stored(plan.centre?.latitude).storedValue,
      PlanNumbers.stored(plan.centre?.longitude).storedValue, transaction.now.storedValue,
      actor.person.storedValue, actor.role.storedValue,
    ])
    try transaction.insert(head)
    var rows = Rows(
      into: "resources_place_outline", "id", "community_id", "ground", "name_chinese", "name_english",
      "proposed_kind", "shape", "place_id")
    for (outline, place) in zip(plan.outlines, places) {
      let id: PlanOutlineID = transaction.newIdentifier()
      rows.append(values: [
        id.storedValue, community.storedValue, outline.ground.storedValue,
        (outline.name?.chinese).storedValue, (outline.name?.english).storedValue,
        outline.proposedKind.storedValue, outline.shape.text.storedValue, place.storedValue,
      ])
    }
    try transaction.insert(rows)
  }

  static func take(_ id: PlanOutlineID, as place: PlaceID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE resources_place_outline SET place_id = \(place)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }
}
