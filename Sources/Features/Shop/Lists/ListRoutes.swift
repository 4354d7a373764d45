package import Database
import Hummingbird
import Interop
import Kernel
package import People
package import Web

/// The lists of a closed campaign: for its leader and the committee, and to each merchant its own.
package struct Lists: Sendable {
  private let database: Database
  private let directory: Directory
  private let books: Bookkeeping

  package init(_ database: Database, directory: Directory, books: Bookkeeping) {
    self.database = database
    self.directory = directory
    self.books = books
  }

  package func register(on routes: inout Routes) {
    let runners = Access.Personal.roles(CampaignActor.roles)
    let own = Objects.own("campaigns that the person runs")
    routes.get("/desk/campaigns/:campaign/lists", for: runners, objects: own) { signedIn in
      let campaign = try await database.campaign(runBy: signedIn).campaign
      let say = signedIn.say
      return .page(
        Page(title: say("清单", "Lists"), kind: .staff, main: ListPages.index(campaign, say)), signedIn)
    }
    routes.get("/desk/campaigns/:campaign/lists/:list", for: runners, objects: own) { signedIn in
      try await page(signedIn, isPrint: false)
    }
    routes.get("/desk/campaigns/:campaign/lists/:list/print", for: runners, objects: own) { signedIn in
      try await page(signedIn, isPrint: true)
    }
    routes.get("/desk/campaigns/:campaign/lists/:list/xlsx", for: runners, objects: own) { signedIn in
      try await sheet(signedIn)
    }
    registerSuppliers(on: &routes)
  }

  private func registerSuppliers(on routes: inout Routes) {
    let merchants = Access.Personal.roles([.merchant])
    let own = Objects.own("supplier lists of the person's merchants")
    routes.get("/supplier-lists", for: merchants, objects: own) { try await supplierIndex($0) }
    routes.get("/supplier-lists/:campaign", for: merchants, objects: own) { signedIn in
      try await supplierPage(signedIn, isPrint: false)
    }
    routes.get("/supplier-lists/:campaign/print", for: merchants, objects: own) { signedIn in
      try await supplierPage(signedIn, isPrint: true)
    }
    routes.get("/supplier-lists/:campaign/xlsx", for: merchants, objects: own) { signedIn in
      try await supplierSheet(signedIn)
    }
  }

  private func page(_ signedIn: SignedIn, isPrint: Bool) async throws -> Response {
    let (list, content) = try await content(signedIn)
    let pages = ListPages(say: signedIn.say, content: content, isPrint: isPrint)
    let title = "\(signedIn.say(list.name)) \(signedIn.say(content.campaign.title))"
    return .page(Page(title: title, kind: isPrint ? .print : .staff, main: try pages.page(list)), signedIn)
  }

  private func sheet(_ signedIn: SignedIn) async throws -> Response {
    let (list, content) = try await content(signedIn)
    return try await file(try ListSheets(say: signedIn.say, content: content).tables(list), list, signedIn)
  }

  private func content(_ signedIn: SignedIn) async throws -> (CampaignList, ListContent) {
    guard let list = CampaignList(rawValue: try signedIn.parameter("list")) else { throw Problem.notFound }
    let campaign = try await database.campaign(runBy: signedIn).campaign
    let doors = try await directory.doors(of: signedIn.community.id)
    return (
      list,
      try await database.read {
        try ListStore.content(of: campaign, books, directory: directory, doors: doors, $0)
      }
    )
  }

  /// Writing a workbook waits for a disk, so it runs on a database thread.
  private func file(
    _ tables: [SheetTable], _ list: CampaignList, _ signedIn: SignedIn
  ) async throws -> Response {
    let bytes = try await database.read { _ in
      try XLSXWriter.write(tables.isEmpty ? [SheetTable(headings: ["—"], rows: [])] : tables)
    }
    return .file(bytes, name: "\(signedIn.say(list.name)).xlsx", type: XLSXWriter.mediaType)
  }

  // MARK: - A merchant's own

  private func supplierIndex(_ signedIn: SignedIn) async throws -> Response {
    let say = signedIn.say
    let campaigns = try await database.read { snapshot in
      let merchants = try snapshot.merchants(of: signedIn.personID, in: signedIn.community.id).map(\.id)
      return try ListStore.campaigns(
        supplying: merchants, in: signedIn.community.id, limit: 50, snapshot)
    }
    let title = say("备货单", "Supply lists")
    let main = ListPages.supplierIndex(campaigns, title: title, say)
    return .page(Page(title: title, kind: .staff, main: main), signedIn)
  }

  private func supplierPage(_ signedIn: SignedIn, isPrint: Bool) async throws -> Response {
    let (content, own) = try await supplied(signedIn)
    let say = signedIn.say
    let pages = ListPages(say: say, content: content, isPrint: isPrint)
    let title = say("备货单", "Supply list")
    let main = try pages.supplierPage(for: own, title: title)
    return .page(Page(title: title, kind: isPrint ? .print : .staff, main: main), signedIn)
  }

  private func supplierSheet(_ signedIn: SignedIn) async throws -> Response {
    let (content, own) = try await supplied(signedIn)
    let tables = try ListSheets(say: signedIn.say, content: content).tables(.supplier, merchants: own)
    return try await file(tables, .supplier, signedIn)
  }

  /// The campaign as its merchants may see it: quantities, no names; only where they supply something.
  private func supplied(_ signedIn: SignedIn) async throws -> (ListContent, Set<MerchantID>) {
    let id: CampaignID = try signedIn.id("campaign")
    return try await database.read { snapshot in
      let own = Set(try snapshot.merchants(of: signedIn.personID, in: signedIn.community.id).map(\.id))
      guard let campaign = try CampaignStore.find(id, in: signedIn.community.id, snapshot),
        campaign.marks.closedAt != nil
      else { throw Problem.notFound }
      let content = try ListStore.content(of: campaign, books, directory: directory, doors: nil, snapshot)
      guard content.items.contains(where: { own.contains($0.merchant) }) else { throw Problem.notFound }
      return (content, own)
    }
  }
}

extension Database {
  /// The campaign that the path names, for someone who may run it.
  /// - Throws: `not_found`, also where it belongs to another leader.
  func campaign(runBy signedIn: SignedIn) async throws -> (campaign: Campaign, actor: CampaignActor) {
    let id: CampaignID = try signedIn.id("campaign")
    let found = try await read { try CampaignStore.find(id, in: signedIn.community.id, $0) }
    guard let found,
      let actor = CampaignActor(person: signedIn.personID, roles: signedIn.roles, leader: found.leader)
    else { throw Problem.notFound }
    return (found, actor)
  }
}
