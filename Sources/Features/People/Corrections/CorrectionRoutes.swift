import Database
import Hummingbird
import Kernel
import Security
import Web

extension DataRights {
  /// The doors of those who correct what is written about people.
  func addCorrections(_ routes: inout Routes) {
    let correctors = Access.Personal.roles(RoleRules.roles(for: .correct))
    routes.get("/desk/people/:person/correct", for: correctors, objects: .community) { signedIn in
      .page(try await correctionPage(signedIn, nil, []), signedIn)
    }
    routes.post("/desk/people/:person/correct", for: correctors, objects: .community) { signedIn in
      let form = try await signedIn.form()
      return try await FormAgain.answer(
        signedIn, form, page: { try await correctionPage(signedIn, $0, $1) },
        work: {
          let person: PersonID = try signedIn.id("person")
          try await correct(
            person, try CorrectionForm.correction(form), in: signedIn.community.id,
            by: try RoleRules.actor(signedIn.personID, signedIn.roles, for: .correct),
            actorRoles: signedIn.roles)
          return .redirect(to: "/desk/people/\(person)")
        })
    }
  }

  private func correctionPage(
    _ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]
  ) async throws -> Page {
    let id: PersonID = try signedIn.id("person")
    let community = signedIn.community.id
    let person = try await people.database.read { snapshot in
      try ErasureStore.find(id, in: community, snapshot) == nil ? snapshot.person(id, in: community) : nil
    }
    guard let person else { throw Problem.notFound }
    return CorrectionPages.page(
      signedIn, person, state ?? FormState(["name": person.displayName]), alerts: alerts)
  }
}
