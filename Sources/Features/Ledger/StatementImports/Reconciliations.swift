import Kernel

/// What the lines of a bank's statement are.
enum BankReconciliation {
  static func findings(
    _ lines: [StatementLine], _ context: StatementContext, offsetSeconds: Int
  ) -> [Finding] {
    let matches = PaymentMatching.match(lines, awaiting: context.awaited, imported: context.imported)
    let outgoing = matches.enumerated().filter { $0.element.outcome == .outgoing }
      .map { (position: $0.offset, line: $0.element.line) }
    let recorded = BookMovement.pairs(
      outgoing, context.movements.filter { $0.amount < .zero && $0.source.kind.isPaidOut },
      offsetSeconds: offsetSeconds)
    return matches.enumerated().map { position, match in
      recorded[position].map { Finding(.recorded, $0.source) } ?? Finding(matching: match.outcome)
    }
  }
}

extension Journal.Source.Kind {
  /// Whether it is money that somebody said they sent over the bank: a payout, a refund, something given back.
  fileprivate var isPaidOut: Bool { self == .payout || self == .refund || self == .decision }
}

extension Finding {
  fileprivate init(matching outcome: PaymentMatching.Outcome) {
    switch outcome {
    case .matched(let payment): self.init(.received, .init(.payment, payment))
    case .differs: self.init(.differs)
    case .paidAgain: self.init(.paidAgain)
    case .several: self.init(.several)
    case .suggested: self.init(.suggested)
    case .suspense: self.init(.unknown)
    case .outgoing: self.init(.outgoing)
    case .alreadyImported: self.init(.alreadyImported)
    }
  }
}

/// What the lines of a payment service's bill are, by the numbers that both sides know.
enum GatewayReconciliation {
  static func findings(_ lines: [StatementLine], _ context: StatementContext) -> [Finding] {
    var round = Round(context)
    return lines.map { line in
      context.imported.contains(line.digest) ? Finding(.alreadyImported) : round.finding(line)
    }
  }

  private struct Round {
    private var trades: [String: GatewayTrade] = [:]
    private var refunds: [String: Refund] = [:]
    /// In the books, and told of by no line yet.
    private var open: Set<Journal.Source>

    init(_ context: StatementContext) {
      open = Set(context.movements.map(\.source))
      for trade in context.trades {
        trades[trade.payment.id.description] = trade
        if let number = trade.payment.transactionNumber { trades[number] = trade }
        for refund in trade.refunds { refunds[refund.id.description] = refund }
      }
    }

    mutating func finding(_ line: StatementLine) -> Finding {
      line.amount > .zero ? payment(line) : refund(line)
    }

    private func trade(_ line: StatementLine) -> GatewayTrade? {
      line.numbers.payment.flatMap { trades[$0] } ?? line.numbers.transaction.flatMap { trades[$0] }
    }

    private mutating func payment(_ line: StatementLine) -> Finding {
      guard let payment = trade(line)?.payment else { return Finding(.unknown) }
      guard payment.amount == line.amount else { return Finding(.differs) }
      let source = Journal.Source(.payment, payment.id)
      if payment.state == .received {
        return open.remove(source) == nil ? Finding(.paidAgain) : Finding(.recorded, source)
      }
      // Paid there, and we never heard of it: it is received now, and a second line of it is one too many.
      let isFirst = receiving.insert(payment.id).inserted
      return isFirst ? Finding(.received, source) : Finding(.paidAgain)
    }

    private var receiving: Set<PaymentID> = []

    private mutating func refund(_ line: StatementLine) -> Finding {
      let named = line.numbers.refund.flatMap { refunds[$0] }
      let candidates = named.map { [$0] } ?? trade(line)?.refunds ?? []
      for refund in candidates where refund.amount.minorUnits == -line.amount.minorUnits {
        let source = Journal.Source(.refund, refund.id)
        if open.remove(source) != nil { return Finding(.recorded, source) }
      }
      return Finding(candidates.isEmpty ? .outgoing : .differs)
    }
  }
}
