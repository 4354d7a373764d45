import Database
import Interop
import Kernel
import Messages
import People
import Security
import Synchronization
import TestKit
import Testing
import Web

@testable import Resources

/// A station whose figures are whatever a test says. The clock stands at 23 November 2026; the month that ended last is
/// October.
struct DashboardFixture: StationFixture {
  static let october = Month(start, offsetSeconds: 28_800).previous

  /// What the sources answer, by code and month.
  final class Figures: Sendable {
    let values = Mutex<[String: IndicatorValue]>([:])

    func set(_ code: String, _ month: Month, _ value: IndicatorValue?) {
      values.withLock { $0["\(code) \(month)"] = value }
    }
  }

  let station: TestStation
  let figures: Figures
  let dashboard: CommunityDashboard
  let worker: PersonID
  let neighbour: PersonID

  static func with<T>(_ engine: TestEngine, _ body: (DashboardFixture) async throws -> T) async throws -> T {
    try await TestStation.with(engine, messagesMigrations + [tieMigration, dashboardMigration]) {
      try await body(try await open($0))
    }
  }

  private static func open(_ station: TestStation) async throws -> DashboardFixture {
    let households = try await station.households([("3", "2", "501")])
    let neighbour = try await station.persons([try TestStation.person("邻居甲", home: households[0])])[0]
    let worker = try await station.staff(["许社工": .socialWorker])[0]
    let directory = station.people.directory
    let ground = ResourceGround(
      database: station.database, directory: directory, vault: station.vault,
      messenger: Messenger(directory: directory, services: []), pictures: PictureReencoder(), ports: .none)
    let figures = Figures()
    let sources = IndicatorCatalogue.shop { code, from, _, _, _ in
      let month = Month(from, offsetSeconds: 28_800)
      return figures.values.withLock { $0["\(code) \(month)"] }
    }
    return DashboardFixture(
      station: station, figures: figures, dashboard: CommunityDashboard(ground: ground, sources: sources),
      worker: worker, neighbour: neighbour)
  }

  /// Freezes a month as the job does.
  func freeze(_ month: Month, sources: [IndicatorSource]? = nil) async throws {
    let freezing = FreezeIndicators(sources: sources ?? dashboard.sources)
    try await write { try freezing.freeze(month, offsetSeconds: 28_800, in: $0) }
  }

  func frozen() async throws -> [FrozenIndicator] {
    try await database.read {
      try IndicatorStore.values(since: Self.october.months(back: 24)[0], in: community, $0)
    }
  }

  func breaches() async throws -> [String] {
    try await database.read { try $0.breaches(of: CommunityDashboard.invariants).map(\.name) }
  }

  func browser(of person: PersonID? = nil) async throws -> Browser {
    try await station.browser(of: person) { dashboard.register(on: &$0) }
  }
}
