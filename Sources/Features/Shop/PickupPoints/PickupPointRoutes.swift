package import Database
import HTTPTypes
import Hummingbird
import Kernel
package import Web

/// Where leaders and staff look after the community's pickup points.
package struct PickupPointDesk: Sendable {
  private static let roles: [Role] = [.leader, .committee, .operator]
  private let database: Database

  package init(_ database: Database) {
    self.database = database
  }

  package func register(on routes: inout Routes) {
    let access = Access.Personal.roles(Set(Self.roles))
    routes.get("/desk/pickup-points", for: access, objects: .community) { try await list($0) }
    routes.get("/desk/pickup-points/new", for: access, objects: .community) { signedIn in
      .page(newForm(.empty, signedIn), signedIn)
    }
    routes.post("/desk/pickup-points", for: access, objects: .community) { try await create($0) }
    routes.get("/desk/pickup-points/:point", for: access, objects: .community) { signedIn in
      let point = try await point(signedIn)
      return .page(editForm(point, PickupPointForm.state(point.details), signedIn), signedIn)
    }
    routes.post("/desk/pickup-points/:point", for: access, objects: .community) { try await change($0) }
    routes.post("/desk/pickup-points/:point/close", for: access, objects: .community) {
      try await setClosed(true, $0)
    }
    routes.post("/desk/pickup-points/:point/reopen", for: access, objects: .community) {
      try await setClosed(false, $0)
    }
  }

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    let points = try await database.read { try $0.pickupPoints(in: community, includesClosed: true) }
    return .page(pages(signedIn).list(points), signedIn)
  }

  private func create(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    do {
      let details = try PickupPointForm.details(form)
      let role = try Self.role(signedIn)
      try await database.write(in: signedIn.community.id) { transaction in
        try transaction.createPickupPoint(
          transaction.newIdentifier(), details, by: signedIn.personID, role: role)
      }
      return .redirect(to: "/desk/pickup-points")
    } catch let problem as Problem where problem.status == 422 {
      return .page(newForm(FormState(form, problem), signedIn), signedIn, status: .unprocessableContent)
    }
  }

  private func change(_ signedIn: SignedIn) async throws -> Response {
    let point = try await point(signedIn)
    let form = try await signedIn.form()
    do {
      let details = try PickupPointForm.details(form)
      let role = try Self.role(signedIn)
      try await database.write(in: point.community) {
        try $0.changePickupPoint(point.id, details, by: signedIn.personID, role: role)
      }
      return .redirect(to: "/desk/pickup-points")
    } catch let problem as Problem where problem.status == 422 {
      return .page(
        editForm(point, FormState(form, problem), signedIn), signedIn, status: .unprocessableContent)
    }
  }

  private func setClosed(_ isClosed: Bool, _ signedIn: SignedIn) async throws -> Response {
    let point = try await point(signedIn)
    let role = try Self.role(signedIn)
    try await database.write(in: point.community) {
      try $0.setClosed(isClosed, pickupPoint: point.id, by: signedIn.personID, role: role)
    }
    return .redirect(to: "/desk/pickup-points")
  }

  // MARK: - Parts

  private static func role(_ signedIn: SignedIn) throws -> Role {
    guard let role = roles.first(where: { signedIn.roles.contains($0) }) else { throw Problem.forbidden }
    return role
  }

  private func point(_ signedIn: SignedIn) async throws -> PickupPoint {
    let id = try signedIn.id("point", of: PickupPointKind.self)
    let community = signedIn.community.id
    guard let point = try await database.read({ try $0.pickupPoint(id, in: community) }) else {
      throw Problem.notFound
    }
    return point
  }

  private func newForm(_ state: FormState, _ signedIn: SignedIn) -> Page {
    pages(signedIn).form(
      state, to: "/desk/pickup-points", title: signedIn.say("加一个自提点", "Add a pickup point"))
  }

  private func editForm(_ point: PickupPoint, _ state: FormState, _ signedIn: SignedIn) -> Page {
    pages(signedIn).form(
      state, to: "/desk/pickup-points/\(point.id)",
      title: signedIn.say("改「\(point.name.chinese)」", "Change “\(point.name.english)”"))
  }

  private func pages(_ signedIn: SignedIn) -> PickupPointPages {
    PickupPointPages(say: signedIn.say, formToken: signedIn.formToken)
  }
}
