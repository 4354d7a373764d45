package import Database
import Kernel
import Security

/// Deleting a person: over all features in one transaction, and then outside the database.
///
/// Ledger totals, stock and counts stay what they were: rows that others need stay, and nobody can tell any more whose
/// they were. What the law wants kept for a time is ended when that time is over. Source: PIPL art. 47; E-Commerce Law
/// art. 31; field/reliability.md §3.12.
extension DataRights {
  /// How long records of transactions stay as they are.
  static let keepingTime = Duration.days(3 * 365 + 1)
  /// Erased persons whose remainder one run ends at most.
  private static let batch = 20
  static let remainderKind: StaticString = "people.erasure_remainder"

  /// What has to be settled first; empty where nothing stands in the way.
  func obstacles(to person: PersonID, in community: CommunityID, _ snapshot: Snapshot) throws -> [Phrase] {
    let subject = try subject(person, in: community, snapshot)
    return try records.flatMap { try $0.obstacles(subject, snapshot) }
  }

  /// Deletes the person; a second time changes nothing.
  /// - Parameters:
  ///   - request: the one that is being answered; others of the person end with the person.
  ///   - isAgain: whether a copy of the database from before the deletion was put back: nothing hinders it then.
  /// - Throws: `erasure.obstacles` where something has to be settled first, `not_found`.
  func erase(
    _ person: PersonID, asked request: DataRequestID? = nil, by actor: Actor, isAgain: Bool = false,
    in transaction: Transaction
  ) throws {
    let community = transaction.community
    if try ErasureStore.find(person, in: community, transaction) != nil { return }
    let found = try subject(person, in: community, transaction)
    if !isAgain {
      let obstacles = try records.flatMap { try $0.obstacles(found, transaction) }
      if !obstacles.isEmpty { throw Problem.erasureObstacles(obstacles) }
    }
    let subject = try shrunk(found, transaction)
    try transaction.overwriteWhatIsDeleted()
    try endRequests(of: person, besides: request, in: transaction)
    for part in records { try part.erase(subject, transaction) }
    for part in records { try ErasureStore.end(part.tables, about: subject, later: false, in: transaction) }
    try ErasureStore.anonymise(person, in: transaction)
    let erasure = Erasure(
      subject: subject, erasedAt: transaction.now, finishedAt: nil,
      keptUntil: transaction.now + Self.keepingTime, remainderEndedAt: nil)
    try ErasureStore.insert(erasure, by: actor, in: transaction)
    try transaction.schedule(
      Self.remainderKind, key: person.description, at: erasure.keptUntil)
    try transaction.audit("people.erase", by: actor, of: person.rawValue, onBehalfOf: person)
  }

  private func endRequests(
    of person: PersonID, besides request: DataRequestID?, in transaction: Transaction
  ) throws {
    let requests = try DataRequestStore.requests(of: person, in: transaction.community, transaction)
    for other in requests where other.isOpen && other.id != request {
      try DataRequestStore.insert(
        DataRequest.End(
          outcome: .withdrawn, at: transaction.now, by: Actor(person: person, role: .resident),
          hasAnswer: false), answer: nil, of: other.id, in: transaction)
    }
  }

  /// The subject as deletion means it: the household only where nobody else belongs to it, for what is kept of a
  /// household belongs to everyone in it.
  private func shrunk(_ subject: DataSubject, _ transaction: Transaction) throws -> DataSubject {
    guard let household = subject.household else { return subject }
    let others = try transaction.persons(of: household, in: subject.community).filter {
      $0.id != subject.person
    }
    return DataSubject(
      person: subject.person, household: others.isEmpty ? household : nil, community: subject.community)
  }

  /// Destroys what is left outside the database of everyone who was deleted. What is interrupted is done again.
  /// - Returns: how many persons were finished.
  @discardableResult
  package func finishErasures() async throws -> Int {
    let waiting = try await people.database.read { try ErasureStore.unfinished($0) }
    for erasure in waiting {
      let subject = erasure.subject
      for part in records { try await part.finish(subject) }
      // The mark that lets a database of former times, put back, forget this person again.
      try await personKeys.destroy(Self.mark(subject.person, in: subject.community))
      try await people.database.write(in: subject.community) { transaction in
        try ErasureStore.setFinished(subject.person, in: transaction)
      }
    }
    if !waiting.isEmpty { try await people.database.clearTraces() }
    return waiting.count
  }

  private static func mark(_ person: PersonID, in community: CommunityID) -> KeyScope {
    KeyScope(community: community, dataClass: .contact, person: person)
  }

  /// Deletes again whoever was deleted before and is back because an older copy of the database was restored.
  /// - Returns: how many there were.
  @discardableResult
  package func eraseAgain() async throws -> Int {
    let marks = try await personKeys.scopes().filter { $0.dataClass == .contact }
    let back = try await people.database.read { snapshot in
      try marks.filter { mark in
        guard let person = mark.person else { return false }
        return try snapshot.person(person, in: mark.community) != nil
          && ErasureStore.find(person, in: mark.community, snapshot) == nil
      }
    }
    for mark in back {
      guard let person = mark.person else { continue }
      try await people.database.write(in: mark.community) { transaction in
        try erase(person, by: .machine, isAgain: true, in: transaction)
      }
    }
    if !back.isEmpty { try await finishErasures() }
    return back.count
  }

  /// Ends what was kept for a time.
  package var jobs: [JobHandler] {
    [
      JobHandler(Self.remainderKind) { [records] transaction, _ in
        let due = try ErasureStore.remainders(
          in: transaction.community, at: transaction.now, limit: Self.batch, transaction)
        for erasure in due {
          try transaction.overwriteWhatIsDeleted()
          for part in records {
            try ErasureStore.end(part.tables, about: erasure.subject, later: true, in: transaction)
          }
          try ErasureStore.setRemainderEnded(erasure.subject.person, in: transaction)
          try transaction.audit("people.erasure_remainder", by: .machine, of: erasure.subject.person.rawValue)
        }
      }
    ]
  }
}

extension Problem {
  static let erasureFinal = Problem(
    "erasure.final", status: 409,
    Phrase("这位已经注销，不能恢复。", "This person was deleted, which cannot be undone."),
    advice: Phrase("想回来，请重新登记。", "Who wants to come back registers anew."))

  static func erasureObstacles(_ obstacles: [Phrase]) -> Problem {
    Problem(
      "erasure.obstacles", status: 409,
      Phrase(
        "还不能注销：\(obstacles.map(\.chinese).joined(separator: ""))",
        "Not yet: \(obstacles.map(\.english).joined(separator: " "))"),
      advice: Phrase("办好以后再来，马上就能注销。", "Once that is settled, it is done at once."))
  }
}
