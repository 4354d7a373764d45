import Database
import Hummingbird
import Kernel
import Web

extension People {
  func addSpokenCodes(_ routes: inout Routes) {
    let keepers = Access.Personal.roles(RoleRules.roles(for: .keepWishes))
    let path = "/desk/people/:person/spoken-codes"
    routes.get(path, for: keepers, objects: .community) { signedIn in
      let (person, sheet) = try await sheet(signedIn)
      return .page(SpokenCodePages.state(signedIn, person, sheet), signedIn)
    }
    routes.post(path, for: keepers, objects: .community, limits: Self.wishLimits) { signedIn in
      let (person, sheet) = try await sheet(signedIn)
      let actor = try RoleRules.actor(signedIn.personID, signedIn.roles, for: .keepWishes)
      do {
        let printed = try await printSpokenSheet(of: person.id, in: signedIn.community.id, by: actor)
        return .page(SpokenCodePages.print(signedIn, person, printed.generation, printed.codes), signedIn)
      } catch let problem as Problem where problem.status == 403 {
        return .page(
          SpokenCodePages.state(
            signedIn, person, sheet, alerts: FormAgain.notices(problem, signedIn.say)), signedIn,
          status: .forbidden)
      }
    }
  }

  /// - Throws: `not_found` for people of other communities.
  private func sheet(_ signedIn: SignedIn) async throws -> (Person, SpokenSheet?) {
    let id: PersonID = try signedIn.id("person")
    let community = signedIn.community.id
    return try await database.read { snapshot in
      guard let person = try snapshot.person(id, in: community) else { throw Problem.notFound }
      return (person, try snapshot.spokenSheet(of: id, in: community))
    }
  }
}
