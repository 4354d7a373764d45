import Kernel

/// One stop of a walk from door to door, as its place in it depends on it.
package struct DoorPlace<Stop: Comparable & Sendable>: Sendable, Equatable {
  package let stop: Stop
  package let door: Door
  /// Counted from 1 at the ground.
  package let floor: Int64
  package let hasLift: Bool
  /// What is carried up to it: bags of a round; 0 for a visit.
  package let load: Int64
  /// The part of the day that was promised, the earliest first; nil where any will do.
  package let rank: Int?

  package init(stop: Stop, door: Door, floor: Int64?, hasLift: Bool?, load: Int64 = 0, rank: Int? = nil) {
    self.stop = stop
    self.door = door
    self.floor = floor ?? 1
    self.hasLift = hasLift ?? false
    self.load = load
    self.rank = rank
  }

  /// Whether both are reached by the same stairs.
  fileprivate func isBeside(_ other: Self) -> Bool {
    door.building == other.door.building && door.unit == other.door.unit
  }
}

/// The order in which somebody on foot comes to doors: delivery rounds and door visits alike.
///
/// The rule, which we call *low floors first*: promised times before everything; then building by building and unit by
/// unit, none twice; in a unit without a lift from the bottom up, so that nothing is carried higher than its own door
/// and the load is least where the climb is longest; with a lift from the top down, for one ride. Where the plain order
/// of the doors costs less, that is taken.
package enum DoorWalk {
  /// What an order of stops costs; compared from the first figure to the last.
  package struct Cost: Sendable, Comparable {
    /// Pairs in which somebody who wanted it later is visited before somebody who wanted it earlier.
    package let brokenWindows: Int
    /// 3 for each building that is entered, 1 for each unit.
    package let ways: Int
    /// Floors climbed without a lift, each times the load carried up it.
    package let burden: Int64

    package static func < (left: Cost, right: Cost) -> Bool {
      (left.brokenWindows, left.ways, left.burden) < (right.brokenWindows, right.ways, right.burden)
    }
  }

  package static func cost<Stop>(of places: [DoorPlace<Stop>]) -> Cost {
    var broken = 0
    for (index, earlier) in places.enumerated() {
      guard let rank = earlier.rank else { continue }
      broken += places[(index + 1)...].count { later in later.rank.map { $0 < rank } ?? false }
    }
    let visits = visits(places)
    var ways = 0
    var building: String?
    for visit in visits {
      ways += visit[0].door.building == building ? 1 : 4
      building = visit[0].door.building
    }
    return Cost(
      brokenWindows: broken, ways: ways, burden: visits.reduce(0) { $0 + burden(of: $1) })
  }

  /// By building, unit and room, as every list of the house has it.
  package static func doorOrder<Stop>(_ places: [DoorPlace<Stop>]) -> [DoorPlace<Stop>] {
    places.sorted { left, right in
      left.door == right.door ? left.stop < right.stop : Door.isInOrder(left.door, right.door)
    }
  }

  /// The walk. It depends on the stops alone, not on the order in which they are given.
  package static func walk<Stop>(_ places: [DoorPlace<Stop>]) -> [DoorPlace<Stop>] {
    let plain = doorOrder(places)
    var walk: [DoorPlace<Stop>] = []
    for part in parts(of: plain) {
      walk += unitByUnit(part, after: walk.last)
    }
    return cost(of: plain) < cost(of: walk) ? plain : walk
  }

  /// Two walks of about the same load, cut between two buildings or units where one is near enough to the middle.
  /// - Returns: nil for fewer than two stops.
  package static func split<Stop>(_ places: [DoorPlace<Stop>]) -> (
    first: [DoorPlace<Stop>], second: [DoorPlace<Stop>]
  )? {
    guard places.count >= 2 else { return nil }
    let all = places.reduce(0) { $0 + $1.load }
    var carried: Int64 = 0
    var best: (cut: Int, penalty: Int64)?
    for cut in 1..<places.count {
      carried += places[cut - 1].load
      let (before, after) = (places[cut - 1], places[cut])
      let tears: Int64 =
        before.door.building != after.door.building ? 0 : before.isBeside(after) ? all / 4 + 1 : all / 8
      let penalty = abs(2 * carried - all) + tears
      if best.map({ penalty < $0.penalty }) ?? true { best = (cut, penalty) }
    }
    guard let cut = best?.cut else { return nil }
    return (Array(places[..<cut]), Array(places[cut...]))
  }

  // MARK: - Parts

  /// The parts of the day in their order. Who has no wish is visited when somebody of the same stairs is, or of the same
  /// building, or else first.
  private static func parts<Stop>(of places: [DoorPlace<Stop>]) -> [[DoorPlace<Stop>]] {
    let ranks = Set(places.compactMap(\.rank)).sorted()
    guard let firstRank = ranks.first else { return [places] }
    var parts = Dictionary(grouping: places.filter { $0.rank != nil }) { $0.rank ?? firstRank }
    let timed = parts
    for place in places where place.rank == nil {
      let rank =
        ranks.first { timed[$0]?.contains { $0.isBeside(place) } ?? false }
        ?? ranks.first { timed[$0]?.contains { $0.door.building == place.door.building } ?? false }
        ?? firstRank
      parts[rank, default: []].append(place)
    }
    return ranks.map { doorOrder(parts[$0] ?? []) }
  }

  /// - Parameter last: where the walk stands: its building comes first, where it is visited again.
  private static func unitByUnit<Stop>(_ places: [DoorPlace<Stop>], after last: DoorPlace<Stop>?)
    -> [DoorPlace<Stop>]
  {
    var visits = visits(places)
    if let last {
      // Stable, because a later part of the day keeps the order of doors otherwise.
      let here = visits.filter { $0[0].isBeside(last) }
      let near = visits.filter { !$0[0].isBeside(last) && $0[0].door.building == last.door.building }
      let far = visits.filter { $0[0].door.building != last.door.building }
      visits = here + near + far
    }
    return visits.flatMap { visit in
      let isClimbed = visit.contains { !$0.hasLift }
      return visit.enumerated().sorted { left, right in
        if left.element.floor == right.element.floor { return left.offset < right.offset }
        return isClimbed
          ? left.element.floor < right.element.floor : left.element.floor > right.element.floor
      }.map(\.element)
    }
  }

  /// Neighbouring stops of the same stairs.
  private static func visits<Stop>(_ places: [DoorPlace<Stop>]) -> [[DoorPlace<Stop>]] {
    var visits: [[DoorPlace<Stop>]] = []
    for place in places {
      if let last = visits.last?.last, last.isBeside(place) {
        visits[visits.count - 1].append(place)
      } else {
        visits.append([place])
      }
    }
    return visits
  }

  /// Everything for these stairs is carried in from the ground, and each load is put down at its door.
  private static func burden<Stop>(of visit: [DoorPlace<Stop>]) -> Int64 {
    guard visit.contains(where: { !$0.hasLift }) else { return 0 }
    var load = visit.reduce(0) { $0 + $1.load }
    var floor: Int64 = 1
    var burden: Int64 = 0
    for place in visit {
      burden += max(0, place.floor - floor) * load
      floor = place.floor
      load -= place.load
    }
    return burden
  }
}
