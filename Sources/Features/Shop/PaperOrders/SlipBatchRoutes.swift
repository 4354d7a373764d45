import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Security
import Web

extension Slips {
  func registerBatches(on routes: inout Routes) {
    let keyers = Access.Personal.roles(SlipKeyer.roles)
    let own = Objects.own("slips of campaigns that the person may key for")
    routes.get("/desk/slips/offline/:campaign", for: keyers, objects: own) { signedIn in
      let sheet = try await latestSheet(signedIn)
      return .page(batchPages(signedIn).offline(sheet, .empty), signedIn)
    }
    routes.post("/desk/slips/offline/:campaign", for: keyers, objects: own, limits: Self.limits) {
      try await sendText($0)
    }
    routes.get("/desk/slips/batches/:batch", for: keyers, objects: own) {
      try await report($0, isPrint: false)
    }
    routes.get("/desk/slips/batches/:batch/print", for: keyers, objects: own) {
      try await report($0, isPrint: true)
    }
    routes.post(
      "/desk/slips/batches/:batch/entries/:position", for: keyers, objects: own, limits: Self.limits
    ) { try await settle($0) }
  }

  // MARK: - Sending

  private func sendText(_ signedIn: SignedIn) async throws -> Response {
    let sheet = try await latestSheet(signedIn)
    let form = try await signedIn.form()
    do {
      let draft = try SlipBatchDraft(SlipForm.batch(try form["slips"] ?? ""))
      // The same text sent twice by one person is one batch: the key is what was sent.
      let digest = draft.digest(of: sheet.campaign.id)
      let key = "text-" + Base64URL.encode(Array(digest.prefix(24)))
      let batch = try await take(draft, of: sheet.campaign.id, key: key, signedIn)
      return .redirect(to: "/desk/slips/batches/\(batch)")
    } catch let problem as Problem where problem.status == 422 && !signedIn.wantsJSON {
      return .page(
        batchPages(signedIn).offline(sheet, FormState(form, problem)), signedIn,
        status: .unprocessableContent)
    }
  }

  func take(
    _ draft: SlipBatchDraft, of campaign: CampaignID, key: String, _ signedIn: SignedIn
  ) async throws -> SlipBatchID {
    let (person, roles) = (signedIn.personID, signedIn.roles)
    return try await database.write(in: signedIn.community.id) {
      try desk.take(draft, of: campaign, key: key, by: person, roles: roles, transaction: $0)
    }
  }

  /// The newest catalogue of the campaign in the path, for whoever may key its slips.
  /// - Throws: `not_found` otherwise.
  func latestSheet(_ signedIn: SignedIn) async throws -> PaperSheet {
    let id = try signedIn.id("campaign", of: CampaignKind.self)
    let (community, person, roles) = (signedIn.community.id, signedIn.personID, signedIn.roles)
    let sheet = try await database.read { snapshot -> PaperSheet? in
      guard let campaign = try CampaignStore.find(id, in: community, snapshot),
        SlipKeyer(person: person, roles: roles, leader: campaign.leader) != nil
      else { return nil }
      return try PaperCatalogueStore.latest(of: campaign, snapshot)
    }
    guard let sheet else { throw Problem.notFound }
    return sheet
  }

  // MARK: - The report

  private func report(_ signedIn: SignedIn, isPrint: Bool) async throws -> Response {
    let (batch, campaign) = try await ownBatch(signedIn)
    return try await reportPage(batch, campaign, nil, isPrint: isPrint, .ok, signedIn)
  }

  /// What somebody tried in order to settle one entry, and what stood against it.
  private struct Attempt {
    let position: Int64
    let form: Form
    var conflicts: [SlipConflict] = []
    /// Who keyed the slip before and read it otherwise; nil where that is not what stands against it.
    var keyed: PaperSlip.Keyed?
  }

  private func reportPage(
    _ batch: SlipBatch, _ campaign: Campaign, _ attempt: Attempt?, isPrint: Bool,
    _ status: HTTPResponse.Status, _ signedIn: SignedIn
  ) async throws -> Response {
    var lines = try await lines(of: batch, campaign, signedIn)
    if let attempt, let index = lines.firstIndex(where: { $0.entry.position == attempt.position }) {
      lines[index].attempt = attempt.conflicts
      lines[index].typed = FormState(attempt.form)
    }
    let people = Set([batch.sentBy] + [attempt?.keyed?.by].compactMap(\.self))
    let names = try await database.read {
      try directory.displayNames(of: people, in: signedIn.community.id, $0)
    }
    let say = signedIn.say
    let alerts = (attempt?.keyed).map { keyed in
      let who = PaperWords.keyed(by: names[keyed.by] ?? "—", at: keyed.at, say)
      return [SlipPages.SlipRepeat.other.notice(who, say)]
    }
    let page = batchPages(signedIn).report(
      batch, campaign, sentBy: names[batch.sentBy] ?? "—", lines, isPrint: isPrint, alerts: alerts ?? [])
    return .page(page, signedIn, status: status)
  }

  private func lines(
    of batch: SlipBatch, _ campaign: Campaign, _ signedIn: SignedIn
  ) async throws -> [SlipBatchPages.Line] {
    let community = signedIn.community.id
    let slips = try await database.read { snapshot in
      try batch.entries.compactMap {
        try $0.slip.flatMap { try PaperSlipStore.find($0, in: community, snapshot) }
      }
    }
    let shown = Dictionary(try await shown(slips, signedIn).map { ($0.slip.id, $0) }) { first, _ in first }
    let say = signedIn.say
    return try await database.read { snapshot in
      let orders = try OrderStore.find(batch.entries.compactMap(\.order), in: community, snapshot)
      let byID = Dictionary(orders.map { ($0.id, $0) }) { first, _ in first }
      let sheets = try sheets(of: shown.values.map(\.slip), campaign, snapshot)
      let latest = try PaperCatalogueStore.latest(of: campaign, snapshot)
      return batch.entries.map { entry in
        let slip = entry.slip.flatMap { shown[$0] }
        let before = entry.order == nil ? slip?.slip.keyed : nil
        let sheet = slip.flatMap { sheets[$0.slip.catalogue] } ?? latest
        return SlipBatchPages.Line(
          entry: entry, door: slip?.door, order: entry.order.flatMap { byID[$0] },
          keyed: before.map { PaperWords.keyed(by: slip?.keyedBy ?? "—", at: $0.at, say) },
          keyedOrder: before?.order, suggestion: sheet?.suggestion(for: entry.lines) ?? "")
      }
    }
  }

  /// The versions of the catalogue that some slips belong to.
  private func sheets(
    of slips: [PaperSlip], _ campaign: Campaign, _ snapshot: Snapshot
  ) throws -> [PaperCatalogueID: PaperSheet] {
    var sheets: [PaperCatalogueID: PaperSheet] = [:]
    for id in Set(slips.map(\.catalogue)) {
      guard let catalogue = try PaperCatalogueStore.find(id, in: campaign.community, snapshot) else {
        continue
      }
      sheets[id] = try PaperCatalogueStore.sheet(catalogue, of: campaign, snapshot)
    }
    return sheets
  }

  private func settle(_ signedIn: SignedIn) async throws -> Response {
    let (batch, campaign) = try await ownBatch(signedIn)
    guard let position = Int64(try signedIn.parameter("position")),
      let entry = batch.entries.first(where: { $0.position == position })
    else { throw Problem.notFound }
    let form = try await signedIn.form()
    let (person, roles) = (signedIn.personID, signedIn.roles)
    let back = "/desk/slips/batches/\(batch.id)"
    if try form["do"] == "drop" {
      try await database.write(in: signedIn.community.id) {
        try desk.drop(position, of: batch.id, by: person, roles: roles, transaction: $0)
      }
      return .redirect(to: back)
    }
    let typed = SlipBatchDraft.Entry(
      code: try form["code"] ?? entry.typedCode, lines: try form["lines"] ?? "", note: entry.note)
    let accepts = form.all("accepts_prices").contains("on")
    let outcome = try await database.write(in: signedIn.community.id) {
      try desk.settle(
        position, of: batch.id, as: typed, acceptsPrices: accepts, by: person, roles: roles, transaction: $0)
    }
    let attempt: Attempt
    switch outcome {
    case .placed, .already(_, isSame: true): return .redirect(to: back)
    case .already(let keyed, isSame: false): attempt = Attempt(position: position, form: form, keyed: keyed)
    case .conflict(let conflicts): attempt = Attempt(position: position, form: form, conflicts: conflicts)
    }
    let (present, _) = try await ownBatch(signedIn)
    return try await reportPage(present, campaign, attempt, isPrint: false, .conflict, signedIn)
  }

  /// The batch in the path, if the visitor may key slips of its campaign.
  /// - Throws: `not_found` for every other one.
  func ownBatch(_ signedIn: SignedIn) async throws -> (SlipBatch, Campaign) {
    let id = try signedIn.id("batch", of: SlipBatchKind.self)
    let (community, person, roles) = (signedIn.community.id, signedIn.personID, signedIn.roles)
    let found = try await database.read { snapshot -> (SlipBatch, Campaign)? in
      guard let batch = try SlipBatchStore.find(id, in: community, snapshot),
        let campaign = try CampaignStore.find(batch.campaign, in: community, snapshot),
        SlipKeyer(person: person, roles: roles, leader: campaign.leader) != nil
      else { return nil }
      return (batch, campaign)
    }
    guard let found else { throw Problem.notFound }
    return found
  }

  func batchPages(_ signedIn: SignedIn) -> SlipBatchPages {
    SlipBatchPages(say: signedIn.say, token: signedIn.formToken)
  }
}
