import Database
import Kernel
import Logging
import People
import Web

/// Where a search that found nothing is counted: the word, the month, and a mark by which a household counts once.
///
/// Only members of a household are counted, since k is a number of households; of strangers and staff nothing is kept. In a
/// practice shop nothing is counted either. Neither an idempotency key nor the audit chain tells of it: both name who and
/// when, and the primary key alone makes a repeat harmless.
package struct NeedNotes: Sendable {
  /// Different terms of one household in one month that are counted: more is no search for goods.
  static let termLimit: Int64 = 50

  /// What became of a term.
  enum Outcome: Sendable, Equatable {
    case counted
    /// The household's mark stood there already.
    case known
    /// The household has counted as many as it can in this month.
    case enough
  }

  private let database: Database
  private let keys: NeedKeys

  init(_ database: Database, keys: NeedKeys) {
    self.database = database
    self.keys = keys
  }

  /// Notes a search that found nothing, once for each household, term and month. A page never fails for it.
  ///
  /// - Returns: whether whoever looks belongs to those who are counted.
  func noteSearch(_ term: NeedTerm, by visit: Visit) async -> Bool {
    guard !visit.community.isPractice, let household = visit.session?.householdID else { return false }
    do {
      _ = try await note(term, of: household, in: visit.community)
    } catch {
      // The term and the household stay out of the log.
      visit.logger.warning("a search that found nothing was not counted")
    }
    return true
  }

  /// Counts a term. What is known already costs one read and no write.
  func note(
    _ term: NeedTerm, of household: HouseholdID, in community: CommunityCard
  ) async throws -> Outcome {
    let known = try await database.read {
      try outcome(of: term, household, community, $0)
    }
    if let known { return known }
    return try await database.write(in: community.id) { transaction in
      if let known = try outcome(of: term, household, community, transaction) { return known }
      let month = Month(transaction.now, offsetSeconds: community.offsetSeconds)
      let key = keys.key(of: month, in: community.id)
      if try !NeedNoteStore.isBegun(month, in: community.id, transaction) {
        try NeedJobs.begin(month, offsetSeconds: community.offsetSeconds, in: transaction)
      }
      try NeedNoteStore.insert(
        key.mark(of: household, for: term), for: term, against: key.allowance(of: household), in: month,
        transaction)
      return .counted
    }
  }

  /// Why nothing is to be written; nil where it is.
  private func outcome(
    of term: NeedTerm, _ household: HouseholdID, _ community: CommunityCard, _ snapshot: Snapshot
  ) throws -> Outcome? {
    let month = Month(snapshot.now, offsetSeconds: community.offsetSeconds)
    let key = keys.key(of: month, in: community.id)
    let mark = key.mark(of: household, for: term)
    if try NeedNoteStore.isNoted(mark, for: term, in: month, of: community.id, snapshot) { return .known }
    let terms = try NeedNoteStore.terms(
      of: key.allowance(of: household), in: month, of: community.id, snapshot)
    return terms < Self.termLimit ? nil : .enough
  }
}
