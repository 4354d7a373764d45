import Database
import Kernel
import People

/// To whom a principal's statements go beside their own household.
enum StatementCopy {
  /// Whom the mandate names for a copy, if the principal also agreed to tell that person what was ordered.
  ///
  /// The mandate alone is no consent: what somebody buys is told to others only by the consent that was asked on its own
  /// (PIPL art. 23). It is asked whenever a statement is opened or announced, so one that was taken back a second ago counts
  /// no more.
  /// - Returns: nil for nobody.
  static func reader(
    of mandate: Mandate, _ directory: Directory, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PersonID? {
    guard let named = mandate.terms(at: snapshot.now).statementCopy else { return nil }
    let isAgreed = try directory.consent.allows(
      mandate.principal, .sharing(with: named), .orders, to: .relative, at: snapshot.now, in: community,
      snapshot)
    return isAgreed ? named : nil
  }
}
