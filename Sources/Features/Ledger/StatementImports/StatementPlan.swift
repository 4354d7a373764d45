import Database
import Kernel
import Security

/// What importing a statement would do, line by line: a pure function of what the file says and what the books know.
struct StatementPlan: Sendable {
  struct Line: Sendable, Hashable {
    let line: StatementLine
    let finding: Finding
  }

  let account: StatementAccount
  let statement: BankStatement
  /// In the order of the file.
  let lines: [Line]
  /// In the books on these days, and on no line: a payment service's bill should have it.
  let lacking: [BookMovement]

  /// The lines that no earlier file had.
  var new: [Line] { lines.filter { $0.finding.kind != .alreadyImported } }
  var firstAt: Timestamp { lines.map(\.line.moment).min() ?? Timestamp(seconds: 0) }
  var lastAt: Timestamp { lines.map(\.line.moment).max() ?? Timestamp(seconds: 0) }
}

/// What a line of a statement was found to be.
struct Finding: Sendable, Hashable {
  enum Kind: String, Sendable, CaseIterable, Storable {
    /// A payment that was waited for, and is received by this line.
    case received
    /// What the books have already: a payment, a payout, a refund.
    case recorded
    /// Names a payment and has another amount.
    case differs
    /// Pays what another line of the file pays already.
    case paidAgain = "paid_again"
    /// Names several payments.
    case several
    /// Looks like a payment that was waited for, by name and amount.
    case suggested
    case unknown
    /// Went out, and nothing explains it.
    case outgoing
    case alreadyImported = "already_imported"

    var name: Phrase {
      switch self {
      case .received: Phrase("等到的付款，导入时入账", "An awaited payment: received with the import")
      case .recorded: Phrase("账上已经有", "In the books already")
      case .differs: Phrase("金额和要付的不一样", "Another amount than was awaited")
      case .paidAgain: Phrase("同一笔又付了一次", "Paid a second time")
      case .several: Phrase("附言写了几个付款码", "Names several payments")
      case .suggested: Phrase("像是等着的一笔，请核对", "Looks like an awaited payment")
      case .unknown: Phrase("不知道是谁的", "Not known whose it is")
      case .outgoing: Phrase("付出去的，账上没有", "Went out, and is not in the books")
      case .alreadyImported: Phrase("以前导入过", "Imported before")
      }
    }

    /// Whether its money waits in suspense until somebody explains it.
    var isSuspense: Bool {
      switch self {
      case .received, .recorded, .alreadyImported: false
      case .differs, .paidAgain, .several, .suggested, .unknown, .outgoing: true
      }
    }
  }

  let kind: Kind
  /// What in the books the line is, where that is certain.
  let source: Journal.Source?

  init(_ kind: Kind, _ source: Journal.Source? = nil) {
    self.kind = kind
    self.source = source
  }
}

/// What the books know that a statement's lines are compared with.
struct StatementContext: Sendable {
  /// Lines that earlier files of the account had.
  var imported: Set<Digest> = []
  /// Bank transfers that are waited for.
  var awaited: [PaymentMatching.Awaited] = []
  /// What moved on the account and no line tells of.
  var movements: [BookMovement] = []
  /// The payments that a bill names, and their refunds.
  var trades: [GatewayTrade] = []
}

/// A payment at a payment service, with what of it went back.
struct GatewayTrade: Sendable {
  let payment: Payment
  let refunds: [Refund]
}

extension StatementPlan {
  init(
    _ statement: BankStatement, of account: StatementAccount, knowing context: StatementContext,
    offsetSeconds: Int
  ) {
    self.account = account
    self.statement = statement
    let findings =
      account == .bank
      ? BankReconciliation.findings(statement.lines, context, offsetSeconds: offsetSeconds)
      : GatewayReconciliation.findings(statement.lines, context)
    lines = zip(statement.lines, findings).map { Line(line: $0, finding: $1) }
    let moments = statement.lines.map(\.moment)
    let told = Set(findings.compactMap(\.source))
    if let first = moments.min(), let last = moments.max() {
      let days = StatementDays(from: first, to: last, offsetSeconds: offsetSeconds)
      lacking = context.movements.filter { days.contains($0.at) && !told.contains($0.source) }
    } else {
      lacking = []
    }
  }

  /// How many lines of each kind there are, and their sum; together they are the file.
  func totals() throws -> [(kind: Finding.Kind, count: Int, sum: Money)] {
    try Finding.Kind.allCases.compactMap { kind in
      let some = lines.filter { $0.finding.kind == kind }
      if some.isEmpty { return nil }
      return (kind, some.count, try Self.sum(some))
    }
  }

  static func sum(_ lines: some Sequence<Line>) throws -> Money {
    try lines.reduce(Money.zero) { try $0.adding($1.line.amount) }
  }

  /// Names what a person was shown, so that nothing else is imported than they agreed to.
  func digest(ofFile file: Digest) -> Digest {
    let fields = lines.flatMap { entry -> [[UInt8]] in
      let source = entry.finding.source.map { "\($0.kind.rawValue) \($0.id)" } ?? ""
      return [entry.line.digest.bytes, Array("\(entry.finding.kind.rawValue) \(source)".utf8)]
    }
    return Digest(domain: 0x61, fields: [file.bytes, Array(account.rawValue.utf8)] + fields)
  }
}

extension BankStatement {
  /// What is on the account after the last line; nil where the file does not say.
  ///
  /// Files are in either order and days have no hours at some banks, so the last line is known by its balance: no other
  /// line begins with it. Where that is not certain, the later end of the file is taken.
  var closingBalance: Money? {
    let known = lines.filter { $0.balance != nil }
    guard let first = known.first, let last = known.last else { return nil }
    var begins: [Money: Int] = [:]
    for line in known {
      if let balance = line.balance, let before = try? balance.subtracting(line.amount) {
        begins[before, default: 0] += 1
      }
    }
    let ends = Set(known.compactMap(\.balance)).filter { begins[$0] == nil }
    if ends.count == 1 { return ends.first }
    return first.moment > last.moment ? first.balance : last.balance
  }
}
