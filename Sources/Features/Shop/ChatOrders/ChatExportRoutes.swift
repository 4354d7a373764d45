import Database
import HTTPTypes
import Hummingbird
import Kernel
import Web

extension ChatOrders {
  func registerOut(on routes: inout Routes, _ people: Access.Personal, _ own: Objects) {
    let base = "/desk/campaigns/:campaign/chat-text"
    routes.get(base, for: people, objects: own) { signedIn in
      let (export, progress) = try await export(signedIn)
      let pages = ChatExportPages(
        export: export, progress: export.progress(progress), news: export.news(in: signedIn),
        path: "/desk/campaigns/\(export.campaign.id)/chat-text")
      return .page(
        Page(
          title: signedIn.say("发到群里", "Into the group chat"), kind: .staff, main: pages.main,
          scripts: ["share-card.js"]), signedIn)
    }
    routes.get("\(base)/card", for: people, objects: own) { signedIn in
      let (export, _) = try await export(signedIn)
      let pages = ChatExportPages(export: export, progress: "", news: [], path: "")
      return .page(Page(title: signedIn.say(export.campaign.title), kind: .print, main: pages.card), signedIn)
    }
    routes.get("\(base)/picture", for: people, objects: own) { signedIn in
      let (export, _) = try await export(signedIn)
      return .file(
        ChatCardParts(export: export).svg(isFile: true).bytes,
        name: "\(signedIn.say(export.campaign.title)).svg",
        type: "image/svg+xml")
    }
  }

  /// The campaign as it goes into the chat, and how far it has come.
  func export(_ signedIn: SignedIn) async throws -> (ChatExport, CampaignProgress) {
    let (campaign, _) = try await found(signedIn)
    let scheme = signedIn.site.isSecure ? "https" : "http"
    let link = "\(scheme)://\(signedIn.visit.host)/campaigns/\(campaign.id)"
    let (now, say) = (signedIn.now, signedIn.say)
    return try await database.read { snapshot in
      let items = try CampaignStore.deskItems(of: campaign.id, in: campaign.community, snapshot)
      let point = try snapshot.pickupPoint(campaign.pickupPoint, in: campaign.community)
      let progress = try CampaignStore.progress(of: campaign.id, in: campaign.community, snapshot)
      return (
        ChatExport(campaign: campaign, items: items, point: point, link: link, now: now, say: say), progress
      )
    }
  }
}

extension ChatExport {
  /// How the campaign stands, in both languages; nothing where its pickup point is gone.
  fileprivate func news(in signedIn: SignedIn) -> [(language: Language, text: String)] {
    guard let point else { return [] }
    let news = ChatNews(campaign: campaign, point: point, offsetSeconds: signedIn.community.offsetSeconds)
    let languages: [Language] = signedIn.language == .chinese ? [.chinese, .english] : [.english, .chinese]
    return languages.map { ($0, news.text($0, at: now)) }
  }
}
