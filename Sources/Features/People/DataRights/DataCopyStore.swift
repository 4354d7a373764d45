import Database
import Kernel
import Security

/// The queries that copy what a feature's data map names.
enum DataCopyStore {
  /// What the sealed columns of a copy are opened with; classes without a key have nothing sealed.
  typealias Ciphers = [DataClass: FieldCipher]

  static func part(
    _ records: PersonRecords, about subject: DataSubject, opening ciphers: Ciphers, _ snapshot: Snapshot
  ) throws -> DataCopy.Part {
    DataCopy.Part(
      name: records.name,
      tables: try records.tables.compactMap { try table($0, about: subject, opening: ciphers, snapshot) },
      acts: try records.acts.compactMap { try act($0, by: subject, snapshot) })
  }

  /// Nil where no row is about the person.
  private static func table(
    _ table: PersonTable, about subject: DataSubject, opening ciphers: Ciphers, _ snapshot: Snapshot
  ) throws -> DataCopy.Table? {
    if table.columns.isEmpty { return nil }
    let rows = try snapshot.all(selection(table, about: subject)) { row in
      var position = 0
      return try table.columns.map { column in
        defer { position += column.width }
        return try cell(row, position, column, table, subject.community, ciphers)
      }
    }
    if rows.isEmpty { return nil }
    return DataCopy.Table(
      name: table.table, title: table.title,
      columns: table.columns.map { DataCopy.Column(name: $0.name, title: $0.title) }, rows: rows)
  }

  static func selection(_ table: PersonTable, about subject: DataSubject) -> Query {
    let columns = table.columns.flatMap { column -> [Query] in
      if case .sealed(_, let row, _) = column.form { return [column.expression, Query(stringLiteral: row)] }
      return [column.expression]
    }
    return """
      SELECT \(Query.joined(columns, by: ", ")) FROM \(Query(stringLiteral: table.table))
      WHERE community_id = \(subject.community) AND (\(table.isAbout(subject))) ORDER BY 1
      """
  }

  private static func cell(
    _ row: borrowing Row, _ position: Int, _ column: PersonColumn, _ table: PersonTable,
    _ community: CommunityID, _ ciphers: Ciphers
  ) throws -> DataCopy.Cell {
    if row.isNull(position) { return .empty }
    switch column.form {
    case .text: return .text(try row.text(position))
    case .number: return .number(try row.integer(position))
    case .yesNo: return .yesNo(try row.integer(position) != 0)
    case .moment: return .moment(try row[position])
    case .money: return .money(.fen(try row.integer(position)))
    case .size: return .size(Int64(try row.bytes(position).count))
    case .choice(let names):
      let word = try row.text(position)
      return names[word].map { .choice(word, $0) } ?? .text(word)
    case .sealed(let dataClass, _, let shown):
      let address = FieldAddress(
        table.table, column.name, row: Identifier<SealedRow>(rawValue: try row.integer(position + 1)),
        community: community)
      let sealed = try row.bytes(position)
      // What was sealed under a key that is gone cannot be copied, and hinders nothing else.
      guard let text = try? ciphers[dataClass]?.open(sealed, at: address) else { return .empty }
      return .text(shown(text))
    }
  }

  /// Nil where the person never did it.
  private static func act(
    _ act: PersonActs, by subject: DataSubject, _ snapshot: Snapshot
  ) throws -> DataCopy.Act? {
    let at = act.at.map { Query(stringLiteral: $0) } ?? "NULL"
    let found: DataCopy.Act? = try snapshot.first(
      """
      SELECT count(*), min(\(at)), max(\(at)) FROM \(Query(stringLiteral: act.table))
      WHERE community_id = \(subject.community) AND \(Query(stringLiteral: act.by)) = \(subject.person)
      """
    ) { row in
      DataCopy.Act(
        name: act.table, title: act.title, count: try row[0],
        first: row.isNull(1) ? nil : try row[1], last: row.isNull(2) ? nil : try row[2])
    }
    guard let found, found.count > 0 else { return nil }
    return found
  }
}

/// A row of any table, as the address of what is sealed in it.
private enum SealedRow {}

extension PersonColumn {
  /// How many values are selected for it.
  fileprivate var width: Int {
    if case .sealed = form { return 2 }
    return 1
  }
}
