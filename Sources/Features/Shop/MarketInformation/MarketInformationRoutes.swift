package import Database
import Hummingbird
import Kernel
package import People
package import Web

/// What small merchants are told of what the neighbourhood buys and lacks: one plain page a month.
package struct MarketInformation: Sendable {
  static let readers: Set<Role> = [.merchant, .committee, .socialWorker]
  private static let monthLimit = 24

  package static let navigation: [NavigationItem] = [
    NavigationItem("/market-information", MarketInformationPages.title, roles: readers)
  ]

  private let database: Database
  private let desk: MarketDesk

  package init(_ database: Database, directory: Directory) {
    self.database = database
    desk = MarketDesk(directory: directory)
  }

  package var jobs: [JobHandler] { desk.jobs }

  /// Begins the monthly round with the first goods.
  package var handler: EventHandler { desk.handler }

  package func register(on routes: inout Routes) {
    let readers = Access.Personal.roles(Self.readers)
    routes.get("/market-information", for: readers, objects: .community) {
      try await page($0, isPrint: false)
    }
    routes.get("/market-information/print", for: readers, objects: .community) {
      try await page($0, isPrint: true)
    }
  }

  /// - Throws: `not_found` for a month that was not released.
  private func page(_ signedIn: SignedIn, isPrint: Bool) async throws -> Response {
    let community = signedIn.community.id
    let asked = try signedIn.query("month").map { text in
      guard let month = Month(text) else { throw Problem.notFound }
      return month
    }
    let (months, shown, searches) = try await database.read { snapshot in
      let months = try MarketMonthStore.months(limit: Self.monthLimit, in: community, snapshot)
      guard let month = asked ?? months.first else { return (months, MarketMonth?.none, NeedTable?.none) }
      guard let shown = try MarketMonthStore.find(month, in: community, snapshot) else {
        throw Problem.notFound
      }
      let searches = try NeedTableStore.tables(of: month, in: community, snapshot)
        .first { $0.kind == .unmetSearches }
      return (months, shown, searches)
    }
    let pages = MarketInformationPages(say: signedIn.say)
    guard let shown else {
      if isPrint { throw Problem.notFound }
      return .page(pages.empty, signedIn)
    }
    return .page(
      isPrint ? pages.sheet(shown, searches) : pages.page(shown, searches, months: months), signedIn)
  }
}
