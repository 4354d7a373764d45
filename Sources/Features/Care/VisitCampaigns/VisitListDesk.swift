package import Database
package import Kernel
import Messages
import People

extension VisitDesk {
  /// What became of households that were to be put on a list.
  package struct Listing: Sendable, Equatable {
    package var added = 0
    /// On the list already, or taken off it with a reason.
    package var left = 0
  }

  /// Puts households on the list, none twice. One that was taken off comes back where it was named by its door; a whole
  /// building passes it over.
  /// - Throws: `visit.not_possible`, `visit.too_many`, `not_found` for households of other communities.
  @discardableResult
  package func list(
    _ households: [HouseholdID], _ source: VisitDoor.Source, _ open: OpenVisit, in transaction: Transaction
  ) throws -> Listing {
    try requireArranging(open)
    let community = transaction.community
    let known = try directory.buildings(of: Set(households), in: community, transaction)
    guard households.allSatisfy({ known[$0] != nil }) else { throw Problem.notFound }
    let present = try VisitDoorStore.all(of: open.id, in: community, transaction)
    let byHousehold = Dictionary(present.map { ($0.household, $0) }) { first, _ in first }
    let event = VisitDoorEvent(.listed(source), at: transaction.now, by: open.actor)
    var (new, back, seen): ([VisitDoor], [VisitDoor], Set<HouseholdID>) = ([], [], [])
    var listing = Listing()
    for household in households where seen.insert(household).inserted {
      switch byHousehold[household] {
      case nil:
        new.append(
          VisitDoor(
            id: transaction.newIdentifier(), campaign: open.id, household: household, source: source
          ).after(event))
      case let door? where !door.isListed && source != .building: back.append(door.after(event))
      default: listing.left += 1
      }
    }
    listing.added = new.count + back.count
    guard present.count(where: \.isListed) + listing.added <= VisitRules.doorLimit else {
      throw Problem.visitTooMany
    }
    try VisitDoorStore.insert(new, in: transaction)
    for door in back { try VisitDoorStore.update(door, in: transaction) }
    try VisitDoorStore.insert((new + back).map { ($0, event) }, in: transaction)
    try transaction.audit(
      "care.visit_list", open, of: open.id.rawValue, purpose: "\(source.rawValue) \(listing.added)")
    return listing
  }

  /// Takes a household off the list.
  /// - Throws: `not_found`, `visit.not_possible`.
  package func remove(
    _ id: VisitDoorID, _ removal: VisitDoor.Removal, _ open: OpenVisit, in transaction: Transaction
  ) throws {
    try requireArranging(open)
    guard
      let door = try VisitDoorStore.find(id, of: open.id, in: transaction.community, transaction),
      door.isListed
    else { throw Problem.notFound }
    try append(.removed(removal), to: [door], open, in: transaction)
    try transaction.audit(
      "care.visit_remove", open, of: id.rawValue, purpose: removal.rawValue)
  }

  /// Asks somebody to go: a social worker, or anybody of the community as a volunteer.
  /// - Throws: `not_found` for people of other communities and those who were disabled, `visit.not_possible`.
  package func ask(_ person: PersonID, _ open: OpenVisit, in transaction: Transaction) throws {
    try requireArranging(open)
    let reach = try directory.reach(of: [person], in: transaction.community, transaction)
    guard let known = reach[person], !known.isDisabled else { throw Problem.notFound }
    try VisitDoorStore.insertVisitor(
      person, of: open.id, by: open.actor.person, in: transaction)
    try transaction.audit(
      AuditEntry(
        actor: open.actor.person, role: open.actor.role, onBehalfOf: person, action: "care.visit_ask",
        object: open.id.rawValue))
  }

  /// Which doors are given to somebody.
  package enum Share: Sendable, Equatable {
    /// A building in its stored spelling.
    case building(String)
    /// Whatever nobody goes to yet.
    case rest
    case door(VisitDoorID)
  }

  /// Gives doors to a visitor who was asked; nil takes them back.
  /// - Returns: how many doors changed hands.
  /// - Throws: `not_found` for a door or a visitor of other campaigns, `visit.not_possible`.
  @discardableResult
  package func give(
    _ share: Share, to visitor: PersonID?, _ open: OpenVisit, in transaction: Transaction
  ) throws -> Int {
    try requireArranging(open)
    let community = transaction.community
    if let visitor {
      let asked = try VisitDoorStore.visitors(of: open.id, in: community, transaction)
      guard asked.contains(visitor) else { throw Problem.notFound }
    }
    let doors = try self.doors(share, open, in: transaction).filter { $0.visitor != visitor }
    try append(.given(visitor), to: doors, open, in: transaction)
    if doors.isEmpty { return 0 }
    try transaction.audit(
      AuditEntry(
        actor: open.actor.person, role: open.actor.role, onBehalfOf: visitor, action: "care.visit_give",
        object: open.id.rawValue, purpose: String(doors.count)))
    if let visitor, open.campaign.isRunning(at: transaction.now) {
      try VisitNotices(messenger: messenger).given([visitor], open, in: transaction)
    }
    return doors.count
  }

  private func doors(
    _ share: Share, _ open: OpenVisit, in transaction: Transaction
  ) throws -> [VisitDoor] {
    let community = transaction.community
    let listed = try VisitDoorStore.all(of: open.id, in: community, transaction).filter(\.isListed)
    switch share {
    case .rest: return listed.filter { $0.visitor == nil }
    case .building(let building):
      let buildings = try directory.buildings(
        of: listed.map(\.household), in: community, transaction)
      return listed.filter { buildings[$0.household] == building }
    case .door(let id):
      guard let door = listed.first(where: { $0.id == id }) else { throw Problem.notFound }
      return [door]
    }
  }

  private func append(
    _ what: VisitDoorEvent.What, to doors: [VisitDoor], _ open: OpenVisit, in transaction: Transaction
  ) throws {
    let event = VisitDoorEvent(what, at: transaction.now, by: open.actor)
    let changed = doors.map { $0.after(event) }
    for door in changed { try VisitDoorStore.update(door, in: transaction) }
    try VisitDoorStore.insert(changed.map { ($0, event) }, in: transaction)
  }

  private func requireArranging(_ open: OpenVisit) throws {
    try open.requireArranging()
    if let refusal = VisitRules.refusal(toArrange: open.campaign) { throw refusal }
  }
}

extension Problem {
  static let visitTooMany = Problem(
    "visit.too_many", status: 409,
    Phrase(
      "一次走访最多 \(VisitRules.doorLimit) 户。", "One campaign has at most \(VisitRules.doorLimit) households."),
    advice: Phrase("请分成几次。", "Please make several of it."))
}
