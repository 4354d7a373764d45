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
      let campaigns = try await database.read {
        try LeaderDeskStore.campaigns(
          leader: leader, in: signedIn.community.id, limit: Self.limit, $0)
      }
      let say = signedIn.say
      let main = LeaderDeskPages(say: say, token: signedIn.formToken, now: signedIn.now).desk(campaigns)
      return .page(Page(title: say("团长台", "Leader's desk"), main: main), signedIn)
    }
  }
}
