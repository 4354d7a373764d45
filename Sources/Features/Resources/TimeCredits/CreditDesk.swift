import Database
import Kernel
import People

/// Where hours are promised and limits are set.
enum CreditDesk {
  /// - Throws: `resources.credit_limit`.
  static func check(
    _ minutes: Int64, from needer: Party, to giver: Party, in transaction: Transaction
  ) throws {
    let community = transaction.community
    let refusal = CreditRules.refusal(
      toMove: minutes, from: try CreditStore.standing(of: needer, in: community, transaction),
      to: try CreditStore.standing(of: giver, in: community, transaction),
      within: try CreditStore.limits(in: community, transaction))
    if let refusal { throw refusal }
  }

  /// - Throws: `resources.stale`, `resources.credit_limits_too_narrow`.
  static func set(
    least: Int64, most: Int64, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    let community = transaction.community
    let now = try CreditStore.limits(in: community, transaction)
    guard now.revision == seen else { throw Problem.postingStale }
    let limits = CreditLimits(least: least, most: most, revision: seen + 1)
    let standings = try CreditStore.standings(in: community, transaction)
    guard CreditRules.fits(standings, within: limits) else { throw Problem.creditLimitsTooNarrow }
    try CreditStore.set(limits, by: actor, in: transaction)
    try transaction.note(
      "resources.credit_limits", by: actor, of: community.rawValue, purpose: "\(least)…\(most)")
  }
}
