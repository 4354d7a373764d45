import Database
import Kernel
import Security

/// A row of a file that may hold its headings.
struct HeadingRow: Sendable, Hashable {
  /// The line of the file, counted from 1.
  let line: Int
  let headings: [String]

  /// Names the headings, in whatever width and case they are written: the next file of the same bank has the same.
  var digest: Digest {
    Digest(domain: 0x63, fields: headings.map { Array(StatementText.comparable($0).utf8) })
  }

  /// The columns that a person may choose, by their position; of two with one heading the first.
  var choices: [(position: Int, heading: String)] {
    var seen: Set<String> = []
    return headings.enumerated().compactMap { position, heading in
      let plain = StatementText.comparable(heading)
      return plain.isEmpty || !seen.insert(plain).inserted ? nil : (position, heading)
    }
  }
}

/// Finding the headings of a bank's file that nobody knows, and what its columns may mean.
enum StatementNaming {
  /// The rows that may hold the headings: more than one text, and no date and no amount among them.
  static func candidates(_ beginning: [(line: Int, cells: [String])]) -> [HeadingRow] {
    beginning.compactMap { line, cells in
      let texts = cells.filter { StatementText.content($0) != nil }
      let isData = texts.contains { isDate($0) || StatementAmount.fen($0) != nil }
      return texts.count > 1 && !isData ? HeadingRow(line: line, headings: cells) : nil
    }
  }

  /// The row that most likely holds the headings: the first whose next row has a date and an amount, or else the widest.
  static func likely(
    _ candidates: [HeadingRow], in beginning: [(line: Int, cells: [String])]
  ) -> HeadingRow? {
    let followed = candidates.first { candidate in
      guard let next = beginning.first(where: { $0.line > candidate.line })?.cells else { return false }
      return next.contains(where: isDate) && next.contains { !isDate($0) && StatementAmount.fen($0) != nil }
    }
    return followed ?? candidates.max { ($0.choices.count, $1.line) < ($1.choices.count, $0.line) }
  }

  private static func isDate(_ text: String) -> Bool {
    StatementText.beginsWithDigit(text) && StatementMoment.read(date: text) != nil
  }

  /// How the amounts stand in a file.
  enum Amounts: String, Sendable, CaseIterable, Storable {
    case separate
    case signed
    case marked

    var name: Phrase {
      switch self {
      case .separate: Phrase("收入一列，支出一列", "One column for what came in, one for what went out")
      case .signed: Phrase("只有一列，支出是负数", "One column, negative for what went out")
      case .marked: Phrase("一列金额，另一列写着收或支、借或贷", "One column of amounts, and one that says in or out")
      }
    }
  }

  /// What the headings suggest: the field of the form, and words that such columns are called by.
  private static let words: [(field: String, words: [String])] = [
    ("date", ["日期", "交易时间", "记账时间", "date"]), ("time", ["时间", "time"]),
    ("incoming", ["收入", "贷方", "存入", "转入", "入账", "credit", "deposit"]),
    ("outgoing", ["支出", "借方", "支取", "转出", "出账", "debit", "withdrawal"]),
    ("balance", ["余额", "balance"]), ("amount", ["金额", "发生额", "amount"]),
    ("direction", ["借贷", "收支", "方向", "标志"]),
    ("account", ["对方账", "对方帐", "对方卡", "对手账", "counterparty account"]),
    ("name", ["对方户名", "对方名", "对方单位", "户名", "对手", "payer", "name"]),
    ("serial", ["流水号", "凭证号", "日志号", "reference", "serial"]),
    ("texts", ["附言", "摘要", "用途", "备注", "说明", "remark", "description"]),
  ]

  /// What is filled in before a person has chosen; each column once.
  static func suggestion(_ row: HeadingRow) -> [String: String] {
    var used: Set<Int> = []
    var values: [String: String] = [:]
    for (field, words) in words {
      let found = row.choices.first { position, heading in
        let plain = StatementText.comparable(heading)
        return !used.contains(position)
          && words.contains { plain.contains(StatementText.comparable($0)) }
      }
      guard let found else { continue }
      used.insert(found.position)
      values[field] = String(found.position)
    }
    let amounts: Amounts =
      values["incoming"] != nil && values["outgoing"] != nil
      ? .separate : values["direction"] != nil ? .marked : .signed
    values["amounts"] = amounts.rawValue
    return values
  }
}
