package import Database
import Hummingbird
import Kernel
import People
package import Web

/// The doors of practice shops: learners' on the practice side, teachers' on the live side.
package struct PracticeDoors: Sendable {
  static let teachers: Set<Role> = [.socialWorker, .supervisor, .committee, .operator]
  static let own = Objects.own("steps in the practice shop")

  let database: Database
  let desk: PracticeDesk

  package init(_ database: Database, desk: PracticeDesk) {
    self.database = database
    self.desk = desk
  }

  /// Where teachers enter.
  package static let navigation: [NavigationItem] = [
    NavigationItem("/desk/practice", Phrase("练习店", "Practice"), roles: teachers)
  ]

  package func register(on routes: inout Routes) {
    let learners = Access.Personal.roles([.resident])
    routes.get("/practice", for: learners, objects: Self.own) { signedIn in
      try Self.requirePractice(signedIn)
      let entry = try await database.read {
        try PracticeStore.learner(signedIn.personID, in: signedIn.community.id, $0)
      }
      return .page(pages(signedIn).home(entry), signedIn)
    }
    routes.post("/practice/steps", for: learners, objects: Self.own) { try await keep($0) }
    routes.get("/practice/traps/:trap", for: learners, objects: Self.own) { signedIn in
      .page(pages(signedIn).trap(try Self.trap(signedIn)), signedIn)
    }
    routes.post("/practice/traps/:trap", for: learners, objects: Self.own) { try await choose($0) }
    registerDesk(on: &routes)
  }

  private func pages(_ signedIn: SignedIn) -> PracticePages {
    PracticePages(say: signedIn.say, token: signedIn.formToken)
  }

  /// - Throws: `not_found` outside practice shops.
  private static func requirePractice(_ signedIn: SignedIn) throws {
    guard signedIn.community.isPractice else { throw Problem.notFound }
  }

  private static func trap(_ signedIn: SignedIn) throws -> PracticeTrap {
    try requirePractice(signedIn)
    guard let step = PracticeStep(rawValue: try signedIn.parameter("trap")), let trap = PracticeTrap.of(step)
    else { throw Problem.notFound }
    return trap
  }

  private func keep(_ signedIn: SignedIn) async throws -> Response {
    try Self.requirePractice(signedIn)
    var reader = FormReader(try await signedIn.form())
    let step = reader.choice("step", of: PracticeStep.self)
    let level = reader.choice("level", of: PracticeLevel.self)
    try reader.finish()
    guard let step, let level else { throw Problem.internalFault }
    try await database.write(in: signedIn.community.id) { transaction in
      try PracticeStore.keep(step, level, of: signedIn.personID, by: .learner, in: transaction)
    }
    return .redirect(to: "/practice")
  }

  /// For the pre-ticked extra, nothing chosen is the wise choice.
  private func choose(_ signedIn: SignedIn) async throws -> Response {
    let trap = try Self.trap(signedIn)
    let sent = try await signedIn.form()["choice"]
    let isWise = sent == nil && trap.step == .tickedExtra || trap.choice(sent)?.isWise ?? false
    if isWise {
      try await database.write(in: signedIn.community.id) { transaction in
        try PracticeStore.keep(trap.step, .alone, of: signedIn.personID, by: .shop, in: transaction)
      }
    }
    return .page(pages(signedIn).explained(trap, isWise: isWise), signedIn)
  }
}
