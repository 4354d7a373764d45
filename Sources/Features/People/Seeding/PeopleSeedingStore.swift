import Database
import Kernel

extension Transaction {
  /// - Throws: `not_found` when one of them is not a household of this community.
  func requireHouseholds(_ households: Set<HouseholdID>) throws {
    var found = 0
    for part in chunks(of: households) {
      found +=
        try value(
          """
          SELECT count(*) FROM people_household WHERE community_id = \(community) AND id IN \(list: part)
          """) ?? 0
    }
    if found != households.count { throw Problem.notFound }
  }
}
