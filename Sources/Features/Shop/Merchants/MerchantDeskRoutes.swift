package import Database
import HTTPTypes
import Hummingbird
import Kernel
package import People
import Security
package import Web

/// Where merchants look after what they tell of themselves, and the committee after who they are.
package struct MerchantDesk: Sendable {
  static let members = Access.Personal.roles([.merchant, .committee, .operator])
  private static let staff = Access.Personal.roles([.committee, .operator])
  private let database: Database
  private let directory: Directory
  private let hints: ShopHints
  private let gifts: GiftProposals

  /// - Parameter gifts: where a new merchant may be put on the map of what the neighbourhood has.
  package init(_ database: Database, directory: Directory, hints: ShopHints, gifts: GiftProposals = .none) {
    self.database = database
    self.directory = directory
    self.hints = hints
    self.gifts = gifts
  }

  package func register(on routes: inout Routes) {
    let own = Objects.own("merchants that the person acts for")
    routes.get("/desk/merchants", for: Self.members, objects: own) { try await list($0) }
    routes.get("/desk/merchants/new", for: Self.staff, objects: .community) { signedIn in
      .page(newForm(.empty, signedIn), signedIn)
    }
    routes.post("/desk/merchants", for: Self.staff, objects: .community) { try await create($0) }
    routes.get("/desk/merchants/:merchant", for: Self.members, objects: own) { signedIn in
      .page(try await deskPage(signedIn), signedIn)
    }
    routes.get("/desk/merchants/:merchant/edit", for: Self.members, objects: own) { try await edit($0) }
    routes.post("/desk/merchants/:merchant/edit", for: Self.members, objects: own) { try await change($0) }
    routes.post("/desk/merchants/:merchant/close", for: Self.staff, objects: .community) {
      try await setClosed(true, $0)
    }
    routes.post("/desk/merchants/:merchant/reopen", for: Self.staff, objects: .community) {
      try await setClosed(false, $0)
    }
    routes.post("/desk/merchants/:merchant/members", for: Self.staff, objects: .community) {
      try await addMember($0)
    }
    routes.post("/desk/merchants/:merchant/members/:person/remove", for: Self.staff, objects: .community) {
      try await removeMember($0)
    }
  }

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    let isStaff = MerchantActor.isStaff(signedIn.roles)
    let (merchants, hints) = try await database.read { [hints] snapshot in
      (
        isStaff
          ? try snapshot.merchants(in: community, includesClosed: true)
          : try snapshot.merchants(of: signedIn.personID, in: community),
        try hints.atShopOpening(community, snapshot)
      )
    }
    return .page(pages(signedIn).list(merchants, mayCreate: isStaff, hints), signedIn)
  }

  private func create(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    do {
      let details = try MerchantForm.details(form)
      guard let role = MerchantActor.role(of: signedIn.roles, isMember: false) else {
        throw Problem.forbidden
      }
      let map = MerchantForm.isForMap(form) ? try await gifts.desk(signedIn.community.id) : nil
      let actor = Actor(person: signedIn.personID, role: role)
      let merchant = try await database.write(in: signedIn.community.id) { transaction in
        let merchant = try transaction.createMerchant(
          transaction.newIdentifier(), details, by: actor.person, role: role)
        try map?.propose(merchant.proposal, actor, transaction)
        return merchant
      }
      return .redirect(to: "/desk/merchants/\(merchant.id)")
    } catch let problem as Problem where problem.status == 422 {
      return .page(newForm(FormState(form, problem), signedIn), signedIn, status: .unprocessableContent)
    }
  }

  private func edit(_ signedIn: SignedIn) async throws -> Response {
    let (merchant, _) = try await own(signedIn)
    return .page(editForm(merchant, MerchantForm.state(merchant.details), signedIn), signedIn)
  }

  private func change(_ signedIn: SignedIn) async throws -> Response {
    let (merchant, actor) = try await own(signedIn)
    let form = try await signedIn.form()
    do {
      let details = try MerchantForm.details(form)
      try await database.write(in: merchant.community) { try $0.changeMerchant(details, by: actor) }
      return .redirect(to: "/desk/merchants/\(merchant.id)")
    } catch let problem as Problem where problem.status == 422 {
      return .page(
        editForm(merchant, FormState(form, problem), signedIn), signedIn, status: .unprocessableContent)
    }
  }

  private func setClosed(_ isClosed: Bool, _ signedIn: SignedIn) async throws -> Response {
    let (merchant, actor) = try await own(signedIn)
    try await database.write(in: merchant.community) { try $0.setClosed(isClosed, by: actor) }
    return .redirect(to: "/desk/merchants/\(merchant.id)")
  }

  private func addMember(_ signedIn: SignedIn) async throws -> Response {
    let (merchant, actor) = try await own(signedIn)
    let form = try await signedIn.form()
    let typed = try form["phone"] ?? ""
    let added = try await database.write(in: merchant.community) { transaction in
      guard let person = try directory.person(withPhone: typed, in: merchant.community, transaction) else {
        return false
      }
      try transaction.addMember(person, by: actor)
      return true
    }
    if added { return .redirect(to: "/desk/merchants/\(merchant.id)") }
    let unknown = FieldProblem(
      "phone",
      Phrase("本社区没有登记这个手机号。", "Nobody in this community is entered with this number."))
    return .page(
      try await deskPage(signedIn, FormState(form, problems: [unknown])), signedIn,
      status: .unprocessableContent)
  }

  private func removeMember(_ signedIn: SignedIn) async throws -> Response {
    let (merchant, actor) = try await own(signedIn)
    let person = try signedIn.id("person", of: PersonKind.self)
    try await database.write(in: merchant.community) { try $0.removeMember(person, by: actor) }
    return .redirect(to: "/desk/merchants/\(merchant.id)")
  }

  // MARK: - Parts

  /// The merchant in the path, if the person may act for it.
  /// - Throws: `not_found` for every other one.
  private func own(_ signedIn: SignedIn) async throws -> (Merchant, MerchantActor) {
    let id = try signedIn.id("merchant", of: MerchantKind.self)
    return try await database.read { try $0.ownMerchant(id, signedIn) }
  }

  private func deskPage(_ signedIn: SignedIn, _ memberState: FormState = .empty) async throws -> Page {
    let (merchant, _) = try await own(signedIn)
    guard MerchantActor.isStaff(signedIn.roles) else {
      return pages(signedIn).desk(merchant, members: nil, .empty, alerts: [])
    }
    let members = try await database.read { snapshot in
      let persons = try snapshot.members(of: merchant.id, in: merchant.community)
      let names = try directory.displayNames(of: persons, in: merchant.community, snapshot)
      return persons.map { (person: $0, name: names[$0] ?? $0.description) }
    }
    return pages(signedIn).desk(merchant, members: members, memberState, alerts: [])
  }

  private func newForm(_ state: FormState, _ signedIn: SignedIn) -> Page {
    pages(signedIn).form(
      state, to: "/desk/merchants", title: signedIn.say("登记一家商户", "Enter a merchant"),
      back: "/desk/merchants",
      offersMap: gifts.isKept)
  }

  private func editForm(_ merchant: Merchant, _ state: FormState, _ signedIn: SignedIn) -> Page {
    pages(signedIn).form(
      state, to: "/desk/merchants/\(merchant.id)/edit",
      title: signedIn.say("改「\(merchant.name.chinese)」的介绍", "What “\(merchant.name.english)” tells"),
      back: "/desk/merchants/\(merchant.id)")
  }

  private func pages(_ signedIn: SignedIn) -> MerchantDeskPages {
    MerchantDeskPages(say: signedIn.say, formToken: signedIn.formToken)
  }
}

extension MerchantActor {
  /// Whether someone looks after all merchants of the community.
  static func isStaff(_ roles: Set<Role>) -> Bool { role(of: roles, isMember: false) != nil }
}

extension Snapshot {
  /// A merchant of the visitor's community, with the right to act for it.
  /// - Throws: `not_found` without that right.
  func ownMerchant(_ id: MerchantID, _ signedIn: SignedIn) throws -> (Merchant, MerchantActor) {
    let community = signedIn.community.id
    let actor = try merchantActor(signedIn.personID, roles: signedIn.roles, for: id, in: community)
    guard let merchant = try merchant(id, in: community) else { throw Problem.notFound }
    return (merchant, actor)
  }
}
