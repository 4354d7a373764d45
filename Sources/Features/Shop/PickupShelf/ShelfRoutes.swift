package import Database
import HTTPTypes
import Hummingbird
package import Interop
import Kernel
package import People
package import Web

/// The shelf: where bags stand without anybody beside them.
package struct Shelves: Sendable {
  let database: Database
  let directory: Directory
  let pictures: PictureReencoder

  package init(_ database: Database, directory: Directory, pictures: PictureReencoder) {
    self.database = database
    self.directory = directory
    self.pictures = pictures
  }

  package func register(on routes: inout Routes) {
    let runners = Access.Personal.roles(CampaignActor.roles)
    let own = Objects.own("campaigns that the person runs")
    let seen = Objects.own("campaigns that the household bought in, or that the person runs")
    routes.get("/desk/campaigns/:campaign/shelf", for: runners, objects: own) { signedIn in
      try await desk(signedIn, form: nil, problem: nil)
    }
    routes.post(
      "/desk/campaigns/:campaign/shelf/photos", for: runners, objects: own,
      limits: [RateLimit("shop.shelf_photo", 60, per: .hours(1))], bodyLimit: .upload
    ) { try await addPhoto($0) }
    routes.post("/desk/campaigns/:campaign/shelf/places", for: runners, objects: own) {
      try await setPlaces($0)
    }
    routes.get("/campaigns/:campaign/shelf", for: .signedIn, objects: seen) { try await household($0) }
    routes.get("/shelf-photos/:photo/:size", for: .signedIn, objects: seen) { try await picture($0) }
  }

  // MARK: - The leader

  private func desk(_ signedIn: SignedIn, form: Form?, problem: Problem?) async throws -> Response {
    let campaign = try await database.campaign(runBy: signedIn).campaign
    let (bags, photos) = try await database.read { snapshot in
      let orders = try OrderStore.list(ofCampaign: campaign.id, in: campaign.community, snapshot)
        .filter { $0.isReadyForPickup || $0.awaitsWeighing }
      let places = try ShelfStore.places(of: campaign.id, in: campaign.community, snapshot)
      let names = try directory.displayNames(
        of: orders.map(\.person), in: campaign.community, snapshot)
      return (
        orders.map { PickupShelfPages.Bag(order: $0, name: names[$0.person] ?? "", place: places[$0.id]) },
        try ShelfStore.photos(of: campaign.id, in: campaign.community, snapshot)
      )
    }
    var values = ["occasion": ShelfPhoto.Occasion.placed.rawValue]
    for bag in bags { values[ShelfForm.field(bag.order.id)] = bag.place?.place ?? "" }
    let state = if let form, let problem { FormState(form, problem) } else { FormState(values) }
    var alerts: [HTML] = []
    if let problem, problem.fields.isEmpty {
      alerts.append(PageParts.notice(signedIn.say(problem.title), .bad))
    }
    if signedIn.query("done") != nil { alerts.append(PageParts.notice(signedIn.say("记好了。", "Kept."), .good)) }
    let page = PickupShelfPages(say: signedIn.say, token: signedIn.formToken)
      .desk(campaign, bags, photos, state: state, alerts: alerts)
    return .page(page, signedIn, status: problem.map { .init(code: $0.status) } ?? .ok)
  }

  private func addPhoto(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, actor) = try await database.campaign(runBy: signedIn)
    let form = try await signedIn.form()
    do {
      let sent = try ShelfForm.photo(form)
      let picture = try await made(sent.bytes)
      try await database.write(in: campaign.community) { transaction in
        _ = try ShelfStore.add(picture, sent.occasion, to: campaign.id, by: actor, in: transaction)
      }
      return .redirect(to: "/desk/campaigns/\(campaign.id)/shelf?done=1")
    } catch let problem as Problem where problem.status == 409 || problem.status == 422 {
      return try await desk(signedIn, form: form, problem: problem)
    }
  }

  /// Decoded and encoded anew, so that nothing of the camera or the place stays in it.
  private func made(_ bytes: [UInt8]) async throws -> Picture {
    do {
      return try await Picture.upload(bytes, as: database.identifiers.next(), through: pictures)
    } catch let problem as Problem where problem.status == 422 || problem.status == 415 {
      throw Problem.invalid([FieldProblem("picture", problem.title)])
    }
  }

  private func setPlaces(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, actor) = try await database.campaign(runBy: signedIn)
    let form = try await signedIn.form()
    let orders = form.fields.compactMap { field in
      field.name.hasPrefix("place-") ? OrderID(String(field.name.dropFirst(6))) : nil
    }
    do {
      let places = try ShelfForm.places(form, of: orders)
      try await database.write(in: campaign.community) { transaction in
        try ShelfStore.set(places, of: campaign.id, by: actor, in: transaction)
      }
      return .redirect(to: "/desk/campaigns/\(campaign.id)/shelf?done=1")
    } catch let problem as Problem where problem.status == 409 || problem.status == 422 {
      return try await desk(signedIn, form: form, problem: problem)
    }
  }

  // MARK: - Households

  private func household(_ signedIn: SignedIn) async throws -> Response {
    let id: CampaignID = try signedIn.id("campaign")
    let community = signedIn.community.id
    let (campaign, photos) = try await database.read { snapshot in
      (
        try seen(id, signedIn, snapshot), try ShelfStore.photos(of: id, in: community, snapshot)
      )
    }
    let page = PickupShelfPages(say: signedIn.say, token: signedIn.formToken)
      .household(campaign, photos, isCardSession: signedIn.session.isCardSession)
    return .page(page, signedIn)
  }

  private func picture(_ signedIn: SignedIn) async throws -> Response {
    guard let size = PictureSize(rawValue: try signedIn.parameter("size")) else { throw Problem.notFound }
    let id: ShelfPhotoID = try signedIn.id("photo")
    let community = signedIn.community.id
    let found = try await database.read { snapshot in
      guard let photo = try ShelfStore.find(id, in: community, snapshot) else { throw Problem.notFound }
      _ = try seen(photo.campaign, signedIn, snapshot)
      return try ShelfStore.bytes(of: id, size, in: community, snapshot)
    }
    guard let found else { throw Problem.notFound }
    return .picture(found.bytes, type: found.mediaType, isPrivate: true)
  }

  /// The campaign, for whoever runs it and for households and merchants that ordered in it.
  /// - Throws: `not_found` for everybody else.
  private func seen(_ id: CampaignID, _ signedIn: SignedIn, _ snapshot: Snapshot) throws -> Campaign {
    let community = signedIn.community.id
    guard let campaign = try CampaignStore.find(id, in: community, snapshot) else { throw Problem.notFound }
    if CampaignActor(person: signedIn.personID, roles: signedIn.roles, leader: campaign.leader) != nil {
      return campaign
    }
    if try JointPurchaseStore.standing(of: signedIn, in: id, snapshot) != nil { return campaign }
    guard let household = signedIn.householdID else { throw Problem.notFound }
    let persons = try directory.persons(of: household, in: community, snapshot)
    guard try ShelfStore.bought(in: id, persons, household, in: community, snapshot) else {
      throw Problem.notFound
    }
    return campaign
  }
}
