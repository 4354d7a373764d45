import Kernel
import NuanlinServer
import Shop
import Testing

@Suite("The reviews of the demo neighbourhood")
struct DemoReviewTests {
  @Test("They speak of goods that were sold, in words that the program takes")
  func content() throws {
    let offered = Set(DemoCampaigns.templates.flatMap { $0.items.map(\.product.key) })
    let words = DemoReviews.all.map(\.text).filter { !$0.isEmpty }
    #expect(Set(words).count == words.count)
    for review in DemoReviews.all {
      #expect(offered.contains(review.productKey) && review.owner != nil, "\(review.productKey)")
      for text in [review.text, review.followUp ?? ""] {
        #expect(throws: Never.self, "\(text)") { try ReviewText(text, by: .household) }
      }
      for text in [review.merchant, review.leader].compactMap(\.self) {
        #expect(!text.isEmpty)
        #expect(throws: Never.self, "\(text)") { try ReviewText(text, by: .merchant) }
      }
    }
  }

  @Test("Most are glad, some are not, and who was not glad gets an answer")
  func ratings() {
    let ratings = Dictionary(grouping: DemoReviews.all, by: \.rating).mapValues(\.count)
    #expect(Set(ratings.keys) == Set(Review.Rating.allCases))
    #expect((40...80).contains(DemoReviews.all.count))
    #expect(DemoReviews.all.count { $0.rating >= .good } > DemoReviews.all.count / 2)
    #expect(DemoReviews.all.allSatisfy { $0.rating >= .good || $0.merchant != nil })
    #expect(DemoReviews.all.contains { $0.merchant == nil && $0.leader == nil })
    #expect(DemoReviews.all.contains { $0.followUp != nil } && DemoReviews.all.contains { $0.leader != nil })
  }

  @Test("Some goods have enough reviews for an average, and some have not")
  func averages() {
    let counts = Dictionary(grouping: DemoReviews.all, by: \.productKey).values.map(\.count)
    #expect(counts.contains { $0 >= 3 } && counts.contains { $0 < 3 })
  }
}
