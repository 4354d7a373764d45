import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Security
import Web

/// What somebody who goes from door to door sees and reports, on a telephone that may have no network.
struct MyVisits: Sendable {
  private static let reports = RateLimit("care.visit_reports", 120, per: .minutes(1))
  private static let listLimit = 50

  let database: Database
  let desk: VisitDesk
  let keys: CareKeys

  private var directory: Directory { desk.directory }

  func register(on routes: inout Routes) {
    let own = Objects.own("doors that the person was asked to visit")
    routes.get("/my-visits", for: .signedIn, objects: own) { try await list($0) }
    routes.get("/my-visits/:campaign", for: .signedIn, objects: own) { try await show($0) }
    routes.get("/my-visits/:campaign/cards", for: .signedIn, objects: own) { try await cards($0) }
    routes.post(
      "/my-visits/:campaign/stops/:door", for: .signedIn, objects: own, limits: [Self.reports]
    ) { try await report($0) }
  }

  private func reader(_ signedIn: SignedIn) -> CaseReader {
    CaseReader(person: signedIn.personID, roles: signedIn.roles)
  }

  // MARK: - Pages

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let (reader, community) = (reader(signedIn), signedIn.community.id)
    let campaigns = try await database.read { snapshot in
      let campaigns = try VisitStore.list(
        .visiting(reader, at: snapshot.now), limit: Self.listLimit, in: community, snapshot)
      let counts = try VisitDoorStore.counts(
        of: campaigns.map(\.id), for: reader.person, in: community, snapshot)
      return campaigns.map { (campaign: $0, doors: counts[$0.id]?.own ?? 0) }
    }
    let say = signedIn.say
    let main = VisitDoorPages(say: say, token: signedIn.formToken).list(campaigns)
    return .page(Page(title: say("我要走访的", "Doors I go to"), main: main), signedIn)
  }

  /// Reads the doors of the person; the look stands in the audit chain before anything is read.
  private func own(
    _ signedIn: SignedIn, _ look: VisitReadings.Look
  ) async throws -> (campaign: VisitCampaign, places: [VisitPlace]) {
    let (reader, community) = (reader(signedIn), signedIn.community.id)
    let id: VisitCampaignID = try signedIn.id("campaign")
    let reading = try await VisitReading(directory, in: community)
    let matter = CheckedMatter(database: database, community: community) { snapshot in
      let open = try VisitDoorkeeper.open(id, for: reader, in: community, snapshot)
      guard open.access.mayVisit else { throw Problem.notFound }
      return open
    }
    return try await matter.look(
      noting: { try VisitReadings.note($0, look, of: id.rawValue, in: $1) },
      { open, snapshot in (open.campaign, try reading.own(open, snapshot)) })
  }

  private func show(_ signedIn: SignedIn, problem: Problem? = nil) async throws -> Response {
    let (campaign, places) = try await own(signedIn, .own)
    let say = signedIn.say
    let stops = places.map {
      VisitDoorPages.Stop(
        place: $0, key: Form.newKey, returnKey: Form.newKey)
    }
    let main = VisitDoorPages(say: say, token: signedIn.formToken).walk(campaign, stops)
    return .page(
      Page(
        title: campaign.terms.title, main: main, alerts: problem.map { alerts($0, say) } ?? [],
        scripts: ["outbox.js", "round.js"], offline: true,
        offlineTerm: VisitRules.copyTerm(of: campaign, at: signedIn.now)), signedIn,
      status: .init(code: problem?.status ?? 200))
  }

  private func alerts(_ problem: Problem, _ say: Wording) -> [HTML] {
    let fields = problem.fields.map { say($0.message) }
    let advice = problem.advice.map { say($0) } ?? ""
    let words = fields.isEmpty ? [say(problem.title), advice] : fields
    return [PageParts.notice(words.filter { !$0.isEmpty }.joined(separator: " "), .bad)]
  }

  private func cards(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, places) = try await own(signedIn, .cards)
    let pages = VisitSheetPages(say: signedIn.say, phone: signedIn.community.phoneNumber)
    return .page(
      pages.cards(
        try VisitReading.cards(places, campaign.terms), title: campaign.terms.title), signedIn)
  }

  // MARK: - Reports

  /// One report: of the page itself, or of its outbox, which is told in JSON what became of it.
  private func report(_ signedIn: SignedIn) async throws -> Response {
    let id: VisitCampaignID = try signedIn.id("campaign")
    let door: VisitDoorID = try signedIn.id("door")
    let form = try await signedIn.form()
    do {
      let report = try VisitForm.report(
        form, door: door, now: signedIn.now, offsetSeconds: signedIn.community.offsetSeconds)
      let (answer, isRunning) = try await take(report, of: id, signedIn)
      if signedIn.wantsJSON { return .json(Self.document(report, answer, isRunning: isRunning)) }
      return .redirect(to: isRunning ? "/my-visits/\(id)#stop-\(door)" : "/my-visits")
    } catch let problem as Problem where [400, 409, 422].contains(problem.status) && !signedIn.wantsJSON {
      return try await again(signedIn, problem)
    }
  }

  /// The doors once more, with what stood in the way; where there are none to see any more, what stood in the way alone.
  private func again(_ signedIn: SignedIn, _ problem: Problem) async throws -> Response {
    do {
      return try await show(signedIn, problem: problem)
    } catch let missing as Problem where missing.code == "not_found" {
      throw problem
    }
  }

  private func take(
    _ report: VisitReport, of id: VisitCampaignID, _ signedIn: SignedIn
  ) async throws -> (answer: VisitReportAnswer, isRunning: Bool) {
    let (reader, community) = (reader(signedIn), signedIn.community.id)
    let seal = try await keys.sealing(nil, in: community)
    return try await database.write(in: community) { [desk] transaction in
      let answer = try desk.report(report, of: id, by: reader, sealing: seal, in: transaction)
      let scope = VisitScope.visiting(reader, at: transaction.now)
      let isRunning = try VisitStore.find(id, scope, in: community, transaction) != nil
      return (answer, isRunning)
    }
  }

  /// As `round.js` reads it: where the round is over, nothing of it stays on the telephone.
  private static func document(
    _ report: VisitReport, _ answer: VisitReportAnswer, isRunning: Bool
  ) -> JSONWriter {
    var json = JSONWriter()
    json.object { json in
      json.field("round_state", isRunning ? "under_way" : "ended")
      json.field("key", report.key)
      json.field("result", answer.rawValue)
    }
    return json
  }
}
