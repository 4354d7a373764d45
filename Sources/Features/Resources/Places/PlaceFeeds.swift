import Interop
import Kernel
import Web

/// Public places for the programs of others: a map as GeoJSON and opening hours as a calendar.
enum PlaceFeeds {
  static let weeks = 4
  static let mostEvents = 1000

  /// Those whose position on the earth is known; a plan in plain metres is no use to others.
  static func collection(_ places: [Place]) -> GeoJSONCollection {
    GeoJSONCollection(
      places.compactMap { place in
        guard let position = place.terms.position else { return nil }
        var properties: [String: GeoJSONProperty] = [
          "id": .text(place.id.description), "kind": .text(place.terms.kind.rawValue),
          "name": .text(place.terms.name.chinese), "name:en": .text(place.terms.name.english),
          "address": .text(place.terms.address),
        ]
        if !place.terms.hours.isEmpty {
          properties["opening_hours"] = .text(place.terms.hours.phrase.chinese)
        }
        if !place.terms.phone.isEmpty { properties["phone"] = .text(place.terms.phone) }
        if let isStepFree = place.terms.isStepFree { properties["step_free"] = .flag(isStepFree) }
        return GeoJSONFeature(
          .point(GeoJSONPosition(x: position.longitude, y: position.latitude)), properties)
      })
  }

  /// Each time that a place opens within the weeks to come, the nearest first: where there are too many, the last weeks
  /// are left out and no place is.
  static func events(
    _ places: [Place], from now: Timestamp, host: String, origin: String, _ say: Wording
  ) -> [CalendarEvent] {
    let today = CivilDateTime(now, offsetSeconds: say.offsetSeconds)
    let midnight = CivilDateTime(year: today.year, month: today.month, day: today.day)
      .timestamp(offsetSeconds: say.offsetSeconds)
    let events = places.flatMap { place in
      (0..<weeks * 7).flatMap { day -> [CalendarEvent] in
        let start = midnight + .days(Int64(day))
        let date = CivilDateTime(start, offsetSeconds: say.offsetSeconds)
        return (place.terms.hours.days[date.weekday] ?? []).map { times in
          CalendarEvent(
            uid: "place-\(place.id)-\(date.isoDate)-\(times.opens)@\(host)",
            start: start + .minutes(Int64(times.opens)), end: start + .minutes(Int64(times.closes)),
            summary: say("\(place.terms.name.chinese) 开放", "\(place.terms.name.english) open"),
            location: place.terms.address, address: "\(origin)/places/\(place.id)",
            revision: Int(clamping: place.revision), lastChanged: place.changedAt)
        }
      }
    }
    return Array(events.sorted { ($0.start, $0.uid) < ($1.start, $1.uid) }.prefix(mostEvents))
  }
}
