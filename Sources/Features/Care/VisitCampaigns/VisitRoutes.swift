import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Security
import Web

/// The desk's doors of visits, for those who run and supervise them.
struct VisitCampaigns: Sendable {
  static let own = Objects.own("door visits that the person runs or supervises")
  private static let listLimit = 200
  private static let writes = [RateLimit("care.write", 120, per: .hours(1))]

  let visits: CaseVisits
  let desk: VisitDesk

  private var database: Database { visits.database }
  private var directory: Directory { desk.directory }

  func register(on routes: inout Routes) {
    let (readers, own) = (CaseForms.readers, Self.own)
    routes.get("/visit-campaigns", for: readers, objects: own) { try await list($0) }
    routes.get("/visit-campaigns/new", for: readers, objects: .none) { signedIn in
      .page(try await newPage(signedIn, nil, []), signedIn)
    }
    routes.post("/visit-campaigns", for: readers, objects: .none, limits: Self.writes) { try await make($0) }
    routes.get("/visit-campaigns/:campaign", for: readers, objects: own) { signedIn in
      .page(try await page(signedIn, .fresh(Form.newKey), []), signedIn)
    }
    routes.get("/visit-campaigns/:campaign/terms", for: readers, objects: own) { signedIn in
      .page(try await termsPage(signedIn, nil, []), signedIn)
    }
    routes.post("/visit-campaigns/:campaign/terms", for: readers, objects: own, limits: Self.writes) {
      try await write($0)
    }
    routes.post("/visit-campaigns/:campaign/start", for: readers, objects: own) { signedIn in
      try await step(signedIn) { try desk.start(&$0, seen: $1, in: $2) }
    }
    routes.post("/visit-campaigns/:campaign/finish", for: readers, objects: own) { signedIn in
      try await step(signedIn) { try desk.finish(&$0, seen: $1, in: $2) }
    }
    routes.post("/visit-campaigns/:campaign/visitors", for: readers, objects: own, limits: Self.writes) {
      try await ask($0)
    }
    routes.post("/visit-campaigns/:campaign/share", for: readers, objects: own, limits: Self.writes) {
      try await share($0)
    }
    VisitListDoors(visits: visits, desk: desk, rooms: self).register(on: &routes)
    VisitGiftDoors(visits: visits, rooms: self).register(on: &routes)
    VisitSheets(visits: visits, desk: desk, rooms: self).register(on: &routes)
  }

  func pages(_ signedIn: SignedIn) -> VisitPages {
    VisitPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
  }

  // MARK: - Looking and changing

  /// The campaign in the path, for whoever may arrange it.
  private func matter(_ signedIn: SignedIn) async throws -> CheckedMatter<OpenVisit> {
    let reader = try await visits.reader(signedIn)
    let (id, community): (VisitCampaignID, CommunityID) = (try signedIn.id("campaign"), signedIn.community.id)
    return CheckedMatter(database: database, community: community) { snapshot in
      let open = try VisitDoorkeeper.open(id, for: reader, in: community, snapshot)
      try open.requireArranging()
      return open
    }
  }

  /// Reads something of the campaign in the path that shows no names and no doors, so that no look is noted.
  func learn<T: Sendable>(
    _ signedIn: SignedIn, _ read: @escaping @Sendable (OpenVisit, Snapshot) throws -> T
  ) async throws -> T {
    try await matter(signedIn).learn(read)
  }

  /// Reads something of the campaign in the path that shows names or doors; the look is noted.
  ///
  /// - Parameter check: whether it may be looked at, beside the right to see the campaign.
  /// - Throws: `not_found` alike for what is not there and what is not theirs.
  func look<T: Sendable>(
    _ signedIn: SignedIn, _ look: VisitReadings.Look, of object: Int64? = nil,
    if check: @escaping @Sendable (OpenVisit, Snapshot) throws -> Void = { _, _ in },
    _ read: @escaping @Sendable (OpenVisit, VisitReading, Snapshot) throws -> T
  ) async throws -> T {
    let matter = try await matter(signedIn)
    let reading = try await VisitReading(directory, in: matter.community)
    let note: @Sendable (OpenVisit, Transaction) throws -> Void = { open, transaction in
      try check(open, transaction)
      try VisitReadings.note(open, look, of: object ?? open.id.rawValue, in: transaction)
    }
    return try await matter.look(noting: note) { open, snapshot in try read(open, reading, snapshot) }
  }

  /// Changes the campaign in the path, once for each key of the form.
  /// - Throws: `not_found`, and what the change throws.
  func change(
    _ signedIn: SignedIn, _ form: Form,
    _ write: @escaping @Sendable (inout OpenVisit, Transaction) throws -> Void
  ) async throws {
    try await matter(signedIn).change(once: try form.onceKey("POST /visit-campaigns", signedIn), write)
  }

  // MARK: - Lists and the page of one

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let reader = try await visits.reader(signedIn)
    let community = signedIn.community.id
    let campaigns = try await database.read { snapshot in
      let campaigns = try VisitStore.list(
        .arranging(reader), limit: Self.listLimit, in: community, snapshot)
      let counts = try VisitDoorStore.counts(
        of: campaigns.map(\.id), for: reader.person, in: community, snapshot)
      return campaigns.map { (campaign: $0, doors: counts[$0.id]?.listed ?? 0) }
    }
    return .page(pages(signedIn).list(campaigns), signedIn)
  }

  private func page(
    _ signedIn: SignedIn, _ forms: VisitPages.Forms, _ alerts: [HTML]
  ) async throws -> Page {
    let view = try await look(signedIn, .list) { open, reading, snapshot in
      try reading.view(open, snapshot)
    }
    return pages(signedIn).campaign(view, forms, notices: signedIn.savedNotice, alerts: alerts)
  }

  /// Does what one of several forms of a page asks, and shows that form again where it cannot be done.
  func answer(
    _ signedIn: SignedIn, _ form: Form, _ place: String,
    page: (VisitPages.Forms, [HTML]) async throws -> Page, _ work: () async throws -> Void
  ) async throws -> Response {
    let id: VisitCampaignID = try signedIn.id("campaign")
    return try await FormAgain.answer(
      signedIn, form,
      page: { try await page(VisitPages.Forms(key: Form.newKey, place: place, state: $0), $1) },
      work: {
        try await work()
        return .redirect(to: "\(VisitPages.base(id))?saved=\(place)")
      })
  }

  private func answer(
    _ signedIn: SignedIn, _ form: Form, _ place: String, _ work: () async throws -> Void
  ) async throws -> Response {
    try await answer(signedIn, form, place, page: { try await page(signedIn, $0, $1) }, work)
  }

  private func step(
    _ signedIn: SignedIn,
    _ take: @escaping @Sendable (inout OpenVisit, Int64, Transaction) throws -> Void
  ) async throws -> Response {
    let form = try await signedIn.form()
    return try await answer(signedIn, form, "step") {
      var reader = FormReader(form)
      let seen = reader.seen()
      try await change(signedIn, form) { open, transaction in try take(&open, seen, transaction) }
    }
  }

  // MARK: - The papers

  private func newPage(_ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]) async throws -> Page {
    let reader = try await visits.reader(signedIn)
    let community = signedIn.community.id
    let staff = try await database.read { [directory] in try StaffOptions(directory, in: community, $0) }
    let own = reader.roles.contains(.socialWorker) ? "runner" : "supervisor"
    return VisitFormPages(say: signedIn.say, token: signedIn.formToken).terms(
      nil, staff, areQuestionsFrozen: false, key: Form.newKey,
      state ?? FormState([own: reader.person.description, "purpose": VisitPurpose.policy.rawValue]),
      alerts: alerts)
  }

  private func make(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await newPage(signedIn, $0, $1) },
      work: {
        let reader = try await visits.reader(signedIn)
        let terms = try VisitForm.terms(form, offsetSeconds: signedIn.community.offsetSeconds)
        let key = try form.onceKey("POST /visit-campaigns", signedIn)
        let id = try await database.make(in: signedIn.community.id, once: key) { [desk] transaction in
          try desk.make(terms, by: reader, in: transaction).id
        }
        return .redirect(to: "/visit-campaigns/\(id)")
      })
  }

  private func termsPage(_ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]) async throws -> Page {
    let community = signedIn.community.id
    let (campaign, staff, isFrozen) = try await learn(signedIn) { [directory] open, snapshot in
      (
        open.campaign, try StaffOptions(directory, in: community, snapshot),
        try VisitOutcomeStore.exist(of: open.id, in: community, snapshot)
      )
    }
    let filled = VisitForm.state(campaign.terms, offsetSeconds: signedIn.community.offsetSeconds)
    return VisitFormPages(say: signedIn.say, token: signedIn.formToken).terms(
      campaign, staff, areQuestionsFrozen: isFrozen, key: Form.newKey, state ?? filled, alerts: alerts)
  }

  private func write(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: VisitCampaignID = try signedIn.id("campaign")
    return try await FormAgain.answer(
      signedIn, form, page: { try await termsPage(signedIn, $0, $1) },
      work: {
        let terms = try VisitForm.terms(form, offsetSeconds: signedIn.community.offsetSeconds)
        var reader = FormReader(form)
        let seen = reader.seen()
        try await change(signedIn, form) { [desk] open, transaction in
          try desk.write(terms, &open, seen: seen, in: transaction)
        }
        return .redirect(to: "\(VisitPages.base(id))?saved=terms")
      })
  }

  // MARK: - Who goes

  private func ask(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await answer(signedIn, form, "ask") {
      var reader = FormReader(form)
      let typed = reader.text("phone", length: 1...40, isRequired: false)
      let chosen: PersonID? = reader.identifier("person", isRequired: false)
      try reader.finish()
      try await change(signedIn, form) { [desk] open, transaction in
        let person =
          try typed.map { try desk.directory.person(withPhone: $0, in: transaction.community, transaction) }
          ?? chosen
        guard let person else {
          throw Problem.invalid([
            FieldProblem(
              typed == nil ? "person" : "phone",
              typed == nil
                ? Phrase("请选一位社工，或填志愿者的手机号。", "Please choose a social worker, or give a volunteer’s number.")
                : Phrase("本社区没有登记这个手机号。", "Nobody in this community is entered with this number."))
          ])
        }
        try desk.ask(person, open, in: transaction)
      }
    }
  }

  private func share(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await answer(signedIn, form, "give") {
      var reader = FormReader(form)
      let share = reader.raw("share", isRequired: true)
      let visitor: PersonID? = reader.identifier("visitor")
      try reader.finish()
      let building = share.flatMap { $0.hasPrefix("building:") ? String($0.dropFirst(9)) : nil }
      try await change(signedIn, form) { [desk] open, transaction in
        try desk.give(building.map { .building($0) } ?? .rest, to: visitor, open, in: transaction)
      }
    }
  }
}
