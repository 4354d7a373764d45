import Database
import Kernel
import Security

/// The queries of imported statements and their lines.
enum StatementImportStore {
  private static let columns: Query = """
    id, account, format, file_digest, first_at, last_at, file_lines, new_lines, file_sum, closing_balance,
    imported_by_id, imported_at
    """
  private static let lineColumns: Query = """
    id, import_id, account, file_line, moment, has_time, amount, balance, finding, details
    """

  // MARK: - Reading

  static func find(
    _ id: StatementImportID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> StatementImport? {
    try snapshot.first(
      "SELECT \(columns) FROM ledger_statement_import WHERE id = \(id) AND community_id = \(community)",
      StatementImport.init)
  }

  /// The import that took a file; nil when it was not taken.
  static func find(
    file: Digest, of account: StatementAccount, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> StatementImportID? {
    try snapshot.value(
      """
      SELECT id FROM ledger_statement_import
      WHERE community_id = \(community) AND account = \(account) AND file_digest = \(file.bytes)
      """)
  }

  /// The newest imports before one, newest first.
  static func list(
    before last: StatementImportID?, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [StatementImport] {
    try snapshot.all(
      """
      SELECT \(columns) FROM ledger_statement_import
      WHERE community_id = \(community) AND id < \(last ?? StatementImportID(rawValue: .max))
      ORDER BY id DESC LIMIT \(limit)
      """, StatementImport.init)
  }

  /// The import that reaches furthest; nil while nothing was imported for the account.
  static func latest(
    of account: StatementAccount, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> StatementImport? {
    try snapshot.first(
      """
      SELECT \(columns) FROM ledger_statement_import WHERE community_id = \(community) AND account = \(account)
      ORDER BY last_at DESC, id DESC LIMIT 1
      """, StatementImport.init)
  }

  /// The sum of all lines of an account.
  static func sum(
    of account: StatementAccount, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Money {
    try snapshot.value(
      """
      SELECT CAST(sum(amount) AS BIGINT) FROM ledger_statement_line
      WHERE community_id = \(community) AND account = \(account)
      """) ?? .zero
  }

  /// The books beside the last statement; nil while no statement of the account said what is on it.
  static func comparison(
    of account: StatementAccount, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> StatementComparison? {
    guard let latest = try latest(of: account, in: community, snapshot), let stated = latest.closingBalance
    else { return nil }
    return StatementComparison(
      account: account, stated: stated, statedAt: latest.lastAt,
      books: try JournalStore.balance(of: account.place, in: community, snapshot),
      lines: try sum(of: account, in: community, snapshot),
      movements: try BookMovementStore.open(on: account, in: community, snapshot))
  }

  /// Which of these lines the account has already.
  static func imported(
    _ digests: [Digest], of account: StatementAccount, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Set<Digest> {
    var found: Set<Digest> = []
    for some in snapshot.chunks(of: digests.map(\.bytes)) {
      try snapshot.forEach(
        """
        SELECT digest FROM ledger_statement_line
        WHERE community_id = \(community) AND account = \(account) AND digest IN \(list: some)
        """
      ) { row in
        if let digest = Digest(stored: try row[0]) { found.insert(digest) }
      }
    }
    return found
  }

  /// Whether files of another format told of these days.
  static func hasOtherFormat(
    than format: String, of account: StatementAccount, from start: Timestamp, until end: Timestamp,
    in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Bool {
    try snapshot.exists(
      """
      SELECT 1 FROM ledger_statement_line AS line JOIN ledger_statement_import AS import ON import.id = line.import_id
      WHERE line.community_id = \(community) AND line.account = \(account) AND line.moment >= \(start)
        AND line.moment < \(end) AND import.format <> \(format)
      """)
  }

  /// The lines of one import after one of them, in the order of its file.
  static func lines(
    of statement: StatementImportID, after line: Int, limit: Int, in community: CommunityID,
    by cipher: FieldCipher, _ snapshot: Snapshot
  ) throws -> [ImportedLine] {
    try snapshot.all(
      """
      SELECT \(lineColumns) FROM ledger_statement_line
      WHERE import_id = \(statement) AND community_id = \(community) AND file_line > \(line)
      ORDER BY file_line LIMIT \(limit)
      """
    ) { row in try ImportedLine(row, in: community, by: cipher) }
  }

  /// These lines, in any order.
  static func lines(
    _ ids: [StatementLineID], in community: CommunityID, by cipher: FieldCipher, _ snapshot: Snapshot
  ) throws -> [ImportedLine] {
    try snapshot.chunks(of: ids).flatMap { some in
      try snapshot.all(
        """
        SELECT \(lineColumns) FROM ledger_statement_line
        WHERE id IN \(list: some) AND community_id = \(community)
        """
      ) { row in try ImportedLine(row, in: community, by: cipher) }
    }
  }

  /// Account, amount and moment of a line, without what it says of people.
  static func amount(
    of line: StatementLineID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> (account: StatementAccount, amount: Money, moment: Timestamp)? {
    try snapshot.first(
      """
      SELECT account, amount, moment FROM ledger_statement_line
      WHERE id = \(line) AND community_id = \(community)
      """
    ) { row in (account: try row[0], amount: try row[1], moment: try row[2]) }
  }

  // MARK: - Writing

  static func insert(_ statement: StatementImport, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO ledger_statement_import (id, community_id, account, format, file_digest, first_at, last_at,
        file_lines, new_lines, file_sum, closing_balance, imported_by_id, imported_at)
      VALUES (\(statement.id), \(transaction.community), \(statement.account), \(statement.format),
        \(statement.fileDigest.bytes), \(statement.firstAt), \(statement.lastAt), \(statement.fileLines),
        \(statement.newLines), \(statement.fileSum), \(statement.closingBalance), \(statement.importedBy),
        \(statement.importedAt))
      """)
  }

  static func insert(
    _ lines: [(id: StatementLineID, planned: StatementPlan.Line)], of statement: StatementImport,
    sealing cipher: FieldCipher, in transaction: Transaction
  ) throws {
    var rows = Rows(
      into: "ledger_statement_line", "id", "community_id", "import_id", "account", "digest", "file_line",
      "moment", "has_time", "amount", "balance", "finding", "details")
    for (id, planned) in lines {
      let line = planned.line
      let details = try LineDetails(line).sealed(id, in: transaction.community, by: cipher)
      rows.append(
        id, transaction.community, statement.id, statement.account, line.digest.bytes, line.line, line.moment,
        line.hasTime, line.amount, line.balance, planned.finding.kind, details)
    }
    try transaction.insert(rows)
  }
}

extension StatementImport {
  init(_ row: borrowing Row) throws {
    guard let digest = Digest(stored: try row[3]) else {
      throw DatabaseError.unexpectedValue("a file's digest has 32 bytes")
    }
    self.init(
      id: try row[0], account: try row[1], format: try row[2], fileDigest: digest, firstAt: try row[4],
      lastAt: try row[5], fileLines: try row[6], newLines: try row[7], fileSum: try row[8],
      closingBalance: try row[9], importedBy: try row[10], importedAt: try row[11])
  }
}

extension ImportedLine {
  fileprivate init(
    _ row: borrowing Row, in community: CommunityID, by cipher: FieldCipher
  ) throws {
    let id: StatementLineID = try row[0]
    self.init(
      id: id, statement: try row[1], account: try row[2], fileLine: try row[3], moment: try row[4],
      hasTime: try row[5], amount: try row[6], balance: try row[7], finding: try row[8],
      details: try LineDetails(sealed: try row[9], id, in: community, by: cipher))
  }
}
