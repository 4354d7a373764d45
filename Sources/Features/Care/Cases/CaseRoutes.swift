import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Security
import Web

/// The doors of casework for those who work and supervise cases.
struct Cases: Sendable {
  private static let looksShown = 50

  let visits: CaseVisits

  private var desk: CaseDesk { visits.desk }

  func register(on routes: inout Routes) {
    let readers = CaseForms.readers
    let own = CaseForms.own
    CaseListDoors(visits: visits).register(on: &routes)
    CaseOpeningDoors(visits: visits).register(on: &routes)
    routes.get("/cases/:case", for: readers, objects: own) { try await page($0, nil) }
    routes.post("/cases/:case/move", for: readers, objects: own) { try await move($0) }
    routes.post("/cases/:case/end", for: readers, objects: own) { try await end($0) }
    routes.post("/cases/:case/tasks/:task", for: readers, objects: own) { try await finish($0) }
    FormDoors(
      visits: visits, base: "/cases/:case", readers: readers, objects: own, limits: CaseForms.limits
    ).register(CaseForms.all, on: &routes)
    CasePapers(visits: visits, page: { try await page($0, $1) }).register(on: &routes)
  }

  private func page(_ signedIn: SignedIn, _ problem: Problem?) async throws -> Response {
    let community = signedIn.community.id
    let (view, readings, names) = try await visits.look(signedIn) { [desk] open, opener, snapshot in
      let view = try CaseReading(desk: desk).view(open, opener, in: community, snapshot)
      let readings = try CaseReadings.entries(
        of: open.id, limit: Self.looksShown, in: community, snapshot)
      let names = try desk.directory.displayNames(of: readings.map(\.reader), in: community, snapshot)
      return (view, readings, names)
    }
    let pages = CaseFilePages(
      say: signedIn.say, token: signedIn.formToken, now: signedIn.now, view: view,
      key: Form.newKey, takesGifts: visits.gifts.isKept)
    let alerts = problem.map { FormAgain.notices($0, signedIn.say) } ?? []
    return .page(
      pages.page(readings, names: names, saved: signedIn.query("saved") != nil, alerts: alerts), signedIn,
      status: problem.map { .init(code: $0.status) } ?? .ok)
  }

  private func move(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await done(signedIn) {
      var reader = FormReader(form)
      let move = reader.choice("move", of: CaseMove.self)
      let seen = reader.seen()
      let words = reader.words([.reason])
      try reader.finish()
      guard let move else { throw Problem.internalFault }
      try await visits.change(signedIn, form) { [desk] open, seal, transaction in
        try desk.move(move, words: words, &open, seen: seen, sealing: seal, in: transaction)
      }
    }
  }

  private func end(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await done(signedIn) {
      var reader = FormReader(form)
      let seen = reader.seen()
      try await visits.change(signedIn, form) { [desk] open, _, transaction in
        try desk.end(&open, seen: seen, in: transaction)
      }
    }
  }

  private func finish(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let task: CaseTaskID = try signedIn.id("task")
    return try await done(signedIn) {
      try await visits.change(signedIn, form) { open, _, transaction in
        guard open.access.relation == .worker else { throw Problem.caseForbidden }
        let person = open.actor.person
        guard try CaseTaskStore.end(task, of: open.id, by: person, in: transaction) else {
          throw Problem.notFound
        }
        try transaction.audit("care.task_end", open, of: task.rawValue)
      }
    }
  }

  /// Does a step of a case and shows the case again, with what stood in the way where it could not be done.
  private func done(_ signedIn: SignedIn, _ work: () async throws -> Void) async throws -> Response {
    let path = try visits.path(signedIn)
    do {
      try await work()
      return .redirect(to: "\(path)?saved=1")
    } catch let problem as Problem where [409, 422].contains(problem.status) {
      return try await page(signedIn, problem)
    }
  }
}
