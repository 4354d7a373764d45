package import Database
package import Kernel

/// What may be told outside of the Shop of bags that went astray: the hours at which most do, and what was changed.
package struct PickupPatternFigures: Sendable, Equatable {
  /// An hour of the day at one pickup point, over all days of half a year.
  package struct Hour: Sendable, Equatable {
    package let place: Phrase
    /// 0…23, as clocks in the community show.
    package let hour: Int
    package let rate: AstrayRate
  }

  /// Something that was changed at a pickup point, with the bags that went astray before and since.
  package struct Fix: Sendable, Equatable {
    package let place: Phrase
    package let name: Phrase
    package let beganAt: Timestamp
    /// Nil where either number is too small to be told.
    package let before: AstrayRate?
    package let since: AstrayRate?
  }

  /// The worst first. Hours whose numbers are too small to be told are left out.
  package let hours: [Hour]
  /// The latest first.
  package let fixes: [Fix]

  /// The page with all of it.
  package static let path = "/desk/pickup-patterns"
  /// Who may open that page.
  package static let readers = CampaignActor.roles

  /// - Parameter limit: hours and changes at most.
  package static func read(
    limit: Int, offsetSeconds: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PickupPatternFigures {
    let points = try snapshot.pickupPoints(in: community, includesClosed: false)
    var (hours, fixes): ([Hour], [Fix]) = ([], [])
    for point in points {
      hours += try worst(point, offsetSeconds, community, snapshot)
      fixes += try changes(at: point, limit: limit, community, snapshot)
    }
    return PickupPatternFigures(
      hours: Array(hours.sorted(by: isWorse).prefix(limit)),
      fixes: Array(fixes.sorted { $0.beganAt > $1.beganAt }.prefix(limit)))
  }

  private static func worst(
    _ point: PickupPoint, _ offsetSeconds: Int, _ community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Hour] {
    let found = try PickupPatternStore.hours(
      of: point.id, in: snapshot.now - PickupPattern.period..<snapshot.now, offsetSeconds: offsetSeconds,
      community: community, snapshot)
    return PickupPattern.byHour(found, weekday: nil).compactMap { hour in
      let rate = AstrayRate(handedOver: hour.handedOver, astray: hour.astray)
      guard let share = hour.perMille, share > 0 else { return nil }
      return Hour(place: point.details.name, hour: hour.hour, rate: rate)
    }
  }

  private static func changes(
    at point: PickupPoint, limit: Int, _ community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Fix] {
    try PickupPatternStore.fixes(at: point.id, in: community, snapshot).prefix(limit).map { fix in
      let windows = fix.windows(now: snapshot.now)
      func rate(_ window: Range<Timestamp>) throws -> AstrayRate? {
        let rate = try PickupPatternStore.rate(of: point.id, in: window, community: community, snapshot)
        return rate.perMille == nil ? nil : rate
      }
      return Fix(
        place: point.details.name, name: fix.kind.name, beganAt: fix.beganAt,
        before: try rate(windows.before), since: try rate(windows.after))
    }
  }

  private static func isWorse(_ left: Hour, _ right: Hour) -> Bool {
    (left.rate.perMille ?? 0, right.hour) > (right.rate.perMille ?? 0, left.hour)
  }
}
