import Database
import Hummingbird
import Kernel
import Web

/// The public tracker's doors.
struct ResultDoors: Sendable {
  private static let listLimit = 20

  let proposals: Proposals

  func register(on routes: inout Routes) {
    routes.get("/results", .everyone, objects: .community) { try await list($0) }
    routes.get("/results/:proposal", .everyone, objects: .community) { try await result($0) }
  }

  private func pages(_ visit: Visit) -> ResultPages { ResultPages(say: visit.say, now: visit.now) }

  private func list(_ visit: Visit) async throws -> Response {
    let community = visit.community.id
    let last = visit.query("before").flatMap { ProposalID($0) }
    let (shown, next) = try await proposals.database.read { snapshot in
      let found = try ProposalStore.tracked(
        before: last, limit: Self.listLimit + 1, in: community, snapshot)
      let part = Portion(found, of: Self.listLimit)
      let results = try ResultStore.results(of: part.shown.map(\.id), in: community, snapshot)
      let shown = part.shown.compactMap { proposal in
        results[proposal.id].map { (proposal: proposal, result: $0) }
      }
      return (shown, part.last?.id)
    }
    return .page(pages(visit).list(shown, next: next), visit)
  }

  private func result(_ visit: Visit) async throws -> Response {
    let id: ProposalID = try visit.id("proposal")
    let community = visit.community.id
    let page = try await proposals.database.read { [proposals] snapshot in
      guard let proposal = try ProposalStore.find(id, in: community, snapshot),
        let result = try ResultStore.result(of: id, in: community, snapshot)
      else { throw Problem.notFound }
      let entries = try ResultStore.entries(of: id, in: community, snapshot)
      return pages(visit).result(
        proposal, result, try AnswerStore.answer(to: id, in: community, snapshot), entries,
        policies: try proposals.ports.cards(of: entries, in: community, snapshot))
    }
    return .page(page, visit)
  }
}

extension ProposalPorts {
  /// The policies that entries speak of.
  func cards(
    of entries: [ResultEntry], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PolicyID: ProposalPolicies.Card] {
    var cards: [PolicyID: ProposalPolicies.Card] = [:]
    for policy in Set(entries.compactMap(\.policy)) {
      cards[policy] = try policies.card(policy, community, snapshot)
    }
    return cards
  }
}
