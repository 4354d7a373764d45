package import Database
import HTTPTypes
import Hummingbird
import Kernel
package import Web

/// The basket's page and what is done with it; all of it works by plain forms.
package struct Baskets: Sendable {
  private let database: Database

  package init(_ database: Database) {
    self.database = database
  }

  package func register(on routes: inout Routes) {
    routes.post("/basket/add", .everyone, objects: .own("basket")) { try await add($0) }
    routes.get("/basket", for: .signedIn, objects: .own("basket")) { try await show($0) }
    routes.post("/basket/:campaign", for: .signedIn, objects: .own("basket")) { try await change($0) }
  }

  /// Puts an item into the basket and goes back to where it stood. Who is not signed in yet signs in first, and then
  /// stands before the item.
  private func add(_ visit: Visit) async throws -> Response {
    let form = try await visit.form()
    var reader = FormReader(form)
    let item = reader.identifier("add", of: CampaignItemKind.self)
    let quantity = reader.integer("quantity", in: 1...Order.quantityLimit, isRequired: false) ?? 1
    try reader.finish()
    guard let item else { throw Problem.notFound }
    let back = LocalPath.checked(try form["back"] ?? "/")
    guard let session = visit.session else {
      return .redirect(to: "/sign-in?next=\(URLEncodedText.encode(back))")
    }
    let added = try await database.write(in: visit.community.id) {
      try BasketStore.add(item, quantity, for: session.personID, in: $0)
    }
    try await database.sees(.choose, by: visit)
    let mark = back.contains("?") ? "&" : "?"
    return .redirect(to: "\(back)\(mark)added=\(added.id)#item-\(added.id)")
  }

  private func show(_ signedIn: SignedIn) async throws -> Response {
    let groups = try await groups(signedIn)
    return .page(try page(groups, nil, signedIn), signedIn)
  }

  private func change(_ signedIn: SignedIn) async throws -> Response {
    let campaign = try signedIn.id("campaign", of: CampaignKind.self)
    let form = try await signedIn.form()
    let person = signedIn.personID
    let here = "/basket#campaign-\(campaign)"
    if let text = try form["remove"], let item = CampaignItemID(text) {
      try await database.write(in: signedIn.community.id) {
        try BasketStore.remove([item], for: person, in: $0)
      }
      return .redirect(to: here)
    }
    let command = try form["do"]
    if command == "clear" {
      try await database.write(in: signedIn.community.id) {
        try BasketStore.remove(campaign: campaign, for: person, in: $0)
      }
      return .redirect(to: "/basket")
    }
    do {
      let quantities = try OrderForm.quantities(form)
      let tolerances = try OrderForm.tolerances(form, beside: quantities)
      try await database.write(in: signedIn.community.id) {
        try BasketStore.set(quantities, tolerances: tolerances, campaign: campaign, for: person, in: $0)
      }
    } catch let problem as Problem where !problem.fields.isEmpty {
      let groups = try await groups(signedIn)
      return .page(
        try page(groups, FormState(form, problem), signedIn, campaign), signedIn,
        status: .unprocessableContent)
    }
    return .redirect(to: command == "checkout" ? "/campaigns/\(campaign)/checkout" : here)
  }

  private func groups(_ signedIn: SignedIn) async throws -> [BasketGroup] {
    let community = signedIn.community.id
    let person = signedIn.personID
    return BasketGroup.grouped(
      try await database.read { try BasketStore.lines(of: person, in: community, $0) })
  }

  /// - Parameter campaign: whose form was sent; the state is shown there alone.
  private func page(
    _ groups: [BasketGroup], _ state: FormState?, _ signedIn: SignedIn, _ campaign: CampaignID? = nil
  ) throws -> Page {
    try BasketPages.page(
      groups, state.flatMap { state in campaign.map { (state, $0) } },
      isCardSession: signedIn.session.isCardSession, formToken: signedIn.formToken, now: signedIn.now,
      signedIn.say)
  }
}
