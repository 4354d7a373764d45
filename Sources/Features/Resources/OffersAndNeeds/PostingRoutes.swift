import Database
import Hummingbird
import Kernel
import People
import Web

extension OffersAndNeeds {
  private static let pageLength = 30
  static let limits = [RateLimit("resources.help", 60, per: .minutes(10))]

  /// What residents see and post.
  func addPostings(_ routes: inout Routes) {
    let own = Objects.own("the offers and needs of the person and of whom they represent")
    routes.get("/neighbour-help", .everyone, objects: .community) { try await list($0) }
    routes.get("/neighbour-help/new", for: .signedIn, objects: own) { signedIn in
      let kind = signedIn.query("kind").flatMap(Posting.Kind.init)
      let state = kind.map { FormState(["kind": $0.rawValue]) } ?? .empty
      return .page(try await formPage(signedIn, isStaff: false, state, []), signedIn)
    }
    // From an entry of the asset map: the same form, as a need of that entry.
    routes.get("/needs/new", for: .signedIn, objects: own) { signedIn in
      let state = signedIn.query("asset").map {
        FormState(["asset": $0, "kind": Posting.Kind.need.rawValue])
      }
      return .page(try await formPage(signedIn, isStaff: false, state ?? .empty, []), signedIn)
    }
    routes.post("/neighbour-help", for: .signedIn, objects: own, limits: Self.limits) {
      try await post($0, isStaff: false)
    }
    routes.get("/neighbour-help/mine", for: .signedIn, objects: own) { try await mine($0) }
    routes.get("/neighbour-help/:posting", for: .signedIn, objects: .community) { signedIn in
      .page(try await postingPage(signedIn, isStaff: false, []), signedIn)
    }
    routes.post("/neighbour-help/:posting/withdraw", for: .signedIn, objects: own, limits: Self.limits) {
      try await withdraw($0, isStaff: false)
    }
    routes.get("/neighbour-help/:posting/matches", for: .signedIn, objects: own) { signedIn in
      .page(try await candidatePage(signedIn, isStaff: false, []), signedIn)
    }
    routes.post("/neighbour-help/:posting/matches", for: .signedIn, objects: own, limits: Self.limits) {
      try await propose($0, isStaff: false)
    }
  }

  /// Visitors see what is offered and needed, but no words and no names.
  private func list(_ visit: Visit) async throws -> Response {
    let community = visit.community.id
    let isSignedIn = visit.session != nil
    let filter = filter(visit, standard: nil)
    let cipher = try await ground.cipher(community)
    let (found, names, places) = try await ground.database.read { snapshot in
      let found = try PostingStore.list(
        filter, limit: Self.pageLength + 1, opening: isSignedIn ? cipher : nil, in: community, snapshot)
      return (
        found, try parties.publicNames(of: Set(found.map(\.party)), in: community, snapshot),
        try postings.placeNames(of: found, in: community, snapshot)
      )
    }
    let part = Portion(found, of: Self.pageLength)
    let pages = PostingPages(say: visit.say, token: visit.formToken)
    let page = pages.list(
      part.shown, names, places, title: Phrase("邻里互助", "Neighbours’ help"),
      intro: pages.ways(isSignedIn: isSignedIn) + pages.filter(filter.kind, filter.category),
      next: part.last.map { next(pages.base, filter, after: $0.id) }, isSignedIn: isSignedIn)
    return .page(page, visit)
  }

  /// What is asked for of a list.
  /// - Parameter standard: of which kind where nothing is said.
  func filter(_ visit: Visit, standard: Posting.Kind?) -> PostingFilter {
    var filter = PostingFilter()
    filter.kind = visit.query("kind").flatMap(Posting.Kind.init) ?? standard
    filter.category = visit.query("category").flatMap(ResourceCategory.init)
    filter.last = visit.query("after").flatMap { PostingID($0) }
    return filter
  }

  func next(_ base: String, _ filter: PostingFilter, after last: PostingID) -> String {
    let kind = filter.kind.map { "kind=\($0.rawValue)&" } ?? ""
    let category = filter.category.map { "category=\($0.rawValue)&" } ?? ""
    return "\(base)?\(kind)\(category)after=\(last)"
  }

  private func mine(_ signedIn: SignedIn) async throws -> Response {
    let (community, person) = (signedIn.community.id, signedIn.personID)
    let cipher = try await ground.cipher(community)
    let (found, names, places, pairs, states) = try await ground.database.read { snapshot in
      let own = try parties.own(of: person, in: community, snapshot)
      let found = try PostingStore.of(
        own.map(\.party), limit: 100, opening: cipher, in: community, snapshot)
      let pairs = try MatchStore.of(own.map(\.party), limit: 100, in: community, snapshot)
      return (
        found, Dictionary(own.map { ($0.party, $0.name) }) { first, _ in first },
        try postings.placeNames(of: found, in: community, snapshot), pairs,
        try sight.states(of: pairs, in: community, snapshot)
      )
    }
    let pages = PostingPages(say: signedIn.say, token: signedIn.formToken)
    return .page(
      pages.list(
        found, names, places, title: Phrase("我的互助", "Mine"),
        intro: pages.ownWays + pages.matches(pairs, states), next: nil,
        notices: signedIn.savedNotice), signedIn)
  }

  func formPage(_ signedIn: SignedIn, isStaff: Bool, _ state: FormState, _ alerts: [HTML]) async throws
    -> Page
  {
    let (community, person) = (signedIn.community.id, signedIn.personID)
    let asked = AssetID(state.value("asset"))
    let isNeed = state.value("kind") == Posting.Kind.need.rawValue
    let door = isStaff ? PostingForm.typedDoor(state) : nil
    let view = try await ground.database.read { snapshot -> PostingFormPages.View in
      let own = isStaff ? [] : try parties.own(of: person, in: community, snapshot)
      let directory = AssetDirectory(directory: ground.directory)
      let held = try own.flatMap {
        try AssetStore.held(by: $0.party, limit: 50, in: community, snapshot)
      }
      let cards = try directory.cards(
        of: Set(held.map(\.id)).union([asked].compactMap(\.self)), in: community, snapshot)
      let household = try door.map { try parties.persons(at: $0, in: community, snapshot) } ?? []
      let names = try ground.directory.displayNames(of: household, in: community, snapshot)
      return PostingFormPages.View(
        parties: own, places: try PlaceDirectory().publicCards(in: community, snapshot),
        held: held.compactMap { cards[$0.id] }, asked: isNeed ? asked.flatMap { cards[$0] } : nil,
        household: household.map {
          NamedParty(party: .person($0), name: Phrase(same: names[$0] ?? "—"))
        })
    }
    return PostingFormPages(say: signedIn.say, token: signedIn.formToken, isStaff: isStaff).form(
      view, key: Form.newKey, state, alerts: alerts)
  }

  func post(_ signedIn: SignedIn, isStaff: Bool) async throws -> Response {
    let form = try await signedIn.form()
    let actor = try actor(signedIn, isStaff)
    let cipher = try await ground.cipher(signedIn.community.id)
    return try await FormAgain.answer(
      signedIn, form, page: { try await formPage(signedIn, isStaff: isStaff, $0, $1) },
      work: {
        let draft = try PostingForm.read(
          form, offsetSeconds: signedIn.community.offsetSeconds, at: signedIn.now)
        let asked = isStaff ? try PostingForm.asked(form) : nil
        let id = try await ground.database.make(
          in: signedIn.community.id, once: try form.onceKey("POST /neighbour-help", signedIn)
        ) { transaction in
          let party =
            try asked.map { Party.person(try parties.person($0, in: transaction.community, transaction)) }
            ?? draft.party ?? .person(actor.person)
          return try postings.post(
            draft.kind, draft.terms, of: party, sealing: cipher, by: actor, isByWorker: isStaff,
            in: transaction)
        }
        let base = isStaff ? "/help-desk" : "/neighbour-help"
        // Whoever needs one thing goes on to ask for it.
        let isOfOne = draft.kind == .need && draft.terms.asset != nil
        return .redirect(to: "\(base)/\(id)\(isOfOne ? "/matches" : "")?saved=posting")
      })
  }

  func actor(_ signedIn: SignedIn, _ isStaff: Bool) throws -> Actor {
    isStaff
      ? try signedIn.actor(of: ResourceStaff.roles) : Actor(person: signedIn.personID, role: .resident)
  }

  func postingPage(_ signedIn: SignedIn, isStaff: Bool, _ alerts: [HTML]) async throws -> Page {
    let view = try await view(signedIn, isStaff: isStaff)
    return PostingPages(say: signedIn.say, token: signedIn.formToken, isStaff: isStaff).posting(
      view.posting, view.names, view.places, asset: view.asset, isOwn: isStaff || view.isOwn,
      at: signedIn.now,
      key: Form.newKey,
      alerts: signedIn.savedNotice + alerts)
  }

  private struct PostingView: Sendable {
    let posting: Posting
    let names: [Party: Phrase]
    let places: [PlaceID: Phrase]
    let asset: AssetCard?
    let isOwn: Bool
  }

  /// A posting as somebody may see it; what is over is seen by its own party and the station alone.
  private func view(_ signedIn: SignedIn, isStaff: Bool) async throws -> PostingView {
    let (community, person) = (signedIn.community.id, signedIn.personID)
    let id: PostingID = try signedIn.id("posting")
    let cipher = try await ground.cipher(community)
    return try await ground.database.read { snapshot in
      guard let posting = try PostingStore.find(id, opening: cipher, in: community, snapshot) else {
        throw Problem.notFound
      }
      let own = try parties.own(of: person, in: community, snapshot).map(\.party)
      let isOwn = own.contains(posting.party)
      let isSeen = posting.isOpen(at: snapshot.now) && posting.terms.visibility == .residents
      guard isStaff || isOwn || isSeen else { throw Problem.notFound }
      let assets = try AssetDirectory(directory: ground.directory).cards(
        of: Set([posting.terms.asset].compactMap(\.self)), in: community, snapshot)
      let party: Set<Party> = [posting.party]
      return PostingView(
        posting: posting,
        names: isStaff
          ? try parties.names(of: party, in: community, snapshot)
          : try parties.publicNames(of: party, in: community, snapshot),
        places: try postings.placeNames(of: [posting], in: community, snapshot),
        asset: posting.terms.asset.flatMap { assets[$0] }, isOwn: isOwn)
    }
  }

  func withdraw(_ signedIn: SignedIn, isStaff: Bool) async throws -> Response {
    let id: PostingID = try signedIn.id("posting")
    let actor = try actor(signedIn, isStaff)
    return try await ground.answer(
      signedIn, backTo: isStaff ? "/help-desk?saved=step" : "/neighbour-help/mine?saved=step",
      page: { try await postingPage(signedIn, isStaff: isStaff, $1) }
    ) { form in
      let seen = try ResourceForm.seen(form)
      try await ground.change(signedIn, form, "POST /neighbour-help/withdraw") {
        try postings.withdraw(id, seen: seen, by: actor, isByWorker: isStaff, in: $0)
      }
    }
  }

  func candidatePage(_ signedIn: SignedIn, isStaff: Bool, _ alerts: [HTML]) async throws -> Page {
    let view = try await view(signedIn, isStaff: isStaff)
    guard isStaff || view.isOwn else { throw Problem.notFound }
    let community = signedIn.community.id
    let cipher = try await ground.cipher(community)
    let (found, names, places) = try await ground.database.read { snapshot in
      guard view.posting.isOpen(at: snapshot.now) else { throw Problem.postingClosed }
      let found = try postings.candidates(
        of: view.posting, isForResidents: !isStaff, opening: cipher, in: community, snapshot)
      let others = Set(found.compactMap { $0.posting?.party })
      return (
        found,
        isStaff
          ? try parties.names(of: others, in: community, snapshot)
          : try parties.publicNames(of: others, in: community, snapshot),
        try postings.placeNames(of: found.compactMap(\.posting), in: community, snapshot)
      )
    }
    return PostingPages(say: signedIn.say, token: signedIn.formToken, isStaff: isStaff).candidates(
      view.posting, found, names, places, key: Form.newKey, alerts: signedIn.savedNotice + alerts)
  }

  func propose(_ signedIn: SignedIn, isStaff: Bool) async throws -> Response {
    let form = try await signedIn.form()
    let id: PostingID = try signedIn.id("posting")
    let actor = try actor(signedIn, isStaff)
    let (need, source, side): (PostingID, Match.Source, Match.Side) =
      switch try PostingForm.other(form) {
      case .need(let need): (need, .offer(id), .give)
      case .source(let source): (id, source, .need)
      }
    return try await FormAgain.answer(
      signedIn, form, page: { try await candidatePage(signedIn, isStaff: isStaff, $1) },
      work: {
        let match = try await ground.database.make(
          in: signedIn.community.id, once: try form.onceKey("POST /neighbour-help/matches", signedIn)
        ) {
          try matches.propose(
            need, source, for: side, by: actor, isByWorker: isStaff, in: $0)
        }
        return .redirect(to: isStaff ? "/help-desk/matches/\(match)" : "/matches/\(match)")
      })
  }
}
