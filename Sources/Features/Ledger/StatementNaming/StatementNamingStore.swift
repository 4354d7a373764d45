import Database
import Kernel
import Security

/// The queries of what people said the columns of their bank's files mean.
enum StatementNamingStore {
  /// What was said of a file whose first rows these are; nil where nothing was. A community's own words alone count.
  static func find(
    _ rows: [HeadingRow], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> StatementMapping? {
    try snapshot.first(
      """
      SELECT date_heading, time_heading, amounts, first_heading, second_heading, name_heading, account_heading,
        text_headings, serial_heading, balance_heading
      FROM ledger_statement_naming
      WHERE community_id = \(community) AND headings_digest IN \(list: rows.map(\.digest.bytes))
      ORDER BY named_at DESC LIMIT 1
      """, StatementMapping.init)
  }

  /// Keeps what was said of a row of headings, in place of what was said before.
  static func save(
    _ mapping: StatementMapping, of row: HeadingRow, by person: PersonID, in transaction: Transaction
  ) throws {
    let (amounts, first, second) = mapping.amounts.stored
    let texts = mapping.texts.joined(separator: StatementMapping.separator)
    try transaction.execute(
      """
      INSERT INTO ledger_statement_naming (community_id, headings_digest, date_heading, time_heading, amounts,
        first_heading, second_heading, name_heading, account_heading, text_headings, serial_heading, balance_heading,
        named_by_id, named_at)
      VALUES (\(transaction.community), \(row.digest.bytes), \(mapping.date), \(mapping.time), \(amounts), \(first),
        \(second), \(mapping.name), \(mapping.account), \(texts), \(mapping.serial), \(mapping.balance), \(person),
        \(transaction.now))
      ON CONFLICT (community_id, headings_digest) DO UPDATE SET date_heading = excluded.date_heading,
        time_heading = excluded.time_heading, amounts = excluded.amounts, first_heading = excluded.first_heading,
        second_heading = excluded.second_heading, name_heading = excluded.name_heading,
        account_heading = excluded.account_heading, text_headings = excluded.text_headings,
        serial_heading = excluded.serial_heading, balance_heading = excluded.balance_heading,
        named_by_id = excluded.named_by_id, named_at = excluded.named_at
      """)
  }
}

extension StatementMapping.Amounts {
  fileprivate var stored: (kind: StatementNaming.Amounts, first: String, second: String?) {
    switch self {
    case .separate(let incoming, let outgoing): (.separate, incoming, outgoing)
    case .signed(let amount): (.signed, amount, nil)
    case .marked(let amount, let direction): (.marked, amount, direction)
    }
  }

  fileprivate init(_ kind: StatementNaming.Amounts, _ first: String, _ second: String?) {
    self =
      switch kind {
      case .separate: .separate(incoming: first, outgoing: second ?? "")
      case .signed: .signed(first)
      case .marked: .marked(first, direction: second ?? "")
      }
  }
}

extension StatementMapping {
  /// No heading holds it: it is a control character.
  fileprivate static let separator = "\u{1F}"

  fileprivate init(_ row: borrowing Row) throws {
    let texts: String = try row[7]
    self.init(
      date: try row[0], time: try row[1], amounts: try Amounts(row[2], row[3], row[4]), name: try row[5],
      account: try row[6], texts: texts.split(separator: Self.separator).map(String.init),
      serial: try row[8], balance: try row[9])
  }
}
