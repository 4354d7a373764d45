import Database
import Hummingbird
import Kernel
import Web

/// The door of the indicators: numbers alone, coarser for those outside the station.
struct IndicatorDoors: Sendable {
  static let navigation = NavigationItem(
    "/care-indicators", Phrase("服务成效", "Social work in numbers"),
    roles: CaseReader.roles.union([.committee, .governmentReader]))
  private static let withinStation = 5
  private static let beyondStation = 10
  private static let period: Duration = .days(365)

  let database: Database

  func register(on routes: inout Routes) {
    let readers = Access.Personal.roles(Self.navigation.roles ?? [])
    routes.get("/care-indicators", for: readers, objects: .community) { signedIn in
      let community = signedIn.community.id
      let isStation = !signedIn.roles.isDisjoint(with: CaseReader.roles)
      let counted = try await database.read { snapshot in
        try IndicatorStore.counted(from: snapshot.now - Self.period, in: community, snapshot)
      }
      let indicators = Indicators(
        counted, least: isStation ? Self.withinStation : Self.beyondStation)
      return .page(IndicatorPages(say: signedIn.say).page(indicators), signedIn)
    }
  }
}
