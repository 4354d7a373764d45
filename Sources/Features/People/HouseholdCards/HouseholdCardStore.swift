import Database
import Kernel

/// A card as sign-in needs it.
struct CardCredential: Sendable {
  let id: HouseholdCardID
  let person: PersonID
  let number: String
  let pinHash: String
  let issuedBy: PersonID
}

extension Snapshot {
  /// The card with this number that works, of a person who is not disabled.
  func card(withNumber number: String, in community: CommunityID) throws -> CardCredential? {
    try credential(where: "card.number = \(number) AND card.community_id = \(community)")
  }

  func card(withToken code: [UInt8], in community: CommunityID) throws -> CardCredential? {
    try credential(where: "card.token_code = \(code) AND card.community_id = \(community)")
  }

  private func credential(where condition: Query) throws -> CardCredential? {
    try first(
      """
      SELECT card.id, card.person_id, card.number, card.pin_hash, card.issued_by_id
      FROM people_household_card card JOIN people_person person
        ON person.id = card.person_id AND person.community_id = card.community_id
      WHERE \(condition) AND card.revoked_at IS NULL AND person.disabled_at IS NULL
        AND person.household_id = card.household_id
      """
    ) { row in
      CardCredential(
        id: try row[0], person: try row[1], number: try row[2], pinHash: try row[3], issuedBy: try row[4])
    }
  }

  /// A person's cards, the newest first.
  func cards(of person: PersonID, in community: CommunityID) throws -> [HouseholdCard] {
    try all(
      """
      SELECT id, household_id, person_id, number, issued_by_id, issued_at, revoked_at
      FROM people_household_card WHERE community_id = \(community) AND person_id = \(person)
      ORDER BY issued_at DESC, id DESC
      """
    ) { row in
      HouseholdCard(
        id: try row[0], household: try row[1], person: try row[2], number: try row[3], issuedBy: try row[4],
        issuedAt: try row[5], revokedAt: try row[6])
    }
  }
}

extension Transaction {
  /// - Returns: false when the number or token is another card's; nothing is then stored.
  func insertCard(
    _ id: HouseholdCardID, household: HouseholdID, person: PersonID, number: String, tokenCode: [UInt8],
    pinHash: String, by actor: PersonID
  ) throws -> Bool {
    try execute(
      """
      INSERT INTO people_household_card (id, community_id, household_id, person_id, number, token_code, pin_hash,
        issued_by_id, issued_at)
      VALUES (\(id), \(community), \(household), \(person), \(number), \(tokenCode), \(pinHash), \(actor), \(now))
      ON CONFLICT DO NOTHING
      """) == 1
  }

  /// - Returns: whose card it was; nil when there is no such working card.
  func revokeCard(_ id: HouseholdCardID, by actor: PersonID) throws -> PersonID? {
    guard
      let person: PersonID = try value(
        """
        SELECT person_id FROM people_household_card
        WHERE community_id = \(community) AND id = \(id) AND revoked_at IS NULL
        """)
    else { return nil }
    try execute(
      """
      UPDATE people_household_card SET revoked_at = \(now), revoked_by_id = \(actor)
      WHERE community_id = \(community) AND id = \(id)
      """)
    return person
  }
}
