import Database
import Hummingbird
import Kernel
import People
import Web

/// The page of one household and its paper.
struct PaperHomes: Sendable {
  let database: Database
  let directory: Directory

  func register(on routes: inout Routes) {
    routes.get(
      "/desk/paper-households/:household", for: Access.Personal.roles(HouseholdList.paper.keepers),
      objects: .community
    ) { try await home($0) }
  }

  private func home(_ signedIn: SignedIn) async throws -> Response {
    let id = try signedIn.id("household", of: HouseholdKind.self)
    let community = signedIn.community.id
    let doors = try await directory.doors(of: community)
    let leader = SlipKeyer.seesAll(signedIn.roles) ? nil : signedIn.personID
    let mayPrint = !signedIn.roles.isDisjoint(with: CampaignActor.roles)
    let home = try await database.read { snapshot -> PaperHomePages.Home? in
      guard let door = try doors.labels(of: [id], snapshot)[id] else { return nil }
      let papers = try PaperCatalogueStore.openCampaigns(leader: leader, in: community, snapshot)
        .map { ($0, try PaperSlipStore.list(of: id, in: $0, snapshot)) }
      let keyers = papers.flatMap(\.1).compactMap { $0.keyed?.by }
      let names = try directory.displayNames(of: keyers, in: community, snapshot)
      return PaperHomePages.Home(
        household: id, door: door,
        isOnList: try HouseholdListStore.has(id, on: .paper, in: community, snapshot),
        wish: try DeliveryWishStore.wishes(of: [id], in: community, snapshot)[id] ?? DeliveryWish(),
        papers: papers.map { campaign, slips in
          .init(campaign: campaign, slips: slips.map { ($0, $0.keyed.flatMap { names[$0.by] } ?? "—") })
        }, mayPrint: mayPrint)
    }
    guard let home else { throw Problem.notFound }
    return .page(PaperHomePages(say: signedIn.say, token: signedIn.formToken).page(home), signedIn)
  }
}
