import Kernel
import TestKit
import Testing

@testable import Ledger

@Suite("When a payment service's bill is asked for")
struct ServiceBillTests {
  private func moment(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text)) }

  @Test(
    "yesterday's is there from half past ten in China",
    arguments: [
      ("2026-11-26T10:29:59+08:00", "2026-11-24"), ("2026-11-26T10:30:00+08:00", "2026-11-25"),
      ("2026-11-26T23:59:59+08:00", "2026-11-25"), ("2026-11-27T00:00:00+08:00", "2026-11-25"),
      ("2027-01-01T10:30:00+08:00", "2026-12-31"),
    ])
  func latest(now: String, day: String) throws {
    let bill = ServiceBill(
      account: .alipay, day: ServiceBill.latestDay(at: try moment(now)), expectedAt: try moment(now))
    #expect(ChinaTime.rfc3339(bill.start) == "\(day)T00:00:00+08:00")
  }

  @Test("days that were missed are fetched as well, but none from before the service was set up")
  func days() {
    #expect(ServiceBill.days(after: nil, upTo: 100) == [100])
    #expect(ServiceBill.days(after: 100, upTo: 100) == [])
    #expect(ServiceBill.days(after: 101, upTo: 100) == [])
    #expect(ServiceBill.days(after: 97, upTo: 100) == [98, 99, 100])
    #expect(ServiceBill.days(after: 1, upTo: 100) == Array(70...100))
  }

  @Test(
    "it is asked for again, ever more seldom, and in the end not at all",
    arguments: 1...50 as ClosedRange<UInt64>)
  func patience(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var now = try moment("2026-11-26T10:30:00+08:00")
    let start = now
    var bill = ServiceBill(account: .weChatPay, day: 20_000, expectedAt: now, askAt: now)
    var last = Duration.zero
    while let askAt = bill.askAt {
      now = max(now, askAt) + .seconds(Int64.random(in: 0...300, using: &random))
      let isNone = seed.isMultiple(of: 2)
      let next = bill.after(isNone ? .none : .doubt("gateway.no_answer"), at: now)
      #expect(next.asked == bill.asked + 1)
      if let again = next.askAt {
        #expect(again - now >= last && again > now && next.state == .waiting)
        last = again - now
      } else {
        #expect(next.state == (isNone ? .nothing : .failed))
        #expect(now - start >= (isNone ? .days(1) : .days(30)))
      }
      bill = next
    }
    #expect(bill.asked < 80)
  }

  @Test("every line of a bill is seen by exactly one community", arguments: 1...50 as ClosedRange<UInt64>)
  func shares(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let communities = (1...4).map { CommunityID(rawValue: $0) }
    var owners: [String: CommunityID] = [:]
    let trades = (0..<20).map { number -> GatewayBillTests.Trade in
      if Bool.random(using: &random) { owners["P\(number)"] = communities.randomElement(using: &random) }
      if Bool.random(using: &random) { owners["42\(number)"] = owners["P\(number)"] ?? communities[2] }
      return .init(
        number: "P\(number)", transaction: "42\(number)", paid: Int64.random(in: 1...9_000, using: &random))
    }
    let statement = try BankStatement.read(GatewayBillTests.bill(trades), offsetSeconds: 28_800)
    let shares = communities.map { statement.share(of: $0, owners: owners, first: communities[0]) }
    let lines = shares.flatMap(\.lines)
    #expect(lines.count == statement.lines.count && Set(lines) == Set(statement.lines))
    for (community, share) in zip(communities, shares) {
      for line in share.lines {
        let owner =
          owners[line.numbers.payment ?? ""] ?? owners[line.numbers.transaction ?? ""] ?? communities[0]
        #expect(owner == community)
      }
    }
  }
}
