package import Database
import HTTPTypes
import Hummingbird
import Kernel
package import People
package import Web

/// The list of households that want the catalogue on paper: a wish, kept by those who bring the paper.
package struct PaperHouseholds: Sendable {
  private static let keepers = SlipKeyer.roles
  private let database: Database
  private let directory: Directory

  package init(_ database: Database, directory: Directory) {
    self.database = database
    self.directory = directory
  }

  package func register(on routes: inout Routes) {
    let keepers = Access.Personal.roles(Self.keepers)
    routes.get("/desk/paper-households", for: keepers, objects: .community) {
      try await page($0, .empty, .ok)
    }
    routes.post("/desk/paper-households", for: keepers, objects: .community) { try await change($0) }
    routes.get("/desk/paper-households/:household", for: keepers, objects: .community) { try await home($0) }
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
        household: id, door: door, isOnList: try PaperHouseholdStore.has(id, in: community, snapshot),
        wish: try DeliveryWishStore.wishes(of: [id], in: community, snapshot)[id] ?? DeliveryWish(),
        papers: papers.map { campaign, slips in
          .init(campaign: campaign, slips: slips.map { ($0, $0.keyed.flatMap { names[$0.by] } ?? "—") })
        }, mayPrint: mayPrint)
    }
    guard let home else { throw Problem.notFound }
    return .page(PaperHomePages(say: signedIn.say, token: signedIn.formToken).page(home), signedIn)
  }

  private func page(
    _ signedIn: SignedIn, _ state: FormState, _ status: HTTPResponse.Status
  ) async throws -> Response {
    let community = signedIn.community.id
    let doors = try await directory.doors(of: community)
    let homes = try await database.read { snapshot in
      try doors.households(PaperHouseholdStore.all(in: community, snapshot), snapshot)
    }
    let sorted = homes.values.sorted { Door.isInOrder($0.door, $1.door) }
      .map { (id: $0.id, door: $0.door.label) }
    let page = PaperHouseholdPages(say: signedIn.say, token: signedIn.formToken).page(sorted, state)
    return .page(page, signedIn, status: status)
  }

  private func change(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    guard let role = Self.keepers.intersection(signedIn.roles).min() else { throw Problem.forbidden }
    let community = signedIn.community.id
    do {
      let reader = FormReader(form)
      let removes = reader.isTicked("remove")
      let isNamed = try form["household"] != nil
      let household = try await isNamed ? named(form, community) : behindDoor(form, community)
      try await database.write(in: community) { transaction in
        if removes {
          try PaperHouseholdStore.remove(household, by: signedIn.personID, role: role, in: transaction)
        } else {
          try PaperHouseholdStore.add(household, by: signedIn.personID, role: role, in: transaction)
        }
      }
      let isBack = try form["back"] == "household"
      return .redirect(to: isBack ? "/desk/paper-households/\(household)" : "/desk/paper-households")
    } catch let problem as Problem where problem.status == 422 {
      return try await page(signedIn, FormState(form, problem), .unprocessableContent)
    }
  }

  private func named(_ form: Form, _ community: CommunityID) async throws -> HouseholdID {
    var reader = FormReader(form)
    let household = reader.identifier("household", of: HouseholdKind.self)
    try reader.finish()
    guard let household else { throw Problem.internalFault }
    let isHere = try await database.read {
      try directory.buildings(of: [household], in: community, $0)[household] != nil
    }
    guard isHere else { throw Problem.notFound }
    return household
  }

  private func behindDoor(_ form: Form, _ community: CommunityID) async throws -> HouseholdID {
    let door = try Door(
      building: try form["building"] ?? "", unit: try form["unit"] ?? "", room: try form["room"] ?? "")
    guard let found = try await database.read({ try directory.household(at: door, in: community, $0) })
    else {
      throw Problem.invalid([
        FieldProblem("room", Phrase("没有登记这个门牌。", "No household is entered at this door."))
      ])
    }
    return found
  }
}
