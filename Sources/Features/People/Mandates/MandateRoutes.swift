import Database
import Hummingbird
import Kernel
import Web

extension People {
  static let wishLimits = [RateLimit("people.wishes", 30, per: .minutes(1))]

  /// The principal's own doors and the helper's.
  func addOwnMandates(_ routes: inout Routes) {
    let own = Objects.own("mandates that the person gave")
    let base = "/account/mandates"
    routes.get(base, for: .signedIn, objects: own) { try await list($0, at: .own($0)) }
    routes.get("\(base)/new", for: .signedIn, objects: own) { signedIn in
      try await newMandate(signedIn, at: .own(signedIn))
    }
    routes.post(base, for: .signedIn, objects: own, limits: Self.wishLimits) { signedIn in
      try await give(signedIn, at: .own(signedIn))
    }
    routes.get("\(base)/:mandate", for: .signedIn, objects: own) { try await show($0, at: .own($0)) }
    routes.get("\(base)/:mandate/terms", for: .signedIn, objects: own) { signedIn in
      try await changing(signedIn, at: .own(signedIn))
    }
    routes.post("\(base)/:mandate/terms", for: .signedIn, objects: own, limits: Self.wishLimits) { signedIn in
      try await change(signedIn, at: .own(signedIn))
    }
    routes.post("\(base)/:mandate/keep", for: .signedIn, objects: own) { try await keep($0, at: .own($0)) }
    routes.post("\(base)/:mandate/end", for: .signedIn, objects: own) { try await end($0, at: .own($0)) }
    let held = Objects.own("mandates that the person was given")
    routes.get("/account/helping", for: .signedIn, objects: held) { try await helping($0) }
    routes.post("/account/helping/:mandate/end", for: .signedIn, objects: held) { signedIn in
      let id: MandateID = try signedIn.id("mandate")
      try await database.write(in: signedIn.community.id) { transaction in
        guard try MandateStore.find(id, in: transaction.community, transaction)?.helper == signedIn.personID
        else { throw Problem.notFound }
        try Mandates.revoke(
          id, by: Actor(person: signedIn.personID, role: signedIn.roles.min() ?? .resident), in: transaction)
      }
      return .redirect(to: "/account/helping")
    }
  }

  /// The doors of those who record mandates.
  func addDeskMandates(_ routes: inout Routes) {
    let keepers = Access.Personal.roles(RoleRules.roles(for: .keepWishes))
    let base = "/desk/people/:person/mandates"
    routes.get(base, for: keepers, objects: .community) { try await list($0, at: .desk($0)) }
    routes.get("\(base)/new", for: keepers, objects: .community) { signedIn in
      try await newMandate(signedIn, at: .desk(signedIn))
    }
    routes.post(base, for: keepers, objects: .community, limits: Self.wishLimits, bodyLimit: .upload) {
      try await give($0, at: .desk($0))
    }
    routes.get("\(base)/print", for: keepers, objects: .community) { try await printEmpty($0) }
    routes.get("\(base)/:mandate", for: keepers, objects: .community) { try await show($0, at: .desk($0)) }
    routes.get("\(base)/:mandate/print", for: keepers, objects: .community) { try await printFilled($0) }
    routes.get("\(base)/:mandate/terms", for: keepers, objects: .community) { signedIn in
      try await changing(signedIn, at: .desk(signedIn))
    }
    routes.post(
      "\(base)/:mandate/terms", for: keepers, objects: .community, limits: Self.wishLimits, bodyLimit: .upload
    ) { try await change($0, at: .desk($0)) }
    routes.post("\(base)/:mandate/keep", for: keepers, objects: .community) {
      try await keep($0, at: .desk($0))
    }
    routes.post("\(base)/:mandate/end", for: keepers, objects: .community) {
      try await end($0, at: .desk($0))
    }
    routes.get("\(base)/:mandate/evidence/:sequence", for: keepers, objects: .community) { signedIn in
      let place = try WishPlace.desk(signedIn)
      guard let sequence = Int64(try signedIn.parameter("sequence")) else { throw Problem.notFound }
      let mandate = try await database.read { try mandateInPath(signedIn, of: place.principal, $0) }
      let picture = try await openPicture(
        of: sequence, mandate, in: signedIn.community.id, by: place.actor)
      return .picture(picture, type: Self.paperType, isPrivate: true)
    }
  }

  // MARK: - Reading

  private func list(_ signedIn: SignedIn, at place: WishPlace) async throws -> Response {
    let community = signedIn.community.id
    let (pages, views) = try await database.read { snapshot in
      (
        try self.pages(signedIn, place, snapshot),
        try self.views(
          try MandateStore.given(by: place.principal, in: community, snapshot), in: community, snapshot)
      )
    }
    return .page(pages.list(views), signedIn)
  }

  private func show(_ signedIn: SignedIn, at place: WishPlace) async throws -> Response {
    let (_, pages, view) = try await one(signedIn, place)
    let state = MandateForm.state(
      view.mandate.terms(at: signedIn.now), offsetSeconds: signedIn.community.offsetSeconds)
    return .page(pages.show(view, state), signedIn)
  }

  private func changing(_ signedIn: SignedIn, at place: WishPlace) async throws -> Response {
    let (person, pages, view) = try await one(signedIn, place)
    guard view.mandate.isAlive(at: signedIn.now), view.mandate.helper != signedIn.personID else {
      return .redirect(to: place.path(of: view.mandate))
    }
    let choices = try await database.read { try self.choices(for: person, $0) }
    let state = MandateForm.state(
      view.mandate.terms(at: signedIn.now), offsetSeconds: signedIn.community.offsetSeconds)
    return .page(pages.change(view, choices, state), signedIn)
  }

  private func one(
    _ signedIn: SignedIn, _ place: WishPlace
  ) async throws -> (Person, MandatePages, MandateView) {
    let community = signedIn.community.id
    return try await database.read { snapshot in
      let mandate = try mandateInPath(signedIn, of: place.principal, snapshot)
      guard let view = try views([mandate], in: community, snapshot).first else { throw Problem.notFound }
      return (try principal(place, in: community, snapshot), try pages(signedIn, place, snapshot), view)
    }
  }

  private func helping(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    let views = try await database.read { snapshot in
      try self.views(
        try MandateStore.held(by: signedIn.personID, in: community, snapshot), in: community, snapshot)
    }
    return .page(
      MandatePages.helping(views, signedIn.say, token: signedIn.formToken, at: signedIn.now), signedIn)
  }

  private func printEmpty(_ signedIn: SignedIn) async throws -> Response {
    let place = try WishPlace.desk(signedIn)
    let person = try await database.read { try principal(place, in: signedIn.community.id, $0) }
    return .page(
      MandatePrintPages(say: signedIn.say, community: signedIn.community, now: signedIn.now).empty(
        principal: person.displayName, back: place.base), signedIn)
  }

  private func printFilled(_ signedIn: SignedIn) async throws -> Response {
    let place = try WishPlace.desk(signedIn)
    let (_, _, view) = try await one(signedIn, place)
    return .page(
      MandatePrintPages(say: signedIn.say, community: signedIn.community, now: signedIn.now).filled(
        view, back: place.path(of: view.mandate)), signedIn)
  }

  // MARK: - Writing

  private func newMandate(_ signedIn: SignedIn, at place: WishPlace) async throws -> Response {
    let state = MandateForm.suggestion(at: signedIn.now, offsetSeconds: signedIn.community.offsetSeconds)
    return .page(try await newPage(signedIn, place, state, []), signedIn)
  }

  private func newPage(
    _ signedIn: SignedIn, _ place: WishPlace, _ state: FormState, _ alerts: [HTML]
  ) async throws -> Page {
    let (pages, choices) = try await database.read { snapshot in
      let person = try principal(place, in: signedIn.community.id, snapshot)
      return (try self.pages(signedIn, place, snapshot), try self.choices(for: person, snapshot))
    }
    return pages.new(choices, state, alerts: alerts)
  }

  private func give(_ signedIn: SignedIn, at place: WishPlace) async throws -> Response {
    let form = try await signedIn.form()
    let community = signedIn.community.id
    return try await FormAgain.answer(
      signedIn, form, page: { try await newPage(signedIn, place, $0, $1) },
      work: {
        let draft = try MandateForm.new(form, offsetSeconds: signedIn.community.offsetSeconds)
        let asking = try place.asking(form)
        let picture = place.isOwn ? nil : try await sealedPicture(form, in: community)
        let mandate = try await database.write(in: community) { transaction in
          guard let helper = try person(draft.helper, "helper_phone", in: community, transaction) else {
            throw Problem.staleForm
          }
          return try Mandates.give(
            try terms(of: draft, in: community, transaction), by: place.principal, to: helper, asking: asking,
            picture: picture, in: transaction)
        }
        return .redirect(to: place.path(of: mandate))
      })
  }

  private func change(_ signedIn: SignedIn, at place: WishPlace) async throws -> Response {
    let form = try await signedIn.form()
    let community = signedIn.community.id
    let offset = signedIn.community.offsetSeconds
    let (person, pages, view) = try await one(signedIn, place)
    let isCaps = try form["part"] == MandateForm.Part.caps.rawValue
    return try await FormAgain.answer(
      signedIn, form,
      page: { state, alerts in
        if isCaps { return pages.show(view, state, alerts: alerts) }
        let choices = try await database.read { try self.choices(for: person, $0) }
        return pages.change(view, choices, state, alerts: alerts)
      },
      work: {
        let draft = try MandateForm.change(
          form, of: view.mandate.terms(at: signedIn.now), offsetSeconds: offset)
        let asking = try place.asking(form)
        let picture = place.isOwn ? nil : try await sealedPicture(form, in: community)
        try await database.write(in: community) { transaction in
          try Mandates.change(
            view.mandate.id, to: try terms(of: draft, in: community, transaction), asking: asking,
            picture: picture, in: transaction)
        }
        return .redirect(to: place.path(of: view.mandate))
      })
  }

  private func keep(_ signedIn: SignedIn, at place: WishPlace) async throws -> Response {
    let mandate = try await database.write(in: signedIn.community.id) { transaction in
      try Mandates.takeBackPending(
        try mandateInPath(signedIn, of: place.principal, transaction).id, by: place.actor, in: transaction)
    }
    return .redirect(to: place.path(of: mandate))
  }

  private func end(_ signedIn: SignedIn, at place: WishPlace) async throws -> Response {
    let mandate = try await database.write(in: signedIn.community.id) { transaction in
      let mandate = try mandateInPath(signedIn, of: place.principal, transaction)
      try Mandates.revoke(mandate.id, by: place.actor, in: transaction)
      return mandate
    }
    return .redirect(to: place.path(of: mandate))
  }

  // MARK: - Parts

  private func principal(
    _ place: WishPlace, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Person {
    guard let person = try snapshot.person(place.principal, in: community) else { throw Problem.notFound }
    return person
  }

  private func pages(
    _ signedIn: SignedIn, _ place: WishPlace, _ snapshot: Snapshot
  ) throws -> MandatePages {
    let community = signedIn.community.id
    let given = try MandateStore.given(by: place.principal, in: community, snapshot)
    return MandatePages(
      say: signedIn.say, token: signedIn.formToken, now: signedIn.now, reader: signedIn.personID,
      base: place.base,
      person: place.isOwn ? nil : try principal(place, in: community, snapshot).displayName,
      sum: try MandateSum(of: given, at: signedIn.now))
  }
}

/// From where somebody's wishes are looked at: by themselves, or by staff at the desk.
struct WishPlace: Sendable {
  let principal: PersonID
  let actor: Actor
  let isOwn: Bool

  static func own(_ signedIn: SignedIn) -> WishPlace {
    WishPlace(
      principal: signedIn.personID, actor: Actor(person: signedIn.personID, role: .resident), isOwn: true)
  }

  /// - Throws: `not_found`, `forbidden`.
  static func desk(_ signedIn: SignedIn) throws -> WishPlace {
    WishPlace(
      principal: try signedIn.id("person"),
      actor: try RoleRules.actor(signedIn.personID, signedIn.roles, for: .keepWishes), isOwn: false)
  }

  /// The page of the person.
  var home: String { isOwn ? "/account" : "/desk/people/\(principal)" }
  var base: String { "\(home)/mandates" }

  func path(of mandate: Mandate) -> String { "\(base)/\(mandate.id)" }

  /// - Throws: `form.invalid` where staff leave out what shows the wish.
  func asking(_ form: Form) throws -> MandateAsking {
    MandateAsking(by: actor, isOwn ? .electronic : try MandateForm.evidence(form))
  }
}
