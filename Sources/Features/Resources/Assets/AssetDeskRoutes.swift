import Database
import Hummingbird
import Kernel
import People
import Security
import Web

extension AssetMap {
  private static let deskPageLength = 50
  private static let sheetLength = 300

  /// Where the station writes entries down, looks them through and prints them.
  func addDesk(_ routes: inout Routes) {
    let (staff, limits) = (ResourceStaff.access, ResourceStaff.writes)
    routes.get("/asset-desk", for: staff, objects: .community) { try await deskList($0) }
    routes.get("/asset-desk/new", for: staff, objects: .community) { signedIn in
      .page(try await formPage(signedIn, isNew: true, nil, []), signedIn)
    }
    routes.post("/asset-desk", for: staff, objects: .community, limits: limits) { try await make($0) }
    routes.get("/asset-desk/sheet", for: staff, objects: .community) { try await sheet($0) }
    routes.get("/asset-desk/form-sheet", for: staff, objects: .community) { signedIn in
      let community = signedIn.community
      return .page(
        AssetSheetPages(say: signedIn.say).form(signedIn.say(community.name), phone: community.phoneNumber),
        signedIn)
    }
    routes.get("/asset-desk/:asset", for: staff, objects: .community) { signedIn in
      .page(try await deskPage(signedIn, []), signedIn)
    }
    routes.get("/asset-desk/:asset/change", for: staff, objects: .community) { signedIn in
      .page(try await formPage(signedIn, isNew: false, nil, []), signedIn)
    }
    routes.post("/asset-desk/:asset/change", for: staff, objects: .community, limits: limits) {
      try await write($0)
    }
  }

  private func pages(_ signedIn: SignedIn) -> AssetDeskPages {
    AssetDeskPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
  }

  private func deskList(_ signedIn: SignedIn) async throws -> Response {
    let state = signedIn.query("state").flatMap(AssetState.init(rawValue:)) ?? .unverified
    let kind = signedIn.query("kind").flatMap(Asset.Kind.init(rawValue:))
    let before = signedIn.query("before").flatMap { AssetID($0) }
    let community = signedIn.community.id
    let (last, entries) = try await ground.database.read { snapshot in
      let found = try AssetStore.desk(
        state, kind, before: before, limit: Self.deskPageLength + 1, in: community, snapshot)
      let part = Portion(found, of: Self.deskPageLength)
      let readable = try gate.shown(part.shown, to: .station, in: community, snapshot).map(\.id)
      return (
        part.last?.id,
        part.shown.map { AssetDeskPages.Entry(asset: $0, isReadable: readable.contains($0.id)) }
      )
    }
    let next = last.map {
      "/asset-desk?state=\(state.rawValue)&kind=\(kind?.rawValue ?? "")&before=\($0)"
    }
    return .page(pages(signedIn).list(entries, state, kind, next: next), signedIn)
  }

  /// What residents see, and nothing else, goes to the wall.
  private func sheet(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community
    let assets = try await ground.database.read { snapshot in
      let found = try AssetStore.list(
        AssetFilter(), to: .residents, limit: Self.sheetLength, in: community.id, snapshot)
      return try gate.shown(found, in: community.id, snapshot)
    }
    let page = AssetSheetPages(say: signedIn.say).wall(
      assets, signedIn.say(community.name), phone: community.phoneNumber, on: signedIn.say.day(signedIn.now))
    return .page(page, signedIn)
  }

  // MARK: - One

  /// The entry in the path; what is for its holder alone is not there for the station.
  /// - Throws: `not_found`.
  func asset(_ signedIn: SignedIn, _ snapshot: Snapshot) throws -> Asset {
    guard let asset = try AssetStore.find(try signedIn.id("asset"), in: signedIn.community.id, snapshot),
      asset.terms.visibility != .private
    else { throw Problem.notFound }
    return asset
  }

  func isReadable(_ asset: Asset, in community: CommunityID, _ snapshot: Snapshot) throws -> Bool {
    try !gate.shown([asset], to: .station, in: community, snapshot).isEmpty
  }

  func deskPage(_ signedIn: SignedIn, _ alerts: [HTML]) async throws -> Page {
    let community = signedIn.community.id
    let cipher = try await ground.cipher(community)
    let view = try await ground.database.read { snapshot in
      let asset = try self.asset(signedIn, snapshot)
      let isReadable = try isReadable(asset, in: community, snapshot)
      return AssetDeskPages.View(
        entry: AssetDeskPages.Entry(asset: asset, isReadable: isReadable),
        description: isReadable
          ? try AssetStore.description(of: asset.id, opening: cipher, in: community, snapshot) : "",
        place: try place(asset.terms, seenBy: .station, in: community, snapshot),
        holder: try asset.terms.holder.flatMap { try parties.names(of: [$0], in: community, snapshot)[$0] })
    }
    return pages(signedIn).asset(view, key: Form.newKey, notices: signedIn.savedNotice, alerts: alerts)
  }

  // MARK: - What it says

  private func formPage(
    _ signedIn: SignedIn, isNew: Bool, _ state: FormState?, _ alerts: [HTML]
  ) async throws -> Page {
    let community = signedIn.community.id
    let cipher = try await ground.cipher(community)
    let (asset, stored, choices) = try await ground.database.read { snapshot in
      if isNew {
        return (
          Asset?.none, AssetForm.suggestion, try self.choices(nil, in: community, snapshot)
        )
      }
      let asset = try self.asset(signedIn, snapshot)
      guard try isReadable(asset, in: community, snapshot) else { throw Problem.assetNotAgreed }
      let description = try AssetStore.description(
        of: asset.id, opening: cipher, in: community, snapshot)
      return (
        asset, AssetForm.state(asset.terms, description: description),
        try self.choices(asset.terms.holder, in: community, snapshot)
      )
    }
    return pages(signedIn).form(asset, choices, key: Form.newKey, state ?? stored, alerts: alerts)
  }

  private func choices(
    _ holder: Party?, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> AssetDeskPages.Choices {
    let organisations = try OrganisationDirectory().choices(in: community, snapshot)
      .map { (value: Party.organisation($0.id).formValue, name: $0.name) }
    let merchants = try ground.ports.merchants.choices(community, snapshot)
      .map { (value: Party.merchant($0.id).formValue, name: Phrase(same: $0.name)) }
    var holders = merchants + organisations
    // Whoever holds it stays to be chosen: a person, who is in no list, and what is in its list no more.
    if let holder, !holders.contains(where: { $0.value == holder.formValue }) {
      let names = try parties.names(of: [holder], in: community, snapshot)
      holders.insert((holder.formValue, names[holder] ?? Phrase(same: "—")), at: 0)
    }
    let places = try PlaceDirectory().choices(in: community, snapshot)
    return AssetDeskPages.Choices(
      holders: holders, places: places.map { ($0.id.description, $0.name) })
  }

  /// A person is found by their number; whoever is not found is a problem of that field.
  private func terms(
    _ form: Form, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> AssetForm.Filled {
    let filled = try AssetForm.terms(form, isOwn: false)
    var reader = FormReader(form)
    guard let phone = reader.raw("holder_phone") else {
      try reader.finish()
      return filled
    }
    try reader.finish()
    var terms = filled.terms
    terms.holder = .person(
      try ResourceParties.person(
        withPhone: phone, field: "holder_phone", ground.directory, in: community, snapshot))
    return AssetForm.Filled(terms: terms, description: filled.description)
  }

  private func make(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await formPage(signedIn, isNew: true, $0, $1) },
      work: {
        let actor = try signedIn.actor(of: ResourceStaff.roles)
        let cipher = try await ground.cipher(signedIn.community.id)
        let id = try await ground.database.make(
          in: signedIn.community.id, once: try form.onceKey("POST /asset-desk", signedIn)
        ) { [self] transaction in
          let filled = try terms(form, in: transaction.community, transaction)
          return try desk.make(
            filled.terms, description: filled.description, sealing: cipher, by: actor, in: transaction)
        }
        return .redirect(to: "/asset-desk/\(id)?saved=asset")
      })
  }

  private func write(_ signedIn: SignedIn) async throws -> Response {
    let id: AssetID = try signedIn.id("asset")
    return try await ground.answer(
      signedIn, backTo: "\(AssetDeskPages.base(id))?saved=asset",
      page: { try await formPage(signedIn, isNew: false, $0, $1) }
    ) { form in
      let actor = try signedIn.actor(of: ResourceStaff.roles)
      let seen = try ResourceForm.seen(form)
      let cipher = try await ground.cipher(signedIn.community.id)
      try await ground.change(signedIn, form, "POST /asset-desk/change") { transaction in
        let filled = try terms(form, in: transaction.community, transaction)
        try desk.write(
          filled.terms, description: filled.description, to: id, seen: seen, sealing: cipher, by: actor,
          in: transaction)
      }
    }
  }
}
