import Database
import Kernel

/// Somebody says that they live behind a door and waits until a person who knows the neighbours confirms it.
///
/// Anyone could write down a neighbour's door, and with it come orders, pickups and what the household may buy. So
/// nobody joins a household by saying so: it takes the committee, a social worker or a leader who confirms, an
/// invitation for that household, or a household card. Until then a person belongs to no household, may
/// look at everything that is open, and cannot order.
struct MembershipRequest: Sendable, Equatable {
  let person: PersonID
  let displayName: String
  let door: Door
  /// The household behind that door, where it is registered already.
  let household: HouseholdID?
  let requestedAt: Timestamp
}

extension People {
  /// Confirms that somebody lives where they say; a door that is not registered yet becomes a household.
  /// - Throws: `not_found`; `role.own` when somebody confirms themselves; `membership.changed` when the person has
  ///   named another door since the page was shown.
  func confirmMembership(
    of person: PersonID, seen requestedAt: Timestamp, in community: CommunityID, by actor: Actor
  ) async throws {
    if person == actor.person { throw Problem.ownRoles }
    let cipher = try await contactCipher(in: community)
    let newHousehold: HouseholdID = database.identifiers.next()
    try await database.write(in: community) { transaction in
      guard let request = try transaction.membershipRequest(of: person, in: community, opening: cipher)
      else { throw Problem.notFound }
      guard request.requestedAt == requestedAt else { throw Problem.membershipChanged }
      if request.household == nil {
        try transaction.insert(
          [(newHousehold, try HouseholdDraft(door: request.door))], keys: keys, sealing: cipher)
        try transaction.audit("people.household_create", by: actor, of: newHousehold.rawValue)
      }
      let household = request.household ?? newHousehold
      try transaction.removeMembershipRequest(of: person)
      try transaction.setHousehold(household, of: person)
      try transaction.audit(
        "people.membership_confirm", by: actor, of: person.rawValue, purpose: "household \(household)")
    }
  }

  /// Turns a request down; the person keeps the account and may name another door.
  /// - Throws: `not_found`.
  func declineMembership(of person: PersonID, in community: CommunityID, by actor: Actor) async throws {
    try await database.write(in: community) { transaction in
      guard try transaction.removeMembershipRequest(of: person) else { throw Problem.notFound }
      try transaction.audit("people.membership_decline", by: actor, of: person.rawValue)
    }
  }

  /// Notes where a person without a household says that they live.
  /// - Throws: `membership.exists` (409) for members.
  func requestMembership(of person: PersonID, at door: Door, in community: CommunityID) async throws {
    let cipher = try await contactCipher(in: community)
    try await database.write(in: community) { transaction in
      guard let found = try transaction.person(person, in: community) else { throw Problem.notFound }
      if found.household != nil { throw Problem.membershipExists }
      try transaction.requestMembership(of: person, at: door, keys: keys, sealing: cipher)
      try transaction.audit(
        "people.membership_request", by: Actor(person: person, role: .resident), of: person.rawValue)
    }
  }
}

extension Problem {
  static let membershipChanged = Problem(
    "membership.changed", status: 409,
    Phrase("这位邻居刚刚改了门牌号。", "This neighbour has just named another door."),
    advice: Phrase("请看一眼新的门牌号，再确认。", "Please look at the new door before you confirm."))

  static let membershipExists = Problem(
    "membership.exists", status: 409,
    Phrase("您已经登记在一户里了。", "You belong to a household already."),
    advice: Phrase("搬家了？请打电话给居委会。", "Moved house? Please call the committee."))
}
