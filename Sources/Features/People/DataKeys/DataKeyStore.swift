package import Database
import Kernel
package import Security

extension WrappedKeyStorage {
  /// Keeps wrapped data keys in the table `people_data_key`.
  package static func stored(in database: Database) -> WrappedKeyStorage {
    WrappedKeyStorage(
      load: { scope in
        try await database.read { snapshot in
          try snapshot.all(
            "SELECT id, wrapped, active_from FROM people_data_key WHERE scope = \(scope.text)"
          ) { row in
            let id: Int64 = try row[0]
            guard let number = UInt32(exactly: id) else { throw Problem.internalFault }
            return WrappedKey(scope: scope, id: number, bytes: try row[1], activeFrom: try row[2])
          }
        }
      },
      save: { key in
        try await database.write(in: key.scope.community) { transaction in
          try transaction.execute(
            """
            INSERT INTO people_data_key (scope, id, community_id, wrapped, active_from)
            VALUES (\(key.scope.text), \(Int64(key.id)), \(key.scope.community), \(key.bytes), \(key.activeFrom))
            ON CONFLICT (scope, id) DO NOTHING
            """) == 1
        }
      })
  }
}

extension Snapshot {
  /// Whether anything was ever encrypted in this database, so that a missing key file is a loss and not a beginning.
  package func hasDataKeys() throws -> Bool {
    try exists("SELECT 1 FROM people_data_key LIMIT 1")
  }
}
