import Interop
package import Kernel
import Security

/// How one bank writes its statements: recognised by the headings of a file, never by its name.
package struct StatementFormat: Sendable, Hashable {
  /// How a row says how much came in or went out.
  enum Amounts: Sendable, Hashable {
    /// One column for what came in, one for what went out; a negative number takes back.
    case separate
    /// As `separate`, where what went out is written as a negative number.
    case separateWithMinus
    /// One column, negative for what went out.
    case signed
    /// One column, and another that says which way: 借 or 贷, 收 or 支. A negative number takes back.
    case marked
  }

  /// What a file says itself of the sums of its lines.
  enum Totals: Sendable, Hashable {
    case none
    /// A last row with the sums in the columns of what came in and went out.
    case sumRow
    /// Two rows, names and numbers.
    case weChatFunds, weChatTrades
    /// Comments such as `#收入合计：18笔，共14989.00元`.
    case alipayAccount, alipayTrades
  }

  /// In which columns a payment service's bill names what a line tells of.
  struct NumberColumns: Sendable, Hashable {
    let payment: StatementColumn
    var refund: StatementColumn?
    var transaction: StatementColumn?
  }

  /// Stable, lower case: `icbc.personal`.
  package let code: String
  /// Whose it is, for people.
  package let name: Phrase
  let columns: [TableColumn]
  let amounts: Amounts
  let totals: Totals
  /// States of a movement in which no money moved, as the bank writes them.
  let voidStates: Set<String>
  /// Nil for banks, which know nothing of our numbers.
  let numbers: NumberColumns?
  /// What the column of dates may be called, as it is compared.
  private let dateHeadings: [String]

  init(
    _ code: String, _ name: Phrase, _ amounts: Amounts, totals: Totals = .none, voidStates: Set<String> = [],
    numbers: NumberColumns? = nil, _ columns: [TableColumn]
  ) {
    self.code = code
    self.name = name
    self.columns = columns
    self.amounts = amounts
    self.totals = totals
    self.voidStates = voidStates
    self.numbers = numbers
    dateHeadings = columns.filter { $0.field == StatementColumn.date.rawValue }.flatMap {
      ([$0.label.chinese] + $0.aliases).map(StatementText.comparable)
    }
  }

  /// How many of these headings the format knows; nil when one that it needs is missing.
  func recognised(_ headings: [String]) -> Int? {
    guard let table = try? TableImport(SheetTable(headings: headings, rows: []), columns: columns) else {
      return nil
    }
    // Where a column tells which way the money went and we do not know it, all of it would seem to have come in.
    if amounts == .signed, code.hasPrefix(StatementFormat.commonPrefix) {
      let saysWhichWay = table.unknownHeadings.contains { heading in
        ["借", "贷", "收", "支", "方向", "标志"].contains { heading.contains($0) }
      }
      if saysWhichWay { return nil }
    }
    return headings.count - table.unknownHeadings.count
  }

  /// The format that knows most of these headings; one of a named bank before the common ones.
  static func recognising(_ headings: [String]) -> StatementFormat? {
    let row = StatementText.comparable(headings.joined(separator: ","))
    for formats in [banks + wallets, common] {
      // Cheap to see, and enough to pass over the rows of a preamble.
      let dated = formats.filter { format in format.dateHeadings.contains { row.contains($0) } }
      let known = dated.compactMap { format in format.recognised(headings).map { (format, $0) } }
      let best = known.map(\.1).max()
      if let found = known.first(where: { $0.1 == best }) { return found.0 }
    }
    return nil
  }

  /// All that are recognised, in the order in which they are tried.
  package static var all: [StatementFormat] { banks + wallets + common }
}

/// What a column of a statement means.
enum StatementColumn: String, Sendable {
  case date, time, incoming, outgoing, amount, direction, currency, balance, serial, state
  /// The other side; `party` holds its name and account in one cell.
  case name, account, party
  /// Both sides, where the bank names payer and payee instead of the other side.
  case payerName, payerAccount, payeeName, payeeAccount
  /// Parts of the remittance text, in the order in which they are joined.
  case summary, purpose, postscript, note

  static let remittance: [StatementColumn] = [.summary, .purpose, .postscript, .note]

  private var english: String {
    switch self {
    case .payerName: "payer's name"
    case .payerAccount: "payer's account"
    case .payeeName: "payee's name"
    case .payeeAccount: "payee's account"
    default: rawValue
    }
  }

  /// A column by the bank's own heading.
  func headed(_ heading: String, or aliases: String...) -> TableColumn { column(heading, aliases, false) }

  /// A column without which a file is not of this format.
  func required(_ heading: String, or aliases: String...) -> TableColumn { column(heading, aliases, true) }

  func column(_ heading: String, _ aliases: [String], _ isRequired: Bool) -> TableColumn {
    TableColumn(rawValue, Phrase(heading, english), aliases: aliases, isRequired: isRequired)
  }
}

/// Which column of a file means what, given by a person for a bank whose headings are not recognised.
package struct StatementMapping: Sendable, Hashable {
  package enum Amounts: Sendable, Hashable {
    /// Headings of what came in and of what went out.
    case separate(incoming: String, outgoing: String)
    /// The heading of a column that is negative for what went out.
    case signed(String)
    /// The headings of an amount and of a column that says 借 or 贷, 收 or 支.
    case marked(String, direction: String)
  }

  /// The heading of the date, or of date and time.
  package let date: String
  package let time: String?
  package let amounts: Amounts
  package let name: String?
  package let account: String?
  /// Up to four headings, in the order in which their texts are joined.
  package let texts: [String]
  package let serial: String?
  package let balance: String?

  package init(
    date: String, time: String? = nil, amounts: Amounts, name: String? = nil, account: String? = nil,
    texts: [String], serial: String? = nil, balance: String? = nil
  ) {
    self.date = date
    self.time = time
    self.amounts = amounts
    self.name = name
    self.account = account
    self.texts = texts
    self.serial = serial
    self.balance = balance
  }
}

extension StatementMapping {
  /// The columns that mean anything, with their headings.
  var columns: [(column: StatementColumn, heading: String)] {
    var columns: [(StatementColumn, String)] = [(.date, date)]
    switch amounts {
    case .separate(let incoming, let outgoing): columns += [(.incoming, incoming), (.outgoing, outgoing)]
    case .signed(let amount): columns.append((.amount, amount))
    case .marked(let amount, let direction): columns += [(.amount, amount), (.direction, direction)]
    }
    let others: [(StatementColumn, String?)] = [
      (.time, time), (.name, name), (.account, account), (.serial, serial), (.balance, balance),
    ]
    columns += others.compactMap { column, heading in heading.map { (column, $0) } }
    return columns + zip(StatementColumn.remittance, texts)
  }

  /// What each of these headings means; nil when one is missing. Headings that mean nothing have a name that no column has.
  func fields(_ headings: [String]) -> [String]? {
    let plain = headings.map(StatementText.comparable)
    var fields = headings.indices.map { "#\($0 + 1)" }
    var used: Set<Int> = []
    for (column, heading) in columns {
      let wanted = StatementText.comparable(heading)
      guard let index = plain.indices.first(where: { plain[$0] == wanted && !used.contains($0) }) else {
        return nil
      }
      used.insert(index)
      fields[index] = column.rawValue
    }
    return fields
  }
}

extension StatementFormat {
  private static let mappedPrefix = "mapped."

  /// Whether a person said what its columns mean.
  var isMapped: Bool { code.hasPrefix(Self.mappedPrefix) }

  /// The format that a person described. Its code tells one description from another, so that days are not taken from
  /// files that are read in two ways.
  package init(_ mapping: StatementMapping) {
    let kind: Amounts =
      switch mapping.amounts {
      case .separate: .separate
      case .signed: .signed
      case .marked: .marked
      }
    let named = mapping.columns.flatMap { [$0.column.rawValue, StatementText.comparable($0.heading)] }
    let digest = Digest(domain: 0x62, fields: named.map { Array($0.utf8) })
    self.init(
      "\(Self.mappedPrefix)\(digest.description.prefix(12))", Phrase("自定义列", "columns chosen by hand"), kind,
      mapping.columns.map { $0.column.column($0.column.rawValue, [], true) })
  }
}
