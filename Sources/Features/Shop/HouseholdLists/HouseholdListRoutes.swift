package import Database
import HTTPTypes
import Hummingbird
import Kernel
package import People
package import Web

/// The doors of both lists of households.
package struct HouseholdLists: Sendable {
  private let database: Database
  private let directory: Directory

  package init(_ database: Database, directory: Directory) {
    self.database = database
    self.directory = directory
  }

  package func register(on routes: inout Routes) {
    for list in HouseholdList.allCases {
      let keepers = Access.Personal.roles(list.keepers)
      routes.get(list.path, for: keepers, objects: .community) { try await page(list, $0, .empty, .ok) }
      routes.post(list.path, for: keepers, objects: .community) { try await change(list, $0) }
    }
  }

  private func page(
    _ list: HouseholdList, _ signedIn: SignedIn, _ state: FormState, _ status: HTTPResponse.Status
  ) async throws -> Response {
    let community = signedIn.community.id
    let doors = try await directory.doors(of: community)
    let (homes, since) = try await database.read { snapshot in
      let since = try HouseholdListStore.since(list, in: community, snapshot)
      return (try doors.households(Set(since.keys), snapshot), since)
    }
    let sorted = homes.values.sorted { Door.isInOrder($0.door, $1.door) }.compactMap { home in
      since[home.id].map { (id: home.id, door: home.door.label, since: $0) }
    }
    let page = HouseholdListPages(list: list, say: signedIn.say, token: signedIn.formToken)
      .page(sorted, state)
    return .page(page, signedIn, status: status)
  }

  private func change(_ list: HouseholdList, _ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    guard let role = list.keepers.intersection(signedIn.roles).min() else { throw Problem.forbidden }
    let (actor, community) = (Actor(person: signedIn.personID, role: role), signedIn.community.id)
    do {
      let removes = FormReader(form).isTicked("remove")
      let isNamed = try form["household"] != nil
      let household = try await isNamed ? named(form, community) : behindDoor(form, community)
      try await database.write(in: community) { transaction in
        if removes {
          try HouseholdListStore.remove(household, from: list, by: actor, in: transaction)
        } else {
          try HouseholdListStore.add(household, to: list, by: actor, in: transaction)
        }
      }
      let isBack = try list == .paper && form["back"] == "household"
      return .redirect(to: isBack ? "\(list.path)/\(household)" : list.path)
    } catch let problem as Problem where problem.status == 422 {
      return try await page(list, signedIn, FormState(form, problem), .unprocessableContent)
    }
  }

  /// - Throws: `not_found` where no household of the community has this number.
  private func named(_ form: Form, _ community: CommunityID) async throws -> HouseholdID {
    var reader = FormReader(form)
    let household = reader.identifier("household", of: HouseholdKind.self)
    try reader.finish()
    guard let household else { throw Problem.internalFault }
    let isHere = try await database.read {
      try directory.buildings(of: [household], in: community, $0)[household] != nil
    }
    guard isHere else { throw Problem.notFound }
    return household
  }

  /// - Throws: `form.invalid` where no household is entered at this door.
  private func behindDoor(_ form: Form, _ community: CommunityID) async throws -> HouseholdID {
    let door = try Door(
      building: try form["building"] ?? "", unit: try form["unit"] ?? "", room: try form["room"] ?? "")
    guard let found = try await database.read({ try directory.household(at: door, in: community, $0) })
    else {
      throw Problem.invalid([
        FieldProblem("room", Phrase("没有登记这个门牌。", "No household is entered at this door."))
      ])
    }
    return found
  }
}
