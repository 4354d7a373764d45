import Database
import Kernel
import Security

extension FieldAddress {
  static func secondFactor(of person: PersonID, in community: CommunityID) -> FieldAddress {
    FieldAddress("people_account", "second_factor", row: person, community: community)
  }
}

extension Snapshot {
  func account(of person: PersonID, in community: CommunityID) throws -> Account? {
    try account(where: "account.person_id = \(person) AND account.community_id = \(community)")
  }

  func account(withPhone index: [UInt8], in community: CommunityID) throws -> Account? {
    try account(where: "person.phone_index = \(index) AND person.community_id = \(community)")
  }

  private func account(where condition: Query) throws -> Account? {
    try first(
      """
      SELECT account.person_id, account.password_hash, account.second_factor, account.second_factor_step,
        account.second_factor_candidate, person.disabled_at
      FROM people_account account JOIN people_person person
        ON person.id = account.person_id AND person.community_id = account.community_id
      WHERE \(condition)
      """
    ) { row in
      Account(
        person: try row[0], passwordHash: try row[1], secondFactor: try row[2], secondFactorStep: try row[3],
        secondFactorCandidate: try row[4], isDisabled: !row.isNull(5))
    }
  }
}

extension Transaction {
  /// - Throws: `account.exists` (409) when the person has one.
  func insertAccount(of person: PersonID, passwordHash: String, secondFactor: [UInt8]? = nil) throws {
    do {
      try execute(
        """
        INSERT INTO people_account (person_id, community_id, password_hash, second_factor, created_at, changed_at)
        VALUES (\(person), \(community), \(passwordHash), \(secondFactor), \(now), \(now))
        """)
    } catch DatabaseError.unique {
      throw Problem.accountExists
    }
  }

  func setPassword(_ hash: String, of person: PersonID) throws {
    try execute(
      """
      UPDATE people_account SET password_hash = \(hash), changed_at = \(now)
      WHERE person_id = \(person) AND community_id = \(community)
      """)
  }

  /// Takes a step as used; false when it, or a later one, was used meanwhile.
  func useSecondFactorStep(_ step: Int64, of person: PersonID) throws -> Bool {
    try execute(
      """
      UPDATE people_account SET second_factor_step = \(step)
      WHERE person_id = \(person) AND community_id = \(community)
        AND (second_factor_step IS NULL OR second_factor_step < \(step))
      """) == 1
  }

  func setSecondFactorCandidate(_ sealed: [UInt8]?, of person: PersonID) throws {
    try execute(
      """
      UPDATE people_account SET second_factor_candidate = \(sealed)
      WHERE person_id = \(person) AND community_id = \(community)
      """)
  }

  /// Puts a confirmed secret, or none, in place of the earlier one.
  func setSecondFactor(_ sealed: [UInt8]?, lastStep: Int64?, of person: PersonID) throws {
    try execute(
      """
      UPDATE people_account SET second_factor = \(sealed), second_factor_step = \(lastStep),
        second_factor_candidate = NULL, changed_at = \(now)
      WHERE person_id = \(person) AND community_id = \(community)
      """)
  }
}

extension Problem {
  static let accountExists = Problem(
    "account.exists", status: 409,
    Phrase("这位居民已经有账号了。", "This person has an account already."),
    advice: Phrase("请直接登录。", "Please sign in."))
}
