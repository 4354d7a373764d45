import Database
import Hummingbird
import Kernel
import People
import Web

extension OffersAndNeeds {
  private static let listLength = 30
  private static let liveLimit = 200
  private static let failuresOf = Duration.days(365)

  /// Where the station brings people together, and acts for those who cannot.
  func addHelpDesk(_ routes: inout Routes) {
    let (staff, limits) = (ResourceStaff.access, ResourceStaff.writes)
    routes.get("/help-desk", for: staff, objects: .community) { try await helpDesk($0) }
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

  /// Needs that nobody has agreed to yet, or offers; above them what goes on, and what did not work out.
  private func helpDesk(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    var filter = filter(signedIn.visit, standard: .need)
    filter.isForResidents = false
    filter.isUnmatched = filter.kind == .need
    let (asked, cipher) = (filter, try await ground.cipher(community))
    let isFirst = filter.last == nil
    let (found, names, places, live, failures) = try await ground.database.read { snapshot in
      let found = try PostingStore.list(
        asked, limit: Self.listLength + 1, opening: cipher, in: community, snapshot)
      let live = isFirst ? try liveMatches(in: community, snapshot) : []
      let named = found.map(\.party) + live.flatMap { [$0.match.needParty, $0.match.giveParty] }
      return (
        found, try parties.names(of: Set(named), in: community, snapshot),
        try postings.placeNames(of: found, in: community, snapshot), live,
        try MatchStore.failures(since: snapshot.now - Self.failuresOf, in: community, snapshot)
      )
    }
    let part = Portion(found, of: Self.listLength)
    let pages = PostingPages(say: signedIn.say, token: signedIn.formToken, isStaff: true)
    let desk = HelpDeskPages(say: signedIn.say)
    let intro: HTML = """
      \(pages.ways(isSignedIn: true))\(desk.live(live, names, at: signedIn.now))\(desk.failures(failures))\
      \(pages.filter(asked.kind, asked.category))
      """
    let title =
      asked.kind == .need ? Phrase("还没牵线的", "Needs without a match") : Phrase("大家能帮的", "What people offer")
    let page = pages.list(
      part.shown, names, places, title: title, intro: intro,
      next: part.last.map { next(pages.base, asked, after: $0.id) }, notices: signedIn.savedNotice)
    return .page(page, signedIn)
  }

  private func liveMatches(
    in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [HelpDeskPages.Line] {
    let matches = try MatchStore.live(limit: Self.liveLimit, in: community, snapshot)
    let states = try sight.states(of: matches, in: community, snapshot)
    let needs = try PostingStore.find(Set(matches.map(\.need)), opening: nil, in: community, snapshot)
    return matches.compactMap { match in
      guard let state = states[match.id], !state.isOver, let need = needs[match.need] else { return nil }
      return HelpDeskPages.Line(
        match: match, state: state, waitingFor: match.isWaitingFor(at: snapshot.now),
        isOverdue: MatchRules.isOverdue(match, end: need.expiresAt, at: snapshot.now))
    }
  }
}
