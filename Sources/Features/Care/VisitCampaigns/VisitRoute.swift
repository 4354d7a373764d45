package import Kernel
package import People

/// In which order somebody comes to their doors: the walk that delivery rounds take as well, with nothing to carry.
package enum VisitRoute {
  /// The doors in the order of the walk; those whose household is not known come last.
  package static func walk(
    _ doors: [VisitDoor], _ households: [HouseholdID: Household]
  ) -> [VisitDoor] {
    let places = doors.compactMap { door in
      households[door.household].map {
        DoorPlace(stop: door.id, door: $0.door, floor: $0.floor, hasLift: $0.hasLift)
      }
    }
    let byID = Dictionary(doors.map { ($0.id, $0) }) { first, _ in first }
    let known = DoorWalk.walk(places).compactMap { byID[$0.stop] }
    return known + doors.filter { households[$0.household] == nil }
  }

  /// The walk cut into buildings, in its order.
  package static func byBuilding<Place>(
    _ walk: [Place], building: (Place) -> String
  ) -> [(building: String, places: [Place])] {
    var parts: [(building: String, places: [Place])] = []
    for place in walk {
      let name = building(place)
      if let index = parts.firstIndex(where: { $0.building == name }) {
        parts[index].places.append(place)
      } else {
        parts.append((name, [place]))
      }
    }
    return parts
  }
}
