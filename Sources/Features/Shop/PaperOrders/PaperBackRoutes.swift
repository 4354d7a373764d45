package import Database
import Hummingbird
import Kernel
package import People
package import Security
package import Web

/// Confirmations and receipts for households that order on paper.
package struct PaperBack: Sendable {
  private let database: Database
  private let directory: Directory
  private let books: Bookkeeping
  private let vault: Vault

  /// - Parameter vault: opens what households said to whoever brings their bags.
  package init(_ database: Database, directory: Directory, books: Bookkeeping, vault: Vault) {
    self.vault = vault
    self.database = database
    self.directory = directory
    self.books = books
  }

  /// `?order=`, `?batch=` and `?building=` choose among the orders of households on paper; without them all are printed.
  package func register(on routes: inout Routes) {
    let keyers = Access.Personal.roles(SlipKeyer.roles)
    let own = Objects.own("slips of campaigns that the person may key for")
    routes.get("/desk/campaigns/:campaign/paper/confirmations", for: keyers, objects: own) { signedIn in
      let (pages, orders) = try await content(signedIn)
      return .page(try pages.confirmations(orders), signedIn)
    }
    routes.get("/desk/campaigns/:campaign/paper/receipts", for: keyers, objects: own) { signedIn in
      let (pages, orders) = try await content(signedIn)
      return .page(try pages.receipts(orders), signedIn)
    }
  }

  private func content(
    _ signedIn: SignedIn
  ) async throws -> (PaperBackPages, [PaperBackPages.Addressed]) {
    let campaign = try await campaign(signedIn)
    let community = signedIn.community.id
    let doors = try await directory.doors(of: community)
    let cipher = try await vault.cipher(for: KeyScope(community: community, dataClass: .contact))
    let order = signedIn.query("order").flatMap { OrderID($0) }
    let batch = signedIn.query("batch").flatMap { SlipBatchID($0) }
    let building = signedIn.query("building")
    let (point, orders) = try await database.read { snapshot in
      let all = try OrderStore.list(ofCampaign: campaign.id, in: community, snapshot)
      var orders = try onPaper(all, in: community, snapshot)
      if let order { orders.removeAll { $0.id != order } }
      if let batch {
        let placed =
          try SlipBatchStore.find(batch, in: community, snapshot)?.entries.compactMap(\.order) ?? []
        orders.removeAll { !placed.contains($0.id) }
      }
      let homes = try doors.households(Set(orders.map(\.household)), snapshot)
      let chosen = orders.compactMap { order in homes[order.household].map { (order, $0.door) } }
        .filter { building == nil || $0.1.building == building }
        .sorted { Door.isInOrder($0.1, $1.1) }
      return (
        try snapshot.pickupPoint(campaign.pickupPoint, in: community)?.name ?? Phrase(same: ""),
        try addressed(
          chosen,
          DeliveryPaper.papers(
            of: chosen.map(\.0), among: all, of: campaign, opening: cipher, snapshot),
          in: community, snapshot)
      )
    }
    let pages = PaperBackPages(
      say: signedIn.say, campaign: campaign, point: point, phone: signedIn.community.phoneNumber)
    return (pages, orders)
  }

  /// Orders from slips, and any others of households that want paper.
  private func onPaper(
    _ orders: [Order], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Order] {
    let wanting = try HouseholdListStore.all(.paper, in: community, snapshot)
    return orders.filter { order in
      if case .slip = order.authority { true } else { wanting.contains(order.household) }
    }
  }

  private func addressed(
    _ orders: [(Order, Door)], _ deliveries: [OrderID: DeliveryPaper], in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [PaperBackPages.Addressed] {
    let names = try directory.displayNames(of: orders.map(\.0.person), in: community, snapshot)
    let paid = try books.paid(orders.map(\.0.id), community, snapshot)
    return try orders.compactMap { order, door in
      guard let delivery = deliveries[order.id] else { return nil }
      return PaperBackPages.Addressed(
        order: order, door: door.label, name: names[order.person] ?? "", paid: paid[order.id] ?? .zero,
        money: try books.money(order.id, community, snapshot), delivery: delivery)
    }
  }

  private func campaign(_ signedIn: SignedIn) async throws -> Campaign {
    let id = try signedIn.id("campaign", of: CampaignKind.self)
    let community = signedIn.community.id
    guard let campaign = try await database.read({ try CampaignStore.find(id, in: community, $0) }),
      SlipKeyer(person: signedIn.personID, roles: signedIn.roles, leader: campaign.leader) != nil
    else { throw Problem.notFound }
    return campaign
  }
}
