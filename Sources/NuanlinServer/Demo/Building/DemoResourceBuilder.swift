import Database
import Kernel
import People
import Resources

/// The organisations and places that others of the demo point at, by their keys.
struct DemoTownIDs: Sendable {
  var organisations: [String: OrganisationID] = [:]
  var places: [String: PlaceID] = [:]
}

/// The support network and the map of the demo: entered two months ago by a worker, with promises that were kept and broken
/// since.
struct DemoResourceBuilder: Sendable {
  let stage: DemoStage
  let entries: NetworkEntries

  /// Fits a year's confirmation, and comes after the households and before everything that points at a place.
  private static let enteredDaysAgo: Int64 = 58

  func build() async throws -> DemoTownIDs {
    let made = try await enter()
    try await promise(made)
    let (places, organisations) = (made.places.count, made.organisations.count)
    stage.builder.tell(
      "  \(organisations) 家单位，\(places) 个地点。 \(organisations) organisations, \(places) places.")
    return made
  }

  private func enter() async throws -> DemoTownIDs {
    let (entries, worker) = (entries, try stage.worker())
    return try await stage.step(stage.day(Self.enteredDaysAgo)) { transaction in
      try entries.keepAddress(
        province: DemoTown.province, city: DemoTown.city, postalCode: DemoTown.postalCode, by: worker,
        in: transaction)
      try entries.keep(plan: Array(DemoPlan.geoJSON.utf8), by: worker, in: transaction)
      _ = try entries.takeBuildings(by: worker, in: transaction)
      var made = DemoTownIDs()
      for organisation in DemoTown.organisations {
        made.organisations[organisation.key] = try entries.enter(
          organisation.entry, by: worker, in: transaction)
      }
      for place in DemoTown.places {
        made.places[place.key] = try entries.enter(
          place.entry, keptBy: place.keeper.flatMap { made.organisations[$0] }, by: worker, in: transaction)
      }
      try Self.enterServices(made, entries, by: worker, in: transaction)
      return made
    }
  }

  private static func enterServices(
    _ made: DemoTownIDs, _ entries: NetworkEntries, by worker: Actor, in transaction: Transaction
  ) throws {
    for organisation in DemoTown.organisations {
      guard let id = made.organisations[organisation.key] else { throw Problem.internalFault }
      for service in organisation.services {
        try entries.enter(
          service.entry, at: Set(service.places.compactMap { made.places[$0] }), of: id, by: worker,
          in: transaction)
      }
    }
  }

  /// What was promised a day later, and how it was kept since.
  private func promise(_ made: DemoTownIDs) async throws {
    let (entries, worker) = (entries, try stage.worker())
    for organisation in DemoTown.organisations {
      guard let id = made.organisations[organisation.key] else { throw Problem.internalFault }
      for promise in organisation.promises {
        let until = promise.endsInDays.map { stage.day(-$0, 18) }
        let entered = try await stage.step(stage.day(Self.enteredDaysAgo - 1)) { transaction in
          try entries.enter(promise.entry, until: until, of: id, by: worker, in: transaction)
        }
        for keeping in promise.keepings {
          try await stage.step(stage.day(keeping.daysAgo, 11)) { transaction in
            try entries.note(keeping.entry, of: entered, by: worker, in: transaction)
          }
        }
      }
    }
  }
}
