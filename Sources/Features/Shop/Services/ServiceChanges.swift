package import Database
import Kernel

/// How services, workers and their hours begin and change. Each change is audited in its own transaction.
package enum ServiceChanges {
  /// Stores a new service, with the product under which its visits are ordered; that product is in no catalogue.
  package static func create(
    _ details: Service.Details, by actor: MerchantActor, in transaction: Transaction
  ) throws -> Service {
    let members = try transaction.members(of: actor.merchant, in: transaction.community)
    let product = Product(
      id: transaction.newIdentifier(), community: transaction.community, merchant: actor.merchant,
      details: Product.Details(name: details.title, description: details.description, category: .other),
      createdAt: transaction.now, changedAt: transaction.now, archivedAt: transaction.now)
    let service = Service(
      id: transaction.newIdentifier(), community: transaction.community, merchant: actor.merchant,
      details: details,
      product: product.id, variant: transaction.newIdentifier(),
      host: members.contains(actor.person) ? actor.person : members.first ?? actor.person,
      createdAt: transaction.now, closedAt: nil)
    let variant = Variant(
      id: service.variant, product: product.id,
      details: Variant.Details(
        sku: "service-\(service.id)", pack: Phrase("一次", "one visit"), unit: .piece, price: details.price.cap)
    )
    try transaction.insert(.products([product]))
    try transaction.insert(.variants([variant], in: transaction.community))
    try ServiceStore.insert(service, in: transaction)
    try tell("shop.service_create", service.id.rawValue, by: actor, in: transaction)
    return service
  }

  /// Changes what is offered from now on; bookings keep what they were made under.
  /// - Throws: `not_found`.
  package static func change(
    _ id: ServiceID, to details: Service.Details, by actor: MerchantActor, in transaction: Transaction
  ) throws {
    var service = try own(id, actor, in: transaction)
    service.details = details
    try ServiceStore.update(service, in: transaction)
    if let product = try transaction.product(
      service.product, in: transaction.community, includesArchived: true)?.product
    {
      var changed = product.details
      changed.name = details.title
      changed.description = details.description
      try transaction.writeDetails(changed, archivedAt: product.archivedAt, of: product)
    }
    try tell("shop.service_change", id.rawValue, by: actor, in: transaction)
  }

  /// - Throws: `not_found`.
  package static func setClosed(
    _ isClosed: Bool, _ id: ServiceID, by actor: MerchantActor, in transaction: Transaction
  ) throws {
    var service = try own(id, actor, in: transaction)
    if service.isOpen == !isClosed { return }
    service.closedAt = isClosed ? transaction.now : nil
    try ServiceStore.update(service, in: transaction)
    try tell(isClosed ? "shop.service_close" : "shop.service_reopen", id.rawValue, by: actor, in: transaction)
  }

  // MARK: - Workers

  /// Stores a new worker, or what changed of one.
  /// - Throws: `not_found`.
  package static func save(
    _ details: Worker.Details, as id: WorkerID?, by actor: MerchantActor, in transaction: Transaction
  ) throws -> Worker {
    if let id {
      var worker = try own(id, actor, in: transaction)
      worker.details = details
      try WorkerStore.update(worker, in: transaction)
      try tell("shop.worker_change", id.rawValue, by: actor, in: transaction)
      return worker
    }
    let worker = Worker(
      id: transaction.newIdentifier(), community: transaction.community, merchant: actor.merchant,
      details: details,
      createdAt: transaction.now)
    try WorkerStore.insert(worker, in: transaction)
    try tell("shop.worker_create", worker.id.rawValue, by: actor, in: transaction)
    return worker
  }

  /// - Throws: `not_found`.
  package static func setClosed(
    _ isClosed: Bool, worker id: WorkerID, by actor: MerchantActor, in transaction: Transaction
  ) throws {
    var worker = try own(id, actor, in: transaction)
    if (worker.closedAt != nil) == isClosed { return }
    worker.closedAt = isClosed ? transaction.now : nil
    try WorkerStore.update(worker, in: transaction)
    try tell(isClosed ? "shop.worker_close" : "shop.worker_reopen", id.rawValue, by: actor, in: transaction)
  }

  /// Sets the photo of a worker, or takes it away; the one before is gone at once, for it shows a person.
  /// - Throws: `not_found`.
  package static func setPicture(
    _ picture: Picture?, worker id: WorkerID, by actor: MerchantActor, in transaction: Transaction
  ) throws {
    let worker = try own(id, actor, in: transaction)
    if let picture { try transaction.insertPictures([picture]) }
    try WorkerStore.writePicture(picture?.id, of: worker, in: transaction)
    if let earlier = worker.picture { try transaction.deletePicture(earlier) }
    try tell("shop.worker_picture", id.rawValue, by: actor, in: transaction)
  }

  /// - Throws: `not_found`.
  package static func add(
    _ exception: HoursException, to id: WorkerID, by actor: MerchantActor, in transaction: Transaction
  ) throws {
    _ = try own(id, actor, in: transaction)
    try WorkerStore.insert(exception, of: id, in: transaction)
    try tell("shop.worker_hours_change", id.rawValue, by: actor, in: transaction)
  }

  /// - Throws: `not_found`.
  package static func removeException(
    _ exception: Int64, of id: WorkerID, by actor: MerchantActor, in transaction: Transaction
  ) throws {
    _ = try own(id, actor, in: transaction)
    try WorkerStore.removeException(exception, of: id, in: transaction)
    try tell("shop.worker_hours_change", id.rawValue, by: actor, in: transaction)
  }

  // MARK: - Parts

  private static func own(
    _ id: ServiceID, _ actor: MerchantActor, in transaction: Transaction
  ) throws -> Service {
    guard let service = try ServiceStore.find(id, in: transaction.community, transaction),
      service.merchant == actor.merchant
    else { throw Problem.notFound }
    return service
  }

  private static func own(_ id: WorkerID, _ actor: MerchantActor, in transaction: Transaction) throws
    -> Worker
  {
    guard let worker = try WorkerStore.find(id, in: transaction.community, transaction),
      worker.merchant == actor.merchant
    else { throw Problem.notFound }
    return worker
  }

  private static func tell(
    _ action: StaticString, _ object: Int64, by actor: MerchantActor, in transaction: Transaction
  ) throws {
    try transaction.audit(
      AuditEntry(actor: actor.person, role: actor.role, action: action, object: object))
  }
}
