import Database
import Kernel
import Security

/// A person in a list of the people desk.
struct DeskEntry: Sendable, Equatable {
  let person: Person
  let roles: Set<Role>
  let door: Phrase?
}

/// All that the people desk shows of one person.
struct DeskPerson: Sendable {
  let person: Person
  let door: Door?
  let request: MembershipRequest?
  let grants: [RoleGrant]
  let cards: [HouseholdCard]
  let hasSecondFactor: Bool
  /// What those in `grants` and `cards` are called.
  let names: [PersonID: String]
}

extension People {
  static let deskListLimit = 60

  /// People by name, by building where the words name one, or by their whole telephone number.
  /// - Parameter mayFindByPhone: whether the asker may learn whose number it is.
  func search(
    _ words: String, in community: CommunityID, mayFindByPhone: Bool
  ) async throws -> [DeskEntry] {
    let cipher = try await contactCipher(in: community)
    let phone = mayFindByPhone ? PhoneNumber(typed: words) : nil
    let building = (try? Door(building: words, unit: "", room: "1"))?.building
    return try await database.read { snapshot in
      var persons: [Person] = []
      if let phone {
        persons =
          try snapshot.person(withPhone: keys.index(of: phone, in: community), in: community).map { [$0] }
          ?? []
      } else {
        if let building {
          persons = try snapshot.persons(inBuilding: building, of: community, limit: Self.deskListLimit)
        }
        let known = Set(persons.map(\.id))
        let named = try snapshot.search(.people, for: words, in: community, limit: Self.deskListLimit)
          .map { PersonID(rawValue: $0) }
        persons += try snapshot.persons(named.filter { !known.contains($0) }, in: community)
      }
      return try snapshot.deskEntries(
        for: Array(persons.prefix(Self.deskListLimit)), in: community, opening: cipher)
    }
  }

  /// Tells a telephone number to somebody who has a reason; the reason goes into the audit chain with them.
  /// - Throws: `not_found`.
  func revealPhone(
    of person: PersonID, for purpose: RevealPurpose, in community: CommunityID, by actor: Actor
  ) async throws -> PhoneNumber {
    let cipher = try await contactCipher(in: community)
    return try await database.write(in: community) { transaction in
      guard let phone = try transaction.phone(of: person, in: community, opening: cipher) else {
        throw Problem.notFound
      }
      try transaction.audit("people.phone_reveal", by: actor, of: person.rawValue, purpose: purpose.rawValue)
      return phone
    }
  }

  /// Gives or takes one role.
  /// - Throws: `role.own`, `forbidden`, `role.last_operator`, `not_found`.
  func changeRole(
    _ role: Role, of person: PersonID, isGrant: Bool, in community: CommunityID, by actor: Actor,
    actorRoles: Set<Role>
  ) async throws {
    try await database.write(in: community) { transaction in
      guard let found = try transaction.person(person, in: community) else { throw Problem.notFound }
      let operators = try transaction.operatorCount(in: community)
      // A disabled operator is not among those counted.
      let refusal = RoleRules.refusal(
        of: role, for: person, by: actor, actorRoles: actorRoles, isGrant: isGrant,
        operators: found.isDisabled ? operators + 1 : operators)
      if let refusal { throw refusal }
      if isGrant {
        try transaction.grant([role], to: person, by: actor)
      } else {
        try transaction.revoke(role, from: person, by: actor)
      }
    }
  }

  /// Shuts a person out, or lets them in again. All their sessions end in the same transaction.
  /// - Throws: `role.own`, `forbidden`, `role.last_operator`, `erasure.final`, `not_found`.
  func setDisabled(
    _ isDisabled: Bool, _ person: PersonID, in community: CommunityID, by actor: Actor, actorRoles: Set<Role>
  ) async throws {
    try await database.write(in: community) { transaction in
      guard let found = try transaction.person(person, in: community) else { throw Problem.notFound }
      let refusal = RoleRules.refusalToDisable(
        person, holding: try transaction.roles(of: person, in: community), by: actor, actorRoles: actorRoles,
        operators: isDisabled ? try transaction.operatorCount(in: community) : .max)
      if let refusal { throw refusal }
      guard found.isDisabled != isDisabled else { return }
      if try ErasureStore.find(person, in: community, transaction) != nil { throw Problem.erasureFinal }
      try transaction.setDisabled(isDisabled ? transaction.now : nil, of: person)
      try transaction.endSessions(of: person)
      try transaction.audit(
        isDisabled ? "people.disable" : "people.enable", by: actor, of: person.rawValue)
    }
  }
}

/// Why somebody needs a telephone number. Written into the audit chain.
enum RevealPurpose: String, Sendable, CaseIterable {
  case delivery
  case care
  case safety
  case account

  var name: Phrase {
    switch self {
    case .delivery: Phrase("送货或取货的事", "A delivery or pickup")
    case .care: Phrase("关心问候、探访", "A visit or a check-in")
    case .safety: Phrase("安全的事，要马上联系", "Safety, urgent")
    case .account: Phrase("帮忙处理账号", "Help with the account")
    }
  }
}
