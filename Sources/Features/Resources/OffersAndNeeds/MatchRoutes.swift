import Database
import Hummingbird
import Kernel
import People
import Security
import Web

extension OffersAndNeeds {
  /// What both sides of a match do.
  func addMatches(_ routes: inout Routes) {
    addSteps(
      &routes, "/matches/:match", .signedIn, .own("the matches of the person and of whom they represent"),
      isStaff: false)
  }

  /// What can be done with a match, by its sides or by the station for one of them.
  func addSteps(
    _ routes: inout Routes, _ path: String, _ access: Access.Personal, _ objects: Objects, isStaff: Bool
  ) {
    let limits = isStaff ? ResourceStaff.writes : Self.limits
    routes.get(path, for: access, objects: objects) { signedIn in
      .page(try await matchPage(signedIn, isStaff: isStaff, []), signedIn)
    }
    let steps: [(String, MatchStep)] = [("decline", .decline), ("begin", .begin), ("done", .done)]
    for (name, step) in steps {
      routes.post("\(path)/\(name)", for: access, objects: objects, limits: limits) { signedIn in
        try await act(signedIn, name, isStaff: isStaff) { id, form, acting in
          let seen = try ResourceForm.seen(form)
          return { try matches.step(id, step, seen: seen, by: acting, in: $0) }
        }
      }
    }
    routes.post("\(path)/agree", for: access, objects: objects, limits: limits) { signedIn in
      try await act(signedIn, "agree", isStaff: isStaff) { id, form, acting in
        let (seen, deal) = (try ResourceForm.seen(form), try PostingForm.deal(form))
        return { try matches.agree(id, deal, seen: seen, by: acting, in: $0) }
      }
    }
    routes.post("\(path)/failed", for: access, objects: objects, limits: limits) { signedIn in
      let cipher = try await ground.cipher(signedIn.community.id)
      return try await act(signedIn, "failed", isStaff: isStaff) { id, form, acting in
        let (seen, failing) = (try ResourceForm.seen(form), try PostingForm.failing(form))
        return { try matches.fail(id, failing, sealing: cipher, seen: seen, by: acting, in: $0) }
      }
    }
    addWords(&routes, path, access, objects, limits, isStaff: isStaff)
  }

  private func addWords(
    _ routes: inout Routes, _ path: String, _ access: Access.Personal, _ objects: Objects,
    _ limits: [RateLimit], isStaff: Bool
  ) {
    routes.post("\(path)/message", for: access, objects: objects, limits: limits) { signedIn in
      let cipher = try await ground.cipher(signedIn.community.id)
      return try await act(signedIn, "message", isStaff: isStaff) { id, form, acting in
        let text = try PostingForm.words(form)
        return { try matches.write(text, in: id, sealing: cipher, by: acting, in: $0) }
      }
    }
    routes.post("\(path)/feedback", for: access, objects: objects, limits: limits) { signedIn in
      let cipher = try await ground.cipher(signedIn.community.id)
      return try await act(signedIn, "feedback", isStaff: isStaff) { id, form, acting in
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
      try await act(signedIn, "phone", isStaff: false) { id, form, acting in
        let shares = PostingForm.sharesPhone(form)
        return { try matches.sharePhone(shares, in: id, by: acting, in: $0) }
      }
    }
  }

  /// - Parameter step: which form of the page it was.
  private func act(
    _ signedIn: SignedIn, _ step: String, isStaff: Bool,
    _ read: (MatchID, Form, MatchActor) throws -> @Sendable (Transaction) throws -> Void
  ) async throws -> Response {
    let id: MatchID = try signedIn.id("match")
    let actor = try actor(signedIn, isStaff)
    return try await ground.answer(
      signedIn, backTo: "\(isStaff ? "/help-desk" : "")/matches/\(id)?saved=step",
      page: { state, alerts in
        try await matchPage(
          signedIn, isStaff: isStaff, again: (state, "\(step)-\(state.value("side"))"), alerts)
      }
    ) { form in
      let acting = MatchActor(actor: actor, side: try PostingForm.side(form), isByWorker: isStaff)
      try await ground.change(signedIn, form, "POST /matches/step", try read(id, form, acting))
    }
  }

  private func matchPage(
    _ signedIn: SignedIn, isStaff: Bool, again: (FormState, String)? = nil, _ alerts: [HTML]
  ) async throws -> Page {
    let community = signedIn.community.id
    let id: MatchID = try signedIn.id("match")
    let cipher = try await ground.cipher(community)
    let phones = try await ground.directory.phones(of: community)
    let view = try await ground.database.read { snapshot in
      try matchView(id, for: isStaff ? nil : signedIn.personID, cipher, phones, in: community, snapshot)
    }
    return MatchPages(
      say: signedIn.say, token: signedIn.formToken, isStaff: isStaff, key: Form.newKey, again: again
    ).match(view, alerts: signedIn.savedNotice + alerts)
  }

  /// Names, words and numbers are read only once both agreed.
  ///
  /// - Parameter person: who looks; nil for the station.
  /// - Throws: `not_found` for everybody whose match it is not.
  private func matchView(
    _ id: MatchID, for person: PersonID?, _ cipher: FieldCipher, _ phones: Phones,
    in community: CommunityID, _ snapshot: Snapshot
  ) throws -> MatchPages.View {
    guard let match = try MatchStore.find(id, in: community, snapshot) else { throw Problem.notFound }
    let sides =
      try person.map { try parties.sides(of: match, for: $0, in: community, snapshot) }
      ?? Match.Side.allCases
    if sides.isEmpty { throw Problem.notFound }
    let state = try sight.states(of: [match], in: community, snapshot)[id] ?? match.state
    let all: Set<Party> = [match.needParty, match.giveParty]
    let found = try PostingStore.find(
      Set([match.need, match.source.offer].compactMap(\.self)), opening: cipher, in: community, snapshot)
    let asset = try match.source.asset.flatMap {
      try AssetDirectory(directory: ground.directory).cards(of: [$0], in: community, snapshot)[$0]
    }
    let readsWords = try person != nil || MatchStore.isRelayed(id, in: community, snapshot)
    let reach = try ground.directory.reach(
      of: [person].compactMap(\.self), in: community, snapshot)
    let shown = sight.postings(
      match, found, state: state, for: sides, isStaff: person == nil, at: snapshot.now)
    return MatchPages.View(
      match: match, state: state, sides: sides,
      names: person == nil || state.isDisclosed
        ? try parties.names(of: all, in: community, snapshot)
        : try parties.publicNames(of: all, in: community, snapshot),
      postings: shown, places: try postings.placeNames(of: shown, in: community, snapshot),
      asset: asset?.name,
      numbers: person == nil
        ? [:] : try sight.numbers(of: match, for: sides, phones, in: community, snapshot),
      withoutPhone: person == nil ? try sight.withoutPhone(match, in: community, snapshot) : [],
      hasPhone: person.flatMap { reach[$0]?.hasPhone } ?? false,
      messages: state.isDisclosed && readsWords
        ? try MatchTalkStore.messages(of: id, opening: cipher, in: community, snapshot) : [],
      feedback: try MatchTalkStore.feedback(of: id, opening: cipher, in: community, snapshot),
      failing: try MatchTalkStore.reason(of: id, opening: cipher, in: community, snapshot))
  }
}
