import Database
import Kernel
import Web

/// The text about a campaign for the chat group, for those who run it.
struct GroupTexts: Sendable {
  let database: Database

  func register(on routes: inout Routes) {
    routes.get(
      "/desk/campaigns/:campaign/group-text", for: .roles(CampaignActor.roles),
      objects: .own("campaigns that the person runs")
    ) { signedIn in
      let campaign = try await database.campaign(runBy: signedIn).campaign
      let point = try await database.read {
        try $0.pickupPoint(campaign.pickupPoint, in: signedIn.community.id)
      }
      guard let point else { throw Problem.notFound }
      let text = GroupText(
        campaign: campaign, point: point, offsetSeconds: signedIn.community.offsetSeconds)
      let languages: [Language] =
        signedIn.language == .chinese ? [.chinese, .english] : [.english, .chinese]
      let texts = languages.map { (language: $0, text: text.text($0, at: signedIn.now)) }
      return .page(GroupTextPages(say: signedIn.say).page(campaign, texts), signedIn)
    }
  }
}
