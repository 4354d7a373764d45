import Database
import Kernel
import TestKit
import Testing

@testable import Shop

/// Whatever is written, added and answered in whatever order, lists and figures are those of a plain model.
@Suite("Reviews against a model")
struct ReviewModelTests {
  /// One review as the model keeps it, oldest first.
  private struct Entry: Equatable {
    let order: Int
    let position: Int
    let rating: Review.Rating
    var voices: Set<ReviewRemark.Voice> = []

    init(_ order: Int, _ position: Int, _ rating: Review.Rating) {
      self.order = order
      self.position = position
      self.rating = rating
    }
  }

  @Test("Lists, figures and the desk", arguments: TestEngine.available, [UInt64](1...3))
  func model(engine: TestEngine, seed: UInt64) async throws {
    try await ReviewFixture.with(engine) { fixture, database in
      var random = SeededGenerator(seed: seed)
      let orders = try await fixture.collected(database, persons: [11, 12, 13, 14, 15, 16], items: 3)
      var model: [Entry] = []
      for number in 0..<60 {
        fixture.pickup.clock.advance(by: .seconds(1))
        try await step(number, &model, orders, &random, fixture, database)
      }
      #expect(model.count > 5)
      let counts = Dictionary(grouping: model, by: \.rating).mapValues { Int64($0.count) }
      #expect(
        try await fixture.summary(database).shares.map(\.count) == ReviewSummary(counts).shares.map(\.count))
      let newest = Array(model.reversed())
      for filter in [
        ReviewFilter.product(fixture.product), .merchant(fixture.merchant),
        .leader(fixture.pickup.desk.leader),
      ] {
        let limit = Int.random(in: 1...5, using: &random)
        let walked = try await walk(filter, limit: limit, fixture, database)
        #expect(walked.map { entry($0, orders) } == newest, "\(filter)")
      }
      let waiting = newest.filter { $0.voices.isDisjoint(with: [.merchant, .leader]) }
      let answered = newest.filter { !$0.voices.isDisjoint(with: [.merchant, .leader]) }
      for limit in [1, 2, 3, waiting.count, waiting.count + 1, 50] where limit > 0 {
        let desk = try await walkDesk(limit: limit, fixture, database)
        #expect(desk.map { entry($0, orders) } == waiting + answered, "pages of \(limit)")
      }
      #expect(try await fixture.pickup.breaches(database) == [])
    }
  }

  private func step(
    _ number: Int, _ model: inout [Entry], _ orders: [Order], _ random: inout SeededGenerator,
    _ fixture: ReviewFixture, _ database: Database
  ) async throws {
    let (order, position) = (
      Int.random(in: orders.indices, using: &random), Int.random(in: 0...2, using: &random)
    )
    let index = model.firstIndex { $0.order == order && $0.position == position }
    guard let index, Bool.random(using: &random) else {
      let rating = Review.Rating.allCases.randomElement(using: &random) ?? .fair
      let problem = await reviewProblem {
        try await fixture.write(rating, "第 \(number) 条", at: position, of: orders[order], database)
      }
      #expect(problem == (index == nil ? nil : "review.exists"))
      if index == nil { model.append(Entry(order, position, rating)) }
      return
    }
    let voice = ReviewRemark.Voice.allCases.randomElement(using: &random) ?? .merchant
    let shown = try #require(
      try await database.read {
        try ReviewStore.find(position, of: orders[order].id, in: fixture.community, $0)
      })
    let problem = await reviewProblem {
      voice == .household
        ? try await fixture.followUp("第 \(number) 句", of: orders[order], at: position, database)
        : try await fixture.answer("第 \(number) 句", to: shown, asLeader: voice == .leader, database)
    }
    let refusal = voice == .household ? "review.followed_up" : "review.answered"
    #expect(problem == (model[index].voices.contains(voice) ? refusal : nil))
    model[index].voices.insert(voice)
  }

  private func entry(_ shown: ShownReview, _ orders: [Order]) -> Entry {
    var entry = Entry(
      orders.firstIndex { $0.id == shown.review.order } ?? -1, shown.review.position, shown.review.rating)
    entry.voices = Set(shown.remarks.keys)
    return entry
  }

  private func walk(
    _ filter: ReviewFilter, limit: Int, _ fixture: ReviewFixture, _ database: Database
  ) async throws -> [ShownReview] {
    var found: [ShownReview] = []
    var key: ReviewID?
    repeat {
      let before = key
      let page = try await database.read {
        try ReviewStore.page(of: filter, in: fixture.community, before: before, limit: limit, $0)
      }
      #expect(page.elements.count <= limit && (page.next == nil || page.elements.count == limit))
      found += page.elements
      key = page.next
    } while key != nil
    return found
  }

  /// As somebody who leads and sells: both lists hold the same reviews, and each is shown once.
  private func walkDesk(
    limit: Int, _ fixture: ReviewFixture, _ database: Database
  ) async throws -> [ShownReview] {
    var found: [ShownReview] = []
    var cursor: ReviewDeskCursor?
    var pages = 0
    repeat {
      let after = cursor
      let page = try await database.read {
        try ReviewStore.desk(
          [.merchant(fixture.merchant), .leader(fixture.pickup.desk.leader)], after: after, limit: limit,
          in: fixture.community, $0)
      }
      #expect(page.waiting.count + page.answered.count <= limit)
      found += page.waiting + page.answered
      cursor = page.next
      pages += 1
      try #require(pages < 100)
    } while cursor != nil
    return found
  }

  @Test("No list and no figure reads or sorts a whole table", arguments: TestEngine.available)
  func plans(engine: TestEngine) async throws {
    try await ReviewFixture.with(engine) { fixture, database in
      let here = fixture.community
      try await database.write(in: here) { transaction in
        var rows = Rows(
          into: "shop_review", "id", "community_id", "order_id", "position", "product_id", "merchant_id",
          "leader_id", "stars", "body", "written_at")
        for number in Int64(1)...3_000 {
          rows.append(
            number, here, number, Int64(0), number % 50, number % 7, number % 5, number % 5 + 1, "", number)
        }
        try transaction.insert(rows)
      }
      let filters: [ReviewFilter] = [
        .product(fixture.product), .merchant(fixture.merchant), .leader(fixture.pickup.desk.leader),
      ]
      var lists: [Query] = []
      for filter in filters {
        for isAnswered in [nil, true, false] {
          lists.append(
            ReviewQueries.page(
              of: filter, isAnswered: isAnswered, in: here, before: ReviewID(rawValue: .max / 2), limit: 21))
        }
      }
      let others = [
        ReviewQueries.counts(of: filters[0], in: here), ReviewQueries.counts(of: filters[1], in: here),
        ReviewQueries.one("review.id = \(ReviewID(rawValue: 5))", in: here),
        ReviewQueries.one("review.order_id = \(5) AND review.position = \(0)", in: here),
        ReviewQueries.handedOver(0, of: OrderID(rawValue: 5)),
      ]
      for query in lists + others {
        let plan = try await database.read { try $0.plan(query) }
        #expect(!plan.contains { $0.hasPrefix("SCAN") }, "\(query.text): \(plan)")
      }
      for query in lists where engine == .sqlite {
        let plan = try await database.read { try $0.plan(query) }
        #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(query.text): \(plan)")
      }
      if engine == .sqlite {
        let plan = try await database.read { try $0.plan(others[0]) }
        #expect(plan.contains { $0.contains("COVERING INDEX shop_review_product") }, "\(plan)")
      }
    }
  }
}
