import Kernel
import TestKit
import Testing

@testable import Shop

@Suite("The rules of reviews")
struct ReviewRulesTests {
  // MARK: - Figures

  private static func random(_ generator: inout SeededGenerator, upTo most: Int64) -> ReviewSummary {
    ReviewSummary(
      Dictionary(
        uniqueKeysWithValues: Review.Rating.allCases.map {
          ($0, Int64.random(in: 0...most, using: &generator))
        }))
  }

  @Test(
    "An average is the nearest tenth of the exact one, and shares are whole per cent that sum to 100",
    arguments: [UInt64](1...4))
  func figures(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for round in 0..<2_000 {
      let summary = Self.random(&generator, upTo: [1, 3, 40, 1_000_000_000][round % 4])
      let stars = Review.Rating.allCases.reduce(Int64(0)) { $0 + Int64($1.stars) * summary[$1] }
      let shares = summary.shares
      #expect(shares.map(\.rating) == Review.Rating.allCases.reversed())
      #expect(shares.map(\.percent).reduce(0, +) == (summary.count == 0 ? 0 : 100))
      for share in shares {
        #expect(abs(share.percent * summary.count - 100 * share.count) < max(1, summary.count))
      }
      guard let tenths = summary.averageTenths else {
        #expect(summary.count < 3 && summary.average == nil)
        continue
      }
      #expect(summary.count >= 3 && (10...50).contains(tenths))
      // tenths − ½ ≤ 10 · stars / count < tenths + ½, without a division.
      #expect((2 * tenths - 1) * summary.count <= 20 * stars && 20 * stars < (2 * tenths + 1) * summary.count)
    }
  }

  @Test("Three reviews have an average, two have none; halves are rounded up")
  func averages() {
    #expect(ReviewSummary([:]).average == nil)
    #expect(ReviewSummary([.veryGood: 2]).average == nil)
    #expect(ReviewSummary([.veryGood: 3]).average == "5.0")
    #expect(ReviewSummary([.veryGood: 1, .good: 2]).average == "4.3")
    // 4.25 stars.
    #expect(ReviewSummary([.veryGood: 1, .good: 3]).average == "4.3")
    #expect(ReviewSummary([.bad: 3]).average == "1.0")
  }

  @Test("Every rating has its own word in both languages")
  func words() {
    #expect(Review.Rating.allCases.map(\.stars) == [1, 2, 3, 4, 5])
    #expect(Set(Review.Rating.allCases.map(\.name.chinese)) == ["很好", "好", "一般", "不太好", "不好"])
    #expect(Set(Review.Rating.allCases.map(\.name.english)).count == 5)
    #expect(ReviewParts.words(.bad) == Phrase("1 星，不好", "1 star, bad"))
  }

  // MARK: - Words

  @Test("Words are trimmed, have one form of line ends, and at most 500 characters")
  func texts() throws {
    #expect(try ReviewText("  好吃\r\n还会买 \n", by: .household).text == "好吃\n还会买")
    #expect(try ReviewText(" \r\n ", by: .household) == .none)
    for voice in ReviewRemark.Voice.allCases {
      let longest = String(repeating: "菜", count: 500)
      #expect(try ReviewText(longest, by: voice).text == longest)
      let problem = #expect(throws: Problem.self) { try ReviewText(longest + "！", by: voice, in: "answer") }
      #expect(problem?.code == "form.invalid" && problem?.fields.first?.field == "answer")
    }
  }

  @Test("A household's words carry no telephone and no identity number; a merchant may give the shop's")
  func personalNumbers() throws {
    let refused = [
      "加我 13800138000", "138 0013 8000", "021-5555 0123", "１３８００１３８０００", "310101199001011234",
      "电话：1-3-8-0-0-1-3-8-0-0-0，白天打",
    ]
    let fine = ["2026-11-23 取的，500 克一袋，3 斤不到", "买了 10 次，每次 2026 年", "1380013800", "12345，67890，12345", ""]
    for text in refused {
      #expect(throws: Problem.self, "\(text)") { try ReviewText(text, by: .household) }
      #expect(throws: Never.self, "\(text)") { try ReviewText(text, by: .merchant) }
    }
    for text in fine { #expect(throws: Never.self, "\(text)") { try ReviewText(text, by: .household) } }
  }

  // MARK: - Who, what and when

  private static let now = Timestamp(seconds: 1_800_000_000)

  private func person(_ number: Int64) -> PersonID { PersonID(rawValue: number) }

  private func refusal(
    collected: Int64 = 1, ago: Duration? = .hours(1), leader: Int64 = 7, members: [Int64] = [8],
    household: [Int64] = [1, 2]
  ) -> String? {
    let line = OrderLine(
      position: 0, item: CampaignItemID(rawValue: 1), name: Phrase(same: "x"), pack: Phrase(same: ""),
      unit: .bag, price: .fen(350), weighed: nil, placedQuantity: 2, quantity: 2, allocated: 2,
      collected: collected)
    let decider = ReviewDecider(
      line: line, handedOverAt: ago.map { Self.now - $0 }, leader: person(leader),
      members: members.map(person), household: household.map(person), now: Self.now)
    do {
      try decider.check()
      return nil
    } catch { return (error as? Problem)?.code }
  }

  @Test("What was collected may be reviewed until just before 90 days after its handover")
  func window() {
    #expect(refusal() == nil)
    #expect(refusal(ago: .zero) == nil)
    #expect(refusal(ago: .days(90) - .microseconds(1)) == nil)
    #expect(refusal(ago: .days(90)) == "review.too_late")
    #expect(refusal(collected: 0) == "review.not_collected")
    #expect(refusal(ago: nil) == "review.not_collected")
  }

  @Test("Nobody reviews what anybody of the household leads or sells")
  func own() {
    #expect(refusal(leader: 2) == "review.own")
    #expect(refusal(members: [9, 1]) == "review.own")
    #expect(refusal(members: []) == nil)
    #expect(refusal(ago: .days(400), leader: 1) == "review.own")
  }

  @Test(
    "The merchant's people and the campaign's leader may answer, each with their own voice, and nobody else")
  func answerers() {
    let review = Review(
      id: ReviewID(rawValue: 5), order: OrderID(rawValue: 1), position: 0, product: ProductID(rawValue: 1),
      merchant: MerchantID(rawValue: 3), leader: person(7), rating: .fair, text: "", writtenAt: Self.now)
    func voice(_ number: Int64, _ roles: Set<Role>, _ merchants: [Int64] = []) -> ReviewRemark.Voice? {
      ReviewAnswerer(
        person: person(number), roles: roles, merchants: merchants.map(MerchantID.init(rawValue:)), of: review
      )?.voice
    }
    #expect(voice(7, [.leader]) == .leader)
    #expect(voice(9, [.merchant], [2, 3]) == .merchant)
    #expect(voice(7, [.merchant, .leader], [3]) == .merchant)
    #expect(voice(7, [.merchant, .leader], [2]) == .leader)
    #expect(voice(9, [.merchant], [2]) == nil)
    #expect(voice(8, [.leader]) == nil)
    #expect(voice(7, [.resident]) == nil)
    #expect(voice(9, [.leader], [3]) == nil)
    for role in Role.allCases where role != .leader && role != .merchant {
      #expect(voice(7, [role], [3]) == nil, "\(role)")
    }
  }

  @Test("A cursor of the desk reads what it writes, and nothing else")
  func cursors() {
    for isAnswered in [true, false] {
      for id in [0, 1, Int64.max] {
        let cursor = ReviewDeskCursor(isAnswered: isAnswered, id: ReviewID(rawValue: id))
        #expect(ReviewDeskCursor(cursor.description) == cursor)
      }
    }
    for text in ["", "waiting", "waiting-", "answered-x", "other-0000000000001", "waiting-0000000000001-"] {
      #expect(ReviewDeskCursor(text) == nil, "\(text)")
    }
  }
}
