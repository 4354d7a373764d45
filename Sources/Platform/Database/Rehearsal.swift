package import Kernel

extension Database {
  /// Does pieces of work one after another, undoes them all, and tells the rows that each wrote, in their order: what the
  /// engine alone would have to write for the same outcome. For measuring.
  ///
  /// - Returns: of each piece what it inserted; changes to rows that stood before are not told.
  package func rehearse(
    in community: CommunityID, _ pieces: [@Sendable (Transaction) throws -> Void]
  ) async throws -> [[Rows]] {
    do {
      try await write(in: community) { transaction in
        let rows = try pieces.map { piece in
          transaction.recorded = []
          try piece(transaction)
          return transaction.recorded ?? []
        }
        throw Rehearsed(rows: rows)
      }
      return []
    } catch let rehearsed as Rehearsed {
      return rehearsed.rows
    }
  }
}

/// Ends a rehearsal, so that nothing of it stays.
private struct Rehearsed: Error {
  let rows: [[Rows]]
}
