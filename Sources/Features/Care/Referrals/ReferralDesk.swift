package import Database
import Kernel
package import Messages
package import People

/// Referrals: written by the worker, agreed to by the client, answered by the other side.
package struct ReferralDesk: Sendable {
  let directory: Directory
  let messenger: Messenger

  package init(directory: Directory, messenger: Messenger) {
    self.directory = directory
    self.messenger = messenger
  }

  /// Writes a referral; nothing of it is shown to anybody before the client agreed.
  /// - Throws: `case.no_basis`, `case.forbidden`.
  @discardableResult
  package func write(
    to destination: Referral.Destination, fields: Set<DataCategory>, words: CareDocument, _ open: OpenCase,
    sealing seal: CareSeal, in transaction: Transaction
  ) throws -> Referral {
    try open.requireWriting()
    let person = open.actor.person
    let referral = Referral(
      id: transaction.newIdentifier(), caseID: open.id, episode: open.file.standing.episode,
      destination: destination, fields: fields,
      text: try seal.write(words, case: open.id, .sensitive, by: person, in: transaction),
      madeAt: transaction.now, madeBy: person,
      events: [
        ReferralEvent(state: .asking, at: transaction.now, actor: open.actor, text: nil, consent: nil)
      ])
    try ReferralStore.insert(referral, in: transaction)
    try transaction.audit(
      "care.referral_write", open, of: referral.id.rawValue, purpose: ChoiceList.text(fields))
    return referral
  }

  /// Notes that the client said no.
  package func refuse(_ id: ReferralID, _ open: OpenCase, in transaction: Transaction) throws {
    let referral = try find(id, open, in: transaction)
    try append(.refused, to: referral, by: open.actor, of: open.file.person, in: transaction)
  }

  /// Sends it with exactly the fields that the client agreed to, asked of the gate in this very transaction.
  ///
  /// - Parameter words: what the worker wrote.
  /// - Throws: `referral.no_consent`, `referral.not_open`.
  package func send(
    _ id: ReferralID, words: CareDocument, _ open: OpenCase, sealing seal: CareSeal,
    in transaction: Transaction
  ) throws {
    try open.requireWriting()
    let community = transaction.community
    let referral = try find(id, open, in: transaction)
    let agreed = try agreed(referral, of: open.file.person, in: community, transaction)
    guard let consent = try consent(of: referral, of: open.file.person, in: community, transaction),
      !agreed.isEmpty
    else { throw Problem.referralWithoutConsent }
    let shared = Referral.shared(words, agreed: agreed)
    let text = try seal.write(shared, .ordinary, by: open.actor.person, in: transaction)
    try append(
      .sent, to: referral, by: open.actor, of: open.file.person, text: text, consent: consent,
      in: transaction)
    if referral.destination == .committee {
      let members = try directory.persons(holding: .committee, in: community, transaction)
      try messenger.send(
        members.filter { $0 != open.file.person }.map {
          Message(
            to: $0, CaseNotices.referral, about: id.rawValue, occasion: "sent",
            Phrase("社工转来一张单子，等您答复。", "A social worker has sent you a referral."),
            path: "/referrals/\(id)")
        }, in: transaction)
    }
    try transaction.schedule(
      ExpireReferral.kind, key: id.description, at: transaction.now + Referral.answerTime,
      body: #"{"referral":"\#(id)"}"#)
  }

  /// What the other side said, noted by the worker for those outside.
  package func note(
    _ state: ReferralState, _ id: ReferralID, words: CareDocument, _ open: OpenCase, sealing seal: CareSeal,
    in transaction: Transaction
  ) throws {
    guard open.access.relation == .worker else { throw Problem.caseForbidden }
    let referral = try find(id, open, in: transaction)
    // The committee answers for itself; the worker may only take back.
    guard referral.destination == .organisation || state == .revoked, state != .sent, state != .asking,
      state != .refused, state != .expired
    else { throw Problem.referralNotOpen }
    var text: CareTextID?
    if !words.written.isEmpty {
      text = try seal.write(words, case: open.id, .ordinary, by: open.actor.person, in: transaction)
    }
    try append(state, to: referral, by: open.actor, of: open.file.person, text: text, in: transaction)
  }

  /// The committee's own answer; the worker hears that there is one.
  func committeeAnswers(
    _ state: ReferralState, _ referral: Referral, words: CareDocument, by person: PersonID,
    sealing seal: CareSeal, in transaction: Transaction
  ) throws {
    guard let file = try CaseStore.find(referral.caseID, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    var text: CareTextID?
    if !words.written.isEmpty {
      text = try seal.write(words, case: file.id, .ordinary, by: person, in: transaction)
    }
    try append(
      state, to: referral, by: Actor(person: person, role: .committee), of: file.person, text: text,
      in: transaction)
    guard let worker = file.standing.worker else { return }
    try messenger.send(
      [
        Message(
          to: worker, CaseNotices.referralAnswered, about: referral.id.rawValue, occasion: state.rawValue,
          Phrase("个案 \(file.label) 的转介有了答复。", "A referral of case \(file.label) has its answer."),
          path: "/cases/\(file.id)/referrals/\(referral.id)")
      ], in: transaction)
  }

  /// The categories that the gate lets this referral tell now.
  func agreed(
    _ referral: Referral, of client: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Set<DataCategory> {
    try Set(
      referral.fields.filter { category in
        try directory.consent.allows(
          client, .referral(of: referral.id.rawValue), category, to: .partner, at: snapshot.now,
          in: community, snapshot)
      })
  }

  private func consent(
    of referral: Referral, of client: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ConsentID? {
    try directory.consents(of: client, code: CareNotices.referral, in: community, snapshot)
      .first { $0.0.terms.matter == referral.id.rawValue && $0.0.state(at: snapshot.now) == .given }?.0.id
  }

  private func find(_ id: ReferralID, _ open: OpenCase, in transaction: Transaction) throws -> Referral {
    guard let referral = try ReferralStore.find(id, in: transaction.community, transaction),
      referral.caseID == open.id
    else { throw Problem.notFound }
    return referral
  }

  func append(
    _ state: ReferralState, to referral: Referral, by actor: Actor, of client: PersonID,
    text: CareTextID? = nil, consent: ConsentID? = nil, in transaction: Transaction
  ) throws {
    if let refusal = referral.refusal(of: state) { throw refusal }
    let event = ReferralEvent(
      state: state, at: transaction.now, actor: actor, text: text, consent: consent)
    try ReferralStore.append(event, to: referral, in: transaction)
    if !state.isShown { try transaction.cancelJob(ExpireReferral.kind, key: referral.id.description) }
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, onBehalfOf: client, action: "care.referral_event",
        object: referral.id.rawValue, purpose: state.rawValue))
  }
}

/// A referral that nobody answered is over after thirty days.
enum ExpireReferral {
  static let kind: StaticString = "care.expire_referral"

  static func handler(_ desk: ReferralDesk) -> JobHandler {
    JobHandler(kind) { transaction, job in
      guard let id = try JobBody.identifier("referral", of: job, as: ReferralKind.self),
        let referral = try ReferralStore.find(id, in: transaction.community, transaction),
        referral.state == .sent,
        let file = try CaseStore.find(referral.caseID, in: transaction.community, transaction)
      else { return }
      try desk.append(.expired, to: referral, by: .machine, of: file.person, in: transaction)
    }
  }
}
