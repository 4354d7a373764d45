package import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
package import Web

/// Where merchants buy together what they need, on the same order desk as everybody: a joint purchase is a campaign that
/// takes the orders of merchants alone.
package struct JointPurchases: Sendable {
  /// Who may look: those who buy, and those who open campaigns and look after them.
  static let readers: Set<Role> = CampaignActor.roles.union([.merchant])
  private static let listLimit = 12
  private static let orderLimit = 60

  let database: Database
  let desk: OrderDesk
  let hints: ShopHints

  package init(_ database: Database, desk: OrderDesk, hints: ShopHints) {
    self.database = database
    self.desk = desk
    self.hints = hints
  }

  package static let navigation: [NavigationItem] = [
    NavigationItem("/joint-purchases", JointPurchasePages.title, roles: [.merchant, .committee, .operator])
  ]

  package func register(on routes: inout Routes) {
    let readers = Access.Personal.roles(Self.readers)
    routes.get("/joint-purchases", for: readers, objects: .community) { try await list($0) }
    routes.get("/joint-purchases/:campaign", for: readers, objects: .community) { try await show($0) }
    routes.post(
      "/joint-purchases/:campaign", for: .roles([.merchant]), objects: .own("merchant's orders"),
      limits: Orders.limits
    ) { try await order($0) }
  }

  // MARK: - Looking

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    let person = signedIn.personID
    let page = try await database.read { snapshot -> Page in
      let own = try own(signedIn, snapshot)
      let shown = try JointPurchaseStore.campaigns(limit: Self.listLimit, in: community, snapshot).compactMap
      {
        campaign -> JointPurchasePages.Shown? in
        guard let point = try snapshot.pickupPoint(campaign.pickupPoint, in: community) else { return nil }
        return try self.shown(
          CampaignFront(campaign: campaign, pickupPoint: point), own, items: JointPurchasePages.itemsShown,
          snapshot)
      }
      return try pages(person, own, signedIn, snapshot).list(
        shown, isMerchant: signedIn.roles.contains(.merchant))
    }
    return .page(page, signedIn)
  }

  private func show(_ signedIn: SignedIn) async throws -> Response {
    try await page(signedIn, FormState.empty)
  }

  // MARK: - Ordering

  private func order(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    do {
      let typed = try OrderForm(form)
      if try form["do"] == "submit" { return try await place(typed, form, signedIn) }
      return try await page(signedIn, FormState(form))
    } catch let problem as Problem where Self.isShownAgain(problem) && !signedIn.wantsJSON {
      return try await page(
        signedIn, FormState(form, problems: OrderForm.atFields(problem)), problem: problem)
    }
  }

  private func place(_ typed: OrderForm, _ form: Form, _ signedIn: SignedIn) async throws -> Response {
    let request = try OrderRequest(
      community: signedIn.community.id, campaign: try signedIn.id("campaign"),
      buyer: try JointPurchaseForm.buyer(form), person: signedIn.personID, actor: signedIn.personID,
      key: try form["idempotency_key"] ?? "", command: .place(typed.wishes, note: typed.note))
    let answer = try await desk.submit(request)
    return .redirect(to: "/orders/\(answer.order.id)?placed=1")
  }

  /// What can be put right in the form itself.
  private static func isShownAgain(_ problem: Problem) -> Bool {
    problem.status == 409 || problem.status == 422
  }

  // MARK: - Parts

  /// The page of the joint purchase in the path: the form of an order for those who can place one now.
  /// - Throws: the problem where there is no form in which it could be put right.
  private func page(
    _ signedIn: SignedIn, _ state: FormState, problem: Problem? = nil
  ) async throws -> Response {
    let id = try signedIn.id("campaign", of: CampaignKind.self)
    let community = signedIn.community.id
    let (shown, pages, hints) = try await database.read { [hints] snapshot in
      guard let front = try StorefrontStore.front(id, for: .merchants, in: community, snapshot) else {
        throw Problem.notFound
      }
      let own = try own(signedIn, snapshot)
      return (
        try self.shown(front, own, items: Order.lineLimit, snapshot),
        try self.pages(signedIn.personID, own, signedIn, snapshot),
        try hints.atCheckout(community, snapshot)
      )
    }
    let campaign = shown.front.campaign
    guard campaign.takesOrders(at: signedIn.now), !pages.buyers.isEmpty else {
      if let problem { throw problem }
      return .page(pages.looking(shown, isMerchant: signedIn.roles.contains(.merchant)), signedIn)
    }
    let page = OrderFormPage(
      purpose: .place, front: shown.front, items: shown.items, state: state,
      sum: try OrderFormPage.sum(shown.items, state, campaign.discountSteps), idempotencyKey: Form.newKey,
      isCardSession: signedIn.session.isCardSession, now: signedIn.now, hints: hints,
      joint: pages.beforeGoods(shown, state), say: signedIn.say)
    return .page(
      page.page(formToken: signedIn.formToken), signedIn,
      status: problem.map { HTTPResponse.Status(code: $0.status) } ?? .ok)
  }

  /// The orders of the merchants for which the visitor acts.
  private func own(_ signedIn: SignedIn, _ snapshot: Snapshot) throws -> [Order] {
    guard signedIn.roles.contains(.merchant) else { return [] }
    let community = signedIn.community.id
    let merchants = try snapshot.merchants(of: signedIn.personID, in: community).map(\.id)
    return try JointPurchaseStore.orders(
      of: merchants, limit: Self.orderLimit, in: community, snapshot)
  }

  private func shown(
    _ front: CampaignFront, _ own: [Order], items: Int, _ snapshot: Snapshot
  ) throws -> JointPurchasePages.Shown {
    let campaign = front.campaign
    let isOpen = campaign.takesOrders(at: snapshot.now)
    return JointPurchasePages.Shown(
      front: front,
      items: try StorefrontStore.shelf(
        of: campaign.id, in: campaign.community, after: -1, limit: items, snapshot
      ).items,
      progress: isOpen ? try CampaignStore.progress(of: campaign.id, in: campaign.community, snapshot) : nil,
      orders: own.filter { $0.campaign == campaign.id })
  }

  private func pages(
    _ person: PersonID, _ own: [Order], _ signedIn: SignedIn, _ snapshot: Snapshot
  ) throws -> JointPurchasePages {
    let community = signedIn.community.id
    return JointPurchasePages(
      say: signedIn.say, now: signedIn.now,
      buyers: signedIn.roles.contains(.merchant)
        ? try JointPurchaseStore.buyers(of: person, in: community, snapshot) : [],
      names: try JointPurchaseStore.buyerNames(of: own, in: community, snapshot))
  }
}
