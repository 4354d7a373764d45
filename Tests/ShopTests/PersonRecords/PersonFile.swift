import Kernel
import TestKit
import Testing

@testable import Database
@testable import People
@testable import Shop

/// What the Shop keeps about one person of a market: copied, counted and deleted as the map says.
struct PersonFile: Sendable {
  let market: Market
  let subject: DataSubject

  var records: PersonRecords { market.shop.personRecords }

  /// - Parameter isLast: whether nobody else belongs to the household, so that what is its own goes as well.
  init(_ market: Market, _ person: PersonID, isLast: Bool = false) async throws {
    self.market = market
    let household = try await market.database.read { snapshot in
      try market.people.directory.household(of: person, in: market.community, snapshot)
    }
    subject = DataSubject(
      person: person, household: isLast ? household : nil, community: market.community)
  }

  /// How many rows the copy has, by table.
  func rows() async throws -> [String: Int] {
    var rows: [String: Int] = [:]
    for table in records.tables {
      let query = DataCopyStore.selection(table, about: subject)
      rows[table.table.description, default: 0] += try await market.database.read { snapshot in
        try snapshot.all(query) { _ in 1 }.count
      }
    }
    return rows.filter { $0.value > 0 }
  }

  func obstacles() async throws -> [Phrase] {
    try await market.database.read { try records.obstacles(subject, $0) }
  }

  /// Deletes the person.
  /// - Parameter isLater: whether the three years are over as well.
  func erase(isLater: Bool = false) async throws {
    try await market.database.write(in: market.community) { transaction in
      try records.erase(subject, transaction)
      for later in isLater ? [false, true] : [false] {
        try ErasureStore.end(records.tables, about: subject, later: later, in: transaction)
      }
    }
  }
}
