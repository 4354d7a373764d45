package import Database
import HTTPTypes
import Hummingbird
import Kernel
package import Web

/// Weighing goods between their arrival and the pickup table: for whoever runs the campaign, and for merchants their own.
package struct WeighIn: Sendable {
  private let database: Database
  private let books: Bookkeeping

  package init(_ database: Database, books: Bookkeeping) {
    self.database = database
    self.books = books
  }

  package func register(on routes: inout Routes) {
    let people = Access.Personal.roles(WeighInActor.roles)
    let own = Objects.own("campaigns that the person runs, and goods of the person's merchants")
    let base = "/desk/campaigns/:campaign/weighing"
    routes.get(base, for: people, objects: own) { try await index($0) }
    routes.get("\(base)/:item", for: people, objects: own) { try await page($0, form: nil, problem: nil) }
    routes.post("\(base)/:item", for: people, objects: own, bodyLimit: .json) { try await record($0) }
  }

  private func index(_ signedIn: SignedIn) async throws -> Response {
    let say = signedIn.say
    let (campaign, actor, items) = try await database.read {
      snapshot -> (Campaign, WeighInActor, [WeighInItem]) in
      let (campaign, actor) = try found(signedIn, snapshot)
      return (campaign, actor, try self.items(of: campaign, for: actor, snapshot))
    }
    if items.isEmpty, !actor.runsCampaign { throw Problem.notFound }
    let back =
      actor.runsCampaign ? "/desk/campaigns/\(campaign.id)" : "/supplier-lists/\(campaign.id)"
    let main = WeighInPages(campaign: campaign, say: say, token: signedIn.formToken).index(items, back: back)
    return .page(Page(title: say("称重", "Weighing"), main: main), signedIn)
  }

  private func page(_ signedIn: SignedIn, form: Form?, problem: Problem?) async throws -> Response {
    let say = signedIn.say
    let id: CampaignItemID = try signedIn.id("item")
    let (campaign, entry) = try await database.read { snapshot -> (Campaign, WeighInItem) in
      let (campaign, actor) = try found(signedIn, snapshot)
      let item = try WeighInStore.item(id, for: actor, in: campaign.community, snapshot)
      guard let entry = try items(of: campaign, for: actor, only: item, snapshot).first else {
        throw Problem.notFound
      }
      return (campaign, entry)
    }
    let state =
      if let form, let problem { FormState(form, problem) } else { WeighInForm.initial(entry.lines) }
    let main = WeighInPages(campaign: campaign, say: say, token: signedIn.formToken).form(entry, state)
    var alerts: [HTML] = []
    if let problem, problem.fields.isEmpty {
      let advice = problem.advice.map { " \(say($0))" } ?? ""
      alerts.append(PageParts.notice("\(say(problem.title))\(advice)", .bad))
    } else if problem == nil, signedIn.query("done") != nil {
      alerts.append(PageParts.notice(say("重量记下了。", "The weights are recorded."), .good))
    }
    return .page(
      Page(title: say(entry.name), main: main, alerts: alerts), signedIn,
      status: problem.map { .init(code: $0.status) } ?? .ok)
  }

  private func record(_ signedIn: SignedIn) async throws -> Response {
    let id: CampaignItemID = try signedIn.id("item")
    let form = try await signedIn.form()
    do {
      let campaign = try await database.write(in: signedIn.community.id) { transaction in
        let (campaign, actor) = try found(signedIn, transaction)
        let item = try WeighInStore.item(id, for: actor, in: campaign.community, transaction)
        let orders = try WeighInStore.orders(with: item, in: campaign.community, transaction)
        let layouts =
          try transaction.merchant(item.merchant, in: campaign.community)?.details.labels?.layouts ?? []
        let entries = try WeighInForm.entries(form, of: orders, item, layouts)
        try WeighInStore.record(entries, of: id, books, by: actor, in: transaction)
        return campaign
      }
      return .redirect(to: "/desk/campaigns/\(campaign.id)/weighing/\(id)?done=1")
    } catch let problem as Problem where problem.status == 409 || problem.status == 422 {
      return try await page(signedIn, form: form, problem: problem)
    }
  }

  // MARK: - Parts

  /// The campaign in the path and who weighs there.
  /// - Throws: `not_found` where the person has nothing to weigh.
  private func found(
    _ signedIn: SignedIn, _ snapshot: Snapshot
  ) throws -> (campaign: Campaign, actor: WeighInActor) {
    let id: CampaignID = try signedIn.id("campaign")
    guard let campaign = try CampaignStore.find(id, in: signedIn.community.id, snapshot),
      !campaign.isDraft
    else { throw Problem.notFound }
    return (
      campaign,
      try WeighInStore.actor(signedIn.personID, roles: signedIn.roles, for: campaign, snapshot)
    )
  }

  /// The weighed items that have been counted in, with the orders that get some.
  private func items(
    of campaign: Campaign, for actor: WeighInActor, only: CampaignItem? = nil, _ snapshot: Snapshot
  ) throws -> [WeighInItem] {
    let arrived = try ArrivalStore.arrivals(of: campaign.id, in: campaign.community, snapshot)
    let entries = try CampaignStore.deskItems(of: campaign.id, in: campaign.community, snapshot)
      .filter { actor.mayWeigh($0.item) && (only.map(\.id) ?? $0.item.id) == $0.item.id }
      .filter { arrived[$0.item.id] != nil || only != nil }
    if entries.isEmpty { return [] }
    let orders = try OrderStore.list(ofCampaign: campaign.id, in: campaign.community, snapshot)
      .filter { $0.fulfilment.isOpen || $0.fulfilment == .collected }
    return entries.map { entry in
      let lines = orders.flatMap { order in
        order.lines.filter { $0.item == entry.item.id && $0.due > 0 && $0.allocated != nil }
          .map { WeighInLine(order: order.id, number: order.number, line: $0) }
      }
      return WeighInItem(
        item: entry.item, name: entry.offer.name, unit: entry.offer.unit, lines: lines)
    }
  }
}
