import Database
import Hummingbird
import Kernel
import Security
import Web

extension People {
  func addHouseholds(_ routes: inout Routes) {
    let finders = Access.Personal.roles(RoleRules.roles(for: .search))
    let importers = Access.Personal.roles(RoleRules.roles(for: .importHouseholds))
    routes.get("/desk/households", for: finders, objects: .community) { signedIn in
      let building = String((signedIn.query("building") ?? "").prefix(40))
      return .page(try await buildingPage(signedIn, building, .empty, []), signedIn)
    }
    routes.post("/desk/households", for: importers, objects: .community) { signedIn in
      try await createHousehold(signedIn)
    }
    addHouseholdImport(&routes, for: importers)
    routes.get("/desk/households/:household", for: finders, objects: .community) { signedIn in
      .page(try await householdPage(signedIn, .empty, []), signedIn)
    }
    routes.post(
      "/desk/households/:household/persons", for: .roles(RoleRules.roles(for: .issueCard)),
      objects: .community
    ) { signedIn in try await addPerson(signedIn) }
  }

  private func buildingPage(
    _ signedIn: SignedIn, _ building: String, _ state: FormState, _ alerts: [HTML]
  ) async throws -> Page {
    let community = signedIn.community.id
    let cipher = try await contactCipher(in: community)
    let (households, members) = try await database.read { snapshot in
      let households = try snapshot.households(
        inBuilding: building, of: community, opening: cipher, limit: 1000)
      let persons = try snapshot.persons(inBuilding: building, of: community, limit: 5000)
      var members: [HouseholdID: [String]] = [:]
      for person in persons {
        if let household = person.household { members[household, default: []].append(person.displayName) }
      }
      return (households, members)
    }
    return HouseholdPages.building(
      signedIn, building, households.sorted { Door.isInOrder($0.door, $1.door) }, members: members, state,
      alerts: alerts)
  }

  private func createHousehold(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form,
      page: { state, alerts in
        let building = (try? Door(building: state.value("building"), unit: "", room: "1"))?.building ?? ""
        return try await buildingPage(signedIn, building, state, alerts)
      },
      work: {
        var reader = FormReader(form)
        let door = reader.door()
        let floor = reader.integer("floor", in: -5...200, isRequired: false)
        let lift = reader.text("lift", length: 1...3, isRequired: false)
        try reader.finish()
        guard let door else { throw Problem.staleForm }
        let draft = try HouseholdDraft(door: door, floor: floor, hasLift: lift.map { $0 == "yes" })
        let actor = try RoleRules.actor(signedIn.personID, signedIn.roles, for: .importHouseholds)
        try await createHouseholds([draft], in: signedIn.community.id, by: actor)
        return .redirect(to: "/desk/households?building=\(DeskPaths.encoded(door.building))")
      })
  }

  private func householdPage(
    _ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]
  ) async throws -> Page {
    let community = signedIn.community.id
    let id: HouseholdID = try signedIn.id("household")
    let cipher = try await contactCipher(in: community)
    let found = try await database.read { snapshot -> (Household, [DeskEntry])? in
      guard let household = try snapshot.household(id, in: community, opening: cipher) else { return nil }
      let persons = try snapshot.persons(of: id, in: community)
      return (household, try snapshot.deskEntries(for: persons, in: community, opening: cipher))
    }
    guard let (household, members) = found else { throw Problem.notFound }
    return HouseholdPages.household(
      signedIn, household, members, requestKey: Form.newKey, state,
      items: householdItems, alerts: alerts)
  }

  /// Adds a person without telephone or account. A form sent twice adds one person.
  private func addPerson(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let household: HouseholdID = try signedIn.id("household")
    return try await FormAgain.answer(
      signedIn, form, page: { try await householdPage(signedIn, $0, $1) },
      work: {
        var reader = FormReader(form)
        let name = reader.text("name", length: DisplayName.length)
        try reader.finish()
        let checked = try DisplayName.checked(name ?? "").mapError { Problem.invalid([$0]) }.get()
        let actor = try RoleRules.actor(signedIn.personID, signedIn.roles, for: .issueCard)
        let key = try IdempotencyKey(
          principal: signedIn.personID, operation: "POST /desk/households/:household/persons",
          key: try form["idempotency_key"] ?? "", body: Array("\(household)|\(checked)".utf8))
        let cipher = try await contactCipher(in: signedIn.community.id)
        let elderView = reader.isTicked("elder") ? true : nil
        try await database.write(in: signedIn.community.id) { transaction in
          _ = try transaction.once(key) {
            try transaction.requireHouseholds([household])
            let id = transaction.newIdentifier(PersonKind.self)
            try transaction.insert(
              [
                PersonRow(
                  id: id, household: household, displayName: checked, phone: nil, elderView: elderView)
              ],
              keys: keys, sealing: cipher)
            try transaction.audit("people.person_create", by: actor, of: id.rawValue)
            return StoredAnswer(status: 303, body: [])
          }
        }
        return .redirect(to: "/desk/households/\(household)")
      })
  }
}
