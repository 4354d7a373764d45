import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Security
import Web

/// The doors of the committee: what was referred to it, and nothing else of any case.
struct CommitteeDoors: Sendable {
  private static let listLimit = 200
  private static let own = Objects.own("referrals that were sent to the committee")

  let visits: CaseVisits
  let desk: ReferralDesk

  private var database: Database { visits.database }

  func register(on routes: inout Routes) {
    let members = Access.Personal.roles([.committee])
    routes.get("/referrals", for: members, objects: Self.own) { try await list($0) }
    routes.get("/referrals/:referral", for: members, objects: Self.own) { signedIn in
      .page(try await page(signedIn, .empty, []), signedIn)
    }
    routes.post("/referrals/:referral/answer", for: members, objects: Self.own) { try await answer($0) }
  }

  private func pages(_ signedIn: SignedIn) -> ReferralPages {
    ReferralPages(
      say: signedIn.say, token: signedIn.formToken, now: signedIn.now, key: Form.newKey)
  }

  /// Those that are still open to the committee: sent, not over, not about the reader, and agreed to now.
  private func open(
    _ referrals: [Referral], for reader: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(referral: Referral, file: CaseFile, text: CareText)] {
    try referrals.compactMap { referral in
      guard referral.destination == .committee, referral.state.isShown,
        let file = try CaseStore.find(referral.caseID, in: community, snapshot), file.person != reader,
        let shared = referral.shared,
        try !desk.agreed(referral, of: file.person, in: community, snapshot).isEmpty,
        let text = try CareTextStore.texts([shared], .referral(referral.id), in: community, snapshot).first
      else { return nil }
      return (referral, file, text)
    }
  }

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let reader = signedIn.personID
    let community = signedIn.community.id
    let found = try await database.read { snapshot in
      try self.open(
        ReferralStore.toCommittee(limit: Self.listLimit, in: community, snapshot), for: reader,
        in: community, snapshot)
    }
    try await note(found.map(\.file), signedIn)
    let opener = try await visits.keys.opening(found.map(\.file.person), in: community)
    let entries = try found.map {
      ReferralPages.Entry(referral: $0.referral, shared: try opener.open($0.text))
    }
    return .page(pages(signedIn).committee(entries), signedIn)
  }

  private func page(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let id: ReferralID = try signedIn.id("referral")
    let reader = signedIn.personID
    let community = signedIn.community.id
    let found = try await database.read { snapshot in
      guard let referral = try ReferralStore.find(id, in: community, snapshot),
        let found = try self.open([referral], for: reader, in: community, snapshot).first
      else { throw Problem.notFound }
      return found
    }
    try await note([found.file], signedIn)
    let opener = try await visits.keys.opening([found.file.person], in: community)
    let entry = ReferralPages.Entry(referral: found.referral, shared: try opener.open(found.text))
    return pages(signedIn).committee(entry, state, alerts: alerts)
  }

  /// Each look at a referral is one into its case, for the client to read of.
  private func note(_ files: [CaseFile], _ signedIn: SignedIn) async throws {
    let person = signedIn.personID
    try await database.write(in: signedIn.community.id) { transaction in
      try transaction.audit(
        files.map { file in
          AuditEntry(
            actor: person, role: .committee, onBehalfOf: file.person, action: CaseReadings.action,
            object: file.id.rawValue, purpose: "referral \(CaseReadings.Look.referral.rawValue)")
        })
    }
  }

  private func answer(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: ReferralID = try signedIn.id("referral")
    return try await FormAgain.answer(
      signedIn, form, page: { try await page(signedIn, $0, $1) },
      work: {
        var fields = FormReader(form)
        let state = fields.choice("state", of: ReferralState.self)
        let words = fields.words([.reply], required: state == .rejected ? [.reply] : [])
        try fields.finish()
        guard let state, [.accepted, .rejected, .done].contains(state) else { throw Problem.referralNotOpen }
        try await write(state, words, id, form, signedIn)
        return .redirect(to: "/referrals")
      })
  }

  private func write(
    _ state: ReferralState, _ words: CareDocument, _ id: ReferralID, _ form: Form, _ signedIn: SignedIn
  ) async throws {
    let (person, community) = (signedIn.personID, signedIn.community.id)
    let client = try await database.read { snapshot in
      guard let referral = try ReferralStore.find(id, in: community, snapshot),
        let found = try self.open([referral], for: person, in: community, snapshot).first
      else { throw Problem.notFound }
      return found.file.person
    }
    let seal = try await visits.keys.sealing(client, in: community)
    let key = try form.onceKey("POST /referrals", signedIn)
    try await database.write(in: community) { [desk] transaction in
      _ = try transaction.once(key) {
        guard let referral = try ReferralStore.find(id, in: community, transaction),
          try !self.open([referral], for: person, in: community, transaction).isEmpty
        else { throw Problem.notFound }
        try desk.committeeAnswers(
          state, referral, words: words, by: person, sealing: seal, in: transaction)
        return StoredAnswer(status: 303, body: [])
      }
    }
  }
}
