import Database
import Hummingbird
import Interop
import Kernel
import People
import Web

extension Places {
  /// What residents and the programs of others see.
  func addPages(_ routes: inout Routes) {
    routes.get("/places", .everyone, objects: .community) { visit in
      let (places, outlines) = try await shown(Self.seen(by: visit), visit)
      return .page(pages(visit).list(PlaceRules.numbered(places), outlines), visit)
    }
    routes.get("/places/:place", .everyone, objects: .community) { try await place($0) }
    routes.get("/places.geojson", .everyone, objects: .community) { visit in
      let (places, _) = try await shown([.everybody], visit)
      let text = GeoJSONWriter.text(PlaceFeeds.collection(places))
      return .file(Array(text.utf8), name: "places.geojson", type: GeoJSONCollection.mediaType)
    }
    routes.get("/places.ics", .everyone, objects: .community) { visit in
      let (places, _) = try await shown([.everybody], visit)
      let events = PlaceFeeds.events(
        places, from: visit.now, host: visit.host, origin: visit.origin, visit.say)
      let feed = CalendarFeed(name: visit.say("社区开放时间", "Opening hours around here"), events: events)
      return .file(Array(feed.text().utf8), name: "places.ics", type: CalendarFeed.mediaType)
    }
  }

  func pages(_ visiting: some Visiting) -> PlacePages {
    PlacePages(say: visiting.visit.say, now: visiting.visit.now)
  }

  private static func seen(by visit: Visit) -> Set<Place.Visibility> {
    PlaceRules.seen(
      isSignedIn: visit.session != nil,
      isStaff: !(visit.session?.roles ?? []).isDisjoint(with: ResourceStaff.roles))
  }

  func shown(
    _ visibilities: Set<Place.Visibility>, _ visit: Visit
  ) async throws -> ([Place], [KeptOutline]) {
    let community = visit.community.id
    return try await ground.database.read { snapshot in
      (
        try PlaceStore.current(seenBy: visibilities, in: community, snapshot),
        try PlanStore.outlines(seenBy: visibilities, in: community, snapshot)
      )
    }
  }

  private func place(_ visit: Visit) async throws -> Response {
    let id: PlaceID = try visit.id("place")
    let community = visit.community.id
    let seen = Self.seen(by: visit)
    let (place, organisation, outlines) = try await ground.database.read { snapshot in
      guard let place = try PlaceStore.find(id, in: community, snapshot),
        place.isCurrent(at: snapshot.now), seen.contains(place.terms.visibility)
      else { throw Problem.notFound }
      return (
        place, try Self.organisation(of: place, in: community, snapshot),
        try PlanStore.outlines(seenBy: seen, in: community, snapshot)
      )
    }
    return .page(pages(visit).place(place, organisation: organisation, outlines), visit)
  }

  static func organisation(
    of place: Place, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Phrase? {
    guard let keeper = place.terms.keeperOrganisation else { return nil }
    return try OrganisationDirectory().cards(of: [keeper], in: community, snapshot)[keeper]?.name
  }
}
