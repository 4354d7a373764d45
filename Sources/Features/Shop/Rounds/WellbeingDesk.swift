import Database
import Kernel
package import People
import Security
import Web

/// Keeps what carriers found of those who agreed to it, and sees to it that somebody looks after them.
package struct WellbeingDesk: Sendable {
  /// Social workers answer for everybody; their supervisors see what they see.
  static let workers: Set<Role> = [.socialWorker, .supervisor]

  private let directory: Directory
  private let consent: RoundConsent
  private let messages: RoundMessages

  package init(directory: Directory, consent: RoundConsent, messages: RoundMessages) {
    self.directory = directory
    self.consent = consent
    self.messages = messages
  }

  /// Whether a carrier is asked how this person was.
  func isAllowed(_ person: PersonID, in community: CommunityID, _ snapshot: Snapshot) throws -> Bool {
    try consent.allowsWellbeing(person, community, snapshot)
  }

  // MARK: - A finding

  /// Keeps a finding, where the person agrees to it at this very moment.
  func take(
    _ finding: WellbeingFinding, note: String, _ report: OutcomeReport, at stop: RoundStop, of round: Round,
    by courier: Actor, sealing cipher: FieldCipher, in transaction: Transaction
  ) throws -> OutcomeAnswer {
    let community = transaction.community
    guard try isAllowed(stop.person, in: community, transaction) else {
      return .refused(.wellbeingNotAllowed)
    }
    if let earlier = try WellbeingStore.tap(
      key: report.key, by: courier.person, in: community, transaction)
    {
      let isSame = earlier.stop == stop.id && earlier.finding == finding
      return isSame ? .repeated : .refused(.idempotencyMismatch)
    }
    let tap = WellbeingTap(
      id: transaction.newIdentifier(), round: round.id, finding: finding, note: note,
      tappedAt: report.happenedAt)
    try WellbeingStore.insert(
      tap, key: report.key, at: stop, by: courier.person, sealing: cipher, in: transaction)
    try ForgetWellbeing.schedule(tap.id, in: transaction)
    try transaction.audit(
      AuditEntry(
        actor: courier.person, role: courier.role, onBehalfOf: stop.person, action: "shop.wellbeing_tap",
        object: tap.id.rawValue))
    switch finding {
    case .seen: break
    case .concern: try begin(.concern, for: stop.person, in: transaction)
    case .notAnswered:
      let since = try WellbeingStore.lastClosed(of: stop.person, in: community, transaction)
      let taps = try WellbeingStore.taps(of: stop.person, since: since, in: community, transaction)
      if WellbeingLadder.missedInARow(taps) >= WellbeingLadder.missedRounds {
        try begin(.missed, for: stop.person, in: transaction)
      }
    }
    return .recorded
  }

  private func begin(
    _ cause: WellbeingConcern.Cause, for person: PersonID, in transaction: Transaction
  ) throws {
    if let open = try WellbeingStore.open(of: person, in: transaction.community, transaction) {
      // Whom the ladder is still asking hears no more of it; whoever let it rest is asked again.
      guard cause == .concern || open.isUnanswered else { return }
      let move = WellbeingLadder.worsen(open, cause, now: transaction.now)
      try WellbeingStore.update(move.concern, in: transaction)
      return try carryOut(move, in: transaction)
    }
    let contacts = try WellbeingStore.contacts(of: person, in: transaction.community, transaction)
    let move = WellbeingLadder.begin(
      transaction.newIdentifier(), person, cause, reachable: Set(contacts.keys), now: transaction.now)
    try WellbeingStore.insert(move.concern, in: transaction)
    try carryOut(move, in: transaction)
  }

  // MARK: - The ladder

  /// What happens by itself when nobody has answered in time. It ends with the person's consent.
  func pass(_ id: WellbeingConcernID, in transaction: Transaction) throws {
    let community = transaction.community
    guard let concern = try WellbeingStore.find(id, in: community, transaction), concern.state != .closed
    else { return }
    guard try isAllowed(concern.person, in: community, transaction) else {
      return try close(concern, by: nil, in: transaction)
    }
    let contacts = try WellbeingStore.contacts(of: concern.person, in: community, transaction)
    guard
      let move = WellbeingLadder.pass(concern, reachable: Set(contacts.keys), now: transaction.now)
    else { return try PassOnWellbeing.schedule(concern, in: transaction) }
    try WellbeingStore.update(move.concern, in: transaction)
    try carryOut(move, in: transaction)
  }

  private func carryOut(_ move: WellbeingLadder.Move, in transaction: Transaction) throws {
    let concern = move.concern
    for step in move.tell {
      for person in try persons(at: step, of: concern.person, transaction) {
        try WellbeingStore.tell(person, of: concern.id, as: step, in: transaction)
        try messages.send(
          RoundMessages.Call(
            person: person, concern: concern.id, step: step.rawValue, text: Self.words(step),
            path: "/wellbeing/\(concern.id)"), transaction)
      }
      try transaction.publish(
        "shop.wellbeing_concern", subject: concern.id.rawValue, body: #"{"step":"\#(step.rawValue)"}"#)
    }
    try PassOnWellbeing.schedule(concern, in: transaction)
  }

  /// Names nobody: it may be read on a lock screen.
  private static func words(_ step: WellbeingStep) -> Phrase {
    step == .worker
      ? Phrase(
        "有一位邻居需要尽快看望，请打开处理；紧急时先打 110 或 120。",
        "A neighbour should be looked after soon. Please open this; in an emergency call 110 or 120 first.")
      : Phrase(
        "送货上门时，有一位您关心的邻居需要看望一下，请打开看看。",
        "At a delivery, somebody you care for seemed to need a visit. Please have a look.")
  }

  private func persons(
    at step: WellbeingStep, of person: PersonID, _ snapshot: Transaction
  ) throws -> [PersonID] {
    guard step == .worker else {
      let contacts = try WellbeingStore.contacts(of: person, in: snapshot.community, snapshot)
      return contacts[step].map { [$0] } ?? []
    }
    for role in [Role.socialWorker, .supervisor, .committee] {
      let found = try directory.persons(holding: role, in: snapshot.community, snapshot)
      if !found.isEmpty { return found }
    }
    return []
  }

  // MARK: - Answers

  /// What somebody who was told, or a social worker, may see and answer.
  /// - Throws: `not_found` for everybody else, and once the consent has ended.
  func concern(
    _ id: WellbeingConcernID, for person: PersonID, _ roles: Set<Role>, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> WellbeingConcern {
    guard let concern = try WellbeingStore.find(id, in: community, snapshot),
      try isAllowed(concern.person, in: community, snapshot)
    else { throw Problem.notFound }
    if !roles.isDisjoint(with: Self.workers) { return concern }
    let told = try WellbeingStore.told(of: id, in: community, snapshot)
    guard concern.state != .closed, told.contains(where: { $0.person == person }) else {
      throw Problem.notFound
    }
    return concern
  }

  /// "I am looking after it", or "all is well".
  /// - Throws: `not_found`.
  func answer(
    isWell: Bool, _ id: WellbeingConcernID, by actor: Actor, _ roles: Set<Role>, in transaction: Transaction
  ) throws {
    let concern = try concern(id, for: actor.person, roles, in: transaction.community, transaction)
    if concern.state == .closed { return }
    if isWell {
      try close(concern, by: actor.person, in: transaction)
    } else {
      let told = try WellbeingStore.told(of: id, in: transaction.community, transaction)
      if !told.contains(where: { $0.person == actor.person }) {
        try WellbeingStore.tell(actor.person, of: id, as: .worker, in: transaction)
      }
      let taken = WellbeingLadder.takeOver(concern, by: actor.person, now: transaction.now)
      try WellbeingStore.update(taken, in: transaction)
      try PassOnWellbeing.schedule(taken, in: transaction)
    }
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, onBehalfOf: concern.person,
        action: isWell ? "shop.wellbeing_well" : "shop.wellbeing_care", object: id.rawValue))
  }

  private func close(
    _ concern: WellbeingConcern, by person: PersonID?, in transaction: Transaction
  ) throws {
    let closed = WellbeingLadder.close(concern, by: person, now: transaction.now)
    try WellbeingStore.update(closed, in: transaction)
    try PassOnWellbeing.schedule(closed, in: transaction)
    try ForgetWellbeing.schedule(closed.id, in: transaction)
  }
}
