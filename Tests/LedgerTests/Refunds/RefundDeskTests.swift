import Database
import HTTPTypes
import Kernel
import People
import TestKit
import Testing

@testable import Ledger

@Suite("Refunds that a payment service refuses")
struct RefundDeskTests {
  private static let agreed = RefundForm.Otherwise(way: .cash, agreement: "11 月 26 日来居委会，当面说领现金")

  /// A refund of 20 yuan that the service has refused, with 30 yuan in the box.
  private static func with(
    _ engine: TestEngine, box: Int64 = 3_000,
    _ body: (StatementStage, ScriptedGateway, RefundBooth) async throws -> Void
  ) async throws {
    try await StatementStage.with(engine) { stage in
      let service = ScriptedGateway()
      let booth = RefundBooth(stage, service)
      let payment = try await stage.awaiting(order: 1, 7_000, by: .weChatPay)
      try await stage.receive(payment, transactionNumber: "42001")
      if box > 0 {
        try await stage.write { [stage] transaction in
          try JournalStore.post(
            [
              Journal(
                .adjustment, from: .init(.decision, 1),
                [Journal.Entry(Account(.cashBox), .fen(box)), Journal.Entry(Account(.writeOff), .fen(-box))])
            ], by: stage.actor, in: transaction)
        }
      }
      service.answer { $0.refund = .failed(code: "NOT_ENOUGH") }
      try await booth.gateways.round()
      #expect(try await booth.refund().state == .refused)
      try await body(stage, service, booth)
    }
  }

  private static func settled(_ fen: Int64 = 2_000) -> RefundOutcome {
    .succeeded(SettledRefund(transactionID: "50301", amount: .fen(fen), at: nil))
  }

  @Test("stand with the service's reason, and wait for the office", arguments: TestEngine.available)
  func stands(engine: TestEngine) async throws {
    try await Self.with(engine) { stage, service, booth in
      let refund = try await booth.refund()
      #expect(refund.refusal == "NOT_ENOUGH" && refund.words.chinese.contains("退款处理中"))
      let asked = service.questions.count
      stage.clock.advance(by: .days(2))
      try await booth.gateways.round()
      #expect(service.questions.count == asked, "nobody is asked before somebody has decided")
      let browser = try await stage.browser(of: stage.actor.person)
      let office = try await browser.get("/money/office").text
      #expect(office.contains("商户号里的钱不够退") && office.contains("/money/office/refunds/\(refund.id)"))
      #expect(try await stage.breaches() == [])
    }
  }

  @Test("are asked for again under the same number, and paid once", arguments: TestEngine.available)
  func again(engine: TestEngine) async throws {
    try await Self.with(engine) { stage, service, booth in
      let number = try await booth.refund().id
      service.answer {
        $0.refund = Self.settled()
        $0.refundQuery = .failed(code: "CLOSED")
      }
      try await booth.askAgain()
      #expect(try await booth.refund().state == .paid)
      #expect(service.questions.suffix(2) == ["query \(number)", "refund \(number)"])
      #expect(try await stage.balance(Account(.gatewayClearing, .gateway(.weChatPay))) == 5_000)
      await #expect(throws: Problem.self) { try await booth.askAgain() }
      #expect(try await stage.breaches() == [])
    }
  }

  @Test("that are refused again wait again", arguments: TestEngine.available)
  func stillRefused(engine: TestEngine) async throws {
    try await Self.with(engine) { stage, service, booth in
      service.answer {
        $0.refund = .failed(code: "USER_ACCOUNT_ABNORMAL")
        $0.refundQuery = .absent
      }
      try await booth.askAgain()
      #expect(try await booth.refund().refusal == "USER_ACCOUNT_ABNORMAL")
      #expect(try await booth.refund().state == .refused)
      service.answer { $0.refund = .unknown(.noAnswer) }
      try await booth.askAgain()
      #expect(try await booth.refund().state == .sent)
      await #expect(throws: Problem.self) { try await booth.payOtherwise(Self.agreed) }
      await #expect(throws: Problem.self) { try await booth.askAgain() }
      service.answer { $0.refundQuery = Self.settled() }
      stage.clock.advance(by: .minutes(10))
      try await booth.gateways.round()
      #expect(try await booth.refund().state == .paid)
      #expect(try await stage.breaches() == [])
    }
  }

  @Test("are paid another way once, however many click at once", arguments: TestEngine.available)
  func otherwise(engine: TestEngine) async throws {
    try await Self.with(engine) { stage, _, booth in
      let paid = await withTaskGroup(of: Bool.self) { group in
        for way in [Payout.Way.cash, .bank, .cash, .bank, .cash, .bank] {
          group.addTask {
            (try? await booth.payOtherwise(.init(way: way, agreement: Self.agreed.agreement))) != nil
          }
        }
        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(paid == 1)
      let refund = try await booth.refund()
      #expect(refund.state == .paid && refund.paidBy == stage.actor.person && refund.otherWay != nil)
      #expect(refund.words.chinese.contains("改用"))
      let (box, bank) = (try await stage.balance(Account(.cashBox)), try await stage.balance(Account(.bank)))
      #expect(box + bank == 1_000)
      #expect(try await stage.balance(Account(.gatewayClearing, .gateway(.weChatPay))) == 7_000)
      #expect(try await stage.balance(Account(.refundDue, .order(StageOrders.order(1)))) == 0)
      #expect(try await booth.desk.agreement(to: refund.id, in: stage.community) == Self.agreed.agreement)
      #expect(try await stage.audited().contains("ledger.refund_pay_otherwise"))
      #expect(try await stage.breaches() == [])
    }
  }

  @Test("are not paid out of an empty box", arguments: TestEngine.available)
  func emptyBox(engine: TestEngine) async throws {
    try await Self.with(engine, box: 1_999) { stage, _, booth in
      await #expect(throws: Problem.ledgerNotEnough(.cashBox)) { try await booth.payOtherwise(Self.agreed) }
      let refund = try await booth.refund()
      #expect(refund.state == .refused)
      #expect(try await booth.desk.agreement(to: refund.id, in: stage.community) == nil)
      #expect(try await stage.breaches() == [])
    }
  }

  @Test("are paid no other way while nobody knows what the service did", arguments: TestEngine.available)
  func inDoubt(engine: TestEngine) async throws {
    try await Self.with(engine) { stage, service, booth in
      for doubt in [GatewayDoubt.noAnswer, .said(code: "SYSTEM_ERROR"), .unproven(.badSignature)] {
        service.answer { $0.refundQuery = .unknown(doubt) }
        await #expect(throws: Problem.refundInDoubt) { try await booth.payOtherwise(Self.agreed) }
        #expect(try await booth.refund().state == .refused)
      }
      service.answer { $0.refundQuery = Self.settled() }
      await #expect(throws: Problem.refundWentThrough) { try await booth.payOtherwise(Self.agreed) }
      try await booth.gateways.round()
      #expect(try await booth.refund().state == .paid)
      #expect(try await booth.refund().otherWay == nil)
      #expect(try await stage.balance(Account(.cashBox)) == 3_000)
      #expect(try await stage.balance(Account(.gatewayClearing, .gateway(.weChatPay))) == 5_000)
      #expect(try await stage.breaches() == [])
    }
  }

  @Test(
    "that the service pays after all, when they were paid another way, are seen and pay nothing twice",
    arguments: TestEngine.available)
  func paidAgain(engine: TestEngine) async throws {
    try await Self.with(engine) { stage, service, booth in
      try await booth.payOtherwise(Self.agreed)
      let refund = try await booth.refund()
      let entries = try await booth.entries()
      service.answer { $0.refundQuery = Self.settled() }
      for _ in 0..<3 {
        try await booth.notify(of: refund)
        try await booth.gateways.round()
      }
      #expect(try await booth.entries() == entries, "nothing is posted for it")
      #expect(try await booth.refund().paidAgainAt == stage.clock.now)
      let audited = try await stage.audited().split(separator: "\n")
      #expect(audited.count { $0.hasPrefix("ledger.refund_paid_again") } == 1)
      let browser = try await stage.browser(of: stage.actor.person)
      #expect(try await browser.get("/money/office").text.contains("平台后来也退了"))
      #expect(try await browser.get("/money/office/refunds/\(refund.id)").text.contains("等于退了两次"))
      // The bill of the day has it, and it waits until somebody says what became of it.
      let file = GatewayBillTests.bill([
        .init(number: refund.payment.description, transaction: "42001", paid: 7_000),
        .init(
          number: refund.payment.description, transaction: "42001", refund: refund.id.description,
          refunded: 2_000),
      ])
      try await stage.take(file, .weChatPay)
      #expect(try await stage.waiting().map(\.left.minorUnits) == [-2_000])
      #expect(try await stage.breaches() == [])
    }
  }

  @Test(
    "that the service pays after all, before anybody decided, are paid by it", arguments: TestEngine.available
  )
  func afterAll(engine: TestEngine) async throws {
    try await Self.with(engine) { stage, service, booth in
      service.answer { $0.refundQuery = Self.settled() }
      try await booth.notify(of: booth.refund())
      for _ in 0..<3 { try await booth.gateways.round() }
      #expect(try await booth.refund().state == .paid)
      #expect(try await booth.refund().otherWay == nil)
      await #expect(throws: Problem.self) { try await booth.payOtherwise(Self.agreed) }
      #expect(try await stage.balance(Account(.gatewayClearing, .gateway(.weChatPay))) == 5_000)
      #expect(try await stage.breaches() == [])
    }
  }

  @Test(
    "of another amount than ours are no refusal: only asking again is left", arguments: TestEngine.available)
  func otherAmount(engine: TestEngine) async throws {
    try await Self.with(engine) { stage, service, booth in
      service.answer { $0.refund = Self.settled(1_999) }
      try await booth.askAgain()
      #expect(try await booth.refund().state == .sent)
      #expect(try await booth.refund().waitsForOffice)
      await #expect(throws: Problem.self) { try await booth.payOtherwise(Self.agreed) }
      service.answer { $0.refundQuery = Self.settled() }
      try await booth.askAgain()
      #expect(try await booth.refund().state == .paid)
      #expect(try await stage.breaches() == [])
    }
  }

  @Test(
    "the office alone settles them, and says in writing how the household agreed",
    arguments: TestEngine.available)
  func pages(engine: TestEngine) async throws {
    try await Self.with(engine) { stage, _, booth in
      let path = "/money/office/refunds/\(try await booth.refund().id)"
      let leader = try await stage.browser(of: try await stage.person([.leader]))
      #expect(try await leader.get(path).status == 403)
      let elsewhere = try await stage.browser(
        of: try await stage.person([.committee], in: stage.otherCommunity), in: stage.otherCommunity)
      _ = try await elsewhere.get("/money/office")
      #expect(try await elsewhere.get(path).status == 404)
      for action in ["again", "otherwise"] {
        let answer = try await elsewhere.post(
          "\(path)/\(action)", ["way": "cash", "agreement": "当面说领现金"])
        #expect(answer.status == 404)
      }
      let browser = try await stage.browser(of: stage.actor.person, gateways: booth.gateways)
      #expect(try await browser.get(path).text.contains("NOT_ENOUGH"))
      for fields: KeyValuePairs<String, String> in [
        [:], ["way": "cash"], ["way": "cash", "agreement": "好"], ["way": "mattress", "agreement": "当面说领现金"],
      ] {
        #expect(try await browser.post("\(path)/otherwise", fields).status == 422)
      }
      #expect(try await booth.refund().state == .refused)
      let fields: KeyValuePairs = ["way": "bank", "agreement": "电话里说转到原来的卡"]
      #expect(try await browser.post("\(path)/otherwise", fields).status == 303)
      #expect(try await browser.post("\(path)/otherwise", fields).status == 409)
      #expect(try await browser.get(path).text.contains("电话里说转到原来的卡"))
      #expect(try await !stage.audited().contains("电话里"))
      #expect(try await stage.balance(Account(.bank)) == -2_000)
      #expect(try await stage.breaches() == [])
    }
  }

  @Test("the way by which a refund may be paid")
  func ways() {
    for channel in PaymentChannel.allCases {
      for state in Refund.State.allCases {
        let refund = Refund(
          id: RefundID(rawValue: 1), payment: PaymentID(rawValue: 1), order: OrderID(rawValue: 1),
          campaign: CampaignID(rawValue: 1), channel: channel, amount: .fen(1), reason: .changed,
          state: state,
          promisedAt: stageMoment)
        for kind in Account.Kind.allCases {
          let expected: Bool =
            switch (channel, kind) {
            case (.cash, .cashInHand), (.cash, .cashBox), (.bankTransfer, .bank): true
            case (.weChatPay, .cashBox), (.weChatPay, .bank), (.alipay, .cashBox), (.alipay, .bank):
              state == .refused
            default: false
            }
          #expect(refund.mayBePaid(from: Account(kind)) == expected, "\(channel) \(state) \(kind)")
        }
      }
    }
  }
}

/// The desk of one refund, with the service that refused it.
struct RefundBooth: Sendable {
  let stage: StatementStage
  let gateways: GatewayDesk

  init(_ stage: StatementStage, _ service: ScriptedGateway) {
    self.stage = stage
    gateways = GatewayDesk(
      database: stage.database, gateways: [service], publicURL: "https://shop.example", trade: stage.trade,
      logger: .quiet)
  }

  var desk: RefundDesk { RefundDesk(database: stage.database, vault: stage.vault, gateways: gateways) }

  func refund() async throws -> Refund {
    let found = try await stage.database.read { [stage] in
      try RefundStore.list(of: StageOrders.order(1), in: stage.community, $0)
    }
    return try #require(found.first)
  }

  func askAgain() async throws {
    try await desk.askAgain(try await refund().id, by: stage.actor, in: stage.community)
  }

  func payOtherwise(_ answer: RefundForm.Otherwise) async throws {
    try await desk.payOtherwise(try await refund().id, answer, by: stage.actor, in: stage.community)
  }

  /// The service tells that something became of a refund.
  func notify(of refund: Refund) async throws {
    guard let trade = TradeNumber(refund.payment.description), let number = refund.refundNumber,
      let service = gateways.gateways[.weChatPay] as? ScriptedGateway
    else { throw Problem.notFound }
    service.answer {
      $0.event = .refund(
        RefundNotice(
          notificationID: "N1", trade: trade, transactionID: "50301", refund: number,
          amount: .refund(refund.amount), state: .succeeded))
    }
    let answer = await gateways.notified(.weChatPay, IncomingNotification(headers: [:], body: []))
    #expect(answer?.status == 204)
  }

  /// How many entries the books have.
  func entries() async throws -> Int64 {
    try await stage.database.read { try $0.value("SELECT count(*) FROM ledger_entry") ?? 0 }
  }
}
