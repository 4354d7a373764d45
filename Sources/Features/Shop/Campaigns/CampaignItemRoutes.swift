import Database
import HTTPTypes
import Hummingbird
import Kernel
import Web

extension CampaignDesk {
  /// Products on one page of the search for what may be added.
  private static let searchPage = 20

  func registerItems(on routes: inout Routes, _ leaders: Access.Personal, _ own: Objects) {
    let base = "/desk/campaigns/:campaign/items"
    routes.get(base, for: leaders, objects: own) { try await items($0) }
    routes.get("\(base)/add/:variant", for: leaders, objects: own) { try await newItem($0) }
    routes.post("\(base)/add/:variant", for: leaders, objects: own) { try await addItem($0) }
    routes.get("\(base)/:item", for: leaders, objects: own) { try await editItem($0) }
    routes.post("\(base)/:item", for: leaders, objects: own) { try await changeItem($0) }
    routes.post("\(base)/:item/place", for: leaders, objects: own) { try await placeItem($0) }
    routes.post("\(base)/:item/stock", for: leaders, objects: own) { try await setStock($0) }
  }

  private func items(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, _) = try await own(signedIn)
    return .page(try await itemsPage(campaign, [], signedIn), signedIn)
  }

  private func newItem(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, _) = try await own(signedIn)
    let offer = try await offer(signedIn)
    let state = FormState(["price": offer.price.decimal, "stock_kind": StockKind.limited.rawValue])
    return .page(addForm(offer, state, campaign, signedIn), signedIn)
  }

  private func addItem(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, actor) = try await own(signedIn)
    let offer = try await offer(signedIn)
    let form = try await signedIn.form()
    do {
      let draft = try CampaignForm.item(form)
      let item = try await database.write(in: campaign.community) {
        try CampaignItemChanges.add(offer.variant, draft, to: campaign.id, by: actor, in: $0)
      }
      return .redirect(to: "/desk/campaigns/\(campaign.id)/items#item-\(item)")
    } catch let problem as Problem where problem.status == 422 {
      return .page(
        addForm(offer, FormState(form, problem), campaign, signedIn), signedIn,
        status: .unprocessableContent)
    }
  }

  private func editItem(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, _) = try await own(signedIn)
    let entry = try await entry(campaign, signedIn)
    return .page(changeForm(entry, CampaignItemPages.state(entry), campaign, signedIn), signedIn)
  }

  private func changeItem(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, actor) = try await own(signedIn)
    let entry = try await entry(campaign, signedIn)
    let form = try await signedIn.form()
    do {
      let draft = try CampaignForm.item(form)
      try await database.write(in: campaign.community) {
        try CampaignItemChanges.change(entry.item.id, of: campaign.id, to: draft, by: actor, in: $0)
      }
      return .redirect(to: "/desk/campaigns/\(campaign.id)/items#item-\(entry.item.id)")
    } catch let problem as Problem where problem.status == 422 {
      return .page(
        changeForm(entry, FormState(form, problem), campaign, signedIn), signedIn,
        status: .unprocessableContent)
    }
  }

  private func placeItem(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, actor) = try await own(signedIn)
    let item = try signedIn.id("item", of: CampaignItemKind.self)
    let command = try await signedIn.form()["do"] ?? ""
    let direction = CampaignItemChanges.Direction(rawValue: command)
    guard direction != nil || command == "remove" else { throw Problem.notFound }
    try await database.write(in: campaign.community) { transaction in
      if let direction {
        try CampaignItemChanges.move(item, direction, of: campaign.id, by: actor, in: transaction)
      } else {
        try CampaignItemChanges.remove(item, of: campaign.id, by: actor, in: transaction)
      }
    }
    let place = direction == nil ? "" : "#item-\(item)"
    return .redirect(to: "/desk/campaigns/\(campaign.id)/items\(place)")
  }

  private func setStock(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, actor) = try await own(signedIn)
    let item = try signedIn.id("item", of: CampaignItemKind.self)
    do {
      var reader = FormReader(try await signedIn.form())
      let units = reader.integer("units", in: 0...CampaignItemDraft.unitLimit)
      try reader.finish()
      guard let units else { throw Problem.internalFault }
      try await database.write(in: campaign.community) {
        try CampaignItemChanges.setStock(item, of: campaign.id, to: units, by: actor, in: $0)
      }
      return .redirect(to: "/desk/campaigns/\(campaign.id)/items#item-\(item)")
    } catch let problem as Problem where problem.status == 422 || problem.status == 409 {
      let text = problem.fields.first?.message ?? problem.title
      let advice = problem.advice.map { " " + signedIn.say($0) } ?? ""
      let alert = PageParts.notice(signedIn.say(text) + advice, .bad)
      return .page(
        try await itemsPage(campaign, [alert], signedIn), signedIn,
        status: HTTPResponse.Status(code: problem.status))
    }
  }

  // MARK: - Parts

  private func itemsPage(_ campaign: Campaign, _ alerts: [HTML], _ signedIn: SignedIn) async throws -> Page {
    let text = String((signedIn.query("q") ?? "").prefix(60))
    let key = signedIn.query("after").flatMap(ProductID.init)
    let (items, found) = try await database.read { snapshot in
      (
        try CampaignStore.deskItems(of: campaign.id, in: campaign.community, snapshot),
        try snapshot.searchVariantOffers(
          text, in: campaign.community, after: key, limit: Self.searchPage)
      )
    }
    return pages(campaign, signedIn).list(
      items, search: text, found: found.elements, next: found.next, alerts: alerts)
  }

  private func addForm(
    _ offer: VariantOffer, _ state: FormState, _ campaign: Campaign, _ signedIn: SignedIn
  ) -> Page {
    pages(campaign, signedIn).form(
      state, name: offer.name, pack: offer.pack, unit: offer.unit, weighed: offer.weighed?.terms,
      caseSize: offer.caseSize, to: "/desk/campaigns/\(campaign.id)/items/add/\(offer.variant)")
  }

  private func changeForm(
    _ entry: DeskItem, _ state: FormState, _ campaign: Campaign, _ signedIn: SignedIn
  ) -> Page {
    pages(campaign, signedIn).form(
      state, name: entry.offer.name, pack: entry.offer.pack, unit: entry.offer.unit,
      weighed: entry.item.weighed?.terms, caseSize: entry.offer.caseSize,
      to: "/desk/campaigns/\(campaign.id)/items/\(entry.item.id)")
  }

  private func offer(_ signedIn: SignedIn) async throws -> VariantOffer {
    let variant = try signedIn.id("variant", of: VariantKind.self)
    let community = signedIn.community.id
    guard let offer = try await database.read({ try $0.variantOffers([variant], in: community).first })
    else { throw Problem.notFound }
    return offer
  }

  private func entry(_ campaign: Campaign, _ signedIn: SignedIn) async throws -> DeskItem {
    let id = try signedIn.id("item", of: CampaignItemKind.self)
    let entries = try await database.read {
      try CampaignStore.deskItems(of: campaign.id, in: campaign.community, $0)
    }
    guard let entry = entries.first(where: { $0.item.id == id }) else { throw Problem.notFound }
    return entry
  }

  private func pages(_ campaign: Campaign, _ signedIn: SignedIn) -> CampaignItemPages {
    CampaignItemPages(campaign: campaign, say: signedIn.say, formToken: signedIn.formToken)
  }
}
