import Database
import Hummingbird
import Interop
import Kernel
import People
import Web

extension ActivityProgramme {
  /// Photos: kept and published by the station, and served to everybody as long as those in them agree.
  func addPhotos(_ routes: inout Routes) {
    let (staff, limits) = (ActivityStaff.access, ActivityStaff.writes)
    let base = "/activity-desk/:activity/photos"
    routes.get(base, for: staff, objects: .community) { signedIn in
      .page(try await photoPage(signedIn, .empty, []), signedIn)
    }
    routes.post(
      base, for: staff, objects: .community,
      limits: [RateLimit("activities.photo", 120, per: .hours(1))], bodyLimit: .upload
    ) { try await addPhoto($0) }
    routes.post("\(base)/:photo/publish", for: staff, objects: .community, limits: limits) { signedIn in
      try await photoStep(signedIn, "POST /activity-desk/photos/publish") { [photos] in
        try photos.publish($0, by: $1, in: $2)
      }
    }
    routes.post("\(base)/:photo/hide", for: staff, objects: .community, limits: limits) { signedIn in
      try await photoStep(signedIn, "POST /activity-desk/photos/hide") { [photos] in
        try photos.hide($0, by: $1, in: $2)
      }
    }
    routes.post("\(base)/:photo/delete", for: staff, objects: .community, limits: limits) { signedIn in
      try await photoStep(signedIn, "POST /activity-desk/photos/delete") { [photos] in
        try photos.delete($0, by: $1, in: $2)
      }
    }
    routes.get("/activity-photos/:photo/:size", .everyone, objects: .community) { visit in
      try await servePhoto(visit)
    }
  }

  // MARK: - The station

  private func photoPage(
    _ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]
  ) async throws -> Page {
    let community = signedIn.community.id
    let view = try await database.read { snapshot in
      let activity = try self.activity(signedIn, snapshot)
      guard activity.isShown else { throw Problem.activityNotPossible }
      let shown = try PhotoStore.photos(of: activity.id, in: community, snapshot)
      let persons = Set(shown.flatMap(\.persons))
      let offered = try photos.offered(for: activity, community, snapshot)
      return PhotoPages.View(
        activity: activity, photos: shown,
        agreed: try PhotoGate(directory: directory).agreed(persons, in: community, snapshot),
        offered: offered,
        names: try directory.displayNames(of: persons.union(offered), in: community, snapshot))
    }
    return PhotoPages(say: signedIn.say, token: signedIn.formToken).photos(
      view, key: Form.newKey, state, notices: signedIn.savedNotice, alerts: alerts)
  }

  private func addPhoto(_ signedIn: SignedIn) async throws -> Response {
    try await answerPhoto(signedIn) { form in
      let actor = try signedIn.actor(of: ActivityStaff.roles)
      let sent = try PhotoForm.read(form)
      let made = try await made(sent.bytes)
      let cipher = try await cipher(signedIn.community.id)
      try await change(signedIn, form, "POST /activity-desk/photos") { [photos] transaction in
        try photos.add(
          made, sent, to: try self.activity(signedIn, transaction), sealing: cipher, by: actor,
          in: transaction)
      }
    }
  }

  /// Decoded and encoded anew, so that nothing of the camera or the place stays in it.
  private func made(_ bytes: [UInt8]) async throws -> PhotoDesk.Made {
    do {
      let variants = try await pictures.reencode(bytes)
      guard let small = variants.first, let large = variants.last else { throw Problem.internalFault }
      return PhotoDesk.Made(
        small: small.bytes, large: large.bytes, width: large.width, height: large.height)
    } catch let problem as Problem where [413, 415, 422].contains(problem.status) {
      throw Problem.invalid([FieldProblem("picture", problem.title)])
    }
  }

  private func photoStep(
    _ signedIn: SignedIn, _ operation: StaticString,
    _ step: @escaping @Sendable (ActivityPhoto, Actor, Transaction) throws -> Void
  ) async throws -> Response {
    let id: ActivityPhotoID = try signedIn.id("photo")
    return try await answerPhoto(signedIn) { form in
      let actor = try signedIn.actor(of: ActivityStaff.roles)
      try await change(signedIn, form, operation) { transaction in
        let activity = try self.activity(signedIn, transaction)
        guard let photo = try PhotoStore.find(id, in: transaction.community, transaction),
          photo.activity == activity.id
        else { throw Problem.notFound }
        try step(photo, actor, transaction)
      }
    }
  }

  private func answerPhoto(
    _ signedIn: SignedIn, _ work: (Form) async throws -> Void
  ) async throws -> Response {
    let id: ActivityID = try signedIn.id("activity")
    return try await answer(
      signedIn, backTo: "\(ActivityDeskPages.base(id))/photos?saved=photo",
      page: { try await photoPage(signedIn, $0, $1) }, work)
  }

  // MARK: - Everybody

  /// Residents see what is published and agreed to at this moment; the station sees what it has to decide about.
  private func servePhoto(_ visit: Visit) async throws -> Response {
    let id: ActivityPhotoID = try visit.id("photo")
    guard let size = ActivityPhoto.Size(rawValue: try visit.parameter("size")) else {
      throw Problem.notFound
    }
    let community = visit.community.id
    let isStation = !(visit.session?.roles ?? []).isDisjoint(with: ActivityStaff.roles)
    let cipher = try await cipher(community)
    let bytes = try await database.read { snapshot -> [UInt8] in
      guard let photo = try PhotoStore.find(id, in: community, snapshot),
        try isStation || PhotoGate(directory: directory).isShown(photo, in: community, snapshot),
        let bytes = try PhotoStore.bytes(of: id, size, opening: cipher, in: community, snapshot)
      else { throw Problem.notFound }
      return bytes
    }
    return .picture(bytes, type: PictureVariant.mediaType, isPrivate: true)
  }
}
