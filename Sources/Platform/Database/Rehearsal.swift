package import Kernel

extension Database {
  /// Does the work, undoes it, and tells the rows that it wrote, in their order: what the engine alone would have to
  /// write for the same outcome. For measuring.
  ///
  /// - Returns: what was inserted; changes to rows that stood before are not told.
  package func rehearse(
    in community: CommunityID, _ body: @escaping @Sendable (Transaction) throws -> Void
  ) async throws -> [Rows] {
    do {
      try await write(in: community) { transaction in
        transaction.recorded = []
        try body(transaction)
        throw Rehearsed(rows: transaction.recorded ?? [])
      }
      return []
    } catch let rehearsed as Rehearsed {
      return rehearsed.rows
    }
  }
}

/// Ends a rehearsal, so that nothing of it stays.
private struct Rehearsed: Error {
  let rows: [Rows]
}
