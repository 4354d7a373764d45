package import Database
import Hummingbird
import Kernel
package import People
package import Security
package import Web

/// The pages on which households say how they want their bags, and staff say it on their word.
package struct Deliveries: Sendable {
  private static let limits = [RateLimit("shop.delivery", 30, per: .minutes(1))]
  private static let asking = [RateLimit("shop.delivery_neighbour", 10, per: .hours(1))]

  let database: Database
  let directory: Directory
  let vault: Vault
  let wellbeing: WellbeingDesk

  package init(_ database: Database, directory: Directory, vault: Vault, wellbeing: WellbeingDesk) {
    self.database = database
    self.directory = directory
    self.vault = vault
    self.wellbeing = wellbeing
  }

  package func register(on routes: inout Routes) {
    let own = Objects.own("household's deliveries")
    routes.get("/delivery", for: .signedIn, objects: own) { try await page($0) }
    routes.post("/delivery", for: .signedIn, objects: own, limits: Self.limits) { try await save($0) }
    routes.post("/delivery/neighbour", for: .signedIn, objects: own, limits: Self.asking) {
      try await askNeighbour($0)
    }
    routes.post("/delivery/neighbour/answer", for: .signedIn, objects: own, limits: Self.limits) {
      try await answerNeighbour($0)
    }
    routes.post("/delivery/contacts", for: .signedIn, objects: .own("contacts"), limits: Self.asking) {
      try await saveContacts($0)
    }
    routes.post(
      "/orders/:order/delivery", for: .signedIn, objects: .own("household's orders"), limits: Self.limits
    ) { try await say($0) }
    let runners = Access.Personal.roles(CampaignActor.roles)
    let run = Objects.own("campaigns that the person runs")
    routes.get("/desk/orders/:order/delivery", for: runners, objects: run) { try await onBehalf($0) }
    routes.post("/desk/orders/:order/delivery", for: runners, objects: run) { try await saveOnBehalf($0) }
  }

  func cipher(_ signedIn: SignedIn) async throws -> FieldCipher {
    try await vault.cipher(for: KeyScope(community: signedIn.community.id, dataClass: .contact))
  }

  // MARK: - The household

  private func page(
    _ signedIn: SignedIn, wish: FormState? = nil, neighbour: FormState = .empty, contacts: FormState = .empty,
    status: Int = 200
  ) async throws -> Response {
    let say = signedIn.say
    let pages = DeliveryWishPages(say: say, token: signedIn.formToken)
    let title = say("送货上门", "Deliveries")
    let community = signedIn.community.id
    guard let household = signedIn.householdID else {
      let rounds = try await database.read {
        try RoundStore.underWay(with: signedIn.personID, in: community, $0).count
      }
      return .page(Page(title: title, main: pages.withoutHousehold(rounds: rounds)), signedIn)
    }
    let (cipher, doors) = (try await cipher(signedIn), try await directory.doors(of: community))
    var content = try await database.read {
      try self.content(household, signedIn.personID, cipher, doors, in: community, $0)
    }
    if let wish { content.state = wish }
    content.neighbourState = neighbour
    content.contactState = contacts
    let main = pages.page(
      content, isCardSession: signedIn.session.isCardSession, isSaved: signedIn.query("saved") != nil)
    return .page(Page(title: title, main: main), signedIn, status: .init(code: status))
  }

  private func content(
    _ household: HouseholdID, _ person: PersonID, _ cipher: FieldCipher, _ doors: Doors,
    in community: CommunityID, _ snapshot: Snapshot
  ) throws -> DeliveryWishPages.Content {
    let wish = try DeliveryWishStore.wishes(of: [household], in: community, opening: cipher, snapshot)
    let asked = try DeliveryNeighbourStore.neighbours(of: [household], in: community, snapshot)[household]
    let asking = try DeliveryNeighbourStore.asking(household, in: community, snapshot)
    let labels = try doors.labels(
      of: Set(asking.map(\.household) + [asked?.neighbourHousehold].compactMap { $0 }), snapshot)
    let none = Phrase("一户邻居", "A neighbour")
    var content = DeliveryWishPages.Content(
      state: DeliveryWishForm.state(wish[household] ?? DeliveryWish()))
    content.neighbour = asked.map {
      .init(
        household: $0.neighbourHousehold, door: labels[$0.neighbourHousehold] ?? none,
        isAgreed: $0.neighbour != nil)
    }
    content.asking = asking.map {
      .init(household: $0.household, door: labels[$0.household] ?? none, isAgreed: $0.neighbour != nil)
    }
    if try wellbeing.isAllowed(person, in: community, snapshot) {
      let contacts = try WellbeingStore.contacts(of: person, in: community, snapshot)
      let names = try directory.displayNames(of: Array(contacts.values), in: community, snapshot)
      content.contacts = contacts.compactMapValues { names[$0] }
    }
    content.rounds = try RoundStore.underWay(with: person, in: community, snapshot).count
    return content
  }

  private func save(_ signedIn: SignedIn) async throws -> Response {
    let household = try signedIn.household()
    let form = try await signedIn.form()
    do {
      let wish = try DeliveryWishForm.wish(form)
      let cipher = try await cipher(signedIn)
      let actor = WishActor(person: signedIn.personID, role: .resident)
      try await database.write(in: signedIn.community.id) {
        try DeliveryWishStore.save(wish, of: household, by: actor, sealing: cipher, in: $0)
      }
      return .redirect(to: "/delivery?saved=1")
    } catch let problem as Problem where problem.status == 422 {
      return try await page(signedIn, wish: FormState(form, problem), status: 422)
    }
  }

  private func askNeighbour(_ signedIn: SignedIn) async throws -> Response {
    let household = try signedIn.household()
    let form = try await signedIn.form()
    let actor = WishActor(person: signedIn.personID, role: .resident)
    do {
      if try form["withdraw"] == "on" {
        try await database.write(in: signedIn.community.id) {
          try DeliveryNeighbourStore.withdraw(household, by: actor, in: $0)
        }
      } else {
        let door = try DeliveryWishForm.neighbourDoor(form)
        try await database.write(in: signedIn.community.id) { [directory] transaction in
          guard let neighbour = try directory.household(at: door, in: transaction.community, transaction)
          else { throw Problem.neighbourUnknown }
          try DeliveryNeighbourStore.ask(neighbour, for: household, by: actor, in: transaction)
        }
      }
      return .redirect(to: "/delivery?saved=1")
    } catch let problem as Problem where problem.status == 422 {
      return try await page(signedIn, neighbour: FormState(form, problem), status: 422)
    }
  }

  private func answerNeighbour(_ signedIn: SignedIn) async throws -> Response {
    let household = try signedIn.household()
    let form = try await signedIn.form()
    var reader = FormReader(form)
    let asking = reader.identifier("household", of: HouseholdKind.self)
    try reader.finish()
    guard let asking else { throw Problem.notFound }
    let isAgreed = try form["answer"] == "yes"
    try await database.write(in: signedIn.community.id) {
      try DeliveryNeighbourStore.answer(
        isAgreed, for: asking, from: household, by: signedIn.personID, in: $0)
    }
    return .redirect(to: "/delivery?saved=1")
  }

  private func saveContacts(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let person = signedIn.personID
    let actor = WishActor(person: person, role: .resident)
    do {
      try await database.write(in: signedIn.community.id) { transaction in
        guard try wellbeing.isAllowed(person, in: transaction.community, transaction) else {
          throw Problem.notFound
        }
        try ContactForm.save(form, of: person, by: actor, directory, in: transaction)
      }
      return .redirect(to: "/delivery?saved=1")
    } catch let problem as Problem where problem.status == 422 {
      return try await page(signedIn, contacts: FormState(form, problem), status: 422)
    }
  }

  private func say(_ signedIn: SignedIn) async throws -> Response {
    let id = try signedIn.id("order", of: OrderKind.self)
    let household = try signedIn.household()
    let isWished = try await signedIn.form()["wished"] == "yes"
    let actor = WishActor(person: signedIn.personID, role: .resident)
    try await database.write(in: signedIn.community.id) { transaction in
      guard let order = try OrderStore.find(id, in: transaction.community, transaction),
        order.household == household
      else { throw Problem.notFound }
      try DeliveryWishStore.say(isWished, for: order, by: actor, in: transaction)
    }
    return .redirect(to: "/orders/\(id)")
  }

  // MARK: - On the household's word

  private func order(runBy signedIn: SignedIn, _ snapshot: Snapshot) throws -> (Order, CampaignActor) {
    let id = try signedIn.id("order", of: OrderKind.self)
    let community = signedIn.community.id
    guard let order = try OrderStore.find(id, in: community, snapshot),
      let campaign = try CampaignStore.find(order.campaign, in: community, snapshot),
      let actor = CampaignActor(person: signedIn.personID, roles: signedIn.roles, leader: campaign.leader)
    else { throw Problem.notFound }
    return (order, actor)
  }

  private func onBehalf(_ signedIn: SignedIn, _ state: FormState? = nil) async throws -> Response {
    let community = signedIn.community.id
    let (cipher, doors) = (try await cipher(signedIn), try await directory.doors(of: community))
    let pages = DeliveryWishPages(say: signedIn.say, token: signedIn.formToken)
    let main = try await database.read { snapshot in
      let (order, _) = try order(runBy: signedIn, snapshot)
      let wish = try DeliveryWishStore.wishes(
        of: [order.household], in: community, opening: cipher, snapshot)
      let name = try directory.displayNames(of: [order.person], in: community, snapshot)[order.person]
      let door = try doors.labels(of: [order.household], snapshot)[order.household]
      return pages.onBehalf(
        order, name ?? "", door ?? Phrase(same: ""),
        state ?? DeliveryWishForm.state(wish[order.household] ?? DeliveryWish()),
        said: try DeliveryWishStore.said(of: [order.id], in: community, snapshot)[order.id])
    }
    return .page(
      Page(title: signedIn.say("送货上门", "Delivery"), kind: .staff, main: main), signedIn,
      status: state == nil ? .ok : .unprocessableContent)
  }

  private func saveOnBehalf(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let cipher = try await cipher(signedIn)
    do {
      let said = try form["wished"]
      let wish = said == nil ? try DeliveryWishForm.wish(form) : nil
      let id = try await database.write(in: signedIn.community.id) { transaction in
        let (order, runner) = try order(runBy: signedIn, transaction)
        let actor = WishActor(person: runner.person, role: runner.role, onBehalfOf: order.person)
        if let wish {
          try DeliveryWishStore.save(wish, of: order.household, by: actor, sealing: cipher, in: transaction)
        } else {
          try DeliveryWishStore.say(said == "yes", for: order, by: actor, in: transaction)
        }
        return order.id
      }
      return .redirect(to: "/desk/orders/\(id)/delivery")
    } catch let problem as Problem where problem.status == 422 {
      return try await onBehalf(signedIn, FormState(form, problem))
    }
  }
}

/// Who is told of somebody, as it is typed: telephone numbers of people of the community, or a tick for nobody. No form
/// shows the numbers that were typed before, so what is left empty says nothing of them.
enum ContactForm {
  /// - Throws: `form.invalid` naming `family` or `building`.
  static func save(
    _ form: Form, of person: PersonID, by actor: WishActor, _ directory: Directory,
    in transaction: Transaction
  ) throws {
    var problems = Problems()
    for (field, step) in [("family", WellbeingStep.family), ("building", .building)] {
      let typed = (try form[field] ?? "").filter { !$0.isWhitespace }
      if typed.isEmpty {
        if try form["no_\(field)"] == "on" {
          try WellbeingStore.setContact(nil, as: step, of: person, by: actor, in: transaction)
        }
        continue
      }
      guard let found = try directory.person(withPhone: typed, in: transaction.community, transaction),
        found != person
      else {
        problems.add(
          field, Phrase("本社区没有登记这个手机号。", "Nobody in this community is entered with this number."))
        continue
      }
      try WellbeingStore.setContact(found, as: step, of: person, by: actor, in: transaction)
    }
    try problems.throwIfAny()
  }
}
