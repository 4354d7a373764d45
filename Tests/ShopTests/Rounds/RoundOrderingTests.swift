import Kernel
import People
import TestKit
import Testing

@testable import Shop

@Suite("The order of a round")
struct RoundOrderingTests {
  private func places(_ count: Int, _ random: inout SeededGenerator) throws -> [RoundPlace] {
    try (0..<count).map { number in
      let building = Int.random(in: 1...4, using: &random)
      let floor = Int64.random(in: 1...9, using: &random)
      let room = Int.random(in: 1...4, using: &random)
      return RoundPlace(
        stop: RoundStopID(rawValue: Int64(number) + 1),
        door: try Door(
          building: "\(building)", unit: "\(Int.random(in: 1...3, using: &random))", room: "\(floor)0\(room)"),
        floor: floor, hasLift: building > 2, bags: Int64.random(in: 1...4, using: &random),
        window: DeliveryWindow.allCases.randomElement(using: &random) ?? .any)
    }
  }

  private func place(
    _ stop: Int64, _ building: String, _ unit: String, floor: Int64, lift: Bool = false, bags: Int64 = 1,
    _ window: DeliveryWindow = .any
  ) throws -> RoundPlace {
    RoundPlace(
      stop: RoundStopID(rawValue: stop), door: try Door(building: building, unit: unit, room: "\(floor)01"),
      floor: floor, hasLift: lift, bags: bags, window: window)
  }

  @Test("Every stop once, times kept, never worse than the plain list, whatever order they are given in")
  func properties() throws {
    for seed in UInt64(1)...300 {
      var random = SeededGenerator(seed: seed)
      let places = try places(Int.random(in: 0...25, using: &random), &random)
      let walk = RoundOrdering.walk(places)
      #expect(Set(walk.map(\.stop)) == Set(places.map(\.stop)) && walk.count == places.count, "seed \(seed)")
      #expect(RoundOrdering.cost(of: walk).brokenWindows == 0, "seed \(seed)")
      #expect(RoundOrdering.cost(of: walk) <= RoundOrdering.cost(of: RoundOrdering.doorOrder(places)))
      #expect(RoundOrdering.walk(places.shuffled(using: &random)) == walk, "seed \(seed)")
      #expect(RoundOrdering.walk(walk) == walk, "seed \(seed)")
    }
  }

  @Test("In a unit without a lift no order carries less up the stairs than from the bottom up")
  func lowFloorsFirst() throws {
    for seed in UInt64(1)...40 {
      var random = SeededGenerator(seed: seed)
      let places = try (1...5).map { number in
        try place(
          Int64(number), "1", "2", floor: Int64.random(in: 1...7, using: &random),
          bags: Int64.random(in: 1...5, using: &random))
      }
      let walk = RoundOrdering.cost(of: RoundOrdering.walk(places)).burden
      for order in permutations(places) { #expect(walk <= RoundOrdering.cost(of: order).burden) }
    }
  }

  @Test("With a lift from the top down; and nobody is visited twice where once will do")
  func examples() throws {
    let tower = try [
      place(1, "7", "1", floor: 3, lift: true), place(2, "7", "1", floor: 18, lift: true),
      place(3, "7", "1", floor: 9, lift: true),
    ]
    #expect(RoundOrdering.walk(tower).map(\.floor) == [18, 9, 3])
    let day = try [
      place(1, "1", "1", floor: 2, .evening), place(2, "2", "1", floor: 2),
      place(3, "2", "1", floor: 5, .morning),
      place(4, "1", "1", floor: 1), place(5, "3", "1", floor: 1),
    ]
    // 2-1-2 is on the way of the morning, 1-1-1 on the way of the evening; 3-1-1 is first for lack of a reason to wait.
    #expect(RoundOrdering.walk(day).map(\.stop.rawValue) == [2, 3, 5, 4, 1])
  }

  @Test("Two rounds of about as many bags, cut between buildings where that is near")
  func split() throws {
    #expect(RoundOrdering.split([try place(1, "1", "1", floor: 1)]) == nil)
    let places = try [
      place(1, "1", "1", floor: 1, bags: 2), place(2, "1", "1", floor: 2, bags: 2),
      place(3, "2", "1", floor: 1, bags: 2), place(4, "2", "1", floor: 2, bags: 1),
      place(5, "2", "1", floor: 3, bags: 1),
    ]
    let parts = try #require(RoundOrdering.split(places))
    #expect(parts.first.map(\.stop.rawValue) == [1, 2] && parts.second.map(\.stop.rawValue) == [3, 4, 5])
    for seed in UInt64(1)...100 {
      var random = SeededGenerator(seed: seed)
      let walk = RoundOrdering.walk(try self.places(Int.random(in: 2...20, using: &random), &random))
      let parts = try #require(RoundOrdering.split(walk))
      #expect(parts.first + parts.second == walk && !parts.first.isEmpty && !parts.second.isEmpty)
    }
  }

  @Test("By hand: first, up and down, and no further than the ends")
  func byHand() {
    let stops = (1...4).map { RoundStopID(rawValue: $0) }
    func moved(_ stop: Int64, _ move: StopMove) -> [Int64] {
      RoundRules.moved(RoundStopID(rawValue: stop), move, in: stops).map(\.rawValue)
    }
    #expect(
      moved(3, .first) == [3, 1, 2, 4] && moved(3, .up) == [1, 3, 2, 4] && moved(3, .down) == [1, 2, 4, 3])
    #expect(
      moved(1, .up) == [1, 2, 3, 4] && moved(4, .down) == [1, 2, 3, 4] && moved(9, .first) == [1, 2, 3, 4])
  }

  private func permutations(_ places: [RoundPlace]) -> [[RoundPlace]] {
    guard places.count > 1 else { return [places] }
    return places.indices.flatMap { index in
      var rest = places
      let first = rest.remove(at: index)
      return permutations(rest).map { [first] + $0 }
    }
  }
}
