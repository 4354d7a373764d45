import Database
import HTTPTypes
import Hummingbird
import Kernel
import Web

extension Services {
  func registerAPI(on routes: inout Routes) {
    let own = Objects.own("household's bookings")
    routes.get("/api/v1/services", .everyone, objects: .community, operation: ServiceOperations.list) {
      try await listByAPI($0)
    }
    routes.get(
      "/api/v1/services/:service/times", .everyone, objects: .community, operation: ServiceOperations.times
    ) { try await timesByAPI($0) }
    routes.post(
      "/api/v1/bookings", for: .signedIn, objects: own, limits: Self.limits, operation: ServiceOperations.book
    ) { try await bookByAPI($0) }
    routes.get("/api/v1/bookings", for: .signedIn, objects: own, operation: ServiceOperations.bookings) {
      try await bookingsByAPI($0)
    }
    routes.get(
      "/api/v1/bookings/:booking", for: .signedIn, objects: own, operation: ServiceOperations.booking
    ) {
      .json(ServiceJSON.document(try await ownBooking($0)))
    }
  }

  private func listByAPI(_ visit: Visit) async throws -> Response {
    let community = visit.community.id
    let services = try await database.read { try ServiceStore.open(in: community, $0) }
    var json = JSONWriter(capacity: 2048)
    json.object { json in
      json.array("services", services) { json, service in ServiceJSON.write(service, to: &json) }
    }
    return .json(json)
  }

  private func timesByAPI(_ visit: Visit) async throws -> Response {
    let id = try visit.id("service", of: OfferedServiceKind.self)
    let (community, offset) = (visit.community.id, visit.community.offsetSeconds)
    let shown = try await database.read { snapshot in
      guard let service = try ServiceStore.find(id, in: community, snapshot), service.isOpen else {
        throw Problem.notFound
      }
      return try ServiceShelf.shown(service, service.details.times, offsetSeconds: offset, snapshot)
    }
    let times = shown.workers.flatMap { worker in worker.free.map { (worker: worker.worker, at: $0.at) } }
      .sorted { ($0.at, $0.worker.id) < ($1.at, $1.worker.id) }
    var json = JSONWriter(capacity: 4096)
    json.object { json in
      json.array("times", times) { json, time in
        json.object { json in
          json.field("worker", time.worker.id)
          json.field("worker_name", time.worker.details.name)
          json.field("starts_at", time.at)
        }
      }
    }
    return .json(json)
  }

  private func bookByAPI(_ signedIn: SignedIn) async throws -> Response {
    let household = try signedIn.household()
    let asked = try ServiceJSON.Asking(try await signedIn.json())
    let key = HTTPField.Name("Idempotency-Key").flatMap { signedIn.request.headers[$0] } ?? ""
    let request = BookingDesk.Request(
      service: asked.service, worker: asked.worker, startsAt: asked.startsAt, note: asked.note, key: key)
    let (person, offset) = (signedIn.personID, signedIn.community.offsetSeconds)
    let (booking, isRepeated) = try await database.write(in: signedIn.community.id) { [desk] transaction in
      try desk.book(request, for: person, of: household, offsetSeconds: offset, in: transaction)
    }
    var response = Response.json(ServiceJSON.document(booking), status: .created)
    response.headers.append(HTTPField(name: .location, value: "/api/v1/bookings/\(booking.id)"))
    if isRepeated, let name = HTTPField.Name("Idempotency-Replayed") {
      response.headers.append(HTTPField(name: name, value: "true"))
    }
    return response
  }

  private func bookingsByAPI(_ signedIn: SignedIn) async throws -> Response {
    let household = try signedIn.household()
    let limit = try APIQuery.limit(signedIn.visit, range: 1...100, default: 50)
    let before = try signedIn.query("cursor").map { text in
      guard let id = BookingID(text) else { throw APIQuery.badCursor }
      return id
    }
    let community = signedIn.community.id
    let found = try await database.read {
      try BookingStore.list(of: household, before: before, limit: limit + 1, in: community, $0)
    }
    var json = JSONWriter(capacity: 2048)
    json.object { json in
      json.array("bookings", Array(found.prefix(limit))) { json, booking in
        ServiceJSON.write(booking, to: &json)
      }
      json.field("next_cursor", found.count > limit ? found[limit - 1].id.description : nil)
    }
    return .json(json)
  }
}
