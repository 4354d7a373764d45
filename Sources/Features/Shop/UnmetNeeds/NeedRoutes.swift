package import Database
import Hummingbird
import Kernel
import People
import Security
package import Web

/// The doors of needs: a household says what it would like, the station reads what the community lacks.
package struct UnmetNeeds: Sendable {
  /// Those who read it. Merchants are not among them: of all this they are told the words that found nothing of ten homes
  /// and more, on their monthly page (`MarketInformation`).
  static let readers: Set<Role> = [.socialWorker, .supervisor, .committee]
  /// Those who may release a month before its job does, and write questionnaires.
  static let releasers: Set<Role> = [.socialWorker, .supervisor]
  private static let monthLimit = 36

  /// Where it is entered.
  package static let navigation: [NavigationItem] = [
    NavigationItem("/needs", NeedPages.title, roles: readers)
  ]

  private let database: Database
  private let desk: NeedDesk
  private let notes: NeedNotes

  package init(_ database: Database, desk: NeedDesk) {
    self.database = database
    self.desk = desk
    notes = desk.notes(database)
  }

  package func register(on routes: inout Routes) {
    routes.post(
      "/search/wish", for: .signedIn, objects: .own("household's share in a count"),
      limits: [RateLimit("search.wish", 30, per: .minutes(1))]
    ) { try await wish($0) }
    routes.get("/needs", for: .roles(Self.readers), objects: .community) { try await list($0) }
    routes.get("/needs/:month", for: .roles(Self.readers), objects: .community) { try await month($0) }
    routes.post("/needs/:month/release", for: .roles(Self.releasers), objects: .community) {
      try await release($0)
    }
  }

  /// Counts what somebody would like. In a practice shop it is only thanked for.
  private func wish(_ signedIn: SignedIn) async throws -> Response {
    let household = try signedIn.household()
    guard let term = NeedTerm(try await signedIn.form()["term"] ?? "") else {
      throw Problem.needTermUnusable
    }
    if !signedIn.community.isPractice {
      let outcome = try await notes.note(term, of: household, in: signedIn.community)
      if outcome == .enough { throw Problem.needsEnough }
    }
    return .redirect(to: "/search?q=\(URLEncodedText.encode(term.text))&told=1")
  }

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community
    let (months, open) = try await database.read { snapshot in
      let open = NeedCalendar.open(at: snapshot.now, offsetSeconds: community.offsetSeconds)
      return (
        try NeedTableStore.months(limit: Self.monthLimit, in: community.id, snapshot),
        try open.filter { try !NeedTableStore.isReleased($0, in: community.id, snapshot) }
      )
    }
    let mayRelease = Self.isStation(signedIn)
    return .page(
      pages(signedIn).list(
        months, open: mayRelease ? open : nil, keys: open.map { _ in Form.newKey }),
      signedIn)
  }

  private func month(_ signedIn: SignedIn) async throws -> Response {
    let month = try Self.month(signedIn)
    let tables = try await database.read {
      try NeedTableStore.tables(of: month, in: signedIn.community.id, $0)
    }
    if tables.isEmpty { throw Problem.notFound }
    return .page(pages(signedIn).month(month, tables, mayAsk: Self.isStation(signedIn)), signedIn)
  }

  private func release(_ signedIn: SignedIn) async throws -> Response {
    let month = try Self.month(signedIn)
    guard let role = [Role.socialWorker, .supervisor].first(where: signedIn.roles.contains) else {
      throw Problem.forbidden
    }
    let actor = Actor(person: signedIn.personID, role: role)
    let key = try await signedIn.form().onceKey("POST /needs/:month/release", signedIn)
    try await database.change(in: signedIn.community.id, once: key) { [desk] in
      try desk.release(month, by: actor, in: $0)
    }
    return .redirect(to: "/needs/\(month.description)")
  }

  private func pages(_ signedIn: SignedIn) -> NeedPages {
    NeedPages(say: signedIn.say, token: signedIn.formToken)
  }

  private static func isStation(_ signedIn: SignedIn) -> Bool {
    !releasers.isDisjoint(with: signedIn.roles)
  }

  /// - Throws: `not_found` for what is no month.
  private static func month(_ signedIn: SignedIn) throws -> Month {
    guard let month = Month(try signedIn.parameter("month")) else { throw Problem.notFound }
    return month
  }
}
