import Database
import Hummingbird
import Kernel
import People
import Web

/// The desk's doors of votes.
struct BallotDeskDoors: Sendable {
  let proposals: Proposals

  private var directory: Directory { proposals.directory }

  func register(on routes: inout Routes) {
    let (station, desk) = (
      Access.Personal.roles(ProposalRoles.station), Access.Personal.roles(ProposalRoles.desk)
    )
    let (base, limits) = ("/proposal-desk/:proposal", Proposals.deskWrites)
    routes.get("\(base)/voting", for: station, objects: .community) { signedIn in
      .page(try await announcing(signedIn, .empty, []), signedIn)
    }
    routes.post("\(base)/voting", for: station, objects: .community, limits: limits) {
      try await announce($0)
    }
    routes.post("\(base)/voting/call-off", for: station, objects: .community, limits: limits) {
      try await callOff($0)
    }
    routes.post("\(base)/count", for: desk, objects: .community, limits: limits) { try await count($0) }
    routes.get("\(base)/votes", for: station, objects: .community) { signedIn in
      .page(try await keying(signedIn, .empty, []), signedIn)
    }
    routes.post("\(base)/votes/check", for: station, objects: .community, limits: limits) {
      try await check($0)
    }
    routes.post("\(base)/votes", for: station, objects: .community, limits: limits) { try await key($0) }
    routes.get("\(base)/slips", for: station, objects: .community) { try await slipChoice($0) }
    routes.get("\(base)/slips/sheet", for: station, objects: .community) { try await slips($0) }
  }

  private func pages(_ signedIn: SignedIn) -> BallotDeskPages {
    BallotDeskPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
  }

  /// - Throws: `not_found`.
  private func proposal(_ signedIn: SignedIn) async throws -> Proposal {
    let id: ProposalID = try signedIn.id("proposal")
    let community = signedIn.community.id
    return try await proposals.database.read { snapshot in
      guard let proposal = try ProposalStore.find(id, in: community, snapshot) else {
        throw Problem.notFound
      }
      return proposal
    }
  }

  /// - Throws: `not_found` where no vote is announced.
  private func room(_ signedIn: SignedIn) async throws -> BallotPages.Room {
    let id: ProposalID = try signedIn.id("proposal")
    let community = signedIn.community.id
    return try await proposals.database.read { snapshot in
      guard let proposal = try ProposalStore.find(id, in: community, snapshot),
        proposal.standing.opensAt != nil,
        let voting = try BallotStore.voting(of: id, in: community, snapshot)
      else { throw Problem.notFound }
      return BallotPages.Room(
        proposal: proposal, voting: voting, roll: nil,
        turnout: try BallotStore.turnout(of: id, in: community, snapshot))
    }
  }

  // MARK: - Announcing and counting

  private func announcing(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    pages(signedIn).announce(try await proposal(signedIn), key: Form.newKey, state, alerts: alerts)
  }

  private func announce(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: ProposalID = try signedIn.id("proposal")
    let actor = try signedIn.actor(of: ProposalRoles.station)
    return try await FormAgain.answer(
      signedIn, form, page: { try await announcing(signedIn, $0, $1) },
      work: {
        let voting = try BallotForm.voting(
          form, at: signedIn.now, offsetSeconds: signedIn.community.offsetSeconds)
        let seen = ProposalForm.seen(form)
        try await proposals.database.once("POST /proposal-desk/voting", form, signedIn) {
          [proposals] transaction in
          try proposals.ballots.announce(voting, of: id, seen: seen, by: actor, in: transaction)
          return ""
        }
        return .redirect(to: "\(ProposalParts.desk(id))?saved=voting")
      })
  }

  private func callOff(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: ProposalID = try signedIn.id("proposal")
    let actor = try signedIn.actor(of: ProposalRoles.station)
    return try await ProposalDeskDoors(proposals: proposals).answer(signedIn, form, "call-off") {
      let reason = try ProposalForm.reason(form)
      let seen = ProposalForm.seen(form)
      try await proposals.database.once("POST /proposal-desk/voting/call-off", form, signedIn) {
        [proposals] transaction in
        try proposals.ballots.callOff(id, because: reason, seen: seen, by: actor, in: transaction)
        return ""
      }
    }
  }

  private func count(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: ProposalID = try signedIn.id("proposal")
    let actor = try signedIn.actor(of: ProposalRoles.desk)
    let box = try await proposals.box(of: signedIn.community.id)
    return try await ProposalDeskDoors(proposals: proposals).answer(signedIn, form, "count") {
      let seen = ProposalForm.seen(form)
      try await proposals.database.once("POST /proposal-desk/count", form, signedIn) {
        [proposals] transaction in
        try proposals.ballots.count(id, seen: seen, opening: box, by: actor, in: transaction)
        return ""
      }
      try await proposals.database.clearTraces()
    }
  }

  // MARK: - Keying in

  private func keying(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    pages(signedIn).key(
      try await room(signedIn), state, isDone: signedIn.query("done") != nil, alerts: alerts)
  }

  private func check(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await keying(signedIn, $0, $1) },
      work: {
        let room = try await room(signedIn)
        guard room.proposal.standing.takesVotes(at: signedIn.now) else { throw Problem.proposalVoteNotOpen }
        let keyed = try BallotForm.keyed(form, of: room.voting)
        let (community, id) = (signedIn.community.id, room.proposal.id)
        try await proposals.database.read { snapshot in
          let household = try household(keyed.door, in: community, snapshot)
          if try BallotStore.entry(of: household, on: id, in: community, snapshot) != nil {
            throw Problem.proposalHouseholdVoted
          }
        }
        return .page(pages(signedIn).check(room, keyed, key: Form.newKey), signedIn)
      })
  }

  private func key(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: ProposalID = try signedIn.id("proposal")
    let actor = try signedIn.actor(of: ProposalRoles.station)
    return try await FormAgain.answer(
      signedIn, form, page: { try await keying(signedIn, $0, $1) },
      work: {
        let keyed = try BallotForm.keyed(form, of: try await room(signedIn).voting)
        let box = try await proposals.box(of: signedIn.community.id)
        let told = "\(keyed.door.building)|\(keyed.door.unit)|\(keyed.door.room)|\(keyed.method.rawValue)"
        try await proposals.database.once("POST /proposal-desk/votes", form, signedIn, telling: told) {
          [proposals] transaction in
          let household = try household(keyed.door, in: transaction.community, transaction)
          try proposals.ballots.vote(
            keyed.number, HouseholdVote(household: household, voice: .keyed(keyed.method, by: actor)),
            on: id, sealing: box, in: transaction)
          return ""
        }
        return .redirect(to: "\(ProposalParts.desk(id))/votes?done=1")
      })
  }

  /// - Throws: `form.invalid` naming `room` where nobody is entered behind the door.
  private func household(
    _ door: Door, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> HouseholdID {
    guard let household = try directory.household(at: door, in: community, snapshot) else {
      throw Problem.invalid([
        FieldProblem("room", Phrase("这个门牌没有登记住户。", "No household is entered behind this door."))
      ])
    }
    return household
  }

  // MARK: - Slips

  private func slipChoice(_ signedIn: SignedIn) async throws -> Response {
    let room = try await room(signedIn)
    let community = signedIn.community.id
    let buildings = try await proposals.database.read { [directory] in
      try directory.buildings(of: community, $0)
    }
    return .page(pages(signedIn).slipChoice(room.proposal, buildings: buildings), signedIn)
  }

  /// Slips with doors on them are a look at where people live; the audit chain says who had them printed.
  private func slips(_ signedIn: SignedIn) async throws -> Response {
    let room = try await room(signedIn)
    let actor = try signedIn.actor(of: ProposalRoles.station)
    let community = signedIn.community.id
    var labels: [Phrase?] = [nil, nil]
    if let building = signedIn.query("building") {
      let doors = try await directory.doors(of: community)
      labels = try await proposals.database.write(in: community) { [directory] transaction in
        let households = try directory.households(inBuilding: building, of: community, transaction)
        try ProposalTrail.note(
          "policy.proposal_slips", by: actor, of: room.proposal.id, purpose: String(households.count),
          in: transaction)
        return try doors.households(households, transaction).values.map(\.door)
          .sorted(by: Door.isInOrder).map(\.label)
      }
    }
    let page = pages(signedIn).slips(
      room.proposal, room.voting, doors: labels, phone: signedIn.community.phoneNumber)
    return .page(page, signedIn)
  }
}
