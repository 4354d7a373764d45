package import People

/// One stop of a round, as its place in the walk depends on it.
package typealias RoundPlace = DoorPlace<RoundStopID>

extension DoorPlace<RoundStopID> {
  package init(
    stop: RoundStopID, door: Door, floor: Int64?, hasLift: Bool?, bags: Int64, window: DeliveryWindow
  ) {
    self.init(stop: stop, door: door, floor: floor, hasLift: hasLift, load: bags, rank: window.rank)
  }
}
