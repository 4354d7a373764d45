import Database
import Hummingbird
import Kernel
import Security
import Web

extension People {
  func addSessions(_ routes: inout Routes) {
    routes.get("/account/sessions", for: .signedIn, objects: .own("sessions")) { signedIn in
      try refuseCard(signedIn)
      let list = try await database.read {
        try $0.sessions(of: signedIn.personID, in: signedIn.community.id)
      }
      return .page(SessionPages.list(signedIn, list), signedIn)
    }
    routes.post("/account/sessions/end", for: .signedIn, objects: .own("sessions")) { signedIn in
      try refuseCard(signedIn)
      let named = try await signedIn.form()["session"].flatMap(Hexadecimal.decode)
      try await endOwn(signedIn, named)
      return .redirect(to: "/account/sessions")
    }
    routes.post("/account/sessions/end-others", for: .signedIn, objects: .own("sessions")) { signedIn in
      try refuseCard(signedIn)
      try await database.write(in: signedIn.community.id) { transaction in
        try transaction.endSessions(of: signedIn.personID, except: signedIn.session.hash)
        try transaction.audit(
          "people.sessions_end", by: signedIn.asActor, of: signedIn.personID.rawValue)
      }
      return .redirect(to: "/account/sessions")
    }
  }

  /// - Throws: `not_found` when it is no session of this person.
  private func endOwn(_ signedIn: SignedIn, _ hash: [UInt8]?) async throws {
    guard let hash else { throw Problem.notFound }
    try await database.write(in: signedIn.community.id) { transaction in
      let own = try transaction.sessions(of: signedIn.personID, in: transaction.community)
      guard own.contains(where: { $0.hash == hash }) else { throw Problem.notFound }
      try transaction.endSession(hash)
      try transaction.audit("people.session_end", by: signedIn.asActor, of: signedIn.personID.rawValue)
    }
  }

  /// A card opens no settings: whoever stands at the tablet next could change them.
  /// - Throws: `account.missing` (403).
  func refuseCard(_ signedIn: SignedIn) throws {
    if signedIn.session.isCardSession { throw Problem.accountMissing }
  }
}

extension SignedIn {
  /// The person as the actor in their own affairs.
  var asActor: Actor { Actor(person: personID, role: roles.max() ?? .resident) }
}
