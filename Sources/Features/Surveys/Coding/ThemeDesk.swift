package import Database
import Kernel
package import People

/// Where tables of themes are counted and published.
package struct ThemeDesk: Sendable {
  /// What came up so far, by what was settled.
  func counts(of study: StudyID, in community: CommunityID, _ snapshot: Snapshot) throws -> [ThemeCount] {
    let (all, found) = try ThemeStore.voices(of: study, in: community, snapshot)
    return ThemeRules.counts(
      try ThemeCodeStore.all(of: study, in: community, snapshot), among: all, found)
  }

  /// Freezes the counts as a table that reports may rest on.
  /// - Throws: `not_found`, `themes.nothing`, `themes.unchanged`.
  @discardableResult
  package func publish(_ id: StudyID, by actor: Actor, in transaction: Transaction) throws -> ThemeTableID {
    let community = transaction.community
    guard let study = try StudyStore.find(id, in: community, transaction),
      let version = try StudyStore.version(study.version, of: id, in: community, transaction)
    else { throw Problem.notFound }
    // In the order in which they are stored and read again, so that the digest can be made anew.
    let counts = try counts(of: id, in: community, transaction)
    guard !counts.isEmpty else { throw Problem.themesNothing }
    let sorted = ThemeRules.stored(counts)
    let table = ThemeTable(
      id: transaction.newIdentifier(), study: id, title: version.terms.title,
      publishedAt: transaction.now, digest: ThemeRules.digest(version.terms.title, sorted), counts: sorted)
    let newest = try ThemeStore.newest(of: id, limit: 1, in: community, transaction).first
    if newest?.digest == table.digest { throw Problem.themesUnchanged }
    try ThemeStore.insert(table, by: actor, in: transaction)
    try transaction.audit("surveys.themes_publish", by: actor, of: table.id.rawValue)
    return table.id
  }
}
