import Database
import Hummingbird
import Kernel
import People
import Web

extension AssetMap {
  private static let pageLength = 30
  static let ownWrites = [RateLimit("resources.asset_own", 60, per: .minutes(10))]

  func addResidentPages(_ routes: inout Routes) {
    routes.get("/assets", .everyone, objects: .community) { try await list($0) }
    routes.get("/assets/:asset", .everyone, objects: .community) { visit in
      .page(try await assetPage(try visit.id("asset"), visit, .empty, []), visit)
    }
    routes.post(
      "/assets/:asset/ask", for: .signedIn, objects: .own("questions about assets"), limits: Self.ownWrites
    ) { try await ask($0) }
  }

  private func audience(_ visit: Visit) -> AssetAudience { visit.session == nil ? .everyone : .residents }

  private func pages(_ visit: Visit) -> AssetPages {
    AssetPages(say: visit.say, token: visit.formToken, isSignedIn: visit.session != nil)
  }

  private func filter(_ visit: Visit) -> AssetFilter {
    AssetFilter(
      kind: visit.query("kind").flatMap(Asset.Kind.init(rawValue:)),
      category: visit.query("category").flatMap(ResourceCategory.init(rawValue:)),
      words: String((visit.query("words") ?? "").prefix(40)),
      place: visit.query("place").flatMap { PlaceID($0) })
  }

  private func list(_ visit: Visit) async throws -> Response {
    let (filter, community, audience) = (filter(visit), visit.community.id, audience(visit))
    let before = visit.query("before").flatMap { AssetID($0) }
    let view = try await ground.database.read { snapshot in
      let place = try place(in: filter, seenBy: audience, in: community, snapshot)
      let found = try AssetStore.list(
        filter, to: audience, before: before, limit: Self.pageLength + 1, in: community, snapshot)
      let part = Portion(found, of: Self.pageLength)
      return AssetPages.ListView(
        assets: try gate.shown(part.shown, in: community, snapshot), place: place,
        places: before == nil ? try places(filter, to: audience, in: community, snapshot) : [],
        outlines: before == nil
          ? try PlanStore.outlines(seenBy: audience.placeVisibilities, in: community, snapshot) : [],
        next: part.last.map { "\(filter.path)&before=\($0.id)" })
    }
    return .page(pages(visit).list(view, filter, at: visit.now), visit)
  }

  private func assetPage(
    _ id: AssetID, _ visit: Visit, _ state: FormState, _ alerts: [HTML]
  ) async throws -> Page {
    let (community, audience) = (visit.community.id, audience(visit))
    let cipher = try await ground.cipher(community)
    let view = try await ground.database.read { snapshot in
      let found = try AssetStore.shown([id], to: audience, in: community, snapshot)
      guard let asset = try gate.shown(found, in: community, snapshot).first else { throw Problem.notFound }
      let holder = asset.terms.isPersonal ? nil : asset.terms.holder
      return AssetPages.View(
        asset: asset,
        description: try AssetStore.description(of: id, opening: cipher, in: community, snapshot),
        place: try place(asset.terms, seenBy: audience, in: community, snapshot),
        mayBeNeeded: AssetRules.mayBeNeeded(asset.terms, by: visit.session?.personID),
        holder: try holder.flatMap { holder in
          try self.holder(holder, seenBy: audience, in: community, snapshot)
        })
    }
    return pages(visit).asset(
      view, key: Form.newKey, state, notices: visit.session == nil ? [] : try SignedIn(visit).savedNotice,
      alerts: alerts)
  }

  /// What its place is called; nil for none, and for one that these may not see.
  func place(
    _ terms: AssetTerms, seenBy audience: AssetAudience, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Phrase? {
    guard let id = terms.place, let place = try PlaceStore.find(id, in: community, snapshot) else {
      return nil
    }
    let isSeen = Self.isSeen(place, by: audience, at: snapshot.now)
    return isSeen ? place.terms.name : nil
  }

  /// What a merchant or an organisation that these may see is called.
  private func holder(
    _ holder: Party, seenBy audience: AssetAudience, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Phrase? {
    guard let organisation = holder.organisation else {
      return try parties.publicNames(of: [holder], in: community, snapshot)[holder]
    }
    return try OrganisationStore.shown(
      organisation, to: audience == .everyone ? .everybody : .residents, in: community, snapshot
    )?.terms.name
  }

  private func ask(_ signedIn: SignedIn) async throws -> Response {
    let id: AssetID = try signedIn.id("asset")
    return try await ground.answer(
      signedIn, backTo: "\(Asset.path(id))?saved=question",
      page: { try await assetPage(id, signedIn.visit, $0, $1) }
    ) { form in
      let text = try AssetForm.text(form)
      let cipher = try await ground.cipher(signedIn.community.id)
      try await ground.change(signedIn, form, "POST /assets/ask") { [questions] transaction in
        try questions.ask(text, about: id, sealing: cipher, by: signedIn.personID, in: transaction)
      }
    }
  }
}
