import Database
import Hummingbird
import Kernel
import People
import Web

extension ActivityProgramme {
  /// Activities on a page.
  private static let pageLength = 20
  /// Of those that one person signed up for.
  private static let ownLimit = 20

  /// What residents see, with an account or without.
  func addResidentPages(_ routes: inout Routes) {
    routes.get("/activities", .everyone, objects: .community) { visit in try await list(visit) }
    routes.get("/activities/:activity", .everyone, objects: .community) { visit in
      .page(try await activityPage(try visit.id("activity"), visit, []), visit)
    }
  }

  private func pages(_ visit: Visit) -> ActivityPages {
    ActivityPages(
      say: visit.say, token: visit.formToken, now: visit.now, isSignedIn: visit.session != nil,
      phone: visit.community.phoneNumber)
  }

  private func list(_ visit: Visit) async throws -> Response {
    let isPast = visit.query("past") != nil
    let cursor = visit.query("after").flatMap { ActivityCursor($0) }
    let (community, person) = (visit.community.id, visit.session?.personID)
    let (own, entries) = try await database.read { snapshot in
      let activities = try ActivityStore.list(
        isPast ? .past : .coming, after: cursor, limit: Self.pageLength + 1, in: community, snapshot)
      let own = try cursor == nil && !isPast ? person.map { try Self.own(of: $0, community, snapshot) } : nil
      let signUps = try person.map {
        try SignUpStore.of($0, among: activities.map(\.id), in: community, snapshot)
      }
      let byActivity = Dictionary((signUps ?? []).map { ($0.activity, $0) }) { first, _ in first }
      return (
        own ?? [], activities.map { ActivityPages.Entry(activity: $0, signUp: byActivity[$0.id]) }
      )
    }
    let part = Portion(entries, of: Self.pageLength)
    let page = pages(visit).list(
      own: own, part.shown, isPast: isPast,
      next: part.last.map {
        "/activities?\(isPast ? "past=1&" : "")after=\(ActivityCursor($0.activity).text)"
      })
    return .page(page, visit)
  }

  private static func own(
    of person: PersonID, _ community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ActivityPages.Entry] {
    let signUps = try SignUpStore.coming(of: person, limit: ownLimit, in: community, snapshot)
    let activities = try ActivityStore.find(Set(signUps.map(\.activity)), in: community, snapshot)
    let byID = Dictionary(activities.map { ($0.id, $0) }) { first, _ in first }
    return signUps.compactMap { signUp in
      byID[signUp.activity].map { ActivityPages.Entry(activity: $0, signUp: signUp) }
    }
  }

  /// The page of one activity, as whoever looks may see it.
  func activityPage(_ id: ActivityID, _ visit: Visit, _ alerts: [HTML]) async throws -> Page {
    let (community, person) = (visit.community.id, visit.session?.personID)
    let cipher = try await cipher(community)
    let view = try await database.read { snapshot in
      let activity = try ActivityStore.shown(id, in: community, snapshot)
      let organiser = activity.terms.organiser
      let names = try directory.displayNames(of: [organiser], in: community, snapshot)
      let signUp = try person.flatMap {
        try SignUpStore.find(of: $0, in: id, in: community, snapshot)
      }
      return ActivityPages.View(
        activity: activity, organiser: names[organiser],
        subject: try subject(of: activity, in: community, snapshot), signUp: signUp,
        ahead: signUp?.state == .waiting
          ? try signUp.map { try SignUpStore.ahead(of: $0, in: community, snapshot) } ?? 0 : 0,
        photos: try PhotoGate(directory: directory).shown(of: id, in: community, snapshot),
        minutes: try MinutesStore.newest(of: id, opening: cipher, in: community, snapshot)
          .flatMap { $0.audience == .residents ? $0 : nil })
    }
    return pages(visit).activity(view, key: Form.newKey, alerts: alerts)
  }

  /// What an activity is about; nil for nothing, and for what is gone.
  func subject(
    of activity: Activity, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ActivitySubjectCard? {
    try activity.terms.subject.flatMap { try subjects.named([$0], community, snapshot)[$0] }
  }
}
