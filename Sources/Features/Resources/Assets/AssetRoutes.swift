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

  private func list(_ visit: Visit) async throws -> Response {
    let filter = AssetFilter(
      kind: visit.query("kind").flatMap(Asset.Kind.init(rawValue:)),
      category: visit.query("category").flatMap(ResourceCategory.init(rawValue:)),
      words: String((visit.query("words") ?? "").prefix(40)))
    let (community, audience) = (visit.community.id, audience(visit))
    let before = visit.query("before").flatMap { AssetID($0) }
    let (part, shown) = try await ground.database.read { snapshot in
      let found = try AssetStore.list(
        filter, to: audience, before: before, limit: Self.pageLength + 1, in: community, snapshot)
      let part = Portion(found, of: Self.pageLength)
      return (part.last?.id, try gate.shown(part.shown, in: community, snapshot))
    }
    let next = part.map { last in
      "/assets?kind=\(filter.kind?.rawValue ?? "")&category=\(filter.category?.rawValue ?? "")"
        + "&words=\(URLEncodedText.encode(filter.words))&before=\(last)"
    }
    let page = pages(visit).list(shown, filter, map: try await placeMap(shown, visit), next: next)
    return .page(page, visit)
  }

  /// Public places at which something of the list is, drawn on the neighbourhood's plan; nothing where there is none.
  private func placeMap(_ assets: [Asset], _ visit: Visit) async throws -> HTML {
    let community = visit.community.id
    let byPlace = Dictionary(grouping: assets.filter { $0.terms.place != nil }, by: \.terms.place)
    if byPlace.isEmpty { return .empty }
    let (places, outlines) = try await ground.database.read { snapshot in
      (
        try PlaceDirectory().cards(of: Set(byPlace.keys.compactMap(\.self)), in: community, snapshot),
        try PlanStore.outlines(in: community, snapshot)
      )
    }
    let open = places.values.filter(\.isPublic).sorted { $0.id < $1.id }
    let markers = open.enumerated().compactMap { index, place -> PlaceMapParts.Marker? in
      guard let point = place.planPoint, let asset = byPlace[place.id]?.first else { return nil }
      return PlaceMapParts.Marker(
        number: index + 1, point: point, name: visit.say(place.name), href: Asset.path(asset.id),
        letter: place.kind.letter)
    }
    if markers.isEmpty { return .empty }
    let shapes = outlines.map {
      PlaceMapParts.Shape(shape: $0.outline.shape, ground: $0.outline.ground)
    }
    return PlaceMapParts.map(shapes: shapes, markers: markers, say: visit.say)
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
        holder: try holder.flatMap { holder in
          try self.holder(holder, seenBy: audience, visit.say, in: community, snapshot)
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
    let isSeen =
      switch audience {
      case .everyone: place.terms.visibility == .everybody && place.isCurrent(at: snapshot.now)
      case .residents: place.terms.visibility != .station && place.isCurrent(at: snapshot.now)
      case .station: true
      }
    return isSeen ? place.terms.name : nil
  }

  /// What a merchant or an organisation that these may see is called.
  private func holder(
    _ holder: Party, seenBy audience: AssetAudience, _ say: Wording, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> String? {
    guard let organisation = holder.organisation else {
      return try name(of: holder, say, in: community, snapshot)
    }
    return try OrganisationStore.shown(
      organisation, to: audience == .everyone ? .everybody : .residents, in: community, snapshot
    ).map { say($0.terms.name) }
  }

  /// What a holder is called; persons only for the station.
  func name(
    of holder: Party, _ say: Wording, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> String? {
    if let person = holder.person {
      return try ground.directory.displayNames(of: [person], in: community, snapshot)[person]
    }
    if let merchant = holder.merchant {
      return try ground.ports.merchants.cards([merchant], community, snapshot)[merchant]?.name
    }
    guard let organisation = holder.organisation else { return nil }
    return try OrganisationDirectory().cards(of: [organisation], in: community, snapshot)[organisation]
      .map { say($0.name) }
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
