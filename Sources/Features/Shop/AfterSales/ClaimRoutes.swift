package import Database
import HTTPTypes
import Hummingbird
package import Interop
import Kernel
import People
import Security
package import Web

/// After-sales: what a household reports, and how it is answered.
package struct Claims: Sendable {
  static let own = Objects.own("household's claims, and those that the person answers")
  private static let limits = [RateLimit("shop.claim", 20, per: .minutes(10))]

  let database: Database
  let desk: ClaimDesk
  let pictures: PictureReencoder

  package init(_ database: Database, desk: ClaimDesk, pictures: PictureReencoder) {
    self.database = database
    self.desk = desk
    self.pictures = pictures
  }

  package func register(on routes: inout Routes) {
    let orders = Objects.own("household's orders")
    routes.get("/orders/:order/lines/:position/claim", for: .signedIn, objects: orders) { try await form($0) }
    routes.post(
      "/orders/:order/claims", for: .signedIn, objects: orders, limits: Self.limits, bodyLimit: .upload
    ) { try await report($0) }
    routes.get("/claims/:claim", for: .signedIn, objects: Self.own) { try await page($0) }
    routes.get("/claims/:claim/picture/:size", for: .signedIn, objects: Self.own) { try await picture($0) }
    routes.post("/claims/:claim/withdraw", for: .signedIn, objects: .own("household's claims")) { signedIn in
      try await act(signedIn) { claim, form, transaction in
        try desk.withdraw(
          claim, seen: try ClaimForm.seen(form),
          household: try JointPurchaseStore.party(of: signedIn, in: claim, transaction),
          by: signedIn.personID, in: transaction)
      }
    }
    routes.post("/claims/:claim/appeal", for: .signedIn, objects: .own("household's claims")) { signedIn in
      try await act(signedIn) { claim, form, transaction in
        var reader = FormReader(form)
        let reason = reader.lines("reason", length: Remedy.reasonLength)
        try reader.finish()
        return try desk.appeal(
          claim, seen: try ClaimForm.seen(form), reason: reason ?? "",
          household: try JointPurchaseStore.party(of: signedIn, in: claim, transaction),
          by: signedIn.personID, in: transaction)
      }
    }
    registerDesk(on: &routes)
    registerAPI(on: &routes)
  }

  // MARK: - Reporting

  private func form(_ signedIn: SignedIn) async throws -> Response {
    guard let position = Int(try signedIn.parameter("position")) else { throw Problem.notFound }
    return try await reportPage(signedIn, position: position, form: nil, problem: nil)
  }

  private func reportPage(
    _ signedIn: SignedIn, position: Int, form: Form?, problem: Problem?
  ) async throws -> Response {
    let (order, claims) = try await ownOrder(signedIn)
    guard let line = order.lines.first(where: { $0.position == position }) else { throw Problem.notFound }
    let most = ClaimRules.reportable(line, claims)
    let state =
      if let form, let problem { FormState(form, problem) } else {
        FormState(["pieces": String(most), "wish": Claim.Wish.refund.rawValue])
      }
    let page = ClaimPages(signedIn).report(
      order, line, most: most, idempotencyKey: Form.newKey, state: state,
      problem: problem ?? (line.collected == 0 ? .nothingCollected : most == 0 ? .claimedAlready : nil))
    return .page(page, signedIn, status: problem.map { .init(code: $0.status) } ?? .ok)
  }

  private func report(_ signedIn: SignedIn) async throws -> Response {
    let id: OrderID = try signedIn.id("order")
    let form = try await signedIn.form()
    do {
      let report = try ClaimForm.report(form, of: id)
      let picture = try await upload(form)
      let claim = try await database.write(in: signedIn.community.id) { transaction in
        try desk.report(
          report, picture: picture, key: try form["idempotency_key"] ?? "",
          household: try JointPurchaseStore.party(of: signedIn, in: id, transaction), by: signedIn.personID,
          in: transaction
        ).claim
      }
      return .redirect(to: "/claims/\(claim.id)?reported=1")
    } catch let problem as Problem where problem.status == 409 || problem.status == 422 {
      guard let position = try form["line"].flatMap(Int.init) else { throw problem }
      return try await reportPage(signedIn, position: position, form: form, problem: problem)
    }
  }

  /// The picture of the form, decoded and encoded anew; nil where none was chosen.
  /// - Throws: `form.invalid` naming `picture` when the file is none that we read.
  private func upload(_ form: Form) async throws -> Picture? {
    guard let file = form.file("picture"), !file.bytes.isEmpty else { return nil }
    return try await claimPicture(file.bytes)
  }

  func claimPicture(_ bytes: [UInt8]) async throws -> Picture {
    do {
      return try await Picture.upload(bytes, as: database.identifiers.next(), through: pictures)
    } catch let problem as Problem where problem.status == 422 || problem.status == 415 {
      throw Problem.invalid([FieldProblem("picture", problem.title)])
    }
  }

  // MARK: - Reading

  func page(
    _ signedIn: SignedIn, form: Form? = nil, problem: Problem? = nil
  ) async throws -> Response {
    let (shown, actor, isOwn) = try await shown(signedIn)
    let pages = ClaimPages(signedIn)
    let status: HTTPResponse.Status = problem.map { .init(code: $0.status) } ?? .ok
    if isOwn {
      let state = if let form, let problem { FormState(form, problem) } else { FormState.empty }
      return .page(
        pages.household(shown, state: state, problem: problem, isNew: signedIn.query("reported") != nil),
        signedIn, status: status)
    }
    let preset = [
      "amount": shown.refundable.decimal, "bearer": Remedy.Bearer.merchant.rawValue,
      "until": signedIn.say.civil(signedIn.now + .days(2)).isoLocal,
    ]
    let state =
      if let form, let problem { FormState(form.completed(by: preset), problem) } else { FormState(preset) }
    let actions =
      actor.map {
        ClaimDeskPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now).actions(
          shown, $0, state)
      } ?? .empty
    let alerts = problem.map { $0.fields.isEmpty ? [pages.alert($0)] : [] } ?? []
    return .page(
      pages.page(
        shown, back: ("/desk/claims", signedIn.say("所有售后", "All claims")), actions, alerts), signedIn,
      status: status)
  }

  private func picture(_ signedIn: SignedIn) async throws -> Response {
    guard let size = PictureSize(rawValue: try signedIn.parameter("size")) else { throw Problem.notFound }
    let claim = try await shown(signedIn).shown.claim
    let found = try await database.read {
      try ClaimStore.picture(of: claim.id, size, in: signedIn.community.id, $0)
    }
    guard let found else { throw Problem.notFound }
    return .picture(found.bytes, type: found.mediaType, isPrivate: true)
  }

  /// The claim in the path, for its household, whoever answers or has answered it, and the committee.
  /// - Throws: `not_found` for everybody else, so that nobody can probe.
  func shown(
    _ signedIn: SignedIn
  ) async throws -> (shown: ShownClaim, actor: ClaimActor?, isOwn: Bool) {
    let id: ClaimID = try signedIn.id("claim")
    let community = signedIn.community.id
    return try await database.read { snapshot in
      guard let claim = try ClaimStore.find(id, in: community, snapshot) else { throw Problem.notFound }
      let isOwn = try JointPurchaseStore.isOwn(claim, signedIn, snapshot)
      guard
        try isOwn || desk.mayRead(claim, signedIn.personID, roles: signedIn.roles, in: community, snapshot)
      else { throw Problem.notFound }
      let actor =
        isOwn
        ? nil
        : try desk.actor(
          for: claim, signedIn.personID, roles: signedIn.roles, in: community, snapshot)
      return (try ClaimReading.shown(claim, in: community, snapshot), actor, isOwn)
    }
  }

  /// Runs what a form on the claim's page asks for, and shows the page again where it cannot be done.
  func act(
    _ signedIn: SignedIn, _ perform: @Sendable @escaping (ClaimID, Form, Transaction) throws -> Claim
  ) async throws -> Response {
    let id: ClaimID = try signedIn.id("claim")
    let form = try await signedIn.form()
    do {
      _ = try await database.write(in: signedIn.community.id) { try perform(id, form, $0) }
      return .redirect(to: "/claims/\(id)")
    } catch let problem as Problem where problem.status == 409 || problem.status == 422 {
      return try await page(signedIn, form: form, problem: problem)
    }
  }

  /// The order in the path with its claims, if it is of the visitor's household.
  func ownOrder(_ signedIn: SignedIn) async throws -> (Order, [Claim]) {
    let id: OrderID = try signedIn.id("order")
    let community = signedIn.community.id
    return try await database.read { snapshot in
      guard let order = try OrderStore.find(id, in: community, snapshot),
        try JointPurchaseStore.isOwn(order, signedIn, snapshot)
      else { throw Problem.notFound }
      return (order, try ClaimStore.claims(of: id, in: community, snapshot))
    }
  }
}

extension ClaimPages {
  fileprivate init(_ signedIn: SignedIn) {
    self.init(
      say: signedIn.say, token: signedIn.formToken, now: signedIn.now,
      isCardSession: signedIn.session.isCardSession)
  }
}

extension Form {
  /// The form with what stands in the other forms of the same page, which are not sent along.
  fileprivate func completed(by preset: [String: String]) -> Form {
    let sent = Set(fields.map(\.name))
    let rest = preset.filter { !sent.contains($0.key) }.map { Field(name: $0.key, value: $0.value) }
    return Form(fields: fields + rest)
  }
}

/// What a page or an answer of the API needs of one claim.
enum ClaimReading {
  static func shown(_ claim: Claim, in community: CommunityID, _ snapshot: Snapshot) throws -> ShownClaim {
    guard let order = try OrderStore.find(claim.order, in: community, snapshot),
      let line = order.lines.first(where: { $0.position == claim.position }),
      let campaign = try CampaignStore.find(claim.campaign, in: community, snapshot)
    else { throw Problem.notFound }
    let steps = try ClaimStore.steps(of: claim.id, in: community, snapshot)
    let answeredAt = steps.last?.at ?? claim.reportedAt
    return ShownClaim(
      claim: claim, order: order, line: line, campaign: campaign, steps: steps,
      refundable: try ClaimRules.refundable(claim, line),
      mayAppeal: try ClaimRules.mayAppeal(claim, answeredAt: answeredAt, line, now: snapshot.now))
  }
}
