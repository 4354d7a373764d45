import Database
import Kernel

/// The books beside the audit chain, which keeps a digest of every journal as it was posted: the tables refuse a change by
/// mistake, and this finds one by somebody who knows how to get round them. A page of the chain is in memory at a time.
enum JournalAudit {
  private static let page = 1_000

  static func breaches(in community: CommunityID, _ snapshot: Snapshot) throws -> [Breach] {
    try changed(in: community, snapshot) + unaudited(in: community, snapshot)
  }

  /// Journals that are not what they were, or not there any more.
  private static func changed(in community: CommunityID, _ snapshot: Snapshot) throws -> [Breach] {
    var breaches: [Breach] = []
    var last: Int64 = 0
    while breaches.count < Invariant.limit {
      let entries = try snapshot.auditDigests(
        of: JournalStore.postAction, after: last, limit: page, in: community)
      guard let end = entries.last else { break }
      let standing = try JournalStore.digests(
        of: entries.map { JournalID(rawValue: $0.object) }, in: community, snapshot)
      for entry in entries {
        let journal = JournalID(rawValue: entry.object)
        guard let digest = standing[journal] else {
          breaches.append(
            Breach("ledger.journal_missing", "journal \(journal), audit entry \(entry.sequence)"))
          continue
        }
        if digest != entry.digest {
          breaches.append(
            Breach("ledger.journal_changed", "journal \(journal), audit entry \(entry.sequence)"))
        }
      }
      last = end.sequence
    }
    return Array(breaches.prefix(Invariant.limit))
  }

  private static func unaudited(in community: CommunityID, _ snapshot: Snapshot) throws -> [Breach] {
    try JournalStore.unaudited(limit: Invariant.limit, in: community, snapshot).map {
      Breach("ledger.journal_unaudited", "journal \($0)")
    }
  }
}
