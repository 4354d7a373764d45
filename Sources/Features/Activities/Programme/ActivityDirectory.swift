package import Database
package import Kernel

/// What other features may know of an activity.
package struct ActivityCard: Sendable, Equatable {
  package let id: ActivityID
  package let kind: Activity.Kind
  package let title: String
  package let place: String
  package let startsAt: Timestamp
  package let endsAt: Timestamp
  package let state: Activity.State
  /// The page on which residents find it.
  package let path: String

  init(_ activity: Activity) {
    id = activity.id
    kind = activity.terms.kind
    title = activity.terms.title
    place = activity.terms.place
    startsAt = activity.terms.startsAt
    endsAt = activity.terms.endsAt
    state = activity.state
    path = Activity.path(activity.id)
  }
}

/// How an activity went, in counts alone: for reports.
package struct ActivityFigures: Sendable, Equatable {
  package let card: ActivityCard
  package let attendance: ActivityAttendance
  /// Nil where no slips were counted yet.
  package let satisfaction: ActivitySatisfaction?
  package let expense: Money
}

/// What other features may ask about activities. Nobody's name and nobody's sign-up is in any answer.
package struct ActivityDirectory: Sendable {
  package init() {}

  /// Cards of the activities that there are among these, drafts left out.
  package func cards(
    of ids: Set<ActivityID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ActivityID: ActivityCard] {
    let found = try ActivityStore.find(ids, in: community, snapshot).filter { $0.isShown }
    return Dictionary(found.map { ($0.id, ActivityCard($0)) }) { first, _ in first }
  }

  /// The card of one activity; nil for a draft and for what there is not.
  package func card(
    of id: ActivityID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ActivityCard? {
    try cards(of: [id], in: community, snapshot)[id]
  }

  /// Residents’ meetings that are to come or took place, the latest first.
  package func residentsMeetings(
    limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ActivityCard] {
    try ActivityStore.latest(of: .meeting, limit: limit, in: community, snapshot).map(ActivityCard.init)
  }

  /// How the activities went that began within a time and were closed as held, in its order.
  ///
  /// - Parameter limit: the most activities that are looked at.
  package func figures(
    from start: Timestamp, until end: Timestamp, limit: Int = 1000, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [ActivityFigures] {
    let held = try ActivityStore.shown(
      from: start, until: end, limit: limit, in: community, snapshot
    ).filter { $0.state == .held }
    let ids = held.map(\.id)
    let attendance = try CheckInStore.attendance(of: ids, in: community, snapshot)
    let satisfactions = try ActivityClosingStore.satisfactions(of: ids, in: community, snapshot)
    return held.map {
      ActivityFigures(
        card: ActivityCard($0), attendance: attendance[$0.id] ?? .none,
        satisfaction: satisfactions[$0.id], expense: $0.terms.expense)
    }
  }
}
