import Kernel

/// A sum or count that a file states of its own lines.
struct StatedTotal: Sendable, Hashable {
  /// What the file says it is the sum of.
  enum Kind: Sendable, Hashable {
    /// Lines of any direction, those without an amount included.
    case lines
    /// Counts of lines, and sums of their amounts, without a sign.
    case incomingCount, outgoingCount
    case incoming, outgoing
  }

  let line: Int
  let kind: Kind
  /// Fen, or a count.
  let value: Int64
}

/// The sums of the lines that were read, in fen, as the file itself counts them. `StatementAmount` bounds each amount so
/// that no file's sum overflows.
struct CountedTotals: Sendable {
  private(set) var lines: Int64 = 0
  private(set) var incomingCount: Int64 = 0
  private(set) var outgoingCount: Int64 = 0
  private(set) var incoming: Int64 = 0
  private(set) var outgoing: Int64 = 0

  /// - Parameters:
  ///   - incoming: what the row says came in.
  ///   - outgoing: what it says went out, positive.
  mutating func count(incoming: Int64, outgoing: Int64) {
    lines += 1
    if incoming != 0 { incomingCount += 1 }
    if outgoing != 0 { outgoingCount += 1 }
    self.incoming += incoming
    self.outgoing += outgoing
  }

  func value(_ kind: StatedTotal.Kind) -> Int64 {
    switch kind {
    case .lines: lines
    case .incomingCount: incomingCount
    case .outgoingCount: outgoingCount
    case .incoming: incoming
    case .outgoing: outgoing
    }
  }
}

extension StatedTotal {
  /// What to tell about a total that does not fit the lines; nil when it fits.
  func problem(_ counted: CountedTotals) -> FieldProblem? {
    guard counted.value(kind) != value else { return nil }
    let (stated, found) = (shown(value), shown(counted.value(kind)))
    return FieldProblem(
      "totals", line: line,
      Phrase(
        "文件写的\(name.chinese)是 \(stated)，各行加起来是 \(found)。",
        "The file states \(stated) as \(name.english); its lines give \(found)."))
  }

  private var name: Phrase {
    switch kind {
    case .lines: Phrase("总笔数", "the number of lines")
    case .incomingCount: Phrase("收入笔数", "the number of lines that came in")
    case .outgoingCount: Phrase("支出笔数", "the number of lines that went out")
    case .incoming: Phrase("收入金额", "the sum that came in")
    case .outgoing: Phrase("支出金额", "the sum that went out")
    }
  }

  private func shown(_ value: Int64) -> String {
    switch kind {
    case .lines, .incomingCount, .outgoingCount: String(value)
    case .incoming, .outgoing: Money.fen(value).display
    }
  }
}

extension StatementFormat.Totals {
  /// What the two rows at the end of a WeChat Pay bill state: names, and below them numbers.
  /// - Returns: nil when a number cannot be read.
  func stated(names: [String], numbers: [String], line: Int) -> [StatedTotal]? {
    let kinds: [String: StatedTotal.Kind] =
      self == .weChatFunds
      ? [
        "资金流水总笔数": .lines, "收入笔数": .incomingCount, "收入金额": .incoming, "支出笔数": .outgoingCount,
        "支出金额": .outgoing,
      ]
      : ["总交易单数": .lines, "应结订单总金额": .incoming, "总交易额": .incoming, "退款总金额": .outgoing, "总退款金额": .outgoing]
    var totals: [StatedTotal] = []
    for (name, number) in zip(names, numbers) {
      guard let kind = kinds[name] else { continue }
      let value = [.incoming, .outgoing].contains(kind) ? StatementAmount.fen(number) : Int64(number)
      guard let value else { return nil }
      totals.append(StatedTotal(line: line, kind: kind, value: value))
    }
    return totals
  }

  /// What a comment at the end of an Alipay bill states, such as `#支出合计：3笔，共-12.50元`; empty for other comments.
  func stated(comment: String, line: Int) -> [StatedTotal] {
    guard self == .alipayAccount || self == .alipayTrades,
      let match = comment.firstMatch(of: /(收入|支出|交易|退款)合计[：:]\s*(\d+)\s*笔[，,][^，,]*?共([-+]?[\d.,]+)元/),
      let count = Int64(match.2), let amount = StatementAmount.fen(String(match.3))
    else { return [] }
    let isIncoming = match.1 == "收入" || match.1 == "交易"
    let sum = StatedTotal(line: line, kind: isIncoming ? .incoming : .outgoing, value: abs(amount))
    // A trade that was paid with coupons alone counts as one there, and moves no money.
    if self == .alipayTrades { return [sum] }
    return [
      StatedTotal(line: line, kind: isIncoming ? .incomingCount : .outgoingCount, value: count), sum,
    ]
  }

  /// Whether a file without totals is no whole file.
  var areAlwaysThere: Bool {
    switch self {
    case .none, .sumRow: false
    case .weChatFunds, .weChatTrades, .alipayAccount, .alipayTrades: true
    }
  }

  /// Whether the row that begins with this cell names the totals of the row after it.
  func isHeading(_ cell: String) -> Bool {
    switch self {
    case .weChatFunds: cell == "资金流水总笔数"
    case .weChatTrades: cell == "总交易单数"
    case .none, .sumRow, .alipayAccount, .alipayTrades: false
    }
  }
}
