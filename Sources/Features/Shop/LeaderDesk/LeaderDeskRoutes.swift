package import Database
import Hummingbird
import Kernel
package import Web

/// `/desk`: a leader's campaigns, and everyone's for the committee.
package struct LeaderDesk: Sendable {
  private let database: Database
  private static let limit = 40

  package init(_ database: Database) {
    self.database = database
  }

  package func register(on routes: inout Routes) {
    routes.get(
      "/desk", for: .roles(CampaignActor.roles), objects: .own("campaigns that the person runs")
    ) { signedIn in
      let isStaff = signedIn.roles.contains(.committee) || signedIn.roles.contains(.operator)
      let leader = isStaff ? nil : signedIn.personID
      let (campaigns, claims) = try await database.read { snapshot in
        let scope: ClaimStore.Scope = leader.map { .leader($0) } ?? .community
        return (
          try LeaderDeskStore.campaigns(
            leader: leader, in: signedIn.community.id, limit: Self.limit, snapshot),
          try ClaimStore.pending(scope, in: signedIn.community.id, limit: Self.limit, snapshot)
        )
      }
      let say = signedIn.say
      let main = LeaderDeskPages(say: say, token: signedIn.formToken, now: signedIn.now).desk(
        campaigns, claims: claims.count { $0.acting == (isStaff ? .committee : .leader) })
      return .page(Page(title: say("团长台", "Leader's desk"), main: main), signedIn)
    }
  }
}
