package import Database
import HTTPTypes
import Hummingbird
import Kernel
package import People
package import Web

/// `/desk/slips`: slips on paper become orders.
package struct Slips: Sendable {
  static let limits = [RateLimit("shop.slips", 120, per: .minutes(1))]
  let database: Database
  let directory: Directory
  let desk: SlipDesk

  package init(_ database: Database, directory: Directory, desk: SlipDesk) {
    self.database = database
    self.directory = directory
    self.desk = desk
  }

  package func register(on routes: inout Routes) {
    let keyers = Access.Personal.roles(SlipKeyer.roles)
    let own = Objects.own("slips of campaigns that the person may key for")
    routes.get("/desk/slips", for: keyers, objects: own) { try await deskPage($0, .empty, .ok) }
    routes.post("/desk/slips", for: keyers, objects: own, limits: Self.limits) { try await open($0) }
    routes.get("/desk/slips/:code", for: keyers, objects: own, limits: Self.limits) { try await show($0) }
    routes.post("/desk/slips/:code", for: keyers, objects: own, limits: Self.limits) {
      try await key($0)
    }
    routes.get("/desk/slips/:code/print", for: keyers, objects: own, limits: Self.limits) {
      try await printed($0)
    }
    registerBatches(on: &routes)
    registerAPI(on: &routes)
  }

  // MARK: - The desk

  private func deskPage(
    _ signedIn: SignedIn, _ state: FormState, _ status: HTTPResponse.Status
  ) async throws -> Response {
    let community = signedIn.community.id
    let leader = SlipKeyer.seesAll(signedIn.roles) ? nil : signedIn.personID
    let (campaigns, slips, batches) = try await database.read { snapshot in
      (
        try PaperCatalogueStore.openCampaigns(leader: leader, in: community, snapshot),
        try PaperSlipStore.keyed(by: signedIn.personID, limit: 8, in: community, snapshot),
        try SlipBatchStore.summaries(by: signedIn.personID, limit: 8, in: community, snapshot)
      )
    }
    let shown = try await shown(slips, signedIn)
    let done = signedIn.query("done").flatMap { code in shown.first { $0.slip.code.description == code } }
    let page = pages(signedIn).desk(
      campaigns, shown, batches, mayPrint: !signedIn.roles.isDisjoint(with: CampaignActor.roles), state,
      done: done)
    return .page(page, signedIn, status: status)
  }

  private func open(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    guard let code = SlipCode(try form["code"] ?? ""), try await ownSlip(code, signedIn) != nil else {
      let problem = FieldProblem(
        "code", Phrase("没有这个单号，请再看一眼纸。", "There is no such slip; please look at the paper again."))
      return try await deskPage(
        signedIn, FormState(form, problems: [problem]), .unprocessableContent)
    }
    return .redirect(to: "/desk/slips/\(code)")
  }

  // MARK: - One slip

  private func show(_ signedIn: SignedIn) async throws -> Response {
    let (slip, sheet) = try await slip(signedIn)
    guard let keyed = slip.keyed else {
      return try await keyingPage(slip, sheet, .empty, [], .ok, signedIn)
    }
    guard
      let order = try await database.read({ try OrderStore.find(keyed.order, in: signedIn.community.id, $0) }
      ),
      let shown = try await shown([slip], signedIn).first
    else { throw Problem.notFound }
    let again = signedIn.query("again").flatMap(SlipPages.SlipRepeat.init)
    return .page(try pages(signedIn).done(shown, sheet, order, again: again), signedIn)
  }

  /// The slip once more, for a household that has lost it: the same slip, so that it is still keyed once.
  private func printed(_ signedIn: SignedIn) async throws -> Response {
    let (slip, sheet) = try await slip(signedIn)
    let community = signedIn.community
    let doors = try await directory.doors(of: community.id)
    let (door, point) = try await database.read { snapshot in
      (
        try doors.labels(of: [slip.household], snapshot)[slip.household],
        try snapshot.pickupPoint(sheet.campaign.pickupPoint, in: community.id)?.name
      )
    }
    guard let door else { throw Problem.notFound }
    let scheme = signedIn.site.isSecure ? "https" : "http"
    let pages = PaperSheetPages(
      say: signedIn.say, sheet: sheet, origin: "\(scheme)://\(signedIn.visit.host)",
      point: point ?? Phrase(same: ""), phone: community.phoneNumber)
    let name = try await name(of: slip, signedIn)
    return .page(pages.slips([.init(slip: slip, door: door, name: name)]), signedIn)
  }

  private func key(_ signedIn: SignedIn) async throws -> Response {
    let (slip, sheet) = try await slip(signedIn)
    let form = try await signedIn.form()
    do {
      let wish = try form["do"]
      if wish == "edit" { return try await keyingPage(slip, sheet, FormState(form), [], .ok, signedIn) }
      let reading = try SlipForm.reading(form)
      if wish == "check", slip.keyed == nil, let shown = try await shown([slip], signedIn).first {
        let name = try await name(of: slip, signedIn)
        return .page(
          try pages(signedIn).check(shown, sheet, name: name, reading, lines: try form["lines"] ?? ""),
          signedIn)
      }
      let (person, roles) = (signedIn.personID, signedIn.roles)
      let outcome = try await database.write(in: signedIn.community.id) {
        try desk.key(slip.code, reading, by: person, roles: roles, transaction: $0)
      }
      return try await answer(outcome, slip, sheet, form, signedIn)
    } catch let problem as Problem where problem.status == 422 {
      return try await keyingPage(
        slip, sheet, FormState(form, problem), [], .unprocessableContent, signedIn)
    }
  }

  private func answer(
    _ outcome: SlipOutcome, _ slip: PaperSlip, _ sheet: PaperSheet, _ form: Form, _ signedIn: SignedIn
  ) async throws -> Response {
    switch outcome {
    case .placed: return .redirect(to: "/desk/slips?done=\(slip.code)")
    case .already(_, let isSame):
      return .redirect(
        to:
          "/desk/slips/\(slip.code)?again=\(isSame ? SlipPages.SlipRepeat.same.rawValue : SlipPages.SlipRepeat.other.rawValue)"
      )
    case .conflict(let conflicts):
      return try await keyingPage(slip, sheet, FormState(form), conflicts, .conflict, signedIn)
    }
  }

  private func keyingPage(
    _ slip: PaperSlip, _ sheet: PaperSheet, _ state: FormState, _ conflicts: [SlipConflict],
    _ status: HTTPResponse.Status, _ signedIn: SignedIn
  ) async throws -> Response {
    guard let shown = try await shown([slip], signedIn).first else { throw Problem.notFound }
    let page = pages(signedIn).keying(
      shown, sheet, name: try await name(of: slip, signedIn), state, conflicts)
    return .page(page, signedIn, status: status)
  }

  // MARK: - Parts

  /// The slip in the path with its catalogue, if the visitor may key for its campaign.
  /// - Throws: `not_found` for every other one.
  private func slip(_ signedIn: SignedIn) async throws -> (PaperSlip, PaperSheet) {
    guard let code = SlipCode(try signedIn.parameter("code")), let found = try await ownSlip(code, signedIn)
    else { throw Problem.notFound }
    return found
  }

  private func ownSlip(_ code: SlipCode, _ signedIn: SignedIn) async throws -> (PaperSlip, PaperSheet)? {
    let community = signedIn.community.id
    let (person, roles) = (signedIn.personID, signedIn.roles)
    return try await database.read { snapshot -> (PaperSlip, PaperSheet)? in
      guard let slip = try PaperSlipStore.find(code, in: community, snapshot),
        let campaign = try CampaignStore.find(slip.campaign, in: community, snapshot),
        SlipKeyer(person: person, roles: roles, leader: campaign.leader) != nil,
        let catalogue = try PaperCatalogueStore.find(slip.catalogue, in: community, snapshot)
      else { return nil }
      return (slip, try PaperCatalogueStore.sheet(catalogue, of: campaign, snapshot))
    }
  }

  private func name(of slip: PaperSlip, _ signedIn: SignedIn) async throws -> String {
    try await database.read {
      try directory.displayNames(of: [slip.person], in: signedIn.community.id, $0)[slip.person] ?? ""
    }
  }

  /// Slips with the doors that they belong to, and who keyed them.
  func shown(_ slips: [PaperSlip], _ signedIn: SignedIn) async throws -> [SlipPages.Shown] {
    let community = signedIn.community.id
    let doors = try await directory.doors(of: community)
    let say = signedIn.say
    return try await database.read { snapshot in
      let labels = try doors.labels(of: Set(slips.map(\.household)), snapshot)
      let names = try directory.displayNames(of: slips.compactMap { $0.keyed?.by }, in: community, snapshot)
      return slips.map { slip in
        SlipPages.Shown(
          slip: slip, door: labels[slip.household].map { say($0) } ?? "—",
          keyedBy: slip.keyed.flatMap { names[$0.by] } ?? "—")
      }
    }
  }

  func pages(_ signedIn: SignedIn) -> SlipPages {
    SlipPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
  }
}
