import Database
import Kernel
import NuanlinServer
import TestKit
import Testing

@testable import People

/// The data map over all features: nothing that is stored is forgotten in it, and every query in it runs.
@Suite struct DataMapTests {
  /// Tables that SQLite keeps for itself and for its full-text indexes.
  private static func isOurs(_ table: String) -> Bool {
    !table.hasPrefix("sqlite_") && !table.contains("_search_")
  }

  @Test func `every table of the program stands in the map, and nothing else does`() async throws {
    try await House.with { house in
      let tables = try await house.switchboard.database.read {
        try $0.values("SELECT name FROM sqlite_master WHERE type = 'table'", as: String.self)
      }
      let stored = Set(tables.filter(Self.isOurs))
      #expect(stored.count > 180, "the tables were not found")
      #expect(stored.subtracting(Self.named(house)).sorted() == [], "these are in no data map")
      #expect(Self.named(house).subtracting(stored).sorted() == [], "these are no tables")
    }
  }

  private static func named(_ house: House) -> Set<String> {
    Set(
      house.switchboard.rights.records.flatMap { part in
        part.tables.map(\.table.description) + part.acts.map(\.table.description)
          + part.impersonal.map(\.table.description)
      })
  }

  /// A column with one of these names holds a person's number.
  private static func namesPerson(_ column: String) -> Bool {
    let ends = [
      "person_id", "_by_id", "by_person_id", "buyer_id", "helper_id", "principal_id", "learner_id",
      "actor_id",
      "witness_id", "giver_id", "family_key_id", "statement_copy_id", "courier_id", "visitor_id",
      "breaker_id", "author_id", "leader_id",
    ]
    return ends.contains { column == $0 || column.hasSuffix($0) }
  }

  @Test func `every column that names a person is asked for in the map`() async throws {
    try await House.with { house in
      let columns = try await house.switchboard.database.read { snapshot in
        try snapshot.all(
          """
          SELECT master.name, info.name FROM sqlite_master master, pragma_table_info(master.name) info
          WHERE master.type = 'table'
          """
        ) { row in (table: try row[0] as String, column: try row[1] as String) }
      }.filter { Self.isOurs($0.table) && Self.namesPerson($0.column) }
      #expect(columns.count > 150, "the columns were not found")
      let asked = Self.asked(house)
      let missing = columns.filter { !(asked[$0.table] ?? "").contains($0.column) }
      #expect(missing.map { "\($0.table).\($0.column)" }.sorted() == [])
    }
  }

  /// What the map asks of each table, as text.
  private static func asked(_ house: House) -> [String: String] {
    let subject = DataSubject(
      person: PersonID(rawValue: 1), household: HouseholdID(rawValue: 2), community: house.community)
    var asked: [String: String] = [:]
    for part in house.switchboard.rights.records {
      for table in part.tables {
        asked[table.table.description, default: ""] += table.isAbout(subject).text + " "
      }
      for act in part.acts { asked[act.table.description, default: ""] += act.by.description + " " }
      // With a reason, none of it is a single person's.
      for table in part.impersonal {
        asked[table.table.description, default: ""] += "actor_id on_behalf_of_id person_id created_by_id "
      }
    }
    return asked
  }

  @Test(arguments: TestEngine.available)
  func `copying and ending run on both databases`(engine: TestEngine) async throws {
    try await House.with(engine) { house in
      let person = try await house.person(roles: [.resident])
      let rights = house.switchboard.rights
      try await house.switchboard.database.write(in: house.community) { transaction in
        let subject = try rights.subject(person, in: house.community, transaction)
        for part in rights.records {
          _ = try DataCopyStore.part(part, about: subject, opening: [:], transaction)
          for table in part.tables {
            for later in [false, true] {
              guard let change = ErasureStore.statement(table, about: subject, later: later) else { continue }
              _ = try transaction.plan(change)
            }
          }
        }
      }
    }
  }

  @Test func `what is to be known about a column is said in both languages, and names are not used twice`()
    async throws
  {
    try await House.with { house in
      for part in house.switchboard.rights.records {
        for table in part.tables {
          let names = table.columns.map(\.name.description)
          #expect(Set(names).count == names.count, "\(table.table) shows a column twice")
          for title in [table.title] + table.columns.map(\.title) {
            #expect(!title.chinese.isEmpty && !title.english.isEmpty)
          }
        }
      }
    }
  }
}
