import Database
import Kernel
import People
import Policy

/// Who does what and when in a part of the demo: the cast as actors, days before the present, one transaction for a step.
struct DemoStage: Sendable {
  let builder: DemoBuilder
  let community: DemoCommunityIDs

  private static let offset = DemoNeighbourhood.offsetSeconds

  var switchboard: Switchboard { builder.switchboard }
  var now: Timestamp { builder.now }

  // MARK: - Who

  func person(_ key: String) throws -> PersonID {
    guard let person = community.cast[key] else { throw Problem.internalFault }
    return person
  }

  func worker() throws -> Actor { Actor(person: try person("xu-anran"), role: .socialWorker) }
  func colleague() throws -> Actor { Actor(person: try person("ye-qing"), role: .socialWorker) }
  func supervisor() throws -> Actor { Actor(person: try person("zheng-shumin"), role: .supervisor) }
  func committee() throws -> Actor { Actor(person: try person("gu-jianping"), role: .committee) }
  func reader() throws -> Actor { Actor(person: try person("lu-min"), role: .governmentReader) }

  /// One household that takes part in something, with whoever speaks for it.
  struct Neighbour: Sendable {
    let person: PersonID
    let household: HouseholdID
    let described: DemoHousehold
  }

  /// So many households in an order of their own for each occasion; none of the cast, whose part is written by name.
  func neighbours(_ count: Int, for occasion: String) -> [Neighbour] {
    let described = DemoNeighbourhood.community.households
    let others = described.indices.filter { described[$0].castKey == nil }
    var random = DemoRandom(key: "neighbours/\(occasion)")
    return random.shuffled(others).prefix(count).map {
      Neighbour(
        person: community.buyerIDs[$0], household: community.households[$0], described: described[$0])
    }
  }

  /// The household of one of the cast.
  func neighbour(_ key: String) throws -> Neighbour {
    let described = DemoNeighbourhood.community.households
    guard let index = described.firstIndex(where: { $0.castKey == key }) else { throw Problem.internalFault }
    return Neighbour(
      person: community.buyerIDs[index], household: community.households[index], described: described[index])
  }

  // MARK: - When

  /// A time of day so many days ago, or ahead where they are negative; never in the future for days that are over.
  func day(_ daysAgo: Int64, _ hour: Int64 = 10, _ minute: Int64 = 0) -> Timestamp {
    let today = CivilDateTime(now, offsetSeconds: Self.offset).dayNumber
    return Timestamp(
      seconds: (today - daysAgo) * 86_400 + hour * 3600 + minute * 60 - Int64(Self.offset))
  }

  /// The day of the calendar so many days ago.
  func date(_ daysAgo: Int64) -> PolicyDay {
    PolicyDay(now, offsetSeconds: Self.offset).adding(days: -daysAgo)
  }

  /// The first day of the next month.
  var nextMonth: PolicyDay {
    let civil = CivilDateTime(now, offsetSeconds: Self.offset)
    let (year, month) = civil.month == 12 ? (civil.year + 1, 1) : (civil.year, civil.month + 1)
    return PolicyDay(number: CivilDateTime(year: year, month: month, day: 1).dayNumber)
  }

  // MARK: - Steps

  /// One step at its time.
  @discardableResult
  func step<Made: Sendable>(
    _ moment: Timestamp, _ work: @escaping @Sendable (Transaction) throws -> Made
  ) async throws -> Made {
    builder.clock.move(to: moment)
    return try await switchboard.database.write(in: community.id, work)
  }
}
