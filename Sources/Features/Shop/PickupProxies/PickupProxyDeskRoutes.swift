import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Web

extension PickupProxies {
  /// Staff who enter what neighbours tell them. Not leaders: who hands over does not say who may fetch.
  static let enterers: Set<Role> = [.socialWorker, .supervisor, .committee, .operator]

  func registerDesk(on routes: inout Routes) {
    let staff = Access.Personal.roles(Self.enterers)
    routes.get("/desk/pickup-proxies", for: staff, objects: .community) { signedIn in
      try await desk(signedIn, form: nil, problem: nil)
    }
    routes.post("/desk/pickup-proxies", for: staff, objects: .community) { try await enter($0) }
    routes.post("/desk/pickup-proxies/:proxy/end", for: staff, objects: .community) { signedIn in
      let id: PickupProxyID = try signedIn.id("proxy")
      let actor = try Self.actor(signedIn)
      try await database.write(in: signedIn.community.id) { transaction in
        _ = try PickupProxyStore.end(id, onWordBy: actor, in: transaction)
      }
      return .redirect(to: "/desk/pickup-proxies")
    }
  }

  private static func actor(_ signedIn: SignedIn) throws -> Actor {
    guard let role = enterers.intersection(signedIn.roles).min() else { throw Problem.forbidden }
    return Actor(person: signedIn.personID, role: role)
  }

  private func desk(_ signedIn: SignedIn, form: Form?, problem: Problem?) async throws -> Response {
    let community = signedIn.community.id
    let doors = try await directory.doors(of: community)
    let names = ["building", "unit", "room", "neighbour_building", "neighbour_unit", "neighbour_room"]
    let query = Form(
      fields: names.compactMap { name in
        signedIn.query(name).map { Form.Field(name: name, value: $0) }
      })
    var reader = FormReader(query)
    let household = query.fields.isEmpty ? nil : PickupProxyForm.readDoor("", &reader)
    let neighbour = query.fields.isEmpty ? nil : PickupProxyForm.readDoor("neighbour_", &reader)
    let sent = try form.map { form in
      (
        household: try form["person"].flatMap(PersonID.init),
        neighbour: try form["neighbour"].flatMap(PersonID.init)
      )
    }
    let (entries, people, missing) = try await database.read { snapshot in
      var people = PickupProxyDeskPages.Doors()
      people.household = try members(household, sent?.household, in: community, snapshot)
      people.neighbours = try members(neighbour, sent?.neighbour, in: community, snapshot)
      let proxies = try PickupProxyStore.standing(in: community, limit: 200, snapshot)
      return (
        try Self.entries(
          proxies, seenBy: .staff, directory, doors, signedIn.say, in: community, snapshot), people,
        [
          ("room", household, people.household.isEmpty),
          ("neighbour_room", neighbour, people.neighbours.isEmpty),
        ]
      )
    }
    for (field, door, isEmpty) in missing where door != nil && isEmpty {
      reader.add(field, Phrase("这个门牌没有登记的人。", "Nobody is registered at this door."))
    }
    let state = if let form, let problem { FormState(form, problem) } else { FormState.empty }
    let page = PickupProxyDeskPages(say: signedIn.say, token: signedIn.formToken).page(
      entries, people, query: FormState(query, problems: reader.problems.fields), state: state,
      problem: problem,
      isDone: signedIn.query("done") != nil, now: signedIn.now)
    return .page(page, signedIn, status: problem.map { .init(code: $0.status) } ?? .ok)
  }

  /// Everybody behind a door, or in the household of the person who was chosen before.
  private func members(
    _ door: Door?, _ chosen: PersonID?, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(id: PersonID, name: String)] {
    let household =
      try door.flatMap { try directory.household(at: $0, in: community, snapshot) }
      ?? chosen.flatMap { try directory.household(of: $0, in: community, snapshot) }
    guard let household else { return [] }
    let persons = try directory.persons(of: household, in: community, snapshot)
    let names = try directory.displayNames(of: persons, in: community, snapshot)
    return persons.map { ($0, names[$0] ?? "—") }
  }

  private func enter(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let actor = try Self.actor(signedIn)
    let community = signedIn.community.id
    do {
      let entered = try PickupProxyForm.entered(form, offsetSeconds: signedIn.community.offsetSeconds)
      try await database.write(in: community) { [directory] transaction in
        guard let household = try directory.household(of: entered.person, in: community, transaction),
          let neighbours = try directory.household(of: entered.neighbour, in: community, transaction)
        else { throw Problem.notFound }
        _ = try PickupProxyStore.enter(
          entered.neighbour, of: neighbours, PickupProxyDraft(order: nil, until: entered.until),
          for: household, person: entered.person, by: actor, living: signedIn.householdID, in: transaction)
      }
      return .redirect(to: "/desk/pickup-proxies?done=1")
    } catch let problem as Problem where problem.status == 409 || problem.status == 422 {
      return try await desk(signedIn, form: form, problem: problem)
    }
  }
}
