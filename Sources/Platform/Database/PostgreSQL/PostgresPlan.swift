/// Reads the text of `EXPLAIN`.
enum PostgresPlan {
  private static let scansOfIndexes = ["Index Scan ", "Index Only Scan "]

  /// The steps, those that read a whole table or a whole index beginning with `SCAN`, as SQLite says it.
  static func steps(_ lines: [String]) -> [String] {
    var steps: [(text: String, readsAll: Bool)] = []
    for (number, line) in lines.enumerated() {
      let trimmed = line.drop { $0 == " " }
      if number == 0 || trimmed.hasPrefix("->") {
        let text = trimmed.drop { "-> ".contains($0) }
        let readsAll = text.contains("Seq Scan on ") || scansOfIndexes.contains { text.contains($0) }
        steps.append((String(text), readsAll))
      } else if trimmed.hasPrefix("Index Cond:"), let last = steps.indices.last {
        steps[last].readsAll = false
      }
    }
    return steps.map { $0.readsAll ? "SCAN \($0.text)" : $0.text }
  }
}
