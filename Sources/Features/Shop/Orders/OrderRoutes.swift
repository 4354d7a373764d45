package import Database
import HTTPTypes
import Hummingbird
import Kernel
package import People
package import Web

/// The pages on which a household places its orders, looks at them, changes and cancels them.
package struct Orders: Sendable {
  /// Orders on one page of the list.
  static let pageSize = 20

  /// Source of the figures: field/reliability.md §3.14. A housing block may share one address, and ninety households
  /// may order in a campaign's first minute, so the address has more than the 60 named there as the least.
  static let limits = [
    RateLimit("shop.order", 10, per: .minutes(1)),
    RateLimit("shop.order_address", 300, per: .minutes(1), by: .address),
  ]

  let database: Database
  let desk: OrderDesk
  let directory: Directory
  let pickupCodes: PickupCodes
  let books: Bookkeeping
  let hints: ShopHints

  package init(
    _ database: Database, desk: OrderDesk, directory: Directory, pickupCodes: PickupCodes, books: Bookkeeping,
    hints: ShopHints
  ) {
    self.database = database
    self.desk = desk
    self.directory = directory
    self.pickupCodes = pickupCodes
    self.books = books
    self.hints = hints
  }

  package func register(on routes: inout Routes) {
    let own = Objects.own("household's orders")
    routes.get("/campaigns/:campaign/checkout", for: .signedIn, objects: .own("basket")) {
      try await checkout($0)
    }
    routes.post(
      "/campaigns/:campaign/checkout", for: .signedIn, objects: .own("basket"), limits: Self.limits
    ) {
      try await place($0)
    }
    routes.get("/orders", for: .signedIn, objects: own) { try await list($0) }
    routes.get("/orders/:order", for: .signedIn, objects: own) { try await show($0) }
    routes.get("/orders/:order/edit", for: .signedIn, objects: own) { try await edit($0) }
    routes.post("/orders/:order/edit", for: .signedIn, objects: own, limits: Self.limits) {
      try await change($0)
    }
    routes.get("/orders/:order/cancel", for: .signedIn, objects: own) { try await confirmCancelling($0) }
    routes.post("/orders/:order/cancel", for: .signedIn, objects: own, limits: Self.limits) {
      try await cancel($0)
    }
    registerAgreement(on: &routes, own)
    registerPickupCodes(on: &routes, own)
    registerAPI(on: &routes)
  }

  // MARK: - Placing

  private func checkout(_ signedIn: SignedIn) async throws -> Response {
    guard signedIn.householdID != nil else { return membershipPage(signedIn) }
    let front = try await homesFront(signedIn)
    let person = signedIn.personID
    let (lines, hints) = try await database.read { [hints] snapshot in
      (
        try BasketStore.lines(
          of: person, campaign: front.campaign.id, in: front.campaign.community, snapshot),
        try hints.atCheckout(front.campaign.community, snapshot)
      )
    }
    guard front.campaign.takesOrders(at: signedIn.now), !lines.isEmpty else {
      return .redirect(to: "/basket#campaign-\(front.campaign.id)")
    }
    var values: [String: String] = [:]
    for line in lines {
      values[QuantityLine.field(line.item.item.id)] = String(line.quantity)
      values[ToleranceField.field(line.item.item.id)] = CaseForm.text(line.tolerance)
    }
    return try formPage(.place, front, lines.map(\.item), FormState(values), signedIn, hints: hints)
  }

  private func place(_ signedIn: SignedIn) async throws -> Response {
    guard let household = signedIn.householdID else { return membershipPage(signedIn) }
    let front = try await homesFront(signedIn)
    let form = try await signedIn.form()
    return try await answering(.place, front, form, signedIn) { typed in
      let request = try OrderRequest(
        community: front.campaign.community, campaign: front.campaign.id, person: signedIn.personID,
        household: household, actor: signedIn.personID, role: .resident,
        key: try form["idempotency_key"] ?? "", command: .place(typed.wishes, note: typed.note))
      let answer = try await desk.submit(request)
      try await database.write(in: front.campaign.community) {
        try BasketStore.remove(campaign: front.campaign.id, for: signedIn.personID, in: $0)
      }
      return .redirect(to: "/orders/\(answer.order.id)?placed=1")
    }
  }

  // MARK: - Looking

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let page = try await OrderList.page(
      of: signedIn, before: signedIn.query("before").flatMap(OrderID.init), limit: Self.pageSize, self)
    let community = signedIn.community.id
    let campaigns = try await database.read { snapshot in
      try CampaignStore.find(Set(page.orders.map(\.campaign)), in: community, snapshot)
    }
    return .page(
      OrderPages.list(
        page.orders, Dictionary(campaigns.map { ($0.id, $0) }) { first, _ in first }, next: page.next,
        isCardSession: signedIn.session.isCardSession, formToken: signedIn.formToken, now: signedIn.now,
        signedIn.say), signedIn)
  }

  private func show(_ signedIn: SignedIn) async throws -> Response {
    let order = try await ownOrder(signedIn)
    if let booking = order.booking { return .redirect(to: "/bookings/\(booking)") }
    let front = try await front(order.campaign, signedIn)
    if pickupCodes.code(for: order) != nil { try await database.sees(.seeCode, by: signedIn.visit) }
    return .page(
      try await page(
        of: order, front, signedIn, isNew: signedIn.query("placed") != nil && order.fulfilment == .placed),
      signedIn)
  }

  // MARK: - Changing

  private func edit(_ signedIn: SignedIn) async throws -> Response {
    let order = try await ownOrder(signedIn)
    if let booking = order.booking { return .redirect(to: "/bookings/\(booking)/move") }
    let front = try await front(order.campaign, signedIn)
    guard order.fulfilment == .placed else { throw Problem.orderIsNotOpen }
    guard front.campaign.takesOrders(at: signedIn.now) else {
      throw Problem.campaignTakesNoOrders(front.campaign, signedIn.now)
    }
    let person = signedIn.personID
    let (lines, ordered) = try await database.read { snapshot in
      let lines = try BasketStore.lines(
        of: person, campaign: order.campaign, in: front.campaign.community, snapshot)
      let ordered = try StorefrontStore.items(
        order.lines.filter { $0.quantity > 0 }.map(\.item), in: front.campaign.community, snapshot)
      return (
        lines, try ordered + JointPurchaseStore.offered(beside: ordered, to: order, front.campaign, snapshot)
      )
    }
    var values = ["note": order.note, "revision": String(order.revision)]
    for line in lines {
      values[QuantityLine.field(line.item.item.id)] = String(line.quantity)
      values[ToleranceField.field(line.item.item.id)] = CaseForm.text(line.tolerance)
    }
    for line in order.lines where line.quantity > 0 {
      let chosen = lines.first { $0.item.item.id == line.item }
      let quantity = min(Order.quantityLimit, line.quantity + (chosen?.quantity ?? 0))
      values[QuantityLine.field(line.item)] = String(quantity)
      values[ToleranceField.field(line.item)] = CaseForm.text(
        min(Order.quantityLimit - quantity, line.tolerance + (chosen?.tolerance ?? 0)))
    }
    let known = Set(ordered.map(\.item.id))
    let items = ordered + lines.map(\.item).filter { !known.contains($0.item.id) }
    return try formPage(.change(order), front, items, FormState(values), signedIn)
  }

  private func change(_ signedIn: SignedIn) async throws -> Response {
    let order = try await ownOrder(signedIn)
    let front = try await front(order.campaign, signedIn)
    let form = try await signedIn.form()
    return try await answering(.change(order), front, form, signedIn) { typed in
      let request = try Self.request(
        for: order, try form["idempotency_key"] ?? "",
        .change(order.id, revision: try Self.revision(form), typed.wishes, note: typed.note), signedIn)
      _ = try await desk.submit(request)
      let ordered = typed.wishes.map(\.item)
      try await database.write(in: front.campaign.community) {
        try BasketStore.remove(ordered, for: signedIn.personID, in: $0)
      }
      return .redirect(to: "/orders/\(order.id)")
    }
  }

  private func confirmCancelling(_ signedIn: SignedIn) async throws -> Response {
    let order = try await ownOrder(signedIn)
    if let booking = order.booking { return .redirect(to: "/bookings/\(booking)/cancel") }
    let front = try await front(order.campaign, signedIn)
    guard order.fulfilment == .placed else { throw Problem.orderIsNotOpen }
    return .page(
      OrderPages.cancelling(
        order, front, idempotencyKey: Self.newKey(), isCardSession: signedIn.session.isCardSession,
        formToken: signedIn.formToken, signedIn.say), signedIn)
  }

  private func cancel(_ signedIn: SignedIn) async throws -> Response {
    let order = try await ownOrder(signedIn)
    let front = try await front(order.campaign, signedIn)
    let form = try await signedIn.form()
    do {
      let request = try Self.request(
        for: order, try form["idempotency_key"] ?? "",
        .cancel(order.id, revision: try Self.revision(form)), signedIn)
      _ = try await desk.submit(request)
    } catch let problem as Problem where problem == .orderIsStale {
      let page = OrderPages.cancelling(
        try await ownOrder(signedIn), front, idempotencyKey: Self.newKey(),
        isCardSession: signedIn.session.isCardSession, formToken: signedIn.formToken, problem: problem,
        signedIn.say)
      return .page(page, signedIn, status: .conflict)
    }
    return .redirect(to: "/orders/\(order.id)")
  }

  // MARK: - Parts

  /// Runs what a form asks for. What cannot be done shows the form again, with everything that was typed, what is
  /// wrong with which line, and a new key: the corrected order is another request.
  private func answering(
    _ purpose: OrderFormPage.Purpose, _ front: CampaignFront, _ form: Form, _ signedIn: SignedIn,
    _ submit: (OrderForm) async throws -> Response
  ) async throws -> Response {
    var problem: Problem?
    do {
      let typed = try OrderForm(form)
      if try form["do"] == "submit" { return try await submit(typed) }
    } catch let refused as Problem where Self.isShownAgain(refused) && !signedIn.wantsJSON {
      problem = refused
    }
    let ids = form.fields.compactMap { field in
      field.name.hasPrefix("quantity-") ? CampaignItemID(String(field.name.dropFirst(9))) : nil
    }
    let items = try await database.read { snapshot in
      try StorefrontStore.items(Set(ids.prefix(Order.lineLimit * 2)), in: front.campaign.community, snapshot)
        .filter { $0.item.campaign == front.campaign.id }
    }
    let state = problem.map { FormState(form, problems: OrderForm.atFields($0)) } ?? FormState(form)
    return try formPage(
      purpose, front, items, state, signedIn,
      status: problem.map { HTTPResponse.Status(code: $0.status) } ?? .ok)
  }

  /// What can be put right in the form itself.
  private static func isShownAgain(_ problem: Problem) -> Bool {
    problem.status == 409 || problem.status == 422
  }

  private func formPage(
    _ purpose: OrderFormPage.Purpose, _ front: CampaignFront, _ items: [ShelfItem], _ state: FormState,
    _ signedIn: SignedIn, status: HTTPResponse.Status = .ok, hints: [ShopHints.Hint] = []
  ) throws -> Response {
    let sorted = items.sorted { $0.item.position < $1.item.position }
    let sum = try OrderFormPage.sum(sorted, state, front.campaign.discountSteps)
    let page = OrderFormPage(
      purpose: purpose, front: front, items: sorted, state: state, sum: sum,
      idempotencyKey: Self.newKey(), isCardSession: signedIn.session.isCardSession, now: signedIn.now,
      hints: hints, say: signedIn.say)
    return .page(page.page(formToken: signedIn.formToken), signedIn, status: status)
  }

  private func membershipPage(_ signedIn: SignedIn) -> Response {
    .page(
      MembershipPage.page(
        formToken: signedIn.formToken, isCardSession: signedIn.session.isCardSession, signedIn.say),
      signedIn, status: .forbidden)
  }

  func front(_ campaign: CampaignID, _ signedIn: SignedIn) async throws -> CampaignFront {
    let community = signedIn.community.id
    guard
      let front = try await database.read({
        try StorefrontStore.front(campaign, for: nil, in: community, $0)
      })
    else { throw Problem.notFound }
    return front
  }

  /// The campaign in the path, where homes order in it.
  /// - Throws: `joint_purchase.merchants_only` before anything of a joint purchase is shown.
  private func homesFront(_ signedIn: SignedIn) async throws -> CampaignFront {
    let front = try await front(signedIn.id("campaign"), signedIn)
    guard front.campaign.audience == .households else { throw Problem.notFor(front.campaign.audience) }
    return front
  }

  /// The order in the path, if it is of the visitor's household, or of a merchant that they act for.
  /// - Throws: `not_found` for every other order, so that nobody can probe.
  func ownOrder(_ signedIn: SignedIn) async throws -> Order {
    let id = try signedIn.id("order", of: OrderKind.self)
    let community = signedIn.community.id
    let order = try await database.read { snapshot -> Order? in
      guard let order = try OrderStore.find(id, in: community, snapshot) else { return nil }
      return try JointPurchaseStore.isOwn(order, signedIn, snapshot) ? order : nil
    }
    guard let order else { throw Problem.notFound }
    return order
  }

  static func request(
    for order: Order, _ key: String, _ command: OrderRequest.Command, _ signedIn: SignedIn
  ) throws -> OrderRequest {
    let isJoint = order.buyer != nil
    return try OrderRequest(
      community: signedIn.community.id, campaign: order.campaign, person: order.person,
      household: order.household, actor: signedIn.personID, role: isJoint ? .merchant : .resident,
      authority: isJoint ? .merchant : .household, key: key, command: command)
  }

  private static func revision(_ form: Form) throws -> Int64 {
    guard let revision = try form["revision"].flatMap(Int64.init) else { throw Problem.orderIsStale }
    return revision
  }

  /// Minted when a form is drawn: the same form sent twice is one order.
  private static func newKey() -> String { Form.newKey }
}

/// The orders of a household, page by page.
enum OrderList {
  struct Page: Sendable {
    let orders: [Order]
    let next: OrderID?
  }

  static func page(
    of signedIn: SignedIn, before: OrderID?, limit: Int, _ orders: Orders
  ) async throws -> Page {
    guard let household = signedIn.householdID else { return Page(orders: [], next: nil) }
    let community = signedIn.community.id
    let directory = orders.directory
    return try await orders.database.read { snapshot in
      let persons = try directory.persons(of: household, in: community, snapshot)
      let found = try OrderStore.list(
        of: persons, before: before, limit: limit + 1, in: community, snapshot)
      let page = found.prefix(limit)
      // Who has moved here brought no orders along: those stay with the household they were placed for.
      return Page(
        orders: page.filter { $0.household == household }, next: found.count > limit ? page.last?.id : nil)
    }
  }
}
