import Interop
import Kernel

/// Reads the rows of one statement after another, and keeps what the file says of their sums.
struct StatementReading {
  private let format: StatementFormat
  private let offsetSeconds: Int
  private let cells: [Int: [String]]
  private var counted = CountedTotals()
  private var stated: [StatedTotal] = []
  /// Names of totals, whose numbers stand in the row after them.
  private var totalNames: [String]?
  private(set) var remarks: [BankStatement.Remark] = []

  init(file: StatementFile, offsetSeconds: Int) {
    format = file.format
    self.offsetSeconds = offsetSeconds
    cells = Dictionary(
      file.table.rows.map { ($0.line, $0.cells.map { StatementText.trimmed($0.text) }) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Totals that do not fit the lines, or are not there although every file of this format has them: it then ends too
  /// early, and lines may be missing.
  var totalProblems: [FieldProblem] {
    if stated.isEmpty, format.totals.areAlwaysThere {
      return [
        FieldProblem(
          "totals", line: cells.keys.max(),
          Phrase("文件末尾没有合计，可能没有下载完整。", "The file ends without its totals; parts of it may be missing."))
      ]
    }
    return stated.compactMap { $0.problem(counted) }
  }

  /// The movement that a row tells of; nil for none, or when something is wrong, which is then reported on the row.
  mutating func draft(_ row: inout ImportRow) -> StatementLine.Draft? {
    // Some banks put a space into a row that looks empty.
    if cells[row.line]?.allSatisfy(\.isEmpty) != false { return nil }
    if isRemark(&row) {
      let texts = (cells[row.line] ?? []).filter { !$0.isEmpty }
      remarks.append(BankStatement.Remark(line: row.line, text: texts.joined(separator: " ")))
      return nil
    }
    let moment = moment(&row)
    let amount = amount(&row)
    checkCurrency(&row)
    let balance = row.amount(.balance)
    guard let moment, let amount else { return nil }
    if amount == 0 || format.voidStates.contains(row[.state]) {
      remarks.append(BankStatement.Remark(line: row.line, text: StatementText.joined(row.remittance)))
      return nil
    }
    return StatementLine.Draft(
      line: row.line, moment: moment.civil.timestamp(offsetSeconds: offsetSeconds), hasTime: moment.hasTime,
      amount: .fen(amount), counterparty: row.counterparty(isIncoming: amount > 0),
      remittance: StatementText.joined(row.remittance), serial: StatementText.content(row[.serial]),
      balance: balance.map { .fen($0) }, numbers: format.numbers.map { row.numbers($0) } ?? .init())
  }

  /// Whether the row is a comment, a total or some other sentence; totals are kept.
  private mutating func isRemark(_ row: inout ImportRow) -> Bool {
    let cells = cells[row.line] ?? []
    let first = cells.first { !$0.isEmpty } ?? ""
    if let names = totalNames {
      totalNames = nil
      guard let totals = format.totals.stated(names: names, numbers: cells, line: row.line) else {
        row.report("totals", Phrase("合计读不懂。", "The totals cannot be read."))
        return true
      }
      stated += totals
      return true
    }
    if format.totals.isHeading(first) {
      totalNames = cells
      return true
    }
    if StatementText.beginsWithDigit(row[.date]) { return false }
    if first.hasPrefix("#") {
      stated += format.totals.stated(comment: first, line: row.line)
      return true
    }
    if ["合计", "小计", "总计"].contains(where: { first.contains($0) }) {
      if format.totals == .sumRow { keepSums(&row) }
      return true
    }
    // A movement has a date and an amount at least, so a single cell is a sentence, unless it is the rest of a line.
    return cells.count { !$0.isEmpty } == 1 && !StatementText.beginsWithDigit(first)
  }

  private mutating func keepSums(_ row: inout ImportRow) {
    if let sum = row.amount(.incoming) {
      stated.append(StatedTotal(line: row.line, kind: .incoming, value: sum))
    }
    if let sum = row.amount(.outgoing) {
      stated.append(StatedTotal(line: row.line, kind: .outgoing, value: sum))
    }
  }

  private func moment(_ row: inout ImportRow) -> (civil: CivilDateTime, hasTime: Bool)? {
    let time = StatementText.content(row[.time]) ?? ""
    if let moment = StatementMoment.read(date: row[.date], time: time) { return moment }
    let shown = StatementText.excerpt(StatementText.trimmed("\(row[.date]) \(time)"))
    row.report(.date, Phrase("“\(shown)”不是日期。", "“\(shown)” is no date."))
    return nil
  }

  /// Fen, negative for what went out; nil when a cell cannot be read or says nothing.
  private mutating func amount(_ row: inout ImportRow) -> Int64? {
    switch format.amounts {
    case .separate, .separateWithMinus: return separate(&row)
    case .signed:
      guard let amount = row.requiredAmount() else { return nil }
      counted.count(incoming: max(0, amount), outgoing: max(0, -amount))
      return amount
    case .marked:
      guard let amount = row.requiredAmount(), let way = way(&row) else { return nil }
      counted.count(incoming: way > 0 ? amount : 0, outgoing: way < 0 ? amount : 0)
      return amount * way
    }
  }

  private mutating func separate(_ row: inout ImportRow) -> Int64? {
    let problems = row.problems.count
    let incoming = row.amount(.incoming)
    var outgoing = row.amount(.outgoing)
    if format.amounts == .separateWithMinus { outgoing = outgoing.map { abs($0) } }
    guard row.problems.count == problems else { return nil }
    guard incoming != nil || outgoing != nil else {
      row.report(.incoming, Phrase("收入和支出都没有填。", "Neither what came in nor what went out is given."))
      return nil
    }
    let (came, went) = (incoming ?? 0, outgoing ?? 0)
    guard came == 0 || went == 0 else {
      row.report(.incoming, Phrase("收入和支出同时有金额。", "What came in and what went out are both given."))
      return nil
    }
    counted.count(incoming: came, outgoing: went)
    return came - went
  }

  /// 1 for in, -1 for out, 0 for neither.
  private func way(_ row: inout ImportRow) -> Int64? {
    switch StatementText.comparable(row[.direction]) {
    case "贷", "贷cr", "cr", "c", "贷方", "收", "收入", "入", "入账", "转入", "来账", "+": return 1
    case "借", "借dr", "dr", "d", "借方", "支", "支出", "付", "出", "出账", "转出", "往账", "-": return -1
    case "/", "不计收支", "其他": return 0
    default:
      let shown = StatementText.excerpt(row[.direction])
      row.report(.direction, Phrase("“\(shown)”看不出是收入还是支出。", "“\(shown)” is neither in nor out."))
      return nil
    }
  }

  private func checkCurrency(_ row: inout ImportRow) {
    guard let currency = StatementText.content(row[.currency]) else { return }
    let plain = StatementText.comparable(currency)
    if !["人民币", "人民币元", "cny", "rmb", "156", "元"].contains(plain) {
      let shown = StatementText.excerpt(currency)
      row.report(.currency, Phrase("“\(shown)”不是人民币。", "“\(shown)” is not CNY."))
    }
  }
}

extension ImportRow {
  subscript(column: StatementColumn) -> String { self[column.rawValue] }

  mutating func report(_ column: StatementColumn, _ message: Phrase) {
    report(column.rawValue, message)
  }

  /// The parts of the remittance text.
  var remittance: [String] { StatementColumn.remittance.map { self[$0] } }

  /// Fen; nil for an empty cell, and, reported, for what is no amount.
  mutating func amount(_ column: StatementColumn) -> Int64? {
    guard let text = StatementText.content(self[column]) else { return nil }
    if let amount = StatementAmount.fen(text) { return amount }
    let shown = StatementText.excerpt(text)
    report(column, Phrase("“\(shown)”不是金额。", "“\(shown)” is no amount."))
    return nil
  }

  /// As `amount` of the one column of amounts, which must not be empty.
  mutating func requiredAmount() -> Int64? {
    if StatementText.content(self[.amount]) == nil {
      report(.amount, Phrase("金额没有填。", "The amount is empty."))
      return nil
    }
    return amount(.amount)
  }

  func numbers(_ columns: StatementFormat.NumberColumns) -> StatementLine.TradeNumbers {
    func number(_ column: StatementColumn?) -> String? { column.flatMap { StatementText.content(self[$0]) } }
    return StatementLine.TradeNumbers(
      payment: number(columns.payment), refund: number(columns.refund),
      transaction: number(columns.transaction))
  }

  func counterparty(isIncoming: Bool) -> StatementLine.Counterparty {
    if let party = StatementText.content(self[.party]) { return StatementLine.Counterparty(party: party) }
    let name = StatementText.content(self[.name]) ?? self[isIncoming ? .payerName : .payeeName]
    let account = StatementText.content(self[.account]) ?? self[isIncoming ? .payerAccount : .payeeAccount]
    return StatementLine.Counterparty(
      name: StatementText.content(name), account: StatementText.content(account))
  }
}

extension StatementLine.Counterparty {
  /// Takes apart what a bank puts into one cell: `account/name`, `name (account)`, `name account`, or one alone.
  init(party: String) {
    let text = StatementText.trimmed(StatementText.narrow(party))
    if let match = text.wholeMatch(of: /([\d*]{4,})\/(.*)/) {
      self.init(name: StatementText.content(String(match.2)), account: String(match.1))
    } else if let match = text.wholeMatch(of: /(.*?)\s*\(([^()]+)\)/) {
      self.init(name: StatementText.content(String(match.1)), account: String(match.2))
    } else if let match = text.wholeMatch(of: /(.*?)\s*([\d*]{8,})/) {
      self.init(name: StatementText.content(String(match.1)), account: String(match.2))
    } else {
      self.init(name: text)
    }
  }
}
