import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Web

/// Booking for somebody else, and what becomes of it: beneath the doors of ordering for somebody else.
extension AssistedOrders {
  func registerVisits(on routes: inout Routes) {
    routes.get("/assisted-orders/visits/:mandate", for: .signedIn, objects: Self.own) {
      try await visitServices($0)
    }
    routes.get("/assisted-orders/visits/:mandate/:service", for: .signedIn, objects: Self.own) {
      try await visitTimes($0)
    }
    routes.post(
      "/assisted-orders/visits/:mandate/:service", for: .signedIn, objects: Self.own, limits: Self.limits
    ) { try await askForVisit($0) }
    let changes: [(path: String, what: AssistedVisit.What)] = [
      ("cancel", .cancel), ("agree-to-move", .agreeToMove), ("refuse-move", .refuseMove),
    ]
    for (path, what) in changes {
      routes.post(
        "/assisted-orders/:asked/visit/\(path)", for: .signedIn, objects: Self.own, limits: Self.limits
      ) { try await askToChange($0, what) }
    }
  }

  private func visitServices(_ signedIn: SignedIn) async throws -> Response {
    let helped = try await helpedWithServices(signedIn)
    let community = signedIn.community.id
    let services = try await database.read { snapshot in
      let merchants = Dictionary(try snapshot.merchants(in: community).map { ($0.id, $0) }) { first, _ in
        first
      }
      return try ServiceStore.open(in: community, snapshot).compactMap { service in
        merchants[service.merchant].map { (service: service, merchant: $0) }
      }
    }
    return .page(visitPages(signedIn).services(helped, services, now: signedIn.now), signedIn)
  }

  /// - Parameters:
  ///   - sent: the form that was refused.
  ///   - problem: why it was.
  private func visitTimes(
    _ signedIn: SignedIn, sent: Form? = nil, problem: Problem? = nil
  ) async throws -> Response {
    let helped = try await helpedWithServices(signedIn)
    let shown = try await shownService(signedIn)
    let wanted =
      try sent.map { BookingForm.choice(worker: try $0["worker"], at: try $0["at"]) }
      ?? BookingForm.choice(worker: signedIn.query("worker"), at: signedIn.query("at"))
    let choice = wanted.flatMap { choice in
      shown.workers.first { worker in
        worker.worker.id == choice.worker && worker.free.contains { $0.at == choice.startsAt }
      }.map { (choice, $0.worker) }
    }
    let times = ServicePages(say: signedIn.say, formToken: signedIn.formToken, isCardSession: false).times(
      shown, signedIn.query("day").flatMap { Int64($0) },
      at: "/assisted-orders/visits/\(helped.mandate.id)/\(shown.service.id)", leaf: "")
    let state = sent.map { FormState($0, problems: problem?.fields ?? []) } ?? .empty
    let page = visitPages(signedIn).times(
      helped, shown, times: times, choice: choice, state: state,
      idempotencyKey: Form.newKey, problem: problem)
    return .page(page, signedIn, status: problem.map { HTTPResponse.Status(code: $0.status) } ?? .ok)
  }

  private func askForVisit(_ signedIn: SignedIn) async throws -> Response {
    let helped = try await helpedWithServices(signedIn)
    let id: ServiceID = try signedIn.id("service")
    let form = try await signedIn.form()
    do {
      let (choice, note) = (try BookingForm.choice(form), try BookingForm.note(form))
      let key = try form["idempotency_key"] ?? ""
      let asked = try await database.write(in: signedIn.community.id) { transaction in
        guard let service = try ServiceStore.find(id, in: transaction.community, transaction) else {
          throw Problem.notFound
        }
        let draft = AssistedOrderDesk.Draft(
          mandate: helped.mandate.id, matter: .visit(.booking(service, choice, note: note)), key: key)
        return try desk.draft(draft, by: Actor(helping: signedIn), in: transaction)
      }
      return .redirect(to: "/assisted-orders/\(asked.id)")
    } catch let problem as Problem where [403, 409, 422].contains(problem.status) {
      return try await visitTimes(signedIn, sent: form, problem: problem)
    }
  }

  /// Asks the person about a visit that the helper booked for them.
  private func askToChange(_ signedIn: SignedIn, _ what: AssistedVisit.What) async throws -> Response {
    let booked = try await ownAsked(signedIn)
    guard booked.helper == signedIn.personID, let order = booked.order else { throw Problem.notFound }
    let key = try await signedIn.form()["idempotency_key"] ?? ""
    do {
      let asked = try await database.write(in: signedIn.community.id) { transaction in
        guard
          let booking = try BookingStore.find(orderedAs: order, in: transaction.community, transaction)
        else { throw Problem.notFound }
        let visit = try AssistedVisit.changing(booking, what)
        let draft = AssistedOrderDesk.Draft(mandate: booked.mandate, matter: .visit(visit), key: key)
        return try desk.draft(draft, by: Actor(helping: signedIn), in: transaction)
      }
      return .redirect(to: "/assisted-orders/\(asked.id)")
    } catch let problem as Problem where [403, 409].contains(problem.status) {
      return .page(
        try await readBack(signedIn).page(problem: problem), signedIn,
        status: HTTPResponse.Status(code: problem.status))
    }
  }

  // MARK: - Parts

  /// The mandate in the path, where it covers services at all.
  private func helpedWithServices(_ signedIn: SignedIn) async throws -> AssistedOrderPages.Helped {
    let helped = try await helped(signedIn)
    guard helped.mandate.terms(at: signedIn.now).matters.contains(.services) else { throw Problem.notFound }
    return helped
  }

  private func shownService(_ signedIn: SignedIn) async throws -> ShownService {
    let id: ServiceID = try signedIn.id("service")
    let (community, offset) = (signedIn.community.id, signedIn.community.offsetSeconds)
    return try await database.read { snapshot in
      guard let service = try ServiceStore.find(id, in: community, snapshot), service.isOpen else {
        throw Problem.notFound
      }
      return try ServiceShelf.shown(service, service.details.times, offsetSeconds: offset, snapshot)
    }
  }

  private func visitPages(_ signedIn: SignedIn) -> AssistedVisitPages {
    AssistedVisitPages(say: signedIn.say, formToken: signedIn.formToken)
  }
}
