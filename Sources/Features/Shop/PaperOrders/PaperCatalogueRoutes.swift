package import Database
import HTTPTypes
import Hummingbird
import Kernel
package import People
import Security
package import Web

/// Catalogues on paper: for whoever runs a campaign to print, and for whoever scans what is printed.
package struct PaperCatalogues: Sendable {
  private let database: Database
  private let directory: Directory
  private let codes: SlipCodes

  package init(_ database: Database, directory: Directory, codes: SlipCodes) {
    self.database = database
    self.directory = directory
    self.codes = codes
  }

  package func register(on routes: inout Routes) {
    let runners = Access.Personal.roles(CampaignActor.roles)
    let own = Objects.own("campaigns that the person runs")
    routes.get("/desk/campaigns/:campaign/catalogue", for: runners, objects: own) { try await index($0) }
    routes.post("/desk/campaigns/:campaign/catalogue", for: runners, objects: own) {
      try await printVersion($0)
    }
    routes.get("/desk/campaigns/:campaign/catalogue/:version", for: runners, objects: own) {
      try await version($0)
    }
    routes.get("/desk/campaigns/:campaign/catalogue/:version/print", for: runners, objects: own) {
      signedIn in
      let (sheet, _) = try await sheet(signedIn)
      return .page(try await pages(sheet, signedIn).catalogue, signedIn)
    }
    routes.get("/desk/campaigns/:campaign/catalogue/:version/slips", for: runners, objects: own) {
      try await slips($0)
    }
    routes.post("/desk/campaigns/:campaign/catalogue/:version/slips", for: runners, objects: own) {
      try await makeSlips($0)
    }
    routes.get("/campaigns/:campaign/paper/:version/:code", .everyone, objects: .community) {
      try await scanned($0)
    }
  }

  // MARK: - Handlers

  private func index(_ signedIn: SignedIn) async throws -> Response {
    let campaign = try await database.campaign(runBy: signedIn).campaign
    let state = PaperCatalogueForm.suggestion(
      campaign, now: signedIn.now, offsetSeconds: signedIn.community.offsetSeconds)
    return try await indexPage(campaign, state, .ok, signedIn)
  }

  private func indexPage(
    _ campaign: Campaign, _ state: FormState, _ status: HTTPResponse.Status, _ signedIn: SignedIn
  ) async throws -> Response {
    let (catalogues, items) = try await database.read { snapshot in
      (
        try PaperCatalogueStore.list(of: campaign.id, in: campaign.community, snapshot),
        try CampaignStore.deskItems(of: campaign.id, in: campaign.community, snapshot)
      )
    }
    return .page(deskPages(signedIn).index(campaign, catalogues, items, state), signedIn, status: status)
  }

  private func printVersion(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, actor) = try await database.campaign(runBy: signedIn)
    let form = try await signedIn.form()
    do {
      let items = try await database.read {
        try CampaignStore.deskItems(of: campaign.id, in: campaign.community, $0)
      }
      let draft = try PaperCatalogueForm.draft(
        form, items, offsetSeconds: signedIn.community.offsetSeconds)
      let catalogue = try await database.write(in: campaign.community) {
        try PaperCatalogueChanges.print(draft, of: campaign.id, by: actor, in: $0)
      }
      return .redirect(to: "/desk/campaigns/\(campaign.id)/catalogue/\(catalogue.number)")
    } catch let problem as Problem where problem.status == 422 {
      return try await indexPage(campaign, FormState(form, problem), .unprocessableContent, signedIn)
    }
  }

  private func version(_ signedIn: SignedIn) async throws -> Response {
    let (sheet, _) = try await sheet(signedIn)
    let community = signedIn.community.id
    let (buildings, paper, counts) = try await database.read { snapshot in
      let buildings = try directory.buildings(of: community, snapshot)
      let slips = try PaperSlipStore.list(of: sheet.catalogue, snapshot)
      let places = try directory.buildings(of: slips.map(\.household), in: community, snapshot)
      return (
        buildings.map {
          PaperCataloguePages.BuildingChoice(building: $0.building, households: $0.households)
        },
        try HouseholdListStore.all(.paper, in: community, snapshot).count, Self.counts(slips, places)
      )
    }
    let page = deskPages(signedIn).version(
      sheet, buildings, paperHouseholds: paper, counts, added: signedIn.query("added").flatMap { Int($0) })
    return .page(page, signedIn)
  }

  private static func counts(
    _ slips: [PaperSlip], _ buildings: [HouseholdID: String]
  ) -> [PaperCataloguePages.SlipCount] {
    var counts: [String: PaperCataloguePages.SlipCount] = [:]
    for slip in slips {
      let building = buildings[slip.household] ?? ""
      counts[building, default: .init(building: building)].printed += 1
      if slip.keyed != nil { counts[building]?.keyed += 1 }
    }
    return counts.values.sorted {
      (Int($0.building) ?? .max, $0.building) < (Int($1.building) ?? .max, $1.building)
    }
  }

  private func slips(_ signedIn: SignedIn) async throws -> Response {
    let (sheet, _) = try await sheet(signedIn)
    let building = signedIn.query("building")
    let doors = try await directory.doors(of: signedIn.community.id)
    let addressed = try await database.read { snapshot in
      let slips = try PaperSlipStore.list(of: sheet.catalogue, snapshot)
      let homes = try doors.households(slips.map(\.household), snapshot)
      let names = try directory.displayNames(of: slips.map(\.person), in: signedIn.community.id, snapshot)
      return slips.compactMap { slip in homes[slip.household].map { (slip, $0.door) } }
        .filter { building == nil || $0.1.building == building }
        .sorted { Door.isInOrder($0.1, $1.1) }
        .map { slip, door in
          PaperSheetPages.Addressed(slip: slip, door: door.label, name: names[slip.person] ?? "")
        }
    }
    return .page(try await pages(sheet, signedIn).slips(addressed), signedIn)
  }

  private func makeSlips(_ signedIn: SignedIn) async throws -> Response {
    let (sheet, actor) = try await sheet(signedIn)
    let chosen = try await signedIn.form().all("for")
    let path = "/desk/campaigns/\(sheet.campaign.id)/catalogue/\(sheet.catalogue.number)"
    if chosen.isEmpty { return .redirect(to: path) }
    let community = signedIn.community.id
    let count = try await database.write(in: community) { transaction in
      var households: Set<HouseholdID> = []
      if chosen.contains("paper") {
        households.formUnion(try HouseholdListStore.all(.paper, in: community, transaction))
      }
      for building in chosen where building.hasPrefix("building:") {
        households.formUnion(
          try directory.households(inBuilding: String(building.dropFirst(9)), of: community, transaction))
      }
      let buyers = try directory.firstPersons(of: households, in: community, transaction)
      return try PaperCatalogueChanges.printSlips(
        buyers, of: sheet.catalogue.id, codes, by: actor, in: transaction)
    }
    return .redirect(to: "\(path)?added=\(count)")
  }

  /// Leads from an item's QR code to its page.
  private func scanned(_ visit: Visit) async throws -> Response {
    let id = try visit.id("campaign", of: CampaignKind.self)
    let code = try visit.parameter("code")
    let item = try await database.read { snapshot -> CampaignItemID? in
      guard let campaign = try CampaignStore.find(id, in: visit.community.id, snapshot),
        campaign.marks.publishedAt != nil
      else { return nil }
      return try PaperCatalogueStore.codes(of: id, snapshot).first { $0.value == code }?.key
    }
    guard let item else { throw Problem.notFound }
    return .redirect(to: "/campaigns/\(id)/items/\(item)")
  }

  // MARK: - Parts

  /// The version in the path, of a campaign that the visitor may run.
  private func sheet(_ signedIn: SignedIn) async throws -> (PaperSheet, CampaignActor) {
    let (campaign, actor) = try await database.campaign(runBy: signedIn)
    guard let number = Int64(try signedIn.parameter("version")) else { throw Problem.notFound }
    let sheet = try await database.read { snapshot in
      try PaperCatalogueStore.find(number: number, of: campaign.id, in: campaign.community, snapshot)
        .map { try PaperCatalogueStore.sheet($0, of: campaign, snapshot) }
    }
    guard let sheet else { throw Problem.notFound }
    return (sheet, actor)
  }

  private func deskPages(_ signedIn: SignedIn) -> PaperCataloguePages {
    PaperCataloguePages(
      say: signedIn.say, token: signedIn.formToken, now: signedIn.now,
      isKeyer: !signedIn.roles.isDisjoint(with: SlipKeyer.roles))
  }

  private func pages(_ sheet: PaperSheet, _ signedIn: SignedIn) async throws -> PaperSheetPages {
    let point = try await database.read {
      try $0.pickupPoint(sheet.campaign.pickupPoint, in: sheet.campaign.community)?.name
    }
    let scheme = signedIn.site.isSecure ? "https" : "http"
    return PaperSheetPages(
      say: signedIn.say, sheet: sheet, origin: "\(scheme)://\(signedIn.visit.host)",
      point: point ?? Phrase(same: ""), phone: signedIn.community.phoneNumber)
  }
}
