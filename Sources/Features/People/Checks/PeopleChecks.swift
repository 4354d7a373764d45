package import Database
package import Kernel

extension People {
  /// What `nuanlin check` asks of People. Each breach names rows by identifier only.
  package static func checks(_ snapshot: Snapshot) throws -> [Breach] {
    try accounts(snapshot) + sessions(snapshot) + cards(snapshot) + memberships(snapshot) + audit(snapshot)
      + rights(snapshot)
      + MandateInvariants.breaches(snapshot) + ConsentInvariants.breaches(snapshot)
  }

  private static func accounts(_ snapshot: Snapshot) throws -> [Breach] {
    let strangers = try snapshot.accountsWithoutPerson()
    let numberless = try snapshot.accountsWithoutPhone()
    let rolesOfNobody = try snapshot.rolesWithoutPerson()
    return strangers.map { Breach("people.account_without_person", "person \($0)") }
      + numberless.map { Breach("people.account_without_phone", "person \($0)") }
      + rolesOfNobody.map { Breach("people.role_without_person", "person \($0)") }
  }

  private static func sessions(_ snapshot: Snapshot) throws -> [Breach] {
    let strangers = try snapshot.sessionsWithoutPerson()
    let disabled = try snapshot.sessionsOfDisabledPersons()
    return strangers.map { Breach("people.session_without_person", "person \($0)") }
      + disabled.map { Breach("people.session_of_disabled_person", "person \($0)") }
  }

  private static func cards(_ snapshot: Snapshot) throws -> [Breach] {
    try snapshot.cardsWithoutHousehold().map { Breach("people.card_without_household", "card \($0)") }
  }

  private static func memberships(_ snapshot: Snapshot) throws -> [Breach] {
    let homeless = try snapshot.personsInUnknownHouseholds()
    let twice = try snapshot.membershipRequestsWithoutNeed()
    return homeless.map { Breach("people.person_in_unknown_household", "person \($0)") }
      + twice.map { Breach("people.request_of_member", "person \($0)") }
  }

  private static func rights(_ snapshot: Snapshot) throws -> [Breach] {
    let strays = try DataRequestStore.strayEnds(snapshot)
    let remnants = try ErasureStore.remnants(snapshot)
    return strays.map { Breach("people.answer_without_request", "request \($0)") }
      + remnants.map { Breach("people.deleted_and_still_there", "person \($0)") }
  }

  private static func audit(_ snapshot: Snapshot) throws -> [Breach] {
    let communities = try snapshot.communityIdentifiers()
    return try communities.compactMap { community in
      try snapshot.verifyAudit(of: community).breaksAt.map {
        Breach("audit.chain_broken", "community \(community), entry \($0)")
      }
    }
  }
}
