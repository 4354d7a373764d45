import Database
import Kernel
import People

extension AssistedOrderPages.Helped {
  /// Somebody whom a helper may order for, with what is left of the caps now.
  static func read(
    _ mandate: Mandate, _ people: Representation, _ directory: Directory, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> AssistedOrderPages.Helped {
    let offset = try people.offsetSeconds(community, snapshot)
    let account = MandateAccount(
      mandate: mandate,
      spent: try OrderGroundStore.spent(
        under: mandate.id, offsetSeconds: offset, in: community, snapshot))
    let terms = mandate.terms(at: snapshot.now)
    let today = try account.sum(today: true, except: nil)
    let month = try account.sum(today: false, except: nil)
    let names = try directory.displayNames(of: [mandate.principal], in: community, snapshot)
    let leftThisMonth = max(.zero, try terms.perMonth.subtracting(month))
    return AssistedOrderPages.Helped(
      mandate: mandate, name: names[mandate.principal] ?? "",
      leftToday: min(leftThisMonth, max(.zero, try terms.perDay.subtracting(today))),
      leftThisMonth: leftThisMonth)
  }
}
