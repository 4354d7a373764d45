package import Database
import Hummingbird
import Kernel
package import People
package import Security
package import Web

/// Where those answer who were asked to look after somebody.
package struct Wellbeings: Sendable {
  private static let listLimit = 100
  let database: Database
  let directory: Directory
  let vault: Vault
  let desk: WellbeingDesk

  package init(_ database: Database, directory: Directory, vault: Vault, desk: WellbeingDesk) {
    self.database = database
    self.directory = directory
    self.vault = vault
    self.desk = desk
  }

  package func register(on routes: inout Routes) {
    let workers = Access.Personal.roles(WellbeingDesk.workers)
    let told = Objects.own("concerns that the person was told of, and all for social workers")
    routes.get("/wellbeing", for: workers, objects: .community) { try await list($0) }
    routes.post("/wellbeing/contacts", for: workers, objects: .community) { try await saveContacts($0) }
    routes.get("/wellbeing/:concern", for: .signedIn, objects: told) { try await show($0) }
    routes.post("/wellbeing/:concern", for: .signedIn, objects: told) { try await answer($0) }
  }

  private func isWorker(_ signedIn: SignedIn) -> Bool {
    !signedIn.roles.isDisjoint(with: WellbeingDesk.workers)
  }

  private func list(_ signedIn: SignedIn, _ contacts: FormState = .empty) async throws -> Response {
    let community = signedIn.community.id
    let entries = try await database.read { snapshot in
      let concerns = try WellbeingStore.open(in: community, limit: Self.listLimit, snapshot)
        .filter { try desk.isAllowed($0.person, in: community, snapshot) }
      let persons = concerns.map(\.person) + concerns.compactMap(\.carer)
      let names = try directory.displayNames(of: persons, in: community, snapshot)
      return concerns.map {
        WellbeingPages.Entry(
          concern: $0, name: names[$0.person] ?? "", carer: $0.carer.flatMap { names[$0] })
      }
    }
    let say = signedIn.say
    let main = WellbeingPages(say: say, token: signedIn.formToken).list(
      entries, contacts, isSaved: signedIn.query("saved") != nil)
    return .page(
      Page(title: say("上门看望", "Looking after neighbours"), kind: .staff, main: main), signedIn,
      status: contacts.allProblems.isEmpty ? .ok : .unprocessableContent)
  }

  private func saveContacts(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let typed = (try form["phone"] ?? "").filter { !$0.isWhitespace }
    guard let role = WellbeingDesk.workers.intersection(signedIn.roles).min() else {
      throw Problem.forbidden
    }
    do {
      try await database.write(in: signedIn.community.id) { transaction in
        guard let person = try directory.person(withPhone: typed, in: transaction.community, transaction)
        else {
          throw Problem.invalid([
            FieldProblem(
              "phone",
              Phrase("本社区没有登记这个手机号。", "Nobody in this community is entered with this number."))
          ])
        }
        guard try desk.isAllowed(person, in: transaction.community, transaction) else {
          throw Problem.invalid([
            FieldProblem(
              "phone",
              Phrase("这位邻居还没有同意，请先请本人同意。", "This neighbour has not agreed to it; please ask them first."))
          ])
        }
        let actor = WishActor(person: signedIn.personID, role: role, onBehalfOf: person)
        try ContactForm.save(form, of: person, by: actor, directory, in: transaction)
      }
      return .redirect(to: "/wellbeing?saved=1")
    } catch let problem as Problem where problem.status == 422 {
      return try await list(signedIn, FormState(form, problem))
    }
  }

  private func show(_ signedIn: SignedIn) async throws -> Response {
    let id = try signedIn.id("concern", of: WellbeingConcernKind.self)
    let community = signedIn.community.id
    let isWorker = isWorker(signedIn)
    let doors = try await directory.doors(of: community)
    let cipher = try await vault.cipher(for: KeyScope(community: community, dataClass: .health))
    let content = try await database.write(in: community) { transaction in
      let concern = try desk.concern(
        id, for: signedIn.personID, signedIn.roles, in: community, transaction)
      try transaction.audit(
        AuditEntry(
          actor: signedIn.personID, role: signedIn.roles.min() ?? .resident, onBehalfOf: concern.person,
          action: "shop.wellbeing_view", object: id.rawValue))
      let told = try WellbeingStore.told(of: id, in: community, transaction)
      let names = try directory.displayNames(
        of: told.map(\.person) + [concern.person] + [concern.carer].compactMap { $0 }, in: community,
        transaction)
      let home = try directory.household(of: concern.person, in: community, transaction)
      return WellbeingPages.Content(
        concern: concern, name: names[concern.person] ?? "",
        door: try home.flatMap { try doors.labels(of: [$0], transaction)[$0] },
        carer: concern.carer.flatMap { names[$0] },
        told: told.map { (name: names[$0.person] ?? "", step: $0.step, at: $0.at) },
        taps: try WellbeingStore.taps(
          of: concern.person, since: transaction.now - WellbeingTap.keepingTime, limit: isWorker ? 20 : 2,
          in: community, opening: cipher, transaction))
    }
    let say = signedIn.say
    return .page(
      Page(
        title: say("请看望一下", "Please look after"),
        main: WellbeingPages(say: say, token: signedIn.formToken).concern(content)), signedIn)
  }

  private func answer(_ signedIn: SignedIn) async throws -> Response {
    let id = try signedIn.id("concern", of: WellbeingConcernKind.self)
    let isWell = try await signedIn.form()["do"] == "well"
    let role = WellbeingDesk.workers.intersection(signedIn.roles).min() ?? .resident
    let actor = Actor(person: signedIn.personID, role: role)
    try await database.write(in: signedIn.community.id) { [desk] in
      try desk.answer(isWell: isWell, id, by: actor, signedIn.roles, in: $0)
    }
    let isGone = isWell && !isWorker(signedIn)
    return .redirect(to: isGone ? "/delivery" : "/wellbeing/\(id)")
  }
}
