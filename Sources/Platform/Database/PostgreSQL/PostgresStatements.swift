import CPostgres

/// Names of the statements that one connection has prepared, by their text and the types of their parameters.
struct PostgresStatements {
  private struct Prepared {
    let types: [Oid]
    let name: String
  }

  private static let capacity = 400
  private var prepared: [String: [Prepared]] = [:]
  private var count = 0
  /// True once the server no longer knows them, or refuses them because a table has changed: the connection
  /// is then not used again.
  private(set) var areStale = false

  var isFull: Bool { count >= Self.capacity }
  var nextName: String { "s\(count)" }

  func name(of text: String, _ types: [Oid]) -> String? {
    prepared[text]?.first { $0.types == types }?.name
  }

  mutating func add(_ text: String, _ types: [Oid]) {
    prepared[text, default: []].append(Prepared(types: types, name: nextName))
    count += 1
  }

  /// 26000: no such statement. 0A000: "cached plan must not change result type".
  mutating func noticed(_ error: DatabaseError) {
    if case .engine("26000", _) = error { areStale = true }
    if case .engine("0A000", _) = error { areStale = true }
  }

  /// The types to prepare with. A null takes its type from the context, and `$1 IS NULL` gives none; there
  /// any type will do.
  static func declaredTypes(_ types: [Oid], in text: String) -> [Oid] {
    guard types.contains(0) else { return types }
    var declared = types
    for (position, type) in types.enumerated() where type == 0 {
      if text.contains("$\(position + 1) IS ") { declared[position] = PostgresText.TypeID.text }
    }
    return declared
  }
}
