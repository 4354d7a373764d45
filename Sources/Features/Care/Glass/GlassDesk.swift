package import Database
package import Kernel
package import Messages
package import People

/// Where somebody without a part in a case opens it in an emergency, and where that is looked over.
package struct GlassDesk: Sendable {
  let directory: Directory
  let messenger: Messenger

  package init(directory: Directory, messenger: Messenger) {
    self.directory = directory
    self.messenger = messenger
  }

  /// The person and the case that somebody means who is about to break the glass: an open case before a closed one.
  func looked(
    for who: GlassForm.Who, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> (person: PersonID?, file: CaseFile?) {
    switch who {
    case .number(let number):
      let file = try CaseStore.find(number: number, in: community, snapshot)
      return (file?.person, file)
    case .phone(let typed):
      guard let person = try directory.person(withPhone: typed, in: community, snapshot) else {
        return (nil, nil)
      }
      let files = try CaseStore.cases(of: person, in: community, snapshot)
      return (person, files.first { $0.standing.stage != .closure } ?? files.first)
    }
  }

  /// Opens one case for three hours.
  /// - Throws: `glass.not_reviewed`, `glass.not_needed`, `not_found` for a case of oneself and of other communities.
  @discardableResult
  package func smash(
    _ id: CaseID, _ reason: BrokenGlass.Reason, words: CareDocument, for reader: CaseReader,
    offsetSeconds: Int, sealing seal: CareSeal, in transaction: Transaction
  ) throws -> BrokenGlass {
    let (community, now) = (transaction.community, transaction.now)
    guard let file = try CaseStore.find(id, in: community, transaction), file.person != reader.person,
      !reader.roles.isDisjoint(with: CaseReader.roles)
    else { throw Problem.notFound }
    let doorkeeper = CaseDoorkeeper(directory: directory)
    if try !doorkeeper.open([file], for: reader, in: community, transaction).isEmpty {
      throw Problem.glassNotNeeded
    }
    if try GlassStore.hasUnreviewed(by: reader.person, in: community, transaction) {
      throw Problem.glassNotReviewed
    }
    let role: Role = reader.roles.contains(.socialWorker) ? .socialWorker : .supervisor
    let actor = Actor(person: reader.person, role: role)
    let glass = BrokenGlass(
      id: transaction.newIdentifier(), caseID: id, person: file.person, breaker: actor, reason: reason,
      text: try seal.write(words, case: id, .ordinary, by: reader.person, in: transaction), brokenAt: now,
      closesAt: now + BrokenGlass.openTime,
      reviewDueAt: BrokenGlass.reviewDue(after: now, offsetSeconds: offsetSeconds), review: nil)
    try GlassStore.insert(glass, in: transaction)
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, onBehalfOf: file.person, action: "care.glass_break",
        object: id.rawValue, purpose: reason.rawValue))
    try tell(glass, file, in: transaction)
    return glass
  }

  /// Notes that somebody looked for a case that is not there, so that asking is no quiet way to know. Where they named a
  /// person, the supervisors hear of it.
  ///
  /// - Parameter person: nil for a number that is nobody's.
  package func missed(
    _ person: PersonID?, _ reason: BrokenGlass.Reason, by reader: CaseReader, in transaction: Transaction
  ) throws {
    let role: Role = reader.roles.contains(.socialWorker) ? .socialWorker : .supervisor
    try transaction.audit(
      AuditEntry(
        actor: reader.person, role: role, onBehalfOf: person, action: "care.glass_miss",
        object: (person ?? reader.person).rawValue, purpose: reason.rawValue))
    if person == nil { return }
    let supervisors = try directory.persons(
      holding: .supervisor, in: transaction.community, transaction)
    try messenger.send(
      supervisors.filter { $0 != reader.person }.map {
        Message(
          to: $0, CaseNotices.glassBroken, about: reader.person.rawValue,
          occasion: "miss-\(transaction.now.seconds)",
          Phrase(
            "有同事想紧急查看一位居民的个案，这位居民没有个案。请问一问缘由。",
            "A colleague tried an emergency look at somebody who has no case. Please ask why."),
          path: "/glass")
      }, in: transaction)
  }

  /// The case's supervisor and worker, and every supervisor where the case has none.
  private func tell(_ glass: BrokenGlass, _ file: CaseFile, in transaction: Transaction) throws {
    let supervisors = try directory.persons(
      holding: .supervisor, in: transaction.community, transaction)
    let own = file.standing.supervisor.map { [$0] } ?? supervisors
    let told = Set(own + [file.standing.worker].compactMap(\.self))
      .subtracting([glass.breaker.person, file.person])
    // Where the case's own supervisor broke it, another one has to look it over.
    let reviewers = told.isEmpty ? Set(supervisors).subtracting([glass.breaker.person, file.person]) : told
    try messenger.send(
      reviewers.sorted().map {
        Message(
          to: $0, CaseNotices.glassBroken, about: glass.id.rawValue, occasion: "broken",
          Phrase(
            "个案 \(file.label) 被紧急查看了，请在三个工作日内复核。",
            "Case \(file.label) was opened in an emergency; please review it within three working days."),
          path: "/glass/\(glass.id)")
      }, in: transaction)
  }

  /// A supervisor's judgement on one use.
  /// - Throws: `approval.own`, `glass.reviewed`, `not_found`.
  package func review(
    _ id: BrokenGlassID, isJustified: Bool, words: CareDocument, by person: PersonID,
    sealing seal: CareSeal?, in transaction: Transaction
  ) throws {
    guard let glass = try GlassStore.find(id, in: transaction.community, transaction),
      glass.person != person
    else { throw Problem.notFound }
    if let refusal = glass.refusalToReview(by: person) { throw refusal }
    var text: CareTextID?
    if !words.written.isEmpty {
      text = try seal?.write(words, case: glass.caseID, .ordinary, by: person, in: transaction)
    }
    try GlassStore.insert(
      BrokenGlass.Review(isJustified: isJustified, at: transaction.now, by: person, text: text), of: id,
      in: transaction)
    try transaction.audit(
      AuditEntry(
        actor: person, role: .supervisor, onBehalfOf: glass.person, action: "care.glass_review",
        object: glass.caseID.rawValue, purpose: isJustified ? "justified" : "not_justified"))
  }
}
