import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Security
import Web

/// The doors of emergency looks.
struct GlassDoors: Sendable {
  private static let listLimit = 100
  private static let looksShown = 200

  let visits: CaseVisits
  let desk: GlassDesk

  private var database: Database { visits.database }

  func register(on routes: inout Routes) {
    let own = Objects.own("emergency looks of the person; those of others for supervisors")
    routes.get("/glass", for: CaseForms.readers, objects: own) { signedIn in
      .page(try await list(signedIn, .empty, []), signedIn)
    }
    routes.post(
      "/glass", for: CaseForms.readers, objects: .community,
      limits: [RateLimit("care.glass", 10, per: .hours(1))]
    ) { try await smash($0) }
    routes.get("/glass/:glass", for: .roles([.supervisor]), objects: own) { signedIn in
      .page(try await reviewPage(signedIn, .empty, []), signedIn)
    }
    routes.post("/glass/:glass/review", for: .roles([.supervisor]), objects: own) { try await review($0) }
  }

  private func pages(_ signedIn: SignedIn) -> GlassPages {
    GlassPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
  }

  private func entries(
    _ glasses: [BrokenGlass], _ reader: CaseReader, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [GlassPages.Entry] {
    let isSupervisor = reader.roles.contains(.supervisor)
    // Whoever is the client of an opened case reads of it on their own page.
    let seen = glasses.filter {
      $0.person != reader.person && (isSupervisor || $0.breaker.person == reader.person)
    }
    let names = try desk.directory.displayNames(
      of: seen.map(\.breaker.person), in: community, snapshot)
    return try seen.map { glass in
      let file = try CaseStore.find(glass.caseID, in: community, snapshot)
      return GlassPages.Entry(
        glass: glass, label: file?.label ?? "—", breaker: names[glass.breaker.person] ?? "—",
        isOwn: glass.breaker.person == reader.person,
        mayReview: isSupervisor && glass.refusalToReview(by: reader.person) == nil)
    }
  }

  private func list(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let reader = try await visits.reader(signedIn)
    let community = signedIn.community.id
    let entries = try await database.read { snapshot in
      try self.entries(
        try GlassStore.list(limit: Self.listLimit, in: community, snapshot), reader, in: community, snapshot)
    }
    return pages(signedIn).list(
      entries, key: Form.newKey, state, alerts: alerts)
  }

  // MARK: - Breaking it

  private func smash(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await list(signedIn, $0, $1) },
      work: {
        let filled = try GlassForm.read(form)
        let id = try await open(filled, form, signedIn)
        return .redirect(to: "/cases/\(id)")
      })
  }

  private func open(
    _ filled: GlassForm.Filled, _ form: Form, _ signedIn: SignedIn
  ) async throws -> CaseID {
    let reader = try await visits.reader(signedIn)
    let community = signedIn.community.id
    let (person, found) = try await database.read { [desk] snapshot in
      try desk.looked(for: filled.who, in: community, snapshot)
    }
    guard let found else {
      try await database.write(in: community) { [desk] transaction in
        try desk.missed(person, filled.reason, by: reader, in: transaction)
      }
      throw Problem.glassNothingThere
    }
    let seal = try await visits.keys.sealing(found.person, in: community)
    let offset = signedIn.community.offsetSeconds
    let key = try form.onceKey("POST /glass", signedIn)
    try await database.write(in: community) { [desk] transaction in
      _ = try transaction.once(key) {
        try desk.smash(
          found.id, filled.reason, words: filled.words, for: reader, offsetSeconds: offset, sealing: seal,
          in: transaction)
        return StoredAnswer(status: 303, body: [])
      }
    }
    return found.id
  }

  // MARK: - Looking it over

  private func reviewPage(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let reader = try await visits.reader(signedIn)
    let id: BrokenGlassID = try signedIn.id("glass")
    let community = signedIn.community.id
    let (entry, text) = try await database.read { snapshot in
      guard let glass = try GlassStore.find(id, in: community, snapshot),
        let entry = try self.entries([glass], reader, in: community, snapshot).first
      else { throw Problem.notFound }
      return (entry, try CareTextStore.text(glass.text, ofGlass: id, in: community, snapshot))
    }
    let opener = try await visits.keys.opening([entry.glass.person], in: community)
    let looks = try await database.read { snapshot in
      try CaseReadings.entries(
        of: entry.glass.caseID, limit: Self.looksShown, in: community, snapshot
      ).filter {
        $0.reader == entry.glass.breaker.person && $0.at >= entry.glass.brokenAt
          && $0.at < entry.glass.closesAt
      }
    }
    return pages(signedIn).review(
      entry, words: try text.flatMap { try opener.open($0) }, looks: looks,
      key: Form.newKey, state, alerts: alerts)
  }

  private enum Verdict: String, CaseIterable {
    case justified
    case notJustified = "not_justified"
  }

  private func review(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: BrokenGlassID = try signedIn.id("glass")
    let community = signedIn.community.id
    return try await FormAgain.answer(
      signedIn, form, page: { try await reviewPage(signedIn, $0, $1) },
      work: {
        let reader = try await visits.reader(signedIn)
        var fields = FormReader(form)
        let verdict = fields.choice("verdict", of: Verdict.self)
        let words = fields.words([.remark], required: [.remark])
        try fields.finish()
        let glass = try await database.read { try GlassStore.find(id, in: community, $0) }
        guard let glass, let verdict else { throw Problem.notFound }
        // Of somebody who was deleted since, the verdict is kept without words.
        let seal = try await visits.keys.sealingUnlessDeleted(glass.person, in: community)
        try await database.write(in: community) { [desk] transaction in
          try desk.review(
            id, isJustified: verdict == .justified, words: words, by: reader.person, sealing: seal,
            in: transaction)
        }
        return .redirect(to: "/glass")
      })
  }
}
