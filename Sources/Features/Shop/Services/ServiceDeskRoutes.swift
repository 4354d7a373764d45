package import Database
import HTTPTypes
import Hummingbird
package import Interop
import Kernel
package import People
import Security
package import Web

/// Where merchants look after services, workers, hours and bookings.
package struct ServiceDesk: Sendable {
  let database: Database
  let desk: BookingDesk
  let directory: Directory
  let pictures: PictureReencoder

  package init(
    _ database: Database, desk: BookingDesk, directory: Directory, pictures: PictureReencoder
  ) {
    self.database = database
    self.desk = desk
    self.directory = directory
    self.pictures = pictures
  }

  /// A merchant learns from the form whether a telephone is known, so that it cannot go through numbers.
  private static let phones = [RateLimit("shop.worker_phone", 20, per: .hours(1))]

  package func register(on routes: inout Routes) {
    let own = Objects.own("services of the merchants that the person acts for")
    let members = MerchantDesk.members
    routes.get("/desk/merchants/:merchant/services", for: members, objects: own) { try await list($0) }
    routes.get("/desk/merchants/:merchant/services/new", for: members, objects: own) { signedIn in
      .page(
        pages(signedIn).serviceForm(try await merchant(signedIn).0, nil, ServiceForm.state(nil)), signedIn)
    }
    routes.post("/desk/merchants/:merchant/services/new", for: members, objects: own) { try await create($0) }
    routes.get("/desk/services/:service", for: members, objects: own) { signedIn in
      let (service, merchant, _) = try await service(signedIn)
      return .page(
        pages(signedIn).serviceForm(merchant, service, ServiceForm.state(service.details)), signedIn)
    }
    routes.post("/desk/services/:service", for: members, objects: own) { try await change($0) }
    for isClosed in [true, false] {
      routes.post("/desk/services/:service/\(isClosed ? "close" : "reopen")", for: members, objects: own) {
        signedIn in
        let (service, _, actor) = try await service(signedIn)
        try await database.write(in: service.community) {
          try ServiceChanges.setClosed(isClosed, service.id, by: actor, in: $0)
        }
        return .redirect(to: "/desk/merchants/\(service.merchant)/services")
      }
    }
    registerWorkers(on: &routes, own)
    registerBookings(on: &routes)
  }

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let (merchant, _) = try await merchant(signedIn)
    let (services, workers) = try await database.read { snapshot in
      (
        try ServiceStore.list(of: merchant.id, in: merchant.community, snapshot),
        try WorkerStore.list(of: merchant.id, in: merchant.community, snapshot)
      )
    }
    return .page(pages(signedIn).services(merchant, services, workers), signedIn)
  }

  private func create(_ signedIn: SignedIn) async throws -> Response {
    let (merchant, actor) = try await merchant(signedIn)
    let form = try await signedIn.form()
    do {
      let details = try ServiceForm.details(form)
      try await database.write(in: merchant.community) {
        _ = try ServiceChanges.create(details, by: actor, in: $0)
      }
    } catch let problem as Problem where problem.status == 422 {
      return .page(
        pages(signedIn).serviceForm(merchant, nil, FormState(form, problem)), signedIn,
        status: .unprocessableContent)
    }
    return .redirect(to: "/desk/merchants/\(merchant.id)/services")
  }

  private func change(_ signedIn: SignedIn) async throws -> Response {
    let (service, merchant, actor) = try await service(signedIn)
    let form = try await signedIn.form()
    do {
      let details = try ServiceForm.details(form)
      try await database.write(in: merchant.community) {
        try ServiceChanges.change(service.id, to: details, by: actor, in: $0)
      }
    } catch let problem as Problem where problem.status == 422 {
      return .page(
        pages(signedIn).serviceForm(merchant, service, FormState(form, problem)), signedIn,
        status: .unprocessableContent)
    }
    return .redirect(to: "/desk/merchants/\(merchant.id)/services")
  }

  // MARK: - Workers

  private func registerWorkers(on routes: inout Routes, _ own: Objects) {
    let members = MerchantDesk.members
    routes.get("/desk/merchants/:merchant/workers/new", for: members, objects: own) { signedIn in
      let (merchant, _) = try await merchant(signedIn)
      return try await workerPage(merchant, nil, FormState(WorkerForm.state(nil)), signedIn)
    }
    routes.post(
      "/desk/merchants/:merchant/workers/new", for: members, objects: own, limits: Self.phones
    ) { signedIn in
      let (merchant, actor) = try await merchant(signedIn)
      return try await saveWorker(nil, merchant, actor, signedIn)
    }
    routes.get("/desk/workers/:worker", for: members, objects: own) { signedIn in
      let (worker, merchant, _) = try await worker(signedIn)
      return try await workerPage(merchant, worker, nil, signedIn)
    }
    routes.post("/desk/workers/:worker", for: members, objects: own, limits: Self.phones) { signedIn in
      let (worker, merchant, actor) = try await worker(signedIn)
      return try await saveWorker(worker, merchant, actor, signedIn)
    }
    for isClosed in [true, false] {
      routes.post("/desk/workers/:worker/\(isClosed ? "close" : "reopen")", for: members, objects: own) {
        signedIn in
        let (worker, merchant, actor) = try await worker(signedIn)
        try await database.write(in: merchant.community) {
          try ServiceChanges.setClosed(isClosed, worker: worker.id, by: actor, in: $0)
        }
        return .redirect(to: "/desk/merchants/\(merchant.id)/services")
      }
    }
    registerWorkerDetails(on: &routes, own)
  }

  private func registerWorkerDetails(on routes: inout Routes, _ own: Objects) {
    let members = MerchantDesk.members
    routes.post("/desk/workers/:worker/picture", for: members, objects: own) { try await setPicture($0) }
    routes.post("/desk/workers/:worker/picture/remove", for: members, objects: own) { signedIn in
      let (worker, merchant, actor) = try await worker(signedIn)
      try await database.write(in: merchant.community) {
        try ServiceChanges.setPicture(nil, worker: worker.id, by: actor, in: $0)
      }
      return .redirect(to: "/desk/workers/\(worker.id)")
    }
    routes.post("/desk/workers/:worker/exceptions", for: members, objects: own) { try await addException($0) }
    routes.post("/desk/workers/:worker/exceptions/:exception/remove", for: members, objects: own) {
      try await removeException($0)
    }
  }

  private func saveWorker(
    _ worker: Worker?, _ merchant: Merchant, _ actor: MerchantActor, _ signedIn: SignedIn
  ) async throws -> Response {
    let form = try await signedIn.form()
    do {
      let services = try await database.read {
        try ServiceStore.list(of: merchant.id, in: merchant.community, $0).map(\.id)
      }
      let typed = try WorkerForm(form, services: services)
      try await database.write(in: merchant.community) { [directory] transaction in
        var details = typed.details
        details.person = worker?.details.person
        if !typed.phone.isEmpty {
          guard let person = try directory.person(withPhone: typed.phone, in: merchant.community, transaction)
          else {
            throw Problem.invalid([
              FieldProblem(
                "phone", Phrase("本社区没有登记这个手机号。", "Nobody in this community is entered with this number."))
            ])
          }
          details.person = person
        }
        _ = try ServiceChanges.save(details, as: worker?.id, by: actor, in: transaction)
      }
    } catch let problem as Problem where problem.status == 422 {
      return try await workerPage(
        merchant, worker, FormState(form, problem), signedIn, status: .unprocessableContent)
    }
    return .redirect(to: "/desk/merchants/\(merchant.id)/services")
  }

  private func setPicture(_ signedIn: SignedIn) async throws -> Response {
    let (worker, merchant, actor) = try await worker(signedIn)
    guard let file = try await signedIn.form().file("picture") else {
      throw Problem.invalid([FieldProblem("picture", Phrase("还没有选照片。", "No photo was chosen."))])
    }
    let picture = try await Picture.upload(file.bytes, as: database.identifiers.next(), through: pictures)
    try await database.write(in: merchant.community) {
      try ServiceChanges.setPicture(picture, worker: worker.id, by: actor, in: $0)
    }
    return .redirect(to: "/desk/workers/\(worker.id)")
  }

  private func addException(_ signedIn: SignedIn) async throws -> Response {
    let (worker, merchant, actor) = try await worker(signedIn)
    let form = try await signedIn.form()
    do {
      let exception = try BookingForm.exception(form, offsetSeconds: signedIn.community.offsetSeconds)
      try await database.write(in: merchant.community) {
        try ServiceChanges.add(exception, to: worker.id, by: actor, in: $0)
      }
    } catch let problem as Problem where problem.status == 422 {
      return try await workerPage(
        merchant, worker, nil, signedIn, exceptionState: FormState(form, problem),
        status: .unprocessableContent)
    }
    return .redirect(to: "/desk/workers/\(worker.id)")
  }

  private func removeException(_ signedIn: SignedIn) async throws -> Response {
    let (worker, merchant, actor) = try await worker(signedIn)
    guard let exception = Int64(try signedIn.parameter("exception")) else { throw Problem.notFound }
    try await database.write(in: merchant.community) {
      try ServiceChanges.removeException(exception, of: worker.id, by: actor, in: $0)
    }
    return .redirect(to: "/desk/workers/\(worker.id)")
  }

  private func workerPage(
    _ merchant: Merchant, _ worker: Worker?, _ state: FormState?, _ signedIn: SignedIn,
    exceptionState: FormState = .empty, status: HTTPResponse.Status = .ok
  ) async throws -> Response {
    let (services, exceptions) = try await database.read { snapshot in
      (
        try ServiceStore.list(of: merchant.id, in: merchant.community, snapshot),
        try worker.map { try WorkerStore.exceptions(of: $0.id, snapshot) } ?? []
      )
    }
    let page = pages(signedIn).workerForm(
      merchant, worker, services: services, exceptions: exceptions,
      state ?? FormState(WorkerForm.state(worker)),
      exceptionState: exceptionState)
    return .page(page, signedIn, status: status)
  }

  // MARK: - Parts

  /// - Throws: `not_found` for merchants that the person does not act for.
  func merchant(_ signedIn: SignedIn) async throws -> (Merchant, MerchantActor) {
    let id = try signedIn.id("merchant", of: MerchantKind.self)
    return try await database.read { try $0.ownMerchant(id, signedIn) }
  }

  private func service(_ signedIn: SignedIn) async throws -> (Service, Merchant, MerchantActor) {
    let id = try signedIn.id("service", of: OfferedServiceKind.self)
    return try await database.read { snapshot in
      guard let service = try ServiceStore.find(id, in: signedIn.community.id, snapshot) else {
        throw Problem.notFound
      }
      let (merchant, actor) = try snapshot.ownMerchant(service.merchant, signedIn)
      return (service, merchant, actor)
    }
  }

  private func worker(_ signedIn: SignedIn) async throws -> (Worker, Merchant, MerchantActor) {
    let id = try signedIn.id("worker", of: WorkerKind.self)
    return try await database.read { snapshot in
      guard let worker = try WorkerStore.find(id, in: signedIn.community.id, snapshot) else {
        throw Problem.notFound
      }
      let (merchant, actor) = try snapshot.ownMerchant(worker.merchant, signedIn)
      return (worker, merchant, actor)
    }
  }

  func pages(_ signedIn: SignedIn) -> ServiceDeskPages {
    ServiceDeskPages(say: signedIn.say, formToken: signedIn.formToken)
  }
}
