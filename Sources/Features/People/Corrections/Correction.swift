import Database
import Kernel
import Security

/// What is corrected about a person; what is nil stays as it is. Source: PIPL art. 46.
struct Correction: Sendable, Equatable {
  let name: String?
  let phone: PhoneNumber?
  let door: Door?

  /// Why this person may not be corrected by the actor, or nil. The number is what staff sign in with, so only those who
  /// give roles change it.
  static func refusal(
    of person: PersonID, holding roles: Set<Role>, by actor: Actor, actorRoles: Set<Role>
  ) -> Problem? {
    if person == actor.person { return .ownDataRequest }
    if roles.contains(where: \.isStaff), !RoleRules.may(actorRoles, .changeRoles) { return .actionForbidden }
    return nil
  }
}

extension DataRights {
  /// Corrects name, number and home in one go. Who moves out needs a new household card.
  /// - Throws: `data_request.own`, `forbidden`, `person.phone_taken`, `not_found`.
  func correct(
    _ person: PersonID, _ correction: Correction, in community: CommunityID, by actor: Actor,
    actorRoles: Set<Role>
  ) async throws {
    let cipher = try await people.contactCipher(in: community)
    let keys = people.keys
    try await people.database.write(in: community) { transaction in
      guard let found = try transaction.person(person, in: community),
        try ErasureStore.find(person, in: community, transaction) == nil
      else { throw Problem.notFound }
      let roles = try transaction.roles(of: person, in: community)
      if let refusal = Correction.refusal(of: person, holding: roles, by: actor, actorRoles: actorRoles) {
        throw refusal
      }
      if let name = correction.name, name != found.displayName {
        try CorrectionStore.setName(name, of: person, in: transaction)
        try transaction.audit("people.correct_name", by: actor, of: person.rawValue, onBehalfOf: person)
      }
      if let phone = correction.phone {
        try CorrectionStore.setPhone(phone, of: person, keys: keys, sealing: cipher, in: transaction)
        try transaction.audit("people.correct_phone", by: actor, of: person.rawValue, onBehalfOf: person)
      }
      if let door = correction.door {
        try move(found, to: door, by: actor, sealing: cipher, in: transaction)
      }
    }
  }

  private func move(
    _ person: Person, to door: Door, by actor: Actor, sealing cipher: FieldCipher, in transaction: Transaction
  ) throws {
    let community = transaction.community
    let known = try transaction.household(withDoor: people.keys.index(of: door, in: community), in: community)
    let household: HouseholdID = known ?? transaction.newIdentifier()
    if household == person.household { return }
    if known == nil {
      try transaction.insert(
        [(household, try HouseholdDraft(door: door))], keys: people.keys, sealing: cipher)
      try transaction.audit("people.household_create", by: actor, of: household.rawValue)
    }
    for card in try transaction.cards(of: person.id, in: community) where card.revokedAt == nil {
      try People.revokeCard(card.id, by: actor, in: transaction)
    }
    try transaction.removeMembershipRequest(of: person.id)
    try transaction.setHousehold(household, of: person.id)
    try transaction.audit(
      "people.correct_home", by: actor, of: person.id.rawValue, onBehalfOf: person.id,
      purpose: "household \(household)")
  }
}
