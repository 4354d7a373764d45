import Kernel
import TestKit
import Testing

@testable import People

@Suite("The order of a walk from door to door")
struct DoorWalkTests {
  private typealias Place = DoorPlace<Int64>

  private func places(_ count: Int, _ random: inout SeededGenerator) throws -> [Place] {
    try (0..<count).map { number in
      let building = Int.random(in: 1...4, using: &random)
      let floor = Int64.random(in: 1...9, using: &random)
      let room = Int.random(in: 1...4, using: &random)
      return Place(
        stop: Int64(number) + 1,
        door: try Door(
          building: "\(building)", unit: "\(Int.random(in: 1...3, using: &random))", room: "\(floor)0\(room)"),
        floor: floor, hasLift: building > 2, load: Int64.random(in: 1...4, using: &random),
        rank: Bool.random(using: &random) ? Int.random(in: 1...3, using: &random) : nil)
    }
  }

  private func place(
    _ stop: Int64, _ building: String, _ unit: String, floor: Int64, lift: Bool = false, load: Int64 = 1,
    _ rank: Int? = nil
  ) throws -> Place {
    Place(
      stop: stop, door: try Door(building: building, unit: unit, room: "\(floor)01"),
      floor: floor, hasLift: lift, load: load, rank: rank)
  }

  @Test("Every stop once, times kept, never worse than the plain list, whatever order they are given in")
  func properties() throws {
    for seed in UInt64(1)...300 {
      var random = SeededGenerator(seed: seed)
      let places = try places(Int.random(in: 0...25, using: &random), &random)
      let walk = DoorWalk.walk(places)
      #expect(Set(walk.map(\.stop)) == Set(places.map(\.stop)) && walk.count == places.count, "seed \(seed)")
      #expect(DoorWalk.cost(of: walk).brokenWindows == 0, "seed \(seed)")
      #expect(DoorWalk.cost(of: walk) <= DoorWalk.cost(of: DoorWalk.doorOrder(places)))
      #expect(DoorWalk.walk(places.shuffled(using: &random)) == walk, "seed \(seed)")
      #expect(DoorWalk.walk(walk) == walk, "seed \(seed)")
    }
  }

  @Test("In a unit without a lift no order carries less up the stairs than from the bottom up")
  func lowFloorsFirst() throws {
    for seed in UInt64(1)...40 {
      var random = SeededGenerator(seed: seed)
      let places = try (1...5).map { number in
        try place(
          Int64(number), "1", "2", floor: Int64.random(in: 1...7, using: &random),
          load: Int64.random(in: 1...5, using: &random))
      }
      let walk = DoorWalk.cost(of: DoorWalk.walk(places)).burden
      for order in permutations(places) { #expect(walk <= DoorWalk.cost(of: order).burden) }
    }
  }

  @Test("With a lift from the top down; and nobody is visited twice where once will do")
  func examples() throws {
    let tower = try [
      place(1, "7", "1", floor: 3, lift: true), place(2, "7", "1", floor: 18, lift: true),
      place(3, "7", "1", floor: 9, lift: true),
    ]
    #expect(DoorWalk.walk(tower).map(\.floor) == [18, 9, 3])
    let day = try [
      place(1, "1", "1", floor: 2, 3), place(2, "2", "1", floor: 2),
      place(3, "2", "1", floor: 5, 1),
      place(4, "1", "1", floor: 1), place(5, "3", "1", floor: 1),
    ]
    // 2-1-2 is on the way of the morning, 1-1-1 on the way of the evening; 3-1-1 is first for lack of a reason to wait.
    #expect(DoorWalk.walk(day).map(\.stop) == [2, 3, 5, 4, 1])
  }

  @Test("Two walks of about the same load, cut between buildings where that is near")
  func split() throws {
    #expect(DoorWalk.split([try place(1, "1", "1", floor: 1)]) == nil)
    let places = try [
      place(1, "1", "1", floor: 1, load: 2), place(2, "1", "1", floor: 2, load: 2),
      place(3, "2", "1", floor: 1, load: 2), place(4, "2", "1", floor: 2, load: 1),
      place(5, "2", "1", floor: 3, load: 1),
    ]
    let parts = try #require(DoorWalk.split(places))
    #expect(parts.first.map(\.stop) == [1, 2] && parts.second.map(\.stop) == [3, 4, 5])
    for seed in UInt64(1)...100 {
      var random = SeededGenerator(seed: seed)
      let walk = DoorWalk.walk(try self.places(Int.random(in: 2...20, using: &random), &random))
      let parts = try #require(DoorWalk.split(walk))
      #expect(parts.first + parts.second == walk && !parts.first.isEmpty && !parts.second.isEmpty)
    }
  }

  @Test("Where nothing is carried: building by building, the stairs once, up on foot and down by lift")
  func visits() throws {
    let places = try [
      place(1, "10", "1", floor: 1, load: 0), place(2, "2", "2", floor: 6, load: 0),
      place(3, "2", "1", floor: 5, load: 0), place(4, "2", "2", floor: 1, load: 0),
      place(5, "7", "1", floor: 3, lift: true, load: 0), place(6, "7", "1", floor: 9, lift: true, load: 0),
    ]
    #expect(DoorWalk.walk(places).map(\.stop) == [3, 4, 2, 6, 5, 1])
  }

  private func permutations(_ places: [Place]) -> [[Place]] {
    guard places.count > 1 else { return [places] }
    return places.indices.flatMap { index in
      var rest = places
      let first = rest.remove(at: index)
      return permutations(rest).map { [first] + $0 }
    }
  }
}
