import Database
import Kernel
import Messages
import People
import Web

/// What the community can say of itself in figures, month by month, with what each means.
struct CommunityDashboard: Sendable {
  let ground: ResourceGround
  let sources: [IndicatorSource]

  /// - Parameter sources: figures that other features can count, each code once.
  init(ground: ResourceGround, sources: [IndicatorSource] = IndicatorCatalogue.shop { _, _, _, _, _ in nil })
  {
    self.ground = ground
    self.sources = sources + [IndicatorCatalogue.jobsKept]
  }

  static let navigation: [NavigationItem] = [
    NavigationItem("/community-figures", DashboardPages.title),
    NavigationItem("/figures-desk", Phrase("社区数字台", "Figures desk"), roles: ResourceStaff.roles),
  ]

  func register(on routes: inout Routes) {
    addResidentPages(&routes)
    addDesk(&routes)
    addAPI(&routes)
  }

  var jobs: [JobHandler] { [FreezeIndicators(sources: sources).handler] }

  static let messageKinds: [MessageKind] = []

  static let invariants: [Invariant] = DashboardInvariants.invariants

  static let retentionRules: [RetentionRule] = [
    RetentionRule(
      Phrase("社区每月的数字", "The community’s figures of each month"),
      term: Phrase("一直留着，只有合计", "They stay, with totals alone"),
      reason: Phrase("好跟以前的月份比", "So that months can be compared"))
  ]

  /// All figures as they may be shown, of the last months and quarters.
  func series(least: Int64, at now: Timestamp, in community: CommunityCard) async throws -> [IndicatorSeries]
  {
    let last = Month(now, offsetSeconds: community.offsetSeconds).previous
    let quarter = Quarter(now, offsetSeconds: community.offsetSeconds).previous
    let first = last.months(back: IndicatorSeries.monthCount)[0]
    let (frozen, ties) = try await ground.database.read { snapshot in
      (
        try IndicatorStore.values(since: first, in: community.id, snapshot),
        try TieIndicators.series(last: quarter, least: least, in: community.id, snapshot)
      )
    }
    return sources.map { IndicatorSeries($0, frozen, last: last, least: least) } + ties
  }
}
