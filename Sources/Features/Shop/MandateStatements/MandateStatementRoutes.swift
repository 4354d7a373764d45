import Database
import Hummingbird
import Kernel
import People
import Web

/// Monthly statements for those who let others order, and for whom they chose.
struct MandateStatements: Sendable {
  private static let own = Objects.own("household's statements, and those that a principal shares")
  private static let printers: Set<Role> = [.socialWorker, .supervisor, .committee]
  /// Months that are offered.
  private static let monthCount = 13
  let database: Database
  let directory: Directory

  func register(on routes: inout Routes) {
    routes.get("/assisted-orders/statements/:mandate", for: .signedIn, objects: Self.own) { signedIn in
      let mandate = try await shared(signedIn)
      let months = sequence(first: current(signedIn)) { $0.previous }.prefix(Self.monthCount)
      let names = try await names([mandate.principal], signedIn)
      let page = MandateStatementPages(say: signedIn.say, names: names).months(
        of: mandate.principal, Array(months)
      ) { "/assisted-orders/statements/\(mandate.id)/\($0)" }
      return .page(page, signedIn)
    }
    routes.get("/assisted-orders/statements/:mandate/:month", for: .signedIn, objects: Self.own) {
      try await one($0)
    }
    routes.get(
      "/desk/mandate-statements", for: .roles(Self.printers), objects: .community
    ) { signedIn in .redirect(to: "/desk/mandate-statements/\(current(signedIn).previous.description)") }
    routes.get(
      "/desk/mandate-statements/:month", for: .roles(Self.printers), objects: .community
    ) { try await all($0) }
  }

  private func current(_ signedIn: SignedIn) -> Month {
    Month(signedIn.now, offsetSeconds: signedIn.community.offsetSeconds)
  }

  private func month(_ signedIn: SignedIn) throws -> Month {
    // Nobody ordered here before.
    guard let month = Month(try signedIn.parameter("month")), month.year >= 2024 else {
      throw Problem.notFound
    }
    return month
  }

  private func one(_ signedIn: SignedIn) async throws -> Response {
    let (month, mandate) = (try month(signedIn), try await shared(signedIn))
    let community = signedIn.community
    let statement = try await database.read {
      try MandateStatementStore.statement(
        of: mandate.principal, month, offsetSeconds: community.offsetSeconds, in: community.id, $0)
    }
    let names = try await names([statement.person] + statement.lines.compactMap(\.helper), signedIn)
    return .page(
      try MandateStatementPages(say: signedIn.say, names: names).statement(statement), signedIn)
  }

  private func all(_ signedIn: SignedIn) async throws -> Response {
    let (month, community) = (try month(signedIn), signedIn.community)
    let statements = try await database.read { snapshot in
      try MandateStatementStore.persons(
        in: month, offsetSeconds: community.offsetSeconds, of: community.id, snapshot
      ).map {
        try MandateStatementStore.statement(
          of: $0, month, offsetSeconds: community.offsetSeconds, in: community.id, snapshot)
      }
    }
    let persons = statements.flatMap { [$0.person] + $0.lines.compactMap(\.helper) }
    return .page(
      try MandateStatementPages(say: signedIn.say, names: try await names(persons, signedIn))
        .sheets(statements, month), signedIn)
  }

  /// The mandate in the path, for the principal's household and the person who gets a copy (`StatementCopy`).
  ///
  /// A household reads its own statements without a consent: its people share their orders anyway. Those who print them hand
  /// them to the principal, for whom the mandate was recorded.
  private func shared(_ signedIn: SignedIn) async throws -> Mandate {
    let id: MandateID = try signedIn.id("mandate")
    let (person, community) = (signedIn.personID, signedIn.community.id)
    return try await database.read { snapshot in
      guard let mandate = try directory.mandate(id, in: community, snapshot) else { throw Problem.notFound }
      let household = try directory.household(of: mandate.principal, in: community, snapshot)
      let isOwn = person == mandate.principal || (household != nil && household == signedIn.householdID)
      if isOwn { return mandate }
      guard try StatementCopy.reader(of: mandate, directory, in: community, snapshot) == person else {
        throw Problem.notFound
      }
      return mandate
    }
  }

  private func names(_ persons: [PersonID], _ signedIn: SignedIn) async throws -> [PersonID: String] {
    let community = signedIn.community.id
    return try await database.read { try directory.displayNames(of: Set(persons), in: community, $0) }
  }
}
