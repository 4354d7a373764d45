package import Database
package import Kernel

extension ThrottleBucket {
  /// Tries at the codes of a person's sheet.
  static func spokenCode(_ person: PersonID) -> ThrottleBucket {
    ThrottleBucket("spoken_code", Array(person.description.utf8))
  }
}

extension Snapshot {
  /// The sheet that counts; nil where none was ever printed.
  func spokenSheet(of person: PersonID, in community: CommunityID) throws -> SpokenSheet? {
    let newest = try first(
      """
      SELECT generation, printed_at, printed_by_id FROM people_spoken_sheet
      WHERE community_id = \(community) AND person_id = \(person) ORDER BY generation DESC LIMIT 1
      """
    ) { row in
      (
        generation: try row[0] as Int64, printedAt: try row[1] as Timestamp,
        printedBy: try row[2] as PersonID
      )
    }
    guard let newest else { return nil }
    let used: [Int64] = try values(
      """
      SELECT number FROM people_spoken_code_use
      WHERE community_id = \(community) AND person_id = \(person) AND generation = \(newest.generation)
      """)
    return SpokenSheet(
      generation: newest.generation, printedAt: newest.printedAt, printedBy: newest.printedBy,
      used: Set(used))
  }

  func failures(in bucket: ThrottleBucket, of community: CommunityID) throws -> Int64 {
    try value(
      """
      SELECT failures FROM people_throttle
      WHERE community_id = \(community) AND bucket = \(bucket.digest)
      """) ?? 0
  }
}

extension Transaction {
  /// Makes the next sheet the one that counts.
  /// - Returns: its generation.
  func insertSpokenSheet(of person: PersonID, by actor: Actor) throws -> Int64 {
    let generation = (try spokenSheet(of: person, in: community)?.generation ?? 0) + 1
    try execute(
      """
      INSERT INTO people_spoken_sheet (community_id, person_id, generation, printed_by_id, printed_at)
      VALUES (\(community), \(person), \(generation), \(actor.person), \(now))
      """)
    return generation
  }

  func insertSpokenCodeUse(of person: PersonID, _ generation: Int64, _ number: Int64, by actor: Actor) throws
  {
    try execute(
      """
      INSERT INTO people_spoken_code_use (community_id, person_id, generation, number, used_by_id, used_at)
      VALUES (\(community), \(person), \(generation), \(number), \(actor.person), \(now))
      """)
  }
}

extension Directory {
  /// The sheet of codes that counts; nil where none was ever printed.
  package func spokenSheet(
    of person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> SpokenSheet? {
    try snapshot.spokenSheet(of: person, in: community)
  }

  /// Counts a try at a spoken code. It is a transaction of its own, before the one that checks, so that wrong tries
  /// are counted although what they were made for is undone.
  /// - Throws: `spoken_code.blocked`, `rate.limited`.
  package func countSpokenCodeTry(of principal: PersonID, in transaction: Transaction) throws {
    let bucket = ThrottleBucket.spokenCode(principal)
    guard try transaction.failures(in: bucket, of: transaction.community) < SpokenCodes.wrongTries else {
      throw Problem.spokenSheetBlocked
    }
    try transaction.charge(bucket)
  }

  /// Takes the code with this number as used, in the transaction of what it says yes to.
  ///
  /// - Parameter number: 1…20, as the caller was asked for.
  /// - Throws: `spoken_code.wrong` for a wrong or used one, `spoken_code.no_sheet`, `spoken_code.by_helper` where the
  ///   actor printed the sheet, before or after they were named as helper.
  package func checkSpokenCode(
    _ typed: String, number: Int64, of principal: PersonID, by actor: Actor, in transaction: Transaction
  ) throws {
    guard let sheet = try transaction.spokenSheet(of: principal, in: transaction.community), sheet.next != nil
    else { throw Problem.spokenSheetMissing }
    if sheet.printedBy == actor.person { throw Problem.spokenSheetByHelper }
    guard (1...SpokenCodes.perSheet).contains(number), !sheet.used.contains(number),
      spokenCodes.matches(typed, of: principal, generation: sheet.generation, number: number)
    else { throw Problem.spokenCodeWrong }
    try transaction.insertSpokenCodeUse(of: principal, sheet.generation, number, by: actor)
    try transaction.forgive(.spokenCode(principal))
    try transaction.audit(
      "people.spoken_code_use", by: actor, of: principal.rawValue, onBehalfOf: principal, purpose: "\(number)"
    )
  }
}
