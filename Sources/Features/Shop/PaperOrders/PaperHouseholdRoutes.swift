package import Database
import HTTPTypes
import Hummingbird
import Kernel
package import People
package import Web

/// The list of households that want the catalogue on paper: a wish, kept by those who bring the paper.
package struct PaperHouseholds: Sendable {
  private static let keepers = SlipKeyer.roles
  private let database: Database
  private let directory: Directory

  package init(_ database: Database, directory: Directory) {
    self.database = database
    self.directory = directory
  }

  package func register(on routes: inout Routes) {
    let keepers = Access.Personal.roles(Self.keepers)
    routes.get("/desk/paper-households", for: keepers, objects: .community) {
      try await page($0, .empty, .ok)
    }
    routes.post("/desk/paper-households", for: keepers, objects: .community) { try await change($0) }
  }

  private func page(
    _ signedIn: SignedIn, _ state: FormState, _ status: HTTPResponse.Status
  ) async throws -> Response {
    let community = signedIn.community.id
    let doors = try await directory.doors(of: community)
    let homes = try await database.read { snapshot in
      try doors.households(PaperHouseholdStore.all(in: community, snapshot), snapshot)
    }
    let sorted = homes.values.sorted { Door.isInOrder($0.door, $1.door) }
      .map { (id: $0.id, door: $0.door.label) }
    let page = PaperHouseholdPages(say: signedIn.say, token: signedIn.formToken).page(sorted, state)
    return .page(page, signedIn, status: status)
  }

  private func change(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    guard let role = Self.keepers.intersection(signedIn.roles).min() else { throw Problem.forbidden }
    let community = signedIn.community.id
    do {
      let reader = FormReader(form)
      let removes = reader.isTicked("remove")
      let household = try await removes ? named(form, community) : behindDoor(form, community)
      try await database.write(in: community) { transaction in
        if removes {
          try PaperHouseholdStore.remove(household, by: signedIn.personID, role: role, in: transaction)
        } else {
          try PaperHouseholdStore.add(household, by: signedIn.personID, role: role, in: transaction)
        }
      }
      return .redirect(to: "/desk/paper-households")
    } catch let problem as Problem where problem.status == 422 {
      return try await page(signedIn, FormState(form, problem), .unprocessableContent)
    }
  }

  private func named(_ form: Form, _ community: CommunityID) async throws -> HouseholdID {
    var reader = FormReader(form)
    let household = reader.identifier("household", of: HouseholdKind.self)
    try reader.finish()
    guard let household else { throw Problem.internalFault }
    return household
  }

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
