import Kernel
import People
import TestKit
import Testing

@testable import Database
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

  /// The condition that every use of the map asks for.
  func condition(_ table: PersonTable) -> Query {
    "community_id = \(subject.community) AND (\(table.isAbout(subject)))"
  }

  /// What the copy shows of the rows of a table.
  func selection(_ table: PersonTable) -> Query {
    let columns = table.columns.flatMap { column -> [Query] in
      if case .sealed(_, let row) = column.form { return [column.expression, Query(stringLiteral: row)] }
      return [column.expression]
    }
    return """
      SELECT \(Query.joined(columns, by: ", ")) FROM \(Query(stringLiteral: table.table))
      WHERE \(condition(table)) ORDER BY 1
      """
  }

  /// What deletion does to the rows of a table, at once or later; nil where they stay.
  func ending(_ table: PersonTable) -> Query? {
    let name = Query(stringLiteral: table.table)
    switch table.ending {
    case .deleted, .deletedLater: return "DELETE FROM \(name) WHERE \(condition(table))"
    case .cleared(let assignments), .clearedLater(let assignments):
      return "UPDATE \(name) SET \(assignments) WHERE \(condition(table))"
    case .kept: return nil
    }
  }

  /// How many rows the copy has, by table.
  func rows() async throws -> [String: Int] {
    var rows: [String: Int] = [:]
    for table in records.tables {
      let query = selection(table)
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
      for table in records.tables {
        switch table.ending {
        case .deletedLater, .clearedLater: if !isLater { continue }
        case .deleted, .cleared, .kept: break
        }
        guard let query = ending(table) else { continue }
        try transaction.forget(in: table.table) { _ = try transaction.execute(query) }
      }
    }
  }
}
