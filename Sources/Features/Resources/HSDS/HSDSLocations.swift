import Kernel

/// Places and their times in the words of HSDS 3.0.
extension HSDSDocuments {
  // MARK: - Locations

  func location(_ place: Place, _ depth: Depth) -> HSDSValue {
    let (id, terms) = (catalogue.name(place.id), place.terms)
    var members: [Member] = [Member("id", .text(id)), Member("location_type", .text("physical"))]
    members += names(terms.name)
    members += [Member("description", said: terms.description)].compactMap(\.self)
    if let position = terms.position {
      members.append(Member("latitude", .decimal(position.latitude)))
      members.append(Member("longitude", .decimal(position.longitude)))
    }
    if depth == .full { members += parts(place, id) }
    return .object(members)
  }

  private func parts(_ place: Place, _ id: String) -> [Member] {
    let terms = place.terms
    return [
      terms.phone.isEmpty ? nil : Member("phones", .list([phone(terms.phone, "location_id", id)])),
      address(place, id).map { Member("addresses", .list([$0])) },
      terms.isStepFree.map { Member("accessibility", .list([accessibility($0, id)])) },
      Member("schedules", .list(weekly(terms.hours, "location_id", id))),
    ].compactMap(\.self)
  }

  /// Nil where what all addresses here have in common was not written yet: HSDS requires it, and nothing is guessed.
  private func address(_ place: Place, _ location: String) -> HSDSValue? {
    guard let address = catalogue.address?.address, !place.terms.address.isEmpty else { return nil }
    return .object([
      Member("id", .text(HSDSIdentifiers.uuid(.address, community, place.id.rawValue))),
      Member("location_id", .text(location)), Member("address_1", .text(place.terms.address)),
      Member("city", .text(address.city[language])),
      Member("state_province", .text(address.province[language])),
      Member("postal_code", .text(address.postalCode)), Member("country", .text(DirectoryAddress.country)),
      Member("address_type", .text("physical")),
    ])
  }

  private func accessibility(_ isStepFree: Bool, _ location: String) -> HSDSValue {
    let words =
      isStepFree
      ? Phrase("没有台阶，轮椅能进", "No steps; a wheelchair gets in") : Phrase("有台阶", "There are steps")
    return .object([
      Member("id", .text(HSDSIdentifiers.uuid(.accessibility, community, key: location))),
      Member("location_id", .text(location)), Member("description", .text(words[language])),
    ])
  }

  // MARK: - Schedules

  /// When a service is given: as a rule where it is written like opening hours, in words otherwise.
  func schedules(of service: DirectoryService, _ owner: String, _ id: String) -> [HSDSValue] {
    let words = service.terms.opening
    if words.isEmpty { return [] }
    if let hours = OpeningHours(words), !hours.isEmpty { return weekly(hours, owner, id) }
    return [
      .object([
        Member("id", .text(HSDSIdentifiers.uuid(.schedule, community, key: "\(id)/words"))),
        Member(owner, .text(id)), Member("description", .text(words)),
      ])
    ]
  }

  /// Where nothing was said of the service itself, it is given while its place is open.
  func schedules(of joined: HSDSCatalogue.Joined) -> [HSDSValue] {
    let (owner, id) = ("service_at_location_id", catalogue.name(joined))
    let own = schedules(of: joined.service, owner, id)
    return own.isEmpty ? weekly(joined.place.terms.hours, owner, id) : own
  }

  /// One rule (RFC 5545) for the days that share a time.
  private func weekly(_ hours: OpeningHours, _ owner: String, _ id: String) -> [HSDSValue] {
    HSDSSchedule.rules(of: hours).enumerated().map { index, rule in
      .object([
        Member("id", .text(HSDSIdentifiers.uuid(.schedule, community, key: "\(id)/\(index)"))),
        Member(owner, .text(id)), Member("timezone", HSDSSchedule.timezone(offsetSeconds)),
        Member("freq", .text("WEEKLY")), Member("wkst", .text("MO")), Member("byday", .text(rule.byDay)),
        Member("opens_at", .text(HSDSSchedule.clock(rule.times.opens, offsetSeconds))),
        Member("closes_at", .text(HSDSSchedule.clock(rule.times.closes, offsetSeconds))),
        Member("description", .text(hours.phrase[language])),
      ])
    }
  }
}

/// Opening hours as weekly rules.
enum HSDSSchedule {
  /// The days of the week on which somewhere is open from one time until another.
  struct Rule: Sendable, Equatable {
    let days: [Int]
    let times: OpeningHours.Interval

    /// `MO,TU`
    var byDay: String { days.map { HSDSSchedule.dayNames[$0 - 1] }.joined(separator: ",") }
  }

  static let dayNames = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

  /// Each time once, the earliest first, with all its days.
  static func rules(of hours: OpeningHours) -> [Rule] {
    var days: [OpeningHours.Interval: [Int]] = [:]
    for weekday in OpeningHours.weekdays {
      for times in hours.days[weekday] ?? [] { days[times, default: []].append(weekday) }
    }
    return days.map { Rule(days: $0.value, times: $0.key) }.sorted { left, right in
      (left.days[0], left.times.opens, left.times.closes)
        < (right.days[0], right.times.opens, right.times.closes)
    }
  }

  /// `09:00+08:00`. Midnight at the end of a day has no number of its own there, and 0:00 would read as its beginning.
  static func clock(_ minutes: Int, _ offsetSeconds: Int) -> String {
    let minutes = min(minutes, 24 * 60 - 1)
    let offset = offsetSeconds / 60
    let sign = offset < 0 ? "-" : "+"
    return "\(digits(minutes))\(sign)\(digits(abs(offset)))"
  }

  private static func digits(_ minutes: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(minutes / 60)):\(two(minutes % 60))"
  }

  /// Hours from UTC.
  static func timezone(_ offsetSeconds: Int) -> HSDSValue {
    offsetSeconds % 3600 == 0 ? .integer(offsetSeconds / 3600) : .decimal(Double(offsetSeconds) / 3600)
  }
}
