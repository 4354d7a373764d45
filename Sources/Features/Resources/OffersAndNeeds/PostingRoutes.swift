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
    routes.get("/neighbour-help", .everyone, objects: .community) { try await list($0, isStaff: false) }
    routes.get("/neighbour-help/new", for: .signedIn, objects: own) { signedIn in
      .page(try await formPage(signedIn, isStaff: false, .empty, []), signedIn)
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

  func list(_ visit: some Visiting, isStaff: Bool) async throws -> Response {
    let visit = visit.visit
    let community = visit.community.id
    var filter = PostingFilter()
    filter.kind = isStaff ? .need : visit.query("kind").flatMap(Posting.Kind.init)
    filter.category = visit.query("category").flatMap(ResourceCategory.init)
    filter.last = visit.query("after").flatMap { PostingID($0) }
    filter.isForResidents = !isStaff
    filter.isUnmatched = isStaff
    let (asked, cipher) = (filter, try await ground.cipher(community))
    let (found, names) = try await ground.database.read { snapshot in
      let found = try PostingStore.list(
        asked, limit: Self.pageLength + 1, opening: cipher, in: community, snapshot)
      return (found, try parties.publicNames(of: Set(found.map(\.party)), in: community, snapshot))
    }
    let part = Portion(found, of: Self.pageLength)
    let pages = PostingPages(say: visit.say, token: visit.formToken, isStaff: isStaff)
    let kind = asked.kind.map { "kind=\($0.rawValue)&" } ?? ""
    let category = asked.category.map { "category=\($0.rawValue)&" } ?? ""
    let page = pages.list(
      part.shown, names,
      title: isStaff ? Phrase("还没牵线的", "Needs without a match") : Phrase("邻里互助", "Neighbours’ help"),
      intro: pages.ways, next: part.last.map { "\(pages.base)?\(kind)\(category)after=\($0.id)" })
    return .page(page, visit)
  }

  private func mine(_ signedIn: SignedIn) async throws -> Response {
    let (community, person) = (signedIn.community.id, signedIn.personID)
    let cipher = try await ground.cipher(community)
    let (found, pairs) = try await ground.database.read { snapshot in
      let own = try parties.own(of: person, in: community, snapshot).map(\.party)
      return (
        try PostingStore.of(own, limit: 100, opening: cipher, in: community, snapshot),
        try MatchStore.of(own, limit: 100, in: community, snapshot)
      )
    }
    let pages = PostingPages(say: signedIn.say, token: signedIn.formToken)
    return .page(
      pages.list(
        found, [:], title: Phrase("我的互助", "Mine"), intro: pages.matches(pairs, at: signedIn.now), next: nil,
        notices: signedIn.savedNotice), signedIn)
  }

  func formPage(_ signedIn: SignedIn, isStaff: Bool, _ state: FormState, _ alerts: [HTML]) async throws
    -> Page
  {
    let (community, person) = (signedIn.community.id, signedIn.personID)
    let (own, places) = try await ground.database.read { snapshot in
      (
        try parties.own(of: person, in: community, snapshot),
        try PlaceDirectory().publicCards(in: community, snapshot)
      )
    }
    return PostingPages(say: signedIn.say, token: signedIn.formToken, isStaff: isStaff).form(
      own, places, key: Form.newKey, state, alerts: alerts)
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
        let phone = isStaff ? try form["phone"] ?? "" : ""
        let id = try await ground.database.make(
          in: signedIn.community.id, once: try form.onceKey("POST /neighbour-help", signedIn)
        ) { transaction in
          var party = draft.party ?? .person(actor.person)
          if isStaff {
            let found = try ground.directory.person(
              withPhone: phone, in: transaction.community, transaction)
            guard let found else { throw Problem.helpPersonUnknown }
            party = .person(found)
          }
          return try postings.post(
            draft.kind, draft.terms, of: party, sealing: cipher, by: actor, isByWorker: isStaff,
            in: transaction)
        }
        return .redirect(to: "\(isStaff ? "/help-desk" : "/neighbour-help")/\(id)?saved=posting")
      })
  }

  func actor(_ signedIn: SignedIn, _ isStaff: Bool) throws -> Actor {
    isStaff
      ? try signedIn.actor(of: ResourceStaff.roles) : Actor(person: signedIn.personID, role: .resident)
  }

  func postingPage(_ signedIn: SignedIn, isStaff: Bool, _ alerts: [HTML]) async throws -> Page {
    let view = try await view(signedIn, isStaff: isStaff)
    return PostingPages(say: signedIn.say, token: signedIn.formToken, isStaff: isStaff).posting(
      view.posting, view.names, isOwn: isStaff || view.isOwn, at: signedIn.now, key: Form.newKey,
      alerts: signedIn.savedNotice + alerts)
  }

  /// A posting as somebody may see it; what is over is seen by its own party and the station alone.
  private func view(
    _ signedIn: SignedIn, isStaff: Bool
  ) async throws -> (posting: Posting, names: [Party: Phrase], isOwn: Bool) {
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
      return (posting, try parties.publicNames(of: [posting.party], in: community, snapshot), isOwn)
    }
  }

  func withdraw(_ signedIn: SignedIn, isStaff: Bool) async throws -> Response {
    let id: PostingID = try signedIn.id("posting")
    let actor = try actor(signedIn, isStaff)
    return try await ground.answer(
      signedIn, backTo: isStaff ? "/help-desk?saved=step" : "/neighbour-help/mine?saved=step",
      page: { try await postingPage(signedIn, isStaff: isStaff, $1) }
    ) { form in
      let seen = try PostingForm.seen(form)
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
    let (found, names) = try await ground.database.read { snapshot in
      let found = try postings.candidates(
        of: view.posting, isForResidents: !isStaff, opening: cipher, in: community, snapshot)
      let others = Set(found.compactMap { $0.posting?.party })
      return (found, try parties.publicNames(of: others, in: community, snapshot))
    }
    return PostingPages(say: signedIn.say, token: signedIn.formToken, isStaff: isStaff).candidates(
      view.posting, found, names, key: Form.newKey, alerts: alerts)
  }

  func propose(_ signedIn: SignedIn, isStaff: Bool) async throws -> Response {
    let form = try await signedIn.form()
    let id: PostingID = try signedIn.id("posting")
    let actor = try actor(signedIn, isStaff)
    let other = try PostingForm.other(form)
    let otherPosting = PostingID(rawValue: other.id)
    let isForNeed = other.kind != "need"
    let source: Match.Source =
      other.kind == "asset" ? .asset(AssetID(rawValue: other.id)) : .offer(isForNeed ? otherPosting : id)
    return try await FormAgain.answer(
      signedIn, form, page: { try await candidatePage(signedIn, isStaff: isStaff, $1) },
      work: {
        let match = try await ground.database.make(
          in: signedIn.community.id, once: try form.onceKey("POST /neighbour-help/matches", signedIn)
        ) {
          try matches.propose(
            isForNeed ? id : otherPosting, source, for: isForNeed ? .need : .give, by: actor,
            isByWorker: isStaff, in: $0)
        }
        return .redirect(to: isStaff ? "/help-desk/matches/\(match)" : "/matches/\(match)")
      })
  }
}

extension Problem {
  static let helpPersonUnknown = Problem.invalid([
    FieldProblem("phone", Phrase("本社区没有登记这个手机号。", "Nobody in this community is entered with this number."))
  ])
}
