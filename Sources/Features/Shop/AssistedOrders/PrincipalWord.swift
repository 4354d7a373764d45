import Database
package import Kernel
package import People

/// How People tells whether somebody really said yes, as the Shop needs it.
package struct PrincipalProofs: Sendable {
  /// The PIN of a person's own card, typed on a helper's device.
  /// - Throws: `card.failed`, `rate.limited`, `sign_in.busy`.
  let checkPIN: @Sendable (PersonID, String, CommunityID, Actor) async throws -> Void
  /// The number of the next unused code on a person's printed sheet, for this helper to ask for; nil without a sheet, and
  /// where that helper printed it.
  let nextCode: @Sendable (PersonID, _ helper: PersonID, CommunityID, Snapshot) throws -> Int64?
  /// Counts a try at a code, in a transaction before the one that uses it, so that nobody can guess on.
  /// - Throws: `spoken_code.blocked`, `rate.limited`.
  let countCodeTry: @Sendable (PersonID, Transaction) throws -> Void
  /// Uses a code once, in the transaction of what it says yes to.
  /// - Throws: `spoken_code.wrong`, `spoken_code.no_sheet`.
  let useCode: @Sendable (PersonID, _ number: Int64, _ code: String, Actor, Transaction) throws -> Void

  /// - Parameter checkPIN: what People does with the PIN of a card.
  package static func people(
    _ directory: Directory,
    checkPIN: @escaping @Sendable (PersonID, String, CommunityID, Actor) async throws -> Void
  ) -> PrincipalProofs {
    PrincipalProofs(
      checkPIN: checkPIN,
      nextCode: { try directory.spokenSheet(of: $0, in: $2, $3)?.next(for: $1) },
      countCodeTry: { try directory.countSpokenCodeTry(of: $0, in: $1) },
      useCode: { try directory.checkSpokenCode($2, number: $1, of: $0, by: $3, in: $4) })
  }

  /// Compares the PIN of the person's card, before the transaction that relies on it.
  /// - Throws: `card.failed`, `rate.limited`, `sign_in.busy`.
  /// - Parameter helper: whose device it is.
  func pin(
    _ typed: String, of person: PersonID, in community: CommunityID, by helper: Actor
  ) async throws -> PrincipalWord {
    try await checkPIN(person, typed, community, helper)
    return PrincipalWord(proof: .pin(person))
  }
}

/// The person's yes to one order. It can only be made by something that proves it.
package struct PrincipalWord: Sendable {
  enum Proof: Sendable, Equatable {
    /// The PIN of this person's card was right a moment ago.
    case pin(PersonID)
    /// To be compared in the transaction.
    case spokenCode(number: Int64, code: String)
    /// Somebody said yes in their own session: the person, or the relative whom they chose.
    case session(PersonID)
  }

  let proof: Proof

  fileprivate init(proof: Proof) { self.proof = proof }

  static func spokenCode(number: Int64, code: String) -> PrincipalWord {
    PrincipalWord(proof: .spokenCode(number: number, code: code))
  }

  /// - Parameter person: who is signed in.
  static func session(of person: PersonID) -> PrincipalWord { PrincipalWord(proof: .session(person)) }
}

extension PrincipalWord {
  /// Whether somebody's yes in their own session counts at this moment: the principal's as the PIN, the relative's as the
  /// family key, each only where the mandate takes that way.
  static func mayAgree(reader: PersonID, under mandate: Mandate, at now: Timestamp) -> Bool {
    let terms = mandate.terms(at: now)
    guard mandate.isAlive(at: now), let way = session(of: reader).way(for: mandate.principal, terms) else {
      return false
    }
    return terms.confirmations.contains(way)
  }

  /// By which way of a mandate it counts as the word of this person; nil where somebody else said it.
  func way(for principal: PersonID, _ terms: MandateTerms) -> ConfirmationWay? {
    switch proof {
    case .pin(let person): person == principal ? .pin : nil
    case .spokenCode: .callBack
    // Whoever signed in with card or password proved as much as the PIN does.
    case .session(principal): .pin
    case .session(let relative): relative == terms.familyKey ? .familyKey : nil
    }
  }
}

extension Representation {
  /// Whether somebody has a part in what was asked for a household under a mandate: they belong to it, or hold the key of
  /// the mandate while it counts.
  func isParty(
    _ person: PersonID, to mandate: MandateID, ofHousehold household: HouseholdID, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> Bool {
    if try self.household(person, community, snapshot) == household { return true }
    guard let mandate = try self.mandate(mandate, community, snapshot), mandate.isAlive(at: snapshot.now)
    else { return false }
    return mandate.terms(at: snapshot.now).familyKey == person
  }
}
