import Database
import Kernel
import People
import Security
import TestKit
import Testing

@testable import Ledger

@Suite("Bills of payment services come by themselves")
struct ServiceBillRoundTests {
  private typealias Trade = GatewayBillTests.Trade
  private static let clearing = Account(.gatewayClearing, .gateway(.weChatPay))

  private static func bill(_ trades: [Trade]) -> BillOutcome {
    .bill(DailyBill(format: .weChatPay, bytes: GatewayBillTests.bill(trades)))
  }

  @Test("a bill is explained as far as it can be, and the rest waits", arguments: TestEngine.available)
  func taken(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let known = try await stage.awaiting(order: 1, 5_000, by: .weChatPay)
      try await stage.receive(known, transactionNumber: "42001")
      let missed = try await stage.awaiting(order: 2, 5_000, by: .weChatPay)
      let service = ScriptedGateway()
      let trades = [
        Trade(number: known.id.description, transaction: "42001", paid: 5_000),
        Trade(number: missed.id.description, transaction: "42002", paid: 5_000),
        Trade(number: "NOBODYS", transaction: "42003", paid: 310),
      ]
      service.answer { $0.bill = Self.bill(trades) }
      let bills = stage.bills(service)
      #expect(try await bills.round() == 1)
      #expect(service.questions == ["bill 2026-11-25"])
      #expect(stage.orders.isPaid(2))
      #expect(try await stage.waiting().map(\.left.minorUnits) == [310])
      #expect(try await stage.balance(Self.clearing) == 10_310)
      let statement = try #require(try await stage.imports().first)
      #expect(statement.importedBy == PersonID(rawValue: 0) && statement.newLines == 3)
      #expect(try await stage.expected().map(\.state) == [.imported])
      #expect(try await stage.breaches() == [])
      for _ in 0..<3 { #expect(try await bills.round() == 0) }
      #expect(service.questions.count == 1, "what was taken is not asked for again")
      // The day after has the same line once more, and one that is new.
      stage.clock.advance(by: .days(1))
      service.answer { $0.bill = Self.bill(trades + [Trade(number: "LATE", transaction: "42004", paid: 20)]) }
      #expect(try await bills.round() == 1)
      #expect(try await stage.waiting().map(\.left.minorUnits) == [310, 20])
      #expect(try await stage.imports().map(\.newLines) == [1, 3])
      #expect(try await stage.breaches() == [])
    }
  }

  @Test("many programs that fetch at once take a bill once", arguments: TestEngine.available)
  func race(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let service = ScriptedGateway()
      service.answer { $0.bill = Self.bill([Trade(number: "NOBODYS", transaction: "42003", paid: 310)]) }
      let taken = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<8 { group.addTask { try await stage.bills(service).round() } }
        return try await group.reduce(0, +)
      }
      #expect(taken == 1)
      // At most one download for each of the two communities, which begin to wait one after the other.
      #expect((1...2).contains(service.questions.count))
      #expect(try await stage.waiting().count == 1)
      #expect(try await stage.breaches() == [])
    }
  }

  @Test("one that is not ready is asked for again, and found there later", arguments: TestEngine.available)
  func later(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let service = ScriptedGateway()
      let bills = stage.bills(service)
      for _ in 0..<2 {
        let taken = try await bills.round()
        #expect(taken == 0)
      }
      #expect(service.questions.count == 1, "not before its time")
      service.answer { $0.bill = .unknown(.noAnswer) }
      stage.clock.advance(by: .minutes(10))
      #expect(try await bills.round() == 0)
      #expect(try await stage.expected().map(\.doubt) == ["gateway.no_answer"])
      service.answer { $0.bill = Self.bill([Trade(number: "X", transaction: "42003", paid: 1)]) }
      stage.clock.advance(by: .minutes(30))
      #expect(try await bills.round() == 1)
      #expect(try await stage.expected().first?.doubt == nil)
      #expect(service.questions == Array(repeating: "bill 2026-11-25", count: 3))
      #expect(try await stage.breaches() == [])
    }
  }

  @Test(
    "a program that died while it fetched leaves the bill to the next one", arguments: TestEngine.available)
  func died(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let service = ScriptedGateway()
      service.answer { $0.bill = Self.bill([Trade(number: "X", transaction: "42003", paid: 1)]) }
      let bill = ServiceBill(
        account: .weChatPay, day: ServiceBill.latestDay(at: stage.clock.now), expectedAt: stage.clock.now,
        askAt: stage.clock.now)
      try await stage.write {
        try ServiceBillStore.insert([bill], in: $0)
        let isMine = try ServiceBillStore.claim(bill, until: $0.now + ServiceBill.lease, in: $0)
        let isMineAgain = try ServiceBillStore.claim(bill, until: $0.now + ServiceBill.lease, in: $0)
        #expect(isMine && !isMineAgain)
      }
      #expect(try await stage.bills(service).round() == 0)
      stage.clock.advance(by: ServiceBill.lease)
      #expect(try await stage.bills(service).round() == 1)
    }
  }

  @Test("days that passed while nothing ran are fetched one by one", arguments: TestEngine.available)
  func gap(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let service = ScriptedGateway()
      try await stage.bills(service).round()
      stage.clock.advance(by: .days(3))
      try await stage.bills(service).round()
      #expect(
        service.questions == [
          "bill 2026-11-25", "bill 2026-11-25", "bill 2026-11-26", "bill 2026-11-27", "bill 2026-11-28",
        ])
      #expect(try await stage.expected().map(\.state) == [.waiting, .waiting, .waiting, .nothing])
    }
  }

  @Test("what somebody uploaded before it came changes nothing", arguments: TestEngine.available)
  func uploaded(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let trades = [Trade(number: "NOBODYS", transaction: "42003", paid: 310)]
      try await stage.take(GatewayBillTests.bill(trades), .weChatPay)
      let service = ScriptedGateway()
      service.answer { $0.bill = Self.bill(trades) }
      #expect(try await stage.bills(service).round() == 0)
      #expect(try await stage.expected().map(\.state) == [.nothing])
      #expect(try await stage.waiting().count == 1)
      #expect(try await stage.imports().count == 1)
      #expect(try await stage.breaches() == [])
    }
  }

  @Test(
    "one account for several communities: each line is seen in one of them", arguments: TestEngine.available)
  func communities(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let service = ScriptedGateway()
      let theirs = try await stage.write(in: stage.otherCommunity) { transaction in
        let payment = Payment(
          id: transaction.newIdentifier(), order: StageOrders.order(3), campaign: StageOrders.campaign(3),
          channel: .weChatPay, amount: .fen(5_000), state: .pending, createdAt: transaction.now)
        try PaymentStore.insert(payment, in: transaction)
        return payment
      }
      service.answer {
        $0.bill = Self.bill([
          Trade(number: theirs.id.description, transaction: "42001", paid: 5_000),
          Trade(number: "NOBODYS", transaction: "42002", paid: 70),
        ])
      }
      #expect(try await stage.bills(service).round() == 2)
      #expect(service.questions.count == 1, "one download for all of them")
      #expect(stage.orders.isPaid(3))
      #expect(try await stage.waiting().map(\.left.minorUnits) == [70])
      #expect(try await stage.imports().map(\.fileSum) == [.fen(70)])
      #expect(try await stage.imports(in: stage.otherCommunity).map(\.fileSum) == [.fen(5_000)])
      #expect(try await stage.breaches() == [])
    }
  }

  @Test(
    "what cannot be read or is told by another file already is for a person", arguments: TestEngine.available)
  func refused(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let service = ScriptedGateway()
      service.answer { $0.bill = .bill(DailyBill(format: .weChatPay, bytes: Array("<html>".utf8))) }
      #expect(try await stage.bills(service).round() == 0)
      #expect(try await stage.expected().map(\.doubt) == ["statement.unknown"])
      let funds = """
        记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号
        `2026-11-26 10:00:00,`42003,`F1,`交易,`交易,`收入,`3.10,`3.10,`system,`,`NOBODYS
        资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额
        `1,`1,`3.10,`0,`0.00
        """
      try await stage.take(Array(funds.utf8), .weChatPay)
      service.answer { $0.bill = Self.bill([Trade(number: "NOBODYS", transaction: "42003", paid: 310)]) }
      stage.clock.advance(by: .minutes(10))
      #expect(try await stage.bills(service).round() == 0)
      #expect(try await stage.expected().map(\.state) == [.failed])
      #expect(try await stage.expected().map(\.doubt) == ["statement.other_format"])
      #expect(try await stage.waiting().count == 1)
      let browser = try await stage.browser(of: stage.actor.person)
      let page = try await browser.get("/money/statements").text
      #expect(page.contains("没有取到，请从商户平台下载后上传") && page.contains("11月25日"))
    }
  }

  /// As Alipay packs it: names in GBK, and a summary beside the lines.
  private static let packed = """
    UEsDBBQAAAAIACBJel0zLYQPawAAAHgAAAAgAAAAMjA4OF8yMDI2MTEyNV/Stc7xw/fPuCi749fcKS5jc3ZTvrZ8x7aNyy5tPfdx
    9+Prdza9vLie6/DRra82Pth1VAfEOPx78zGdvbsvXd+2cuvS63c2njr1V+fs6f3vkLgg5t4P294tXnFl1eKVOifP7Ll0auupqxAu
    167ze47p6BjqGOgYm+pZQEkuAFBLAwQUAAAACAAgSXpd9pC+KYgBAAANAwAAGgAAADIwODhfMjAyNjExMjVf0rXO8cP3z7guY3N2
    nVI7S8NQFJ6bXyFkKzfxJqUiTiLOdnByVOlm0UXQv2OxLwoxaZO0aUKVkj4S+zRNcRAquFi1WDpUWhFz0wTjYyhewuU73znfl8O5
    BzfjOYGNdfjGqDRp5rjHNoPhxKLHlV212JdFNdj8j0qh05NUULsuxIUkf25BZHbZb9UtriyWZpkyyGaVhMbKD6A+yNRsUFL5Adu3
    ihGwa7jb3sRggdkVdIsWDFHp6oU4QJ7KqzCMJoxUNGlZyh2N17pOOG9Ber54dwiZEU029i17oxbuPGpPWGUkvTn1uFcZuxVUhjyb
    M7HtyRYTP4i6Xhyq02xDUpcrT5Wx1bb40RiJbSctmtWxA9lc7wyjIb1CUXSQpn1gK7QR2tzZ9gE0PlDpczpAaYKiCDq4RME1iL7f
    XAACdPaOT/1+/3r4ZDdydBAm9w8jIBAkV6FzQxL+fXmgDxCQpOh58M9VUe61t4VWBbe3pCmXoxLFatG0+4x5zm7YmlHafZs8hzoy
    UhiOxjvXQK8G0W7Rl8zLYp9QSwECFAAUAAAACAAgSXpdMy2ED2sAAAB4AAAAIAAAAAAAAAAAAAAAAAAAAAAAMjA4OF8yMDI2MTEy
    NV/Stc7xw/fPuCi749fcKS5jc3ZQSwECFAAUAAAACAAgSXpd9pC+KYgBAAANAwAAGgAAAAAAAAAAAAAAAACpAAAAMjA4OF8yMDI2
    MTEyNV/Stc7xw/fPuC5jc3ZQSwUGAAAAAAIAAgCWAAAAaQIAAAAA
    """

  @Test("Alipay's comes packed, with a summary beside it", arguments: TestEngine.available)
  func alipay(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let bytes = try #require(Base64.decode(Self.packed.replacing("\n", with: "")))
      let service = ScriptedGateway(.alipay)
      service.answer { $0.bill = .bill(DailyBill(format: .alipay, bytes: bytes)) }
      #expect(try await stage.bills(service).round() == 1)
      #expect(try await stage.waiting().map(\.left.minorUnits) == [3_580])
      #expect(try await stage.imports().map(\.account) == [.alipay])
      let browser = try await stage.browser(of: stage.actor.person)
      let page = try await browser.get("/money/statements").text
      #expect(page.contains("已自动入账") && page.contains("系统"))
      #expect(try await stage.breaches() == [])
    }
  }
}

extension StatementStage {
  fileprivate func bills(_ service: ScriptedGateway) -> ServiceBills {
    ServiceBills(
      database: database, vault: vault, directory: people.directory, importer: importer,
      gateways: [service.channel: service], logger: .quiet)
  }

  fileprivate func expected() async throws -> [ServiceBill] {
    try await database.read { [community] in try ServiceBillStore.list(limit: 100, in: community, $0) }
  }

  fileprivate func imports(in other: CommunityID? = nil) async throws -> [StatementImport] {
    try await database.read { [community] in
      try StatementImportStore.list(before: nil, limit: 100, in: other ?? community, $0)
    }
  }
}
