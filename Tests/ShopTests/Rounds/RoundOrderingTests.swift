import Kernel
import People
import Testing

@testable import Shop

@Suite("The order of a round")
struct RoundOrderingTests {
  @Test("Promised times come first, and who has none is visited on the way")
  func windows() throws {
    func place(
      _ stop: Int64, _ building: String, floor: Int64, _ window: DeliveryWindow = .any
    ) throws -> RoundPlace {
      RoundPlace(
        stop: RoundStopID(rawValue: stop), door: try Door(building: building, unit: "1", room: "\(floor)01"),
        floor: floor, hasLift: false, bags: 1, window: window)
    }
    let day = try [
      place(1, "1", floor: 2, .evening), place(2, "2", floor: 2), place(3, "2", floor: 5, .morning),
      place(4, "1", floor: 1), place(5, "3", floor: 1),
    ]
    #expect(DoorWalk.walk(day).map(\.stop.rawValue) == [2, 3, 5, 4, 1])
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
}
