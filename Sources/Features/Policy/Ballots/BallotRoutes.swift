import Database
import Hummingbird
import Kernel
import People
import Web

/// The doors through which a household votes.
struct BallotDoors: Sendable {
  let proposals: Proposals

  func register(on routes: inout Routes) {
    let own = Objects.own("household's vote")
    let path = "/proposals/:proposal/vote"
    routes.get(path, for: .signedIn, objects: own) { signedIn in
      .page(try await page(signedIn, .empty, []), signedIn)
    }
    routes.post("\(path)/check", for: .signedIn, objects: own, limits: Proposals.writes) {
      try await check($0)
    }
    routes.post(path, for: .signedIn, objects: own, limits: Proposals.writes) { try await vote($0) }
  }

  private func pages(_ signedIn: SignedIn) -> BallotPages {
    BallotPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
  }

  /// - Throws: `not_found` where there is no vote to see; `household.needed`.
  private func room(_ signedIn: SignedIn) async throws -> BallotPages.Room {
    let id: ProposalID = try signedIn.id("proposal")
    let (household, community) = (try signedIn.household(), signedIn.community.id)
    return try await proposals.database.read { snapshot in
      guard let proposal = try ProposalStore.find(id, in: community, snapshot),
        proposal.standing.opensAt != nil,
        let voting = try BallotStore.voting(of: id, in: community, snapshot)
      else { throw Problem.notFound }
      return BallotPages.Room(
        proposal: proposal, voting: voting,
        roll: try BallotStore.entry(of: household, on: id, in: community, snapshot),
        turnout: try BallotStore.turnout(of: id, in: community, snapshot))
    }
  }

  private func page(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    pages(signedIn).vote(
      try await room(signedIn), state, isDone: signedIn.query("done") != nil, alerts: alerts)
  }

  /// Reads the choice back. Nothing is stored, and nobody is any further for having looked.
  private func check(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await page(signedIn, $0, $1) },
      work: {
        let room = try await room(signedIn)
        guard room.proposal.standing.takesVotes(at: signedIn.now) else { throw Problem.proposalVoteNotOpen }
        if room.roll != nil { throw Problem.proposalHouseholdVoted }
        let number = try BallotForm.choice(form, of: room.voting)
        return .page(pages(signedIn).check(room, number: number, key: Form.newKey), signedIn)
      })
  }

  private func vote(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: ProposalID = try signedIn.id("proposal")
    return try await FormAgain.answer(
      signedIn, form, page: { try await page(signedIn, $0, $1) },
      work: {
        let household = try signedIn.household()
        let number = try BallotForm.choice(form, of: try await room(signedIn).voting)
        let box = try await proposals.box(of: signedIn.community.id)
        try await proposals.database.once("POST /proposals/vote", form, signedIn, telling: id.description) {
          [proposals] transaction in
          try proposals.ballots.vote(
            number, HouseholdVote(household: household, voice: .own(signedIn.personID)), on: id,
            sealing: box, in: transaction)
          return ""
        }
        return .redirect(to: "\(ProposalParts.path(id))/vote?done=1")
      })
  }
}
