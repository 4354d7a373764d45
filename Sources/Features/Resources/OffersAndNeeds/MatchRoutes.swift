import Database
import Hummingbird
import Kernel
import People
import Web

extension OffersAndNeeds {
  /// What both sides of a match do.
  func addMatches(_ routes: inout Routes) {
    addSteps(
      &routes, "/matches/:match", .signedIn, .own("the matches of the person and of whom they represent"),
      isStaff: false)
  }

  /// Where the station brings people together, and acts for those who cannot.
  func addHelpDesk(_ routes: inout Routes) {
    let (staff, limits) = (ResourceStaff.access, ResourceStaff.writes)
    routes.get("/help-desk", for: staff, objects: .community) { try await list($0, isStaff: true) }
    routes.get("/help-desk/new", for: staff, objects: .community) { signedIn in
      .page(try await formPage(signedIn, isStaff: true, .empty, []), signedIn)
    }
    routes.post("/help-desk", for: staff, objects: .community, limits: limits) {
      try await post($0, isStaff: true)
    }
    routes.get("/help-desk/:posting", for: staff, objects: .community) { signedIn in
      .page(try await postingPage(signedIn, isStaff: true, []), signedIn)
    }
    routes.post("/help-desk/:posting/withdraw", for: staff, objects: .community, limits: limits) {
      try await withdraw($0, isStaff: true)
    }
    routes.get("/help-desk/:posting/matches", for: staff, objects: .community) { signedIn in
      .page(try await candidatePage(signedIn, isStaff: true, []), signedIn)
    }
    routes.post("/help-desk/:posting/matches", for: staff, objects: .community, limits: limits) {
      try await propose($0, isStaff: true)
    }
    addSteps(&routes, "/help-desk/matches/:match", staff, .community, isStaff: true)
  }

  private func addSteps(
    _ routes: inout Routes, _ path: String, _ access: Access.Personal, _ objects: Objects, isStaff: Bool
  ) {
    let limits = isStaff ? ResourceStaff.writes : Self.limits
    routes.get(path, for: access, objects: objects) { signedIn in
      .page(try await matchPage(signedIn, isStaff: isStaff, []), signedIn)
    }
    let steps: [(String, MatchStep)] = [
      ("decline", .decline), ("begin", .begin), ("done", .done), ("failed", .failed),
    ]
    for (name, step) in steps {
      routes.post("\(path)/\(name)", for: access, objects: objects, limits: limits) { signedIn in
        try await act(signedIn, isStaff: isStaff) { id, form, acting in
          let seen = try PostingForm.seen(form)
          return { try matches.step(id, step, seen: seen, by: acting, in: $0) }
        }
      }
    }
    routes.post("\(path)/agree", for: access, objects: objects, limits: limits) { signedIn in
      try await act(signedIn, isStaff: isStaff) { id, form, acting in
        let (seen, deal) = (try PostingForm.seen(form), try PostingForm.deal(form))
        return { try matches.agree(id, deal, seen: seen, by: acting, in: $0) }
      }
    }
    routes.post("\(path)/message", for: access, objects: objects, limits: limits) { signedIn in
      let cipher = try await ground.cipher(signedIn.community.id)
      return try await act(signedIn, isStaff: isStaff) { id, form, acting in
        let text = try PostingForm.words(form)
        return { try matches.write(text, in: id, sealing: cipher, by: acting, in: $0) }
      }
    }
    routes.post("\(path)/feedback", for: access, objects: objects, limits: limits) { signedIn in
      let cipher = try await ground.cipher(signedIn.community.id)
      return try await act(signedIn, isStaff: isStaff) { id, form, acting in
        let given = try PostingForm.feedback(form, acting.side)
        return { try matches.giveFeedback(given, of: id, sealing: cipher, by: acting, in: $0) }
      }
    }
  }

  /// Shows one's own number to the other side, or no more.
  func addPhone(_ routes: inout Routes) {
    routes.post(
      "/matches/:match/phone", for: .signedIn, objects: .own("the person's own number"), limits: Self.limits
    ) { signedIn in
      try await act(signedIn, isStaff: false) { id, form, acting in
        let shares = try form["share_phone"] == "on"
        return { try matches.sharePhone(shares, in: id, by: acting, in: $0) }
      }
    }
  }

  private func act(
    _ signedIn: SignedIn, isStaff: Bool,
    _ read: (MatchID, Form, MatchActor) throws -> @Sendable (Transaction) throws -> Void
  ) async throws -> Response {
    let id: MatchID = try signedIn.id("match")
    let actor = try actor(signedIn, isStaff)
    return try await ground.answer(
      signedIn, backTo: "\(isStaff ? "/help-desk" : "")/matches/\(id)?saved=step",
      page: { try await matchPage(signedIn, isStaff: isStaff, $1) }
    ) { form in
      let acting = MatchActor(actor: actor, side: try PostingForm.side(form), isByWorker: isStaff)
      try await ground.change(signedIn, form, "POST /matches/step", try read(id, form, acting))
    }
  }

  /// Names, words and numbers are read only once both agreed.
  private func matchPage(_ signedIn: SignedIn, isStaff: Bool, _ alerts: [HTML]) async throws -> Page {
    let (community, person) = (signedIn.community.id, signedIn.personID)
    let id: MatchID = try signedIn.id("match")
    let cipher = try await ground.cipher(community)
    let phones = try await ground.directory.phones(of: community)
    let view = try await ground.database.read { snapshot -> MatchPages.View in
      guard let match = try MatchStore.find(id, in: community, snapshot) else { throw Problem.notFound }
      let sides =
        isStaff
        ? Match.Side.allCases : try parties.sides(of: match, for: person, in: community, snapshot)
      if sides.isEmpty { throw Problem.notFound }
      let all: Set<Party> = [match.needParty, match.giveParty]
      let isOpen = match.state.isDisclosed
      let names =
        isOpen || isStaff
        ? try parties.names(of: all, in: community, snapshot)
        : try parties.publicNames(of: all, in: community, snapshot)
      let sharing =
        match.state.isLive && !isStaff
        ? Set(sides.map(\.other)).intersection(match.sharesPhone).compactMap { match.party($0).person } : []
      let postings = try PostingStore.find(
        Set([match.need, match.source.offer].compactMap(\.self)), opening: cipher, in: community, snapshot)
      return MatchPages.View(
        match: match, sides: sides, names: names,
        postings: [match.need, match.source.offer].compactMap {
          $0.flatMap { postings[$0] }
        },
        numbers: try phones.numbers(of: sharing, snapshot).values.map { "\($0)" }.sorted(),
        messages: isOpen
          ? try MatchTalkStore.messages(of: id, opening: cipher, in: community, snapshot) : [])
    }
    return MatchPages(say: signedIn.say, token: signedIn.formToken, isStaff: isStaff).match(
      view, at: signedIn.now, key: Form.newKey, alerts: signedIn.savedNotice + alerts)
  }
}
